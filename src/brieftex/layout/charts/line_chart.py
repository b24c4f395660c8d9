"""Line charts: a curve per series, distinguished by markers and dashes, labelled at its end."""

from __future__ import annotations

from fractions import Fraction

from brieftex.layout.charts.bars import axis_lines
from brieftex.layout.charts.canvas import GRID, PAPER, Canvas, is_light, shaded
from brieftex.layout.charts.labels import placed_labels
from brieftex.layout.charts.names import AxisNames
from brieftex.layout.charts.scale import scale_of
from brieftex.layout.page import Line
from brieftex.units import Color, Rect, Sp
from brieftex.vector import Outline, Paint, Point, ellipse, polygon

# On and off, 1/1000 em, by series.
_DASHES = ((), (), (500, 300), (), (150, 250), (700, 250, 150, 250))

# Labels at the ends of curves take at most this fraction (1/n) of the width.
_NAMES = 3


def draw_line_chart(canvas: Canvas, area: Rect) -> Sp:
    """Draw the curves of a chart into ``area``; the height they take."""
    return _Curves(canvas, area).draw()


class _Curves:
    def __init__(self, canvas: Canvas, area: Rect) -> None:
        self.canvas, self.block = canvas, canvas.block
        block, em = self.block, canvas.em
        values = [v.value for part in block.series for v in part.values if v]
        self.scale = scale_of(values, 4, from_zero=False)
        self.ticks = axis_lines(canvas, self.scale)
        self.left = max(line.width for _, line in self.ticks) + em // 2
        self.ends = [
            canvas.lines(part.name, area.width // _NAMES) if part.name else []
            for part in block.series
        ]
        widest = max((line.width for lines in self.ends for line in lines), default=0)
        self.right = area.width - (widest + em if widest else 0)
        self.slot = (self.right - self.left) // len(block.categories)
        self.names = AxisNames(canvas, block.categories, self.slot, canvas.names_height(area))
        self.area = area = canvas.room_for(self.names.height, area)
        self.top = area.y + em
        self.bottom = area.y + area.height - self.names.height
        self.labels = self._labels()

    def _labels(self) -> list[list[Line | None]]:
        """The printed values of each curve, where they are no wider than their places."""
        labels = [
            [self.canvas.line(v.label) if v else None for v in part.values]
            for part in self.block.series
        ]
        fits = all(line is None or line.width <= self.slot for row in labels for line in row)
        return labels if fits else []

    def point(self, k: int, value: Fraction) -> Point:
        x = self.left + self.slot * k + self.slot // 2
        return x, self.bottom - self.scale.length(value, self.bottom - self.top)

    def draw(self) -> Sp:
        self._axes()
        points = [
            [self.point(k, v.value) if v else None for k, v in enumerate(part.values)]
            for part in self.block.series
        ]
        for number, row in enumerate(points):
            self._curve(number, row)
        for number, row in enumerate(points):
            for point in row:
                if point is not None:
                    self._mark(number, point)
        if self.labels:
            self._values(points)
        self._name_ends(points)
        return self.area.height

    def _axes(self) -> None:
        canvas, em = self.canvas, self.canvas.em
        named = any(self.ends)  # grid lines end before the labels
        edge = self.right - (self.slot // 2 - em // 3 if named else 0)
        for tick, line in self.ticks:
            y = self.point(0, tick)[1]
            canvas.write(line, self.left - em // 2, y, 2)
            first = tick == self.scale.low
            if not first:
                canvas.rule((self.left, y), (edge, y), GRID)
        canvas.rule((self.left, self.bottom), (self.right, self.bottom))
        for k in range(len(self.block.categories)):
            x = self.left + self.slot * k + self.slot // 2
            if self.names.ticks:
                canvas.rule((x, self.bottom), (x, self.bottom + em // 4))
            self.names.write(k, x, self.bottom)

    def _color(self, number: int) -> Color:
        color = self.canvas.color(number)
        return shaded(color) if is_light(color) else color

    def _curve(self, number: int, row: list[Point | None]) -> None:
        """Draw a curve, interrupted where a value is missing."""
        em = self.canvas.em
        dash = tuple(em * part // 1000 for part in _DASHES[number % len(_DASHES)])
        width = self.block.style.line
        paint = Paint(stroke=self._color(number), width=width, dash=dash, cap=1, join=1)
        part: list[Point] = []
        for point in (*row, None):
            if point is not None:
                part.append(point)
                continue
            if len(part) > 1:
                self.canvas.path(polygon(part, closed=False), paint)
            part = []

    def _mark(self, number: int, point: Point) -> None:
        """Draw a marker: a disc, a square or a triangle; for later series the same, hollow."""
        radius = self.canvas.em * 28 // 100
        color = self._color(number)
        hollow = number % 6 >= 3
        paint = Paint(
            fill=PAPER if hollow else color, stroke=color, width=self.block.style.line * 2 // 3
        )
        self.canvas.path(_shape(number % 3, point, radius), paint)

    def _values(self, points: list[list[Point | None]]) -> None:
        """Write the values beside their points where they touch no curve, no marker and no other
        value; a chart of several curves for whose values there is no such place has none."""
        places = placed_labels(
            points,
            [[None if v is None else v.width for v in row] for row in self.labels],
            self.canvas.em,
            Rect(
                self.left,
                self.area.y,
                self.right - self.left,
                self.bottom - self.canvas.em // 4 - self.area.y,
            ),
            rules=[self.point(0, tick)[1] for tick, _ in self.ticks],
            names=self._end_boxes(points),
        )
        if places is None:
            if len(points) > 1:
                return
            places = [self._beside(points[0])]
        for number, row in enumerate(places):
            for label, place in zip(self.labels[number], row, strict=True):
                if label is not None and place is not None:
                    tinted = label
                    if len(points) > 1:
                        tinted = self.canvas.tinted(label, self._color(number))
                    self.canvas.write(tinted, *place, 1)

    def _beside(self, row: list[Point | None]) -> list[Point | None]:
        """Places above the points of the only curve, or below in its valleys."""
        padded = [None, *row, None]
        away = self.canvas.em * 95 // 100
        found: list[Point | None] = []
        for k, (label, point) in enumerate(zip(self.labels[0], row, strict=True)):
            if label is None or point is None:
                found.append(None)
                continue
            x, y = point
            before, after = (padded[j] or point for j in (k, k + 2))
            low = before[1] <= y and after[1] <= y and before[1] + after[1] < 2 * y
            low = low and y + 2 * away < self.bottom
            if not low:  # make room for a steep curve
                x += (before[1] < y - away) * label.width // 3
                x -= (after[1] < y - away) * label.width // 3
            found.append((x, y + (away if low else -away)))
        return found

    def _end_boxes(self, points: list[list[Point | None]]) -> list[Rect]:
        """Where the labels after the last points stand."""
        x = self.right - self.slot // 2 + self.canvas.em * 2 // 3
        leading = self.canvas.leading
        return [
            Rect(x, middle - height // 2, self.area.width - x, height)
            for (_, number), middle in self._end_places(points)
            for height in (len(self.ends[number]) * leading,)
        ]

    def _end_places(self, points: list[list[Point | None]]) -> list[tuple[tuple[Sp, int], Sp]]:
        """The height of each last point and its curve, and the middle of the label behind it."""
        lasts = [next((p for p in reversed(row) if p), None) for row in points]
        named = sorted(
            (point[1], number)
            for number, point in enumerate(lasts)
            if point is not None and self.ends[number]
        )
        heights = [len(self.ends[number]) * self.canvas.leading for _, number in named]
        middles = spread([y for y, _ in named], heights, self.area.y, self.bottom)
        return list(zip(named, middles, strict=True))

    def _name_ends(self, points: list[list[Point | None]]) -> None:
        """Draw the labels after the last points, moved apart where they would touch."""
        for (_, number), middle in self._end_places(points):
            lines = self.ends[number]
            y = middle - (len(lines) - 1) * self.canvas.leading // 2
            for row, line in enumerate(lines):
                tinted = self.canvas.tinted(line, self._color(number))
                x = self.right - self.slot // 2 + self.canvas.em * 2 // 3
                self.canvas.write(tinted, x, y + row * self.canvas.leading)


def spread(wanted: list[Sp], heights: list[Sp], top: Sp, bottom: Sp) -> list[Sp]:
    """Centres for items of these ``heights``, in order, as near the ``wanted`` ones as possible
    without overlapping, and between ``top`` and ``bottom`` if there is room."""
    tops: list[Sp] = []
    edge = top
    for want, height in zip(wanted, heights, strict=True):
        tops.append(max(want - height // 2, edge))
        edge = tops[-1] + height
    edge = max(bottom, top + sum(heights))
    for k in range(len(tops) - 1, -1, -1):
        tops[k] = min(tops[k], edge - heights[k])
        edge = tops[k]
    return [y + height // 2 for y, height in zip(tops, heights, strict=True)]


def _shape(kind: int, point: Point, radius: Sp) -> Outline:
    x, y = point
    if kind == 0:
        return ellipse(x, y, radius, radius)
    if kind == 1:
        r = radius * 9 // 10
        return polygon([(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)])
    r = radius * 12 // 10
    return polygon([(x, y - r), (x + r, y + r * 8 // 10), (x - r, y + r * 8 // 10)])
