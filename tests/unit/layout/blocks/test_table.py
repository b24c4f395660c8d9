from __future__ import annotations

import pytest
from helpers.cases import each
from helpers.specimens import (
    CHAR,
    EM,
    LEADING,
    block,
    document,
    lines_on,
    paginate,
    plain,
    setting,
    style,
)
from msgspec.structs import replace

from brieftex.document.blocks import BreakBlock
from brieftex.document.tables import Cell, TableBlock
from brieftex.layout.blocks.galley import set_block
from brieftex.layout.blocks.table import set_table
from brieftex.layout.blocks.table_widths import column_widths
from brieftex.layout.dump import line_text
from brieftex.layout.page import Artifact, PlacedLine, PlacedRule
from brieftex.layout.pages.parameters import FORBIDDEN
from brieftex.styled.styles import Align
from brieftex.styled.text import Text, TextRun

HAN = "中文字体排印测试简报标点符号行首末段落题目录正引注图表"
HEAVY, LIGHT = EM // 8, EM // 16


def table(
    rows: list[list[str]],
    header: list[str] | None = None,
    *,
    aligns: list[Align | None] | None = None,
    grid: bool = False,
    caption: str = "",
) -> TableBlock:
    """A table with half an em of white in its cells."""

    def row(words: list[str]) -> tuple[Cell, ...]:
        return tuple(Cell(plain(w), column) for column, w in enumerate(words))

    return TableBlock(
        block(caption, align=Align.CENTER) if caption else None,
        (row(header),) if header else (),
        tuple(map(row, rows)),
        tuple(aligns or [None] * len(header or rows[0])),
        style(align=Align.LEFT),
        EM // 2,
        HEAVY,
        LIGHT,
        grid,
    )


def placed(made: TableBlock, ems: int = 10) -> list[list[tuple[float, str]]]:
    """X (em) and words of the lines in each row."""
    return [
        [(item.x / EM, line_text(item.line)) for item in box.items if isinstance(item, PlacedLine)]
        for box in set_table(made, ems * EM, LEADING, setting())
    ]


def rules(made: TableBlock) -> list[list[tuple[float, float, float]]]:
    """y, width, thickness of the horizontal rules in each row, in em, from its top."""
    return [
        [
            ((r.rect.y + r.rect.height // 2) / EM, r.rect.width / EM, r.rect.height / EM)
            for r in box.items
            if isinstance(r, PlacedRule) and r.rect.width > r.rect.height
        ]
        for box in set_table(made, 10 * EM, LEADING, setting())
    ]


@each(
    ("natural", "room", "widths"),
    [
        ([2, 3], 10, [5, 5]),
        ([2, 3, 1], 11, [4, 5, 2]),
        ([2, 3], 5, [2, 3]),
        ([2, 20], 10, [2, 8]),
        ([20, 20], 10, [5, 5]),
        ([2, 20, 20], 10, [2, 4, 4]),
        ([1, 20, 4], 11, [1, 6, 4]),
        ([20, 20, 20], 11, [4, 4, 3]),
        ([0, 20], 10, [0, 10]),
    ],
)
def test_column_widths(natural: list[int], room: int, widths: list[int]) -> None:
    """Ensures that columns fill the measure: all grow alike, and where they must shrink the
    widest do, to one width, before a narrow one is touched."""
    found = column_widths(natural, room, 1)
    assert found == widths
    assert sum(found) == room


def test_short_cells_are_centred_long_ones_begin_at_the_left() -> None:
    """Ensures how columns stand when the author does not say."""
    made = table([["甲", "中文字体排印测试简报"], ["乙丙", "中文"]])
    assert placed(made, 20) == [
        [(2.5, "甲"), (6.5, "中文字体排印测试简报")],
        [(2, "乙丙"), (6.5, "中文")],
    ]


def test_where_a_cell_is_set_in_its_column_begins_at_the_left() -> None:
    """Ensures that levels show, which they do not where each cell is centred."""
    assert placed(table([["甲"], ["\u3000乙"]])) == [[(0.5, "甲")], [(0.5, "\u3000乙")]]


def test_a_name_of_parts_ends_its_line_behind_the_dot() -> None:
    """Ensures that a name that its column has no room for is not parted in the midst of a word,
    though more of it would fit."""
    made = table([["中文字体·排印测试", HAN * 2], ["甲", HAN]])
    assert [placed(made, ems)[0][0][1] for ems in (12, 20)] == ["中文字体·"] * 2


def test_numbers_stand_below_each_other() -> None:
    """Ensures that a column of numbers is flush right, the column as a whole in the middle,
    and that a dash for a missing one does not change that."""
    made = table([["甲", "5"], ["乙", "1280"], ["丙", "—"]], ["名", "数"])
    found = placed(made, 12)
    ends = [row[1][0] + len(row[1][1]) / 2 for row in found[1:3]]
    assert ends[0] == ends[1] == 9.75
    assert found[0][1] == (8.25, "数")


@pytest.mark.parametrize(
    ("align", "x"), [(Align.LEFT, 0.5), (Align.CENTER, 4.5), (Align.RIGHT, 8.5)]
)
def test_the_authors_alignment(align: Align, x: float) -> None:
    """Ensures that a stated alignment holds, but that numbers that are to stand at the right do
    so below their ones, in the middle of the column as its head does."""
    assert placed(table([["中"]], aligns=[align])) == [[(x, "中")]]
    middle = 4.5 if align is Align.RIGHT else x
    assert placed(table([["12"]], aligns=[align])) == [[(middle, "12")]]


def test_a_note_call_does_not_move_a_number() -> None:
    """Ensures that the ones stand below each other although a call follows one of them."""
    called = Text("120①", (TextRun(3, CHAR, 0), TextRun(4, CHAR, 1)), calls=((3, 0),))
    made = table([["1234"], ["5"]])
    made = replace(made, rows=(*made.rows, (Cell(called, 0),)))
    rights = [x + len(words.strip("①")) / 2 for row in placed(made) for x, words in row]
    assert len(set(rights)) == 1
    assert len(rights) == 3


@pytest.mark.parametrize(
    ("levels", "widths"),
    [
        ([[1, 1, 1], [2, 4, 1], [2, 4, 6]], [2, 4, 6]),  # all that is wanted
        ([[1, 1, 1], [2, 4, 1], [9, 4, 1]], [5, 5, 2]),  # the long column has what is left
        ([[1, 1, 1], [2, 5, 6], [20, 20, 20]], [4, 6, 2]),  # the short one first
        ([[1, 1, 1], [5, 5, 5]], [8, 2, 2]),  # none of three alike before the others
        ([[7, 7, 1]], [5, 6, 1]),  # too much: the widest are cut
    ],
)
def test_columns_get_what_keeps_words_whole_first(
    levels: list[list[int]], widths: list[int]
) -> None:
    """Ensures that a column of short words is not broken while a longer one has room."""
    found = column_widths([20, 20, 20], 12, 1, [4, 1, 1], levels)
    assert sum(found) == 12
    assert found == widths


def test_two_lines_are_not_stretched() -> None:
    """Ensures that a cell of two lines is ragged, and one of three flush."""

    def widths(words: str) -> list[float]:
        rows = table([["甲", words]], aligns=[None, Align.JUSTIFY])
        boxes = set_table(rows, 13 * EM, LEADING, setting())
        lines = [i.line for b in boxes for i in b.items if isinstance(i, PlacedLine)]
        return [line.width / EM for line in lines if line.text.text == words]

    two, three = widths(HAN[:9] + "ABCD" + HAN[9:11]), widths(HAN[:9] + "ABCD" + HAN[9:24])
    assert (len(two), two[0]) == (2, 9)
    assert len(three) > 2
    assert three[0] == three[1] > 9


def test_an_empty_cell() -> None:
    """Ensures that a cell may be empty."""
    assert [len(row) for row in placed(table([["中", ""], ["", ""]]))] == [1, 0]


def test_a_row_is_as_high_as_its_tallest_cell() -> None:
    """Ensures that rows take whole grid lines, with the shorter cells in the middle."""
    made = table([["甲", "中文字体排印测试简报标点符号"]])
    (box,) = set_table(made, 10 * EM, LEADING, setting())
    assert box.height == 3 * LEADING
    ys = {line_text(i.line): i.y for i in box.items if isinstance(i, PlacedLine)}
    one, first, second = ys.values()
    assert second - first == LEADING
    assert one == (first + second) // 2


def test_three_lines() -> None:
    """Ensures 三线表: heavy rules above and below, a light one under the head, no others, all
    as wide as the table."""
    found = rules(table([["甲"], ["乙"], ["丙"]], ["名"]))
    assert found == [
        [(0, 10, 0.125), (4, 10, 0.0625)],
        [],
        [],
        [(4, 10, 0.125)],
    ]


def test_a_grid() -> None:
    """Ensures that a grid has a light rule between all rows and at every edge of a column."""
    made = table([["甲", "一"], ["乙", "二"]], grid=True)
    assert [len(row) for row in rules(made)] == [2, 1]
    boxes = set_table(made, 10 * EM, LEADING, setting())
    upright = [
        i.rect for i in boxes[0].items if isinstance(i, PlacedRule) and i.rect.width < i.rect.height
    ]
    assert [rect.x + rect.width // 2 for rect in upright] == [0, 5 * EM, 10 * EM]
    assert {rect.height for rect in upright} == {boxes[0].height}


def test_a_table_of_one_row_has_both_its_rules() -> None:
    """Ensures that the last row is closed also when it is the first or all is head."""
    assert rules(table([["甲"]])) == [[(0, 10, 0.125), (4, 10, 0.125)]]
    assert rules(table([], ["甲"])) == [[(0, 10, 0.125), (4, 10, 0.125)]]


def test_where_pages_may_part_a_table() -> None:
    """Ensures that the head stays with the first row, and that neither the first nor the last
    row is left alone."""
    boxes = set_table(table([[w] for w in "甲乙丙丁"], ["名"]), 10 * EM, LEADING, setting())
    costs = [box.after for box in boxes]
    assert costs[0] == FORBIDDEN
    assert costs[1] == costs[3] > 100_000
    assert 0 < costs[2] < 100
    assert costs[4] == 0


def test_a_caption_stays_with_its_table() -> None:
    """Ensures that no page ends between a caption and the head below it, and that the empty
    line which keeps the text off the table does not begin a page."""
    boxes = set_block(table([["甲"]], ["名"], caption="表1"), 10 * EM, LEADING, setting())
    assert [box.after for box in boxes] == [FORBIDDEN, FORBIDDEN, 0, FORBIDDEN]
    assert [box.blank for box in boxes] == [False, False, False, True]


@pytest.mark.parametrize("last", [True, False])
def test_a_table_that_fills_its_page(last: bool) -> None:
    """Ensures that the empty line below a table neither parts it nor makes a page of its own
    where the table just fits, at the end or before a page break."""
    made = table([["甲"], ["乙"], ["丙"]])
    after = [] if last else [BreakBlock(), block("一")]
    pages = paginate(document(made, *after, lines=6))
    assert [lines_on(page) for page in pages] == [list("甲乙丙"), ["一"]][: 2 - last]


def test_the_head_is_repeated_on_the_next_page() -> None:
    """Ensures that a table which goes on begins with its head again, once for the reader and
    as an artifact after that, and that each part is closed by a heavy rule."""
    rows = [[w] for w in "甲乙丙丁戊"]
    first, second, *_ = pages = paginate(document(table(rows, ["名"]), lines=8))
    assert [words for page in pages for words in lines_on(page)] == ["名", *"甲乙丙丁戊"]
    again = [i for i in second.items if isinstance(i, PlacedLine) and i.artifact]
    assert [(line_text(i.line), i.artifact) for i in again] == [("名", Artifact.LAYOUT)]
    for page in (first, second):
        heavy = [i.rect for i in page.items if isinstance(i, PlacedRule) and i.rect.height == HEAVY]
        assert len(heavy) == 2
        assert heavy[0].y + HEAVY // 2 == 2 * EM


def test_a_table_without_a_head_goes_on_below_a_rule() -> None:
    """Ensures that the later part of a table without a head is open nowhere."""
    rows = [[w] for w in "甲乙丙丁戊己"]
    _, second = paginate(document(table(rows), lines=8))
    heavy = [i.rect for i in second.items if isinstance(i, PlacedRule) and i.rect.height == HEAVY]
    assert [rect.y + HEAVY // 2 for rect in heavy] == [2 * EM, 2 * EM + 2 * 4 * EM]


_WORDS = [["标点", "123"], ["标点符号", "1234567"], ["标点", "12345"]]


@each(
    ("rows", "ems", "told"),
    [
        (_WORDS, 3, [("columns-too-wide", 0, "标点")]),
        (_WORDS, 4, [("cell-too-narrow", 1, "标点符号"), ("table-too-wide", 2, "1234567")]),
        (_WORDS, 6, [("cell-too-narrow", 1, "标点符号"), ("table-too-wide", 2, "1234567")]),
        (_WORDS, 7, [("cell-too-narrow", 1, "标点符号")]),
        (_WORDS, 10, []),
        ([["标点符号", "中"], ["1234567", "中"]], 5, [("table-too-wide", 1, "1234567")]),
    ],
)
def test_each_column_that_is_too_narrow_is_told_of_once(
    rows: list[list[str]], ems: int, told: list[tuple[str, int, str]]
) -> None:
    """Catches a warning for every row of a wide table, which hides all others; it is the cell that
    lacks most that is shown."""
    made = set_table(replace(table(rows), least_size=EM), ems * EM, LEADING, setting())
    found = [
        (finding.kind.name, dict(finding.values).get("column", 0), item.line.text.text)
        for box in made
        for item in box.items
        if isinstance(item, PlacedLine)
        for finding in item.line.findings
    ]
    assert found == told
