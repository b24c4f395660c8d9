"""The rules of a table, the penalties of breaks between its rows, and its repeated head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from brieftex.document.tables import Cell, TableBlock
from brieftex.layout.blocks.box import Box, moved, stacked
from brieftex.layout.page import PlacedRule
from brieftex.layout.pages.parameters import FORBIDDEN, LONE_ROW, SPLIT_TABLE
from brieftex.units import Rect, Sp


def ruled(
    heads: Sequence[Sequence[Box]],
    rows: Sequence[Sequence[Box]],
    block: TableBlock,
    edges: Sequence[Sp],
) -> list[Box]:
    """The rows with their rules (three-line table or grid) and their penalties: the head is kept
    with the first row, and a break that leaves the first or last row alone is a bad one. Where
    the table continues on the next page a heavy rule closes it, a light one if a row is split."""
    pieces = [*heads, *rows]
    lines = _Rules(block, edges)
    boxes: list[Box] = []
    for k, row in enumerate(pieces):
        for j, box in enumerate(row):
            ends = j == len(row) - 1
            drawn = tuple(lines.of(k, box.height, first=j == 0, last=ends))
            thickness = block.heavy if ends else block.light
            inner = k + 1 < len(pieces) and pieces[k + 1][0].joined
            boxes.append(
                replace(
                    box,
                    items=(*box.items, *drawn),
                    torn=None if box.torn is None else (*box.torn, *drawn),
                    after=_after(pieces, len(heads), k) if ends and not inner else box.after,
                    closing=(lines.rule(box.height, thickness),),
                )
            )
    first = sum(map(len, heads))
    head = stacked(boxes[:first]) if heads else Box(0, (lines.rule(0, block.heavy),))
    boxes[first + 1 :] = [replace(box, head=_with(head, box.head)) for box in boxes[first + 1 :]]
    boxes[-1] = replace(boxes[-1], closing=())
    return boxes


def _with(head: Box, again: Box | None) -> Box:
    """The head of a table, and below it what a row has again where it begins a page."""
    if again is None:
        return head
    items = tuple(moved(item, 0, head.height) for item in again.items)
    return replace(head, items=(*head.items, *items))


class _Rules:
    """The rules of one table. Between two places of one cell there is none."""

    def __init__(self, block: TableBlock, edges: Sequence[Sp]) -> None:
        self.block = block
        self.edges = edges
        self.heads = len(block.header)
        self.rows = [*block.header, *block.rows]
        self.owners = _owners(self.rows, len(edges) - 1)

    def rule(self, y: Sp, thickness: Sp, first: int = 0, last: int = -1) -> PlacedRule:
        """A horizontal rule from one edge to another."""
        x, end = self.edges[first], self.edges[last]
        return PlacedRule(Rect(x, y - thickness // 2, end - x, thickness), self.block.color)

    def of(self, k: int, height: Sp, *, first: bool, last: bool) -> Iterator[PlacedRule]:
        """The rules of row ``k`` or of a part of it, the ``first`` or the ``last`` one."""
        block, count = self.block, len(self.rows)
        if first and k == 0:
            yield self.rule(0, block.heavy)
        if last and k == count - 1:
            yield self.rule(height, block.heavy)
        elif last and (block.grid or k == self.heads - 1):
            for a, b in self._open(k):
                yield self.rule(height, block.light, a, b)
        elif last and k < self.heads:
            yield from self._under_heads(k, height)
        if block.grid:
            owners = self.owners[k]
            for c, x in enumerate(self.edges):
                if 0 < c < len(owners) and owners[c - 1] == owners[c]:
                    continue
                rect = Rect(x - block.light // 2, 0, block.light, height)
                yield PlacedRule(rect, block.color)

    def _open(self, k: int) -> Iterator[tuple[int, int]]:
        """The columns, from edge to edge, that no cell covers both in row ``k`` and below it."""
        here, below = self.owners[k], self.owners[k + 1]
        start = None
        for c in range(len(here) + 1):
            open_here = c < len(here) and here[c] != below[c]
            if open_here and start is None:
                start = c
            elif not open_here and start is not None:
                yield start, c
                start = None

    def _under_heads(self, k: int, height: Sp) -> Iterator[PlacedRule]:
        """In a three-line table the rule below a head of several columns, which shows how far it
        reaches; it ends before those of its neighbours."""
        inset = self.block.padding
        for r, row in enumerate(self.rows[: k + 1]):
            for cell in row:
                if cell.colspan > 1 and r + cell.rowspan == k + 1:
                    rule = self.rule(
                        height, self.block.light, cell.column, cell.column + cell.colspan
                    )
                    rect = rule.rect
                    rect = replace(rect, x=rect.x + inset, width=rect.width - 2 * inset)
                    yield replace(rule, rect=rect)


def _owners(rows: Sequence[Sequence[Cell]], columns: int) -> list[list[int]]:
    """For each place of the table a number that says which cell covers it."""
    owners = [[-1] * columns for _ in rows]
    number = 0
    for r, row in enumerate(rows):
        for cell in row:
            for i in range(cell.rowspan):
                for j in range(cell.colspan):
                    owners[r + i][cell.column + j] = number
            number += 1
    return owners


def _after(rows: Sequence[Sequence[Box]], heads: int, k: int) -> int:
    """The penalty of a page break after row ``k``."""
    if k == len(rows) - 1:
        return 0
    if k < heads:
        return FORBIDDEN
    before, after = rows[heads : k + 1], rows[k + 1 :]
    alone = any(len(part) == 1 == len(part[0]) for part in (before, after))
    return LONE_ROW if alone else SPLIT_TABLE
