"""What a page's content stream shows, by marked content sequence (ISO 32000-1, 14.6).

The text is what a reader gets that knows /ActualText and ToUnicode. Where glyphs stand is
not looked at. It is read with one search over the stream: a page takes half a millisecond.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from struct import unpack
from typing import Any, ClassVar

from msgspec import Struct, field

from brieftex.patterns import late
from brieftex.pdf.read.parse import BrokenPdfError, from_hex, parse_object, text_of, unescaped

# The insides of a literal string up to its end, of a hexadecimal one, and of a name.
_LITERAL = rb"[^()\\]*+(?:(?:\\.|\((?:[^()\\]++|\\.)*+\))[^()\\]*+)*+\)"
_HEX = rb"[0-9A-Fa-f\s]*+>"
_NAME = rb"[^\0\t\n\f\r ()<>\[\]{}/%]*+"
_ANY = rb"\(" + _LITERAL + rb"|<" + _HEX
_PROPERTIES = rb"<<(?:[^<>()]++|<<(?:[^<>()]++|" + _ANY + rb")*+>>|" + _ANY + rb")*+>>"

# What matters begins with one of few characters, which the search looks for at once; numbers
# and operators that neither paint nor mark are passed over. What is usual is one match: a font and
# the string shown in it, and a span, which is a glyph with its text beside it.
_PART = late(
    rb"[(</BDEFQSbfqs](?:"
    rb"(?<=\()" + _LITERAL + rb"(?P<string>)|(?<=<)" + _HEX + rb"(?P<hex>)"
    rb"|(?<=/)Span\s*+<<\s*+/ActualText\s*+(?P<actual>" + _ANY + rb")\s*+>>\s*+BDC"
    rb"(?P<inner>(?:[-+.\d\s\[\]]++|T[zjJc]|\(" + _LITERAL + rb")*+)EMC(?P<span>)"
    rb"|(?<=/)" + _NAME + rb"\s*+(?:" + _PROPERTIES + rb"|/" + _NAME + rb")\s*+BDC(?P<mark>)"
    rb"|(?<=/)(?P<face>" + _NAME + rb"\s++[-+.\d]++)\s++Tf"
    rb"(?:[-+.\d\s\[]*+(?:T[cm][-+.\d\s\[]*+)*+(?P<first>\(" + _LITERAL + rb"))?+"
    rb"|(?<=/)" + _NAME + rb"(?P<name>)"
    rb"|(?<=B)(?<![A-Za-z]B)I(?=\s)(?P<inline>)"
    rb"|(?<![A-Za-z].)(?<![(</])(?:MC|o|h|\*)?(?![A-Za-z*])(?P<word>))",
    re.DOTALL,
)
_STRING = late(_ANY, re.DOTALL)

# White space, and what has neither width nor ink. The frame of a keycap is no more than part of the
# circle of ①, which stands for it.
_BLANK = late("[\\s\u00ad\u200b\u2060\ufeff\ufe00-\ufe0f\u20e3\U000e0100-\U000e01ef]+")

_MOST_CODES = 1_000_000

_MOST_KNOWN = 1024
"""Strings of a font that are kept: those of running heads come again, those of lines seldom."""

_DEEPEST = 12
"""Forms drawn inside forms."""


@lru_cache(4096)
def visible(text: str) -> int:
    """How many characters have ink, however they are written: one glyph is é, composed or not, and
    its font says one way of writing it."""
    return len(_BLANK.sub("", unicodedata.normalize("NFC", text)))


class Decoder(Struct):
    """What a font's codes mean. ``width`` is their bytes; ``texts`` has those that ToUnicode
    knows, and for a code without one the font shows no character to a reader."""

    texts: Mapping[int, str]
    width: int = 2
    known: dict[bytes, str] = field(default_factory=dict)

    def shown(self, string: bytes, faults: Faults) -> str:
        """The characters of a string object; what cannot be read is counted."""
        text = self.known.get(string)
        if text is None:
            before = faults.missing + faults.unreadable
            codes = from_hex(string[1:-1]) if string[0] == 0x3C else unescaped(string[1:-1])
            text = self.text(codes, faults)
            if faults.missing + faults.unreadable == before:
                if len(self.known) >= _MOST_KNOWN:
                    self.known.clear()
                self.known[string] = text
        return text

    def text(self, codes: bytes, faults: Faults) -> str:
        """The characters of a string; what cannot be read is counted."""
        if self.width == 2:
            values = unpack(f">{len(codes) // 2}H", codes[: len(codes) // 2 * 2])
        else:
            values = tuple(codes)
        texts = self.texts
        if self.width == 2 and 0 in values:  # .notdef, whatever ToUnicode says
            faults.missing += values.count(0)
            return "".join([self._one(value, faults) for value in values if value])
        try:
            return "".join(map(texts.__getitem__, values))
        except KeyError:
            return "".join([self._one(value, faults) for value in values])

    def _one(self, code: int, faults: Faults) -> str:
        text = self.texts.get(code)
        if text is None:
            faults.unreadable += 1
            return "\ufffd"
        return text


class Faults(Struct):
    """Glyphs that are .notdef, glyphs that stand for no character, and things painted outside
    any marked content."""

    missing: int = 0
    unreadable: int = 0
    unmarked: int = 0


class MarkedSequence(Struct):
    """A marked content sequence: its tag, /MCID or None, and the text. ``unseen`` is by how many
    characters /ActualText says more than the glyphs that it stands for; less than 0 is no fault."""

    tag: str
    mcid: int | None
    parts: list[str] = field(default_factory=list)
    unseen: int = 0

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(self.parts)


class Resources(Struct):
    """What the names in a content stream stand for.

    ``decoder`` gives a font's, ``properties`` a property list's entries, and ``form`` the
    content and resources of a form, None for those around it; None for any other object.
    """

    decoder: Callable[[str], Decoder | None]
    properties: Callable[[str], dict[str, Any]]
    form: Callable[[str], tuple[bytes, Resources | None] | None]


class PageContent(Struct):
    """The sequences of a page in their order, and what is wrong with it."""

    sequences: list[MarkedSequence] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)


def read_content(data: bytes, resources: Resources) -> PageContent:
    """Read a page's content. Raises BrokenPdfError."""
    content = PageContent()
    _Reader(content, resources).read(data)
    for sequence in content.sequences:
        sequence.parts[:] = ["".join(sequence.parts)]  # a third of what the pieces take
    return content


class _Reader:
    """Goes through a page once. ``marks`` is open marked content: the sequence that collects
    text, and whether the text is replaced by another."""

    def __init__(self, content: PageContent, resources: Resources) -> None:
        self.content = content
        self.resources = resources
        self.marks: list[tuple[MarkedSequence | None, bool]] = []
        self.known: dict[bytes, tuple[str, dict[str, Any]]] = {}
        self.decoder: Decoder | None = None
        self.chosen: dict[bytes, Decoder | None] = {}  # fonts of these resources, by operands
        self.saved: list[Decoder | None] = []
        self.name = ""  # the last one
        self.depth = 0

    def read(self, data: bytes) -> None:
        """One stream: a page's or a form's."""
        actions = self._ACTIONS
        at = 0
        while at >= 0:
            start, at = at, -1
            for found in _PART.finditer(data, start):
                kind = found.lastgroup
                actions[kind](self, found)
                if kind == "inline":  # the bytes of a picture mean nothing
                    end = data.find(b"EI", found.end())
                    at = end + 2 if end >= 0 else -1
                    break

    def _word(self, found: re.Match[bytes]) -> None:
        match found[0]:
            case b"EMC":
                if self.marks:
                    self.marks.pop()
            case b"BMC":
                self._begin(self.name, {})
            case b"q":
                self.saved.append(self.decoder)
            case b"Q":
                self.decoder = self.saved.pop() if self.saved else None
            case b"Do":
                self._do(found)
            case _:
                self._paint(found)

    def _paint(self, _: re.Match[bytes]) -> None:
        if not self.marks:
            self.content.faults.unmarked += 1

    def _name(self, found: re.Match[bytes]) -> None:
        self.name = found[0][1:].decode("latin-1")

    def _face(self, found: re.Match[bytes]) -> None:
        operands = found["face"]
        if operands not in self.chosen:
            name = operands.split()[0].decode("latin-1")
            self.chosen[operands] = self.resources.decoder(name)
        self.decoder = self.chosen[operands]

    def _first(self, found: re.Match[bytes]) -> None:
        self._face(found)
        self._string(found["first"])

    def _span(self, found: re.Match[bytes]) -> None:
        if not self.marks:
            self._paint(found)
            return
        shown = 0
        if self.decoder is not None:
            for part in _STRING.finditer(found["inner"]):
                shown += visible(self.decoder.shown(part[0], self.content.faults))
        current, replaced = self.marks[-1]
        if current is not None:
            current.unseen -= shown
            if not replaced:
                actual = _actual(found["actual"])
                current.parts.append(actual)
                current.unseen += visible(actual)

    def _show(self, found: re.Match[bytes]) -> None:
        self._string(found[0])

    def _string(self, string: bytes) -> None:
        faults = self.content.faults
        text = self.decoder.shown(string, faults) if self.decoder is not None else ""
        if not self.marks:
            faults.unmarked += 1
            return
        current, replaced = self.marks[-1]
        if current is not None and replaced:
            current.unseen -= visible(text)
        elif current is not None:
            current.parts.append(text)

    def _do(self, found: re.Match[bytes]) -> None:
        form = self.resources.form(self.name)
        if form is None:
            self._paint(found)
            return
        if self.depth == _DEEPEST:
            raise BrokenPdfError("forms too deep")
        outside = self.resources, self.chosen, self.decoder, self.saved
        data, own = form
        self.resources, self.chosen = own or self.resources, {}
        self.depth += 1
        self.saved = []
        self.read(data)
        self.depth -= 1
        self.resources, self.chosen, self.decoder, self.saved = outside

    def _mark(self, found: re.Match[bytes]) -> None:
        self._begin(*self._properties(found[0]))

    def _properties(self, mark: bytes) -> tuple[str, dict[str, Any]]:
        known = self.known.get(mark)
        if known is None:
            tag, end = parse_object(mark, 0)
            value, _ = parse_object(mark, end)
            if not isinstance(value, dict):
                value = self.resources.properties(str(value))
            self.known[mark] = known = (tag, value)
        return known

    def _begin(self, tag: str, properties: dict[str, Any]) -> None:
        above, replaced = self.marks[-1] if self.marks else (None, False)
        mcid = properties.get("MCID")
        mcid = mcid if isinstance(mcid, int) else None
        if mcid is None and tag != "Artifact" and above is not None:
            current = above
        else:
            current = MarkedSequence(tag, mcid)
            self.content.sequences.append(current)
        actual = properties.get("ActualText")
        if actual is not None and not replaced:
            current.parts.append(text_of(actual))
            current.unseen += visible(current.parts[-1])
        self.marks.append((current, replaced or actual is not None))

    # Of the class: a reader that holds its own methods is only freed when cycles are collected.
    _ACTIONS: ClassVar[dict[str | None, Callable[[_Reader, re.Match[bytes]], None]]] = {
        "string": _show,
        "hex": _show,
        "span": _span,
        "mark": _mark,
        "face": _face,
        "first": _first,
        "name": _name,
        "inline": _paint,
        "word": _word,
    }


@lru_cache(4096)
def _actual(string: bytes) -> str:
    """The text of a string object."""
    return text_of(parse_object(string, 0)[0])


_BLOCK = late(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_CODE = late(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


def to_unicode(cmap: bytes) -> dict[int, str]:
    """The texts that a ToUnicode CMap gives for codes (ISO 32000-1, 9.10.3)."""
    texts: dict[int, str] = {}
    for block in _BLOCK.finditer(cmap):
        tokens = [m[2] or m[3] or m[1] for m in _CODE.finditer(block[2])]
        if block[1] == b"bfchar":
            for code, text in zip(tokens[::2], tokens[1::2], strict=False):
                texts[_number(code)] = _utf16(text)
        else:
            _add_ranges(tokens, texts)
    return texts


def _add_ranges(tokens: list[bytes], texts: dict[int, str]) -> None:
    at = total = 0
    while at + 2 < len(tokens):
        first, last, start = _number(tokens[at]), _number(tokens[at + 1]), tokens[at + 2]
        at += 3
        total += last - first
        if total > _MOST_CODES:
            raise BrokenPdfError("ranges of codes too long")
        if start != b"[":
            base = _utf16(start) or "\0"
            for code in range(first, last + 1):
                texts[code] = base[:-1] + chr((ord(base[-1]) + code - first) % 0x110000)
            continue
        for code in range(first, last + 1):
            if at < len(tokens) and tokens[at] != b"]":
                texts[code] = _utf16(tokens[at])
                at += 1
        while at < len(tokens) and tokens[at] != b"]":
            at += 1
        at += 1


def _number(code: bytes) -> int:
    return int(code, 16) if code.strip() and code not in (b"[", b"]") else 0


def _utf16(text: bytes) -> str:
    return from_hex(text).decode("utf-16-be", "replace") if text not in (b"[", b"]") else ""
