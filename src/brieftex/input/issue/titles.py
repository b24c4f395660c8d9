"""Titles as typed: the number before them, which the program makes itself, and line breaks."""

from __future__ import annotations

from bisect import bisect_left

from msgspec.structs import replace

from brieftex.diagnostics import OffsetMap
from brieftex.model.content import Heading, Inline, NoteCall, Stretch
from brieftex.patterns import late

_HAN = "一二三四五六七八九十百"
# 2.0时代 and 3.15 are words, so no digit may follow `1.`; nothing typed by hand goes past 三位数.
_NUMBER = late(
    rf"[ \u3000\t]*(?:[{_HAN}]{{1,5}}[、．.]|第[{_HAN}]{{1,5}}[、，]|\d{{1,3}}(?:[、．]|\.(?!\d))"
    rf"|[（(](?:[{_HAN}]{{1,5}}|\d{{1,2}})[）)][、．.]?|[①-⑳][、．.]?)[ \u3000\t]*"
)
_BEGINNINGS = f"{_HAN}第（(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
"""With what such a number begins, but for digits; most titles have none."""
_BEHIND = rf"[ \u3000]*(?:\d{{1,3}}|[{_HAN}]{{1,5}})?[ \u3000]*[：:、．.][ \u3000\t]*"
_CALLED = {
    "attachment": ("附", late(rf"[ \u3000\t]*附[ \u3000]*件{_BEHIND}")),
    "paper": ("材附", late(rf"[ \u3000\t]*(?:附[ \u3000]*件|材[ \u3000]*料){_BEHIND}")),
}
"""What is printed before its number, too: with what it begins, and all of it."""


def strip_number(inline: Inline, sort: str = "") -> tuple[Inline, str]:
    """Split a title from the number typed before it; "" when there is none.

    ``sort`` ``attachment`` knows ``附件1：`` as well, ``paper`` also ``材料1：``. A title that is a
    number only keeps it.
    """
    first = inline.text.lstrip(" \u3000\t")[:1]
    beginnings, called = _CALLED.get(sort, ("", None))
    match = called.match(inline.text) if called and first and first in beginnings else None
    if first.isdecimal() or first in _BEGINNINGS:
        match = match or _NUMBER.match(inline.text)
    if not first or match is None or match.end() == len(inline.text):
        return inline, ""
    return _cut(inline, match.end()), match[0]


def strip_heading(heading: Heading) -> tuple[Heading, str]:
    """Split a sub-heading from the number typed before it, likewise."""
    inline, number = strip_number(heading.inline)
    return (replace(heading, inline=inline), number) if number else (heading, "")


# Not the backslashes of C:\data or \\nas\data.
_BACKSLASH = r"(?:(?<![A-Za-z0-9:.\\])\\(?!\\[\w.-]+\\)|\\(?![A-Za-z0-9\\]))"
_BREAK = late(rf"[ \t\u3000]*(?:{_BACKSLASH}|\n)(?:\s|\\(?![A-Za-z0-9]))*")
_LINE_END = late(r"[\r\n]")


def broken(inline: Inline, source: str) -> Inline:
    """A title with U+000A where the editor broke it: at a backslash, and where its lines end in
    the file, whatever YAML makes of that. Space beside a break goes.

    ``source`` is the text of the file. A backslash between Latin letters is that of a path.
    """
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


def _cut(inline: Inline, start: int) -> Inline:
    """An inline text without its first characters."""
    stretches = tuple(
        Stretch(max(s.start - start, 0), s.end - start, s.marks, s.href)
        for s in inline.stretches
        if s.end > start
    )
    calls = tuple(NoteCall(max(c.at - start, 0), c.label) for c in inline.calls)
    rubies = tuple(
        replace(r, start=max(r.start - start, 0), end=r.end - start)
        for r in inline.rubies
        if r.end > start
    )
    origin = inline.origin.without(start)
    return Inline(inline.text[start:], origin, stretches, calls, rubies)
