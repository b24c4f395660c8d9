"""Outlines and how they are painted: what charts, SVG figures and QR codes are drawn with.

Coordinates are Sp, x to the right and y down, relative to an origin that is chosen where an outline
is placed and is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import cos, sin
from typing import TypeAlias

from msgspec import Struct

from brieftex.units import Color, Rect, Sp

Point: TypeAlias = tuple[Sp, Sp]

Step: TypeAlias = tuple[str, tuple[Sp, ...]]
"""``m`` and ``l`` with a point to move or draw a line to, ``c`` with the three points of a
Bézier curve, ``h`` closes (ISO 32000-1, 8.5.2)."""

Outline: TypeAlias = tuple[Step, ...]

# A quarter of a circle as one Bézier curve: the distance of the control points, 1/10,000.
_KAPPA = 5523


SOLID = 1000
"""Full opacity."""


class Paint(Struct, frozen=True):
    """How an outline is painted: inside, along it, or both.

    ``dash`` is on, off, … Sp, and ``phase`` how far into it the line begins; ``cap`` and
    ``join`` are those of ISO 32000-1, 8.4.3: 0 butt or miter, 1 round, 2 square or bevel;
    ``miter`` is the miter limit in thousandths. ``even_odd`` leaves holes where parts of the
    outline overlap. ``fill_opacity`` and ``stroke_opacity`` go from 0 to ``SOLID``."""

    fill: Color | None = None
    stroke: Color | None = None
    width: Sp = 0
    dash: tuple[Sp, ...] = ()
    cap: int = 0
    join: int = 0
    miter: int = 10_000
    phase: Sp = 0
    even_odd: bool = False
    fill_opacity: int = SOLID
    stroke_opacity: int = SOLID


class Shape(Struct, frozen=True):
    """An outline of a drawing, painted inside the intersection of ``clips``."""

    outline: Outline
    paint: Paint
    clips: tuple[Outline, ...] = ()


class Words(Struct, frozen=True):
    """Text of a drawing with its baseline at (x, y); ``share`` 0, 1 or 2: the start, the middle or
    the end of the text is there. ``family`` and ``bold`` are as in the file. ``turn`` is the
    cosine and sine, in millionths, of the angle by which it is rotated clockwise."""

    text: str
    x: Sp
    y: Sp
    size: Sp
    color: Color
    share: int = 0
    family: str = ""
    bold: bool = False
    turn: tuple[int, int] | None = None


class Drawing(Struct, frozen=True):
    """A whole drawing: its size, and its parts from back to front."""

    width: Sp
    height: Sp
    parts: tuple[Shape | Words, ...]


def polygon(points: Sequence[Point], *, closed: bool = True) -> Outline:
    """An outline of straight lines from point to point."""
    steps: list[Step] = [("m" if k == 0 else "l", point) for k, point in enumerate(points)]
    if closed:
        steps.append(("h", ()))
    return tuple(steps)


def rectangle(rect: Rect) -> Outline:
    """The outline of a rectangle."""
    left, top, right, bottom = rect.x, rect.y, rect.x + rect.width, rect.y + rect.height
    return polygon([(left, top), (right, top), (right, bottom), (left, bottom)])


def ellipse(x: Sp, y: Sp, across: Sp, down: Sp) -> Outline:
    """An ellipse around (x, y) with these radii."""
    h, v = across * _KAPPA // 10_000, down * _KAPPA // 10_000
    return (
        ("m", (x + across, y)),
        ("c", (x + across, y + v, x + h, y + down, x, y + down)),
        ("c", (x - h, y + down, x - across, y + v, x - across, y)),
        ("c", (x - across, y - v, x - h, y - down, x, y - down)),
        ("c", (x + h, y - down, x + across, y - v, x + across, y)),
        ("h", ()),
    )


def arc(center: Point, radius: Sp, start: float, end: float) -> list[Step]:
    """Curves along a circle, from ``start`` to ``end`` in radians clockwise from 12 o'clock;
    the pen stands at the start already."""
    count = max(1, -int(-(end - start) // 0.8))
    step = (end - start) / count
    reach = 4 / 3 * sin(step / 4) / cos(step / 4)
    steps: list[Step] = []
    for k in range(count):
        a, b = start + k * step, start + (k + 1) * step
        steps.append(
            (
                "c",
                (
                    *_on(center, radius, sin(a) + reach * cos(a), -cos(a) + reach * sin(a)),
                    *_on(center, radius, sin(b) - reach * cos(b), -cos(b) - reach * sin(b)),
                    *_on(center, radius, sin(b), -cos(b)),
                ),
            )
        )
    return steps


def at_angle(center: Point, radius: Sp, angle: float) -> Point:
    """The point of a circle at ``angle``, radians clockwise from 12 o'clock."""
    return _on(center, radius, sin(angle), -cos(angle))


def _on(center: Point, radius: Sp, across: float, down: float) -> Point:
    return center[0] + round(radius * across), center[1] + round(radius * down)


def bounds(outline: Iterable[Step]) -> Rect:
    """The bounding box of all points of an outline, control points included."""
    xs = [x for _, points in outline for x in points[0::2]]
    ys = [y for _, points in outline for y in points[1::2]]
    if not xs:
        return Rect(0, 0, 0, 0)
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
