r"""Where each character of a YAML scalar stood in the file.

libyaml gives a scalar's value and its first and last place, not the way between them. The
functions here read the raw text once more by libyaml's own rules (scanner.c) and give the
value together with its map, so that the caller can hold one against the other. Line breaks
are ``\n``, ``\r\n`` and ``\r``; the other three of YAML 1.1 never get here.
"""

from __future__ import annotations

import re
import sys

from brieftex.diagnostics import OffsetBuilder, OffsetMap
from brieftex.patterns import late

_BREAK = late(r"\r\n|\r|\n")
# A fold of a plain or quoted scalar. The blanks before it are cut off in code: a pattern that
# began with them would try every blank of a long run.
_FOLD = late(r"[\r\n][ \t\r\n]*")
# Each begins with a set, so that all other characters are passed over at once.
_SINGLE = late(r"['\r\n](?:(?<=')'|(?<!')[ \t\r\n]*)")
_DOUBLE = late(
    r"[\\\r\n](?:(?<!\\)[ \t\r\n]*|(?<=\\)"
    r"(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\r\n][ \t\r\n]*|.))"
)
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f",
    "r": "\r", "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85",
    "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


class _Builder:
    """Gathers a value piece by piece, and where each piece stands."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._map = OffsetBuilder()

    def add(self, piece: str, source: int) -> None:
        """Append text that stands at ``source`` and on."""
        self._pieces.append(piece)
        self._map.add(len(piece), source)

    def add_each(self, piece: str, source: int) -> None:
        """Append text whose every character stands for what is at ``source``."""
        self._pieces.append(piece)
        self._map.add_each(len(piece), source)

    def finish(self, start: int) -> tuple[str, OffsetMap]:
        """The value and its map; ``start`` is the place of an empty value."""
        return "".join(self._pieces), self._map.map(start)


def trace_plain(raw: str, start: int) -> tuple[str, OffsetMap]:
    """Read a plain scalar whose raw text ``raw`` stands at ``start``."""
    if "\n" not in raw and "\r" not in raw:
        return raw, OffsetMap.at(start)
    return _trace(raw, start, 0, len(raw), _FOLD)


def trace_single(raw: str, start: int) -> tuple[str, OffsetMap]:
    """Read a single-quoted scalar, quotation marks included in ``raw``."""
    return _trace(raw, start, 1, len(raw) - 1, _SINGLE)


def trace_double(raw: str, start: int) -> tuple[str, OffsetMap]:
    """Read a double-quoted scalar, quotation marks included in ``raw``."""
    return _trace(raw, start, 1, len(raw) - 1, _DOUBLE)


def _trace(
    raw: str, start: int, first: int, last: int, special: re.Pattern[str]
) -> tuple[str, OffsetMap]:
    builder = _Builder()
    position = first
    for match in special.finditer(raw, first, last):
        before, piece, place = raw[position : match.start()], match[0], start + match.start()
        builder.add(before if piece[0] in "\\'" else before.rstrip(" \t"), start + position)
        if piece == "''" and special is _SINGLE:
            builder.add("'", place)
        elif piece[0] == "\\" and piece[1] not in "\r\n":
            builder.add_each(_unescaped(piece), place)
        else:
            # One break is a space, or nothing when it is escaped; each further one is itself.
            breaks = list(_BREAK.finditer(piece))
            if len(breaks) == 1 and piece[0] != "\\":
                builder.add_each(" ", place + breaks[0].start())
            for line_break in breaks[1:]:
                builder.add_each("\n", place + line_break.start())
        position = match.end()
    builder.add(raw[position:last], start + position)
    return builder.finish(start + first)


def _unescaped(escape: str) -> str:
    letter = escape[1]
    if letter in "xuU":
        # libyaml has refused what is no character, PyYAML's own parser has not.
        code = int(f"0{escape[2:]}", base=16)
        return chr(code) if code <= sys.maxunicode else ""
    return _ESCAPES.get(letter, "")


def trace_block(text: str, start: int, parent: int) -> tuple[str, OffsetMap]:
    """Read a ``|`` or ``>`` scalar of the file ``text`` that begins at ``start``.

    ``parent`` is the column of the innermost block collection around it, -1 for none.
    """
    literal = text[start] == "|"
    header = _line_end(text, start)
    indicators = text[start + 1 : header].partition("#")[0]
    chomping = -1 if "-" in indicators else 1 if "+" in indicators else 0
    digit = next((int(c) for c in indicators if c.isdigit()), 0)
    position = _after_break(text, header)
    indent = max(parent, 0) + digit if digit else _found_indent(text, position, parent)

    builder = _Builder()
    breaks, position, column = _blank_lines(text, position, indent)
    line_break: int | None = None
    last_blank = False
    while column == indent and position < len(text):
        blank = text[position] in " \t"
        folds = not literal and not last_blank and not blank
        if line_break is not None and not (folds and breaks):
            builder.add_each(" " if folds else "\n", line_break)
        for place in breaks:
            builder.add_each("\n", place)
        last_blank = blank
        end = _line_end(text, position)
        builder.add(text[position:end], position)
        line_break = end if end < len(text) else None
        breaks, position, column = _blank_lines(text, _after_break(text, end), indent)
    kept = [] if line_break is None or chomping < 0 else [line_break]
    for place in kept + (breaks if chomping > 0 else []):
        builder.add_each("\n", place)
    return builder.finish(start)


def _line_end(text: str, position: int) -> int:
    match = _BREAK.search(text, position)
    return match.start() if match else len(text)


def _after_break(text: str, end: int) -> int:
    match = _BREAK.match(text, end)
    return match.end() if match else end


def _found_indent(text: str, position: int, parent: int) -> int:
    """The indentation of a block without an explicit one: the widest of its first lines."""
    widest = 0
    while True:
        first = position
        while position < len(text) and text[position] == " ":
            position += 1
        widest = max(widest, position - first)
        if position >= len(text) or text[position] not in "\r\n":
            return max(widest, parent + 1, 1)
        position = _after_break(text, position)


def _blank_lines(text: str, position: int, indent: int) -> tuple[list[int], int, int]:
    """The breaks of the blank lines from a line's start on; the place after them, its column.

    That place is in the next line, past as much indentation as there is, up to ``indent``.
    """
    breaks: list[int] = []
    while True:
        first = position
        if text.startswith(" " * indent, position):  # most lines
            position += indent
        else:
            while position < len(text) and text[position] == " ":
                position += 1
        if position >= len(text) or text[position] not in "\r\n":
            return breaks, position, position - first
        breaks.append(position)
        position = _after_break(text, position)
