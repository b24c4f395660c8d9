"""Titles as typed: the number before them, which the program makes itself, and line breaks. Other
values lose the words that are printed around them."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from msgspec.structs import replace

from brieftex.diagnostics import OffsetMap
from brieftex.diagnostics.messages.schema import TYPED_NUMBER
from brieftex.input.fields import Field, Reading
from brieftex.model.content import Inline, NoteCall, Stretch
from brieftex.patterns import late

_HAN = "一二三四五六七八九十百"
# 2.0时代 and 3.15 are words, so no digit may follow `1.`; nothing typed by hand goes past 三位数.
_NUMBER = late(
    rf"[ \u3000\t]*(?:[{_HAN}]{{1,5}}[、．.]|第[{_HAN}]{{1,5}}[、，]|\d{{1,3}}(?:[、．]|\.(?!\d))"
    rf"|[（(](?:[{_HAN}]{{1,5}}|\d{{1,2}})[）)][、．.]?|[①-⑳][、．.]?)[ \u3000\t]*"
)
_BEGINNINGS = f"{_HAN}第（(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
"""With what such a number begins, but for digits; most titles have none."""
_BRACKETED = late(r"[（(][^（）()]+[）)]")
_BEHIND = rf"[ \u3000]*(?:\d{{1,3}}|[{_HAN}]{{1,5}})?[ \u3000]*[：:、．.][ \u3000\t]*"
# 图1：会场, 表2-1 收支, but not 图1—4月走势 and 表彰决定.
_FIGURED = (
    rf"[ \u3000]*(?:\d{{1,2}}(?:[-－—.．]\d{{1,2}})?(?![-－—–~～.．至到]?\d|[年月日号])[：:、．.]?"
    rf"|[{_HAN}]{{1,3}}(?=[ \u3000：:、．.])[：:、．.]?)[ \u3000\t]*"
)
_CALLED = {
    "figure": ("图", late(rf"[ \u3000\t]*图{_FIGURED}")),
    "table": ("表", late(rf"[ \u3000\t]*表{_FIGURED}")),
    "attachment": ("附", late(rf"[ \u3000\t]*附[ \u3000]*件{_BEHIND}")),
    "paper": ("材附", late(rf"[ \u3000\t]*(?:附[ \u3000]*件|材[ \u3000]*料){_BEHIND}")),
}
"""What is printed before its number, too: with what it begins, and all of it."""


def strip_number(inline: Inline, sort: str = "") -> tuple[Inline, str]:
    """Split a title from the number typed before it; "" when there is none.

    ``sort`` ``attachment`` knows ``附件1：`` as well, ``paper`` also ``材料1：``; ``figure`` and
    ``table`` know nothing but 图1 and 表1. A title that is a number only keeps it.
    """
    first = inline.text.lstrip(" \u3000\t")[:1]
    beginnings, called = _CALLED.get(sort, ("", None))
    match = called.match(inline.text) if called and first and first in beginnings else None
    counted = sort not in ("figure", "table")
    if counted and (first.isdecimal() or first in _BEGINNINGS):
        match = match or _NUMBER.match(inline.text)
    if not first or match is None or match.end() == len(inline.text):
        return inline, ""
    return _cut(inline, match.end()), match[0]


@cache
def _printed(words: str, *, behind: bool) -> re.Pattern[str]:
    return late(rf"(?<=.)(?:{words})\s*$" if behind else rf"\s*(?:{words})\s*[：:∶]\s*(?=\S)")


def as_printed(reading: Reading, inline: Inline, field: Field, path: str) -> Inline:
    """A value without what is printed around it and was typed, too: 抄送：, 图1, （…供稿）. A note
    tells of it."""
    text = inline.text
    begin, end = 0, len(text)
    if field.titled:
        bare, _ = strip_number(inline, field.titled)
        begin = end - len(bare.text)
    else:
        # Brackets alone are those of a form that was not filled in: （供稿单位）.
        if field.before and field.behind and _BRACKETED.fullmatch(text):
            begin, end = 1, end - 1
        if field.before and (match := _printed(field.before, behind=False).match(text, begin, end)):
            begin = match.end()
        if field.behind and (match := _printed(field.behind, behind=True).search(text, begin, end)):
            end = match.start()
    if end - begin == len(text) or (begin, end) == (1, len(text) - 1):
        return inline
    around = [part for part in (text[:begin].strip(), text[end:].strip()) if part]
    span = inline.span(0, begin if end == len(text) else None)
    reading.report(TYPED_NUMBER, span, path, number="…".join(around))
    return _cut(inline, begin, end)


# Not the backslashes of C:\data or \\nas\data.
_BACKSLASH = r"(?:(?<![A-Za-z0-9:.\\])\\(?!\\[\w.-]+\\)|\\(?![A-Za-z0-9\\]))"
_BREAK = late(rf"[ \t\u3000]*(?:{_BACKSLASH}|\n)(?:\s|\\(?![A-Za-z0-9]))*")
_LINE_END = late(r"[\r\n]")


def broken(inline: Inline, source: str) -> Inline:
    """A title with U+000A where the editor broke it: at a backslash, and where its lines end in
    the file, whatever YAML makes of that. Space beside a break goes.

    ``source`` is the text of the file. A backslash between Latin letters is that of a path.
    """
    span = inline.span()
    in_one_line = _LINE_END.search(source, span.start, span.end) is None
    if in_one_line and "\\" not in inline.text and "\n" not in inline.text:
        return inline  # as most are
    typed: list[str] = []
    places: list[int] = []
    indices: list[int] = []  # where each character of the inline has come to stand
    for offset, char in enumerate(inline.text):
        place = inline.origin.source(offset)
        if places and _LINE_END.search(source, places[-1], place):
            typed.append("\n")
            places.append(places[-1])
        indices.append(len(typed))
        typed.append(char)
        places.append(place)
    text = "".join(typed)
    bases = [(indices[ruby.start], indices[ruby.end - 1]) for ruby in inline.rubies]
    kept: list[int] = []  # indices; of a break, its first
    breaks: set[int] = set()
    end = 0
    for match in _BREAK.finditer(text):
        if any(match.start() <= last and first < match.end() for first, last in bases):
            continue  # ruby stands above one line
        kept += range(end, match.start() + (match.start() > 0 and match.end() < len(text)))
        end = match.end()
        breaks.add(match.start())
    kept += range(end, len(text))
    if end == 0 or not kept:
        return inline
    indices.append(len(typed))

    def moved(offset: int) -> int:
        return bisect_left(kept, indices[offset])

    return Inline(
        "".join("\n" if i in breaks else text[i] for i in kept),
        OffsetMap.of([places[i] for i in kept]),
        tuple(replace(s, start=moved(s.start), end=moved(s.end)) for s in inline.stretches),
        tuple(replace(c, at=moved(c.at)) for c in inline.calls),
        tuple(replace(r, start=moved(r.start), end=moved(r.end)) for r in inline.rubies),
    )


def _cut(inline: Inline, start: int, end: int | None = None) -> Inline:
    """An inline text without its first characters and those from ``end`` on."""
    end = len(inline.text) if end is None else end

    def kept(at: int) -> int:
        return min(max(at, start), end) - start

    stretches = tuple(
        Stretch(kept(s.start), kept(s.end), s.marks, s.href)
        for s in inline.stretches
        if s.end > start and s.start < end
    )
    calls = tuple(NoteCall(kept(c.at), c.label) for c in inline.calls)
    rubies = tuple(
        replace(r, start=kept(r.start), end=kept(r.end))
        for r in inline.rubies
        if r.end > start and r.start < end
    )
    origin = inline.origin.without(start)
    return Inline(inline.text[start:end], origin, stretches, calls, rubies)
