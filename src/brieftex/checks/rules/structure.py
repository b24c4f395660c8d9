"""Rules about the parts of a text: headings, numbers, figures and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from brieftex.checks.engine.contents import bodies, captioned, headings
from brieftex.checks.engine.corpus import Corpus
from brieftex.checks.engine.rule import NUMERAL, Rules
from brieftex.checks.rules.widths import is_han
from brieftex.diagnostics import Finding, Fix
from brieftex.diagnostics.messages import structure as kinds
from brieftex.input.issue import placeholders
from brieftex.input.issue.titles import strip_number
from brieftex.input.markdown.typed_headings import typed_headings
from brieftex.model.content import Heading, Paragraph
from brieftex.model.issue import Issue

RULES = Rules()


@RULES.issue(kinds.FIGURE_NOT_MENTIONED)
def figure_not_mentioned(issue: Issue, corpus: Corpus) -> Iterator[Finding]:
    """A numbered figure that the text never mentions.

    What it does: 找出正文没有提到的图。有说明文字（`caption`）的图按先后编为图1、图2……
    Why: 图会移到下一页，正文不提，读者就不知道何时该看它。
    Example: 有图1，正文没有“图1”“下图”等字样
    Use instead: 如图1所示
    Reference: GB/T 7713.2—2022 图表的引用
    """
    for number, (span, path) in enumerate(captioned(issue)[0], 1):
        if not _mentions(corpus, "图", number):
            yield kinds.FIGURE_NOT_MENTIONED.at(span, path, number=number)


@RULES.issue(kinds.TABLE_NOT_MENTIONED)
def table_not_mentioned(issue: Issue, corpus: Corpus) -> Iterator[Finding]:
    """A numbered table that the text never mentions.

    What it does: 找出正文没有提到的表。有表题（`caption`）的表按先后编为表1、表2……
    Why: 表会移到下一页，正文不提，读者就不知道何时该看它。
    Example: 有表1，正文没有“表1”“下表”等字样
    Use instead: （见表1）
    Reference: GB/T 7713.2—2022 图表的引用
    """
    for number, (span, path) in enumerate(captioned(issue)[1], 1):
        if not _mentions(corpus, "表", number):
            yield kinds.TABLE_NOT_MENTIONED.at(span, path, number=number)


def _mentions(corpus: Corpus, word: str, number: int) -> bool:
    """Whether the text says 图3, 图2—4, 下图 or 见图."""
    for match in corpus.find(
        rf"[上下左右附该此本]{word}|[见如]{word}(?!\d)|{word} ?([\d、和至～—图表 ]+)"
    ):
        numbers = [int(digits[:4]) for digits in re.findall(r"\d+", match[1] or "")]
        if not numbers or min(numbers) <= number <= max(numbers):
            return True
    return False


@RULES.issue(kinds.NO_SUCH_FIGURE)
def no_such_figure(issue: Issue, corpus: Corpus) -> Iterator[Finding]:
    """The text refers to a figure or table that is not there.

    What it does: 找出“如图3所示”“见表2”所指的图表不在本期的情况。
    Why: 图表按先后自动编号，删去或移动以后，正文里的号码要跟着改。
    Example: 全期只有两幅图，正文说“如图3所示”
    Use instead: 如图2所示
    Reference: 简报编写惯例
    """
    counts = dict(zip("图表", map(len, captioned(issue)), strict=True))
    for match in corpus.find(r"[图表](?<=[如（(见].) ?(\d{1,3})(?![\d.\-—])"):
        sort, number = match[0][0], match[1]
        if not 1 <= int(number) <= counts[sort]:
            path = corpus.at(match.start())[0].path
            yield kinds.NO_SUCH_FIGURE.at(corpus.span(*match.span()), path, wrong=sort + number)


@RULES.issue(kinds.HEADING_WITHOUT_TEXT)
def heading_without_text(issue: Issue, corpus: Corpus) -> Iterator[Finding]:
    """A sub-heading with nothing below it.

    What it does: 找出后面没有内容的小标题。
    Why: 多半是正文漏贴了，或者本该是正文的一行被当成了标题。
    Example: 正文以“## 下一步打算”结束
    Use instead: 小标题下面至少有一段话
    Reference: 简报编写惯例
    """
    del corpus
    for path, body in bodies(issue):
        for heading, below in headings(body):
            if below is None or (isinstance(below, Heading) and below.level <= heading.level):
                yield kinds.HEADING_WITHOUT_TEXT.at(heading.inline.span(), path)


@RULES.issue(kinds.SKIPPED_LEVEL)
def skipped_level(issue: Issue, corpus: Corpus) -> Iterator[Finding]:
    """A sub-heading two levels below the one before it.

    What it does: 找出跳级的小标题，例如“##”下面直接用“####”。
    Why: 层次序数要按“一、（一）1.（1）”依次使用。
    Example: ## 甲，接着 #### 乙
    Use instead: ## 甲，接着 ### 乙
    Reference: GB/T 9704—2012 7.3.3
    """
    del corpus
    for path, body in bodies(issue):
        level = 0
        for heading, _ in headings(body):
            if heading.level > level + 1:
                wrong, right = "#" * (heading.level + 1), "#" * (level + 2)
                yield kinds.SKIPPED_LEVEL.at(heading.inline.span(), path, wrong=wrong, right=right)
            level = heading.level


@RULES.issue(kinds.TYPED_HEADING)
def typed_heading(issue: Issue, corpus: Corpus) -> Iterator[Finding]:
    """A paragraph that is a heading in all but its marks.

    What it does: 找出正文里单独一段、带序号、下面有内容，却没有写成小标题的短句。
    Why: 从 Word 粘贴来的小标题只剩文字，排成正文就不是黑体、楷体，也进不了书签。
    Example: 一、总体情况 | （一）坚持高位推动 | 1.加强领导
    Use instead: ## 总体情况 | 一、统一思想，压实责任。 | （一）压实责任。成立专班。
    Reference: GB/T 9704—2012 7.3.3
    """
    del corpus
    for path, body in bodies(issue):
        found = typed_headings(body.blocks)
        marks = {level: "#" * (n + 2) for n, level in enumerate(sorted({*found.values()}))}
        for k, level in found.items():
            block = body.blocks[k]
            assert isinstance(block, Paragraph)
            text = block.inline.text
            right = f"{marks[level]} {strip_number(block.inline)[0].text}"
            yield kinds.TYPED_HEADING.at(block.inline.span(), path, wrong=text, right=right)


@RULES.issue(kinds.OPEN_SALUTATION)
def open_salutation(issue: Issue, corpus: Corpus) -> Iterator[Finding]:
    """A salutation without the colon behind it.

    What it does: 找出末尾没有冒号的称谓、主送机关。
    Why: 公文的主送机关后面标全角冒号，书信的称谓也是。
    Example: 各镇人民政府 | 校领导 | 尊敬的各位代表
    Use instead: 各镇人民政府： | 各位代表，同志们！
    Reference: GB/T 9704—2012 7.3.2
    """
    del corpus
    letter = issue.foreword.salutation if issue.foreword is not None else None
    for path, inline in (("salutation", issue.salutation), ("foreword.salutation", letter)):
        if inline is None or not (text := inline.text) or not is_han(text[-1]):
            continue
        last = inline.span(len(text) - 1, len(text))
        fix = Fix(((last, f"{text[-1]}："),))
        told = kinds.OPEN_SALUTATION.at(inline.span(), path, wrong=text, right=f"{text}：")
        yield replace(told, fix=fix)


@RULES.issue(kinds.NUMBER_GAP)
def number_gap(issue: Issue, corpus: Corpus) -> Iterator[Finding]:
    """Numbers typed by hand that leave one out or come twice.

    What it does: 检查一段之内的“一是……二是……三是……”，以及各段开头的（一）（二）（三）。
    Why: 增删内容以后，手写的序号常常忘了改。
    Example: 一是……；三是……
    Use instead: 一是……；二是……；三是……
    Reference: 简报编写惯例
    """
    del issue
    last, before, place = 0, "", ("", -1)
    line, counted = 5, 0  # not a number of this kind
    end = 0
    # The numeral first, of which there are few; what stands before it is looked at from there.
    for match in corpus.find(
        rf"[{NUMERAL}](?:(?<![^。；：，\n].)(?:是|要)()(?!否)|(?<![^。；：，\n]第.)(?<=第.)，()"
        r"|(?<![^。；：，\n]其.)(?<=其.)，()|(?<=\n（.)）())"
    ):
        group = match.lastindex or 1
        number = NUMERAL.index(match[0][0]) + 1
        start = match.start()
        if start - (group > 1) <= end > 0:
            continue  # the comma behind another number is no beginning
        end = match.end()
        text = corpus.at(start)[0]
        # A count inside a paragraph ends with it, a count of paragraphs with the body.
        line, counted = line + corpus.text.count("\n", counted, start), start
        here = (text.path, group if group == 4 else line)
        word = corpus.text[start - (group > 1) : match.end()].rstrip("，")
        if here == place and number not in (1, last + 1):
            span = corpus.span(start - (group > 1), match.end())
            yield kinds.NUMBER_GAP.at(span, text.path, wrong=word, before=before)
        last, before, place = number, word, here


@RULES.issue(kinds.PLACEHOLDER_LEFT)
def placeholder_left(issue: Issue, corpus: Corpus) -> Iterator[Finding]:
    """Words of the form that `brieftex new` writes, which no one has replaced.

    What it does: 找出新建简报时的占位文字，如“（正文。）”“（媒体或单位）”；全部算作一处提示。
    Why: 忘了换掉，就会照样印出来。
    Example: 来源的名称还是“（媒体或单位）”
    Use instead: 岚湖大学新闻网
    Reference: `brieftex new`
    """
    del issue
    begun = (line for line in corpus.masked if line[:1] == "（")
    if not any(line.endswith(("）", "）：")) for line in begun):
        return
    left = list(corpus.find(placeholders.PATTERN))
    if left:
        start, end = left[0].span()
        yield kinds.PLACEHOLDER_LEFT.at(
            corpus.span(start, end), corpus.at(start)[0].path, count=len(left), first=left[0][0]
        )
