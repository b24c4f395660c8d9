"""Rules about single punctuation marks in running text."""

from __future__ import annotations

from collections.abc import Iterator

from brieftex.checks.engine.corpus import Corpus
from brieftex.checks.engine.rule import NUMERAL, Hit, Rules, swap
from brieftex.checks.rules.widths import is_han
from brieftex.diagnostics.messages import punctuation as kinds

RULES = Rules()

_CHINESE_MARKS = "，。；：？！、“”‘’（）《》"


def _in_chinese(corpus: Corpus, start: int, end: int) -> bool:
    """Whether Han or a Chinese mark stands on either side."""
    before, after = corpus.text[max(start - 1, 0) : start], corpus.text[end : end + 1]
    return any(c and (is_han(c) or c in _CHINESE_MARKS) for c in (before, after))


@RULES.text(kinds.WRONG_ELLIPSIS, needs=".。·…")
def wrong_ellipsis(corpus: Corpus) -> Iterator[Hit]:
    """An ellipsis made of stops, or of the wrong number of characters.

    What it does: 找出用句点、句号、间隔号凑成的省略号，单个“…”，以及过长的省略号。
    Why: 省略号是占两个字位置的六个小圆点；整段省略时可以用十二个，再长没有意义。
    Example: 等了很久... | 等了很久。。。 | 等了很久… | 等了很久······ | 等了很久…………………
    Use instead: 等了很久…… | 以下从略………… | Wait... and see
    Reference: GB/T 15834—2011 4.11、A.9
    """
    for match in corpus.find(r"\.\.\.+|。。。+|···+|……*"):
        dots = match[0]
        if dots[0] == "…" and len(dots) in (2, 4):
            continue
        if dots[0] in "。·" or len(dots) > 4 or _in_chinese(corpus, match.start(), match.end()):
            yield swap(match.start(), match.end(), "……")


@RULES.text(kinds.STOP_AROUND_QUOTE, needs="”")
def stop_around_quote(corpus: Corpus) -> Iterator[Hit]:
    """A full stop before the closing quotation mark and another mark behind it.

    What it does: 找出后引号前面已有句号、后面又有句号或逗号的写法。
    Why: 整句独立引用时句号在引号里，外面不再用；引文只是句子的一部分时，点号在引号外。
    Example: 他说：“现在就办。”。 | 他说：“现在就办。”，说完就走了 | 这叫“先公示。”。
    Use instead: 他说：“现在就办。” | 他主张“现在就办”。 | 他喊：“快！”
    Reference: GB/T 15834—2011 B.2
    """
    for match in corpus.find(r"。”[。，]", "。”。", "。”，"):
        yield Hit(match.start(), match.end())


@RULES.text(kinds.ELLIPSIS_WITH_DENG, needs="…")
def ellipsis_with_deng(corpus: Corpus) -> Iterator[Hit]:
    """等 behind an ellipsis that ends a list.

    What it does: 找出列举之后省略号和“等”连用的写法。
    Why: 省略号相当于“等”“等等”，只用一个。
    Example: 电镜、质谱仪……等设备 | 苹果、梨……等等 | 采购、验收、入库……等环节
    Use instead: 电镜、质谱仪等设备 | 他站在门口，等……等到天黑
    Reference: GB/T 15834—2011 A.9.2
    """
    for match in corpus.find(r"……等(?![待候到一着他她我你])", "……等"):
        clause = corpus.text[max(match.start() - 40, 0) : match.start()]
        if "、" in clause[max(map(clause.rfind, "，。；：！？\n")) + 1 :]:
            yield Hit(match.start(), match.end())


@RULES.text(kinds.WRONG_DASH, needs="-–－—―─━ー")
def wrong_dash(corpus: Corpus) -> Iterator[Hit]:
    """A dash made of hyphens or of the wrong number of characters.

    What it does: 找出用连字符、制表符等凑成的破折号，以及过长的破折号。
    Why: 破折号是占两个字位置、中间不断开的一条线。
    Example: 一个群体--文科生 | 一个群体－－文科生 | 一个群体———文科生 | 一个群体━━文科生
    Use instead: 一个群体——文科生 | 北京—上海 | 选项 --fix 可以改正 | 签名：——————
    Reference: GB/T 15834—2011 4.10
    """
    wrong = r"-{2,}|－{2,}|—{3,5}(?!—)|―{2,}|─{2,}|━{2,}|ー{2,}|–{2,}"
    for match in corpus.find(wrong, "--", "－－", "———", "――", "──", "━━", "ーー", "––"):
        start, end = match.start(), match.end()
        option = match[0][0] == "-" and corpus.text[end : end + 1].isascii()
        longer = corpus.text[max(start - 1, 0) : start] == "—"
        if not option and not longer and _in_chinese(corpus, start, end):
            yield swap(start, end, "——")


@RULES.text(kinds.REPEATED_MARK)
def repeated_mark(corpus: Corpus) -> Iterator[Hit]:
    """Two stops or commas in a row.

    What it does: 找出连用的点号。问号、叹号可以叠用，但不超过三个。
    Why: 两个点号不能连在一起，多半是修改时留下的。
    Example: 坚持改革，，推动发展 | 到此结束。。 | 采购、，验收 | 为什么？。 | 快！！！！
    Use instead: 坚持改革，推动发展 | 真的吗？！ | 快！！！
    Reference: GB/T 15834—2011 5.1.2
    """
    for match in corpus.find(r"[，、。；：？！](?:(?<=[？！])[？！。]+|(?<![？！])[，、。；：]+)"):
        marks, start, end = match[0], match.start(), match.end()
        if marks[0] in "？！":
            stops = marks.rstrip("。")
            if len(stops) > 3 or stops != marks:
                yield swap(start, end, stops[:3])
        elif set(marks) != {"。"} or len(marks) == 2:
            once = marks[0] if len(set(marks)) == 1 else ""
            yield swap(start, end, once) if once else Hit(start, end)


@RULES.text(kinds.COMMA_BETWEEN_TITLES, needs="、")
def comma_between_titles(corpus: Corpus) -> Iterator[Hit]:
    """、 between titles or quotations that follow each other.

    What it does: 找出并列的书名号、引号之间的顿号。
    Why: 书名号、引号本身已经把各项分开，通常不再用顿号；领导讲话等文件里也有保留的，所以只作提示。
    Example: 《办法》、《细则》 | “首访”、“转介” | 《办法》、“首访”
    Use instead: 《办法》《细则》 | 《办法》（2024年）、《细则》
    Reference: GB/T 15834—2011 4.5.3.5
    """
    for match in corpus.find(r"、[《“]"):
        if corpus.text[max(match.start() - 1, 0) : match.start()] in ("》", "”"):
            yield Hit(match.start() - 1, match.end())


@RULES.text(kinds.COMMA_BEFORE_DENG, needs="、")
def comma_before_deng(corpus: Corpus) -> Iterator[Hit]:
    """、 before 等.

    What it does: 找出“等”前面的顿号。
    Why: 顿号只用在并列的各项之间，“等”不是其中一项。
    Example: 电镜、质谱仪、等设备 | 采购、验收、等。 | 教学、科研、等等
    Use instead: 电镜、质谱仪等设备 | 报名、等候、登记 | 名次、等级
    Reference: GB/T 15834—2011 B.1.2
    """
    for match in corpus.find(r"、等(?![待级额候到差同距量效值价比于])", "、等"):
        yield swap(match.start(), match.end(), "等")


@RULES.text(kinds.MARK_BESIDE_SLASH, needs="/／")
def mark_beside_slash(corpus: Corpus) -> Iterator[Hit]:
    """A stop beside a slash.

    What it does: 找出分隔号旁边的点号。
    Why: 分隔号已经把两边分开，前后都不再用点号。
    Example: 教师/，学生 | 教师，/学生 | 春眠不觉晓，/处处闻啼鸟
    Use instead: 教师/学生 | 和/或 | 文件在：/home/user
    Reference: GB/T 15834—2011 4.16、A.14
    """
    for match in corpus.find(r"[/／][，。、；：]|[，。、；：][/／](?!\w+/)"):
        yield Hit(match.start(), match.end())


@RULES.text(kinds.WRONG_INTERPUNCT, needs="・•．‧∙⋅･﹒·")
def wrong_interpunct(corpus: Corpus) -> Iterator[Hit]:
    """A look-alike of the interpunct, or spaces around it.

    What it does: 找出汉字之间写成 ・ • ． 等的间隔号，以及间隔号两边的空格。
    Why: 间隔号是 ·（U+00B7）；别的圆点宽窄不同，检索时也对不上。
    Example: 玛丽安・霍尔特 | 玛丽安•霍尔特 | 玛丽安．霍尔特 | 玛丽安 · 霍尔特
    Use instead: 玛丽安·霍尔特 | 3．5
    Reference: GB/T 15834—2011 4.14
    """
    text = corpus.text
    for match in corpus.find(r"[・•．‧∙⋅･﹒·]"):
        start, end = match.start(), match.end()
        while text[max(start - 1, 0) : start] == " ":
            start -= 1
        while text[end : end + 1] == " ":
            end += 1
        if text[start:end] == "·":
            continue
        before, after = text[max(start - 1, 0) : start], text[end : end + 1]
        line = text[text.rfind("\n", 0, start) + 1 : start]
        if is_han(before) and is_han(after) and line.strip(NUMERAL):
            yield swap(start, end, "·")
