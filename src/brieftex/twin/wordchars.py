"""The content of a paragraph of Word as characters, each with its look and its link.

What is no text (a note's mark, a picture, a reading above characters, a field) is one character
that stands for it, the same for the same thing in both documents, so that contents can be compared
as texts are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from xml.etree import ElementTree as ET

from msgspec import Struct, field

from brieftex.twin.wordfile import DML, REL, WML, Relations

_FIRST = 0x10FFFD
"""The character that stands for the first thing; those of others are below it."""

_LAST = 0x100000
"""The least one: a character of a text from here on is taken for a thing itself."""

_CONTENT = {f"{WML}br": "\n", f"{WML}tab": "\t"}


class StandIns:
    """The characters that stand for things, by what these are."""

    def __init__(self) -> None:
        """None so far."""
        self._known: dict[tuple[str, ...], str] = {}

    def of(self, *what: str) -> str:
        """The character for a thing."""
        return self._known.setdefault(what, chr(_FIRST - len(self._known)))


class WordChars(Struct):
    """Characters side by side with their looks (``w:rPr`` as text, empty for none) and links (an
    address, ``#`` and a bookmark, or empty); ``things`` are the elements for which some stand."""

    text: str = ""
    looks: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    things: dict[int, ET.Element] = field(default_factory=dict)

    def plain(self) -> str:
        """The characters that are characters."""
        return "".join(c for k, c in enumerate(self.text) if k not in self.things)


class ContentReader(Struct, frozen=True):
    """Reads the paragraphs of one part of a document. ``notes`` name its footnotes by their
    identifiers."""

    names: StandIns
    relations: Relations
    notes: Mapping[str, str] = {}

    def chars(self, paragraph: ET.Element) -> WordChars:
        """The content of a paragraph."""
        found = WordChars()
        parts: list[str] = []
        for char, look, link, thing in self._of(paragraph, ""):
            if thing is not None:
                found.things[len(found.looks)] = thing
            parts.append(char)
            found.looks += [look] * len(char)
            found.links += [link] * len(char)
        found.text = "".join(parts)
        return found

    def _of(
        self, parent: ET.Element, link: str
    ) -> Iterator[tuple[str, str, str, ET.Element | None]]:
        for child in parent:
            if child.tag == f"{WML}r":
                yield from self._run(child, link)
            elif child.tag == f"{WML}hyperlink":
                yield from self._of(child, self._link(child))
            elif child.tag == f"{WML}fldSimple":
                instruction = child.get(f"{WML}instr", "")
                yield self.names.of("field", instruction), "", link, child

    def _link(self, hyperlink: ET.Element) -> str:
        anchor = hyperlink.get(f"{WML}anchor")
        if anchor is not None:
            return f"#{anchor}"
        return self.relations.target(hyperlink.get(f"{REL}id", ""))

    def _run(self, run: ET.Element, link: str) -> Iterator[tuple[str, str, str, ET.Element | None]]:
        look = ""
        for child in run:
            if child.tag == f"{WML}rPr":
                look = ET.tostring(child, encoding="unicode")
            elif child.tag == f"{WML}t":
                yield from self._text(child.text or "", look, link)
            elif child.tag in _CONTENT:
                yield _CONTENT[child.tag], look, link, None
            else:
                yield self.names.of(*self._name(child)), look, link, child

    def _text(
        self, text: str, look: str, link: str
    ) -> Iterator[tuple[str, str, str, ET.Element | None]]:
        if all(ord(char) < _LAST for char in text):
            yield text, look, link, None
            return
        for char in text:
            thing = None
            if ord(char) >= _LAST:
                thing = ET.Element(f"{WML}t")
                thing.text = char
            yield self.names.of("character", char) if thing is not None else char, look, link, thing

    def _name(self, thing: ET.Element) -> tuple[str, ...]:
        kind = thing.tag.removeprefix(WML)
        if kind == "footnoteReference":
            number = thing.get(f"{WML}id", "")
            return kind, self.notes.get(number, number)
        if kind == "drawing":
            pictures = (blip.get(f"{REL}embed", "") for blip in thing.iter(f"{DML}blip"))
            digests = (hashlib.sha256(self.relations.bytes_of(p)).hexdigest() for p in pictures)
            return kind, *digests
        if kind == "ruby":
            return kind, *(word.text or "" for word in thing.iter(f"{WML}t"))
        return kind, ET.tostring(thing, encoding="unicode")


@lru_cache(maxsize=1 << 10)
def same_look(look: str) -> str:
    """What of a look is the editor's: which face a shared mark is of (``w:hint``) follows from
    the characters beside it, how close characters stand from their size and their line."""
    if "hint" not in look and "spacing" not in look:
        return look
    element = ET.fromstring(look)
    for spacing in element.findall(f"{WML}spacing"):
        element.remove(spacing)
    for fonts in element.findall(f"{WML}rFonts"):
        fonts.attrib.pop(f"{WML}hint", None)
        if not fonts.attrib:
            element.remove(fonts)
    return ET.tostring(element, encoding="unicode") if len(element) else ""


def stretches(start: int, end: int, alike: Callable[[int], object]) -> Iterator[tuple[int, int]]:
    """The stretches between two places whose characters are ``alike``."""
    while start < end:
        at, kind = start, alike(start)
        while at < end and alike(at) == kind:
            at += 1
        yield start, at
        start = at
