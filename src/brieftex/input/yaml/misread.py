"""What YAML reads without a word though it was meant otherwise.

A field run together with the text above it, a heading that became a comment, paragraphs
that become one because there is no ``|``. Looks at the raw text around values already read.
"""

from __future__ import annotations

import re

from brieftex.diagnostics import Finding, Span
from brieftex.diagnostics.messages import yaml as messages
from brieftex.input.yaml.lines import (
    indentation,
    line_bounds,
    line_content,
    line_end,
    wide_blank_line,
)
from brieftex.input.yaml.nodes import Node, Scalar
from brieftex.input.yaml.recovery import Cause, Repair
from brieftex.input.yaml.typo import bad_key, stray_lines
from brieftex.patterns import late

_TEXT = late(r"\S")
# A remark is written with a blank behind its mark; without one it was rather meant as text.
_NO_TEXT = late(r"[\d\-/.:年月日号第期份 ]+|true|false|auto")
_COMMENT = late(r"[ \t]+#(?=[^\s#!])")


def heading_behind_block(text: str, end: int, parent: int, empty: bool) -> Finding | None:
    """A heading (``## …``) that fell out of a block ending at ``end`` and became a comment.

    No other line can be lost like that: without the ``#`` it is no YAML. ``parent`` is the
    column of the collection around the block, ``empty`` whether the block holds no text.
    """
    match = _TEXT.search(text, end)
    if match is None or match[0] != "#":
        return None
    start, stop = line_bounds(text, match.start())
    column = indentation(text, start)
    if column <= parent:
        return None
    wide = wide_blank_line(text, start, column) if empty else None
    if wide is not None:
        return messages.WIDE_BLANK_LINE.at(wide)
    return messages.TEXT_NOT_INDENTED.at(line_content(text, start, stop), columns=column + 2)


def comment_in_value(text: str, end: int, value: str) -> Finding | None:
    """Text behind a plain value that ends at ``end`` and is lost because it begins with #.

    Behind a number, a date or a word of choice it can be nothing but a remark.
    """
    match = _COMMENT.match(text, end)
    if match is None or _NO_TEXT.fullmatch(value):
        return None
    span = Span(match.end() - 1, line_bounds(text, end)[1])
    return messages.COMMENT_IN_VALUE.at(span, comment=text[span.start : span.end][:20].strip())


def misread_value(
    text: str, key: Span, value: Scalar, words: frozenset[str]
) -> tuple[list[Cause], list[Finding]]:
    """What was meant otherwise in a plain value: slips to mend, and mere problems."""
    if value.text[:1] in ("｜", "＞") and not value.text[1:2].strip():
        start = value.span.start
        bar = "|" if value.text[0] == "｜" else ">"
        wrong = messages.WRONG_BAR.at(Span(start, start + 1), mark=value.text[0], bar=bar)
        return [Cause(wrong, Repair(start, start + 1, bar, sure=True))], []
    slips = stray_lines(text, key.end, value.span, words)
    typed = [s for s in slips if s.diagnostic.kind is not messages.WRONG_INDENT]
    if typed:
        return typed, []
    lines = text[value.span.start : value.span.end]
    below = _begins_below(text, key, value)
    alone = "\n" not in value.text and not (below and (slips or _loses_heading(text, value)))
    if alone:
        return slips, []
    colon = text.find(":", key.end)
    shown = f"{text[key.start : key.end]}:"
    if below:
        finding = messages.BAR_MISSING.at(Span(colon, colon + 1), key=shown)
        return [Cause(finding, Repair(colon + 1, colon + 1, " |", sure=True))], []
    first = Span(value.span.start, value.span.start + len(lines.splitlines()[0]))
    return slips, [messages.BAR_MISSING.at(first, key=shown)]


def _begins_below(text: str, key: Span, value: Scalar) -> bool:
    between = text[key.end : value.span.start]
    return ("\n" in between or "\r" in between) and "#" not in between


def _loses_heading(text: str, value: Scalar) -> bool:
    """Whether a heading (``## …``) below a value became a comment."""
    match = re.compile(r"[ \t\r\n]*[\r\n]([ \t]*)#{2,6} \S").match(text, value.span.end)
    if match is None:
        return False
    return len(match[1]) >= indentation(text, line_bounds(text, value.span.start)[0])


def misread_item(text: str, item: Scalar, words: frozenset[str]) -> list[Cause]:
    """Fields that ran together into one plain item of a list."""
    end = line_end(text, item.span.start, item.span.end)
    if end < item.span.end and stray_lines(text, end, item.span, words):
        return stray_lines(text, 0, item.span, words)
    return []


def misread_root(text: str, root: Scalar, words: frozenset[str]) -> list[Cause]:
    """Fields that ran together into a file of nothing but plain text."""
    first = bad_key(text, root.span)
    found = stray_lines(text, 0, root.span, words)
    if first is not None and first.diagnostic not in [cause.diagnostic for cause in found]:
        found.insert(0, first)
    return found


def no_mapping(root: Node | None) -> list[Finding]:
    """What to say of a file that is no mapping."""
    if root is None or (isinstance(root, Scalar) and not root.text):
        return [messages.EMPTY_FILE.at(Span(0, 0))]
    return [messages.NOT_A_MAPPING.at(Span(root.span.start, root.span.start))]
