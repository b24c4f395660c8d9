"""The rows of a table as boxes: how high each is, where its lines stand, where it may be torn."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, takewhile

from msgspec import Struct

from brieftex.document.blocks import call_anchor
from brieftex.document.tables import Cell, TableBlock
from brieftex.layout.blocks.box import Box, baseline, raised
from brieftex.layout.lines.paragraph import calls_in
from brieftex.layout.page import Artifact, Line, PlacedLine
from brieftex.layout.pages.parameters import FORBIDDEN, ORPHAN, SPLIT_ROW, WIDOW
from brieftex.units import Sp

WHOLE = 4
"""A row of up to this many grid lines is not split, nor are rows that a cell covers and that are
no higher together: a page that ends before them is no emptier than pages may be."""


class SetCell(Struct, frozen=True):
    """A set cell: the left edge of its text, its lines, the cell itself, the row in which it
    begins, by how much its widest line is too wide, and how much room a word lacks."""

    left: Sp
    lines: list[Line]
    cell: Cell
    row: int
    excess: Sp
    lacking: Sp


class _Part(Struct, frozen=True):
    """A part of a row that is not divided: its row, its height, and how many lines of the row's
    highest cell there are up to its end."""

    row: int
    height: Sp
    lines: int


def row_boxes(
    rows: Sequence[Sequence[SetCell]], block: TableBlock, grid: Sp, *, whole: bool = False
) -> list[list[Box]]:
    """The boxes of each row, without rules: one or, for a row that may be split, one for each part
    between the places where it may be; ``whole``: none is split. Only their penalties within
    rows, and between rows that a cell covers, are set."""
    heights = row_heights(rows, block, grid)
    found: list[list[Box]] = []
    for start, end in _bound(rows):
        group = rows[start:end]
        made = _Group(group, heights[start:end], block, grid, whole=whole).boxes()
        found += [[box for part, box in made if part.row == r] for r in range(end - start)]
    return found


def _bound(rows: Sequence[Sequence[SetCell]]) -> Iterator[tuple[int, int]]:
    """The rows in groups that cells bind: from which to before which."""
    start = end = 0
    for r, row in enumerate(rows):
        if r == end and r:
            yield start, end
            start = r
        end = max(end, r + 1, *(r + cell.cell.rowspan for cell in row))
    if rows:
        yield start, min(end, len(rows))


def row_heights(rows: Sequence[Sequence[SetCell]], block: TableBlock, grid: Sp) -> list[Sp]:
    """The heights of rows: those of their own cells, and what a cell over several rows lacks is
    divided among these."""
    leading = block.style.leading
    heights = [
        raised(max(1, *_counts(row), 1) * _leading(max(_counts(row), default=1), block, grid)
               + block.padding, grid)
        for row in rows
    ]  # fmt: skip
    wide = [cell for row in rows for cell in row if cell.cell.rowspan > 1]
    for cell in sorted(wide, key=lambda cell: cell.cell.rowspan):
        covered = range(cell.row, cell.row + cell.cell.rowspan)
        wanted = raised(len(cell.lines) * leading + block.padding, grid)
        lacking = (wanted - sum(heights[r] for r in covered)) // grid
        for n, r in enumerate(covered):
            if lacking > 0:
                more = -(-lacking // (len(covered) - n))
                heights[r] += more * grid
                lacking -= more
    return heights


def _counts(row: Sequence[SetCell]) -> list[int]:
    """How many lines the cells have that cover this row alone."""
    return [len(cell.lines) for cell in row if cell.cell.rowspan == 1]


def _leading(count: int, block: TableBlock, grid: Sp) -> Sp:
    """The leading of a row whose highest cell has so many lines: widened to fit the grid where the
    row is so high that it may be split."""
    leading = block.style.leading
    if raised(count * leading + block.padding, grid) <= WHOLE * grid:
        return leading
    rows, each = _pitch(leading, grid)
    return rows * grid // each


def _pitch(leading: Sp, grid: Sp) -> tuple[int, int]:
    """How many grid lines hold how many lines of a row: the tightest ratio with no less than
    ``leading``."""
    closest = max(1, -(-leading // grid))
    ways = [(rows, rows * grid // leading) for rows in range(closest, closest + 3)]
    return min(ways, key=lambda way: (way[0] * grid // way[1], way[0]))


def _row_of(part: _Part) -> int:
    return part.row


class _Group:
    """Rows that are bound together by cells over several of them, or one row."""

    def __init__(
        self,
        rows: Sequence[Sequence[SetCell]],
        heights: Sequence[Sp],
        block: TableBlock,
        grid: Sp,
        *,
        whole: bool,
    ) -> None:
        self.rows = rows
        self.block = block
        self.grid = grid
        self.tops = [*accumulate(heights, initial=0)]
        self.first = rows[0][0].row if rows[0] else 0
        self.whole = whole
        self.parts = [part for r in range(len(rows)) for part in self._parts(r)]
        self.starts = [*accumulate((part.height for part in self.parts), initial=0)]
        # Cells of several rows, and the last part that each stands in.
        self.long = [
            (cell, max((part for part, _, _ in self._places(cell)), default=-1))
            for row in rows
            for cell in row
            if cell.cell.rowspan > 1
        ]

    def _parts(self, r: int) -> Iterator[_Part]:
        """The parts of a row: whole, or cut where its lines fill whole lines of the grid."""
        height = self.tops[r + 1] - self.tops[r]
        count = max(_counts(self.rows[r]), default=1)
        if self.whole or height <= WHOLE * self.grid:
            yield _Part(r, height, count)
            return
        rows, each = _pitch(self.block.style.leading, self.grid)
        step, done, lines = rows * self.grid, 0, 0
        while height - done >= 2 * step or (lines + each < count and done + step < height):
            done, lines = done + step, lines + each
            yield _Part(r, step, lines)
        yield _Part(r, height - done, max(count, lines))

    def boxes(self) -> list[tuple[_Part, Box]]:
        """The boxes of the parts."""
        placed: list[list[tuple[SetCell, int, Sp, Sp]]] = [[] for _ in self.parts]
        for row in self.rows:
            for cell in row:
                for line, (part, middle, top) in enumerate(self._places(cell)):
                    placed[part].append((cell, line, middle, top))
        return [
            (part, self._box(k, part, lines))
            for k, (part, lines) in enumerate(zip(self.parts, placed, strict=True))
        ]

    def _places(self, cell: SetCell) -> Iterator[tuple[int, Sp, Sp]]:
        """For each line of a cell its part, its baseline from the top of the group with the cell in
        the middle of its rows, and the same where it begins at their top."""
        r = cell.row - self.first
        end = r + cell.cell.rowspan
        inside = range(
            bisect_left(self.parts, r, key=_row_of), bisect_left(self.parts, end, key=_row_of)
        )
        top, foot = self.tops[r], self.tops[end]
        counts = [max(_counts(self.rows[row]), default=1) for row in range(r, end)]
        leading = max(_leading(count, self.block, self.grid) for count in counts)
        if self.whole or len(cell.lines) * leading > foot - top:
            leading = self.block.style.leading
        count = len(cell.lines)
        base = baseline(leading, self.block.style.char.size)
        first = top + (foot - top - count * leading) // 2 + base
        if len(inside) == 1:
            yield from ((inside[0], first + n * leading, first + n * leading) for n in range(count))
            return
        torn = self._torn(count, leading, inside, top)
        for n, (part, y) in enumerate(torn):
            yield part, first + n * leading, y + base

    def _torn(
        self, count: int, leading: Sp, inside: Sequence[int], top: Sp
    ) -> list[tuple[int, Sp]]:
        """Lines from the top of these parts, none of them divided by the end of a part."""
        y = top + self._lead(count, leading, inside[0])
        found: list[tuple[int, Sp]] = []
        k = 0
        for _ in range(count):
            while k < len(inside) - 1 and y + leading > self.starts[inside[k] + 1]:
                k += 1
                y = max(y, self.starts[inside[k]])
            found.append((inside[k], y))
            y += leading
        return found

    def _lead(self, count: int, leading: Sp, k: int) -> Sp:
        """How far below the top of part ``k`` a cell of several rows begins, so that a single
        line stands beside those of the first row."""
        part = self.parts[k]
        alone = k + 1 == len(self.parts) or self.parts[k + 1].row != part.row
        return max(0, part.height - leading) // 2 if alone and count == 1 else 0

    def _again(self, k: int) -> Box | None:
        """What a row has again where it begins a page: the words of cells that cover it and began
        above, as no one finds them on the page before."""
        r, leading = self.parts[k].row, self.block.style.leading
        if k == 0 or self.parts[k - 1].row == r:
            return None
        base = baseline(leading, self.block.style.char.size)
        items: list[PlacedLine] = []
        for cell, last in takewhile(lambda pair: pair[0].row - self.first < r, self.long):
            end = cell.row - self.first + cell.cell.rowspan
            count = len(cell.lines)
            if end <= r or last >= k or count * leading > self.tops[end] - self.tops[r]:
                continue
            top = self._lead(count, leading, k) + base
            items += [
                PlacedLine(cell.left + line.shift, top + n * leading, line, Artifact.LAYOUT)
                for n, line in enumerate(cell.lines)
            ]
        return Box(0, tuple(items)) if items else None

    def _box(self, k: int, part: _Part, lines: Sequence[tuple[SetCell, int, Sp, Sp]]) -> Box:
        start = self.starts[k]

        def items(torn: int) -> tuple[PlacedLine, ...]:
            found = []
            for cell, n, *tops in lines:
                line = cell.lines[n]
                found.append(PlacedLine(cell.left + line.shift, tops[torn] - start, line))
            return tuple(found)

        texts = [(cell.cell.text, cell.lines[n]) for cell, n, *_ in lines]
        notes = tuple(note for text, line in texts for note in calls_in(text, line))
        at = next((text.origin.span(line.start, line.end) for text, line in texts), None)
        return Box(
            part.height,
            items(0),
            notes=notes,
            anchors=tuple(map(call_anchor, notes)),
            at=at,
            after=self._after(k),
            head=self._again(k),
            joined=k > 0,
            torn=items(1) if len(self.parts) > 1 else None,
        )

    def _after(self, k: int) -> int:
        """The penalty of a page break after a part that is not the last."""
        if k == len(self.parts) - 1:
            return 0
        if self.whole or self.tops[-1] <= WHOLE * self.grid:
            return FORBIDDEN
        part = self.parts[k]
        if part.row != self.parts[k + 1].row:
            return SPLIT_ROW
        counts = _counts(self.rows[part.row])
        tallest, n = max(counts, default=1), part.lines
        lone = sum(count in (n + 1, n + 2 - min(n, 2)) and count < tallest for count in counts)
        return SPLIT_ROW * (1 + lone) + ORPHAN * (n == 1) + WIDOW * (n == tallest - 1)
