"""Cells as a spreadsheet puts them on the clipboard: parted by tabs, each row a line.

A cell with line ends or quotation marks is between quotation marks, and those in it are doubled.
"""

from __future__ import annotations

from brieftex.diagnostics import OffsetBuilder, OffsetMap
from brieftex.patterns import late

_CELL = late(r'[ \u00a0]*(?:"(?:[^"]|"")*+"(?=[ \u00a0]*(?:[\t\n]|\Z))[^\t\n]*|[^\t\n]*)')
_BLANKS = " \u00a0"


def sheet_cells(text: str, begin: int, stop: int) -> list[tuple[int, int]]:
    """Where the cells of the row that begins at ``begin`` stand, of several lines or not, up to
    ``stop``."""
    cells: list[tuple[int, int]] = []
    at = begin
    while True:
        match = _CELL.match(text, at, stop)
        assert match is not None  # nothing is a cell, too
        cells.append(match.span())
        at = match.end() + 1
        if at > stop or text[at - 1 : at] != "\t":
            return cells


def cell_text(text: str, start: int, stop: int) -> tuple[str, OffsetMap]:
    """What is written in a cell as Markdown, where line ends stay, and where it stands."""
    while start < stop and text[start] in _BLANKS:
        start += 1
    while start < stop and text[stop - 1] in _BLANKS:
        stop -= 1
    inner = text[start + 1 : stop - 1]
    if text[start:stop][:1] != '"' or not ("\n" in inner or '""' in inner):
        return text[start:stop], OffsetMap.at(start)
    pieces: list[str] = []
    places = OffsetBuilder()
    at = start + 1
    while at < stop - 1:
        piece = "\\\n" if text[at] == "\n" else text[at]
        places.add_each(len(piece), at)
        pieces.append(piece)
        at += 2 if text.startswith('""', at) else 1
    return "".join(pieces), places.map(start + 1)


def sheet_lines(text: str) -> frozenset[int]:
    """The numbers of the lines of ``text`` that are rows though they do not look so: those that
    begin with an empty cell, and those of cells of several lines, from 0."""
    found: set[int] = set()
    if "\t" not in text:
        return frozenset()
    at = 0
    for number, line in enumerate(text.split("\n")):
        if number not in found and ("\t" in line.strip() or line.startswith('"')):
            cells = sheet_cells(text, at, len(text))
            more = text.count("\n", at, cells[-1][1])
            if len(cells) > 1 and (more or line.startswith("\t")):
                found.update(range(number, number + more + 1))
        at += len(line) + 1
    return frozenset(found)
