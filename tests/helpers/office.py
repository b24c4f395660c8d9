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
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct

from brieftex.diagnostics import InputError
from brieftex.document.blocks import Document, SignatureBlock
from brieftex.layout.page import Page, PlacedFrame
from brieftex.pipeline import typeset
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
            "--convert-to", ending, "--outdir", str(saved), *map(str, files),
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
            _without_leaders(list(_inks(page, made[k] if made else None, seals)))
            for k, page in enumerate(document)
        ]
    finally:
        document.close()


def _inks(page: pypdfium2.PdfPage, made: Page | None, seals: Collection[int]) -> Iterator[Ink]:
    text = page.get_textpage()
    _, _, _, height = page.get_mediabox()
    boxes = [] if made is None else list(_frames(made, seals))
    x, y = c_double(), c_double()
    for k in range(text.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(text, k))
        if not character.isprintable() or character.isspace() or _is_generated(text, k):
            continue
        pdfium.FPDFText_GetCharOrigin(text, k, byref(x), byref(y))
        across, down = x.value, height - y.value
        if made is not None and made.turned:  # its head is at the left of the sheet
            across, down = height - down, across
        if not any(a <= across <= c and b <= down <= d for a, b, c, d in boxes):
            yield Ink(character, down, across)


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


def line_places(inks: Sequence[Ink]) -> list[float]:
    """The baselines of the lines of a page."""
    found: list[float] = []
    for baseline in sorted(ink.baseline for ink in inks):
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


class Printed(Struct, frozen=True):
    """Our pages of an issue; between which heights its text stands, on those that lie across, too,
    and from where on there; which pages these are, and how many notes there are."""

    pages: list[list[Ink]]
    heights: tuple[float, float]
    across: tuple[float, float]
    left: float
    turned: tuple[bool, ...]
    notes: int


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
        made[path] = document, Printed(
            pages_of(printed.pdf, printed.pages, _seals(printed.document)),
            (to_pt(area.y - page.overhang), to_pt(area.y + area.height + page.leading // 3)),
            (to_pt(turned.y), to_pt(turned.y + turned.height)), to_pt(turned.x) - 1,
            tuple(one.turned for one in printed.pages),
            len(printed.document.notes),
        )  # fmt: skip
    files = [document for document, _ in made.values()]
    printed_files: list[Path] = []
    for start in range(0, len(files), _AT_ONCE):
        printed_files += saved_by_office(files[start : start + _AT_ONCE], folder / "office")
    for (name, (_, ours)), file in zip(made.items(), printed_files, strict=True):
        yield name, _beside(ours, pages_of(file.read_bytes()))


def _seals(document: Document) -> set[int]:
    return {
        art.node
        for block in document.blocks
        if isinstance(block, SignatureBlock)
        for art in block.seals
    }


def _beside(ours: Printed, theirs: list[list[Ink]]) -> Beside:
    lines, texts = [], []
    for pages in (ours.pages, theirs):
        counts, held = [], []
        for k, page in enumerate(pages):
            # Between head and foot, whose numbers depend on the pages.
            turned = k < len(ours.turned) and ours.turned[k]
            first, last = ours.across if turned else ours.heights
            left = ours.left if turned else 0
            text = [i for i in page if first < i.baseline < last and i.left >= left]
            counts.append(len(line_places(text)))
            held.append(text)
        lines.append(tuple(counts))
        texts.append(characters_of(held))
    one, two = texts
    # LibreOffice numbers notes in its own way, without what stands around the number.
    marks = Counter(dict.fromkeys("[]", ours.notes))
    return Beside(lines[0], lines[1], one - two - marks, two - one)
