"""Markdown → blocks: what is recognised, what is refused, and that every place is exact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import pytest
from helpers.cases import each
from helpers.characters import UTF8
from helpers.counting import calls
from helpers.tables import words_of
from hypothesis import assume, example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from brieftex.diagnostics import Finding, OffsetMap, Span
from brieftex.diagnostics.messages.typed import LINES_JOINED
from brieftex.input.markdown import parse_body, parse_inline
from brieftex.input.markdown.stars import printed_stars
from brieftex.model.content import (
    Body,
    BodyBlock,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Mark,
    NoteCall,
    Paragraph,
    Quotation,
    Stretch,
    Table,
)

S, E, C = Mark.STRONG, Mark.EMPHASIS, Mark.CODE


def read(text: str) -> tuple[Body, list[Finding]]:
    """A body and its problems, but for the note that lines were joined."""
    result, found = parse_body(text, OffsetMap())
    return result, [finding for finding in found if finding.kind is not LINES_JOINED]


def body(text: str) -> Body:
    result, found = read(text)
    assert [finding.message() for finding in found] == []
    return result


def only(text: str) -> Inline:
    """The inline text of a body that is one paragraph without problems."""
    (block,) = body(text).blocks
    assert isinstance(block, Paragraph)
    return block.inline


def problems(text: str) -> list[tuple[str, str]]:
    """The names of a body's problems, each with the text it points at."""
    found = read(text)[1]
    return [(f.kind.name, text[f.span.start : f.span.end]) for f in found if f.span]


def marked(inline: Inline) -> str:
    """Inline text with its stretches in brackets: strong 【】, emphasis 〈〉, code ``."""
    pairs = {S: "【】", E: "〈〉", C: "``", S | E: "《》", S | C: "〔〕"}
    pieces, at = [], 0
    for stretch in inline.stretches:
        left, right = tuple(pairs.get(stretch.marks, "[]"))
        pieces += [inline.text[at : stretch.start], left]
        pieces += [inline.text[stretch.start : stretch.end], right]
        at = stretch.end
    return "".join([*pieces, inline.text[at:]])


def inlines(blocks: tuple[BodyBlock, ...]) -> Iterator[Inline]:
    for block in blocks:
        match block:
            case Paragraph(inline) | Heading(_, inline):
                yield inline
            case ListBlock(_, items):
                for item in items:
                    yield from inlines(item)
            case Quotation(inner):
                yield from inlines(inner)
            case Table():
                yield from (cell.inline for row in block.lines for cell in row)
            case Figure(caption=Inline() as caption):
                yield caption


def all_inlines(result: Body) -> Iterator[Inline]:
    yield from inlines(result.blocks)
    for _, blocks in result.notes:
        yield from inlines(blocks)


# -- emphasis ----------------------------------------------------------------------------


@each(
    ("text", "expected"),
    [
        ("**“引文”**后文", "【“引文”】后文"),
        ("前文**“引”**后", "前文【“引”】后"),
        ("**着重。**后文", "【着重。】后文"),
        ("前文**（注）**后文", "前文【（注）】后文"),
        ("他说**《论语》**好", "他说【《论语》】好"),
        ("一、**甲：**乙", "一、【甲：】乙"),
        ("**甲。**乙**“丙”**丁", "【甲。】乙【“丙”】丁"),
        ("**甲**、**乙**、**丙**。", "【甲】、【乙】、【丙】。"),
        ("**“引文”**abc", "【“引文”】abc"),
        ("abc**“引文”**def", "abc【“引文”】def"),
        ("增长**100%**的企业", "增长【100%】的企业"),
        ("用**`码`**后", "用〔码〕后"),
        ("*甲**乙**丙*", "〈甲〉《乙》〈丙〉"),
        ("***甲。***乙", "《甲。》乙"),
        ("**——引**后", "【——引】后"),
        ("**葛\U000e0100**“城”", "【葛\U000e0100】“城”"),
        ("见**《重点》**\n后文", "见【《重点》】后文"),
        ("　　**重点！**　后文", "【重点！】　后文"),
    ],
)
def test_emphasis_beside_chinese(text: str, expected: str) -> None:
    """CommonMark's flanking rule would leave the asterisks of most of these in print."""
    assert marked(only(text)) == expected


def reference_marks(text: str) -> list[tuple[str, Mark]]:
    """Each character with its marks as markdown-it itself reads CommonMark."""
    found: list[tuple[str, Mark]] = []
    marks: list[Mark] = []
    for token in MarkdownIt("commonmark").parseInline(text)[0].children or []:
        mark = S if token.tag == "strong" else E
        if token.nesting > 0:
            marks.append(mark)
        elif token.nesting < 0:
            marks.remove(mark)
        together = Mark.NONE
        for kind in marks:
            together |= kind
        found += [(character, together) for character in token.content]
    return found


def own_marks(inline: Inline) -> list[tuple[str, Mark]]:
    found = [Mark.NONE] * len(inline.text)
    for stretch in inline.stretches:
        found[stretch.start : stretch.end] = [stretch.marks] * (stretch.end - stretch.start)
    return list(zip(inline.text, found, strict=True))


@given(st.text('ab1 *.,"(”“é', max_size=24).map(lambda t: f"x{t}x"))
@example('x**"a"**bx')
@example("x**“a”**bx")
def test_emphasis_in_latin_text_is_commonmarks(text: str) -> None:
    """A Chinese rule that leaked into English would change e.g. ``a**"b"**c``. Stars that are
    printed are our own."""
    assume(not printed_stars(text))
    assert own_marks(parse_inline(text, OffsetMap())[0]) == reference_marks(text)


@each(
    "text",
    [
        "规格600*800*1200mm", "2*3，4*5", "长*宽*高", "A4*2*3", "3米*4米*5米。", "2*（3+4）*5",
        "100元*3人*2天=600元", "1.5*2.5*3", "a*b*c", "60㎡*6层*3栋", "长度*宽度*高度",
        "补贴=人数*天数*标准", "单价*数量*天数", "（a+b）*（c+d）*2", "１２*３４*５６",
    ],
)  # fmt: skip
def test_stars_that_multiply_are_printed(text: str) -> None:
    """Catches 6008001200mm."""
    assert marked(only(text)) == text
    assert marked(only(f"**{text}**")).replace("【", "").replace("】", "") == text


@each(
    "text",
    [
        ">50人的单位",
        ">=60分的",
        ">＝60分",
        "> =60分",
        ">-5℃",
        ">.5",
        ">>50",
        ">５０人",
        "单位如下\n>50人的",
        "- >50%",
        "1. >=60分",
    ],
)
def test_a_comparison_is_no_quotation(text: str) -> None:
    """Catches a sign that is taken away and a paragraph that becomes a quotation."""
    body, _ = parse_body(text, OffsetMap())
    shown = "".join(inline.text for inline in all_inlines(body))
    assert shown.replace("\n", "") == re.sub(r"\n|^- |^1\. ", "", text)


@each(
    ("text", "shown"),
    [("请*务必*到会", "请〈务必〉到会"), ("共*5*项", "共〈5〉项"), ("为*A*级", "为〈A〉级"),
     ("*5*项", "〈5〉项"), ("增长*10%*以上、*20%*以下", "增长〈10%〉以上、〈20%〉以下"),
     ("完成5项*3月底前*完成", "完成5项〈3月底前〉完成")],
)  # fmt: skip
def test_emphasis_of_numbers_stays_emphasis(text: str, shown: str) -> None:
    """Ensures that a star is a sign of multiplication between what is multiplied alone."""
    assert marked(only(text)) == shown


def test_underscores_are_text() -> None:
    """Ensures that a blank keeps its line, filled in or not."""
    for text in ("snake_case_name 与 文件_名_称", "姓名：__张三__，日期：__年__月__日，余额：__。"):
        assert marked(only(text)) == text


def test_nested_marks_are_merged() -> None:
    """Equal neighbours must be one stretch, and nesting an OR, not two stretches."""
    inline = only("*甲**乙*** ***丙***")
    assert inline.text == "甲乙 丙"
    assert inline.stretches == (Stretch(0, 1, E), Stretch(1, 2, S | E), Stretch(3, 4, S | E))
    assert only("**甲&amp;\\*\n乙**").stretches == (Stretch(0, 4, S),)


def test_unpaired_strong_is_reported() -> None:
    """``** 甲 **`` is printed with its asterisks, which nobody wants in silence."""
    assert problems("前 ** 甲 **后") == [("emphasis-unpaired", "**"), ("emphasis-unpaired", "**")]
    assert problems("注*、2 * 3、\\*\\*") == []


# -- lines -------------------------------------------------------------------------------


@each(
    ("text", "expected"),
    [
        ("甲\n乙", "甲乙"),
        ("abc\ndef", "abc def"),
        ("abc\n乙", "abc乙"),
        ("甲\nabc", "甲abc"),
        ("甲，\nabc", "甲，abc"),
        ("abc—\ndef", "abc—def"),
        ("乙**甲**\nabc", "乙甲abc"),
        ("x **abc**\n  *def*", "x abc def"),
        ("甲  \n乙", "甲\n乙"),
        ("甲\\\n   乙", "甲\n乙"),
        ("abc  \ndef", "abc\ndef"),
        ("`甲\n乙` `a\n  b`", "甲乙 a b"),
        ("`` `甲` ``乙` 丙 `", "`甲`乙丙"),
        ("한국\n어", "한국 어"),
    ],
)
def test_line_breaks(text: str, expected: str) -> None:
    """A space from a line break inside Chinese shows in print; a lost one joins Latin words."""
    assert only(text).text == expected


def test_indents_are_dropped() -> None:
    """U+3000 or four spaces before a paragraph are an editor's indent, not code or content."""
    assert only("　　甲\n\n").text == "甲"
    assert only("      甲\n    乙").text == "甲乙"


def test_an_indented_line_begins_a_paragraph() -> None:
    """Text pasted from Word has no empty lines; its paragraphs must not run together."""
    assert [i.text for i in all_inlines(body("　　甲。\n　　乙，\n丙\n　　\n丁"))] == [
        "甲。",
        "乙，丙",
        "丁",
    ]


# -- links -------------------------------------------------------------------------------


@each(
    ("text", "shown", "href"),
    [
        ("见https://a.cn/x_y_z。后", "https://a.cn/x_y_z", "https://a.cn/x_y_z"),
        ("（http://a.cn/?a=1&b=2）", "http://a.cn/?a=1&b=2", "http://a.cn/?a=1&b=2"),
        ("https://a.cn中文", "https://a.cn", "https://a.cn"),
        ("(see https://a.cn/b_(c)).", "https://a.cn/b_(c)", "https://a.cn/b_(c)"),
        ("**https://a.cn**", "https://a.cn", "https://a.cn"),
        ("<https://a.cn/甲>", "https://a.cn/甲", "https://a.cn/%E7%94%B2"),
        ("<a@b.cn>", "a@b.cn", "mailto:a@b.cn"),
        ("[甲](https://北京.中国/)", "甲", "https://xn--1lq90i.xn--fiqs8s/"),
        ('[甲](mailto:a@b.cn "题")', "甲", "mailto:a@b.cn"),
        ("[甲][1]\n\n[1]: http://a.cn", "甲", "http://a.cn"),
        ("[http://b.cn](http://a.cn)", "http://b.cn", "http://a.cn"),
    ],
)
def test_links(text: str, shown: str, href: str) -> None:
    """Addresses must end at Chinese, keep their underscores and be ASCII in a PDF."""
    inline = only(text)
    (stretch,) = inline.stretches
    assert (inline.text[stretch.start : stretch.end], stretch.href) == (shown, href)


def test_no_link_where_none_is_meant() -> None:
    """Code and other schemes must not turn into links, nor half a word."""
    for text in (
        "`http://a.cn`",
        "xhttp://a.cn",
        "http://",
        "http：//a.cn",
        "注：//甲",
        "ftp://a.cn",
    ):
        assert all(stretch.href is None for stretch in only(text).stretches), text


@pytest.mark.parametrize(
    "link", ["[甲](javascript:alert)", "[甲](./a.html)", "[甲]()", "<ftp://a.cn>", "[甲](data:x)"]
)
def test_other_schemes_are_refused(link: str) -> None:
    """A link that a reader's viewer would run, or that leads nowhere, must stop the build."""
    result, found = parse_body(f"前{link}后", OffsetMap())
    assert problems(f"前{link}后") == [("link-scheme", link)]
    assert all(i.stretches == () for i in all_inlines(result))
    assert found[0].severity == "error"


def test_links_printed_as_text_are_reported() -> None:
    """Full-width parentheses and spaces in names leave raw Markdown on paper."""
    assert problems("[甲](a b)")[0] == ("link-unread", "](")
    assert problems("[甲]（https://a.cn）") == [("link-unread", "]（")]
    assert problems("![图](图 1.png)")[0] == ("image-unread", "![")
    assert problems("[](http://a.cn)") == [("link-without-text", "[](http://a.cn)")]


def test_unused_and_duplicate_references_are_reported() -> None:
    """``[注]: 正文`` is a definition to CommonMark: the line would vanish in silence."""
    assert problems("甲\n\n[注]: 正文\n") == [("reference-unused", "[注]: 正文")]
    assert problems("[a]\n\n[a]: http://a\n[a]: http://b") == [
        ("reference-duplicate", "[a]: http://b")
    ]


# -- blocks ------------------------------------------------------------------------------


def test_headings() -> None:
    """Markdown's second level is the first below where the body stands."""
    levels = [
        (b.level, b.inline.text)
        for b in body("## 甲\n### 乙 ##\n  #### 丙").blocks
        if isinstance(b, Heading)
    ]
    assert levels == [(1, "甲"), (2, "乙"), (3, "丙")]


def test_wrong_headings() -> None:
    """Each of these would otherwise be printed at the wrong level or with its hashes."""
    assert problems("# 甲") == [("heading-too-high", "# 甲")]
    assert problems("###### 甲") == [("heading-too-deep", "###### 甲")]
    assert problems("乙\n##甲") == [("heading-unread", "##")]
    assert problems("　　## 甲") == [("heading-unread", "##")]
    assert problems("##　甲") == [("heading-unread", "##")]
    assert problems("##") == [("heading-empty", "##")]
    assert problems("#话题# 与 \\##甲") == []


def test_underlines_make_no_heading() -> None:
    """A line of dashes under a paragraph must not turn the paragraph into a heading."""
    result, found = read("甲\n---\n乙\n===\n")
    assert [type(block) for block in result.blocks] == [Paragraph, Paragraph]
    assert [(f.kind.name, f.severity.value) for f in found] == [("rule-unsupported", "warning")]


def test_lists_and_quotations() -> None:
    """Numbers, nesting and what belongs to which item must survive."""
    (outer,) = body("3. 甲，\n   乙\n\n   > 丙\n4. 丁\n   - 戊\n").blocks
    assert isinstance(outer, ListBlock)
    assert outer.start == 3
    (first, quotation), (_, nested) = outer.items
    assert isinstance(first, Paragraph)
    assert first.inline.text == "甲，乙"
    assert isinstance(quotation, Quotation)
    assert isinstance(nested, ListBlock)
    assert nested.start is None


def test_table() -> None:
    """Alignment, escaped bars and the places of cells, all of which markdown-it half-forgets."""
    text = "> | 甲 | 乙\\|*丙* | 丁 |\n> |:--|:-:|--:|\n> | 1 | | `3` |\n"
    (quotation,) = body(text).blocks
    assert isinstance(quotation, Quotation)
    (table,) = quotation.blocks
    assert isinstance(table, Table)
    assert table.align == ("left", "center", "right")
    assert words_of(table.lines) == [["甲", "乙|丙", "丁"], ["1", "", "3"]]
    origin = table.header[0][1].inline.origin
    assert [text[origin.source(k)] for k in range(3)] == ["乙", "|", "丙"]
    assert text[table.span.start : table.span.end].endswith("`3` |")


def test_tables_without_header_or_with_wrong_rows() -> None:
    """GFM drops the cells a header has no column for, and prints a broken table as text."""
    (table,) = body("| | |\n|-|-|\n|甲|乙|").blocks
    assert isinstance(table, Table)
    assert table.header == ()
    assert problems("|甲|乙|\n|-|-|\n|1|2|3|\n|1|") == [
        ("table-row-too-long", "|1|2|3|"),
        ("table-row-too-short", "|1|"),
    ]
    assert problems("|甲|乙|\n|-|\n|1|2|") == [("table-unread", "|甲|乙|\n|-|")]


def test_figure() -> None:
    """The path must stay as written, and the caption is Markdown with exact places."""
    text = '前。\n\n![说 *明*](<图 1.png> "图题 **重** \\"乙\\"")\n'
    figure = body(text).blocks[1]
    assert isinstance(figure, Figure)
    assert (figure.path, figure.alt) == ("图 1.png", "说 明")
    assert figure.caption is not None
    assert marked(figure.caption) == '图题 【重】 "乙"'
    assert text[figure.caption.origin.source(3)] == "重"
    assert text[figure.caption.origin.source(6)] == "乙"
    assert text[figure.span.start : figure.span.end] == text[4:-1]


def test_wrong_figures() -> None:
    """No picture without a description, a file or a paragraph of its own."""
    assert problems("![](a.png)") == [("image-without-alt", "![](a.png)")]
    assert problems("![甲]()") == [("image-without-path", "![甲]()")]
    assert problems("见![甲](a.png)。") == [("image-not-alone", "![甲](a.png)")]
    both = body("![甲](a.png)\n![乙](b.png)").blocks
    assert [block.path for block in both if isinstance(block, Figure)] == ["a.png", "b.png"]


def test_html_and_code_blocks_are_refused() -> None:
    """HTML would be printed raw or vanish; a comparison is no HTML."""
    assert problems("前<b>甲</b>后") == [("html-refused", "<b>")]
    assert problems("<div>\n甲\n</div>\n\n乙") == [("html-refused", "<div>\n甲\n</div>")]
    assert problems("<!-- 甲 -->") == [("html-refused", "<!-- 甲 -->")]
    assert problems("```py\n甲\n```") == [("code-block-unsupported", "```py\n甲\n```")]
    assert only("a < b，3<5，a<b，《<》").text == "a < b，3<5，a<b，《<》"


def test_tags_that_other_programs_leave_are_read() -> None:
    """Tables of other programs have <br> in their cells, which Markdown has no mark for."""
    assert only("甲<br>乙<BR />丙").text == "甲\n乙\n丙"
    inline = only("30m<sup>2</sup>，CO<sub>2</sub>")
    assert inline.text == "30m²，CO₂"
    assert [inline.origin.source(k) for k in (3, 7)] == [8, 23]
    assert problems("<sup>甲</sup>") == [("html-refused", "<sup>")]
    (table,) = body("| 甲 | 乙 |\n|---|---|\n| 丙<br/>丁 | 戊 |").blocks
    assert isinstance(table, Table)
    assert table.rows[0][0].inline.text == "丙\n丁"


# -- notes -------------------------------------------------------------------------------


def test_notes() -> None:
    """Calls leave the text; a note may have paragraphs, and may follow without an empty line."""
    result = body("甲[^1]乙。[^注]\n[^1]: 一\n续\n\n    二\n\n[^注]: 三\n\n丙")
    first, last = result.blocks
    assert isinstance(first, Paragraph)
    assert first.inline.text == "甲乙。"
    assert first.inline.calls == (NoteCall(1, "1"), NoteCall(3, "注"))
    assert isinstance(last, Paragraph)
    assert [(label, [i.text for i in inlines(blocks)]) for label, blocks in result.notes] == [
        ("1", ["一续", "二"]),
        ("注", ["三"]),
    ]


def test_a_call_at_a_line_start_stays_with_the_text_before() -> None:
    """The mark must not be parted from its word by the joining space."""
    inline = parse_body("abc\n[^1]def\n\n[^1]: x", OffsetMap())[0].blocks[0]
    assert isinstance(inline, Paragraph)
    assert inline.inline.text == "abc def"
    assert inline.inline.calls == (NoteCall(3, "1"),)
    first = parse_body("[^1]\nabc\n\n[^1]: x", OffsetMap())[0].blocks[0]
    assert isinstance(first, Paragraph)
    assert first.inline.text == "abc"


def test_wrong_notes() -> None:
    """Labels that do not match one to one are typing errors."""
    assert problems("甲[^1]") == [("note-undefined", "[^1]")]
    assert problems("甲\n\n[^1]: 一") == [("note-unused", "[^1]")]
    assert problems("甲[^1]\n\n[^1]: 一\n\n[^1]: 二") == [("note-duplicate", "[^1]")]
    assert problems("甲[^1]\n\n[^1]:") == [("note-empty", "[^1]")]
    assert problems("甲[^1]\n\n[^1]: 一[^1]") == [("note-in-note", "[^1]")]


# -- single lines --------------------------------------------------------------------------


@each("rule", ["|---|---|\n", ""])
def test_what_sets_a_cell_in_is_kept(rule: str) -> None:
    """Ensures that the levels of a statistical table are not lost, and that a cell of nothing but
    blanks stays empty."""
    text = f"|项目|数|\n{rule}|税收|3|\n| 　　其中：地方 |　|\n|　　|2|"
    (table,) = parse_body(text, OffsetMap())[0].blocks
    assert isinstance(table, Table)
    assert words_of(table.rows) == [["税收", "3"], ["　　其中：地方", ""], ["", "2"]]
    assert table.rows[1][0].inline.origin.source(2) == text.index("其中")
    inline, _ = parse_inline(" 　乙 ", OffsetMap(), indented=True)
    assert (inline.text, inline.origin.source(1)) == ("　乙", 2)


def test_parse_inline() -> None:
    """Captions know inline Markdown only; what looks like a block is text."""
    inline, found = parse_inline("  - **甲**[乙](http://a.cn) ", OffsetMap((0,), (100,)))
    assert found == []
    assert inline.text == "- 甲乙"
    assert inline.stretches == (Stretch(2, 3, S), Stretch(3, 4, href="http://a.cn"))
    assert inline.span(2, 3) == Span(106, 107)
    assert parse_inline("", OffsetMap((0,), (7,))) == (Inline("", OffsetMap((0,), (7,))), [])


def test_parse_inline_refuses_notes_and_pictures() -> None:
    """There is no body to hold the note, and no paragraph for the picture."""
    found = parse_inline("甲[^1]![乙](a.png)", OffsetMap())[1]
    assert [f.kind.name for f in found] == ["image-not-alone", "note-not-here"]


# -- nothing raises, nothing is lost, every place is exact -----------------------------------


@pytest.mark.parametrize("text", [">" * 5000, "> " * 5000, "- " * 5000, "- > 1. " * 2000 + "甲"])
def test_deep_blocks_are_bounded_and_reported(text: str) -> None:
    """Python's stack ends long before 5,000 quotations; what is not read must be said."""
    text += "甲"
    assert [name for name, _ in problems(text)] == ["nesting-too-deep"]


@pytest.mark.parametrize(
    "unit",
    [
        "[",
        "![",
        "[a](",
        "**甲",
        "_a",
        "<a ",
        "<!--",
        "http://",
        "`` ` ",
        "![[",
        "[^1]",
        "！[",
        "**”",
    ],
)
def test_deep_or_repeated_inlines_take_linear_time(unit: str) -> None:
    """Hostile repetition must neither exhaust the stack nor hang the editor's machine."""

    def read_repeated(times: int) -> None:
        parse_body(unit * times, OffsetMap())
        parse_inline(unit * times, OffsetMap())

    read_repeated(1)  # patterns are compiled
    assert calls(partial(read_repeated, 240)) <= 5 * calls(partial(read_repeated, 60))
    read_repeated(400)  # four frames for each are more than Python's stack has


def test_deep_brackets_are_reported() -> None:
    """Beyond the bound a link may be missed, which the editor should hear."""
    text = "[" * 30 + "甲](http://a.cn)"
    assert "brackets-too-deep" in [name for name, _ in problems(text)]


def test_control_characters() -> None:
    """NUL, BOM and lone surrogates reach the text untouched; later stages judge glyphs."""
    assert only("甲\0\ufeff\x0b乙\ud800").text == "甲\0\ufeff\x0b乙\ud800"
    assert parse_inline("[甲](http://a.cn/\ud800)", OffsetMap())[0].stretches[0].href


def test_carriage_returns() -> None:
    """CRLF in a quoted scalar must not shift every later place by one per line."""
    text = "甲 **乙**\r\n丙\r\r\n> 丁\r\n> 戊"
    result, found = read(text)
    assert found == []
    assert [i.text for i in all_inlines(result)] == ["甲 乙丙", "丁戊"]
    check_places(text, result, found)


PIECES = st.sampled_from(
    [
        *"甲乙，。“”（）　 ab1",
        *"*_`[]()!<>#|\\&~-+:^\n\t\r\0\ufeff",
        "\n\n", "\n> ", "\n- ", "\n1. ", "\n   ", "\n    ", "\n\t", "\n　　", "  \n", "\\\n", "\\|",
        "**", "***", "``", "## ", "### ", "# ", "---\n", "```\n", "&amp;", "&#20013;", "&ngE;",
        "http://a.cn/b", "https://", "[甲](http://a.cn)", "<http://a.cn>", "<a@b.c>", "<b>", "<!--",
        '![图](a.png "题")', "![图](", "[^1]", "\n[^1]: ", "\n[^a]:", "\n[甲]: u\n", "[甲]",
        "\n|甲|乙|\n|-|:-:|\n|1|2|\n", "|", "\n\n[图]: a.png\n",
    ]
)  # fmt: skip
MARKDOWN = st.lists(PIECES, max_size=40).map("".join)


def in_a_file(text: str) -> tuple[str, OffsetMap]:
    """``text`` as a YAML block scalar, every line behind an indent, and its map."""
    starts, sources, at = [0], [12], 0
    lines = text.split("\n")
    for number, line in enumerate(lines[:-1], start=2):
        at += len(line) + 1
        starts.append(at)
        sources.append(at + 8 + 4 * number)
    return "body: |\n" + "\n".join(f"    {line}" for line in lines), OffsetMap(
        tuple(starts), tuple(sources)
    )


def check_places(file: str, result: Body, found: list[Finding]) -> None:
    for inline in all_inlines(result):
        for k, character in enumerate(inline.text):
            source = file[inline.origin.source(k)]
            joined = character == " " and source in "\r\n"
            broken = character == "\n" and source in "\\\r\n"
            assert source in (character, "&") or joined or broken, (inline, k, source)
        last = 0
        for a in inline.stretches:
            assert last <= a.start < a.end <= len(inline.text)
            assert a.marks or a.href
            last = a.end
        for a, b in zip(inline.stretches, inline.stretches[1:], strict=False):
            assert a.end < b.start or (a.marks, a.href) != (b.marks, b.href)
        assert all(0 <= call.at <= len(inline.text) for call in inline.calls)
        whole = inline.span()
        assert 0 <= whole.start <= whole.end <= len(file)
    for finding in found:
        assert finding.span is not None
        assert 0 <= finding.span.start <= finding.span.end <= len(file)
        assert not finding.kind.zh.endswith("。")
        assert not finding.kind.en.endswith(".")
        for language in ("zh", "en"):
            assert finding.message(language)
            finding.hints(language)


@given(MARKDOWN)
@example("- a `x\n\ty`")
@example(">\t`x\n>\ty`")
@example("|甲|\n|-|\n|\\||")
@example("`` `甲` `` ` 乙 ` `  ` `` a`b``")
@example("甲 `\n乙\n`\n    丙")
def test_every_character_knows_its_place(text: str) -> None:
    """A caret under the wrong character sends the editor to the wrong word."""
    file, origin = in_a_file(text)
    result, found = parse_body(text, origin)
    check_places(file, result, found)


@given(MARKDOWN)
def test_inline_places(text: str) -> None:
    """The same for captions and cells."""
    file, origin = in_a_file(text)
    inline, found = parse_inline(text, origin)
    check_places(file, Body((Paragraph(inline),)), found)


@given(st.text(st.characters()) | st.text(UTF8))
def test_nothing_raises(text: str) -> None:
    """An editor must never see a traceback, whatever was pasted."""
    check_places(text, *parse_body(text, OffsetMap()))
    parse_inline(text, OffsetMap())


HAN = st.text("甲乙丙丁一二", min_size=1, max_size=4)
WRAPPED = st.tuples(
    st.sampled_from(["{}", "**{}**", "*{}*", "`{}`", "[{}](http://a.cn)", "“{}”", "{}。", "{}\n",
                     "{}  \n", "{}\\\n", "**“{}”**", "http://a.cn/{}", "<{}>", "_{}_", "[{}]",
                     "![{}", "&{};", "\\{}", "{}[^1]", "**{}", "{}*", "　{}", "|{}|"]),
    HAN,
).map(lambda pair: pair[0].format(pair[1]))  # fmt: skip


@given(st.lists(WRAPPED, min_size=1, max_size=12).map("".join))
def test_no_han_character_is_lost(text: str) -> None:
    """Whatever the markup, what was written is printed, in order."""
    result = parse_body(text + "\n\n[^1]: x", OffsetMap())[0]
    printed = "".join(inline.text for inline in inlines(result.blocks))
    assert [c for c in printed if c in "甲乙丙丁一二"] == [c for c in text if c in "甲乙丙丁一二"]


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("<https://medium.com/@x/post>", "https://medium.com/@x/post"),
        ("<a@example.cn>", "mailto:a@example.cn"),
        ("<mailto:a@example.cn>", "mailto:a@example.cn"),
        ("<http://例子.中国/路径>", "http://xn--fsqu00a.xn--fiqs8s/%E8%B7%AF%E5%BE%84"),
    ],
)
def test_an_address_between_angle_brackets(text: str, href: str) -> None:
    (block,) = body(text).blocks
    assert isinstance(block, Paragraph)
    assert [s.href for s in block.inline.stretches] == [href]


@pytest.mark.parametrize(
    "text",
    [r"存到C:\_old\(备份)里", r"存到 D:\data\_新。", r"见\\nas\共享\_旧，", r"见\\10.0.0.1\data"],
)
def test_the_backslashes_of_a_path_are_printed(text: str) -> None:
    """Catches a backslash that escapes what follows it in the name of a file."""
    (block,) = body(text).blocks
    assert isinstance(block, Paragraph)
    assert block.inline.text == text
    span = block.inline.span(len(text) - 1)
    assert (span.start, span.end) == (len(text) - 1, len(text))


@pytest.mark.parametrize("form", ["[甲]({})", "<{}>", "见{}。"])
def test_an_address_longer_than_any_server_takes_is_refused(form: str) -> None:
    """Catches PDFs of 300 MB: each line of a link repeats its address."""
    url = "https://a.cn/" + "b" * 4083
    assert body(form.format(url)).blocks
    _, found = parse_body(form.format(url + "c"), OffsetMap())
    assert [finding.kind.name for finding in found] == ["address-too-long"]
