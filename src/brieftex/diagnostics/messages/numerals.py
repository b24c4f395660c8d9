"""BT328 to BT349: what an editor would mark in numbers and dates."""

from __future__ import annotations

from brieftex.diagnostics.core import Kind, Severity

_WARNING, _INFO = Severity.WARNING, Severity.INFO

IMPOSSIBLE_DATE = Kind(
    "BT328", "impossible-date", _WARNING,
    "日历上没有“{wrong}”", "there is no day {wrong}",
)  # fmt: skip
WRONG_WEEKDAY = Kind(
    "BT329", "wrong-weekday", _WARNING,
    "日期和星期对不上：{wrong}", "date and weekday do not agree: {wrong}",
    ("那一天是{right}",), ("that day is a {right}",),
)  # fmt: skip
FULL_WIDTH_LETTER = Kind(
    "BT330", "full-width-letter", _WARNING,
    "数字和字母用了全角：“{wrong}”", "full-width digits or letters: {wrong}",
    ("写成半角的“{right}”",), ("write {right}",),
)  # fmt: skip
TWO_DIGIT_YEAR = Kind(
    "BT331", "two-digit-year", _WARNING,
    "年份只写了两位：“{wrong}”", "a year of two digits: {wrong}",
    ("写全四位",), ("write all four",),
)  # fmt: skip
ZERO_PADDED_DATE = Kind(
    "BT332", "zero-padded-date", _WARNING,
    "月、日不编虚位：“{wrong}”", "a zero before a month or day: {wrong}",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
MIXED_DATE = Kind(
    "BT333", "mixed-date", _WARNING,
    "一个日期里混用了汉字和阿拉伯数字：“{wrong}”", "Han and Arabic numerals in one date: {wrong}",
    ("统一成一种，公文用阿拉伯数字",), ("use one of them, in documents the Arabic",),
)  # fmt: skip
WRONG_ZERO = Kind(
    "BT334", "wrong-zero", _WARNING,
    "年份里的零应写作“〇”：“{wrong}”", "the zero of a year is 〇: {wrong}",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
INCOMPLETE_DATE = Kind(
    "BT335", "incomplete-date", _WARNING,
    "用短横线的日期要年月日齐全：“{wrong}”", "a hyphenated date needs year, month and day: {wrong}",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
WRONG_RANGE_SIGN = Kind(
    "BT336", "wrong-range-sign", _WARNING,
    "数值范围的连接号不对：“{wrong}”", "wrong sign in a range of values: {wrong}",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
WRONG_PERIOD_SIGN = Kind(
    "BT337", "wrong-period-sign", _WARNING,
    "起止时间的连接号不对：“{wrong}”", "wrong sign in a period of time: {wrong}",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
MISSING_PERCENT = Kind(
    "BT338", "missing-percent", _WARNING,
    "前一个数值缺少百分号：“{wrong}”", "the first value lacks its percent sign: {wrong}",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
MISSING_RANGE_UNIT = Kind(
    "BT339", "missing-range-unit", _WARNING,
    "前一个数值缺少“万”“亿”：“{wrong}”", "the first value lacks its 万 or 亿: {wrong}",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
BARE_DECIMAL = Kind(
    "BT340", "bare-decimal", _WARNING,
    "小数点前面缺少“0”：“{wrong}”", "no 0 before the decimal point: {wrong}",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
ARABIC_WITH_HAN_UNIT = Kind(
    "BT341", "arabic-with-han-unit", _WARNING,
    "阿拉伯数字不与“十”“百”“千”连用：“{wrong}”", "Arabic numerals before 十, 百 or 千: {wrong}",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
ARABIC_APPROXIMATION = Kind(
    "BT342", "arabic-approximation", _WARNING,
    "概数和固定词语用汉字数字：“{wrong}”",
    "rough numbers and fixed words have Han numerals: {wrong}",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
DOUBLE_HEDGE = Kind(
    "BT343", "double-hedge", _WARNING,
    "约数说了两次：“{wrong}”", "a number hedged twice: {wrong}",
    ("前后只留一个",), ("keep one of the two words",),
)  # fmt: skip
NAMED_DATE = Kind(
    "BT344", "named-date", _WARNING,
    "以日期命名的事件写法不对：“{wrong}”", "an event named by its date: {wrong}",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
DOCUMENT_NUMBER = Kind(
    "BT345", "document-number", _WARNING,
    "发文字号写法不对：“{wrong}”", "document number in another form: {wrong}",
    ("写成“{right}”：年份用六角括号，不加“第”，不编虚位",), ("write {right}",),
)  # fmt: skip
UNGROUPED_DIGITS = Kind(
    "BT346", "ungrouped-digits", _INFO,
    "数字较长，不便阅读：“{wrong}”", "a long number: {wrong}",
    ("用“万”“亿”作单位，或三位一节",), ("use 万 or 亿, or group it by threes",),
)  # fmt: skip
DECREASE_BY_TIMES = Kind(
    "BT347", "decrease-by-times", _WARNING,
    "减少不能用倍数：“{wrong}”", "nothing decreases by times: {wrong}",
    ("用百分数或分数，例如减少了50%、减少了一半",), ("use a percentage or a fraction",),
)  # fmt: skip
STANDARD_NUMBER = Kind(
    "BT348", "standard-number", _INFO,
    "标准编号的年份前用一字线：“{wrong}”", "a dash before the year of a standard: {wrong}",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
COMMA_IN_APPROXIMATION = Kind(
    "BT349", "comma-in-approximation", _WARNING,
    "相邻数字表示概数，中间不用顿号：“{wrong}”", "no 、 in a rough number: {wrong}",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
PERCENT_FOR_POINTS = Kind(
    "BT327", "percent-for-points", _WARNING,
    "两个百分数的差是百分点：“{wrong}”", "the difference of percentages is in points: {wrong}",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
