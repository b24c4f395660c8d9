"""Papers that are pages of other programs' PDF files, as documents of the volume's own: they are
set as an issue's attachments are, below the title of the paper."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from brieftex.collection.matter import MatterMaker, set_matter, words_block
from brieftex.compose.inline import one_line
from brieftex.compose.pdf_pages import add_pdf_pages
from brieftex.diagnostics import Finding
from brieftex.document.blocks import Document
from brieftex.input.issue.pdf_pages import find_pages
from brieftex.layout.lines.paragraph import Setting
from brieftex.layout.page import Page
from brieftex.model.content import PageFit, PdfPages
from brieftex.model.meeting import Meeting, Paper
from brieftex.pdf.write.foreign import ForeignForm, foreign_forms
from brieftex.picture import Picture
from brieftex.styled.styles import Align
from brieftex.units import pt

_GAP = pt(12)
"""Below the title of a paper."""


class TakenPages(Struct, frozen=True):
    """The pages of a paper, and what draws each."""

    block: PdfPages
    forms: Mapping[Picture, ForeignForm]


def take_pages(meeting: Meeting, paper: Paper) -> tuple[TakenPages | None, list[Finding]]:
    """The pages of a paper, and what is wrong with it or odd, at its place; None where it cannot be
    taken."""
    name, at = paper.pdf or "", paper.span
    found = find_pages(meeting.folder, name, paper.pages, at)
    if isinstance(found, Finding):
        return None, [found]
    forms, odd = foreign_forms(found.pages[0].path, found.pages, at)
    if not forms:
        return None, odd
    title = Path(name).stem if paper.title is None else one_line(paper.title.text)
    block = PdfPages(name, title, found.pages, at, found.digest, paper.pages, paper.fit)
    return TakenPages(block, forms), odd


def paper_document(
    maker: MatterMaker, block: PdfPages, setting: Setting
) -> tuple[Document, tuple[Page, ...]]:
    """The document of a paper, and its pages."""
    draft = maker.draft()
    if block.fit is PageFit.INSIDE:
        style = replace(
            maker.theme.styles["foreword_title"], space=0, after=_GAP, align=Align.CENTER
        )
        draft.add(words_block(draft, block.title, style, "H1"))
    add_pdf_pages(draft, block, 0, here=True)
    document = maker.document(draft, block.title)
    return document, set_matter(document, setting)
