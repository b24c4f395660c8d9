"""The vertical list: boxes, each as high as it will be on the page.

A box is a line of type with its leading, or something else that is not divided: a table row, a
picture, lines that must stay together. Positions in it are relative to its top and to the left
edge of the type area. Wherever a page may break, heights add up to whole grid lines, so that what
follows stays on the grid.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from brieftex.diagnostics import Span
from brieftex.document.blocks import EntryBlock
from brieftex.document.paragraphs import Code
from brieftex.layout.page import Artifact, Line, Placed, PlacedLine, PlacedPath
from brieftex.units import Sp


class Box(Struct, frozen=True):
    """A box. ``after`` is the penalty of a page break after it. A ``blank`` box is discarded at
    the top of a page. ``forced``: a page break is forced before it. ``notes`` are the footnotes
    called in it.

    ``head`` is repeated above it where it begins a page (table heads); ``closing`` is added
    below it where it ends one. ``entry`` is a contents line that still lacks its page number.
    ``foot``: it stands at the foot of the type area. ``floating`` is the number of boxes of the
    figure that begins here and may float to the top of the next page. ``at`` is the place in the
    file of what it shows; that of a ``line`` of a text is looked up when it is asked for.
    ``beside`` are codes in the margin, each with the height of its middle.
    ``overhang`` is how far something of it, a seal, reaches below it, and from which x on.
    A ``joined`` box goes on with what the one before it began: a row of a table, or rows that a
    cell covers. Where a page ends within these, ``torn`` stands in each of their boxes instead of
    ``items``. ``turned``: it stands on a turned page. ``whole``: it covers the paper. ``odd``: it
    begins an odd page.
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
    line: Line | None = None
    beside: tuple[tuple[Sp, Code], ...] = ()
    overhang: tuple[Sp, Sp] = (0, 0)
    joined: bool = False
    torn: tuple[Placed, ...] | None = None
    turned: bool = False
    whole: bool = False
    odd: bool = False

    @property
    def place(self) -> Span | None:
        """Where what it shows stands in the file."""
        line = self.line
        return self.at if line is None else line.text.origin.span(line.start, line.end)


class Galley(Struct, frozen=True):
    """The document set, but not yet broken into pages; ``notes`` are the footnotes by index."""

    boxes: tuple[Box, ...]
    notes: tuple[tuple[Box, ...], ...]

    def on_page(self, spans: Iterable[tuple[int, int]]) -> list[Box]:
        """The boxes of a page with these spans, from its top, without discarded ones; what the
        page begins or ends within stands as it does where it is torn."""
        found: list[Box] = []
        for j, k in spans:
            page = list(self.boxes[j:k])
            if k < len(self.boxes) and self.boxes[k].joined:
                _tear(page, reversed(range(len(page))), at_start=False)
            if page and page[0].joined:
                _tear(page, range(len(page)), at_start=True)
            found += page
        return found


def _tear(page: list[Box], order: Iterable[int], *, at_start: bool) -> None:
    """Put the torn form of each box in place of those that are joined, from one end of a page."""
    for n, k in enumerate(order):
        if at_start and n and not page[k].joined:
            return
        if page[k].torn is not None:
            page[k] = replace(page[k], items=page[k].torn or ())
        if not at_start and not page[k].joined:
            return


ASCENT = 880
"""The baseline in the em box of a Chinese face, 1/1000 em from its top."""


def baseline(leading: Sp, size: Sp) -> Sp:
    """The distance from a line's top to its baseline, with the em box centred in the leading."""
    return (leading - size) // 2 + size * ASCENT // 1000


def raised(height: Sp, grid: Sp | None) -> Sp:
    """``height`` rounded up to whole grid lines; unchanged without a grid."""
    return height if grid is None else -(-height // grid) * grid


def moved(item: Placed, x: Sp, y: Sp) -> Placed:
    """``item`` shifted right by ``x`` and down by ``y``."""
    if not x and not y:
        return item
    if isinstance(item, PlacedLine):  # nearly all, and quicker so than by ``replace``
        return PlacedLine(item.x + x, item.y + y, item.line, item.artifact, item.turn)
    if isinstance(item, PlacedPath):
        return replace(item, x=item.x + x, y=item.y + y)
    rect = item.rect
    return replace(item, rect=replace(rect, x=rect.x + x, y=rect.y + y))


def stacked(boxes: Iterable[Box]) -> Box:
    """The contents of boxes below each other as one box, artifacts all: what is repeated at the
    head of pages."""
    items: list[Placed] = []
    y = 0
    for box in boxes:
        for item in box.items:
            placed = moved(item, 0, y)
            if isinstance(placed, PlacedLine):
                placed = replace(placed, artifact=Artifact.LAYOUT)
            items.append(placed)
        y += box.height
    return Box(y, tuple(items))
