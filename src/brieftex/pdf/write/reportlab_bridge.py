"""The only module that writes with reportlab: objects go in, the bytes of a file come out.

reportlab numbers the objects, writes header, page tree, catalog, trailer. Its canvas, which takes
long to import and keeps its document alive, would only begin pages with a preamble that selects
Helvetica. Its document asks each object for encryption, comments and encodings, of which ours have
none, so they are put into the file here. What is used are ``PDFDocument`` and objects of ``pdfdoc``
by their public attributes. Three things lie deeper and may change with any version:
``__NoDefault__``, by which reportlab knows the entries of the catalog; the dictionary of fonts,
which its own fonts find through ``idToObject``, too; and the environment variable that a document
reads when it is made. ``tests/pdf/test_reportlab.py`` holds it to all of that. It ships no types.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from itertools import accumulate
from weakref import proxy

from brieftex.patterns import late_patterns
from brieftex.standins import stand_ins

# Its pictures, its caches and its temporary files are not ours.
with stand_ins("PIL.Image", "pickle", "tempfile"), late_patterns("reportlab", "glob"):
    from reportlab.pdfbase import pdfdoc

EPOCH = "SOURCE_DATE_EPOCH"

_VERSION = 1, 7
_IN_A_LINE = 6


class Written(pdfdoc.PDFObject):  # type: ignore[misc]
    """An indirect object given as the bytes of its value, or a function that tells them when
    the file is written. The bytes go into the file's /ID (ISO 32000-1, 14.4)."""

    __slots__ = ("__InternalName__", "body")  # the name is given by reportlab

    def __init__(self, body: bytes | Callable[[], bytes]) -> None:
        """``body`` is called once, after every object has its number."""
        self.body = body

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The bytes for the file; reportlab's name for it."""
        # Given away: a function may hold the document, which holds this object.
        body, self.body = self.body, b""
        body = body if isinstance(body, bytes) else body()
        document.updateSignature(body)
        return body


class _Page(pdfdoc.PDFObject):  # type: ignore[misc]
    """A page dictionary of few entries, which may be part of a structure tree (ISO 32000-1,
    14.7.4.4). reportlab's own class tries every entry that there can be, for each page."""

    def __init__(self, file: File, content: Written, entries: Sequence[bytes]) -> None:
        """``entries`` are those behind the reference to the content but for the one to the page
        tree, in the order of their names."""
        self._file = proxy(file)  # which holds the page
        self._content = content
        self._entries = entries
        self.annotations: Sequence[bytes] = ()

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The bytes for the file; reportlab's name for it."""
        parent = b"/Parent " + self._file.tree
        box, *others = self._entries
        entries = [b"/Contents " + self._file.add(self._content), box, parent, *others]
        if self.annotations:
            written = pdfdoc.PDFArray(self.annotations).format(document)
            entries.insert(0, b"/Annots " + written)
        # Broken as reportlab breaks dictionaries.
        entries.insert(_IN_A_LINE, b"\n ")
        return b"<<\n%b\n>>" % b" ".join(entries)


class _Catalog(pdfdoc.PDFCatalog):  # type: ignore[misc]
    """A document catalog (ISO 32000-1, 7.7.2) of an archive: OutputIntents is of ISO 19005-1,
    AF of ISO 19005-3."""

    __NoDefault__ = (*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents", "AF")


class _Info(pdfdoc.PDFInfo):  # type: ignore[misc]
    """The document information dictionary, already written."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self._body = body

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The bytes for the file; reportlab's name for it."""
        del document
        return self._body


class File:
    """A PDF 1.7 file in the making; objects are numbered in the order in which they are added."""

    def __init__(self, language: str) -> None:
        """``language`` is that of the text (RFC 5646)."""
        with _without_epoch():
            self._document = pdfdoc.PDFDocument(invariant=1, pdfVersion=_VERSION, lang=language)
        made = self._document.Catalog
        self._catalog = self._document.Catalog = _Catalog()
        self._catalog.Pages, self._catalog.Lang = made.Pages, made.Lang
        self._written: dict[int, Written] = {}
        self._pages: list[_Page] = []
        self._references: list[bytes] = []  # to them: each is named by all that is on it

    def add(self, value: Written) -> bytes:
        """Number an object; the reference to it."""
        # As reportlab does, which need not know of it.
        number = self._document.objectcounter = self._document.objectcounter + 1
        self._written[number] = value
        return b"%d 0 R" % number

    def add_page(  # noqa: PLR0913, PLR0917  # a page is made of all these
        self,
        size: tuple[float, float],
        content: Written,
        images: Mapping[str, bytes],
        states: Mapping[str, bytes],
        key: int,
        rotate: int = 0,
    ) -> None:
        """Add a page of this width and height in points. ``images`` and ``states`` are its images
        and graphics states by name, ``key`` is its own in the structure tree. Screens show it
        rotated clockwise by ``rotate`` degrees."""
        entries = [
            b"/MediaBox " + _media_box(*size),
            b"/Resources "
            + (self._resources(images, states) if images or states else self._fonts_alone),
            b"/Rotate %d" % rotate,
            b"/StructParents %d" % key,
            b"/Tabs /S",
            b"/Type /Page",
        ]
        page = _Page(self, content, entries)
        self._document.addPage(page)
        self._pages.append(page)
        self._references.append(self._reference(page))

    @cached_property
    def _fonts_alone(self) -> bytes:
        """The resources of a page without images."""
        return self._resources({}, {})

    def _resources(self, images: Mapping[str, bytes], states: Mapping[str, bytes]) -> bytes:
        resources = pdfdoc.PDFResourceDictionary(XObject=dict(images), ExtGState=dict(states))
        resources.basicFonts()
        resources.allProcs()
        written: bytes = resources.format(self._document)
        return written

    @cached_property
    def tree(self) -> bytes:
        """The reference to the page tree, which is numbered when it is first asked for."""
        return self._reference(self._document.Pages)

    def page(self, index: int) -> bytes:
        """The reference to a page that has been added, ``index`` from 0."""
        return self._references[index]

    def annotate(self, index: int, annotations: Sequence[bytes]) -> None:
        """Give a page its annotations, as references."""
        self._pages[index].annotations = annotations

    def add_font(self, name: str, reference: bytes) -> None:
        """Give all pages a font by this name."""
        self._document.idToObject[pdfdoc.BasicFonts].dict[name] = reference

    def set_info(self, body: bytes) -> None:
        """Set the document information dictionary."""
        self._document.info = _Info(body)

    def set_catalog(self, **entries: bytes | Written | None) -> None:
        """Set entries of the document catalog; None takes one away."""
        for name, value in entries.items():
            setattr(self._catalog, name, value)

    def data(self) -> bytes:
        """The bytes of the file, once everything is in it; to be called once."""
        # As PDFDocument.GetPDFData does, but for its outline, which knows no levels left out.
        document = self._document
        document.info.digest(document.signature)
        root, info = document.Reference(document.Catalog), document.Reference(document.info)
        file = pdfdoc.PDFFile(_VERSION)
        objects: list[bytes] = []
        # Objects may come while others are written.
        while (number := len(objects) + 1) <= document.objectcounter:
            if value := self._written.pop(number, None):
                body = value.body if isinstance(value.body, bytes) else value.body()
                document.signature.update(body)
            else:
                body = document.idToObject[document.numberToId[number]].format(document)
            end = b"endobj\n" if body.endswith(b"\n") else b"\nendobj\n"
            objects.append(b"%d 0 obj\n%b%b" % (number, body, end))
        *offsets, file.offset = accumulate(map(len, objects), initial=file.offset)
        file.strings += objects
        size = len(offsets) + 1
        table = b"".join([b"%010d 00000 n \n" % offset for offset in offsets])
        start = file.add(b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table))
        trailer = pdfdoc.PDFTrailer(start, Size=size, Root=root, Info=info, ID=document.ID())
        file.add(trailer.format(document))
        data: bytes = file.format(document)
        return data

    def _reference(self, value: pdfdoc.PDFObject) -> bytes:
        name = self._document.Reference(value).name
        return b"%d %d R" % self._document.idToObjectNumberAndVersion[name]


@lru_cache(16)
def _media_box(width: float, height: float) -> bytes:
    written: bytes = pdfdoc.PDFArray([0, 0, width, height]).format(None)
    return written


@contextmanager
def _without_epoch() -> Iterator[None]:
    """Hide the date of a reproducible build from reportlab, which fails on one that is no number;
    ``metadata.date_of`` reads it, and what is written with that date is in the /ID."""
    said = os.environ.pop(EPOCH, None)
    try:
        yield
    finally:
        if said is not None:
            os.environ[EPOCH] = said
