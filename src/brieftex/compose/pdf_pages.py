"""Pages of other programs' PDF files as figures, each on a page of its own; wide ones lie across
it. To a screen reader they are figures, described by what they are pages of."""

from __future__ import annotations

from msgspec.structs import replace

from brieftex.compose.builder import Draft
from brieftex.document.blocks import BreakBlock, FigureBlock
from brieftex.model.content import PageFit, PdfPages
from brieftex.picture import PdfPage


def page_description(block: PdfPages, page: PdfPage) -> str:
    """What a page is to a screen reader."""
    return f"{block.title}，原文件第{page.number}页"


def add_pdf_pages(draft: Draft, block: PdfPages, parent: int, *, here: bool) -> None:
    """Add the pages; the first stands below what its page has already if it may stand ``here``."""
    for index, page in enumerate(block.pages):
        turned = page.width > page.height
        _begin_page(draft, turned=turned, here=here and index == 0)
        node = draft.node("Figure", parent, alt=page_description(block, page))
        room = draft.room(turned=turned)
        whole = block.fit is PageFit.WHOLE
        # Some lines less, for a document of Word, where label and title stand above the first.
        lines = 8 if here and index == 0 else 2
        height = room.height - lines * draft.theme.page.leading
        draft.add(
            FigureBlock(
                page, room.width, height, node, None, block.span, fills=not whole, whole=whole
            )
        )


def _begin_page(draft: Draft, *, turned: bool, here: bool) -> None:
    """Begin a page, or turn the one that was begun and has nothing but headings so far."""
    draft.lying = False
    blocks = draft.blocks
    at = len(blocks)
    if here:
        at = next((k for k in range(at, 0, -1) if isinstance(blocks[k - 1], BreakBlock)), 0)
    last = blocks[at - 1] if at else None
    if isinstance(last, BreakBlock):
        blocks[at - 1] = replace(last, turned=turned)
    elif not here or turned:
        blocks.insert(at, BreakBlock(turned=turned))
