"""What is set along the height of an upright page: places in it become places on the page.

A table that lies across an upright sheet has its head at the left on every page, which is the
binding edge of odd ones and the outer edge of even ones (GB/T 9704-2012 8): a reader turns the
paper one way only.
"""

from __future__ import annotations

from msgspec.structs import replace

from brieftex.layout.page import (
    Link,
    Placed,
    PlacedFrame,
    PlacedLine,
    PlacedPath,
    PlacedPicture,
    PlacedRule,
)
from brieftex.units import Rect, Sp
from brieftex.vector import Outline

_WHOLE = 1_000_000


def turned_item(item: Placed, height: Sp) -> Placed:
    """``item``, placed from the corner of the turned page, on a sheet of this ``height``."""
    match item:
        case PlacedLine():
            cosine, sine = item.turn or (_WHOLE, 0)
            return replace(item, x=item.y, y=height - item.x, turn=(sine, -cosine))
        case PlacedRule() | PlacedFrame():
            return replace(item, rect=_turned_rect(item.rect, height))
        case PlacedPicture():
            return replace(item, rect=_turned_rect(item.rect, height), turned=True)
        case PlacedPath():
            return replace(
                item,
                x=item.y,
                y=height - item.x,
                outline=_turned_outline(item.outline),
                clips=tuple(map(_turned_outline, item.clips)),
            )


def turned_link(link: Link, height: Sp) -> Link:
    """The same for the area of a link."""
    return replace(link, rect=_turned_rect(link.rect, height))


def _turned_rect(rect: Rect, height: Sp) -> Rect:
    return Rect(rect.y, height - rect.x - rect.width, rect.height, rect.width)


def _turned_outline(outline: Outline) -> Outline:
    return tuple(
        (
            letter,
            tuple(v for x, y in zip(points[::2], points[1::2], strict=True) for v in (y, -x)),
        )
        for letter, points in outline
    )
