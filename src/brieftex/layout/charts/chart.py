"""Charts: their numbers become outlines and words in their places.

No frame, no background, no third dimension: a number stands at what it measures wherever
there is room for it, and only where there is none an axis with thin lines takes its place.
"""

from __future__ import annotations

from collections.abc import Sequence

from brieftex.document.blocks import ChartBlock
from brieftex.layout.charts.bars import draw_bars
from brieftex.layout.charts.canvas import Canvas
from brieftex.layout.charts.line_chart import draw_line_chart
from brieftex.layout.charts.pie import draw_pie
from brieftex.layout.lines.paragraph import Setting
from brieftex.layout.page import Line, Placed, PlacedFrame
from brieftex.units import Rect, Size, Sp


def set_chart(block: ChartBlock, measure: Sp, setting: Setting) -> tuple[Size, list[Placed]]:
    """The size of a chart in ``measure``, and what it is drawn with, seen from its top left
    corner."""
    sketch = Canvas(block, setting)
    width = min(block.width, measure)
    head = _header(sketch, width)
    draw = {"line": draw_line_chart, "pie": draw_pie}.get(block.kind, draw_bars)
    height = draw(sketch, Rect(0, head, width, min(block.style.height, block.max_height) - head))
    size = Size(width, head + height)
    return size, [PlacedFrame(Rect(0, 0, *_pair(size)), block.node), *sketch.items]


def _pair(size: Size) -> tuple[Sp, Sp]:
    return size.width, size.height


def _header(sketch: Canvas, width: Sp) -> Sp:
    """The unit at the left, the names of the series behind it; how high they are."""
    block, em, leading = sketch.block, sketch.em, sketch.leading
    x, y = 0, leading // 2
    if block.unit is not None:
        unit = sketch.line(block.unit)
        sketch.write(unit, 0, y)
        x = unit.width + 2 * em
    names = [sketch.line(part.name) for part in block.series if part.name]
    named = len(names) > 1 and block.kind not in ("line", "pie")
    if named:
        y = _legend(sketch, names, (x, y), width)
    return y + leading if named or x else em // 2


def _legend(sketch: Canvas, names: Sequence[Line], start: tuple[Sp, Sp], width: Sp) -> Sp:
    """Names behind squares of their fill, at the right edge if one row holds them, else in
    rows from the left; the middle of the last row."""
    em, leading = sketch.em, sketch.leading
    x, y = start
    widths = [line.width + 3 * em // 2 for line in names]
    gap = em
    whole = sum(widths) + gap * (len(widths) - 1)
    if x + whole <= width:
        x = width - whole
    elif x:
        x, y = 0, y + leading
    for number, (line, wide) in enumerate(zip(names, widths, strict=True)):
        if x and x + wide > width:
            x, y = 0, y + leading
        sketch.bar(Rect(x, y - em * 2 // 5, em, em * 4 // 5), number)
        sketch.write(line, x + em * 7 // 5, y)
        x += wide + gap
    return y
