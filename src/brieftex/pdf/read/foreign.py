"""Pages of another program's PDF file as form XObjects (ISO 32000-1, 8.10), ready to be written.

Who made the file is not known, so it is read in a copy of this process that the kernel bounds
(``bounded``); what comes back are bytes. A page becomes one form whose /Matrix maps what of it is
seen, its crop box turned by /Rotate, onto the unit square, as an image is. Annotations that are
printed, stamps and filled fields among them, are drawn by their appearances on top of it; links,
scripts, tags and whatever else a page has are left behind.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
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

from brieftex.foreign import (
    PageRanges,
    from_foreign,
    normalised,
    quarter_turns,
    seen_box,
    seen_size,
)

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


# The graphics state that a page begins with (ISO 32000-1, 8.4.1, 9.3): a form goes on with that of
# the page it is drawn on, in which the ink may be red and characters have an outline.
_AT_FIRST = (
    b"0 g 0 G 1 w 0 J 0 j 10 M []0 d 0 i/RelativeColorimetric ri"
    b" 0 Tc 0 Tw 100 Tz 0 TL 0 Tr 0 Ts/S gs"
)
_AT_FIRST_STATE = (
    b"/ExtGState<</S<</ca 1/CA 1/BM/Normal/SMask/None/AIS false/op false/OP false/OPM 0>>>>"
)

LEFT_BEHIND = {
    "files": ("附着的文件", "attached files"),
    "scripts": ("脚本", "scripts"),
    "media": ("声音和影像", "sound and video"),
    "links": ("链接", "links"),
    "comments": ("批注", "comments"),
}
"""What a page or a file may have besides ink, in both languages."""

_MEDIA = ("/Sound", "/Movie", "/Screen", "/RichMedia", "/3D")


class ForeignFormPage(Struct, frozen=True):
    """A page: its number, its size as it is seen in points, and the index of its form."""

    number: int
    width: float
    height: float
    form: int


class ForeignPart(Struct, frozen=True):
    """What was taken of a file: its objects, each as bytes and the indices of other objects; the
    pages; how many there are in all; faces that are not embedded; whether there are hidden layers;
    how many fields have no appearance; whether its forms are XFA, whose pages are made by the
    program that shows them; and what of it is left behind, as ``LEFT_BEHIND`` names it."""

    objects: tuple[tuple[bytes | int, ...], ...]
    pages: tuple[ForeignFormPage, ...]
    count: int
    faces: tuple[str, ...]
    layers: bool
    fields: int
    dynamic: bool
    left: tuple[str, ...]


def read_foreign(data: bytes, wanted: PageRanges) -> ForeignPart:
    """The pages of ``wanted`` ranges. Raises what ``from_foreign`` does."""
    return from_foreign(data, wanted, lambda reader, numbers: _Taker(reader).part(numbers))


class _Taker:
    """Takes objects out of a file."""

    def __init__(self, reader: PdfReader) -> None:
        self.reader = reader
        self.objects: list[tuple[bytes | int, ...]] = []
        self.known: dict[tuple[int, int], int] = {}
        self.waiting: list[tuple[int, PdfObject]] = []
        self.faces: dict[str, None] = {}
        self.fields = 0
        self.left: set[str] = set()

    def part(self, numbers: Iterable[int]) -> ForeignPart:
        """These pages."""
        pages = tuple(self._page(number) for number in numbers)
        dynamic = self._look_at_file()
        return ForeignPart(
            tuple(self.objects), pages, len(self.reader.pages), tuple(self.faces), self._layers(),
            self.fields, dynamic, tuple(name for name in LEFT_BEHIND if name in self.left),
        )  # fmt: skip

    def _look_at_file(self) -> bool:
        """Whether the file's forms are XFA; takes down what of the whole file is left behind."""
        root = _entries(self.reader.trailer["/Root"])
        names = _entries(root.get("/Names"))
        if "/EmbeddedFiles" in names or "/Collection" in root or "/AF" in root:
            self.left.add("files")
        if "/JavaScript" in names or _entries(root.get("/OpenAction")).get("/S") == "/JavaScript":
            self.left.add("scripts")
        return "/XFA" in _entries(root.get("/AcroForm"))

    def _look_at_annotation(self, note: DictionaryObject) -> None:
        """Take down what an annotation does besides being seen."""
        kind = note.get("/Subtype")
        action = _entries(note.get("/A")).get("/S")
        if kind in _MEDIA:
            self.left.add("media")
        elif kind == "/FileAttachment":
            self.left.add("files")
        elif kind in ("/Text", "/Popup"):
            self.left.add("comments")
        elif kind == "/Link" and action != "/JavaScript":
            self.left.add("links")
        if action == "/JavaScript" or "/AA" in note:
            self.left.add("scripts")

    def _page(self, number: int) -> ForeignFormPage:
        page = self.reader.pages[number - 1]
        box = seen_box(page)
        left, bottom, right, top = box
        wide, high = right - left, top - bottom
        turn = quarter_turns(page)
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
        drawn = [_AT_FIRST, b"/P Do"]
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
             b" ".join(map(_number, matrix)), b"]/Resources<<", _AT_FIRST_STATE,
             b"/XObject<<", *names, b">>>>"],
            b"\n".join(drawn),
        )  # fmt: skip
        self._take_waiting()
        return ForeignFormPage(number, *seen_size(page), outer)

    def _appearances(self, page: PageObject) -> Iterator[tuple[tuple[float, ...], int]]:
        """The appearances of annotations that are printed, each with the matrix that brings it to
        its place (ISO 32000-1, 12.5.5, algorithm 8.1)."""
        annotations: Any = page.get("/Annots")
        listed: Any = () if annotations is None else annotations.get_object()
        for value in listed:
            note: Any = value.get_object()
            if not isinstance(note, DictionaryObject):
                continue
            self._look_at_annotation(note)
            if note.get("/Subtype") in _NEVER_DRAWN:
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
            x0, y0, x1, y1 = normalised([float(v) for v in rect])
            a, b, c, d, e, f = [float(v) for v in shown.get("/Matrix", (1, 0, 0, 1, 0, 0))]
            left, bottom, right, top = normalised([float(v) for v in shown["/BBox"]])
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


def _entries(value: Any) -> Mapping[str, Any]:
    """A dictionary, or none where there is something else."""
    found = None if value is None else value.get_object()
    return found if isinstance(found, DictionaryObject) else {}


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


def _written(value: Any) -> bytes:
    out = BytesIO()
    value.write_to_stream(out)
    return out.getvalue()


def _number(value: float) -> bytes:
    return f"{value:.9f}".rstrip("0").rstrip(".").encode("ascii") or b"0"
