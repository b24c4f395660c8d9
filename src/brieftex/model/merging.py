"""The cells of a table from its places, some of which belong to the cell beside or above them.

In: rows of places, each a text or a mark. Out: the cells, and the marks that merge nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from brieftex.model.content import Inline, TableCell


class Merge(Enum):
    """A place that belongs to the cell at its left or to the one above it. The value is what an
    editor writes into it; to print that, a backslash stands before it."""

    LEFT = "<"
    ABOVE = "^"


MERGE_SIDES = {Merge.LEFT: ("左边", "at the left"), Merge.ABOVE: ("上边", "above")}
"""Where the cell is that a mark joins, in Chinese and English."""


class PlacedCell(Struct, frozen=True):
    """A place in which a cell begins: its text and its own alignment."""

    inline: Inline
    align: str | None = None


TablePlace: TypeAlias = PlacedCell | Merge


class Merged(Struct, frozen=True):
    """The rows of a table, how many of them are heads, and the places (row, column) of marks that
    merge nothing, where an empty cell is."""

    rows: tuple[tuple[TableCell, ...], ...]
    heads: int
    stray: tuple[tuple[int, int], ...]


def merge_cells(places: Sequence[Sequence[TablePlace]], heads: int) -> Merged:
    """The cells of rows of equal length, the first ``heads`` of which are heads, as are those that
    a cell of them reaches into: with ``^`` below a head, a table in Markdown has a second line of
    them. A cell is a rectangle: what goes on below it is marked at its first column with ``^``,
    beside that with either mark."""
    covered: set[tuple[int, int]] = set()
    stray: list[tuple[int, int]] = []
    rows: list[tuple[TableCell, ...]] = []
    for r, row in enumerate(places):
        cells: list[TableCell] = []
        for c, place in enumerate(row):
            if (r, c) in covered:
                continue
            if not isinstance(place, PlacedCell):
                stray.append((r, c))
                cells.append(TableCell(Inline(""), c))
                continue
            across = 1
            while c + across < len(row) and row[c + across] is Merge.LEFT:
                across += 1
            down = 1
            while r + down < len(places) and _goes_on(places[r + down], c, across):
                down += 1
            if r < heads:
                heads = max(heads, r + down)
            covered.update((r + i, c + j) for i in range(down) for j in range(across))
            cells.append(TableCell(place.inline, c, across, down, place.align))
        rows.append(tuple(cells))
    return Merged(tuple(rows), heads, tuple(stray))


def _goes_on(row: Sequence[TablePlace], column: int, across: int) -> bool:
    """Whether the cell above goes on in this row, and not the one at the left of its places."""
    beside = row[column + 1 : column + across]
    return row[column] is Merge.ABOVE and not any(isinstance(p, PlacedCell) for p in beside)
