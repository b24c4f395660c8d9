"""CSV as Excel and WPS write it → rows of cells that know their place (RFC 4180).

The csv module forgets where a cell stood; an editor with sixty rows wants to be told. Cells are
parted by the comma, the tab, the semicolon or the full-width comma of one who typed the list,
whichever the first line with any of them has most of.
"""

from __future__ import annotations

from msgspec import Struct

from brieftex.diagnostics import Finding, Source, Span
from brieftex.diagnostics.messages.delivery import QUOTE_NOT_CLOSED

_DELIMITERS = ",\t;，"


class SheetCell(Struct, frozen=True):
    """The text of a cell, without blanks around it, and where it stands."""

    text: str
    span: Span


def delimiter_of(text: str) -> str:
    """What parts the cells of the first line that has several."""
    first = next((line for line in text.split("\n") if any(d in line for d in _DELIMITERS)), "")
    return max(_DELIMITERS, key=first.count)


def sheet_rows(source: Source) -> tuple[list[list[SheetCell]], list[Finding]]:
    """The rows that are not empty."""
    text, delimiter = source.text, delimiter_of(source.text)
    rows: list[list[SheetCell]] = []
    found: list[Finding] = []
    row: list[SheetCell] = []
    at = 0
    while at <= len(text):
        cell, at, closed = _cell(text, at, delimiter)
        if not closed:
            found.append(QUOTE_NOT_CLOSED.at(Span(cell.span.start, cell.span.start + 1)))
        row.append(cell)
        if text.startswith(delimiter, at) and at < len(text):
            at += 1
            continue
        if any(c.text for c in row):
            rows.append(row)
        row = []
        at += 2 if text.startswith("\r\n", at) else 1
    return rows, found


def _cell(text: str, at: int, delimiter: str) -> tuple[SheetCell, int, bool]:
    """The cell that begins at ``at``, where it ends, and whether its quotation is closed."""
    ends = delimiter + "\r\n"
    if text[at : at + 1] == '"':
        parts, place = [], at + 1
        while (end := text.find('"', place)) >= 0:
            parts.append(text[place:end])
            place = end + 1
            if text[place : place + 1] != '"':
                break
            parts.append('"')
            place += 1
        closed = end >= 0
        if not closed:
            parts.append(text[place:])
            place = len(text)
        start = place
        while place < len(text) and text[place] not in ends:
            place += 1
        words = ("".join(parts) + text[start:place]).strip()
        return SheetCell(words, Span(at, max(place, at))), place, closed
    end = at
    while end < len(text) and text[end] not in ends:
        end += 1
    raw = text[at:end]
    start = at + len(raw) - len(raw.lstrip())
    return SheetCell(raw.strip(), Span(start, max(start, at + len(raw.rstrip())))), end, True


def sheet_line(cells: list[str], delimiter: str = ",") -> str:
    """A row as text, without its end. What a spreadsheet would take for a formula is set off by
    an apostrophe, so that opening the file runs nothing."""
    written = []
    for cell in cells:
        if cell[:1] in ("=", "+", "-", "@") and not cell.lstrip("+-").isdigit():
            cell = "'" + cell
        if any(c in cell for c in (delimiter, '"', "\r", "\n")):
            cell = '"' + cell.replace('"', '""') + '"'
        written.append(cell)
    return delimiter.join(written)
