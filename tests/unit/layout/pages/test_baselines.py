"""Which lines of a page readers count."""

from __future__ import annotations

import pytest
from helpers.specimens import LEADING, document, set_lines
from msgspec.structs import replace

from brieftex.document.blocks import StructureNode
from brieftex.layout.page import Artifact, Line, Page, PlacedLine
from brieftex.layout.pages.baselines import body_baselines

ROLES = (("Document", -1), ("P", 0), ("Note", 0), ("P", 2), ("Figure", 0), ("Caption", 4),
         ("Span", 5), ("TOC", 0), ("BlockQuote", 2), ("Table", 4), ("BlockQuote", 0))  # fmt: skip
MADE = replace(document(), nodes=tuple(StructureNode(role, parent) for role, parent in ROLES))


def line_of(node: int) -> Line:
    (line,) = set_lines("中", 5)
    return replace(line, runs=tuple(replace(run, node=node) for run in line.runs))


def counted(*lines: PlacedLine) -> list[int]:
    return list(body_baselines(Page(1, MADE.page.trim, lines, (), ()), MADE))


def test_cells_of_a_row_are_one_line() -> None:
    """Ensures that baselines nearer than a fifth of the leading count once, wherever they stand on
    the page, and that a line a fifth away is another."""
    near = LEADING // 5
    ys = [5 * LEADING, LEADING, LEADING + near - 1, 3 * LEADING, 3 * LEADING, 3 * LEADING + near]
    found = counted(*(PlacedLine(0, y, line_of(1)) for y in ys))
    assert found == [LEADING, 3 * LEADING, 3 * LEADING + near, 5 * LEADING]


@pytest.mark.parametrize(
    ("node", "counts"),
    [(-1, True), (0, True), (1, True), (2, False), (3, False), (4, False), (5, True), (6, False),
     (7, False), (8, False), (9, False), (10, True)],
)  # fmt: skip
def test_what_stands_aside_is_not_counted(node: int, counts: bool) -> None:
    """Ensures it of notes, of what is in a figure and of contents; a caption counts."""
    assert bool(counted(PlacedLine(0, LEADING, line_of(node)))) is counts


def test_furniture_and_empty_lines_are_not_counted() -> None:
    line = line_of(1)
    empty = replace(line, runs=())
    head = PlacedLine(0, LEADING, line, Artifact.HEADER)
    assert counted(head, PlacedLine(0, LEADING, empty)) == []
