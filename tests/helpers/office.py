"""Documents of Word as LibreOffice prints them, and what stands on the pages of a PDF by PDFium.

``soffice`` gets the faces of brieftex under the names that offices have, so that its lines can be
held against ours.
"""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from ctypes import byref, c_double
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple, TypeVar

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct

from brieftex.diagnostics import InputError
from brieftex.document.blocks import Document, SignatureBlock
from brieftex.layout.page import Artifact, Page, PlacedFrame, PlacedLine
from brieftex.pipeline import Typeset, typeset
from brieftex.twin.make import word_document
from brieftex.units import to_pt

ROOT = Path(__file__).parents[2]

_AT_ONCE = 40
"""Documents that one LibreOffice opens."""

_CONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>{fonts}</dir><cachedir>{cache}</cachedir>{aliases}</fontconfig>"""
_ALIAS = '<alias binding="same"><family>{}</family><prefer><family>{}</family></prefer></alias>'
_FAMILIES = {
    "仿宋_GB2312": "Fandol Fang", "楷体_GB2312": "Fandol Kai", "黑体": "Noto Sans SC",
    "宋体": "Noto Serif SC", "方正小标宋简体": "Noto Serif SC", "方正小标宋_GBK": "Noto Serif SC",
    "Times New Roman": "Tinos",
}  # fmt: skip
_FILTERS = {"pdf": 'pdf:writer_pdf_Export:{"IsSkipEmptyPages":{"type":"boolean","value":"false"}}'}
"""Pages that are left blank before odd or even ones are printed as well."""

_NEAR = 5.0
"""Points by which baselines of one line differ at most: raised and lowered characters."""


class Ink(NamedTuple):
    """A character, its baseline from the top of the page as it is read, and how far from the left
    it begins, in points."""

    character: str
    baseline: float
    left: float


def saved_by_office(
    files: Sequence[Path], folder: Path, ending: str = "pdf", timeout: int = 1200
) -> list[Path]:
    """The files as LibreOffice saves them in another format, beside its profile in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "fonts.conf"
    aliases = "".join(_ALIAS.format(*pair) for pair in _FAMILIES.items())
    config.write_text(
        _CONFIG.format(fonts=ROOT / "fonts", cache=folder / "cache", aliases=aliases), "utf-8"
    )
    saved = folder / "saved"
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation=file://{folder.resolve()}/profile", "--headless",
            "--convert-to", _FILTERS.get(ending, ending), "--outdir", str(saved), *map(str, files),
        ],
        env={"FONTCONFIG_FILE": str(config), "PATH": "/usr/bin:/bin", "HOME": str(folder)},
        capture_output=True,
        check=True,
        timeout=timeout,
    )  # fmt: skip
    return [saved / f"{file.stem}.{ending}" for file in files]


def pages_of(pdf: bytes, made: Sequence[Page] = (), seals: Collection[int] = ()) -> list[list[Ink]]:
    """The characters of each page, those that are not seen left out. ``made`` are the pages as
    they were set, where they are ours: what stands in charts and drawings is left out then, which
    a document of Word has as pictures, and lines across a page are read as they lie. ``seals`` are
    the nodes of drawings that stand over text."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            _without_leaders(list(_inks(page, _Seen(page, made[k] if made else None, seals))))
            for k, page in enumerate(document)
        ]
    finally:
        document.close()


def written_places(
    pdf: bytes, made: Sequence[Page] = (), seals: Collection[int] = ()
) -> list[list[Place]]:
    """Where pieces of text are set on each page: what stands for a text that goes over several
    lines (/ActualText) is told by ``pages_of`` at the first of them."""
    document = pypdfium2.PdfDocument(pdf)
    kinds = [pdfium.FPDF_PAGEOBJ_TEXT]
    found = []
    for k, page in enumerate(document):
        seen = _Seen(page, made[k] if made else None, seals)
        matrices = [piece.get_matrix() for piece in page.get_objects(filter=kinds)]
        places = [seen.place(matrix.e, matrix.f) for matrix in matrices]
        found.append([place for place in places if place is not None])
    document.close()
    return found


class Place(NamedTuple):
    """A baseline from the top of a page as it is read, and how far from the left a text begins
    on it, in points."""

    baseline: float
    left: float


class _Seen:
    """Which places of a page count: those in charts and drawings do not."""

    def __init__(self, page: pypdfium2.PdfPage, made: Page | None, seals: Collection[int]) -> None:
        self._height = page.get_mediabox()[3]
        self._turned = made is not None and made.turned  # its head is at the left of the sheet
        self._boxes = [] if made is None else list(_frames(made, seals))

    def place(self, x: float, y: float) -> Place | None:
        """A point of the PDF's page."""
        across, down = x, self._height - y
        if self._turned:
            across, down = self._height - down, across
        if any(a <= across <= c and b <= down <= d for a, b, c, d in self._boxes):
            return None
        return Place(down, across)


def _inks(page: pypdfium2.PdfPage, seen: _Seen) -> Iterator[Ink]:
    text = page.get_textpage()
    x, y = c_double(), c_double()
    for k in range(text.count_chars()):
        hyphen = pdfium.FPDFText_IsHyphen(text, k) == 1  # at the end of a line
        character = "-" if hyphen else chr(pdfium.FPDFText_GetUnicode(text, k))
        if not character.isprintable() or character.isspace() or _is_generated(text, k):
            continue
        pdfium.FPDFText_GetCharOrigin(text, k, byref(x), byref(y))
        place = seen.place(x.value, y.value)
        if place is not None:
            yield Ink(character, place.baseline, place.left)


def _frames(page: Page, seals: Collection[int]) -> Iterator[tuple[float, float, float, float]]:
    """What charts and drawings cover, from the top left corner of the page as it is read."""
    for item in page.items:
        if not isinstance(item, PlacedFrame) or item.node in seals:
            continue
        rect = item.rect
        left, top, right, foot = rect.x, rect.y, rect.x + rect.width, rect.y + rect.height
        if page.turned:
            high = page.trim.height
            left, top, right, foot = high - foot, left, high - top, right
        yield to_pt(left), to_pt(top), to_pt(right), to_pt(foot)


def _without_leaders(inks: list[Ink]) -> list[Ink]:
    """Without the dots that lead to page numbers."""
    dots = [ink.character == "·" for ink in inks]
    return [
        ink for k, ink in enumerate(inks)
        if not dots[k] or not (all(dots[k : k + 2]) or all(dots[max(k - 1, 0) : k + 1]))
    ]  # fmt: skip


def _is_generated(text: pypdfium2.PdfTextPage, k: int) -> bool:
    return bool(pdfium.FPDFText_IsGenerated(text, k))


def line_places(places: Sequence[Ink | Place]) -> list[float]:
    """The baselines of the lines of a page."""
    found: list[float] = []
    for baseline in sorted(place.baseline for place in places):
        if not found or baseline - found[-1] > _NEAR:
            found.append(baseline)
    return found


def characters_of(pages: Sequence[Sequence[Ink]]) -> Counter[str]:
    """How often each character is there."""
    return Counter(ink.character for page in pages for ink in page)


# -- a twin beside its issue ---------------------------------------------------------------


class Beside(Struct, frozen=True):
    """An issue's pages beside those of its twin: lines on each of either, 0 where there is no such
    page, and the characters that one of them lacks."""

    ours: tuple[int, ...]
    theirs: tuple[int, ...]
    lost: Counter[str]
    more: Counter[str]

    @property
    def off(self) -> list[int]:
        """The pages, from 1, whose lines differ by more than one."""
        both = zip_longest(self.ours, self.theirs, fillvalue=0)
        return [k for k, (one, two) in enumerate(both, 1) if abs(one - two) > 1]

    @property
    def holds(self) -> bool:
        """Whether pages and lines are within one, and every character is there."""
        near = abs(len(self.ours) - len(self.theirs)) <= 1
        return near and not self.off and not self.lost


_Placed = TypeVar("_Placed", Ink, Place)


class Printed(Struct, frozen=True):
    """Our pages of an issue, as characters and as places of its lines; between which heights its
    text stands, on those that lie across, too, and from where on there; which pages these are; and
    the characters that stand in it beside the text."""

    pages: list[list[Ink]]
    places: list[list[Place]]
    heights: tuple[float, float]
    across: tuple[float, float]
    left: float
    turned: tuple[bool, ...]
    beside: Counter[str]

    def within(self, k: int, page: Sequence[_Placed]) -> list[_Placed]:
        """What of page ``k`` is between head and foot, whose numbers depend on the pages."""
        turned = k < len(self.turned) and self.turned[k]
        first, last = self.across if turned else self.heights
        left = self.left if turned else 0
        return [i for i in page if first < i.baseline < last and i.left >= left]


def compared(
    issues: Sequence[Path], folder: Path, theme: str = "word"
) -> Iterator[tuple[Path, Beside]]:
    """Each issue's pages beside those of its twin; files that cannot be built are left out."""
    made: dict[Path, tuple[Path, Printed]] = {}
    for number, path in enumerate(issues):
        try:
            twin = word_document(path, theme=theme, bundled_fonts=True).twin.data
            printed = typeset(path, theme=theme, bundled_fonts=True)
        except InputError:
            continue
        document = folder / f"{number:03}-{path.stem}.docx"
        document.write_bytes(twin)
        document.with_suffix(".ours.pdf").write_bytes(printed.pdf)
        page = printed.document.page
        area, turned = page.type_area, page.turned.type_area
        drawn = printed.pdf, printed.pages, _seals(printed.document)
        made[path] = document, Printed(
            pages_of(*drawn), written_places(*drawn),
            (to_pt(area.y - page.overhang), to_pt(area.y + area.height + page.leading // 3)),
            (to_pt(turned.y), to_pt(turned.y + turned.height)), to_pt(turned.x) - 1,
            tuple(one.turned for one in printed.pages),
            Counter(_beside_text(printed)),
        )  # fmt: skip
    files = [document for document, _ in made.values()]
    printed_files: list[Path] = []
    for start in range(0, len(files), _AT_ONCE):
        printed_files += saved_by_office(files[start : start + _AT_ONCE], folder / "office")
    for (name, (_, ours)), file in zip(made.items(), printed_files, strict=True):
        data = file.read_bytes()
        yield name, _beside(ours, pages_of(data), written_places(data))


def _beside_text(printed: Typeset) -> Iterator[str]:
    """What LibreOffice does not have: the brackets around the number of a note, and what says that
    a table goes on."""
    for _ in printed.document.notes:
        yield from "[]"
    for page in printed.pages:
        for item in page.items:
            if isinstance(item, PlacedLine) and item.artifact is Artifact.LAYOUT:
                yield from item.line.text.text[item.line.start : item.line.end]


def _seals(document: Document) -> set[int]:
    return {
        art.node
        for block in document.blocks
        if isinstance(block, SignatureBlock)
        for art in block.seals
    }


def _beside(ours: Printed, inks: list[list[Ink]], places: list[list[Place]]) -> Beside:
    one, two = (
        characters_of([ours.within(k, page) for k, page in enumerate(pages)])
        for pages in (ours.pages, inks)
    )
    lines = [
        tuple(len(line_places(ours.within(k, page))) for k, page in enumerate(pages))
        for pages in (ours.places, places)
    ]
    return Beside(lines[0], lines[1], one - two - ours.beside, two - one)
