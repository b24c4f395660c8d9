"""Papers that are pages of other programs' PDF files, as documents whose pages are pictures.

Inside the type area a page stands below the title, or below the running head, as large as there is
room; whole it covers the paper, in its own size where that fits. Both are figures to screen
readers, described by title and page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from brieftex.collection.matter import MatterMaker, set_matter, words_block
from brieftex.diagnostics import Finding, Span
from brieftex.diagnostics.messages import foreign as say
from brieftex.document.blocks import BreakBlock, Document, FigureBlock, StructureNode
from brieftex.input.issue.figures import figure_path
from brieftex.layout.lines.paragraph import Setting
from brieftex.layout.page import Page, PlacedPicture
from brieftex.model.meeting import Meeting, PageFit, Paper
from brieftex.pdf.read.bounded import TooCostlyError
from brieftex.pdf.read.foreign import (
    DamagedError,
    ForeignPart,
    NoSuchPageError,
    foreign_bounds,
    read_foreign,
)
from brieftex.pdf.read.pypdf_bridge import LockedError
from brieftex.pdf.write.foreign import ForeignForm, ForeignObjects
from brieftex.picture import PdfPage, Picture
from brieftex.pipeline import PDF_LIMIT
from brieftex.source import read_regular
from brieftex.styled.styles import Align
from brieftex.units import Rect, Size, pt

_GAP = pt(12)
"""Below the title of a paper."""


class TakenPages(Struct, frozen=True):
    """The pages of a PDF file: pictures in their order, and what draws each."""

    pictures: tuple[PdfPage, ...]
    forms: Mapping[Picture, ForeignForm]


def take_pages(meeting: Meeting, paper: Paper) -> tuple[TakenPages | None, list[Finding]]:
    """The pages of a paper, and what is wrong with it or odd, at its place; None where it cannot be
    taken."""
    name, at = paper.pdf or "", paper.span
    try:
        path = figure_path(meeting.folder, name)
        if path is None or not path.is_file():
            return None, [say.PAPER_MISSING.at(at, file=name)]
        data = read_regular(path, PDF_LIMIT)
    except (OSError, ValueError, RuntimeError):
        return None, [say.PAPER_MISSING.at(at, file=name)]
    part = _read(data, paper, name)
    if isinstance(part, Finding):
        return None, [part]
    objects = ForeignObjects(part)
    forms: dict[Picture, ForeignForm] = {}
    pictures = []
    for page in part.pages:
        picture = PdfPage(path, page.number, max(pt(page.width), 1), max(pt(page.height), 1))
        pictures.append(picture)
        forms[picture] = ForeignForm(objects, page.form)
    return TakenPages(tuple(pictures), forms), list(_odd(part, name, at))


def _read(data: bytes, paper: Paper, name: str) -> ForeignPart | Finding:
    """What is taken of a file, or why nothing is."""
    at = paper.span
    try:
        return read_foreign(data, paper.pages)
    except LockedError:
        return say.PAPER_LOCKED.at(at, file=name)
    except DamagedError:
        return say.PAPER_UNREADABLE.at(at, file=name)
    except NoSuchPageError as error:
        return say.PAPER_WITHOUT_PAGE.at(at, file=name, page=error.page, count=error.count)
    except TooCostlyError:
        bounds = foreign_bounds(data)
        return say.PAPER_TOO_COSTLY.at(
            at, file=name, seconds=bounds.seconds, mebibytes=bounds.mebibytes
        )


def _odd(part: ForeignPart, name: str, at: Span) -> Iterator[Finding]:
    if part.faces:
        yield say.PAPER_FACES.at(at, file=name, faces="、".join(part.faces[:8]))
    if part.layers:
        yield say.PAPER_LAYERS.at(at, file=name)
    if part.fields:
        yield say.PAPER_FIELDS.at(at, file=name, count=part.fields)


def paper_document(
    maker: MatterMaker, title: str, taken: TakenPages, fit: PageFit, setting: Setting
) -> tuple[Document, tuple[Page, ...]]:
    """The document of a paper, and its pages."""
    if fit is PageFit.WHOLE:
        return _whole(maker, title, taken)
    return _inside(maker, title, taken, setting)


def _inside(
    maker: MatterMaker, title: str, taken: TakenPages, setting: Setting
) -> tuple[Document, tuple[Page, ...]]:
    draft = maker.draft()
    style = replace(maker.theme.styles["foreword_title"], space=0, after=_GAP, align=Align.CENTER)
    draft.add(words_block(draft, title, style, "H1"))
    head = maker.document(draft, title)
    page = head.page
    for number, picture in enumerate(taken.pictures):
        lying = number > 0 and picture.width > picture.height
        if number:
            draft.add(BreakBlock(turned=lying))
        own = page.turned if lying else page
        # The first page shares its height with the title, which takes three lines or four.
        lines = own.lines - 1 - (3 if number == 0 else 0)
        node = draft.node("Figure", alt=_described(title, picture))
        width, height = own.type_area.width, lines * own.leading
        draft.add(FigureBlock(picture, width, height, node, None))
    document = maker.document(draft, title)
    return document, set_matter(document, setting)


def _whole(maker: MatterMaker, title: str, taken: TakenPages) -> tuple[Document, tuple[Page, ...]]:
    draft = maker.draft()
    document = maker.document(draft, "")
    nodes: list[StructureNode] = list(draft.nodes)
    trim = document.page.trim
    pages = []
    for number, picture in enumerate(taken.pictures, 1):
        nodes.append(StructureNode("Figure", 0, alt=_described(title, picture)))
        item = PlacedPicture(_on(trim, picture), picture, len(nodes) - 1)
        pages.append(Page(number, trim, (item,), (), ()))
    return replace(document, nodes=tuple(nodes)), tuple(pages)


def _on(trim: Size, picture: PdfPage) -> Rect:
    """Where a page lies on the paper: in its own size if that fits, in the middle."""
    width, height = picture.width, picture.height
    if width > trim.width or height > trim.height:
        across = trim.height * width // height
        width, height = (
            (across, trim.height) if across <= trim.width
            else (trim.width, trim.width * height // width)
        )  # fmt: skip
    return Rect((trim.width - width) // 2, (trim.height - height) // 2, width, height)


def _described(title: str, picture: PdfPage) -> str:
    return f"{title}，原文件第{picture.number}页"
