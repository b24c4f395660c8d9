"""Rules about how numbers are written."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from brieftex.checks.engine.corpus import Corpus
from brieftex.checks.engine.rule import NUMERAL, Hit, Rules, swap
from brieftex.checks.rules.widths import is_han
from brieftex.diagnostics.messages import numerals as kinds

RULES = Rules()


def _before(corpus: Corpus, at: int) -> str:
    return corpus.text[max(at - 1, 0) : at]


@RULES.text(kinds.BARE_DECIMAL, needs=".")
def bare_decimal(corpus: Corpus) -> Iterator[Hit]:
    """A decimal fraction without its zero.

    What it does: 找出“.46”一类写法。
    Why: 小数点前面没有“0”，很容易漏看。
    Example: 下降.46个百分点 | 系数为.8 | （.25%）
    Use instead: 下降0.46个百分点 | 1.8倍 | 第2.1节 | 3...5
    Reference: GB/T 15835—2011 5.1.2
    """
    for match in corpus.find(r"\.\d+(?![\d.A-Za-z])"):
        before = _before(corpus, match.start())
        if before and (is_han(before) or before in "，。；：（“、"):
            yield Hit(match.start(), match.end(), ((match.start(), match.start() + 1, "0."),))


@RULES.text(kinds.ARABIC_WITH_HAN_UNIT, needs="十百千")
def arabic_with_han_unit(corpus: Corpus) -> Iterator[Hit]:
    """Arabic digits before 十, 百 or 千.

    What it does: 找出“3千人”“5百万”一类写法；千米、千克、百分点等不在此列。
    Why: 阿拉伯数字可以带“万”“亿”，不能带“十”“百”“千”。
    Example: 3千人 | 5百万元 | 2百余项
    Use instead: 3000人 | 500万元 | 5千米 | 2024十大新闻 | 3百分点
    Reference: GB/T 15835—2011 5.3
    """
    for match in corpus.find(
        r"\d\d*(?:十(?![大佳强项件条字几])|百(?![度分货姓年强日科色合草威事])"
        r"|千(?![米克瓦伏卡帕赫焦兆比安字秒牛欧升吨年里禧]))"
    ):
        digits, unit = match[0][:-1], match[0][-1]
        if (
            len(digits) <= 3
            and digits[0] != "0"
            and _before(corpus, match.start()) not in tuple(".-年—～")
        ):
            value = int(digits) * {"十": 10, "百": 100, "千": 1000}[unit]
            yield swap(match.start(), match.end(), str(value))


@RULES.text(kinds.ARABIC_APPROXIMATION, needs="几期第、")
def arabic_approximation(corpus: Corpus) -> Iterator[Hit]:
    """Arabic digits in a rough number or a fixed word.

    What it does: 找出“10几人”“3、4天”“星期5”“第1书记”一类写法。
    Why: 概数、星期几和已经定型的词语用汉字数字。
    Example: 10几人 | 等了3、4天 | 星期5下午 | 第1书记
    Use instead: 十几人 | 等了三四天 | 星期五下午 | 第1名 | 第3、4个
    Reference: GB/T 15835—2011 4.2.2、4.2.3
    """
    for match in corpus.find(
        r"[1-9星第](?:(?<=([1-9]))0几|(?<=星)期([1-7])(?!\d)"
        r"|(?<=第)([1-9])(?=书记|责任人|要务|生产力|时间))"
    ):
        start, end = match.start(), match.end()
        if match[1] and not _before(corpus, start).isdigit():
            tens = "" if match[1] == "1" else _han(match[1])
            yield swap(start, end, f"{tens}十几")
        elif match[2]:
            yield swap(start, end, "星期日" if match[2] == "7" else f"星期{_han(match[2])}")
        elif match[3]:
            yield swap(start, end, f"第{_han(match[3])}")
    for match in corpus.find(
        r"([1-9])、([1-9])(?=[个天次种]|年(?!级|度))", *map("、".join, pairwise("123456789"))
    ):
        before = _before(corpus, match.start())
        if (
            int(match[2]) == int(match[1]) + 1
            and not before.isdigit()
            and before not in tuple("第、.—～")
        ):
            yield Hit(match.start(), match.end(), right=_han(match[1]) + _han(match[2]))


def _han(digit: str) -> str:
    return NUMERAL[int(digit) - 1]


@RULES.text(kinds.COMMA_IN_APPROXIMATION, needs="、")
def comma_in_approximation(corpus: Corpus) -> Iterator[Hit]:
    """、 between two numerals that together mean a rough number.

    What it does: 找出“三、四个”一类写法；“第三、四章”“二、三产业”不在此列。
    Why: 相邻两个数字连用表示概数，中间不用顿号；用了就成了“第三和第四”。
    Example: 来了三、四个人 | 过了五、六天 | 已有七、八种
    Use instead: 来了三四个人 | 第三、四个问题 | 三、四年级 | 二、三产业
    Reference: GB/T 15834—2011 4.5.3.4，GB/T 15835—2011 5.2.1
    """
    for match in corpus.find(
        r"([二三四五六七八])、([三四五六七八九])(?=[个天岁种]|年(?!级|度)|[十百千万][个人元名])",
        *map("、".join, pairwise("二三四五六七八九")),
    ):
        before = _before(corpus, match.start())
        if NUMERAL.index(match[2]) != NUMERAL.index(match[1]) + 1:
            continue
        if before not in tuple("第、初高大十百千万" + NUMERAL):
            yield swap(match.start(), match.end(), match[1] + match[2])


@RULES.text(kinds.DOUBLE_HEDGE, needs="左上余")
def double_hedge(corpus: Corpus) -> Iterator[Hit]:
    """A number with two words for "about", one before it and one behind.

    What it does: 找出“约300人左右”“近50余项”一类写法。
    Why: 前后两个约数词意思重复。
    Example: 约300人左右 | 近50余项 | 超过三百人以上，约两百元上下 | 大约20分钟左右
    Use instead: 约300人 | 300人左右 | 节约300元左右 | 附近300米左右
    Reference: 语法常识
    """
    number = rf"[\d.,〇两几百千万亿{NUMERAL}]+"
    rest = "人名家万亿元个件项次种台篇"
    after = rf"左右|上下(?![级游班文联])|余(?=[{rest}])"
    for match in corpus.find(
        rf"(?:约|近|超过){number}[^，。；、：\n]{{0,4}}?(?:{after})",
        "左右",
        "上下",
        *(f"余{counted}" for counted in rest),
    ):
        before = _before(corpus, match.start())
        if before not in tuple("节合条公契签违制附最靠邻临远" if match[0][0] != "超" else ""):
            yield Hit(match.start(), match.end())


@RULES.text(kinds.DOCUMENT_NUMBER, needs="号")
def document_number(corpus: Corpus) -> Iterator[Hit]:
    """The number of an official document in a form other than that of GB/T 9704.

    What it does: 检查发文字号里年份的括号、“第”字和虚位。
    Why: 年份用六角括号“〔〕”括入，发文顺序号不加“第”字，不编虚位，在阿拉伯数字后加“号”字。
    Example: 校发[2025]3号 | 校发（2025）3号 | 校发〔2025〕第3号 | 校发〔2025〕03号
    Use instead: 校发〔2025〕3号 | （2025）京01民终123号 | 2025年第3号公告
    Reference: GB/T 9704—2012 7.2.5
    """
    for match in corpus.find(r"[\[（(【［﹝〔]((?:19|20)\d\d)年?[\]）)】］﹞〕] ?第?0*(\d+)号"):
        right = f"〔{match[1]}〕{match[2]}号"
        if match[0] != right and is_han(_before(corpus, match.start())):
            yield swap(match.start(), match.end(), right)


@RULES.text(kinds.UNGROUPED_DIGITS)
def ungrouped_digits(corpus: Corpus) -> Iterator[Hit]:
    """Six digits or more that are not grouped.

    What it does: 找出六位以上、不分节的数量。
    Why: 位数多的数字应分节，或者用“万”“亿”作单位，一眼才看得清。
    Example: 共计1234567元 | 累计218500人次 | 面积125000平方米
    Use instead: 共计123.4567万元 | 累计21.85万人次 | 邮编100084 | 编号202403001
    Reference: GB/T 15835—2011 5.1.1
    """
    for match in corpus.find(r"\d{6,}(?:\.\d+)?(?=元|人|平方|吨|册|公里|亩)"):
        before = _before(corpus, match.start())
        if not (before.isascii() and (before.isalnum() or before in tuple(".,-/"))):
            yield Hit(match.start(), match.end())


@RULES.text(kinds.DECREASE_BY_TIMES, needs="倍")
def decrease_by_times(corpus: Corpus) -> Iterator[Hit]:
    """A decrease that is given as a multiple.

    What it does: 找出“减少了2倍”“降低一倍”一类写法。
    Why: 减少一倍就没有了；减少用百分数或分数。
    Example: 减少了2倍 | 成本降低3倍 | 故障下降了一倍
    Use instead: 减少了50% | 增加了2倍 | 缩短时间，是原来的2倍
    Reference: 语法常识
    """
    words = "减少|降低|下降|缩小|缩短"
    number = rf"(?:\d+(?:\.\d+)?|[两百{NUMERAL}]+)"
    for match in corpus.find(rf"(?:{words})[^，。；：、\n是为]{{0,6}}?{number}倍"):
        yield Hit(match.start(), match.end())


@RULES.text(kinds.STANDARD_NUMBER, needs="-")
def standard_number(corpus: Corpus) -> Iterator[Hit]:
    """The number of a standard with a hyphen before its year.

    What it does: 找出标准编号里年份前面的短横线。
    Why: 国家标准、行业标准的编号，顺序号与年份之间用一字线。
    Example: GB/T 9704-2012 | GB 18030-2022 | GB/T 1.1-2020
    Use instead: GB/T 9704—2012 | ISO 8601-1
    Reference: GB/T 1.1—2020
    """
    for match in corpus.find(
        r"(?:GB|DB\d*|HJ|GA|YY|JJG|JJF|JT|NY|CY|DA|WH)(?:/[TZ])? ?\d+(?:\.\d+)*"
        r"(-)(?=(?:19|20)\d\d(?!\d))"
    ):
        end = match.end() + 4
        yield Hit(match.start(), end, ((match.start(1), match.end(1), "—"),))


@RULES.text(kinds.PERCENT_FOR_POINTS, needs="%")
def percent_for_points(corpus: Corpus) -> Iterator[Hit]:
    """The difference of two percentages, called a percentage itself.

    What it does: 找出“由87.3%升至96.5%，上升9.2%”一类写法；只在两个百分数的差恰好相等时提示。
    Why: 百分数之间的增减是百分点；87.3% 上升 9.2% 是 95.3%。
    Example: 由87.3%升至96.5%，上升9.2% | 从40%降到25%，下降了15% | 由3%提高到5%，提高2%
    Use instead: 由87.3%升至96.5%，上升9.2个百分点 | 从40%降到25%，下降37.5%
    Reference: 统计用语规范
    """
    number = r"(\d+(?:\.\d+)?)%"
    for match in corpus.find(
        rf"[由从]{number}[^%。；\n]{{1,12}}?[至到]{number}[，、（]?[^%。；\n\d]{{1,8}}{number}"
    ):
        first, last, said = (round(float(text) * 10_000) for text in match.groups())
        if abs(last - first) == said:
            yield swap(match.end() - 1, match.end(), "个百分点")
