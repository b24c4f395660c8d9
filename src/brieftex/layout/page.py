"""Pages as they will be drawn: everything has its place, and nothing is left to decide.

Coordinates are Sp from the top left corner of the page, y downwards. The order of
``Page.items`` is the reading order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from brieftex.diagnostics import Finding, Span
from brieftex.fonts.face import Face
from brieftex.picture import PdfPage, Picture
from brieftex.styled.text import Text
from brieftex.units import Color, Rect, Size, Sp
from brieftex.vector import Outline, Paint


class GlyphRun(Struct, frozen=True, cache_hash=True):
    """Glyphs of one face, size and colour on one baseline, in columns.

    ``xs[k]`` is the origin of glyph k, Sp from the line's left end; ``texts[k]`` are the
    characters it represents, empty where an earlier glyph of the cluster represents them.
    ``node`` is the structure element. ``stretch`` scales the glyphs horizontally, in 1/1000.
    ``stroke`` is the width of the line drawn around them, Sp, 0 for none.
    """

    face: Face
    size: Sp
    color: Color
    rise: Sp
    node: int
    glyphs: tuple[int, ...]
    xs: tuple[Sp, ...]
    texts: tuple[str, ...]
    stretch: int = 1000
    stroke: Sp = 0


class Dots(Struct, frozen=True):
    """Dots below characters (着重号): their centres at ``xs`` from the line's left end and
    ``drop`` below its baseline, Sp."""

    xs: tuple[Sp, ...]
    drop: Sp
    diameter: Sp
    color: Color


class Line(Struct, frozen=True):
    """A set line. ``width`` is its width as set, ``natural`` its width before justification;
    ``start`` and ``end`` are the offsets of its characters in ``text``, the whole paragraph;
    ``shift`` is its distance from the left edge of the measure (indent, centring). ``above`` is
    the ruby text above it, in coordinates of this line, ``dots`` are the emphasis dots below.
    ``findings`` say what could not be set well; their spans are offsets in ``text``."""

    runs: tuple[GlyphRun, ...]
    width: Sp
    natural: Sp
    shift: Sp
    start: int
    end: int
    links: tuple[tuple[Sp, Sp, str, int], ...] = ()  # from, to (Sp in the line), href, node
    above: Line | None = None
    dots: tuple[Dots, ...] = ()
    text: Text = Text("", ())
    findings: tuple[Finding, ...] = ()

    def reported(self) -> Iterator[Finding]:
        """The findings on this line and on the ruby text above it, at their places in the file."""
        for finding in self.findings:
            span = finding.span
            if span is not None:
                finding = replace(finding, span=self.text.origin.span(span.start, span.end))
            yield finding
        if self.above is not None:
            yield from self.above.reported()


class Artifact(Enum):
    """The type of an artifact, content that is not part of the text (ISO 32000-1, 14.8.2.2)."""

    __hash__ = object.__hash__  # part of many keys, and Enum's own is written in Python

    HEADER = "Header"
    FOOTER = "Footer"
    WATERMARK = "Watermark"
    LAYOUT = "Layout"  # rules, leaders


class PlacedLine(Struct, frozen=True):
    """A line, its left end at ``x``, its baseline at ``y``. ``turn`` is the cosine and sine, in
    millionths, of the angle by which it is rotated clockwise about that point."""

    x: Sp
    y: Sp
    line: Line
    artifact: Artifact | None = None
    turn: tuple[int, int] | None = None


class PlacedRule(Struct, frozen=True):
    """A filled rectangle; always an artifact."""

    rect: Rect
    color: Color
    artifact: Artifact = Artifact.LAYOUT


class PlacedPicture(Struct, frozen=True):
    """A picture, scaled to ``rect``; ``span`` is the place in the file that names it. A ``turned``
    one has its head at the left."""

    rect: Rect
    picture: Picture
    node: int
    span: Span | None = None
    turned: bool = False


class PlacedPath(Struct, frozen=True):
    """An outline with its origin at (x, y), painted inside the intersection of ``clips``. With
    ``node`` below 0 it is an artifact of type ``artifact``."""

    x: Sp
    y: Sp
    outline: Outline
    paint: Paint
    node: int
    clips: tuple[Outline, ...] = ()
    artifact: Artifact | None = None


class PlacedFrame(Struct, frozen=True):
    """The bounding box of a figure that is drawn piece by piece: the items of ``node`` that
    follow lie in ``rect``. It draws nothing itself."""

    rect: Rect
    node: int


Placed: TypeAlias = PlacedLine | PlacedRule | PlacedPicture | PlacedPath | PlacedFrame


class Link(Struct, frozen=True):
    """An active area. ``href`` is a URL, or ``#`` and an anchor; ``node`` the structure element."""

    rect: Rect
    href: str
    node: int
    description: str


class Anchor(Struct, frozen=True):
    """A link destination, ``y`` from the top of the page."""

    name: str
    y: Sp


class Page(Struct, frozen=True):
    """One page; ``number`` from 1. What lies across a ``turned`` one has its head at the left of
    the sheet; a screen shows the page with that head above. ``front`` pages stand before those of
    the issue and are counted by themselves, as i, ii. On a ``whole`` one a page of another file
    lies over all of the paper."""

    number: int
    trim: Size
    items: tuple[Placed, ...]
    links: tuple[Link, ...]
    anchors: tuple[Anchor, ...]
    turned: bool = False
    front: bool = False
    whole: bool = False


def has_foreign_pages(pages: Sequence[Page]) -> bool:
    """Whether there are pages of other programs' files on these."""
    return any(holds_foreign(page) for page in pages)


def holds_foreign(page: Page) -> bool:
    """Whether a page of another program's file stands on this one."""
    pictures = [item.picture for item in page.items if isinstance(item, PlacedPicture)]
    return any(isinstance(picture, PdfPage) for picture in pictures)
