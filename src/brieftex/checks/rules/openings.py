"""Rules about numbers before a text, and about how headings and paragraphs begin and end."""

from __future__ import annotations

from collections.abc import Iterator

from brieftex.checks.engine.corpus import Corpus, TextRole
from brieftex.checks.engine.rule import NUMERAL, PROSE_ROLES, TITLE_ROLES, Hit, Rules, swap
from brieftex.checks.rules.widths import is_han
from brieftex.diagnostics.messages import punctuation as kinds

RULES = Rules()


@RULES.text(kinds.MARK_AFTER_NUMBER, needs="）①②③④⑤⑥⑦⑧⑨⑩⑴⑵⑶⑷⑸")
def mark_after_number(corpus: Corpus) -> Iterator[Hit]:
    """A mark behind a number in brackets or in a circle.

    What it does: 找出（一）、（1）、① 等序号后面的点号。
    Why: 括号和圆圈已经把序号与正文分开。
    Example: （一）、加强领导 | （1）．加强领导 | 要求如下：①、统一预约
    Use instead: （一）加强领导 | 依照第（一）、（二）项 | （一）、（二）两项
    Reference: GB/T 15834—2011 B.3.4
    """
    number = rf"[（①-⑳⑴-⒇](?:(?<=（)(?:[{NUMERAL}]{{1,3}}|\d{{1,2}})）|(?<!（))"
    for match in corpus.find(rf"{number}([、．.，,])(?![（①-⑳⑴-⒇\d])"):
        before = corpus.text[max(match.start() - 1, 0) : match.start()]
        if before in ("", "\n", "。", "；", "：", "！", "？"):
            yield Hit(match.start(), match.end(), ((match.start(1), match.end(), ""),))


@RULES.text(kinds.WRONG_NUMBER_MARK, sorts=PROSE_ROLES)
def wrong_number_mark(corpus: Corpus) -> Iterator[Hit]:
    """The wrong mark behind a number at the start of a paragraph.

    What it does: 检查段首序号：汉字数字后面是不是顿号，阿拉伯数字后面是不是下脚点。
    Why: 不带括号的汉字数字后用顿号，不带括号的阿拉伯数字、拉丁字母后用下脚点。
    Example: 1、加强领导 | 一.加强领导 | 一，加强领导 | 二．统一预约
    Use instead: 一、加强领导 | 3、4月间 | 一，二，三，齐步走
    Reference: GB/T 15834—2011 B.3.2、B.3.3
    """
    for match in corpus.find_at_start(rf"(?:\d\d?(、)|[{NUMERAL}]{{1,3}}([.．，]))(?![{NUMERAL}])"):
        mark = 1 if match[1] else 2
        start, end = match.span(mark)
        after = corpus.text[end : end + 1]
        if is_han(after) or after in ("“", "《"):
            yield Hit(match.start(), end, ((start, end, "." if mark == 1 else "、"),))


@RULES.text(kinds.ORDINAL_COMMA, needs="、")
def ordinal_comma(corpus: Corpus) -> Iterator[Hit]:
    """、 instead of a comma behind 第一, 首先 and the like.

    What it does: 找出分句开头“第一、”“首先、”一类写法。
    Why: 表示次序的词语后面用逗号。
    Example: 第一、统一预约。 | 首先、统一预约。 | 理由：第一、省钱；第二、省时。
    Use instead: 第一，统一预约。 | 第一、二章 | 第一、第二项 | 首先、其次、再次
    Reference: GB/T 15834—2011 B.3.1
    """
    words = rf"第[{NUMERAL}]{{1,2}}|首先|其次|再次"
    for match in corpus.find(rf"({words})、(?!第|[{NUMERAL}]|其次|再次|最后|然后)"):
        before = corpus.text[max(match.start() - 1, 0) : match.start()]
        if before in ("", "\n", "。", "；", "：", "，", "“", "！", "？"):
            yield Hit(match.start(), match.end(), ((match.end() - 1, match.end(), "，"),))


@RULES.text(kinds.HEADING_END_MARK, across=True)
def heading_end_mark(corpus: Corpus) -> Iterator[Hit]:
    """A title or heading that ends in a stop or comma.

    What it does: 找出以句号、逗号、分号、冒号、顿号结尾的标题；以句号结尾、下面接着一段文字的
        小标题与那一段接排，不在此列。
    Why: 标题独立成行，末尾不用点号；问号、叹号和省略号表示语气，可以保留。
    Example: 把账算清楚。 | 三条建议： | 统一预约、
    Use instead: 把账算清楚 | 账是怎样算平的？ | 衡澜大学
    Reference: GB/T 15834—2011 B.4
    """
    for number, (text, line) in enumerate(zip(corpus.texts, corpus.masked, strict=True)):
        if text.role not in TITLE_ROLES:
            continue
        last = line[-1:]
        if not last or last not in "。，；：、,;:.":
            continue
        if last == "。" and text.role is TextRole.HEADING and number + 1 < len(corpus.texts):
            below = corpus.texts[number + 1]
            if below.role is TextRole.PARAGRAPH and below.path == text.path:
                continue  # a run-in heading: the paragraph follows on the same line
        if len(line) > 1 and (last != "." or is_han(line[-2])):
            end = corpus.end(number)
            yield swap(end - 1, end, "")


@RULES.text(kinds.MARK_AT_START, sorts=PROSE_ROLES)
def mark_at_start(corpus: Corpus) -> Iterator[Hit]:
    """A paragraph that begins with a stop or comma.

    What it does: 找出以点号开头的自然段。
    Why: 点号不出现在一行之首，更不会出现在段首；多半是多按了一次回车。
    Example: ，并且统一结算。 | 。会议指出 | 、验收和入库
    Use instead: 并且统一结算。 | ……几经周折
    Reference: GB/T 15834—2011 5.1.1
    """
    for match in corpus.find_at_start("[，。、；：？！]"):
        yield Hit(match.start(), match.end())
