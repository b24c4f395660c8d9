"""Merged cells, given widths, and what stands around the rows of a table."""

from __future__ import annotations

from itertools import pairwise

import pytest
from helpers.specimens import (
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
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from brieftex.document.paragraphs import TextBlock
from brieftex.document.tables import Cell, TableBlock, TableNotes, TableWidth
from brieftex.layout.blocks.galley import set_block
from brieftex.layout.blocks.table import set_table
from brieftex.layout.blocks.table_rows import WHOLE
from brieftex.layout.blocks.table_widths import column_widths
from brieftex.layout.dump import line_text
from brieftex.layout.page import Artifact, Page, PlacedLine, PlacedRule
from brieftex.layout.pages.parameters import FORBIDDEN
from brieftex.styled.styles import Align

HEAVY, LIGHT = EM // 8, EM // 16


def cell(words: str, column: int, across: int = 1, down: int = 1) -> Cell:
    return Cell(plain(words), column, across, down)


def table(
    *rows: tuple[Cell, ...], heads: int = 0, columns: int = 2, grid: bool = False
) -> TableBlock:
    """A table without white in its cells, the first ``heads`` rows of which are heads."""
    return TableBlock(
        None, rows[:heads], rows[heads:], (None,) * columns, style(align=Align.LEFT), 0,
        HEAVY, LIGHT, grid,
    )  # fmt: skip


def words_at(made: TableBlock, ems: int = 12) -> dict[str, tuple[float, float]]:
    """X and baseline of each line in em, from the top of the table."""
    found, top = {}, 0
    for box in set_table(made, ems * EM, LEADING, setting()):
        for item in box.items:
            if isinstance(item, PlacedLine):
                found[line_text(item.line)] = (item.x / EM, (top + item.y) / EM)
        top += box.height
    return found


def rules_of(made: TableBlock, ems: int = 12) -> list[list[tuple[float, float, float, float]]]:
    """Left, top, right and bottom of the rules of each box in em, rules as lines."""
    return [
        [
            (
                item.rect.x / EM,
                (item.rect.y + (item.rect.height // 2 if flat else 0)) / EM,
                (item.rect.x + (item.rect.width if flat else 0)) / EM,
                (item.rect.y + (item.rect.height // 2 if flat else item.rect.height)) / EM,
            )
            for item in box.items
            if isinstance(item, PlacedRule)
            for flat in (item.rect.width > item.rect.height,)
        ]
        for box in set_table(made, ems * EM, LEADING, setting())
    ]


def test_a_cell_stands_in_the_middle_of_what_it_covers() -> None:
    """Catches a merged cell that is set in its first column or at its first row."""
    made = table((cell("中", 0, 2), cell("文", 2, 1, 2)), (cell("甲", 0), cell("乙", 1)), columns=3)
    found = words_at(made)
    assert found["中"][0] == 3.5  # in the middle of 8 em
    assert found["甲"][0] == 1.5
    assert found["文"][1] - found["中"][1] == pytest.approx(1)
    assert found["甲"][1] - found["文"][1] == pytest.approx(1)


def test_no_rule_crosses_a_cell() -> None:
    """Catches the rules of a grid within merged cells, and gaps in them elsewhere."""
    made = table(
        (cell("中", 0, 1, 2), cell("文", 1, 2)), (cell("甲", 1), cell("乙", 2)),
        (cell("丙", 0), cell("丁", 1, 2)), columns=3, grid=True,
    )  # fmt: skip
    first, second, third = rules_of(made)
    height = LEADING / EM
    flat = [rule for rule in first if rule[1] == rule[3]]
    assert (0, 0, 12, 0) in flat
    assert [rule for rule in flat if rule[1] == height] == [(4, height, 12, height)]
    near = [round(rule[0]) for rule in first if rule[1] != rule[3]]
    assert near == [0, 4, 12]
    assert [round(rule[0]) for rule in second if rule[1] != rule[3]] == [0, 4, 8, 12]
    assert [round(rule[0]) for rule in third if rule[1] != rule[3]] == [0, 4, 12]


def test_a_head_of_several_columns_has_a_rule_of_its_own() -> None:
    """Catches three-line tables whose heads do not show how far they reach."""
    made = table(
        (cell("名", 0, 1, 2), cell("数", 1, 2)), (cell("甲", 1), cell("乙", 2)),
        (cell("丙", 0), cell("丁", 1), cell("戊", 2)), heads=2, columns=3,
    )  # fmt: skip
    first, second, _ = rules_of(replace(made, padding=EM // 2), 12)
    height = 2 * LEADING / EM  # a line and white
    assert first[1:] == [(4.5, height, 11.5, height)]
    assert second == [(0, height, 12, height)]


def test_a_wide_cell_makes_its_columns_wide_enough() -> None:
    """Catches a merged cell that is broken although there is room beside its columns."""
    long = "中文字体排印测试"
    made = table((cell(long, 0, 2), cell("文" * 9, 2)), (cell("甲", 0), cell("乙", 1)), columns=3)
    assert long in words_at(made, 18)


def test_a_high_cell_makes_its_rows_high_enough() -> None:
    """Catches a cell over two rows whose lines run into the row below."""
    made = table(
        (cell("中文字体排印测试简报", 0, 1, 2), cell("甲", 1)), (cell("乙", 1),),
        (cell("丙", 0), cell("丁", 1)),
    )  # fmt: skip
    made = replace(made, widths=(TableWidth(length=2 * EM), None))
    boxes = set_table(made, 10 * EM, LEADING, setting())
    assert sum(box.height for box in boxes[:2]) == 5 * LEADING
    lines = [line for line in words_at(made, 10).items() if len(line[0]) == 2]
    assert len(lines) == 5


def torn() -> list[Page]:
    """A table of which a cell covers the rows 一 to 八, on pages of six lines."""
    rows = [(cell("名", 0, 1, 8), cell("一", 1))] + [(cell(w, 1),) for w in "二三四五六七八"]
    rows.append((cell("末", 0), cell("九", 1)))
    return paginate(document(table(*rows), lines=6))


def test_a_cell_that_is_torn_is_read_on_both_pages() -> None:
    """Catches a name in the middle of rows that stand on two pages, where it belongs to none,
    and one that the second page does not have."""
    first, second = torn()[:2]
    ys = {line_text(i.line): i.y for i in first.items if isinstance(i, PlacedLine)}
    assert ys["名"] == ys["一"]
    again = [i for i in second.items if isinstance(i, PlacedLine) and i.artifact]
    assert [(line_text(i.line), i.artifact) for i in again] == [("名", Artifact.LAYOUT)]
    rest = [i.y for i in second.items if isinstance(i, PlacedLine) and not i.artifact]
    assert again[0].y == min(rest)


def test_few_rows_of_a_cell_are_kept_together() -> None:
    """Catches a page that ends within rows that a cell binds where a whole page has room."""
    rows = [(cell("名", 0, 1, WHOLE), cell("一", 1))] + [(cell(w, 1),) for w in "二三四"]
    boxes = set_table(table(*rows, (cell("末", 0), cell("五", 1))), 10 * EM, LEADING, setting())
    assert [box.after for box in boxes[:3]] == [FORBIDDEN] * 3
    assert boxes[3].after < FORBIDDEN


def test_a_whole_row_stands_in_its_middle_and_a_torn_one_at_its_top() -> None:
    """One rule for low and high rows: a short cell is in the middle of its row, and beside the
    first line where the row goes on overleaf."""
    long = "中文字体排印测试简报标点符号行首末段落题目录正引注图表数据说明来源编审核签发送"
    made = replace(
        table((cell("甲", 0), cell(long, 1)), (cell("乙", 0), cell("文", 1))),
        widths=(TableWidth(length=2 * EM), TableWidth(length=4 * EM)),
    )
    (page,) = paginate(document(made, lines=14))
    ys = {line_text(i.line): i.y for i in page.items if isinstance(i, PlacedLine)}
    of_row = sorted(y for words, y in ys.items() if words not in "甲乙文")
    assert of_row[0] < ys["甲"] < of_row[-1]
    first = paginate(document(made, lines=7))[0]
    ys = {line_text(i.line): i.y for i in first.items if isinstance(i, PlacedLine)}
    assert ys["甲"] == min(ys.values())


def test_given_widths_hold() -> None:
    """Catches widths that are read and not kept: in em of the text, in lengths, in shares."""
    made = replace(
        table((cell("甲", 0), cell("乙", 1), cell("丙", 2), cell("丁", 3)), columns=4, grid=True),
        padding=EM // 4,
        widths=(
            TableWidth(ems=3000),
            TableWidth(length=4 * EM),
            TableWidth(share=250),
            None,
        ),
    )
    (rules,) = rules_of(made, 20)
    edges = [rule[0] for rule in rules if rule[1] != rule[3]]
    assert [round(b - a, 2) for a, b in pairwise(edges)] == [3.5, 4, 5, 7.5]


def test_a_narrow_table_stands_in_the_middle() -> None:
    """Catches a table whose given widths are stretched, or which is set at the left."""
    made = replace(table((cell("甲", 0), cell("乙", 1))), widths=(TableWidth(length=3 * EM),) * 2)
    (rules,) = rules_of(made, 12)
    assert rules[0] == (3, 0, 9, 0)


def test_widths_that_leave_no_room_are_told() -> None:
    made = replace(table((cell("甲", 0), cell("乙", 1))), widths=(TableWidth(length=12 * EM), None))
    (box,) = set_table(made, 12 * EM, LEADING, setting())
    found = [f for i in box.items if isinstance(i, PlacedLine) for f in i.line.findings]
    assert "BT410" in [finding.kind.code for finding in found]


@given(st.data())
def test_no_word_of_two_characters_is_broken_while_there_is_room(data: st.DataObject) -> None:
    """Whatever longer words and addresses want, columns first get what two characters need."""
    count = data.draw(st.integers(1, 8))
    needs = st.lists(st.integers(0, 30), min_size=count, max_size=count)
    pieces, words, natural = (data.draw(needs) for _ in range(3))
    pairs = [max(one, min(word, 2)) for one, word in zip(pieces, words, strict=True)]
    high = [max(pair) for pair in zip(pairs, words, strict=True)]
    natural = [max(pair) for pair in zip(high, natural, strict=True)]
    room = sum(pairs) + data.draw(st.integers(0, 20))
    found = column_widths(natural, room, 1, natural, [pieces, pairs, high])
    assert all(width >= pair for width, pair in zip(found, pairs, strict=True))


def around(**notes: object) -> TableBlock:
    rows = [(cell(w, 0),) for w in "甲乙丙丁"]
    return replace(table(*rows, columns=1), notes=TableNotes(**notes))  # type: ignore[arg-type]


def line(words: str, **look: object) -> TextBlock:
    return TextBlock(plain(words), style(**look))


def test_the_unit_stands_at_the_right_beside_the_caption_if_there_is_room() -> None:
    """Catches a line of its own for two characters, and a unit printed over a long caption."""

    def places(caption: str) -> list[tuple[int, float, str]]:
        made = around(unit=line("元", align=Align.RIGHT))
        made = replace(made, caption=line(caption, align=Align.CENTER))
        boxes = set_block(made, 10 * EM, LEADING, setting())
        return [
            (k, item.x / EM, line_text(item.line))
            for k, box in enumerate(boxes)
            for item in box.items
            if isinstance(item, PlacedLine)
        ][:2]

    assert places("表") == [(0, 4.5, "表"), (0, 9, "元")]
    assert places("中文字体排印测试简") == [(0, 0.5, "中文字体排印测试简"), (1, 9, "元")]


def test_notes_stay_with_their_table_and_fill_the_grid() -> None:
    """Catches a note at the head of a page without its table, and text that leaves the grid."""
    made = around(below=(line("注", leading=LEADING // 2), line("源", leading=LEADING // 2)))
    boxes = set_block(made, 10 * EM, LEADING, setting())
    assert [box.after for box in boxes] == [*[b.after for b in boxes[:3]], FORBIDDEN, FORBIDDEN, 0,
                                            FORBIDDEN]  # fmt: skip
    assert sum(box.height for box in boxes) % LEADING == 0


def test_a_table_that_goes_on_says_so_above_its_head() -> None:
    made = around(continued=line("文"))
    pages = paginate(document(made, lines=3))
    assert [word for page in pages for word in lines_on(page)] == list("甲乙丙丁")
    again = [i for i in pages[1].items if isinstance(i, PlacedLine) and i.artifact]
    assert [(line_text(i.line), i.artifact) for i in again] == [("文", Artifact.LAYOUT)]
    assert again[0].y == min(i.y for i in pages[1].items if isinstance(i, PlacedLine))


def test_a_table_without_a_caption_does_not_touch_the_text() -> None:
    """Catches a rule right below the feet of a line; a caption has room of its own."""
    made = table((cell("甲", 0), cell("乙", 1)))

    def top(first: TableBlock) -> float:
        (page,) = paginate(document(block("文"), first))
        return min(i.rect.y for i in page.items if isinstance(i, PlacedRule)) / LEADING

    bare, captioned = top(made), top(replace(made, caption=line("表")))
    assert bare == captioned
