"""Lines whose indentation is wrong: where they were meant to begin, and moving them there."""

from __future__ import annotations

import re

from brieftex.diagnostics import Span
from brieftex.diagnostics.messages import yaml as messages
from brieftex.input.yaml.lines import (
    KEY_AND_VALUE,
    bar_above,
    indentation,
    key_column,
    line_bounds,
    line_content,
    lines_before,
    one_character,
    open_columns,
)
from brieftex.input.yaml.recovery import Cause, Repair


def wrong_indent(text: str, start: int, columns: tuple[int, ...]) -> Cause:
    """A line that should begin at one of ``columns`` and does not.

    The mending moves it to the nearest on the right, or else to the last, and the deeper lines
    below it, too, unless they are where they belong then.
    """
    end = line_bounds(text, start)[1]
    found = indentation(text, start)
    wanted = " 或 ".join(map(str, columns)) or "0"
    diagnostic = messages.WRONG_INDENT.at(
        line_content(text, start, end), found=found, wanted=wanted
    )
    best = min((c for c in columns if c > found), default=max(columns, default=0))
    following = re.compile(r"[ \t]*(?:[\r\n]+( *)(?=\S))").match(text, end)
    steps = (0, 2, 4) if text[start + found : start + found + 1] == "-" else (0, 2)
    alone = following is None or len(following[1]) - best in steps
    stop = end if alone else _block_end(text, start, found)
    moved = re.sub(r"(?:^|(?<=[\r\n])) *(?=[^\s])", lambda m: _shifted(m[0], best - found),
                   text[start:stop])  # fmt: skip
    return Cause(diagnostic, Repair(start, stop, moved))


def _shifted(blanks: str, by: int) -> str:
    return " " * max(len(blanks) + by, 0)


def _block_end(text: str, start: int, column: int) -> int:
    """The end of the lines that belong to the one at ``start``: deeper ones, and its equals
    unless they begin another item."""
    end = line_bounds(text, start)[1]
    while end < len(text):
        following, stop = line_bounds(text, end + 1)
        line = text[following:stop]
        depth = len(line) - len(line.lstrip(" "))
        if line.strip() and (depth < column or (depth == column and line[depth] == "-")):
            break
        end = max(stop, end + 1)
    return min(end, len(text))


def likely_column(text: str, start: int, shown: tuple[int, ...], dash: bool) -> int:
    """How far the line at ``start`` was meant to be indented, which may look like each of
    ``shown``: as far as the field above it, or the nearest to the first that fits the lines
    above. ``dash`` says that it begins an item."""
    end = line_bounds(text, start)[1]
    bar = bar_above(text, start)
    field = KEY_AND_VALUE.match(text[start:end].lstrip().lstrip("-"))
    if bar is not None and not (dash or field):
        return _block_column(text, bar)
    fields, dashes = open_columns(text, start)
    fits = dashes if dash else fields
    before = lines_before(text, start, max(start - 2000, 0))[-1:]
    if before and re.search(r":[ \t]*(?:#.*)?$", text[slice(*before[0])]):
        fits = [*fits, key_column(text, before[0][0]) + 2]
    same = key_column(text, before[0][0]) if before else 0
    if same in shown and same in fits:
        return same
    return min(fits, key=lambda column: abs(column - shown[0]), default=shown[0])


def _block_column(text: str, bar: int) -> int:
    """Where the text of the ``|`` in the line at ``bar`` begins."""
    end = line_bounds(text, bar)[1]
    below = min(end + (2 if text.startswith("\r\n", end) else 1), len(text))
    return max(indentation(text, below), key_column(text, bar) + 2)


def misplaced_line(text: str, start: int) -> Cause:
    """A field or item that goes on with nothing above it."""
    return (
        _wide_dash(text, start)
        or wrong_first(text, start)
        or wrong_indent(text, start, _columns(text, start))
    )


def wrong_first(text: str, start: int) -> Cause | None:
    """The first field or item of a mapping or list, when it is this that stands askew and the
    line at ``start`` begins where it should: two columns further in than what is above both."""
    column = indentation(text, start)
    before = lines_before(text, start, max(start - 20_000, 0))
    for (above, above_end), (first, _) in zip(before[-2::-1], before[:0:-1], strict=False):
        found = indentation(text, first)
        if found < column - 3:
            return None
        if not re.search(r":[ \t]*$", text[above:above_end]):
            continue
        parent = key_column(text, above)
        dash = text[first + found] == "-"
        wanted = column - 2 if dash and not text.startswith("-", start + column) else column
        if found != wanted == parent + 2 and (not dash or found != parent):
            cause = wrong_indent(text, first, (wanted,))
            alone = Repair(first, first + found, " " * wanted)
            return Cause(cause.diagnostic, alone)
        if found <= column:
            return None
    return None


def _wide_dash(text: str, start: int) -> Cause | None:
    """A field that is aligned to a dash and one space, while its item has more of them."""
    column = indentation(text, start)
    for line in reversed(lines_before(text, start, max(start - 20_000, 0))):
        if indentation(text, line[0]) < column:
            dash = re.compile(r" *-( {2,})\S").match(text, line[0])
            if dash is None or dash.start(1) - line[0] + 1 != column:
                return None
            diagnostic = messages.WIDE_DASH.at(Span(*dash.span(1)), spaces=len(dash[1]))
            return Cause(diagnostic, Repair(dash.start(1), dash.end(1), " "))
    return None


def _columns(text: str, start: int) -> tuple[int, ...]:
    """Where the line at ``start`` may have been meant to begin."""
    fields, dashes = open_columns(text, start)
    found = indentation(text, start)
    wanted = [c for c in (dashes if text[start + found] == "-" else fields) if c != found]
    near = [max((c for c in wanted if c < found), default=None),
            min((c for c in wanted if c > found), default=None)]  # fmt: skip
    return tuple(c for c in near if c is not None) or (0,)


def fallen_out(text: str, bar: int, start: int, words: frozenset[str]) -> Cause:
    """Lines of a block text that are not indented; they end before the next field. Where only its
    first line is further in than they are, as the first line of a paragraph is, that one is to
    blame: YAML takes its blanks for the indentation of the text."""
    column = _block_column(text, bar)
    above = lines_before(text, start, line_bounds(text, bar)[1] + 1)
    found = indentation(text, start)
    if len(above) == 1 and key_column(text, bar) + 2 <= found < column:
        blanks = Span(above[0][0] + found, above[0][0] + column)
        return Cause(
            messages.FIRST_LINE_DEEPER.at(blanks, spaces=column - found),
            Repair(blanks.start, blanks.end, sure=True, right=True),
        )
    stop = start
    while stop < len(text):
        end = line_bounds(text, stop)[1]
        key = KEY_AND_VALUE.match(text, stop, end)
        if key is not None and (key[1] in words or not words):
            break
        stop = end + 1
    stop = min(stop, len(text))
    lines = re.sub(r"(?:^|(?<=[\r\n]))[ \t\u3000]*(?=\S)", " " * column, text[start:stop])
    end = line_bounds(text, start)[1]
    odd = re.match("[ \t]*(\u3000+)", text[start:end])
    first = start + odd.start(1) if odd else line_content(text, start, end).start
    diagnostic = messages.TEXT_NOT_INDENTED.at(Span(first, end), columns=column)
    return Cause(diagnostic, Repair(start, stop, lines))


def bar_missing(text: str, place: int) -> Cause | None:
    """Running text that begins at ``place`` and whose key above it has no ``|``."""
    start, end = line_bounds(text, place)
    above = lines_before(text, start, max(start - 2000, 0))
    key = above and KEY_AND_VALUE.match(text, *above[-1])
    if not key or key.end() != line_content(text, *above[-1]).end:
        return None
    if not re.search("[。，；！？]", text[start:end]):
        return None  # rather a key that lacks its colon
    name = key[1].strip("\"'")
    diagnostic = messages.BAR_MISSING.at(one_character(text, key.end() - 1), key=f"{name}:")
    return Cause(diagnostic, Repair(key.end(), key.end(), " |", sure=True))
