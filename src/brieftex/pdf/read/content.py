"""What a page shows as text, by marked content sequence (ISO 32000-1, 14.6).

The text is what a reader gets that knows /ActualText and ToUnicode. Where glyphs stand does not
matter here; ``placement`` goes through the content stream.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from struct import Struct as PackedPairs
from typing import Any

from msgspec import Struct, field

from brieftex.patterns import FORMAT, late
from brieftex.pdf.read.parse import BrokenPdfError, from_hex, text_of

# White space, and what has neither width nor ink. The frame of a keycap is no more than part of the
# circle of ①, which stands for it.
_BLANK = late(
    f"[\\s{FORMAT}\u115f\u1160\u2800\u3164\uffa0\ufe00-\ufe0f\u20e3\U000e0100-\U000e01ef]+"
)

_MOST_CODES = 1_000_000
_CODES = 0x10000  # that two bytes can tell


@lru_cache(4096)
def visible(text: str) -> int:
    """How many characters have ink, however they are written: one glyph is é, composed or not, and
    its font says one way of writing it."""
    return len(_BLANK.sub("", unicodedata.normalize("NFC", text)))


@lru_cache(256)  # most strings are shorter
def _pairs(count: int) -> PackedPairs:
    """What reads so many numbers of two bytes."""
    return PackedPairs(f">{count}H")


class Decoder(Struct):
    """What a font's codes mean. ``width`` is their bytes; ``texts`` has those that ToUnicode
    knows, and for a code without one the font shows no character to a reader. ``listed`` has the
    same by code, where it is found sooner, but for .notdef."""

    texts: Mapping[int, str]
    width: int = 2
    listed: list[str | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        """List the texts."""
        self.listed[:] = [None] * min(max(self.texts, default=-1) + 1, _CODES)
        for code, text in self.texts.items():
            if 0 <= code < _CODES:
                self.listed[code] = text
        if self.width == 2:
            self.listed[:1] = [None]

    def codes(self, string: bytes) -> tuple[int, ...]:
        """The codes of a string; what is left of one at its end is passed over."""
        return _pairs(len(string) // 2).unpack_from(string) if self.width == 2 else tuple(string)

    def text(self, codes: tuple[int, ...], faults: Faults) -> str:
        """The characters of codes; what cannot be read is counted."""
        try:
            # A text that is not known is None there, which is no part of a string.
            return "".join(map(self.listed.__getitem__, codes))  # type: ignore[arg-type]
        except (IndexError, TypeError):
            pass
        if self.width == 2 and 0 in codes:  # .notdef, whatever ToUnicode says
            faults.missing += codes.count(0)
            codes = tuple(filter(None, codes))
        return "".join([self._one(code, faults) for code in codes])

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


class PageContent(Struct):
    """The sequences of a page in their order, and what is wrong with it."""

    sequences: list[MarkedSequence] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)


class MarkedText:
    """Takes what a page shows, one after the other. ``marks`` is open marked content: the sequence
    that collects text, None for one that is in no tag, and whether the text is replaced by
    another. ``parts`` takes what is shown, None where more is to be done with that."""

    def __init__(self) -> None:
        """Begin a page."""
        self.content = PageContent()
        self.marks: list[tuple[MarkedSequence | None, bool]] = []
        self.parts: list[str] | None = None

    def finished(self) -> PageContent:
        """What was taken; each sequence is put together."""
        for sequence in self.content.sequences:
            sequence.parts[:] = ["".join(sequence.parts)]  # a third of what the pieces take
        return self.content

    def show(self, text: str) -> None:
        """A string is painted that means these characters."""
        if not self.marks:
            self.content.faults.unmarked += 1
            return
        current, replaced = self.marks[-1]
        if current is None:
            return
        if replaced:
            current.unseen -= visible(text)
        else:
            current.parts.append(text)

    def paint(self) -> None:
        """Something else is painted."""
        if not self.marks:
            self.content.faults.unmarked += 1

    def begin(self, tag: str, properties: dict[str, Any]) -> None:
        """Marked content begins."""
        above, replaced = self.marks[-1] if self.marks else (None, False)
        mcid, actual = properties.get("MCID"), properties.get("ActualText")
        mcid = mcid if isinstance(mcid, int) else None
        current: MarkedSequence | None
        if mcid is None and tag == "Span" and not self.marks and actual is not None:
            current = None  # text that replaces what is in no tag
            self.content.faults.unmarked += 1
        elif mcid is None and tag != "Artifact" and above is not None:
            current = above
        else:
            current = MarkedSequence(tag, mcid)
            self.content.sequences.append(current)
        if current is not None and actual is not None and not replaced:
            current.parts.append(text_of(actual))
            current.unseen += visible(current.parts[-1])
        self.marks.append((current, replaced or actual is not None))
        self._turn()

    def end(self) -> None:
        """Marked content ends."""
        if self.marks:
            self.marks.pop()
        self._turn()

    def _turn(self) -> None:
        current, replaced = self.marks[-1] if self.marks else (None, False)
        self.parts = None if current is None or replaced else current.parts


_BLOCK = late(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_CODE = late(rb"<[0-9A-Fa-f\s]*+>|[\[\]]")


def to_unicode(cmap: bytes) -> dict[int, str]:
    """The texts that a ToUnicode CMap gives for codes (ISO 32000-1, 9.10.3)."""
    texts: dict[int, str] = {}
    for block in _BLOCK.finditer(cmap):
        tokens = _CODE.findall(block[2])
        if block[1] == b"bfchar":
            _add_codes(tokens[::2], tokens[1::2], texts)
        else:
            _add_ranges(tokens, texts)
    return texts


def _add_codes(codes: list[bytes], meant: list[bytes], texts: dict[int, str]) -> None:
    """Add what single codes mean: nearly always each is two bytes and a character of two."""
    numbers, units = _two_each(codes), _two_each(meant)
    found = units.decode("utf-16-be", "replace")
    if numbers and units and len(found) * 2 == len(units):
        known = _pairs(len(numbers) // 2).unpack(numbers)
        texts.update(zip(known, found, strict=False))
    else:
        for code, text in zip(codes, meant, strict=False):
            texts[_number(code)] = _utf16(text)


def _two_each(tokens: list[bytes]) -> bytes:
    """What hexadecimal strings mean if each is of two bytes; else nothing."""
    digits = b"".join(tokens).translate(None, b"<>")
    if set(map(len, tokens)) != {len("<0000>")} or not digits.isalnum():
        return b""
    return bytes.fromhex(digits.decode("ascii"))


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
    digits = code[1:-1]
    return int(digits, 16) if digits.strip() else 0


def _utf16(text: bytes) -> str:
    return from_hex(text[1:-1]).decode("utf-16-be", "replace")
