"""Rows of a table whose cells are parted by spaces, as a text copied from a PDF or a mail has them.

Names and verse are set off by spaces as well, so that only lines with numbers are rows: three of
them or more with as many cells each, the first, which is the head, without numbers and every other
one with a number behind its first cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from brieftex.patterns import late

_LEAST_ROWS, _LEAST_CELLS = 3, 3
_GAP: Final = late("(?:[ \u00a0]{2,}| *\u3000)[ \u00a0\u3000]*")
_NUMBER: Final = late(r"[-−+]?\d[\d,，]*(?:\.\d+)?\s?[%％‰]?[万亿]?[元人个件次户亩吨]?")
# What begins a list, a heading, a quotation or a table, and what only sentences have.
_OTHER: Final = late(r"[-*+#>|]|\d{1,9}[.)] |.*[。；！？|\t]")


def cells_of(line: str) -> list[tuple[int, int]]:
    """Where the cells of a line that is a row stand in it."""
    start = len(line) - len(line.lstrip())
    ends = [match.span() for match in _GAP.finditer(line, start, len(line.rstrip()))]
    starts = [start, *(end for _, end in ends)]
    return list(zip(starts, [*(begin for begin, _ in ends), len(line.rstrip())], strict=True))


def spaced_rows(text: str) -> frozenset[int]:
    """The numbers of the lines of ``text`` that are such rows, from 0."""
    if "  " not in text and "\u3000" not in text:
        return frozenset()
    return frozenset(_rows(text.split("\n")))


def _rows(lines: Sequence[str]) -> Iterator[int]:
    table: list[list[str]] = []
    for number, line in enumerate((*lines, "")):
        cells = [] if _OTHER.match(line.strip()) else [line[a:b] for a, b in cells_of(line)]
        if table and len(cells) == len(table[0]) and _has_number(cells):
            table.append(cells)
            continue
        if len(table) >= _LEAST_ROWS:
            yield from range(number - len(table), number)
        begins = len(cells) >= _LEAST_CELLS and not any(map(_NUMBER.fullmatch, cells))
        table = [cells] if begins else []


def _has_number(cells: Sequence[str]) -> bool:
    return any(map(_NUMBER.fullmatch, cells[1:]))
