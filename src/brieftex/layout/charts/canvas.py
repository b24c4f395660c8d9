"""A chart under construction: outlines and text, collected in reading order.

Coordinates are Sp from the chart's top left corner. All items belong to the chart's node.
"""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from brieftex.diagnostics import Span
from brieftex.diagnostics.messages.setting import (
    CROWDED_CHART,
    LOOSE_LINE,
    OVERFULL_LINE,
    RUNT,
    SPLIT_TOKEN,
)
from brieftex.document.figures import ChartBlock
from brieftex.layout.lines.paragraph import Setting, natural_line, set_text, without
from brieftex.layout.page import Line, Placed, PlacedLine, PlacedPath
from brieftex.styled.styles import Align
from brieftex.styled.text import Text, TextRun
from brieftex.units import Color, Rect, Sp
from brieftex.vector import Outline, Paint, Point, polygon, rectangle

MIDDLE = 380
"""How far the baseline stands below the middle of a line's em box, 1/1000 em."""

PAPER = Color(255, 255, 255)
INK = Color(0, 0, 0)
GRID = Color(205, 205, 205)
"""The colour of the grid lines behind bars and curves."""

# A fill of this luma (of 255) or more is light: text on it is dark.
_LIGHT = 140

# The hatching of fills, by number: none, or directions (x, y) of lines; their distance and
# thickness in 1/1000 em.
_HATCHES: tuple[tuple[tuple[int, int], ...], ...] = (
    (), (), ((1, -1),), ((1, 0),), ((1, 1),), ((1, -1), (1, 1)), (), ((0, 1),),
)  # fmt: skip
_PITCH, _STROKE = 420, 75


_OF_LINES = (OVERFULL_LINE, LOOSE_LINE, RUNT, SPLIT_TOKEN)
"""Findings that do not apply to names beside bars."""


class Canvas(Struct):
    """Collects what is drawn, in ``items``."""

    block: ChartBlock
    setting: Setting
    items: list[Placed] = field(default_factory=list)

    @property
    def em(self) -> Sp:
        """The size of the chart's text."""
        return self.block.text.char.size

    @property
    def leading(self) -> Sp:
        """The leading of the chart's text."""
        return self.block.text.leading

    def line(self, text: Text) -> Line:
        """A text as one line."""
        return natural_line(text, self.setting)

    def words(self, words: str) -> Line:
        """Words that are not in the file, such as the numbers of an axis, as one line."""
        run = TextRun(len(words), self.block.text.char, self.block.node)
        return natural_line(Text(words, (run,)), self.setting)

    def lines(self, text: Text, width: Sp) -> list[Line]:
        """A text in one line if ``width`` holds it, else in lines of that width, flush left and
        evenly filled, without findings about how they are set."""
        one = self.line(text)
        if one.width <= width:
            return [one]
        style = replace(self.block.text, align=Align.LEFT, balance=True)
        lines = set_text(text, style, width, self.setting)
        return [replace(without(line, _OF_LINES), shift=0) for line in lines]

    def write(self, line: Line, x: Sp, y: Sp, share: int = 0) -> None:
        """Set a line with its left end (``share`` 0), middle (1) or right end (2) at ``x``,
        the middle of its height at ``y``."""
        left = x - line.width * share // 2
        self.items.append(PlacedLine(left, y + self.em * MIDDLE // 1000, line))

    def names_height(self, area: Rect) -> Sp:
        """The greatest height of the names below ``area``: half of a chart's usual height is kept
        for what is drawn above them."""
        return max(self.block.max_height - area.y, area.height) - area.height // 2

    def room_for(self, height: Sp, area: Rect) -> Rect:
        """``area``, extended by what names of ``height`` take beyond one line, as far as the chart
        may be that high, so that what is drawn above them is not squeezed."""
        most = max(self.block.max_height - area.y, area.height)
        return replace(area, height=min(area.height + max(0, height - 2 * self.leading), most))

    def write_up(self, line: Line, x: Sp, y: Sp) -> None:
        """Set a line that reads upwards, the middle of its height at ``x`` and its end at ``y``."""
        left = x + self.em * MIDDLE // 1000
        self.items.append(PlacedLine(left, y + line.width, line, turn=(0, -1_000_000)))

    def tinted(self, line: Line, color: Color) -> Line:
        """A line in another colour."""
        return replace(line, runs=tuple(replace(run, color=color) for run in line.runs))

    def path(self, outline: Outline, paint: Paint, clips: tuple[Outline, ...] = ()) -> None:
        """Draw an outline."""
        self.items.append(PlacedPath(0, 0, outline, paint, self.block.node, clips))

    def rule(self, start: Point, end: Point, color: Color | None = None) -> None:
        """Draw a line as thick as an axis."""
        style = self.block.style
        paint = Paint(stroke=color or style.axis, width=style.rule)
        self.path(polygon([start, end], closed=False), paint)

    def fill(self, outline: Outline, box: Rect, number: int) -> None:
        """Fill an outline in the style of series ``number``; ``box`` is its bounding box. Light
        colours get an edge, to stand out from the paper."""
        style = self.block.style
        color = self.color(number)
        self.path(outline, Paint(fill=color))
        hatch = _hatch(box, number, self.em)
        if hatch:
            lines = shaded(color) if is_light(color) else PAPER
            paint = Paint(stroke=lines, width=self.em * _STROKE // 1000)
            self.path(hatch, paint, (outline,))
        if is_light(color):
            self.path(outline, Paint(stroke=style.axis, width=style.rule))

    def bar(self, rect: Rect, number: int) -> None:
        """Fill a rectangle in the style of series ``number``."""
        if rect.width and rect.height:
            self.fill(rectangle(rect), rect, number)

    def color(self, number: int) -> Color:
        """The colour of series ``number``."""
        colors = self.block.style.colors
        return colors[number % len(colors)]


def crowded(line: Line) -> Line:
    """``line`` with an error: it does not fit into its place."""
    finding = CROWDED_CHART.at(Span(line.start, max(line.end, line.start + 1)))
    return replace(line, findings=(*line.findings, finding))


def is_light(color: Color) -> bool:
    """Whether dark text is legible on a colour (luma according to ITU-R BT.601)."""
    return (299 * color.red + 587 * color.green + 114 * color.blue) // 1000 >= _LIGHT


def is_plain(number: int) -> bool:
    """Whether the fill of series ``number`` is not hatched."""
    return not _HATCHES[number % len(_HATCHES)]


def shaded(color: Color) -> Color:
    """A darker shade of a colour."""
    return Color(color.red // 2, color.green // 2, color.blue // 2)


def _hatch(box: Rect, number: int, em: Sp) -> Outline:
    """Parallel lines that cover a rectangle."""
    pitch = em * _PITCH // 1000
    lines: list[tuple[Point, Point]] = []
    left, top, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
    for across, down in _HATCHES[number % len(_HATCHES)]:
        if not down:
            lines += [((left, y), (right, y)) for y in range(top + pitch // 2, bottom, pitch)]
        elif not across:
            lines += [((x, top), (x, bottom)) for x in range(left + pitch // 2, right, pitch)]
        else:
            step, height = pitch * 7 // 5, box.height
            first = left - height - (left - height) % step  # aligned across bars
            start, end = (bottom, top) if down < 0 else (top, bottom)
            lines += [((x, start), (x + height, end)) for x in range(first, right + height, step)]
    return tuple(step for line in lines for step in polygon(line, closed=False))
