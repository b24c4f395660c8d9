"""The vertical list: boxes, each as high as it will stand on the page.

A box is a line of type with its leading, or something as solid: a table row, a picture, a
stack of lines that may not part. Positions inside it are relative to its top left corner,
x from the left edge of the type area. Heights are whole grid lines wherever a page may
break, so that what follows keeps the grid.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from brieftex.diagnostics import Span
from brieftex.document.blocks import EntryBlock
from brieftex.layout.page import Line, Placed, PlacedLine, PlacedPath
from brieftex.units import Sp


class Box(Struct, frozen=True):
    """``after`` is the cost of a page break after it. A ``blank`` box vanishes at the top of
    a page. ``forced``: a new page begins before it. ``notes`` are the footnotes called in it.

    ``head`` comes again above it where it begins a page (table heads); ``closing`` is added
    below it where it ends one. ``entry`` is a contents line that still lacks its number.
    ``foot``: it stands on the foot of the type area. ``floating`` counts the boxes of the
    figure that begins here, which may go to the top of the next page. ``at`` is where its text
    stands in the file.
    """

    height: Sp
    items: tuple[Placed, ...] = ()
    after: int = 0
    blank: bool = False
    forced: bool = False
    notes: tuple[int, ...] = ()
    anchors: tuple[str, ...] = ()
    head: Box | None = None
    closing: tuple[Placed, ...] = ()
    entry: tuple[EntryBlock, Line, Sp] | None = None
    foot: bool = False
    floating: int = 0
    at: Span | None = None


class Galley(Struct, frozen=True):
    """The issue set, not yet in pages; ``notes`` are the footnotes' boxes by index."""

    boxes: tuple[Box, ...]
    notes: tuple[tuple[Box, ...], ...]

    def on_page(self, spans: Iterable[tuple[int, int]]) -> list[Box]:
        """What stands on a page that holds these stretches of boxes, from its top."""
        return [box for j, k in spans for box in self.boxes[j:k]]


ASCENT = 880
"""Where the baseline stands in the em box of a Chinese face, 1/1000 em from its top."""


def baseline(leading: Sp, size: Sp) -> Sp:
    """The baseline below the top of a line: the em box stands in the middle of it."""
    return (leading - size) // 2 + size * ASCENT // 1000


def raised(height: Sp, grid: Sp | None) -> Sp:
    """``height`` raised to whole grid lines; without a grid as it is."""
    return height if grid is None else -(-height // grid) * grid


def moved(item: Placed, x: Sp, y: Sp) -> Placed:
    """``item`` shifted right by ``x`` and down by ``y``."""
    if not x and not y:
        return item
    if isinstance(item, PlacedLine | PlacedPath):
        return replace(item, x=item.x + x, y=item.y + y)
    rect = item.rect
    return replace(item, rect=replace(rect, x=rect.x + x, y=rect.y + y))
