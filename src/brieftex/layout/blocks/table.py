"""Tables: rows as boxes, the head repeated on each page, tall rows torn between lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from brieftex.diagnostics.messages.setting import LOOSE_LINE, OVERFULL_LINE, RUNT
from brieftex.document.blocks import Align, Cell, TableBlock, call_anchor
from brieftex.layout.blocks.box import Box, baseline, moved, raised
from brieftex.layout.blocks.table_widths import Column, table_columns, tail_width, too_narrow
from brieftex.layout.lines.paragraph import Setting, calls_in, set_text, without
from brieftex.layout.page import Artifact, Line, Placed, PlacedLine, PlacedRule
from brieftex.layout.pages.parameters import (
    FORBIDDEN,
    LONE_ROW,
    ORPHAN,
    TORN_ROW,
    TORN_TABLE,
    WIDOW,
)
from brieftex.units import Rect, Sp

WHOLE = 4
"""A row of up to so many lines of the grid is not torn: a page that ends before it is not
emptier than others may be."""


_OF_LINES = (OVERFULL_LINE, LOOSE_LINE, RUNT)
"""What is no fault of a line in a cell: it is narrow, and what sticks out is reported with its
column (CELL_TOO_NARROW)."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell's lines, the left edge they are shifted from, and what they were made of."""

    left: Sp
    lines: list[Line]
    cell: Cell


def set_table(block: TableBlock, measure: Sp, grid: Sp, setting: Setting) -> list[Box]:
    """The rows of ``block``, each raised to whole lines of ``grid``, rules included."""
    columns = table_columns(block, measure, setting)
    heads = [_row(row, columns, block, grid, setting) for row in block.header]
    plain = replace(block, header=())
    rows = [_body_row(row, columns, plain, grid, setting) for row in block.rows]
    return _ruled(heads, rows, block, columns)


def _cells(
    cells: Sequence[Cell], columns: Sequence[Column], block: TableBlock, setting: Setting
) -> list[_Cell]:
    """The cells of a row, set; ``block.header`` is empty for a row of the body."""
    done: list[_Cell] = []
    x = block.padding
    for cell, column in zip(cells, columns, strict=True):
        # A heading over numbers is centred over them; over text it stands as the text does.
        align, right = column.align, 0
        if block.header and (align is None or align is Align.JUSTIFY):
            align = Align.CENTER if align is None else Align.LEFT
        elif align is None:
            align = Align.RIGHT
            right = column.inset + column.tail - tail_width(cell.text, setting)
        look = replace(block.style, align=align, right=right)
        inner = column.width - 2 * block.padding
        lines = [without(line, _OF_LINES) for line in set_text(cell.text, look, inner, setting)]
        if lines:
            narrow = too_narrow(cell.text, column, inner, setting)
            lines[0] = replace(lines[0], findings=(*narrow, *lines[0].findings))
        done.append(_Cell(x, lines, cell))
        x += column.width
    return done


def _row(
    cells: Sequence[Cell], columns: Sequence[Column], block: TableBlock, grid: Sp, setting: Setting
) -> Box:
    """A row in one piece, without its rules, each cell in the middle of its height."""
    return _whole(_cells(cells, columns, block, setting), block, grid)


def _whole(cells: Sequence[_Cell], block: TableBlock, grid: Sp) -> Box:
    leading = block.style.leading
    tallest = max((len(cell.lines) for cell in cells), default=0)
    height = raised(max(tallest, 1) * leading + block.padding, grid)
    base = baseline(leading, block.style.char.size)
    items: list[Placed] = []
    for cell in cells:
        top = (height - len(cell.lines) * leading) // 2 + base
        items.extend(
            PlacedLine(cell.left + line.shift, top + k * leading, line)
            for k, line in enumerate(cell.lines)
        )
    return _slug(height, items, cells, 0, tallest)


def _slug(
    height: Sp, items: Sequence[Placed], cells: Sequence[_Cell], first: int, last: int
) -> Box:
    """A box of the lines first up to last of each cell."""
    lines = [(cell.cell.text, line) for cell in cells for line in cell.lines[first:last]]
    notes = tuple(n for text, line in lines for n in calls_in(text, line))
    at = next((text.origin.span(line.start, line.end) for text, line in lines), None)
    anchors = tuple(map(call_anchor, notes))
    return Box(height, tuple(items), notes=notes, anchors=anchors, at=at)


def _body_row(
    cells: Sequence[Cell], columns: Sequence[Column], block: TableBlock, grid: Sp, setting: Setting
) -> list[Box]:
    """A row as one box, or, when it is tall, as many as there are places to tear it: where
    its lines fill whole lines of the grid, to which their leading is stretched."""
    made = _cells(cells, columns, block, setting)
    whole = _whole(made, block, grid)
    if whole.height <= WHOLE * grid:
        return [whole]
    rows, each = _pitch(block.style.leading, grid)
    pitch = rows * grid // each
    base = baseline(pitch, block.style.char.size)
    tallest = max(len(cell.lines) for cell in made)
    boxes: list[Box] = []
    for first in range(0, tallest, each):
        last = min(first + each, tallest)
        items = [
            PlacedLine(cell.left + line.shift, base + k * pitch, line)
            for cell in made
            for k, line in enumerate(cell.lines[first:last])
        ]
        white = block.padding if last == tallest else 0  # before the next row
        box = _slug(raised((last - first) * pitch + white, grid), items, made, first, last)
        boxes.append(replace(box, after=_torn(made, last)))
    return boxes


def _pitch(leading: Sp, grid: Sp) -> tuple[int, int]:
    """So many lines of the grid for so many lines of a row: the closest that is not closer
    than ``leading``."""
    closest = max(1, -(-leading // grid))
    ways = [(rows, rows * grid // leading) for rows in range(closest, closest + 3)]
    return min(ways, key=lambda way: (way[0] * grid // way[1], way[0]))


def _torn(cells: Sequence[_Cell], k: int) -> int:
    """What it costs to tear a row after line ``k`` of its cells."""
    counts = [len(cell.lines) for cell in cells]
    tallest = max(counts)
    lone = sum(count in (k + 1, k + 2 - min(k, 2)) and count < tallest for count in counts)
    return TORN_ROW * (1 + lone) + ORPHAN * (k == 1) + WIDOW * (k == tallest - 1)


def _ruled(
    heads: list[Box], rows: list[list[Box]], block: TableBlock, columns: Sequence[Column]
) -> list[Box]:
    """The rows with their rules: three lines, or a grid. The head stays with the first row,
    and neither the first nor the last row is left alone on a page. What is continued on the
    next page is closed by a heavy rule, but by a light one where a row is torn."""
    edges = (0, *accumulate(column.width for column in columns))

    def rule(y: Sp, thickness: Sp) -> PlacedRule:
        return PlacedRule(Rect(0, y - thickness // 2, edges[-1], thickness), block.color)

    def rules(box: Box, *, first: bool, light: bool, last: bool) -> Iterator[PlacedRule]:
        if first:
            yield rule(0, block.heavy)
        if light:
            yield rule(box.height, block.light)
        if last:
            yield rule(box.height, block.heavy)
        if block.grid:
            for x in edges:
                rect = Rect(x - block.light // 2, 0, block.light, box.height)
                yield PlacedRule(rect, block.color)

    boxes: list[Box] = []
    pieces = [[head] for head in heads] + rows
    count = len(pieces)
    for k, row in enumerate(pieces):
        last = k == count - 1
        light = (k == len(heads) - 1 or block.grid) and not last
        for j, box in enumerate(row):
            ends = j == len(row) - 1
            drawn = rules(box, first=k == 0 and j == 0, light=light and ends, last=last and ends)
            boxes.append(
                replace(
                    box,
                    items=(*box.items, *drawn),
                    after=_after(pieces, len(heads), k) if ends else box.after,
                    closing=(rule(box.height, block.heavy if ends else block.light),),
                )
            )
    first = len(heads)
    head = _repeated(boxes[:first]) if heads else Box(0, (rule(0, block.heavy),))
    boxes[first + 1 :] = [replace(box, head=head) for box in boxes[first + 1 :]]
    boxes[-1] = replace(boxes[-1], closing=())
    return boxes


def _after(rows: Sequence[Sequence[Box]], heads: int, k: int) -> int:
    """What a page break after row ``k`` costs."""
    if k == len(rows) - 1:
        return 0
    if k < heads:
        return FORBIDDEN
    before, after = rows[heads : k + 1], rows[k + 1 :]
    alone = any(len(part) == 1 == len(part[0]) for part in (before, after))
    return LONE_ROW if alone else TORN_TABLE


def _repeated(boxes: Sequence[Box]) -> Box:
    """The head rows as one box, drawn again on later pages and no part of the text there."""
    items: list[Placed] = []
    y = 0
    for box in boxes:
        for item in box.items:
            placed = moved(item, 0, y)
            if isinstance(placed, PlacedLine):
                placed = replace(placed, artifact=Artifact.LAYOUT)
            items.append(placed)
        y += box.height
    return Box(y, tuple(items))
