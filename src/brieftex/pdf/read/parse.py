"""A PDF file's objects, read from its bytes and from nothing else.

What goes in is a file with a classic cross-reference table, which is what brieftex writes and
what ``pypdf_bridge`` makes of any other. Values come out as Python's own: names are ``str``,
strings ``bytes``, arrays ``list``, dictionaries ``dict`` with names for keys. Every object is
parsed when it is asked for, once. It knows no fonts, pages or tags.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from struct import iter_unpack
from typing import Any, Final, NamedTuple, TypeAlias

from msgspec import Struct

from brieftex.memory import NOTHING_KEPT, Memo
from brieftex.patterns import late

# ISO 32000-1, 7.2.2: white space and delimiters.
_SPACE = rb"[\0\t\n\f\r ]*+(?:%[^\r\n]*+[\0\t\n\f\r ]*+)*+"
_REGULAR = rb"[^\0\t\n\f\r ()<>\[\]{}/%]"

_VALUE = (
    _SPACE + rb"(?:/(?P<name>" + _REGULAR + rb"*+)"
    rb"|(?P<reference>[0-9]++[\0\t\n\f\r ]++[0-9]++[\0\t\n\f\r ]++R(?!" + _REGULAR + rb"))"
    rb"|(?P<number>[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++))"
    rb"|\((?P<literal>(?:[^()\\]++|\\.)*+)\)"
    rb"|(?P<open><<)|(?P<close>>>)|<(?P<hex>[0-9A-Fa-f\0\t\n\f\r ]*+)>"
    rb"|(?P<array>\[)|(?P<end>\])|(?P<nested>\()"
    rb"|(?P<word>" + _REGULAR + rb"++))"
)
_TOKEN = late(_VALUE, re.DOTALL)
# A key of a dictionary and the token with which its value begins, or the end of the dictionary.
# A short value in which little is nested is one token: those of pages are the same on each.
_SHORT_VALUE = rb"(?P<short>\[[^\[\]()<>%]{0,80}+\]|<<[^()<>%]{0,120}+>>)"
_KEY = _SPACE + rb"(?:/(?P<key>" + _REGULAR + rb"*+)(?:" + _SPACE
_ENTRY = late(_KEY + _SHORT_VALUE + rb"|" + _VALUE + rb")|>>(?P<last>))", re.DOTALL)
_ESCAPE = late(rb"\\(?:([0-7]{1,3})|(\r\n|\r|\n)|(.))", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_NAME_ESCAPE = late(rb"#([0-9A-Fa-f]{2})")
_PARENTHESIS = late(rb"\\.|[()]", re.DOTALL)
_HEAD = late(_SPACE + rb"(\d++)[\0\t\n\f\r ]++(\d++)[\0\t\n\f\r ]++obj")
_SECTION = late(_SPACE + rb"(\d++)[ \t]++(\d++)[ \t]*+\r?\n?")
_STREAM = late(_SPACE + rb"stream(?:\r\n|\n)")
_WORDS: dict[bytes, bool | None] = {b"true": True, b"false": False, b"null": None}

_DEEPEST = 60
"""Arrays and dictionaries inside each other; a hostile file could have a million."""

_LARGEST = 256 << 20
"""Bytes of a stream once unpacked: ten times the pixels of a page in print quality."""

_SHORT = 4096
"""Bytes of an object that is kept; what is longer is most often a stream."""

_MOST_OBJECTS = 8_388_607
"""ISO 19005-2, 6.1.13."""


class BrokenPdfError(Exception):
    """The bytes are not what a PDF file must be. The message is English, for developers."""


class UnusualPdfError(BrokenPdfError):
    """The file may be sound, but is not written the way brieftex writes."""


class Reference(NamedTuple):
    """An indirect reference."""

    number: int
    generation: int


class Stream(Struct, frozen=True):
    """A stream: its dictionary and its bytes as they stand in the file."""

    entries: dict[str, Any]
    raw: bytes


Value: TypeAlias = Any
"""None, bool, int, float, str (a name), bytes, list, dict, Reference or Stream."""


class PdfFile:
    """The objects of a file."""

    def __init__(self, data: bytes, memo: Memo = NOTHING_KEPT) -> None:
        """Read the cross-reference table; ``memo`` may know objects by their bytes. Raises
        BrokenPdfError."""
        self.data = data
        self._memo = memo
        self._stops: dict[int, int] = {}
        self._offsets: dict[int, int] = {}
        self._known: dict[int, Value] = {}
        self._unpacked: dict[int, bytes] = {}
        self.trailer: dict[str, Value] = {}
        self._read_tables()
        if memo.keeps:
            places = sorted(self._offsets.values())
            self._stops.update(pairwise(places))

    @property
    def catalog(self) -> dict[str, Value]:
        """The document catalog. Raises BrokenPdfError."""
        return self.dictionary(self.trailer.get("Root"))

    def get(self, value: Value) -> Value:
        """``value``, or the object that it refers to; None where there is none."""
        steps = 0
        while isinstance(value, Reference):
            number, steps = value.number, steps + 1
            if steps > _DEEPEST:
                raise BrokenPdfError("references in a circle")
            if number not in self._known:
                self._known[number] = self._made(number)
            value = self._known[number]
        return value

    def passing(self, value: Value) -> Value:
        """The same, but a stream is not kept: those of pages are as large as the whole file."""
        if isinstance(value, Reference) and value.number not in self._known:
            found = self._made(value.number)
            if isinstance(found, Stream):
                return found
            self._known[value.number] = found
        return self.get(value)

    def _made(self, number: int) -> Value:
        offset = self._offset(number)
        return None if offset is None else self._read(number, offset)

    def _offset(self, number: int) -> int | None:
        """Where an object begins; None where there is none."""
        return self._offsets.get(number)

    def dictionary(self, value: Value) -> dict[str, Value]:
        """The dictionary, or a stream's; an empty one where there is none."""
        found = self.get(value)
        if isinstance(found, Stream):
            return found.entries
        return found if isinstance(found, dict) else {}

    def array(self, value: Value) -> list[Value]:
        """The array; an empty one where there is none."""
        found = self.get(value)
        return found if isinstance(found, list) else []

    def number(self, value: Value, default: int = 0) -> int:
        """The whole number."""
        found = self.get(value)
        return found if isinstance(found, int) and not isinstance(found, bool) else default

    def name(self, value: Value) -> str:
        """The name, '' where there is none."""
        found = self.get(value)
        return found if isinstance(found, str) else ""

    def unpacked(self, stream: Stream, *, kept: bool = True) -> bytes:
        """The bytes of a stream, which are ``kept`` as long as it is. Raises BrokenPdfError."""
        names = self.get(stream.entries.get("Filter"))
        filters = names if isinstance(names, list) else [names] if names else []
        if not filters:
            return stream.raw
        if filters != ["FlateDecode"] or self.get(stream.entries.get("DecodeParms")):
            raise UnusualPdfError(f"filters {filters}")
        if not kept:
            return inflated(stream.raw)
        key = id(stream)
        if key not in self._unpacked:
            self._unpacked[key] = inflated(stream.raw)
        return self._unpacked[key]

    def _read_tables(self) -> None:
        at = self.data.rfind(b"startxref")
        if not self.data.startswith(b"%PDF-") or at < 0:
            raise BrokenPdfError("no header or no startxref")
        found = re.compile(rb"startxref\s+(\d{1,10})\s").match(self.data, at)
        offset: Value = int(found[1]) if found else -1
        seen: set[int] = set()
        while isinstance(offset, int) and offset not in seen:
            seen.add(offset)
            trailer = self._read_table(offset)
            if "XRefStm" in trailer:
                raise UnusualPdfError("hybrid file")
            self.trailer = {**trailer, **self.trailer}
            offset = trailer.get("Prev")

    def _read_table(self, offset: int) -> dict[str, Value]:
        data = self.data
        if not 0 <= offset < len(data) or data[offset : offset + 4] != b"xref":
            raise UnusualPdfError("no cross-reference table")
        at = offset + 4
        while found := _SECTION.match(data, at):
            first, count = int(found[1]), int(found[2])
            at = found.end()
            if count > _MOST_OBJECTS or at + 20 * count > len(data):
                raise BrokenPdfError("cross-reference table longer than the file")
            entries = iter_unpack("10s7xc2x", data[at : at + 20 * count])
            for number, (place, kind) in enumerate(entries, first):
                if kind == b"n" and place.isdigit():
                    self._offsets.setdefault(number, int(place))
            at += 20 * count
        word = re.compile(_SPACE + rb"trailer").match(data, at)
        trailer, _ = parse_object(data, word.end()) if word else (None, 0)
        if not isinstance(trailer, dict):
            raise BrokenPdfError("no trailer")
        return trailer

    def _read(self, number: int, offset: int) -> Value:
        head = _HEAD.match(self.data, offset)
        if head is None or int(head[1]) != number:
            raise BrokenPdfError(f"no object {number} at {offset}")
        start, stop = head.end(), self._stops.get(offset, 0)
        written = self.data[start:stop] if stop - start <= _SHORT else b""
        value = self._memo.get(written) if written else None
        if value is not None:
            return value
        value, end = parse_object(self.data, start)
        if isinstance(value, dict):
            stream = _STREAM.match(self.data, end)
            if stream is not None:
                return self._stream(value, stream.end())
        if written and b"endobj" in self.data[end:stop]:  # nothing behind it was looked at
            self._memo.put(written, value)
        return value

    def _stream(self, entries: dict[str, Value], start: int) -> Stream:
        length = entries.get("Length")
        if isinstance(length, Reference):
            length = self.get(length)
        end = start + length if isinstance(length, int) else -1
        if end < start or self.data[end : end + 12].lstrip()[:9] != b"endstream":
            raise BrokenPdfError("wrong length of a stream")
        return Stream(entries, self.data[start:end])


def parse_object(data: bytes, at: int, depth: int = 0) -> tuple[Value, int]:
    """The value at ``at`` of ``data``, and where it ends. Raises BrokenPdfError."""
    found = _TOKEN.match(data, at)
    if found is None:
        raise BrokenPdfError(f"no value at {at}")
    return _value(found, data, depth)


def _value(found: re.Match[bytes], data: bytes, depth: int) -> tuple[Value, int]:
    """The value that begins with a token."""
    kind, end = found.lastgroup or "", found.end()
    meaning = _MEANINGS.get(kind)
    if meaning is not None:
        return meaning(found[kind]), end
    if depth >= _DEEPEST:
        raise BrokenPdfError(f"too many levels at {end}")
    if kind == "short":
        if depth < _DEEPEST - 1:
            return _short(found[kind]), end
        return parse_object(data, found.start(kind), depth)
    if kind == "open":
        return _dictionary(data, end, depth + 1)
    if kind == "array":
        return _array(data, end, depth + 1)
    if kind == "nested":
        return _nested(data, end)
    raise BrokenPdfError(f"{found[0][:20]!r} where a value should be")


@lru_cache(4096)
def _name(text: bytes) -> str:
    if b"#" in text:
        text = _NAME_ESCAPE.sub(lambda m: bytes.fromhex(m[1].decode("ascii")), text)
    return text.decode("latin-1")


@lru_cache(4096)
def _reference(text: bytes) -> Reference:
    number, generation, _ = text.split()
    return Reference(int(number[:10]), int(generation[:10]))


def _number(text: bytes) -> int | float:
    return float(text) if b"." in text else int(text[:20])


def _word(text: bytes) -> bool | None:
    if text not in _WORDS:
        raise BrokenPdfError(f"{text[:20]!r} where a value should be")
    return _WORDS[text]


def _dictionary(data: bytes, at: int, depth: int) -> tuple[dict[str, Value], int]:
    made: dict[str, Value] = {}
    match, meanings = _ENTRY.match, _MEANINGS
    while True:
        found = match(data, at)
        if found is None:
            raise BrokenPdfError(f"no entry of a dictionary, nor its end, at {at}")
        kind = found.lastgroup or ""
        if kind == "last":
            return made, found.end()
        meaning = meanings.get(kind)
        if meaning is None:
            made[_name(found["key"])], at = _value(found, data, depth)
        else:
            made[_name(found["key"])], at = meaning(found[kind]), found.end()


def _array(data: bytes, at: int, depth: int) -> tuple[list[Value], int]:
    made: list[Value] = []
    match = _TOKEN.match
    while True:
        found = match(data, at)
        if found is None:
            raise BrokenPdfError("array without end")
        if found.lastgroup == "end":
            return made, found.end()
        value, at = _value(found, data, depth)
        made.append(value)


def _nested(data: bytes, start: int) -> tuple[bytes, int]:
    """A literal string with parentheses inside (ISO 32000-1, 7.3.4.2)."""
    level = 1
    for found in _PARENTHESIS.finditer(data, start):
        level += {b"(": 1, b")": -1}.get(found[0], 0)
        if level == 0:
            return unescaped(data[start : found.start()]), found.end()
    raise BrokenPdfError("string without end")


def unescaped(text: bytes) -> bytes:
    """What a literal string means."""
    if b"\\" in text and b"\\\\" not in text:  # nearly always, no more than this is escaped
        text = text.replace(b"\\(", b"(").replace(b"\\)", b")").replace(b"\\r", b"\r")
    if b"\\" not in text:
        return text

    def meaning(found: re.Match[bytes]) -> bytes:
        octal, newline, char = found.groups()
        if octal is not None:
            return bytes((int(octal, 8) & 0xFF,))
        return b"" if newline is not None else _ESCAPED.get(char, char)

    return _ESCAPE.sub(meaning, text)


def from_hex(text: bytes) -> bytes:
    """What a hexadecimal string means; the last digit may be left out."""
    try:
        return bytes.fromhex(text.decode("ascii"))
    except ValueError:
        digits = b"".join(text.split()).replace(b"\0", b"").decode("ascii")
        return bytes.fromhex(digits + "0" * (len(digits) % 2))


@lru_cache(1024)
def _short(text: bytes) -> Value:
    """What a short array or dictionary means: the same object for the same bytes."""
    return parse_object(text, 0)[0]


_MEANINGS: Final[dict[str, Callable[[bytes], Value]]] = {
    "name": _name,
    "reference": _reference,
    "number": _number,
    "literal": unescaped,
    "hex": from_hex,
    "word": _word,
}
"""What the tokens mean that are values by themselves."""


def inflated(data: bytes) -> bytes:
    """Unpack zlib data, up to a limit. Raises BrokenPdfError."""
    if not data:  # some programs write an empty stream so
        return b""
    try:
        unpacking = zlib.decompressobj()
        made = unpacking.decompress(data, _LARGEST)
    except zlib.error as error:
        raise BrokenPdfError(str(error)) from error
    if not unpacking.eof:
        raise BrokenPdfError("stream cut off or too large")
    return made


def text_of(value: Value) -> str:
    """A text string as characters (ISO 32000-1, 7.9.2.2); '' for anything else."""
    if not isinstance(value, bytes):
        return ""
    if value.startswith(b"\xfe\xff"):
        return value[2:].decode("utf-16-be", "replace")
    if value.startswith(b"\xef\xbb\xbf"):
        return value[3:].decode("utf-8", "replace")
    return value.decode("latin-1")  # PDFDocEncoding, but for some marks
