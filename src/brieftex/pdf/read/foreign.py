"""Pages of another program's PDF file as form XObjects (ISO 32000-1, 8.10), ready to be written.

Who made the file is not known, so it is read in a copy of this process that the kernel bounds
(``bounded``); what comes back are bytes. A page becomes one form whose /Matrix maps what of it is
seen, its crop box turned by /Rotate, onto the unit square, as an image is. Annotations that are
printed, stamps and filled fields among them, are drawn by their appearances on top of it; links,
scripts, tags and whatever else a page has are left behind.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

from msgspec import Struct
from pypdf import PageObject, PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    EncodedStreamObject,
    IndirectObject,
    NullObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from brieftex.pdf.read.bounded import Bounds, bounded
from brieftex.pdf.read.pypdf_bridge import LockedError, quietly

MOST_FOREIGN_PAGES = 5000
"""Pages of one file that are taken."""

FOREIGN_SECONDS, FOREIGN_MEBIBYTES = 20, 1024
"""What reading a file may take, and a second more for each MiB of it."""

_LEFT_OUT = frozenset(
    ("/StructParent", "/StructParents", "/PieceInfo", "/Metadata", "/AF", "/Length")
)
# Annotation flags (ISO 32000-1, 12.5.3): Hidden, and Print.
_HIDDEN, _PRINTED = 1 << 1, 1 << 2
_DEEPEST = 60
"""Arrays and dictionaries in one another."""

_NEVER_DRAWN = ("/Link", "/Popup", "/Text", "/FileAttachment")  # icons are no content
_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
_OWN_MARK = (
    b"/PieceInfo<</brieftex<</LastModified(D:20000101120000Z)/Private/Foreign>>>>"
    b"/LastModified(D:20000101120000Z)"
)


class ForeignFormPage(Struct, frozen=True):
    """A page: its number, its size as it is seen in points, and the index of its form."""

    number: int
    width: float
    height: float
    form: int


class ForeignPart(Struct, frozen=True):
    """What was taken of a file: its objects, each as bytes and the indices of other objects; the
    pages; how many there are in all; faces that are not embedded; whether there are hidden layers;
    how many fields have no appearance."""

    objects: tuple[tuple[bytes | int, ...], ...]
    pages: tuple[ForeignFormPage, ...]
    count: int
    faces: tuple[str, ...]
    layers: bool
    fields: int


class NoSuchPageError(Exception):
    """A page that the file does not have; how many it has."""

    def __init__(self, page: int, count: int) -> None:
        """Which page of how many."""
        super().__init__(f"page {page} of {count}")
        self.page, self.count = page, count


class DamagedError(Exception):
    """The file cannot be read."""


def foreign_bounds(data: bytes) -> Bounds:
    """What reading a file may take."""
    size = len(data) // 2**20
    return Bounds(FOREIGN_SECONDS + size, FOREIGN_MEBIBYTES + 4 * size)


def read_foreign(data: bytes, wanted: Sequence[tuple[int, int]]) -> ForeignPart:
    """The pages of ``wanted`` ranges, all where there is none. Raises DamagedError, LockedError,
    NoSuchPageError, and TooCostlyError."""
    try:
        found = bounded(lambda: _answer(data, wanted), foreign_bounds(data))
    except RuntimeError as error:
        raise DamagedError from error
    if isinstance(found, ForeignPart):
        return found
    if found == "locked":
        raise LockedError
    if isinstance(found, tuple):
        raise NoSuchPageError(*found)
    raise DamagedError


def _answer(data: bytes, wanted: Sequence[tuple[int, int]]) -> ForeignPart | str | tuple[int, int]:
    """The part, or why there is none, as a value that can be sent."""
    with quietly():
        try:
            reader = PdfReader(BytesIO(data))
            if reader.is_encrypted:
                return "locked"
            count = len(reader.pages)
            if not count:
                return "damaged"
            numbers = [
                n for a, b in wanted or [(1, count)] for n in range(a, min(b, count + 1) + 1)
            ]
            beyond = next((n for n in numbers if n > count), None)
            if beyond is not None:
                return (beyond, count)
            return _Taker(reader).part(numbers) if len(numbers) <= MOST_FOREIGN_PAGES else "damaged"
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001  # whatever it is, the file is to blame
            return "damaged"


class _Taker:
    """Takes objects out of a file."""

    def __init__(self, reader: PdfReader) -> None:
        self.reader = reader
        self.objects: list[tuple[bytes | int, ...]] = []
        self.known: dict[tuple[int, int], int] = {}
        self.waiting: list[tuple[int, PdfObject]] = []
        self.faces: dict[str, None] = {}
        self.fields = 0

    def part(self, numbers: Iterable[int]) -> ForeignPart:
        """These pages."""
        pages = tuple(self._page(number) for number in numbers)
        return ForeignPart(
            tuple(self.objects), pages, len(self.reader.pages), tuple(self.faces), self._layers(),
            self.fields,
        )  # fmt: skip

    def _page(self, number: int) -> ForeignFormPage:
        page = self.reader.pages[number - 1]
        box = _box(page)
        left, bottom, right, top = box
        wide, high = right - left, top - bottom
        turn = int(page.get("/Rotate", 0) or 0) % 360 // 90
        content = _content(page)
        edges = b"/BBox[%b]" % b" ".join(map(_number, box))
        resources = self._parts(page.get("/Resources", DictionaryObject()))
        group: Any = page.get("/Group")
        grouped: list[bytes | int] = []
        if group is not None:
            grouped = [b"/Group ", *self._parts(group)]
        inner = self._stream(
            [b"/Type/XObject/Subtype/Form" + edges + b"/Resources ", *resources,
             *grouped],
            content,
        )  # fmt: skip
        drawn = [b"/P Do"]
        names: list[bytes | int] = [b"/P ", inner]
        for index, (matrix, form) in enumerate(self._appearances(page)):
            drawn.append(b"q %b cm /A%d Do Q" % (b" ".join(map(_number, matrix)), index))
            names += [b"/A%d " % index, form]
        matrix = {
            0: (1 / wide, 0, 0, 1 / high, -left / wide, -bottom / high),
            1: (0, -1 / wide, 1 / high, 0, -bottom / high, right / wide),
            2: (-1 / wide, 0, 0, -1 / high, right / wide, top / high),
            3: (0, 1 / wide, -1 / high, 0, top / high, -left / wide),
        }[turn]
        outer = self._stream(
            [b"/Type/XObject/Subtype/Form" + edges + _OWN_MARK + b"/Matrix[",
             b" ".join(map(_number, matrix)), b"]/Resources<</XObject<<", *names, b">>>>"],
            b"\n".join(drawn),
        )  # fmt: skip
        self._take_waiting()
        unit = float(page.get("/UserUnit", 1) or 1)
        size = (wide * unit, high * unit) if turn % 2 == 0 else (high * unit, wide * unit)
        return ForeignFormPage(number, *size, outer)

    def _appearances(self, page: PageObject) -> Iterator[tuple[tuple[float, ...], int]]:
        """The appearances of annotations that are printed, each with the matrix that brings it to
        its place (ISO 32000-1, 12.5.5, algorithm 8.1)."""
        annotations: Any = page.get("/Annots")
        listed: Any = () if annotations is None else annotations.get_object()
        for value in listed:
            note: Any = value.get_object()
            if not isinstance(note, DictionaryObject) or note.get("/Subtype") in _NEVER_DRAWN:
                continue
            flags = int(note.get("/F", 0))
            if flags & _HIDDEN or not flags & _PRINTED:
                continue
            normal = _appearance(note)
            if normal is None:
                self.fields += note.get("/Subtype") == "/Widget" and bool(note.get("/V"))
                continue
            shown: Any = normal.get_object()
            rect: Any = note["/Rect"]
            x0, y0, x1, y1 = _normalised([float(v) for v in rect])
            a, b, c, d, e, f = [float(v) for v in shown.get("/Matrix", (1, 0, 0, 1, 0, 0))]
            left, bottom, right, top = _normalised([float(v) for v in shown["/BBox"]])
            corners = [(left, bottom), (left, top), (right, bottom), (right, top)]
            xs = [a * x + c * y + e for x, y in corners]
            ys = [b * x + d * y + f for x, y in corners]
            width, height = max(xs) - min(xs), max(ys) - min(ys)
            if not width or not height:
                continue
            across, up = (x1 - x0) / width, (y1 - y0) / height
            matrix = (across, 0.0, 0.0, up, x0 - min(xs) * across, y0 - min(ys) * up)
            yield matrix, self._index(normal)

    def _layers(self) -> bool:
        """Whether there are layers that are not seen at first."""
        root: Any = self.reader.trailer["/Root"].get_object()
        properties: Any = root.get("/OCProperties", {})
        if not properties:
            return False
        default: Any = properties.get_object().get("/D")
        default = {} if default is None else default.get_object()
        return bool(default.get("/OFF")) or default.get("/BaseState") == "/OFF"

    # -- objects as bytes --------------------------------------------------------------------

    def _stream(self, entries: Sequence[bytes | int], data: bytes) -> int:
        packed = zlib.compress(data)
        body = [b"<<", *entries, b"/Filter/FlateDecode/Length %d>>\nstream\n" % len(packed)]
        self.objects.append((*body, packed, b"\nendstream\n"))
        return len(self.objects) - 1

    def _index(self, value: PdfObject) -> int:
        """The index of an object that is referred to; it is taken later."""
        if isinstance(value, IndirectObject):
            key = value.idnum, value.generation
            if key not in self.known:
                self.known[key] = self._reserve(value.get_object())
            return self.known[key]
        return self._reserve(value)

    def _reserve(self, value: PdfObject | None) -> int:
        self.objects.append((b"null",))
        index = len(self.objects) - 1
        self.waiting.append((index, NullObject() if value is None else value))
        return index

    def _take_waiting(self) -> None:
        while self.waiting:
            index, value = self.waiting.pop()
            if isinstance(value, StreamObject):
                self.objects[index] = tuple(self._stream_parts(value))
            else:
                self.objects[index] = tuple(self._parts(value))

    def _stream_parts(self, value: StreamObject) -> Iterator[bytes | int]:
        encoded = isinstance(value, EncodedStreamObject)
        data = bytes(value._data)  # noqa: SLF001  # as they are in the file
        yield b"<<"
        for key in value:
            if key in _LEFT_OUT or (not encoded and key in ("/Filter", "/DecodeParms")):
                continue
            yield _written(key) + b" "
            yield from self._parts(value.raw_get(key))
        yield b"/Length %d>>\nstream\n" % len(data)
        yield data
        yield b"\nendstream\n"

    def _parts(self, value: Any, depth: int = 0) -> list[bytes | int]:
        """A value as bytes and indices of objects."""
        if depth > _DEEPEST:
            raise ValueError("arrays and dictionaries too deep")
        match value:
            case IndirectObject() | StreamObject():
                return [self._index(value)]
            case DictionaryObject():
                return self._dictionary(value, depth)
            case ArrayObject():
                parts: list[bytes | int] = []
                for inner in value:
                    parts += [*self._parts(inner, depth + 1), b" "]
                return [b"[", *parts, b"]"]
            case TextStringObject():
                return [b"<%b>" % value.original_bytes.hex().encode("ascii")]
            case ByteStringObject():
                return [b"<%b>" % bytes(value).hex().encode("ascii")]
        return [_written(value)]

    def _dictionary(self, value: DictionaryObject, depth: int) -> list[bytes | int]:
        if value.get("/Type") == "/Page":  # a way back to the page, of no use here
            return [b"null"]
        self._look_at_face(value)
        made: list[bytes | int] = [b"<<"]
        for key in value:
            if key not in _LEFT_OUT:
                made += [_written(key) + b" ", *self._parts(value.raw_get(key), depth + 1)]
        return [*made, b">>"]

    def _look_at_face(self, font: DictionaryObject) -> None:
        """Take down a face that is not embedded."""
        if font.get("/Type") != "/Font" or font.get("/Subtype") in ("/Type0", "/Type3"):
            return
        descriptor = font.get("/FontDescriptor")
        descriptor = descriptor.get_object() if descriptor is not None else {}
        if not any(key in descriptor for key in _PROGRAMS):
            self.faces[str(font.get("/BaseFont", "?")).lstrip("/")] = None


def _appearance(note: DictionaryObject) -> PdfObject | None:
    """The normal appearance of an annotation, in its state."""
    drawn = note.get("/AP")
    if drawn is None:
        return None
    states = drawn.get_object()
    if "/N" not in states:
        return None
    normal = states.raw_get("/N")
    shown = normal.get_object()
    if isinstance(shown, StreamObject):
        return normal if "/BBox" in shown else None
    state = note.get("/AS")
    if isinstance(shown, DictionaryObject) and state in shown:
        chosen = shown.raw_get(state)
        stream = chosen.get_object()
        return chosen if isinstance(stream, StreamObject) and "/BBox" in stream else None
    return None


def _content(page: PageObject) -> bytes:
    found = page.get("/Contents")
    found = found.get_object() if found is not None else None
    streams = found if isinstance(found, ArrayObject) else [found] if found is not None else []
    parts = [part.get_object() for part in streams]
    return b"\n".join(part.get_data() for part in parts if isinstance(part, StreamObject))


def _box(page: PageObject) -> tuple[float, float, float, float]:
    """What of a page is seen: its crop box inside its media box."""
    media = _normalised([float(v) for v in page.mediabox])
    crop = _normalised([float(v) for v in page.cropbox])
    box = (
        max(media[0], crop[0]), max(media[1], crop[1]),
        min(media[2], crop[2]), min(media[3], crop[3]),
    )  # fmt: skip
    found = box if box[0] < box[2] and box[1] < box[3] else media
    if not (found[0] < found[2] and found[1] < found[3]):
        raise ValueError("a page without a size")
    return found


def _normalised(edges: Sequence[float]) -> tuple[float, float, float, float]:
    a, b, c, d = edges
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _written(value: Any) -> bytes:
    out = BytesIO()
    value.write_to_stream(out)
    return out.getvalue()


def _number(value: float) -> bytes:
    return f"{value:.9f}".rstrip("0").rstrip(".").encode("ascii") or b"0"
