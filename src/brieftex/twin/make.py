"""An issue becomes a document of Word: set as for the PDF, so that the same is said about it, and
written with the pictures of its figures and charts and the pages of its contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from brieftex.diagnostics import Finding, InputError, Severity
from brieftex.document.blocks import (
    Block,
    Document,
    FigureBlock,
    FigureRowBlock,
    MastheadBlock,
    PairBlock,
    PanelBlock,
    RuleBlock,
    SignatureBlock,
)
from brieftex.document.figures import ChartBlock, DrawingBlock
from brieftex.document.paragraphs import TextBlock
from brieftex.layout.blocks.figure import set_art
from brieftex.layout.lines.paragraph import Setting
from brieftex.layout.page import Placed, PlacedLine, PlacedPicture
from brieftex.layout.sketch import svg_of
from brieftex.model.issue import Issue
from brieftex.pdf.write.picture import read_item
from brieftex.pdf.write.picture_file import drawn_file, picture_file
from brieftex.pipeline import TypesetPages, typeset_pages
from brieftex.services import Services
from brieftex.source import Given
from brieftex.styled.text import Text
from brieftex.twin.measured import SetMeasure
from brieftex.units import to_pt
from brieftex.word.write.paragraphs import PictureFile
from brieftex.word.write.sections import PageFacts
from brieftex.word.write.twin import Twin, text_mark, write_twin


class WordDocument(Struct, frozen=True):
    """A document of Word, and the pages it was made with."""

    twin: Twin
    made: TypesetPages
    findings: tuple[Finding, ...]


def word_document(  # noqa: PLR0913  # all but the first are named
    issue: Given | Issue,
    *,
    found: Sequence[Finding] = (),
    folder: Path | str | None = None,
    theme: str | None = None,
    edition: str | None = None,
    watermark: str | None = None,
    bundled_fonts: bool = False,
    services: Services | None = None,
) -> WordDocument:
    """The document; the options are those of ``typeset``. Raises InputError."""
    services = services or Services()
    made = typeset_pages(
        issue, found=found, folder=folder, theme=theme, edition=edition, watermark=watermark,
        bundled_fonts=bundled_fonts, services=services,
    )  # fmt: skip
    book = services.fonts(made.theme.fonts, made.issue.folder, bundled_fonts)
    setting = services.setting(book, made.document)
    pictures, odd = picture_files(made.document, setting)
    findings = tuple(made.issue.without_allowed([*made.findings, *odd]))
    if any(finding.severity is Severity.ERROR for finding in odd):
        raise InputError(made.source, findings)
    mark = ";".join((text_mark(made.source.text), theme or "", edition or ""))
    twin = write_twin(
        made.document, made.theme, pictures, page_facts(made), mark, SetMeasure(setting)
    )
    return WordDocument(twin, made, findings)


def page_facts(made: TypesetPages) -> PageFacts:
    """What a document of Word has to know of the pages."""
    folios = {anchor.name: page.number for page in made.pages for anchor in page.anchors}
    folios[""] = len(made.pages)
    foot, pages = made.document.foot, made.pages
    if foot is None or not foot.even:
        return PageFacts(folios)
    own = {run.node for block in foot.blocks for text in _texts(block) for run in text.runs}
    lines = [item.line for item in pages[-1].items
             if isinstance(item, PlacedLine) and item.artifact is None]  # fmt: skip
    alone = len(pages) > 1 and all(run.node in own for line in lines for run in line.runs)
    return PageFacts(folios, alone, alone and not pages[-2].items)


def _texts(block: TextBlock | PairBlock | RuleBlock) -> Iterator[Text]:
    match block:
        case TextBlock():
            yield block.text
        case PairBlock():
            yield block.left
            if block.right is not None:
                yield block.right
        case RuleBlock():
            pass


def art_of(document: Document) -> Iterator[FigureBlock | ChartBlock | DrawingBlock]:
    """Every figure, chart and drawing of a document, those of its masthead and seals included."""
    yield from _art_in(document.blocks)


def _art_in(blocks: Sequence[Block]) -> Iterator[FigureBlock | ChartBlock | DrawingBlock]:
    for block in blocks:
        match block:
            case FigureRowBlock(arts=arts):
                yield from arts
            case PanelBlock(blocks=inner):
                yield from _art_in(inner)
            case FigureBlock() | ChartBlock() | DrawingBlock():
                yield block
            case MastheadBlock(parts=parts):
                yield from (p for p in parts if isinstance(p, FigureBlock | DrawingBlock))
            case SignatureBlock(seals=seals):
                yield from seals


def picture_files(
    document: Document, setting: Setting
) -> tuple[dict[int, PictureFile], list[Finding]]:
    """The pictures of figures, charts and drawings by their nodes, and what is wrong with them."""
    found: dict[int, PictureFile] = {}
    findings: list[Finding] = []
    page = document.page
    measure = max(page.type_area.width, page.turned.type_area.width)
    for block in art_of(document):
        size, items = set_art(block, measure, setting)
        held = _photo(items, document.resolution, findings)
        if held is None and not any(isinstance(item, PlacedPicture) for item in items):
            held = drawn_file(size, svg_of(size, items))
        if held is not None:
            found[block.node] = PictureFile(*held, size)
    return found, findings


def _photo(
    items: Sequence[Placed], resolution: int, findings: list[Finding]
) -> tuple[bytes, str] | None:
    """The file of a picture of pixels."""
    item = next((item for item in items if isinstance(item, PlacedPicture)), None)
    if item is None:
        return None
    width = to_pt(item.rect.width) / 72
    longest = max(width, to_pt(item.rect.height) / 72)
    data, odd = read_item(item, width, longest, resolution)
    findings += odd
    return None if data is None else picture_file(data)
