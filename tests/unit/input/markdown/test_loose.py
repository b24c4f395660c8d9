"""Tables that are no Markdown: from spreadsheets, terminals and other programs' text."""

from __future__ import annotations

from helpers.cases import each
from helpers.tables import words_of
from hypothesis import given
from hypothesis import strategies as st

from brieftex.diagnostics import OffsetMap
from brieftex.input.markdown import parse_body
from brieftex.model.content import Paragraph, Quotation, Table


@each(("text", "words"), [
    ("序号\t内容\n1\t甲", [["序号", "内容"], ["1", "甲"]]),
    # cells of several lines, of quotation marks, and those that only look so
    ('序号\t内容\n1\t"甲\n乙"\n2\t丙', [["序号", "内容"], ["1", "甲\n乙"], ["2", "丙"]]),
    ('"甲\n乙\n丙"\t丁\n1\t2', [["甲\n乙\n丙", "丁"], ["1", "2"]]),
    ('甲\t"他说""好"""\n1\t2', [["甲", '他说"好"'], ["1", "2"]]),
    ('甲\t"好"\n1\t2', [["甲", '"好"'], ["1", "2"]]),
    # empty cells and rows, and rows that lack some
    ("\t甲\t乙\n丙\t1\t2", [["", "甲", "乙"], ["丙", "1", "2"]]),
    ("甲\t乙\n\t\n1\t\n", [["甲", "乙"], ["1", ""]]),
    ("甲\t乙\n1\t2\t3", [["甲", "乙", ""], ["1", "2", "3"]]),
    ("甲\t乙\t丙\n1\t2", [["甲", "乙", "丙"], ["1", "2", ""]]),
    # drawn
    ("+---+---+\n| 甲 | 乙 |\n+===+===+\n| 1 | 2 |\n+---+---+", [["甲", "乙"], ["1", "2"]]),
    ("|----+----|\n| 甲 | 乙 |\n|----+----|\n| 1 | 2 |", [["甲", "乙"], ["1", "2"]]),
    ("┌──┬──┐\n│甲│乙│\n├──┼──┤\n│1 │  │\n└──┴──┘", [["甲", "乙"], ["1", ""]]),
    ("╔══╦══╗\n║甲║乙║\n╠══╬══╣\n║1║2║\n╚══╩══╝", [["甲", "乙"], ["1", "2"]]),
])  # fmt: skip
def test_a_table(text: str, words: list[list[str]]) -> None:
    """Ensures that nothing of it is lost or set as text, and that it is told of."""
    for before in ("", "前文：\n"):
        body, found = parse_body(f"{before}{text}", OffsetMap())
        table = body.blocks[-1]
        assert isinstance(table, Table)
        assert words_of(table.lines) == words
        assert "rows-read" in [finding.kind.name for finding in found]


@each("text", [
    "> 甲\t乙\n> 丙\t丁",
    "今年以来，\t全县发展。\n乙", '1\t"甲\n乙', '"甲"乙丙。\n丁', "甲\n\t\n乙",
])  # fmt: skip
def test_what_is_no_table_of_the_body(text: str) -> None:
    body, _ = parse_body(text, OffsetMap())
    assert not any(isinstance(block, Table) for block in body.blocks)


@each(("text", "rows", "below"), [
    ("| 甲 | 乙 |\n|--|--|\n| 1 | 2 |\n注：10月底。", [["甲", "乙"], ["1", "2"]], "注：10月底。"),
    ("甲|乙\n-|-\n1|好。\n2|差。\n两人", [["甲", "乙"], ["1", "好。"], ["2", "差。"]], "两人"),
    ("> | 甲 |\n> |--|\n> | 1 |\n> 注", [["甲"], ["1"]], "注"),
])  # fmt: skip
def test_a_line_without_bars_is_below_the_table(
    text: str, rows: list[list[str]], below: str
) -> None:
    """Catches a note that becomes a row, as GFM has it, and sentences in cells that end a table."""
    blocks = parse_body(text, OffsetMap())[0].blocks
    if isinstance(blocks[0], Quotation):
        blocks = blocks[0].blocks
    table, note = blocks
    assert isinstance(table, Table)
    assert isinstance(note, Paragraph)
    assert (words_of(table.lines), note.inline.text) == (rows, below)


_CELLS = st.text('甲乙1 "\n|*', max_size=6)


@given(st.lists(st.tuples(_CELLS, _CELLS, _CELLS), min_size=1, max_size=5))
def test_what_a_spreadsheet_copies_comes_back(rows: list[tuple[str, str, str]]) -> None:
    """Ensures that each cell is where it was, whatever is in it, written as spreadsheets do: with
    marks around a cell that has line ends, and those within doubled."""
    table = [
        ("序号", "内容", "备注"),
        ("1", "甲", "乙"),
        *filter(lambda row: "".join(row).strip(), rows),
    ]
    quoted = [
        ['"{}"'.format(cell.replace('"', '""')) if set(cell) & set('\n"') else cell for cell in row]
        for row in table
    ]
    text = "\n".join("\t".join(row) for row in quoted).replace("*", "\\*")
    (block,) = parse_body(text, OffsetMap())[0].blocks
    assert isinstance(block, Table)
    found = [["".join(cell.split()) for cell in row] for row in words_of(block.lines)]
    assert found == [["".join(cell.split()) for cell in row] for row in table]
