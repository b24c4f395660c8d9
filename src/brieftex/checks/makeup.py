"""Stage 10: what pages show that could not be avoided, each with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from brieftex.diagnostics import Finding
from brieftex.diagnostics.messages import makeup as messages
from brieftex.layout.blocks.box import Box
from brieftex.layout.page import PlacedLine, PlacedPicture
from brieftex.layout.pages import parameters
from brieftex.layout.pages.feasible import PagePlan
from brieftex.layout.paginate import Layout
from brieftex.picture import Raster
from brieftex.units import Sp, mm, pt, to_mm

LEAST_SIDE: Final[Sp] = mm(15)
"""A picture that comes out narrower or lower than that cannot be read."""


def check_pages(layout: Layout) -> list[Finding]:
    """Pages too full and too empty, lines left alone, headings at the foot, and pictures that
    are too small to be seen once they fit, or have fewer pixels than points (1/72 inch)."""
    found = list(_figures(layout))
    for page, plan in enumerate(layout.plans):
        found.extend(_page(layout, page, plan))
    return found


def _page(layout: Layout, page: int, plan: PagePlan) -> Iterator[Finding]:
    boxes, columns = layout.galley.boxes, layout.columns
    used = layout.used(page)
    room = layout.room(page)
    if used > room and plan.spans:
        yield messages.BLOCK_TOO_TALL.at(boxes[plan.spans[-1][0]].place, page=page + 1)
    k = plan.end
    if not plan.spans or k == len(boxes) or columns.forced[k] or columns.feet[k]:
        return
    if page + 1 < len(layout.plans) and layout.plans[page + 1].spans:
        following = boxes[layout.plans[page + 1].spans[0][0]]
        last = plan.spans[-1][1] - 1
        yield from _break(boxes[last], following, columns.after[last], page + 1)
        left = room - used
        if left * parameters.EMPTY_SHARE > room:
            lines = left // layout.document.page.leading
            drawn = any(not isinstance(item, PlacedLine) for item in following.items)
            yield messages.PAGE_UNDERFULL.at(
                following.place, page=page + 1, lines=lines,
                advice="把图表改小，或" if drawn else "删去几行，或",
                advice_en="make it smaller, or " if drawn else "cut some lines, or ",
            )  # fmt: skip


def _break(before: Box, after: Box, demerits: int, page: int) -> Iterator[Finding]:
    """What is wrong with the page break between two boxes, which costs so many ``demerits``."""
    if demerits >= parameters.FORBIDDEN:
        yield messages.KEPT_PARTED.at(before.place, page=page)
    elif demerits >= parameters.ORPHAN and before.closing:
        yield messages.ROW_ALONE.at(before.place, page=page)
    elif demerits >= parameters.ORPHAN:
        if demerits != parameters.WIDOW:
            yield messages.LINE_ALONE_AT_FOOT.at(before.place, page=page)
        if demerits >= parameters.WIDOW:
            yield messages.LINE_ALONE_AT_TOP.at(after.place, page=page + 1)


def _figures(layout: Layout) -> Iterator[Finding]:
    pictures = [
        (item.rect, item.picture, box)
        for box in layout.galley.boxes
        if box.line is None
        for item in box.items
        if isinstance(item, PlacedPicture)
    ]
    for rect, picture, box in pictures:
        if rect.height < LEAST_SIDE <= rect.width:
            yield messages.FIGURE_TOO_WIDE.at(box.place, height=_mm(rect.height))
        elif rect.width < LEAST_SIDE <= rect.height:
            yield messages.FIGURE_TOO_TALL.at(box.place, width=_mm(rect.width))
        elif isinstance(picture, Raster) and picture.width * pt(1) < rect.width:
            yield messages.FIGURE_COARSE.at(
                box.place, pixels=picture.width, lines=picture.height, width=_mm(rect.width)
            )


def _mm(length: Sp) -> str:
    return f"{to_mm(length):.0f}"
