"""Slips of the keyboard in one line of YAML: full-width colons, missing spaces.

Some make libyaml stop, some change the meaning without a sound: ``number：3`` under a text
is taken for more of that text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from brieftex.diagnostics import Diagnostic, Span
from brieftex.diagnostics.messages import yaml as messages
from brieftex.yamltree.lines import indentation, line_bounds, line_content

_KEY = r"[ \t]*(?:-[ \t]+)*([A-Za-z_][\w-]{0,30}|[一-鿿]{1,8})"
_FULLWIDTH = re.compile(_KEY + r"[ \t]*(：)")
_NO_SPACE = re.compile(_KEY + r"(:)(?=[^\s/])")
_NO_DASH_SPACE = re.compile(r"[ \t]*(-)(?=[^\s-])")
# Stricter than _KEY: inside running text only what looks like one of the file's own words.
_FIELD = re.compile(r"[ \t]*(?:-[ \t]+)*([a-z_]{2,30})[ \t]*(?:(：)|(:)(?=[^\s/]))")
_ITEM = re.compile(r"[ \t]*-[ \t]+\S")


@dataclass(frozen=True, slots=True)
class Repair:
    """Characters ``start`` up to ``end`` become ``text`` and as many spaces as are missing."""

    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """A finding, and the way past it if there is one."""

    diagnostic: Diagnostic
    repair: Repair | None = None


def stray_lines(text: str, first: int, span: Span) -> list[Diagnostic]:
    """Lines of a plain value that were meant as fields or list items of their own.

    YAML takes ``number：3``, ``number:3``, ``-甲`` and a wrongly indented ``- 甲`` for more
    text of the value above them. Lines that begin before ``first`` are left alone; ``span``
    is the place of the value.
    """
    found: list[Diagnostic] = []
    start, _ = line_bounds(text, span.start)
    while start < span.end:
        _, end = line_bounds(text, start)
        if start >= first:
            found += _stray(text, start, end, start > span.start)
        start = end + 1
    return found


def _stray(text: str, start: int, end: int, goes_on: bool) -> list[Diagnostic]:
    match = _FIELD.match(text, start, end)
    if match is not None and match[1] not in ("http", "https", "mailto"):
        return [_mistyped_colon(text, match, match.end(1)).diagnostic]
    if goes_on and _ITEM.match(text, start, end):
        return [messages.WRONG_INDENT.at(line_content(text, start, end))]
    match = _NO_DASH_SPACE.match(text, start, end) if goes_on else None
    if match is not None and not text[match.end() : match.end() + 1].isdigit():
        return [_dash_without_space(text, match.start(1))]
    return []


def bad_key(text: str, span: Span) -> Diagnostic | None:
    """What is wrong with a plain key such as ``-title`` or ``title：关于 a``, if anything."""
    cause = mistyped_line(text, span.start, span.end)
    return None if cause is None else cause.diagnostic


def mistyped_line(text: str, start: int, end: int) -> Cause | None:
    """A line whose colon or dash is mistyped."""
    for pattern in (_FULLWIDTH, _NO_SPACE):
        match = pattern.match(text, start, end)
        if match is not None:
            return _mistyped_colon(text, match, match.start(2))
    match = _NO_DASH_SPACE.match(text, start, end)
    if match is not None:
        return Cause(_dash_without_space(text, match.start(1)), Repair(start, end))
    return None


def _mistyped_colon(text: str, match: re.Match[str], colon: int) -> Cause:
    end = line_bounds(text, colon)[1]
    colon = next(i for i in range(colon, end) if text[i] in ":：")
    value = value_repair(text, colon + 1, end)
    repair = Repair(colon, value.end, ":")
    if text[colon] == "：":
        return Cause(messages.FULLWIDTH_COLON.at(Span(colon, colon + 1), key=match[1]), repair)
    shown = text[colon + 1 : end].strip()
    diagnostic = messages.NO_SPACE_AFTER_COLON.at(
        Span(colon, colon + 1), key=match[1], value=shown[:12] + "…" * (len(shown) > 12)
    )
    return Cause(diagnostic, repair)


def _dash_without_space(text: str, place: int) -> Diagnostic:
    shown = text[place + 1 : line_bounds(text, place)[1]].strip()
    return messages.NO_SPACE_AFTER_DASH.at(
        Span(place, place + 1), value=shown[:12] + "…" * (len(shown) > 12)
    )


def value_repair(text: str, start: int, end: int) -> Repair:
    """Blank a line, and with it the block text below if it announces one (``|``, ``>``)."""
    line_start, _ = line_bounds(text, start)
    if not re.search(r"[|>][+-]?\d?[ \t]*$", text[start:end]):
        return Repair(start, end)
    indent = indentation(text, line_start)
    while end < len(text):
        next_start, next_end = line_bounds(text, end + 1)
        if text[next_start:next_end].strip() and indentation(text, next_start) <= indent:
            break
        end = max(next_end, end + 1)
    return Repair(start, min(end, len(text)))
