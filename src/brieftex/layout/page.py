"""Pages as they will be drawn: everything has its place, nothing is left to decide.

Coordinates are Sp from the top left corner of the page, y downwards. The order of
``Page.items`` is the reading order.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from brieftex.diagnostics import Finding, Span
from brieftex.fonts.face import Face
from brieftex.picture import Picture
from brieftex.styled.text import Text
from brieftex.units import Color, Rect, Size, Sp
from brieftex.vector import Outline, Paint


class GlyphRun(Struct, frozen=True):
    """Glyphs of one face, size and colour on one baseline, in columns.

    ``xs[k]`` is the origin of glyph k, Sp from the line's left end; ``texts[k]`` the
    characters it stands for, empty where an earlier glyph stands for them too. ``node`` is
    the structure node. ``stretch`` scales the glyphs horizontally, in 1/1000. ``stroke`` is
    the width of the pen that outlines them, 0 for none.
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
    """A set line. ``width`` is its width as set, ``natural`` without justification; ``start``
    and ``end`` are the offsets of its characters in ``text``, which it was cut from; ``shift``
    moves it from the left edge of the measure (indent, centring). ``above`` holds the readings
    above it, in coordinates of this line, ``dots`` what stands below. ``findings`` say what
    could not be set well in it; their spans are offsets in ``text``."""

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
        """The findings of this line and of the readings above it, at their places in the file."""
        for finding in self.findings:
            span = finding.span
            if span is not None:
                finding = replace(finding, span=self.text.origin.span(span.start, span.end))
            yield finding
        if self.above is not None:
            yield from self.above.reported()


class Artifact(Enum):
    """Why a thing on the page is not part of the text (ISO 32000-1, 14.8.2.2)."""

    HEADER = "Header"
    FOOTER = "Footer"
    WATERMARK = "Watermark"
    LAYOUT = "Layout"  # rules, leaders


class PlacedLine(Struct, frozen=True):
    """A line; ``x`` of its left end, ``y`` of its baseline. ``turn`` is cosine and sine, in
    millionths, of the angle that it is turned by around that point, clockwise."""

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
    """A picture, scaled to ``rect``; ``span`` is where the issue asks for it."""

    rect: Rect
    picture: Picture
    node: int
    span: Span | None = None


class PlacedPath(Struct, frozen=True):
    """An outline, seen from (x, y) and painted inside all of ``clips``. ``node`` below 0: it
    is an artifact, of the layout unless ``artifact`` says otherwise."""

    x: Sp
    y: Sp
    outline: Outline
    paint: Paint
    node: int
    clips: tuple[Outline, ...] = ()
    artifact: Artifact | None = None


class PlacedFrame(Struct, frozen=True):
    """The bounds of a figure that is drawn piece by piece; what belongs to ``node`` and
    follows lies in ``rect``. Draws nothing itself."""

    rect: Rect
    node: int


Placed: TypeAlias = PlacedLine | PlacedRule | PlacedPicture | PlacedPath | PlacedFrame


class Link(Struct, frozen=True):
    """An active area. ``href`` is a URL, or ``#`` and an anchor; ``node`` its structure node."""

    rect: Rect
    href: str
    node: int
    description: str


class Anchor(Struct, frozen=True):
    """A destination at height ``y``."""

    name: str
    y: Sp


class Page(Struct, frozen=True):
    """One page; ``number`` from 1."""

    number: int
    trim: Size
    items: tuple[Placed, ...]
    links: tuple[Link, ...]
    anchors: tuple[Anchor, ...]
