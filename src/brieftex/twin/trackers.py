"""Tracked changes as elements of WordprocessingML (ECMA-376 Part 1, 17.13.5).

Each has a number, an author and a time. Content that is gone stands in ``w:del``, with its text in
``w:delText``, what was added in ``w:ins``, what moved in ``w:moveFrom`` and ``w:moveTo``; a
paragraph whose end is gone or added says so in the properties of its mark; a look that changed
keeps the one before it in ``w:rPrChange``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from enum import Enum
from functools import lru_cache
from xml.etree import ElementTree as ET

from msgspec import Struct

from brieftex.twin.wordchars import WordChars, same_look, stretches
from brieftex.twin.wordfile import WML

_CODES = "instrText", "delInstrText"
_BLANKS = "{http://www.w3.org/XML/1998/namespace}space"


class Track(Enum):
    """What became of content, by the name of its element; KEPT has none."""

    KEPT = ""
    GONE = "del"
    ADDED = "ins"
    LEFT = "moveFrom"
    ARRIVED = "moveTo"

    @property
    def old(self) -> bool:
        """Whether it belongs to the old draft alone."""
        return self in (Track.GONE, Track.LEFT)


class TrackedPart(Struct, frozen=True):
    """Characters ``start`` up to ``end`` of a content, and what became of them; ``looks`` are those
    that kept ones had before, if they changed."""

    track: Track
    content: WordChars
    start: int
    end: int
    looks: Sequence[str] | None = None


class Tracker:
    """Makes the elements, numbered."""

    def __init__(self, author: str, time: str) -> None:
        """Changes of ``author`` at ``time`` (ISO 8601)."""
        self._author, self._time = author, time
        self._count = 0

    def number(self) -> str:
        """The next number."""
        self._count += 1
        return str(self._count)

    def element(self, name: str, *inner: ET.Element) -> ET.Element:
        """An element with number, author and time."""
        values = {f"{WML}id": self.number(), f"{WML}author": self._author, f"{WML}date": self._time}
        made = ET.Element(WML + name, values)
        made.extend(inner)
        return made

    def mark(self, properties: ET.Element, track: Track) -> None:
        """Say in the properties of a paragraph what became of its end."""
        if track is Track.KEPT:
            return
        look = properties.find(f"{WML}rPr")
        if look is None:
            look = ET.Element(f"{WML}rPr")
            later = (f"{WML}sectPr", f"{WML}pPrChange")
            at = next((k for k, p in enumerate(properties) if p.tag in later), len(properties))
            properties.insert(at, look)
        look.insert(0, self.element(track.value))

    def moved(self, track: Track, name: str, inner: Sequence[ET.Element]) -> list[ET.Element]:
        """The content of a paragraph at one end of a move."""
        start = self.element(f"{track.value}RangeStart")
        start.set(f"{WML}name", name)
        values = {f"{WML}id": start.get(f"{WML}id", "")}
        return [start, *inner, ET.Element(f"{WML}{track.value}RangeEnd", values)]

    def former(self, name: str, old: ET.Element | None, kind: str) -> ET.Element:
        """The element that keeps the properties of a ``kind`` that there were before."""
        held = ET.Element(WML + kind)
        if old is not None:
            kept = (p for p in old if p.tag not in (f"{WML}rPr", f"{WML}sectPr", f"{WML}trPr"))
            held.extend(map(deepcopy, kept))
        return self.element(name, held)

    def runs(self, part: TrackedPart) -> Iterator[ET.Element]:
        """The runs of a part, which are of one link, without what stands around them."""
        content, looks = part.content, part.looks

        def alike(at: int) -> object:
            if at in content.things:
                return at
            return content.looks[at], looks and looks[at - part.start]

        for start, end in stretches(part.start, part.end, alike):
            look = _look(content.looks[start])
            if looks is not None and same_look(looks[start - part.start]) != same_look(
                content.looks[start]
            ):
                look = look if look is not None else ET.Element(f"{WML}rPr")
                look.append(self.former("rPrChange", _look(looks[start - part.start]), "rPr"))
            thing = content.things.get(start)
            if thing is not None and thing.tag == f"{WML}fldSimple":
                yield from self._field(thing, part.track)
                continue
            made = ET.Element(f"{WML}r")
            if look is not None:
                made.append(look)
            text = f"{WML}delText" if part.track is Track.GONE else f"{WML}t"
            if thing is not None:
                made.append(deepcopy(thing))
                if thing.tag == f"{WML}t":
                    made[-1].tag = text
            else:
                made.extend(_words(content.text[start:end], text))
            yield self._around(made, part.track)

    def _around(self, run: ET.Element, track: Track) -> ET.Element:
        return run if track is Track.KEPT else self.element(track.value, run)

    def _field(self, field: ET.Element, track: Track) -> Iterator[ET.Element]:
        """A field; a simple one is no run, and cannot be gone or added."""
        if track is Track.KEPT:
            yield deepcopy(field)
            return
        shown = [deepcopy(run) for run in field]
        for run in shown:
            for text in run.findall(f"{WML}t"):
                text.tag = f"{WML}delText" if track is Track.GONE else text.tag
        code = ET.Element(f"{WML}{_CODES[track is Track.GONE]}")
        code.text = field.get(f"{WML}instr", "")
        for run in (_run(_char("begin")), _run(code), _run(_char("separate")), *shown,
                    _run(_char("end"))):  # fmt: skip
            yield self._around(run, track)


def _char(kind: str) -> ET.Element:
    return ET.Element(f"{WML}fldChar", {f"{WML}fldCharType": kind})


def _run(inner: ET.Element) -> ET.Element:
    made = ET.Element(f"{WML}r")
    made.append(inner)
    return made


@lru_cache(maxsize=1 << 10)
def _parsed(look: str) -> ET.Element:
    return ET.fromstring(look)


def _look(look: str) -> ET.Element | None:
    return deepcopy(_parsed(look)) if look else None


def _words(text: str, name: str) -> Iterator[ET.Element]:
    start = 0
    for at, char in enumerate([*text, "\n"]):
        if char not in "\n\t":
            continue
        if start < at:
            made = ET.Element(name, {_BLANKS: "preserve"})
            made.text = text[start:at]
            yield made
        if at < len(text):
            yield ET.Element(f"{WML}br" if char == "\n" else f"{WML}tab")
        start = at + 1
