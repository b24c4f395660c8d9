"""Pages of other programs' files: each fills what its page has left, or covers the whole paper."""

from __future__ import annotations

from collections.abc import Sequence

from brieftex.document.blocks import FigureBlock
from brieftex.document.styles import PageStyle
from brieftex.layout.blocks.box import Box, raised
from brieftex.layout.page import PlacedPicture
from brieftex.layout.pages.parameters import FORBIDDEN
from brieftex.units import Rect

_LEAST_SHARE = 3
"""Below a title that takes more of the page, a page of another file begins a page of its own."""


def set_sheet(
    block: FigureBlock, page: PageStyle, above: Sequence[Box], below: Sequence[Box]
) -> list[Box]:
    """The boxes of a figure that fills the page below the boxes ``above``, which stand on it, or
    covers it, and of its caption, which is set already."""
    if block.whole:
        return [_covering(block, page), *below]
    used = sum(box.height for box in above)
    alone = page.depth - used < page.depth // _LEAST_SHARE
    start = 0 if alone else used
    # The grid begins and ends outside of the type area by its overhang.
    top = 0 if start else page.overhang
    foot = page.overhang + sum(box.height for box in below)
    room = max(page.depth - start - top - foot, page.leading)
    picture = block.picture
    width = min(page.type_area.width, room * picture.width // picture.height)
    height = width * picture.height // picture.width
    rect = Rect((page.type_area.width - width) // 2, top, width, height)
    total = min(raised(top + height, page.leading), page.depth - start)
    item = PlacedPicture(rect, picture, block.node, block.span)
    after = FORBIDDEN if below else 0
    return [Box(total, (item,), after=after, at=block.span, forced=alone and bool(above)), *below]


def _covering(block: FigureBlock, page: PageStyle) -> Box:
    """A figure in the middle of the paper, in its own size if that fits."""
    trim, area, picture = page.trim, page.type_area, block.picture
    width, height = picture.width, picture.height
    if width > trim.width or height > trim.height:
        across = trim.height * width // height
        width, height = (
            (across, trim.height) if across <= trim.width
            else (trim.width, trim.width * height // width)
        )  # fmt: skip
    x = (trim.width - width) // 2 - area.x
    y = (trim.height - height) // 2 - (area.y - page.overhang)
    item = PlacedPicture(Rect(x, y, width, height), picture, block.node, block.span)
    return Box(page.depth, (item,), at=block.span, whole=True)
