"""Bar charts: vertical or horizontal bars, grouped or stacked."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from brieftex.document.figures import ChartBlock
from brieftex.layout.charts.canvas import GRID, INK, PAPER, Canvas, crowded, is_light, is_plain
from brieftex.layout.charts.names import AxisNames, are_periods
from brieftex.layout.charts.scale import Scale, exact_scale, scale_of, tick_words
from brieftex.layout.page import Line
from brieftex.units import Rect, Sp
from brieftex.vector import Paint, rectangle

# Vertical bars become horizontal ones when a name needs more than _LINES lines, unless there are
# more than _NAMES categories.
_LINES = 2
_NAMES = 16

# The share of a category's slot that its bars fill; the width of the widest bar, em.
_SHARE, _WIDEST = (72, 100), 3


def draw_bars(canvas: Canvas, area: Rect) -> Sp:
    """Draw the bars of a chart into ``area``; the height they take."""
    block = canvas.block
    if block.kind == "bar":
        slot = area.width // len(block.categories)
        room = slot - canvas.em * 2 // 3
        names = [canvas.lines(name, room) for name in block.categories]
        fits = all(
            len(lines) <= _LINES and all(line.width <= room for line in lines) for lines in names
        )
        if fits or len(names) > _NAMES or are_periods(block.categories):
            return _Vertical(canvas, area).draw()
    horizontal = _Horizontal(canvas, area)
    if block.kind == "bar" and horizontal.crowded:  # vertical bars have an axis in place of values
        return _Vertical(canvas, area).draw()
    return horizontal.draw()


def _labels(canvas: Canvas) -> list[list[Line | None]]:
    """The printed values, by series and category."""
    return [
        [canvas.line(value.label) if value else None for value in part.values]
        for part in canvas.block.series
    ]


def _sums(block: ChartBlock) -> list[Fraction]:
    """The height of each stack."""
    columns = zip(*(part.values for part in block.series), strict=True)
    return [sum((v.value for v in column if v), Fraction(0)) for column in columns]


def _values(block: ChartBlock) -> list[Fraction]:
    if block.stacked:
        return _sums(block)
    return [v.value for part in block.series for v in part.values if v]


def _totals(canvas: Canvas) -> list[Line]:
    """The sums of stacked bars, in the unit that their parts were typed in."""
    block = canvas.block
    if not block.stacked:
        return []
    words = partial(
        tick_words, worth=block.worth, suffix=block.suffix, commas=block.commas, places=block.places
    )
    return [canvas.words(words(total)) for total in _sums(block)]


def axis_lines(canvas: Canvas, scale: Scale) -> list[tuple[Fraction, Line]]:
    """The ticks of an axis and their numbers, as lines."""
    block = canvas.block
    return [
        (tick, canvas.words(tick_words(tick, block.worth, block.suffix, commas=block.commas)))
        for tick in scale.ticks()
    ]


class _Vertical:
    """Vertical bars."""

    def __init__(self, canvas: Canvas, area: Rect) -> None:
        self.canvas, self.block = canvas, canvas.block
        self.labels = _labels(canvas)
        self.totals = _totals(canvas)
        block, em = self.block, canvas.em
        count = len(block.categories)
        widest = max((line.width for row in self.labels for line in row if line), default=0)
        bars = 1 if block.stacked else len(block.series)
        slot = area.width // count
        self.direct = not block.stacked and widest <= min(slot * 19 // 20, self._pitch(slot, bars))
        self.scale = exact_scale(_values(block))
        self.left = 0
        self.ticks: list[tuple[Fraction, Line]] = []
        if not self.direct:
            self.scale = scale_of(_values(block), 5, from_zero=True)
            self.ticks = axis_lines(canvas, self.scale)
            self.left = max(line.width for _, line in self.ticks) + em // 2
        self.slot = (area.width - self.left) // count
        self.pitch = self._pitch(self.slot, bars)
        gap = self.pitch // 8 if bars > 1 else 0
        self.bar = self.pitch - gap
        self.group = self.pitch * bars - gap
        # Names go below; labels need room above and, for negative values, below.
        self.names = AxisNames(canvas, block.categories, self.slot, canvas.names_height(area))
        self.area = area = canvas.room_for(self.names.height, area)
        self.foot = area.y + area.height - self.names.height
        self.top = area.y + (canvas.leading if self.direct else em // 2)
        negative = self.direct and self.scale.low < 0
        self.bottom = self.foot - (canvas.leading if negative else 0)

    def _pitch(self, slot: Sp, bars: int) -> Sp:
        """The distance from one bar of a category to the next; for a single bar, its width."""
        share, whole = _SHARE
        room = slot * share // whole // bars
        return min(room if bars > 1 else room * 4 // 5, _WIDEST * self.canvas.em)

    def y(self, value: Fraction) -> Sp:
        return self.bottom - self.scale.length(value, self.bottom - self.top)

    def draw(self) -> Sp:
        if not self.direct:
            self._axis()
        for k in range(len(self.block.categories)):
            middle = self.left + self.slot * k + self.slot // 2
            if self.block.stacked:
                self._stack(k, middle)
            else:
                self._group(k, middle)
            if self.names.ticks:
                self.canvas.rule((middle, self.foot), (middle, self.foot + self.canvas.em // 4))
            self.names.write(k, middle, self.foot)
        zero = self.y(Fraction(0))
        self.canvas.rule((self.left, zero), (self.area.width, zero))
        return self.area.height

    def _axis(self) -> None:
        for tick, line in self.ticks:
            y = self.y(tick)
            self.canvas.write(line, self.left - self.canvas.em // 2, y, 2)
            if tick:
                self.canvas.rule((self.left, y), (self.area.width, y), GRID)

    def _group(self, k: int, middle: Sp) -> None:
        zero = self.y(Fraction(0))
        for number, part in enumerate(self.block.series):
            value, label = part.values[k], self.labels[number][k]
            if value is None or label is None:
                continue
            x = middle - self.group // 2 + self.pitch * number
            y = self.y(value.value)
            self.canvas.bar(Rect(x, min(y, zero), self.bar, abs(y - zero)), number)
            if self.direct:
                away = self.canvas.leading // 2
                below = value.value < 0
                self.canvas.write(label, x + self.bar // 2, y + (away if below else -away), 1)

    def _stack(self, k: int, middle: Sp) -> None:
        height = Fraction(0)
        for number, part in enumerate(self.block.series):
            value, label = part.values[k], self.labels[number][k]
            if value is None or label is None:
                continue
            below, above = self.y(height), self.y(height + value.value)
            rect = Rect(middle - self.bar // 2, above, self.bar, below - above)
            self.canvas.bar(rect, number)
            write_inside(self.canvas, label, rect, number)
            height += value.value
        fit = all(line.width + self.canvas.em // 3 <= self.slot for line in self.totals)
        if fit and not self.block.suffix.endswith(("%", "‰")):  # percentages add up to 100 % anyway
            top = self.y(height) - self.canvas.leading // 2
            self.canvas.write(self.totals[k], middle, top, 1)


class _Horizontal:
    """Horizontal bars, with the names at their left and the values at their ends."""

    def __init__(self, canvas: Canvas, area: Rect) -> None:
        self.canvas, self.block, self.area = canvas, canvas.block, area
        block, em = self.block, canvas.em
        self.labels = _labels(canvas)
        self.totals = _totals(canvas)
        self.names = [canvas.lines(name, area.width * 2 // 5) for name in block.categories]
        bars = 1 if block.stacked else len(block.series)
        most = max(block.max_height - area.y, 2 * em)
        slot = most // len(block.categories)
        if any((len(lines) - 1) * canvas.leading + em > slot for lines in self.names):
            self.names = [[canvas.line(name)] for name in block.categories]
        widest = max(line.width for lines in self.names for line in lines)
        pitch = (slot - em // 2) // bars
        self.crowded = widest > area.width * 3 // 5 or slot < em
        self.crowded = self.crowded or (bars > 1 and pitch < em * 9 // 10)
        if self.crowded:
            self.names = [[crowded(lines[0]), *lines[1:]] for lines in self.names]
        self.left = widest + em // 2
        self.scale = exact_scale(_values(block))
        values = max(line.width for line in self._ends()) + em // 2
        self.start = self.left + (values if self.scale.low < 0 else 0)
        self.end = area.width - (values if self.scale.high > 0 else 0)
        rows = max(len(lines) for lines in self.names)
        least = max(rows * canvas.leading, canvas.leading * bars * 9 // 10)
        self.slot = max(least + em // 2, 2 * em)
        self.slot = min(self.slot, slot)
        self.pitch = min((self.slot - em // 2) // bars, canvas.leading)
        self.bar = self.pitch * 17 // 20
        self.group = self.pitch * (bars - 1) + self.bar

    def _ends(self) -> Iterator[Line]:
        if self.block.stacked:
            yield from self.totals
        else:
            yield from (line for row in self.labels for line in row if line)

    def x(self, value: Fraction) -> Sp:
        return self.start + self.scale.length(value, self.end - self.start)

    def draw(self) -> Sp:
        canvas = self.canvas
        for k, lines in enumerate(self.names):
            middle = self.area.y + self.slot * k + self.slot // 2
            top = middle - canvas.leading * (len(lines) - 1) // 2
            for row, line in enumerate(lines):
                x = self.left - canvas.em // 2
                canvas.write(line, x, top + row * canvas.leading, 2)
            if self.block.stacked:
                self._stack(k, middle)
            else:
                self._group(k, middle)
        height = self.slot * len(self.names)
        zero = self.x(Fraction(0))
        canvas.rule((zero, self.area.y), (zero, self.area.y + height))
        return height

    def _group(self, k: int, middle: Sp) -> None:
        zero = self.x(Fraction(0))
        for number, part in enumerate(self.block.series):
            value, label = part.values[k], self.labels[number][k]
            if value is None or label is None:
                continue
            y = middle - self.group // 2 + self.pitch * number
            x = self.x(value.value)
            self.canvas.bar(Rect(min(x, zero), y, abs(x - zero), self.bar), number)
            away = self.canvas.em // 3
            left = value.value < 0
            end = x - away if left else x + away
            self.canvas.write(label, end, y + self.bar // 2, 2 if left else 0)

    def _stack(self, k: int, middle: Sp) -> None:
        length = Fraction(0)
        y = middle - self.bar // 2
        for number, part in enumerate(self.block.series):
            value, label = part.values[k], self.labels[number][k]
            if value is None or label is None:
                continue
            start, end = self.x(length), self.x(length + value.value)
            rect = Rect(start, y, end - start, self.bar)
            self.canvas.bar(rect, number)
            write_inside(self.canvas, label, rect, number)
            length += value.value
        if not self.block.suffix.endswith(("%", "‰")):
            self.canvas.write(self.totals[k], self.x(length) + self.canvas.em // 3, middle)


def write_inside(canvas: Canvas, label: Line, rect: Rect, number: int) -> None:
    """Centre a value in its bar if it fits there, on a plain background if the bar is hatched."""
    em = canvas.em
    if label.width + em // 3 > rect.width or em * 11 // 10 > rect.height:
        return
    x, y = rect.x + rect.width // 2, rect.y + rect.height // 2
    color = canvas.color(number)
    if not is_plain(number):
        wide = label.width + em // 3
        blank = Rect(x - wide // 2, y - em * 11 // 20, wide, em * 11 // 10)
        canvas.path(rectangle(blank), Paint(fill=color))
    canvas.write(canvas.tinted(label, INK if is_light(color) else PAPER), x, y, 1)
