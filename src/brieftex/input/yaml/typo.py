"""Slips of the keyboard in one line of YAML: full-width colons, missing spaces, odd blanks.

Some make libyaml stop, some change the meaning without a sound: ``number：3`` under a text
is taken for more of that text.
"""

from __future__ import annotations

import re

from brieftex.diagnostics import Finding, Span
from brieftex.diagnostics.messages import yaml as messages
from brieftex.input.yaml.indent import likely_column, wrong_indent
from brieftex.input.yaml.lines import indentation, line_bounds
from brieftex.input.yaml.recovery import Cause, Repair
from brieftex.patterns import FORMAT, late

ODD = "\u00a0\u00ad\u1680\u2000-\u200f\u202a-\u202f\u205f-\u2064\u3000\ufeff"
"""What looks like a blank, or like nothing, and is no blank to YAML (inside a character set)."""

_INVISIBLE = late(f"[{FORMAT}]")
_WORD = rf"([A-Za-z_][\w{ODD}-]{{0,30}}|[一-鿿{ODD}]{{1,12}})"
_HEAD = r"[ \t]*(?:-[ \t]+)*"
_KEY = _HEAD + r"([A-Za-z_][\w-]{0,30}|[一-鿿]{1,8})"
_FULLWIDTH = late(_KEY + r"[ \t]*(：)")
_NO_SPACE = late(_KEY + r"(:)(?=[^\s/])")
_OTHER_COLON = late(_KEY + r"[ \t]*([;；=＝︰﹕∶꞉])")
_NO_DASH_SPACE = late(r"[ \t]*(-)(?=[^\s-])")
# What word processors and input methods make of the dash before an item.
_OTHER_DASH = late(
    rf"[ \t{ODD}]*([‐-―−﹣－•·●▪■◆○])[ \t{ODD}]*"
    r"(?=(?:[A-Za-z_]\w{0,30}|[一-鿿]{1,8})[ \t]*[:：])"
)
_ODD_HEAD = late(
    rf"[ \t{ODD}]*(?:-[ \t{ODD}]*)*(?:[\"“]?{_WORD}[\"”]?[ \t{ODD}]*[:：][ \t{ODD}]*|(?=\S))"
)
_OTHER_COMMENT = late(r"[ \t]*(＃|//)")
# Stricter than _KEY: inside running text only what looks like one of the file's own words.
_FIELD = late(rf"{_HEAD}([a-z_]{{2,30}})[ \t]*(?:(：)|(:)(?=[^\s/]))")
_ITEM = late(r"[ \t]*-[ \t]+\S")

_LOOKALIKES = {ord(mark): chr(ord(mark) + 0xFEE0) for mark in "\"'[]{}>|*&!%@`?,-#\\"}


def stray_lines(
    text: str, first: int, span: Span, words: frozenset[str] = frozenset()
) -> list[Cause]:
    """Lines of a plain value that were meant as fields or list items of their own.

    YAML takes ``number：3``, ``number:3``, ``-甲`` and a wrongly indented ``- 甲`` for more
    text of the value above them. Lines that begin before ``first`` are left alone; ``span``
    is the place of the value, ``words`` are the keys that the file may have.
    """
    found: list[Cause] = []
    start, _ = line_bounds(text, span.start)
    wanted = indentation(text, start)
    while start < span.end:
        _, end = line_bounds(text, start)
        if start >= first:
            found += _stray(text, start, end, wanted if start > span.start else None, words)
        start = end + 1
    return found


def _stray(
    text: str, start: int, end: int, wanted: int | None, words: frozenset[str]
) -> list[Cause]:
    match = _FIELD.match(text, start, end)
    if match is not None and match[1] not in ("http", "https", "mailto"):
        return [_mistyped_colon(text, match, match.end(1))]
    if wanted is None:
        return []
    match = _FULLWIDTH.match(text, start, end)
    if match is not None and match[1] in words:
        return [_mistyped_colon(text, match, match.start(2))]
    if _ITEM.match(text, start, end):
        return [wrong_indent(text, start, (wanted,))]
    match = _NO_DASH_SPACE.match(text, start, end)
    if match is not None and not text[match.end() : match.end() + 1].isdigit():
        return [_dash_without_space(text, match.start(1))]
    return []


def bad_key(text: str, span: Span) -> Cause | None:
    """What is wrong with a plain key such as ``-title`` or ``title：关于 a``, if anything."""
    # The colon belongs to what tells a key from text.
    return mistyped_line(text, span.start, min(span.end + 1, len(text)))


def mistyped_line(text: str, start: int, end: int) -> Cause | None:
    """A line whose blanks, dash, colon or comment mark are mistyped."""
    odd = odd_blank(text, start, end)
    if odd is not None:
        return odd
    match = _OTHER_DASH.match(text, start, end)
    if match is not None:
        diagnostic = messages.WRONG_LIST_DASH.at(Span(*match.span(1)), mark=match[1])
        return Cause(diagnostic, Repair(match.start(1), match.end(), "- ", right=True))
    for pattern in (_FULLWIDTH, _NO_SPACE, _OTHER_COLON):
        match = pattern.match(text, start, end)
        if match is not None:
            return _mistyped_colon(text, match, match.start(2))
    match = _OTHER_COMMENT.match(text, start, end)
    if match is not None:
        diagnostic = messages.WRONG_COMMENT.at(Span(*match.span(1)), mark=match[1])
        return Cause(
            diagnostic, Repair(match.start(1), match.end(1), "#" * len(match[1]), right=True)
        )
    match = _NO_DASH_SPACE.match(text, start, end)
    return None if match is None else _dash_without_space(text, match.start(1))


def odd_blank(text: str, start: int, end: int) -> Cause | None:
    """Blanks of other kinds before, in or right behind the key of a line."""
    match = _ODD_HEAD.match(text, start, end)
    run = match and re.search(f"[{ODD}]+", match[0])
    if match is None or not run:
        return None
    at = match.start() + run.start()
    diagnostic = odd_space(text, at, at + len(run[0]))
    # In front of a key a full-width space is two columns, as it looks.
    blanks = len(match[0]) - len(match[0].lstrip())
    head = match[0][:blanks].replace("\u3000", "  ") + match[0][blanks:]
    head = re.sub(f"[{ODD}]", " ", _INVISIBLE.sub("", head))
    head += " " * head.endswith((":", "-"))
    if at - start < blanks:
        shown = (len(head) - len(head.lstrip()),)
        column = likely_column(text, start, shown, head.lstrip()[:1] == "-")
        head = " " * column + head.lstrip()
    return Cause(diagnostic, Repair(start, match.end(), head, right=True))


def odd_space(text: str, start: int, end: int) -> Finding:
    """A finding about the odd blanks at a place."""
    character = text[start]
    code = f"U+{ord(character):04X}"
    zh, en = _ODD_NAMES.get(character, ("特殊空格", "odd space"))
    return messages.ODD_SPACE.at(Span(start, end), zh=zh, en=en, code=code)


_ODD_NAMES = {
    "\u3000": ("全角空格", "full-width space"),
    "\u00a0": ("不间断空格", "no-break space"),
    "\u202f": ("不间断空格", "no-break space"),
    "\u00ad": ("看不见的软连字符", "soft hyphen"),
    "\u200b": ("看不见的零宽空格", "zero-width space"),
    "\ufeff": ("看不见的字节序标记（BOM）", "byte order mark"),
    **dict.fromkeys("\u200c\u200d\u2060", ("看不见的零宽字符", "zero-width character")),
    **dict.fromkeys("\u200e\u200f\u202a\u202b\u202c\u202d\u202e",
                    ("看不见的文字方向标记", "direction mark")),
}  # fmt: skip


def _mistyped_colon(text: str, match: re.Match[str], colon: int) -> Cause:
    end = line_bounds(text, colon)[1]
    colon = next(i for i in range(colon, end) if not (text[i].isspace() or text[i].isalnum()))
    after = text[colon + 1 : end]
    span = Span(colon, colon + 1)
    repair = Repair(colon, end - len(after.lstrip()), ": ", sure=True, right=True)
    if text[colon] == "：":
        return Cause(messages.FULLWIDTH_COLON.at(span, key=match[1]), repair)
    if text[colon] != ":":
        return Cause(messages.WRONG_COLON.at(span, key=match[1], mark=text[colon]), repair)
    value = shortened(after)
    return Cause(messages.NO_SPACE_AFTER_COLON.at(span, key=match[1], value=value), repair)


def _dash_without_space(text: str, place: int) -> Cause:
    value = shortened(text[place + 1 : line_bounds(text, place)[1]])
    diagnostic = messages.NO_SPACE_AFTER_DASH.at(Span(place, place + 1), value=value)
    return Cause(diagnostic, Repair(place + 1, place + 1, " ", right=True))


def shortened(text: str) -> str:
    """The beginning of a value, for a message."""
    shown = text.strip()
    return shown[:12] + "…" * (len(shown) > 12)


def neutral(text: str, place: int) -> Repair:
    """Take the meaning from what YAML understands between ``place`` and the end of the line:
    marks at the beginning, colons and quotation marks become full-width ones."""
    end = line_bounds(text, place)[1]
    tail = text[place:end]
    marks = len(tail) - len(tail.lstrip("\"'[]{}>|*&!%@`?,-#"))
    rest = tail[marks:].replace("*", "＊") if "*" in tail[:marks] else tail[marks:]
    tail = tail[:marks].translate(_LOOKALIKES) + rest
    return Repair(place, end, re.sub(r":(?=\s|$)", "：", tail).replace(" #", "＃"), sure=True)
