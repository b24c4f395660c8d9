"""Spaces within a line that mean something, two of them or more.

They part the cells of a table, in text copied from a PDF or a mail. Names are parted by spaces,
too, so that only lines with numbers are rows: three of them or more with as many cells each, the
first, which is the head, without numbers and every other one with a number behind its first cell.

They spread labels and names of two characters to the width of longer ones (时  间： 李  强) and
leave room to write in (填报人：      年   月   日): there a typesetter puts ems.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from brieftex.input.markdown.scripts import is_wide
from brieftex.patterns import late

_LEAST_ROWS, _LEAST_CELLS = 3, 3
_GAP: Final = late("(?:[ \u00a0]{2,}| *\u3000)[ \u00a0\u3000]*")
_NUMBER: Final = late(r"[-−+]?\d[\d,，]*(?:\.\d+)?\s?[%％‰]?[万亿]?[元人个件次户亩吨]?")
# What begins a list, a heading, a quotation or a table, and what only sentences have.
_OTHER: Final = late(r"[-*+#>|]|\d{1,9}[.)] |.*[。；！？|\t]")

_LABEL: Final = late("[\u3400-\u9fff](?: +[\u3400-\u9fff]){1,3}[：:]")
_GAPS: Final = late(" {2,}|(?<=[0-9A-Za-z\u3400-\u9fff]) ?\t[ \t]*")
_SENTENCE: Final = late("[。；！？]")
_LEAST_BLANK, _MOST_EMS = 4, 20
"""Spaces from which on they are a blank to be filled in wherever they stand; how much is kept."""


def wide_gaps(text: str) -> Iterator[tuple[int, int, int]]:
    """Where spaces stand in a line that spread a label, part names or answers or leave room to
    write in, and the ems that they take: as many as the spaces are wide, half an em each, and one
    for a tab.

    A sentence has none: two spaces in it are one too many.
    """
    if "  " not in text and "\t" not in text:
        return
    label, spread = _LABEL.match(text), _SENTENCE.search(text) is None
    for match in _GAPS.finditer(text):
        start, end = match.span()
        before, after = text[max(start - 1, 0) : start], text[end : end + 1]
        empty = before + after in ("（）", "()")
        if not before or not after or not (is_wide(before) or is_wide(after) or empty):
            continue
        within = empty or (label is not None and end < label.end())
        if spread or within or end - start >= _LEAST_BLANK:
            yield start, end, min((end - start + match[0].count("\t")) // 2, _MOST_EMS)


def with_ems(line: str) -> str:
    """A line with U+3000 for the spaces that ``wide_gaps`` finds."""
    done, pieces = 0, []
    for start, end, ems in wide_gaps(line):
        pieces += [line[done:start], "\u3000" * ems]
        done = end
    return "".join([*pieces, line[done:]])


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
