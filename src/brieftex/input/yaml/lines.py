"""Looking at the raw lines of a YAML text: where they begin and what they seem to be."""

from __future__ import annotations

import re

from brieftex.diagnostics import Span
from brieftex.patterns import late

KEY_AND_VALUE = late(
    r"[ \t]*(?:-[ \t]+)*([^\s:\"'#][^:\"'#\r\n]*?|\"[^\"]*\"|'[^']*')[ \t]*:(?=[ \t\r\n]|$)"
)
"""A line that begins a field; group 1 is its key."""

_INDENT = late(r"[ \t]*")


def line_bounds(text: str, place: int) -> tuple[int, int]:
    """Start and end, without its break, of the line that holds ``place``."""
    # Looked for one after the other: most files have no \r at all.
    start = text.rfind("\n", 0, place) + 1
    start = max(text.rfind("\r", start, place) + 1, start)
    return start, line_end(text, place, len(text))


def line_end(text: str, place: int, limit: int) -> int:
    """Where the line that holds ``place`` ends, without its break, but at most ``limit``."""
    for mark in "\n\r":
        end = text.find(mark, place, limit)
        limit = end if end >= 0 else limit
    return limit


def lines_before(text: str, place: int, first: int) -> list[tuple[int, int]]:
    """The lines with content from the one of ``first`` up to the one before ``place``."""
    found = []
    start, _ = line_bounds(text, first)
    stop, _ = line_bounds(text, place)
    while start < stop:
        _, end = line_bounds(text, start)
        if text[start:end].strip() and text[start:end].lstrip()[0] != "#":
            found.append((start, end))
        start = end + 1
    return found


def one_character(text: str, place: int) -> Span:
    """The one character at a place, or nothing at the end of the text."""
    place = min(place, len(text))
    return Span(place, min(place + 1, len(text)))


def line_content(text: str, start: int, end: int) -> Span:
    """A line without the blanks around it."""
    line = text[start:end]
    first = start + len(line) - len(line.lstrip())
    return Span(first, max(start + len(line.rstrip()), first))


def tab_before(text: str, place: int) -> int | None:
    """A tab among the blanks and dashes at the head of the line, up to ``place``."""
    start, end = line_bounds(text, place)
    for position in range(start, min(place + 1, end)):
        if text[position] == "\t":
            return position
        if text[position] not in " -?":
            return None
    return None


def indentation(text: str, start: int) -> int:
    """How many blanks the line at ``start`` begins with."""
    match = _INDENT.match(text, start)
    assert match is not None  # no blank matches, too
    return match.end() - start


def key_column(text: str, start: int) -> int:
    """The column at which the line at ``start`` has its key, behind the dashes of items."""
    match = re.compile(r" *(?:- +)*").match(text, start)
    return match.end() - start if match else 0


def wide_blank_line(text: str, start: int, column: int) -> Span | None:
    """A blank line wider than the block text's first line, which libyaml cannot get over."""
    position, found = start, None
    while position > 0:
        line_start, line_end = line_bounds(text, position - 1)
        line = text[line_start:line_end]
        if line.strip():
            return found if re.search(r"[|>][+-]?[ \t]*$", line) else None
        if len(line) > column:
            found = Span(line_start, line_end)
        position = line_start
    return None


def bar_above(text: str, start: int) -> int | None:
    """The line of the ``|`` or ``>`` whose text the line at ``start`` may have fallen out of."""
    # A body is one block; what is further up than this belongs to another.
    for line in reversed(lines_before(text, start, max(start - 20_000, 0))):
        if re.search(r"[:-][ \t]+[|>][+-]?\d?[ \t]*$", text[slice(*line)]):
            return line[0]
        if KEY_AND_VALUE.match(text, *line):
            return None
    return None


def open_columns(text: str, start: int) -> tuple[list[int], list[int]]:
    """Where a field, and where the dash of an item, may begin in the line at ``start`` so that
    it goes on with one of the lists and mappings that are open above it."""
    fields, dashes = set[int](), set[int]()
    column = len(text)
    for line in reversed(lines_before(text, start, max(start - 20_000, 0))):
        match = re.compile(r" *((?:- +)*)").match(text, line[0])
        if match is None or match.start(1) - line[0] >= column:
            continue
        if KEY_AND_VALUE.match(text, *line):
            fields.add(match.end() - line[0])
        column = match.start(1) - line[0]
        dashes |= {column + m.start() for m in re.finditer("-", match[1])}
        if not column:
            break
    return sorted(fields), sorted(dashes)
