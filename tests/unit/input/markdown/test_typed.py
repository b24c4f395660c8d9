"""Text typed without Markdown in mind: read as meant where that is sure, else named."""

from __future__ import annotations

from html import unescape

import pytest
from helpers.cases import each
from helpers.tables import words_of

from brieftex.diagnostics import OffsetMap, Span
from brieftex.input.markdown import parse_body, parse_inline, with_scripts
from brieftex.input.markdown.write import paragraph_markdown
from brieftex.model.content import (
    Body,
    BodyBlock,
    Heading,
    Inline,
    ListBlock,
    Mark,
    Paragraph,
    Table,
    Verse,
)


def _read(text: str) -> tuple[Body, list[str]]:
    body, found = parse_body(text, OffsetMap())
    return body, [finding.kind.name for finding in found]


def _only(text: str) -> tuple[BodyBlock, list[str]]:
    body, names = _read(text)
    (block,) = body.blocks
    return block, names


@pytest.mark.parametrize("text", ["这是＊＊重点＊＊工作。", "这是＊＊重点＊＊工作＊。"])
def test_full_width_asterisks(text: str) -> None:
    block, names = _only(text)
    assert isinstance(block, Paragraph)
    assert block.inline.text == text.replace("＊＊", "")
    (stretch,) = block.inline.stretches
    assert (stretch.start, stretch.end, stretch.marks) == (2, 4, Mark.STRONG)
    span = block.inline.span(stretch.start, stretch.end)
    assert text[span.start : span.end] == "重点"
    assert names == ["marks-read"]


@pytest.mark.parametrize("text", ["＊＊", "甲＊＊乙", "＊＊ 甲 ＊＊", "\\＊＊甲＊＊", "５＊＊２"])
def test_full_width_asterisks_that_are_text(text: str) -> None:
    block, names = _only(text)
    assert isinstance(block, Paragraph)
    assert "＊＊" in block.inline.text
    assert names == []


@pytest.mark.parametrize("text", ["＃＃ 小标题", "＃＃　小标题"])
def test_full_width_hashes(text: str) -> None:
    block, names = _only(text)
    assert isinstance(block, Heading)
    assert (block.level, block.inline.text, names) == (1, "小标题", ["marks-read"])


@pytest.mark.parametrize(
    "text",
    [
        "甲【^1】。\n\n【^1】：注。",
        "甲[^1]。\n\n[^1]：注。",
        "甲【^1]。\n\n[^1]: 注。",
        "甲[^1]。\n\n　　[^1]：注。",
        "甲【^1】。\n　[^1]: 注。",
    ],
)
def test_full_width_notes(text: str) -> None:
    body, names = _read(text)
    assert [label for label, _ in body.notes] == ["1"]
    assert names == ["marks-read"]


def test_full_width_links() -> None:
    block, names = _only("见【公报】（https://a.cn/b）。")
    assert isinstance(block, Paragraph)
    assert block.inline.text == "见公报。"
    assert [s.href for s in block.inline.stretches] == ["https://a.cn/b"]
    assert names == ["marks-read"]
    assert _read("【公报】（见下）")[1] == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("｜甲｜乙｜\n｜－－｜－－｜\n｜丙｜丁｜", ["marks-read"]),
        ("｜甲｜乙｜\n｜丙｜丁｜", ["marks-read", "rows-read"]),
        ("|甲|乙|\n|丙|丁|", ["rows-read"]),
        ("| 甲 | 乙 |\n| 丙 | 丁 |", ["rows-read"]),
        ("甲\t乙\n丙\t丁", ["rows-read"]),
        ("|甲|乙|\n|-|-|\n|丙|丁|", []),
    ],
)
def test_rows_become_a_table(text: str, names: list[str]) -> None:
    block, found = _only(text)
    assert isinstance(block, Table)
    assert words_of(block.lines) == [["甲", "乙"], ["丙", "丁"]]
    span = block.rows[0][1].inline.span()
    assert text[span.start : span.end] == "丁"
    assert sorted(found) == names


@pytest.mark.parametrize(
    "text",
    [
        "项目  预算  完成率\n办公费  120.50  81.6%\n合计  180.5  79.5%",
        "　项目　预算　　完成率\n　办公费　120.50　81.6%\n　合计　180.5　79.5%",
        "万元\n项目  预算  完成率\n办公费   120.50  81.6%\n合计  180.5  79.5%\n以上为预算数。",
    ],
)
def test_rows_parted_by_spaces_become_a_table(text: str) -> None:
    """Catches columns of a PDF that are run together: 办公费120.50 81.6%."""
    blocks, names = _read(text)
    (table,) = [block for block in blocks.blocks if isinstance(block, Table)]
    cells = [["项目", "预算", "完成率"], ["办公费", "120.50", "81.6%"], ["合计", "180.5", "79.5%"]]
    assert words_of(table.lines) == cells
    span = table.rows[1][2].inline.span()
    assert text[span.start : span.end] == "79.5%"
    assert names == ["rows-read"]


@pytest.mark.parametrize(
    "text",
    [
        "正文。\n                    河东县人民政府\n                    2026年11月28日",
        "正文。\n\n　　　　　　　　　河东县人民政府\n\n　　　　　　　　　二〇二六年十一月二十八日",
        "此致\n　　　　　　　　河东县委  河东县人民政府\n　　　　　　　　2026年  月  日",
        "正文。\n\t\t\t\t河东县人民政府\n\t\t\t\t2026.11.28",
    ],
)
def test_the_end_of_a_letter_is_set_to_the_right(text: str) -> None:
    """Catches a signature that blanks had moved to the right and that is printed on the left."""
    body, names = _read(text)
    first, verse = body.blocks
    assert isinstance(first, Paragraph)
    assert isinstance(verse, Verse)
    assert verse.align == "right"
    assert [line.text.split()[0][:3] for line in verse.lines] == ["河东县", verse.lines[1].text[:3]]
    span = verse.lines[1].span()
    assert text[span.start : span.end] == verse.lines[1].text.replace("\u3000", "  ")
    assert names == ["closing-read"]


@each(("text", "told"), [
    ("请落实。\n\n中共河东县委办公室\n河东县人民政府办公室\n2026年11月28日", True),
    ("请落实。\n\n河东县委办公室\n\n2026年11月28日", True),  # plain text
    ("请落实。\n王小明\n2026.11.28\n", True),
    ("请落实。\n\n河东县委办公室（盖章）\n2026年11月28日", True),
    ("请落实。\n\n河东县水利局  河东县财政局\n2026年11月28日", True),
    ("请落实。\n　　　　　　　　　河东县委\n　　　　　　　　　2026年11月28日", False),
    ("会议时间\n2026年11月28日", False),
    ("请落实。\n\n2026年11月28日", False),
    ("今年以来。\n\n全县累计完成了\n2026年11月28日", False),
    ("请落实。\n\n河东县委办公室\n2026年11月28日\n\n附件另发。", False),
])  # fmt: skip
def test_the_end_of_a_letter_on_the_left_is_told_of(text: str, told: bool) -> None:
    assert ("closing-unread" in _read(text)[1]) == told


def test_blanks_that_would_move_a_line_are_told_of() -> None:
    """Catches a title of a poem that is joined to its first line, and lost places in silence."""
    body, names = _read("        水调歌头\n    明月照东县，把酒问丰年。")
    assert [block.inline.text for block in body.blocks if isinstance(block, Paragraph)] == [
        "水调歌头", "明月照东县，把酒问丰年。",
    ]  # fmt: skip
    assert "indent-unread" in names
    assert "indent-unread" in _read("正文。\n                    签字：")[1]
    assert _read("　　甲乙。\n　　丙丁。")[1] == []


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("时  间：2026年11月27日", "时　间：2026年11月27日"),
        ("出  席：王建国  李  强  张卫东", "出　席：王建国　李　强　张卫东"),
        ("陈  丽   孙  伟", "陈　丽　孙　伟"),
        ("学校  召开了会议，研究  工作。", "学校  召开了会议，研究  工作。"),
        ("主 持 人：赵明", "主 持 人：赵明"),
        ("填报人：      年   月   日", "填报人：　　　年　月　日"),
        ("评价是（  ）。", "评价是（　）。"),
        ("A．满意  B．一般  C．不满意", "A．满意　B．一般　C．不满意"),
        ("He said.  She left.", "He said.  She left."),
    ],
)
def test_labels_and_names_are_spread_by_an_em(text: str, printed: str) -> None:
    """Catches names that run together (李 强 张卫东): spaces were as good as one, and a check
    advised to delete it."""
    block, names = _only(text)
    assert isinstance(block, Paragraph)
    assert block.inline.text == printed
    assert names == []
    last = len(printed) - 1
    assert text[block.inline.origin.source(last)] == printed[last]


@pytest.mark.parametrize("text", ["时  间：上午9:00", "出  席：王建国  李  强", "填报人：      年"])
def test_spaces_that_are_ems_are_written_as_they_were(text: str) -> None:
    """Catches a manuscript whose first character is written as &#26102; for the spaces in it."""
    assert paragraph_markdown(Inline(text, OffsetMap.at(0))) == (text, True)


@pytest.mark.parametrize("text", [">>>重点项目进展<<<", ">>查看更多", ">>>>下一步"])
def test_arrows_before_text_are_no_quotation(text: str) -> None:
    """Catches arrows that are taken away."""
    block, names = _only(text)
    assert isinstance(block, Paragraph)
    assert (block.inline.text, names) == (text, [])


@pytest.mark.parametrize("blank", ["    ", "\t"])
def test_an_indented_list_is_a_list(blank: str) -> None:
    """Catches items that Markdown joins to the paragraph above them for four spaces before them."""
    text = "    三、参会人员\n    1. 主会场。\n    2. 分会场。\n        - 其中\n    四、要求"
    text = text.replace("    ", blank)
    blocks = _read(text)[0].blocks
    assert [type(block).__name__ for block in blocks] == ["Paragraph", "ListBlock", "Paragraph"]
    assert isinstance(blocks[1], ListBlock)
    assert [len(item) for item in blocks[1].items] == [1, 2]
    firsts = [item[0] for item in blocks[1].items]
    inlines = [first.inline for first in firsts if isinstance(first, Paragraph)]
    assert [inline.text for inline in inlines] == ["主会场。", "分会场。"]
    assert [text[inline.origin.source(0)] for inline in inlines] == ["主", "分"]


def test_labels_with_spaces_begin_paragraphs() -> None:
    """Catches 时  间 and 地  点 in one paragraph."""
    blocks, _ = _read("时  间：上午9:00\n地  点：第一会议室")
    assert len(blocks.blocks) == 2


def test_a_row_of_a_spreadsheet_may_have_empty_cells() -> None:
    block, _ = _only("单位\t人数\t备注\n文学院\t320\t\n理学院\t\t新设")
    assert isinstance(block, Table)
    assert words_of(block.rows) == [["文学院", "320", ""], ["理学院", "", "新设"]]


def test_numbers_before_cells_leave_a_table_of_three_columns() -> None:
    assert isinstance(_only("1、\t摸底\t已完成\n2、\t整改\t进行中")[0], Table)


def test_marks_within_loose_rows_are_read() -> None:
    block, _ = _only("|甲|乙|\n|**丙**|丁|")
    assert isinstance(block, Table)
    assert block.rows[0][0].inline.stretches[0].marks == Mark.STRONG


@pytest.mark.parametrize(
    "text",
    [
        "|甲|乙|",
        "甲\t乙",
        "\t甲乙。\n\t丙丁。",
        "|甲|\n|乙|",
        "甲｜乙\n丙｜丁",
        "•\t甲\n•\t乙",
        "张三  李四  王五\n赵六  钱七  孙八\n周九  吴十  郑甲",
        "甲  乙  丙\n丁  5  6",
        "1  2  3\n4  5  6\n7  8  9",
        "甲  乙  丙\n丁  5  6。\n戊  7  8",
        "甲  乙  丙\n丁  5\n戊  7  8",
    ],
)
def test_lines_that_are_no_rows(text: str) -> None:
    assert not any(isinstance(block, Table) for block in _read(text)[0].blocks)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("这是~~旧的~~新的。", "strike-unread"),
        ("- [ ] 待办", "task-unread"),
        ("- [x] 已办", "task-unread"),
        ("-统一平台", "item-unread"),
        ("#小标题", "heading-unread"),
        ("##小标题", "heading-unread"),
    ],
)
def test_what_is_not_sure_is_named(text: str, name: str) -> None:
    assert _read(text)[1] == [name]


FOREIGN = [
    ("由$x^2$可知", "$x^2$", "formula-unread"),
    ("$$E=mc^2$$", "$$E=mc^2$$", "formula-unread"),
    ("约\\frac{1}{2}", "\\frac{1}", "formula-unread"),
    ("面积9m^2，", "^2", "formula-unread"),
    ("设$x$为甲", "$x$", "formula-unread"),
    ("得$a*b*c$。", "$a*b*c$", "formula-unread"),
    ("得$a_1b_2$。", "$a_1b_2$", "formula-unread"),
    ("其中\\(x\\)为数，", "\\(x\\)", "formula-unread"),
    ("\\[x_1=*y*\\]", "\\[x_1=*y*\\]", "formula-unread"),
    ("\\[\\text{率}\\]", "\\[\\text{率}\\]", "formula-unread"),
    ("长\\times宽", "\\times", "formula-unread"),
    ("浓度10^-3以下", "^-3", "formula-unread"),
    ("{{姓名}}同志", "{{姓名}}", "unfilled-field"),
    ("«姓名»同志：", "«姓名»", "unfilled-field"),
    ("见${表号}", "${表号}", "unfilled-field"),
    ("第<%= n %>期", "<%= n %>", "unfilled-field"),
    ("详见错误!未找到引用源。", "错误!未找到引用源", "unfilled-field"),
    ("现场如下：[图片]", "[图片]", "unfilled-field"),
    ("合计#REF!", "#REF!", "unfilled-field"),
    ("账号6.22E+18", "6.22E+18", "unfilled-field"),
    ("账号6.22e+18", "6.22e+18", "unfilled-field"),
    ("PAGE \\* MERGEFORMAT", "PAGE \\* MERGEFORMAT", "markup-unread"),
    ("公式EMBED Equation.3", "EMBED Equation.3", "markup-unread"),
    ('HYPERLINK "http://a.cn" 官网', 'HYPERLINK "http://a.cn"', "markup-unread"),
    ("见REF _Ref1234 \\h 图1", "REF _Ref1234", "markup-unread"),
    ("图SEQ 图 \\* ARABIC 1", "SEQ 图 \\* ARABIC", "markup-unread"),
    ("++重点++工作", "++重点++", "markup-unread"),
    ("这是++重点++工作", "++重点++", "markup-unread"),
    ("很好:smile:。", ":smile:", "markup-unread"),
    ("::: warning", "::: warning", "markup-unread"),
    ("见[[制度汇编]]。", "[[制度汇编]]", "markup-unread"),
    ("[TOC]", "[TOC]", "markup-unread"),
    ("[办法][1]已印发", "[办法][1]", "markup-unread"),
    ("事项^[另行通知]。", "^[另行通知]", "markup-unread"),
    ("[b]重点工作", "[b]", "markup-unread"),
    ("感谢[鼓掌]", "[鼓掌]", "markup-unread"),
    ("歙{歙县}", "{歙县}", "markup-unread"),
    ("小标题 {#a1}", "{#a1}", "markup-unread"),
    ("%%内部意见%%", "%%内部意见%%", "markup-unread"),
    ("|张三|男|", "|张三|男|", "markup-unread"),
    ("||剧透||", "||剧透||", "markup-unread"),
    ("__加强领导__。要抓", "__加强领导__", "markup-unread"),
    ("####### 七级", "#######", "markup-unread"),
    ("甲&amp;nbsp;乙", "&amp;nbsp;", "markup-unread"),
    ("甲\\n乙", "\\n", "markup-unread"),
    ("\\u4e2d文", "\\u4e2d", "markup-unread"),
]


@each(("text", "place", "name"), FOREIGN)
def test_marks_of_other_programs_are_named(text: str, place: str, name: str) -> None:
    """They are printed as they stand, too."""
    inline, found = parse_inline(text, OffsetMap())
    assert unescape(place).replace("\\*", "*") in inline.text
    for (finding,) in (found, parse_body(text, OffsetMap())[1]):
        assert finding.kind.name == name
        assert finding.span is not None
        assert text[finding.span.start : finding.span.end] == place


@each(
    "text",
    [
        "价格由$5涨到$10。", "C++和C++17", "比例为3:4:5", "网址为http://a.cn:80/x:y:", "[1][3]指出",
        "数据[J][1]", "`{{姓名}}`", "`$x^2$`", "\\$x^2\\$", "\\$x\\$",
        "\\[1\\] 张三", "\\(注\\)后", "D:\\times", "US$100和US$200",
        "\\{\\{姓名}}", "a || b || c", "100%%",
        "增长5%，下降3%", "A&B", "D:\\new\\list", "资料在\\\\nas\\readme里", "2^10^种", "①{②}",
        "[https://a.cn/{id}](https://a.cn/{id})", "时间：8:30", "[甲]与[乙]", "“错误！”他说",
        "型号A1E+10", "第1页", "-5-3", "共5页，第1页不清", "C#是语言",
        "姓名：__张三__，由__科办", "（__年__月__日）", "a_b_c与_甲",
    ],
)  # fmt: skip
def test_what_resembles_foreign_marks_is_not_named(text: str) -> None:
    assert _read(text)[1] == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1. 甲\n2. 乙\n10. 丙\n12. 丁", "10."),
        ("5. 甲\n5. 乙\n6. 丙", "5."),
        ("- 甲\n  1. 乙\n  3. 丙", "3."),
        ("> 1. 甲\n> 3. 乙", "3."),
        ("001. 甲", "001."),
    ],
)
def test_a_number_that_is_not_printed_is_named(text: str, place: str) -> None:
    """Markdown counts by itself: the third item of 1. 2. 10. is printed as 3."""
    (finding,) = parse_body(text, OffsetMap())[1]
    assert finding.kind.name == "item-renumbered"
    assert finding.span is not None
    assert text[finding.span.start : finding.span.end] == place
    assert finding.span.start == text.rindex(place, 0, finding.span.end)


@pytest.mark.parametrize("text", ["1. 甲\n1. 乙\n1. 丙", "3. 甲\n4. 乙", "1. 甲\n   1. 乙\n2. 丙"])
def test_numbers_that_are_printed_are_not_named(text: str) -> None:
    assert _read(text)[1] == []


def test_a_list_keeps_its_bracket() -> None:
    """1) was printed as 1."""
    for text, bracket in (("1) 甲\n2) 乙", True), ("1. 甲\n2. 乙", False), ("- 甲", False)):
        block, names = _only(text)
        assert isinstance(block, ListBlock)
        assert (block.bracket, names) == (bracket, [])
    (finding,) = parse_body("1) 甲\n3) 乙", OffsetMap())[1]
    assert "“3)”" in finding.message("zh")


@pytest.mark.parametrize(
    "text", ["#一网通办#上了热搜", "约3~~5天", "-5度", "*甲*乙", "1~2", "C#语言"]
)
def test_what_is_text_is_not_named(text: str) -> None:
    assert _read(text)[1] == []


SCRIPTS = [
    ("面积9m^2^。", "面积9m²。"), ("CO~2~和H~2~O", "CO₂和H₂O"), ("10^-3^", "10⁻³"),
    ("1^st^与2^nd^、3^rd^、4^th^", "1ˢᵗ与2ⁿᵈ、3ʳᵈ、4ᵗʰ"), ("e^x^、A^T^、x~max~", "eˣ、Aᵀ、xₘₐₓ"),
    ("(a+b)^n+1^", "(a+b)ⁿ⁺¹"), ("[SO~4~]^2-^", "[SO₄]²⁻"), ("x^2^+y^2^", "x²+y²"),
]  # fmt: skip
NO_SCRIPTS = [
    "3~5天",
    "2~3~4",
    "路径~",
    "~/docs与~/bin",
    "C^2",
    "^_^",
    "约3~5~天",
    "a ^2^",
    "好(^o^)",
    "好^o^",
    "a^_^",
    "^th^",
    "1^sd^",
    "1~2、3~4",
    "2^3+4^5",
]


@each(
    ("text", "meant"), [*SCRIPTS, *((text, text) for text in NO_SCRIPTS)]
)  # fmt: skip
def test_superscripts_and_subscripts(text: str, meant: str) -> None:
    """Alike in bodies, in one line of Markdown and in plain text; a lone mark is text."""
    block, names = _only(text)
    assert isinstance(block, Paragraph)
    plain = with_scripts(Inline(text))
    for inline in (block.inline, parse_inline(text, OffsetMap())[0], plain):
        assert inline.text == meant
        for k, character in enumerate(meant):
            span = inline.span(k, k + 1)
            assert (text[span.start] == character) or character not in text
    # Of these, C^2 is most likely a formula that lacks its second ^.
    lacking = {"C^2": 1, "2^3+4^5": 2}.get(text, 0)
    assert names == ["formula-unread"] * lacking


def test_scripts_stay_in_code_and_addresses() -> None:
    for text in ("`a^2^`", "https://a.cn/x~2~", "[甲](https://a.cn/x^2^)"):
        block, _ = _only(text)
        assert isinstance(block, Paragraph)
        assert "²" not in block.inline.text + str(block.inline.stretches)


def test_full_width_marks_in_a_line() -> None:
    inline, found = parse_inline(" 见＊＊公报＊＊", OffsetMap())
    assert inline.text == "见公报"
    assert [f.kind.name for f in found] == ["marks-read"]
    assert found[0].span == Span(2, 3)
