"""Tables: cells become lines, rows become boxes, with a head repeated on each page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from brieftex.diagnostics import Kind, Span
from brieftex.diagnostics.messages.setting import (
    CELL_TOO_NARROW,
    COLUMNS_TOO_WIDE,
    LOOSE_LINE,
    OVERFULL_LINE,
    RUNT,
    TABLE_TOO_WIDE,
)
from brieftex.document.tables import Cell, TableBlock
from brieftex.layout.blocks.box import Box
from brieftex.layout.blocks.cell_lines import CellLines
from brieftex.layout.blocks.table_columns import (
    Column,
    TableColumns,
    fitted,
    lacking_room,
)
from brieftex.layout.blocks.table_rows import SetCell, row_boxes, row_heights
from brieftex.layout.blocks.table_rules import ruled
from brieftex.layout.lines.paragraph import Setting, set_text, without
from brieftex.layout.page import Line
from brieftex.patterns import CharacterSet
from brieftex.styled.styles import Align, TextStyle
from brieftex.text.hyphenation import may_hyphenate
from brieftex.units import Sp, mm, to_pt

_OF_LINES = (OVERFULL_LINE, LOOSE_LINE, RUNT)
"""Findings that do not apply to lines in cells: loose lines are inevitable in narrow cells, and
overfull ones are reported with their column (CELL_TOO_NARROW)."""


NARROW = 6
"""In columns narrower than this many em, lines end between words; in wider ones they are filled
as in running text."""

_FEW = 2
"""Up to this many lines are not justified: they do not make a visible right edge."""

_HAN = CharacterSet("\u3400-\u9fff")


def set_table(block: TableBlock, measure: Sp, grid: Sp, setting: Setting) -> list[Box]:
    """The rows of ``block``, each rounded up to whole lines of ``grid``, with their rules.

    Each cell stands in the middle of the height of its rows, whether they are low or high. Where a
    page ends within them, it begins at their top, so that it is read with what it belongs to.
    """
    setting = replace(setting, rules=replace(setting.rules, codes=True))
    lines = CellLines(setting)
    block, found = fitted(block, measure, lines)
    columns = found.columns
    width = sum(column.width for column in columns)
    edges = [*accumulate((column.width for column in columns), initial=(measure - width) // 2)]
    cells = _Cells(block, columns, edges, lines)
    heads = [cells.row(row, r, head=True) for r, row in enumerate(block.header)]
    bodies = [cells.row(row, r, head=False) for r, row in enumerate(block.rows)]
    _find_too_wide([cell for row in (*heads, *bodies) for cell in row], found, block)
    return ruled(
        row_boxes(heads, block, grid, whole=True), row_boxes(bodies, block, grid), block, edges
    )


class MeasuredTable(Struct, frozen=True):
    """A table as it is set: in the size of text at which it fits, its columns, and the heights of
    its rows, those of the head first, Sp."""

    block: TableBlock
    columns: tuple[Column, ...]
    heights: tuple[Sp, ...]


def measured_table(block: TableBlock, measure: Sp, grid: Sp, setting: Setting) -> MeasuredTable:
    """The measures of a table, for programs that set it themselves."""
    setting = replace(setting, rules=replace(setting.rules, codes=True))
    lines = CellLines(setting)
    block, found = fitted(block, measure, lines)
    edges = [*accumulate((column.width for column in found.columns), initial=0)]
    cells = _Cells(block, found.columns, edges, lines)
    heights: list[Sp] = []
    for rows, head in ((block.header, True), (block.rows, False)):
        made = [cells.row(row, r, head=head) for r, row in enumerate(rows)]
        heights += row_heights(made, block, grid)
    return MeasuredTable(block, tuple(found.columns), tuple(heights))


def _find_too_wide(cells: Sequence[SetCell], found: TableColumns, block: TableBlock) -> None:
    """Add a finding to the widest cell of each column that is too narrow for its contents, or else
    to that whose word lacks most room, and to the first cell if the widths that are given leave no
    room."""
    size = block.style.char.size
    if found.excess:
        first = next((cell for cell in cells if cell.lines), None)
        if first is not None:
            _find(first, COLUMNS_TOO_WIDE, excess=_tenths(found.excess, mm(1)))
        return
    widest = _worst(cells, attrgetter("excess"))
    for k, cell in widest.items():
        points = f"{to_pt(size):.1f}".removesuffix(".0")
        excess = _tenths(cell.excess, size)
        _find(cell, TABLE_TOO_WIDE, column=k + 1, size=points, excess=excess)
    for k, cell in _worst(cells, attrgetter("lacking")).items():
        if k not in widest:
            _find(cell, CELL_TOO_NARROW, column=k + 1, excess=_tenths(cell.lacking, size))


def _worst(cells: Sequence[SetCell], by: Callable[[SetCell], Sp]) -> dict[int, SetCell]:
    """The first cell of each column with the most of something, where there is any of it."""
    worst: dict[int, SetCell] = {}
    for cell in cells:
        known = worst.get(cell.cell.column)
        if by(cell) > (0 if known is None else by(known)):
            worst[cell.cell.column] = cell
    return worst


def _find(cell: SetCell, kind: Kind, **values: object) -> None:
    """Add a finding about all of a cell."""
    finding = kind.at(Span(0, len(cell.cell.text.text)), **values)
    cell.lines[0] = replace(cell.lines[0], findings=(finding, *cell.lines[0].findings))


def _tenths(length: Sp, unit: Sp) -> str:
    """How many of a unit there are in a length, to one decimal and not nought."""
    tenths = max(round(10 * length / unit), 1)
    return f"{tenths // 10}.{tenths % 10}"


class _Cells:
    """Sets the cells of one table; ``edges`` are those of its columns."""

    def __init__(
        self, block: TableBlock, columns: Sequence[Column], edges: Sequence[Sp], lines: CellLines
    ) -> None:
        self.block = block
        self.columns = columns
        self.edges = edges
        self.lines = lines

    def row(self, cells: Sequence[Cell], row: int, *, head: bool) -> list[SetCell]:
        """The cells that begin in row ``row`` of the head or of the body."""
        return [self._cell(cell, row, head=head) for cell in cells]

    def _cell(self, cell: Cell, row: int, *, head: bool) -> SetCell:
        block, setting = self.block, self.lines.setting
        column = self.columns[cell.column]
        left = self.edges[cell.column] + block.padding
        measure = self.edges[cell.column + cell.colspan] - block.padding - left
        align, right = self._align(cell, head=head), 0
        if align is None:
            align = Align.RIGHT
            right = column.inset + column.tail - self.lines.tail(cell.text)
        lines = self._lines(cell, replace(block.style, align=align, right=right), measure)
        excess = max((line.width for line in lines), default=0) - measure
        lines = [without(line, _OF_LINES) for line in lines]
        lacking = lacking_room(cell, column, block, setting, head=head) if lines else 0
        return SetCell(left, lines, cell, row, excess, lacking)

    def _align(self, cell: Cell, *, head: bool) -> Align | None:
        """Heads are centred, and so is what stands over several columns, unless its own alignment
        is stated; None for a number below the ones of its column."""
        if cell.align is not None:
            return cell.align
        if head or cell.colspan > 1:
            return Align.CENTER
        return self.columns[cell.column].align

    def _lines(self, cell: Cell, look: TextStyle, measure: Sp) -> list[Line]:
        block, setting = self.block, self.lines.setting
        words = cell.text.text
        one = self.lines.in_place(cell.text, look, measure)
        if one is not None:
            return [one]
        han = any(char in _HAN for char in words)
        if look.align is Align.JUSTIFY and not han:
            look = replace(look, align=Align.LEFT)  # URLs and codes have no gaps that could stretch
        name = "·" in words and len(words) <= 2 * NARROW  # 买买提·艾力
        narrow = measure < NARROW * block.style.char.size and look.align is not Align.JUSTIFY
        look = replace(look, balance=(narrow or name) and han and not may_hyphenate(words))
        lines = set_text(cell.text, look, measure, setting)
        if look.align is Align.JUSTIFY and (len(lines) <= _FEW or _is_loose(lines)):
            lines = set_text(cell.text, replace(look, align=Align.LEFT), measure, setting)
        return lines


def _is_loose(lines: Sequence[Line]) -> bool:
    return any(finding.kind is LOOSE_LINE for line in lines for finding in line.findings)
