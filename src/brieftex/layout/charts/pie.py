"""Pie charts: sectors run clockwise from the top, each labelled beside it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from math import acos, atan2, ceil, hypot, pi, sin

from msgspec import Struct
from msgspec.structs import replace

from brieftex.layout.charts.canvas import PAPER, Canvas
from brieftex.layout.charts.line_chart import spread
from brieftex.layout.page import Line
from brieftex.units import Rect, Sp
from brieftex.vector import Outline, Paint, Point, arc, at_angle, bounds, polygon

# The least radius of a pie is this fraction (1/n) of the height.
_LEAST = 5

# The angle between points of a leader line around the pie, radians.
_STEP = 0.15


class _Disc(Struct, frozen=True):
    """The place of the pie; ``angles`` are the boundaries of its sectors, in radians; ``texts``
    are the rows of the label of each sector."""

    center: Point
    radius: Sp
    angles: tuple[float, ...]
    texts: Mapping[int, list[list[Line]]]

    def middle(self, number: int) -> float:
        """The angle in the middle of a sector."""
        return (self.angles[number] + self.angles[number + 1]) / 2


def draw_pie(canvas: Canvas, area: Rect) -> Sp:
    """Draw a pie and its labels into ``area``; the height they take."""
    values = [value for value in canvas.block.series[0].values if value is not None]
    whole = sum((value.value for value in values), Fraction(0))
    turns = [Fraction(0)]
    for value in values:
        turns.append(turns[-1] + value.value / whole)
    angles = tuple(float(turn) * 2 * pi for turn in turns)
    sides = _sides(angles)
    area = replace(area, height=_height_for(canvas, sides, area))
    texts = {
        number: rows
        for side in sides
        for number, rows in zip(side, _texts(canvas, side, area), strict=True)
    }
    disc = _disc(canvas, angles, texts, area)
    center, radius = disc.center, disc.radius
    for number in range(len(values)):
        outline = _part(center, radius, angles[number], angles[number + 1])
        box = Rect(center[0] - radius, center[1] - radius, 2 * radius, 2 * radius)
        if values[number].value:
            canvas.fill(outline, bounds(outline) if len(values) > 1 else box, number)
    _gaps(canvas, disc)
    for right in (True, False):
        _names(canvas, disc, area, right=right)
    return area.height


def _part(center: Point, radius: Sp, start: float, end: float) -> Outline:
    """The outline of a sector, or of the whole disc if there is only one."""
    first = at_angle(center, radius, start)
    curve = arc(center, radius, start, end)
    if end - start > 2 * pi - 1e-9:
        return (("m", first), *curve, ("h", ()))
    return (("m", center), ("l", first), *curve, ("h", ()))


def _gaps(canvas: Canvas, disc: _Disc) -> None:
    """Draw white lines between the sectors."""
    if len(disc.angles) < 3:
        return
    paint = Paint(stroke=PAPER, width=canvas.em // 8)
    reach = disc.radius + canvas.em // 8
    for angle in disc.angles[:-1]:
        end = at_angle(disc.center, reach, angle)
        canvas.path(polygon([disc.center, end], closed=False), paint)


def _sides(angles: tuple[float, ...]) -> tuple[list[int], list[int]]:
    """The sectors labelled at the left, and those labelled at the right."""
    sides: tuple[list[int], list[int]] = ([], [])
    for number, (start, end) in enumerate(pairwise(angles)):
        sides[sin((start + end) / 2) >= 0].append(number)
    return sides


def _height_for(canvas: Canvas, sides: tuple[list[int], list[int]], area: Rect) -> Sp:
    """The height that the labels of the fuller side need one below another, if it is more than
    the usual height and the chart may be that high; else the usual height."""
    tallest = max(sum(_height(canvas, rows) for rows in _stacks(canvas, s, area)) for s in sides)
    most = canvas.block.max_height - area.y
    return max(tallest, area.height) if tallest <= most else area.height


def _disc(
    canvas: Canvas, angles: tuple[float, ...], texts: Mapping[int, list[list[Line]]], area: Rect
) -> _Disc:
    """The pie between the labels at its sides, as large as they allow."""
    em = canvas.em
    left, right = (
        max((_width(canvas, row) for k in side for row in texts[k]), default=0)
        for side in _sides(angles)
    )
    reach = 2 * em  # from the pie to a label
    room = (area.width - left - right - 2 * reach) // 2
    usual = canvas.block.style.height * 42 // 100
    radius = max(area.height // _LEAST, min(usual, area.height * 42 // 100, room))
    wide = left + right + 2 * reach + 2 * radius
    x = (area.width - wide) // 2 + left + reach + radius
    x = min(max(x, left + reach + radius), area.width - right - reach - radius)
    return _Disc((x, area.y + area.height // 2), radius, angles, texts)


def _names(canvas: Canvas, disc: _Disc, area: Rect, *, right: bool) -> None:
    """Draw the labels on one side, with a leader line to each."""
    texts = disc.texts
    block, em = canvas.block, canvas.em
    center, radius = disc.center, disc.radius
    x = center[0] + (radius + 2 * em) * (1 if right else -1)
    side: list[tuple[Sp, int]] = []
    for number in range(len(disc.angles) - 1):
        angle = disc.middle(number)
        if (sin(angle) >= 0) == right:
            side.append((at_angle(center, radius + em // 2, angle)[1], number))
    side.sort()
    leading = canvas.leading
    heights = [_height(canvas, texts[number]) for _, number in side]
    places = spread([y for y, _ in side], heights, area.y, area.y + area.height)
    gap = em // 3 if right else -em // 3
    elbow = center[0] + (radius + em * 3 // 2) * (1 if right else -1)
    for rank, ((_, number), middle) in enumerate(zip(side, places, strict=True)):
        rows = texts[number]
        # The higher a label, the farther its leader line runs from the pie: lines do not cross.
        reach = radius + em * (100 - 65 * rank // len(side)) // 100
        leader = _leader(disc, number, (elbow, middle), reach)
        canvas.path(
            polygon([*leader, (elbow, middle), (x - gap, middle)], closed=False),
            Paint(stroke=block.style.axis, width=block.style.rule, join=1),
        )
        y = middle - (len(rows) - 1) * leading // 2
        for k, row in enumerate(rows):
            _write_row(canvas, row, (x, y + k * leading), right=right)


def _leader(disc: _Disc, number: int, end: Point, reach: Sp) -> list[Point]:
    """A leader line from the edge of a sector towards ``end``. It follows a circle of radius
    ``reach`` around the pie as long as a straight line would cross it."""
    angle = disc.middle(number)
    across, down = end[0] - disc.center[0], end[1] - disc.center[1]
    aim = atan2(across, -down) % (2 * pi)
    free = acos(min(1.0, reach / hypot(across, down)))
    turn = angle - aim
    steps = ceil(max(0.0, abs(turn) - free) / _STEP)
    stop = aim + (free if turn > 0 else -free) if steps else angle
    start = at_angle(disc.center, disc.radius + (reach - disc.radius) // 8, angle)
    return [
        start,
        *(
            at_angle(disc.center, reach, angle + (stop - angle) * k / max(steps, 1))
            for k in range(steps + 1)
        ),
    ]


def _texts(canvas: Canvas, numbers: list[int], area: Rect) -> list[list[list[Line]]]:
    """The label of each sector, in rows: the name and below it the value, or both in one row
    where that would be too high for all of them."""
    stacks = _stacks(canvas, numbers, area)
    if sum(_height(canvas, rows) for rows in stacks) <= area.height:
        return stacks
    names = [canvas.line(canvas.block.categories[number]) for number in numbers]
    return [[[name, *rows[-1]]] for name, rows in zip(names, stacks, strict=True)]


def _stacks(canvas: Canvas, numbers: list[int], area: Rect) -> list[list[list[Line]]]:
    """The label of each sector as its name, in lines, and below them its value."""
    room = area.width // 3
    rows: list[list[list[Line]]] = []
    for number in numbers:
        value = canvas.block.series[0].values[number]
        name = canvas.lines(canvas.block.categories[number], room)
        rows.append([*([line] for line in name), [canvas.line(value.label)] if value else []])
    return rows


def _height(canvas: Canvas, rows: list[list[Line]]) -> Sp:
    return len(rows) * canvas.leading + (canvas.em // 4 if len(rows) > 1 else 0)


def _write_row(canvas: Canvas, row: list[Line], place: Point, *, right: bool) -> None:
    """Set lines in a row, starting at ``place`` on the right side, ending there on the left."""
    x, y = place
    x -= 0 if right else _width(canvas, row)
    for line in row:
        canvas.write(line, x, y)
        x += line.width + canvas.em // 3


def _width(canvas: Canvas, row: list[Line]) -> Sp:
    return sum(line.width for line in row) + canvas.em // 3 * (len(row) - 1)
