"""Imposed sheets and numbered copies as PDF: pages of a finished file are used where they lie.

Each page becomes one form XObject, however often it is printed; copies are page dictionaries
that share streams and fonts. What belongs to a document on a screen, links, tags, bookmarks, the
marks of PDF/A, is left out: these are files for a printer.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    FloatObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from brieftex.layout.imposition import THOUSAND, SheetSide
from brieftex.units import Sp, to_pt


def imposed(pdf: bytes, sides: Sequence[SheetSide], marks: bytes | None, title: str) -> bytes:
    """A file whose pages are ``sides``, made of the pages of ``pdf``; ``marks`` has a page of the
    sheet's size for each, to be laid below."""
    made = _Sheets(pdf, title)
    below = None if marks is None else _Forms(made.writer, PdfReader(BytesIO(marks)))
    for index, side in enumerate(sides):
        made.add_side(side, None if below is None else below.form(index))
    return made.file_bytes()


def repeated(pdf: bytes, order: Sequence[int], title: str) -> bytes:
    """A file with the pages of ``pdf`` in this order, as often as they are named."""
    reader = PdfReader(BytesIO(pdf))
    writer = _new_writer(title)
    parts: dict[int, list[tuple[str, PdfObject]]] = {}
    kids = ArrayObject()
    root = writer._pages  # noqa: SLF001  # page dictionaries are made by hand, without copying
    assert root is not None
    for index in order:
        if index not in parts:
            page = reader.pages[index]
            parts[index] = [
                (key, page.raw_get(key).clone(writer))
                for key in ("/Contents", "/Resources", "/MediaBox")
                if key in page
            ]
        made = DictionaryObject({NameObject("/Type"): NameObject("/Page")})
        for key, value in parts[index]:
            made[NameObject(key)] = value
        made[NameObject("/Parent")] = root
        kids.append(writer._add_object(made))  # noqa: SLF001  # as above
    tree = root.get_object()
    assert isinstance(tree, DictionaryObject)
    tree[NameObject("/Kids")] = kids
    tree[NameObject("/Count")] = NumberObject(len(kids))
    return _file_bytes(writer)


class _Forms:
    """Pages of a file as form XObjects of another, each made once."""

    def __init__(self, writer: PdfWriter, reader: PdfReader) -> None:
        self._writer = writer
        self._reader = reader
        self._made: dict[int, PdfObject] = {}

    def form(self, index: int) -> PdfObject:
        """A reference to the form of a page."""
        if index not in self._made:
            form = _form(self._reader.pages[index], self._writer)
            self._made[index] = self._writer._add_object(form)  # noqa: SLF001  # no other way
        return self._made[index]

    def height(self, index: int) -> float:
        """The height of a page, pt."""
        return float(self._reader.pages[index].mediabox.height)


def _form(page: PageObject, writer: PdfWriter) -> StreamObject:
    contents = page["/Contents"].get_object() if "/Contents" in page else DecodedStreamObject()
    form: StreamObject
    if isinstance(contents, EncodedStreamObject):  # its bytes as they are
        copied = contents.clone(writer, force_duplicate=True)
        assert isinstance(copied, StreamObject)
        form = copied
    else:
        form = DecodedStreamObject()
        whole = page.get_contents()
        assert whole is None or isinstance(whole, ContentStream)
        form.set_data(b"" if whole is None else whole.get_data())
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject(FloatObject(v) for v in page.mediabox)
    if "/Resources" in page:
        form[NameObject("/Resources")] = page.raw_get("/Resources").clone(writer)
    return form


class _Sheets:
    """The file that is made."""

    def __init__(self, pdf: bytes, title: str) -> None:
        self.writer = _new_writer(title)
        self._forms = _Forms(self.writer, PdfReader(BytesIO(pdf)))

    def add_side(self, side: SheetSide, below: PdfObject | None) -> None:
        """Add a side as a page."""
        width, height = to_pt(side.paper.width), to_pt(side.paper.height)
        page = self.writer.add_blank_page(width, height)
        names = DictionaryObject()
        drawn = []
        if below is not None:
            names[NameObject("/M")] = below
            drawn.append("/M Do")
        for number, spot in enumerate(side.spots):
            names[NameObject(f"/P{number}")] = self._forms.form(spot.page)
            x = to_pt(spot.rect.x)
            y = height - to_pt(spot.rect.y + spot.rect.height)
            scale = spot.scale / THOUSAND
            edges = f"{_pt(spot.rect.x)} {y:.3f} {_pt(spot.rect.width)} {_pt(spot.rect.height)}"
            drawn.append(
                f"q {edges} re W n {scale:.4f} 0 0 {scale:.4f} {x:.3f} {y:.3f} cm /P{number} Do Q"
            )
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): names})
        content = DecodedStreamObject()
        content.set_data("\n".join(drawn).encode("ascii"))
        reference = self.writer._add_object(content)  # noqa: SLF001  # no other way
        page[NameObject("/Contents")] = reference

    def file_bytes(self) -> bytes:
        """The whole file."""
        return _file_bytes(self.writer)


def _new_writer(title: str) -> PdfWriter:
    writer = PdfWriter()
    writer.pdf_header = "%PDF-1.7"
    writer.add_metadata({"/Title": title, "/Producer": "brieftex, pypdf"})
    return writer


def _file_bytes(writer: PdfWriter) -> bytes:
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def _pt(length: Sp) -> str:
    return f"{to_pt(length):.3f}"
