"""Losses in finished files: characters, notes, cells, captions, labels, words of charts taken out.

They are made by pikepdf, which has no part in writing or reading: it parses the content streams,
and what a mark is about it knows from the structure tree.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from io import BytesIO
from typing import Any

import pikepdf
from msgspec import Struct

Random = random.Random
Name = tuple[str, Any]
"""The role of a structure element, and the number of its object."""

BLANK = "\u00ad\u200b\u2060\ufeff"


class Show(Struct, frozen=True):
    """An operator that shows glyphs: its page and place in the stream, the elements that it
    stands in, whether /ActualText stands for it, and of each glyph the string among the
    operands, the place in it, the text."""

    page: int
    place: int
    within: tuple[Name, ...]
    replaced: bool
    glyphs: tuple[tuple[int, int, str], ...]

    @property
    def roles(self) -> list[str]:
        """The roles of the elements."""
        return [role for role, _ in self.within]


class Sound:
    """A file that nothing is taken out of: its streams, and all in them that is tagged."""

    def __init__(self, data: bytes) -> None:
        """Read the streams and the tree."""
        self.pdf = pikepdf.open(BytesIO(data))
        self.streams: list[list[Any]] = [
            list(pikepdf.parse_content_stream(page)) for page in self.pdf.pages
        ]
        self._fonts: dict[Any, dict[int, str]] = {}
        self._within: dict[tuple[int, int], tuple[Name, ...]] = {}
        self._pages = {page.objgen: k for k, page in enumerate(self.pdf.pages)}
        self._walk(self.pdf.Root.StructTreeRoot.K, (), -1)
        self.shows = tuple(self._shows())

    def _walk(self, element: Any, within: tuple[Name, ...], page: int) -> None:
        if isinstance(element, int):
            self._within[page, element] = within
        elif isinstance(element, pikepdf.Array):
            for kid in element:
                self._walk(kid, within, page)
        elif element.get("/Type") != "/OBJR":
            page = self._pages[element.Pg.objgen] if "/Pg" in element else page
            if element.get("/Type") == "/MCR":
                self._within[page, int(element.MCID)] = within
            elif "/K" in element:
                self._walk(element.K, (*within, (str(element.S), element.objgen)), page)

    def _texts(self, page: int, name: str) -> dict[int, str]:
        font = self.pdf.pages[page].Resources.Font[name]
        if font.objgen not in self._fonts:
            self._fonts[font.objgen] = dict(_to_unicode(font.ToUnicode.read_bytes().decode()))
        return self._fonts[font.objgen]

    def _shows(self) -> Iterator[Show]:
        for page, stream in enumerate(self.streams):
            marks: list[tuple[tuple[Name, ...] | None, bool]] = []
            font = ""
            for place, part in enumerate(stream):
                operator, operands = str(part.operator), part.operands
                if operator in ("BDC", "BMC"):
                    held = operands[1] if len(operands) > 1 else {}
                    within, replaced = marks[-1] if marks else (None, False)
                    if "/MCID" in held:
                        within = self._within.get((page, int(held["/MCID"])))
                    elif operands[0] == "/Artifact":
                        within = None
                    marks.append((within, replaced or "/ActualText" in held))
                elif operator == "EMC":
                    marks.pop()
                elif operator == "Tf":
                    font = str(operands[0])
                elif operator in ("Tj", "TJ") and marks and marks[-1][0]:
                    glyphs = tuple(_glyphs(operands[0], self._texts(page, font)))
                    yield Show(page, place, marks[-1][0], marks[-1][1], glyphs)


read = lru_cache(1)(Sound)
"""The file, read once for all that is taken out of it."""


class Lossy:
    """A file that something is taken out of."""

    def __init__(self, data: bytes) -> None:
        """Open the file anew, and take the streams as they were read."""
        self.pdf = pikepdf.open(BytesIO(data))
        self.shows = read(data).shows
        self.streams = [list(stream) for stream in read(data).streams]

    def edit(self, show: Show, change: Callable[[int, bytes], bytes]) -> None:
        """Change the strings of an operator."""
        operands = self.streams[show.page][show.place].operands[0]
        parts = [operands] if isinstance(operands, pikepdf.String) else list(operands)
        made = [
            pikepdf.String(change(k, bytes(part))) if isinstance(part, pikepdf.String) else part
            for k, part in enumerate(parts)
        ]
        self.streams[show.page][show.place] = pikepdf.ContentStreamInstruction(
            [pikepdf.Array(made)], pikepdf.Operator("TJ")
        )

    def empty(self, number: Any) -> None:
        """Take out all glyphs of an element and of what is in it."""
        for show in self.shows:
            if any(other == number for _, other in show.within):
                self.edit(show, lambda _k, _old: b"")

    def data(self) -> bytes:
        """The file."""
        for page, stream in zip(self.pdf.pages, self.streams, strict=True):
            page.Contents = self.pdf.make_stream(pikepdf.unparse_content_stream(stream))
        made = BytesIO()
        self.pdf.save(made, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return made.getvalue()


def _glyphs(operands: Any, texts: dict[int, str]) -> Iterator[tuple[int, int, str]]:
    parts = [operands] if isinstance(operands, pikepdf.String) else operands
    for k, part in enumerate(parts):
        if isinstance(part, pikepdf.String):
            codes = bytes(part)
            for at in range(0, len(codes), 2):
                text = texts.get(int.from_bytes(codes[at : at + 2], "big"), "")
                yield k, at, text.strip(BLANK + " \u3000\u2003\u2002\u2005\u2009\u00a0")


def _to_unicode(cmap: str) -> Iterator[tuple[int, str]]:
    code = "<([0-9A-Fa-f]+)>\\s*"
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for one, text in re.findall(code * 2, block):
            yield int(one, 16), bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in re.findall(code * 3, block):
            start = ord(bytes.fromhex(text).decode("utf-16-be"))
            for k in range(int(first, 16), int(last, 16) + 1):
                yield k, chr(start + k - int(first, 16))


ROLES = {
    "note": ("/Note",),
    "cell": ("/TD", "/TH"),
    "caption": ("/Caption",),
    "label": ("/Lbl",),
    "paragraph": ("/P",),
    "heading": ("/H1", "/H2", "/H3"),
    "entry": ("/TOCI",),
    "reading": ("/RT",),
    "call": ("/Reference",),
    "item": ("/LI",),
}
"""What is taken out as a whole, by its role."""

GLYPHS = ("character", "other character", "digits", "hidden", "category")
"""What is done to glyphs: one taken out or replaced, two digits changed about, one taken out that
/ActualText stands for, a word of a chart taken out."""

LOSSES = (*ROLES, *GLYPHS, "description")


def lose(pdf: bytes, loss: str, rng: Random) -> tuple[bytes, str] | None:
    """The file without something, and what that was; None if it has no such thing."""
    lossy = Lossy(pdf)
    done = (
        _describe(lossy, rng)
        if loss == "description"
        else _element(lossy, ROLES[loss], rng)
        if loss in ROLES
        else _glyph(lossy, loss, rng)
    )
    return (lossy.data(), f"{loss} {done}") if done else None


def _element(lossy: Lossy, roles: tuple[str, ...], rng: Random) -> str:
    found: dict[Any, str] = {}
    for show in lossy.shows:
        for role, number in show.within:
            if role in roles and not (role == "/Reference" and "/TOCI" in show.roles):
                text = "".join(text for _, _, text in show.glyphs)
                found[number] = found.get(number, "") + text
    there = sorted(number for number, text in found.items() if text)
    if not there:
        return ""
    number = rng.choice(there)
    lossy.empty(number)
    return found[number]


def _glyph(lossy: Lossy, loss: str, rng: Random) -> str:
    """Change one or two glyphs that stand next to each other, or all of an operator."""
    pairs = [
        (show, one, other)
        for show in lossy.shows
        for one, other in zip(show.glyphs, (*show.glyphs[1:], None), strict=True)
        if one[2] and _fits(loss, show, one, other)
    ]
    if not pairs:
        return ""
    show, (k, at, text), _ = rng.choice(pairs)

    def change(number: int, old: bytes) -> bytes:
        if loss == "category":
            return b""
        if number != k:
            return old
        first, second = old[at : at + 2], old[at + 2 : at + 4]
        made = {"digits": second + first, "other character": second * 2}.get(loss, second)
        return old[:at] + made + old[at + 4 :]

    lossy.edit(show, change)
    return text


def _fits(loss: str, show: Show, one: tuple[int, int, str], other: Any) -> bool:
    if loss == "hidden":
        return show.replaced
    if loss == "category":
        return "/Figure" in show.roles and "/Caption" not in show.roles
    if show.replaced:
        return False
    next_to = other is not None and other[0] == one[0] and other[2] not in ("", one[2])
    if loss == "digits":
        return next_to and one[2].isdigit() and other[2].isdigit()
    return loss == "character" or next_to


def _describe(lossy: Lossy, rng: Random) -> str:
    described = [
        element
        for element in lossy.pdf.objects
        if isinstance(element, pikepdf.Dictionary) and str(element.get("/Alt", "")).strip()
    ]
    if not described:
        return ""
    element = rng.choice(described)
    text = str(element.Alt)
    element.Alt = pikepdf.String(text[:-1].rstrip())
    return text
