"""Spaces within a line that mean something, two of them or more.

They part the cells of a table, in text copied from a PDF or a mail. Names are parted by spaces,
too, so that only lines with numbers are rows: three of them or more with as many cells each, the
first, which is the head, without numbers and every other one with a number behind its first cell.

They spread labels and names of two characters to the width of longer ones (时  间： 李  强):
there a typesetter puts an em.
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

_HAN = "[\u3400-\u9fff]"
_LABEL: Final = late(rf"{_HAN}(?: +{_HAN}){{1,3}}[：:]")
_NAMES: Final = late(rf"(?:.*[：:])?((?:{_HAN}|[ \u3000·（）()])+)")
_WIDE_GAP: Final = late(rf"(?<={_HAN})  +(?={_HAN})")


def wide_gaps(text: str) -> Iterator[tuple[int, int]]:
    """Where the spaces stand that spread the label or the names of a line, or part the names."""
    if "  " not in text:
        return
    label, names = _LABEL.match(text), _NAMES.fullmatch(text)
    until, since = label.end() if label else 0, names.start(1) if names else len(text)
    for match in _WIDE_GAP.finditer(text):
        if match.start() < until or match.start() >= since:
            yield match.span()


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
