"""Pages in columns, for an index: lines are broken in the measure of a column, columns as pages
are, and so many of them are put side by side on a page, below a heading over all of them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from brieftex.document.blocks import Block, Document
from brieftex.layout.blocks.box import Box, Galley, moved
from brieftex.layout.blocks.galley import build_galley
from brieftex.layout.lines.paragraph import Setting
from brieftex.layout.page import Page
from brieftex.layout.pages.feasible import PagePlan
from brieftex.layout.pages.makeup import make_up, running_head
from brieftex.layout.pages.notes import note_list
from brieftex.layout.pages.pagebreak import break_pages
from brieftex.layout.paginate import Layout, page_columns
from brieftex.units import Sp


def set_in_columns(
    document: Document, heading: int, count: int, gap: Sp, setting: Setting
) -> tuple[Page, ...]:
    """The pages of ``document``, whose first ``heading`` blocks stand over ``count`` columns that
    are ``gap`` apart. Its blocks have neither notes nor figures."""
    page = document.page
    width = (page.type_area.width - gap * (count - 1)) // count
    above = _bare(document, document.blocks[:heading])
    below = _bare(document, document.blocks[heading:])
    narrow = replace(page, type_area=replace(page.type_area, width=width))
    below = replace(below, page=narrow)
    head = build_galley(above, setting)
    top = sum(box.height for box in head.boxes)
    groups = _column_pages(below, build_galley(below, setting), top, count, setting)
    first = _made_up(above, head, [PagePlan(((0, len(head.boxes)),), (0, 0), len(head.boxes))],
                     setting)[0]  # fmt: skip
    pages = []
    for number, group in enumerate(groups or [[]], 1):
        parts = [_shifted(column, k * (width + gap)) for k, column in enumerate(group)]
        pages.append(_together(number, [*([first] if number == 1 else []), *parts]))
    return tuple(
        replace(made, items=(*running_head(document, made.number, setting), *made.items))
        for made in pages
    )


def _column_pages(
    document: Document, galley: Galley, top: Sp, count: int, setting: Setting
) -> list[list[Page]]:
    """The columns of each page; those of the last are as low as they can be. The first page
    begins ``top`` below the others."""
    grid, most = document.page.leading, document.page.lines
    boxes = galley.boxes
    pages: list[list[Page]] = []
    while boxes:
        above = 0 if pages else top
        depth = max(most * grid - above, grid)
        near = Galley(_first(boxes, 2 * (count + 1) * depth), ())
        plans = _plans(document, near, depth)
        if len(near.boxes) == len(boxes) and len(plans) <= count:
            height = sum(box.height for box in boxes)
            for lines in range(max(height // grid // count, 1), depth // grid + 1):
                balanced = _plans(document, near, lines * grid)
                if len(balanced) <= count:
                    plans = balanced
                    break
        plans = plans[:count]
        made = _made_up(document, near, plans, setting)
        pages.append([_lowered(column, above) for column in made])
        boxes = boxes[plans[-1].end :]
    return pages


def _first(boxes: tuple[Box, ...], height: Sp) -> tuple[Box, ...]:
    """As many of the boxes as are this high together, and one more."""
    for k, box in enumerate(boxes):
        height -= box.height
        if height < 0:
            return boxes[: k + 1]
    return boxes


def _bare(document: Document, blocks: Sequence[Block]) -> Document:
    """A part of the document without running head and folio."""
    nothing = ("", "", "")
    furniture = replace(document.furniture, head=nothing, folio=nothing)
    return replace(document, blocks=tuple(blocks), furniture=furniture)


def _plans(document: Document, galley: Galley, depth: Sp) -> list[PagePlan]:
    return break_pages(page_columns(document, galley, note_list(galley)), depth)


def _made_up(
    document: Document, galley: Galley, plans: list[PagePlan], setting: Setting
) -> list[Page]:
    notes = note_list(galley)
    columns = page_columns(document, galley, notes)
    return list(make_up(Layout(document, galley, notes, columns, plans), setting)[0])


def _lowered(page: Page, y: Sp) -> Page:
    items = tuple(moved(item, 0, y) for item in page.items)
    links = tuple(replace(a, rect=replace(a.rect, y=a.rect.y + y)) for a in page.links)
    anchors = tuple(replace(anchor, y=anchor.y + y) for anchor in page.anchors)
    return replace(page, items=items, links=links, anchors=anchors)


def _shifted(page: Page, x: Sp) -> Page:
    items = tuple(moved(item, x, 0) for item in page.items)
    links = tuple(replace(a, rect=replace(a.rect, x=a.rect.x + x)) for a in page.links)
    return replace(page, items=items, links=links)


def _together(number: int, parts: Sequence[Page]) -> Page:
    """Parts of a page as one."""
    return Page(
        number,
        parts[0].trim,
        tuple(item for part in parts for item in part.items),
        tuple(link for part in parts for link in part.links),
        tuple(anchor for part in parts for anchor in part.anchors),
    )
