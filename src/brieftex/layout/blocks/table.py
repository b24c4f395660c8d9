"""Tables: rows become boxes, with a head repeated on each page; tall rows may be split."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from brieftex.diagnostics import Span
from brieftex.diagnostics.messages.setting import (
    LOOSE_LINE,
    OVERFULL_LINE,
    RUNT,
    TABLE_TOO_WIDE,
)
from brieftex.document.blocks import Align, Cell, TableBlock, call_anchor
from brieftex.layout.blocks.box import Box, baseline, moved, raised
from brieftex.layout.blocks.table_widths import Column, fitted, tail_width, too_narrow
from brieftex.layout.lines.paragraph import Setting, calls_in, set_text, without
from brieftex.layout.page import Artifact, Line, Placed, PlacedLine, PlacedRule
from brieftex.layout.pages.parameters import (
    FORBIDDEN,
    LONE_ROW,
    ORPHAN,
    SPLIT_ROW,
    SPLIT_TABLE,
    WIDOW,
)
from brieftex.patterns import CharacterSet
from brieftex.text.hyphenation import may_hyphenate
from brieftex.units import Rect, Sp, to_pt

WHOLE = 4
"""A row of up to this many grid lines is not split: a page that ends before it is no emptier than
pages may be."""


_OF_LINES = (OVERFULL_LINE, LOOSE_LINE, RUNT)
"""Findings that do not apply to lines in cells: loose lines are inevitable in narrow cells, and
overfull ones are reported with their column (CELL_TOO_NARROW)."""


NARROW = 6
"""In columns narrower than this many em, lines end between words; in wider ones they are filled
as in running text."""

_FEW = 2
"""Up to this many lines are not justified: they do not make a visible right edge."""

_HAN = CharacterSet("\u3400-\u9fff")


class _Cell(Struct, frozen=True):
    """A set cell: the left edge ``x`` of its text, its lines, and the cell itself."""

    left: Sp
    lines: list[Line]
    cell: Cell


def set_table(block: TableBlock, measure: Sp, grid: Sp, setting: Setting) -> list[Box]:
    """The rows of ``block``, each rounded up to whole lines of ``grid``, with their rules.

    Cells are centred in the height of their row; but if any row of the table is so tall that
    it may be split, the cells of all rows are aligned at their first lines.
    """
    setting = replace(setting, rules=replace(setting.rules, codes=True))
    block, columns = fitted(block, measure, setting)
    heads = [_cells(row, columns, block, setting) for row in block.header]
    plain = replace(block, header=())
    bodies = [_cells(row, columns, plain, setting) for row in block.rows]
    _find_too_wide([*heads, *bodies], columns, block)
    tall = any(_height(row, block, grid) > WHOLE * grid for row in bodies)
    rows = [_body_row(row, block, grid, tall=tall) for row in bodies]
    return _ruled([_whole(row, block, grid) for row in heads], rows, block, columns)


def _find_too_wide(
    rows: Sequence[Sequence[_Cell]], columns: Sequence[Column], block: TableBlock
) -> None:
    """Add a finding to the widest cell of each column that is too narrow for its contents."""
    size = block.style.char.size
    for k, column in enumerate(columns):
        cells = [row[k] for row in rows]
        widths = [max((line.width for line in cell.lines), default=0) for cell in cells]
        excess = max(widths) - (column.width - 2 * block.padding)
        if excess > 0:
            worst = cells[widths.index(max(widths))]
            finding = TABLE_TOO_WIDE.at(
                Span(0, len(worst.cell.text.text)),
                column=k + 1,
                size=f"{to_pt(size):.1f}".removesuffix(".0"),
                excess=max(1, round(10 * excess / size)) / 10,
            )
            first = worst.lines[0]
            worst.lines[0] = replace(first, findings=(finding, *first.findings))


def _cells(
    cells: Sequence[Cell], columns: Sequence[Column], block: TableBlock, setting: Setting
) -> list[_Cell]:
    """Set the cells of a row; ``block.header`` is empty for a row of the body."""
    done: list[_Cell] = []
    x = block.padding
    for cell, column in zip(cells, columns, strict=True):
        # A column head is centred over numbers; over text it is aligned like the text.
        align, right = column.align, 0
        if block.header and (align is None or align is Align.JUSTIFY):
            align = Align.CENTER if align is None else Align.LEFT
        elif align is None:
            align = Align.RIGHT
            right = column.inset + column.tail - tail_width(cell.text, setting)
        measure = column.width - 2 * block.padding
        words = cell.text.text
        han = any(char in _HAN for char in words)
        if align is Align.JUSTIFY and not han:
            align = Align.LEFT  # URLs and codes have no gaps that could stretch
        narrow = measure < NARROW * block.style.char.size and align is not Align.JUSTIFY
        balance = narrow and han and not may_hyphenate(words)
        look = replace(block.style, align=align, right=right, balance=balance)
        lines = set_text(cell.text, look, measure, setting)
        if align is Align.JUSTIFY and (len(lines) <= _FEW or _is_loose(lines)):
            look = replace(look, align=Align.LEFT)
            lines = set_text(cell.text, look, measure, setting)
        lines = [without(line, _OF_LINES) for line in lines]
        if lines:
            found = too_narrow(cell.text, column, block, setting)
            lines[0] = replace(lines[0], findings=(*found, *lines[0].findings))
        done.append(_Cell(x, lines, cell))
        x += column.width
    return done


def _is_loose(lines: Sequence[Line]) -> bool:
    return any(finding.kind is LOOSE_LINE for line in lines for finding in line.findings)


def _height(cells: Sequence[_Cell], block: TableBlock, grid: Sp) -> Sp:
    """The height of a row that is not split, Sp."""
    tallest = max((len(cell.lines) for cell in cells), default=0)
    return raised(max(tallest, 1) * block.style.leading + block.padding, grid)


def _whole(cells: Sequence[_Cell], block: TableBlock, grid: Sp, *, top: bool = False) -> Box:
    """A row that is not split, without its rules: each cell is centred in its height, or all are
    aligned at the top of the tallest (``top``)."""
    leading = block.style.leading
    tallest = max((len(cell.lines) for cell in cells), default=0)
    height = _height(cells, block, grid)
    base = baseline(leading, block.style.char.size)
    items: list[Placed] = []
    for cell in cells:
        count = tallest if top else len(cell.lines)
        first = (height - count * leading) // 2 + base
        items.extend(
            PlacedLine(cell.left + line.shift, first + k * leading, line)
            for k, line in enumerate(cell.lines)
        )
    return _row_box(height, items, cells, 0, tallest)


def _row_box(
    height: Sp, items: Sequence[Placed], cells: Sequence[_Cell], first: int, last: int
) -> Box:
    """A box with lines ``first`` up to ``last`` of each cell, and what they call and link to."""
    lines = [(cell.cell.text, line) for cell in cells for line in cell.lines[first:last]]
    notes = tuple(n for text, line in lines for n in calls_in(text, line))
    at = next((text.origin.span(line.start, line.end) for text, line in lines), None)
    anchors = tuple(map(call_anchor, notes))
    return Box(height, tuple(items), notes=notes, anchors=anchors, at=at)


def _body_row(cells: Sequence[_Cell], block: TableBlock, grid: Sp, *, tall: bool) -> list[Box]:
    """A row as one box or, if it is tall, as one box for each part between places where it may
    be split. These are where its lines, whose leading is widened for it, fill whole grid lines."""
    whole = _whole(cells, block, grid, top=tall)
    if whole.height <= WHOLE * grid:
        return [whole]
    rows, each = _pitch(block.style.leading, grid)
    pitch = rows * grid // each
    base = baseline(pitch, block.style.char.size)
    tallest = max(len(cell.lines) for cell in cells)
    boxes: list[Box] = []
    for first in range(0, tallest, each):
        last = min(first + each, tallest)
        items = [
            PlacedLine(cell.left + line.shift, base + k * pitch, line)
            for cell in cells
            for k, line in enumerate(cell.lines[first:last])
        ]
        white = block.padding if last == tallest else 0  # before the next row
        box = _row_box(raised((last - first) * pitch + white, grid), items, cells, first, last)
        boxes.append(replace(box, after=_split_penalty(cells, last)))
    return boxes


def _pitch(leading: Sp, grid: Sp) -> tuple[int, int]:
    """How many grid lines hold how many lines of a row: the tightest ratio with no less than
    ``leading``."""
    closest = max(1, -(-leading // grid))
    ways = [(rows, rows * grid // leading) for rows in range(closest, closest + 3)]
    return min(ways, key=lambda way: (way[0] * grid // way[1], way[0]))


def _split_penalty(cells: Sequence[_Cell], k: int) -> int:
    """The penalty of splitting a row after line ``k`` of its cells."""
    counts = [len(cell.lines) for cell in cells]
    tallest = max(counts)
    lone = sum(count in (k + 1, k + 2 - min(k, 2)) and count < tallest for count in counts)
    return SPLIT_ROW * (1 + lone) + ORPHAN * (k == 1) + WIDOW * (k == tallest - 1)


def _ruled(
    heads: list[Box], rows: list[list[Box]], block: TableBlock, columns: Sequence[Column]
) -> list[Box]:
    """The rows with their rules (three-line table or grid) and their penalties: the head is kept
    with the first row, and a break that leaves the first or last row alone is a bad one. Where
    the table continues on the next page a heavy rule closes it, a light one if a row is split."""
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
    """The penalty of a page break after row ``k``."""
    if k == len(rows) - 1:
        return 0
    if k < heads:
        return FORBIDDEN
    before, after = rows[heads : k + 1], rows[k + 1 :]
    alone = any(len(part) == 1 == len(part[0]) for part in (before, after))
    return LONE_ROW if alone else SPLIT_TABLE


def _repeated(boxes: Sequence[Box]) -> Box:
    """The head rows as one box, repeated on later pages as an artifact."""
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
