"""Pies: clockwise from the top, every part named beside it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import pi, sin

from brieftex.layout.curves import spread
from brieftex.layout.page import Line
from brieftex.layout.sketch import PAPER, Sketch
from brieftex.units import Rect, Sp
from brieftex.vector import Outline, Paint, Point, arc, at_angle, bounds, polygon


@dataclass(frozen=True, slots=True)
class _Disc:
    """Where the pie stands; ``angles`` are where its parts begin and end, in radians."""

    center: Point
    radius: Sp
    angles: tuple[float, ...]

    def middle(self, number: int) -> float:
        """The angle in the middle of a part."""
        return (self.angles[number] + self.angles[number + 1]) / 2


def draw_pie(sketch: Sketch, area: Rect) -> Sp:
    """Draw the parts of a pie into ``area``; the height they take."""
    values = [value for value in sketch.block.series[0].values if value is not None]
    whole = sum((value.value for value in values), Fraction(0))
    radius = min(area.height * 42 // 100, area.width // 5)
    center = (area.width // 2, area.y + area.height // 2)
    turns = [Fraction(0)]
    for value in values:
        turns.append(turns[-1] + value.value / whole)
    angles = tuple(float(turn) * 2 * pi for turn in turns)
    disc = _Disc(center, radius, angles)
    for number in range(len(values)):
        outline = _part(center, radius, angles[number], angles[number + 1])
        box = Rect(center[0] - radius, center[1] - radius, 2 * radius, 2 * radius)
        if values[number].value:
            sketch.fill(outline, bounds(outline) if len(values) > 1 else box, number)
    _gaps(sketch, disc)
    for right in (True, False):
        _names(sketch, disc, area, right=right)
    return area.height


def _part(center: Point, radius: Sp, start: float, end: float) -> Outline:
    """A sector; the whole disc where there is but one."""
    first = at_angle(center, radius, start)
    curve = arc(center, radius, start, end)
    if end - start > 2 * pi - 1e-9:
        return (("m", first), *curve, ("h", ()))
    return (("m", center), ("l", first), *curve, ("h", ()))


def _gaps(sketch: Sketch, disc: _Disc) -> None:
    """White between the parts."""
    if len(disc.angles) < 3:
        return
    paint = Paint(stroke=PAPER, width=sketch.em // 8)
    reach = disc.radius + sketch.em // 8
    for angle in disc.angles[:-1]:
        end = at_angle(disc.center, reach, angle)
        sketch.path(polygon([disc.center, end], closed=False), paint)


def _names(sketch: Sketch, disc: _Disc, area: Rect, *, right: bool) -> None:
    """Names and values of the parts on one side, with a line to each."""
    block, em = sketch.block, sketch.em
    center, radius = disc.center, disc.radius
    x = center[0] + (radius + 2 * em) * (1 if right else -1)
    room = area.width - x if right else x
    side: list[tuple[Sp, int]] = []
    for number in range(len(disc.angles) - 1):
        angle = disc.middle(number)
        if (sin(angle) >= 0) == right:
            side.append((at_angle(center, radius + em // 2, angle)[1], number))
    side.sort()
    texts = _texts(sketch, [number for _, number in side], room, area.height)
    leading = sketch.leading
    heights = [_height(sketch, rows) for rows in texts]
    places = spread([y for y, _ in side], heights, area.y, area.y + area.height)
    # Lines to names that were pushed down turn outside the pie.
    elbow = center[0] + (radius + em * 3 // 2) * (1 if right else -1)
    for (_, number), rows, middle in zip(side, texts, places, strict=True):
        start = at_angle(center, radius + em // 6, disc.middle(number))
        bend = at_angle(center, radius + em, disc.middle(number))
        gap = em // 3 if right else -em // 3
        sketch.path(
            polygon([start, bend, (elbow, middle), (x - gap, middle)], closed=False),
            Paint(stroke=block.style.axis, width=block.style.rule, join=1),
        )
        y = middle - (len(rows) - 1) * leading // 2
        for k, row in enumerate(rows):
            _write_row(sketch, row, (x, y + k * leading), right=right)


def _texts(sketch: Sketch, numbers: list[int], room: Sp, height: Sp) -> list[list[list[Line]]]:
    """For each part the rows beside it: the name, below it the value; both in one row where
    that would be too high for all of them."""
    block = sketch.block
    values = [block.series[0].values[number] for number in numbers]
    labels = [[sketch.line(value.label)] if value else [] for value in values]
    stacks = [
        [*([line] for line in sketch.lines(block.categories[number], room)), label]
        for number, label in zip(numbers, labels, strict=True)
    ]
    if sum(_height(sketch, rows) for rows in stacks) <= height:
        return stacks
    return [
        [[sketch.line(block.categories[number]), *label]]
        for number, label in zip(numbers, labels, strict=True)
    ]


def _height(sketch: Sketch, rows: list[list[Line]]) -> Sp:
    return len(rows) * sketch.leading + (sketch.em // 4 if len(rows) > 1 else 0)


def _write_row(sketch: Sketch, row: list[Line], place: Point, *, right: bool) -> None:
    """Lines one behind the other, from ``place`` on at the right, up to it at the left."""
    x, y = place
    gap = sketch.em // 3
    whole = sum(line.width for line in row) + gap * (len(row) - 1)
    x -= 0 if right else whole
    for line in row:
        sketch.write(line, x, y)
        x += line.width + gap
