"""BT301 to BT327: what an editor would mark in the punctuation."""

from __future__ import annotations

from brieftex.diagnostics.core import Kind, Severity

_WARNING, _INFO = Severity.WARNING, Severity.INFO

HALF_WIDTH_MARK = Kind(
    "BT301", "half-width-mark", _WARNING,
    "中文里用了半角标点“{wrong}”", "half-width mark {wrong} in Chinese text",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
HALF_WIDTH_BRACKET = Kind(
    "BT302", "half-width-bracket", _WARNING,
    "中文里用了半角括号“{wrong}”", "half-width brackets {wrong} in Chinese text",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
STRAIGHT_QUOTE = Kind(
    "BT303", "straight-quote", _WARNING,
    "中文里用了直引号：{wrong}", "straight quotation marks in Chinese text: {wrong}",
    ("中文引号是“”和‘’，应作：{right}",), ("Chinese has “” and ‘’: {right}",),
)  # fmt: skip
REVERSED_QUOTES = Kind(
    "BT304", "reversed-quotes", _WARNING,
    "引号的方向反了：{wrong}", "quotation marks the wrong way round: {wrong}",
    ("写成 {right}",), ("write {right}",),
)  # fmt: skip
UNPAIRED_MARK = Kind(
    "BT305", "unpaired-mark", _WARNING,
    "这一段里的 {wrong} 没有配成对", "{wrong} has no partner in this paragraph",
    ("补上另一半，或删去这一个",), ("add the other half or delete this one",),
)  # fmt: skip
NESTED_QUOTES = Kind(
    "BT306", "nested-quotes", _WARNING,
    "引号里又用了同样的引号：{wrong}", "quotation marks within the same marks: {wrong}",
    ("里面一层写成 {right}",), ("the inner ones are {right}",),
)  # fmt: skip
NESTED_TITLES = Kind(
    "BT307", "nested-titles", _WARNING,
    "书名号里又用了双书名号：{wrong}", "double title marks within title marks: {wrong}",
    ("里面一层用单书名号：{right}",), ("the inner ones are single: {right}",),
)  # fmt: skip
NESTED_BRACKETS = Kind(
    "BT308", "nested-brackets", _WARNING,
    "圆括号里又用了圆括号：{wrong}", "round brackets within round brackets: {wrong}",
    ("里面一层用六角括号：{right}",), ("the inner ones are {right}",),
)  # fmt: skip
WRONG_ELLIPSIS = Kind(
    "BT309", "wrong-ellipsis", _WARNING,
    "省略号写成了“{wrong}”", "the ellipsis is written {wrong}",
    ("省略号是占两个字的六个点：“{right}”",), ("six dots in two characters: {right}",),
)  # fmt: skip
STOP_AROUND_QUOTE = Kind(
    "BT310", "stop-around-quote", _WARNING,
    "引号内外都有点号：{wrong}", "a stop on either side of the quotation mark: {wrong}",
    ("整句独立引用，句号在引号里；引文是句子的一部分，点号在引号外",),
    ("a sentence of its own keeps its stop inside, part of a sentence has it outside",),
)  # fmt: skip
ELLIPSIS_WITH_DENG = Kind(
    "BT311", "ellipsis-with-deng", _WARNING,
    "省略号和“等”重复", "the ellipsis and 等 say the same",
    ("只留一个",), ("keep one of them",),
)  # fmt: skip
WRONG_DASH = Kind(
    "BT312", "wrong-dash", _WARNING,
    "破折号写成了“{wrong}”", "the dash is written {wrong}",
    ("破折号占两个字：“{right}”",), ("it takes two characters: {right}",),
)  # fmt: skip
REPEATED_MARK = Kind(
    "BT313", "repeated-mark", _WARNING,
    "点号重复：“{wrong}”", "marks in a row: {wrong}",
    ("只留一个",), ("keep one of them",),
)  # fmt: skip
COMMA_BETWEEN_TITLES = Kind(
    "BT314", "comma-between-titles", _INFO,
    "并列的书名号或引号之间通常不用顿号：“{wrong}”",
    "usually no 、 between titles or quotations: {wrong}",
    ("删去顿号；中间有括号时才保留",), ("drop it, unless a bracket stands between",),
)  # fmt: skip
COMMA_BEFORE_DENG = Kind(
    "BT315", "comma-before-deng", _WARNING,
    "“等”的前面不用顿号", "no 、 before 等",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
MARK_AFTER_NUMBER = Kind(
    "BT316", "mark-after-number", _WARNING,
    "带括号或圆圈的序号后面不用点号：“{wrong}”", "no mark after a number in brackets: {wrong}",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
WRONG_NUMBER_MARK = Kind(
    "BT317", "wrong-number-mark", _WARNING,
    "序号后面的符号不对：“{wrong}”", "wrong mark after a number: {wrong}",
    ("写成“{right}”：汉字序号用顿号，阿拉伯数字用下脚点",),
    ("write {right}: 一、 for Han, 1. for Arabic numerals",),
)  # fmt: skip
ORDINAL_COMMA = Kind(
    "BT318", "ordinal-comma", _WARNING,
    "“{wrong}”后面应是逗号", "a comma belongs here: {wrong}",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
HEADING_END_MARK = Kind(
    "BT319", "heading-end-mark", _WARNING,
    "标题末尾不用“{wrong}”", "a heading does not end in {wrong}",
    ("删去；问号、叹号和省略号可以保留",), ("delete it; ？ ！ and …… may stay",),
)  # fmt: skip
SPACE_IN_CHINESE = Kind(
    "BT320", "space-in-chinese", _WARNING,
    "汉字之间有空格：“{wrong}”", "a space between Han characters: {wrong}",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
SPACE_AROUND_MARK = Kind(
    "BT321", "space-around-mark", _WARNING,
    "标点旁边有空格：“{wrong}”", "a space beside a mark: {wrong}",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
MARK_BESIDE_SLASH = Kind(
    "BT322", "mark-beside-slash", _WARNING,
    "分隔号旁边不用点号：“{wrong}”", "no stop beside a slash: {wrong}",
    ("删去点号",), ("delete it",),
)  # fmt: skip
WRONG_INTERPUNCT = Kind(
    "BT323", "wrong-interpunct", _WARNING,
    "间隔号写成了“{wrong}”", "the interpunct is written {wrong}",
    ("写成“{right}”，前后不留空格",), ("write {right}, without spaces",),
)  # fmt: skip
MARK_AT_START = Kind(
    "BT324", "mark-at-start", _WARNING,
    "段首不能是“{wrong}”", "a paragraph cannot begin with {wrong}",
    ("可能是断行时断错了，与上一段连起来",), ("it may belong to the paragraph before",),
)  # fmt: skip
ANGLE_TITLE = Kind(
    "BT325", "angle-title", _WARNING,
    "书名号写成了“{wrong}”", "signs of comparison for title marks: {wrong}",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
INVISIBLE_CHARACTER = Kind(
    "BT326", "invisible-character", _WARNING,
    "这里有看不见的字符或特殊空格", "an invisible character or an odd space",
    ("删去它；多半是从 Word 或网页粘贴来的",), ("delete it; it came from Word or a web page",),
)  # fmt: skip
