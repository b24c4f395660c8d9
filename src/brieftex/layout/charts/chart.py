"""Charts: their numbers become placed outlines and text.

There is no frame, no background and no third dimension. Values are printed beside what they
measure wherever there is room; only where there is none does an axis with grid lines replace them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from brieftex.document.figures import ChartBlock
from brieftex.layout.charts.bars import draw_bars
from brieftex.layout.charts.canvas import Canvas
from brieftex.layout.lines.paragraph import Setting
from brieftex.layout.page import Line, Placed, PlacedFrame
from brieftex.units import Rect, Size, Sp


def set_chart(block: ChartBlock, measure: Sp, setting: Setting) -> tuple[Size, list[Placed]]:
    """The size of a chart in ``measure``, and its items relative to its top left corner."""
    canvas = Canvas(block, setting)
    width = min(block.width, measure)
    head = _header(canvas, width)
    height = _drawer(block.kind)(
        canvas, Rect(0, head, width, min(block.style.height, block.max_height) - head)
    )
    size = Size(width, head + height)
    return size, [PlacedFrame(Rect(0, 0, *_pair(size)), block.node), *canvas.items]


def _drawer(kind: str) -> Callable[[Canvas, Rect], Sp]:
    """What draws charts of a kind. Few issues have all of them."""
    if kind == "line":
        from brieftex.layout.charts.line_chart import draw_line_chart  # noqa: PLC0415

        return draw_line_chart
    if kind == "pie":
        from brieftex.layout.charts.pie import draw_pie  # noqa: PLC0415

        return draw_pie
    return draw_bars


def _pair(size: Size) -> tuple[Sp, Sp]:
    return size.width, size.height


def _header(canvas: Canvas, width: Sp) -> Sp:
    """Draw the unit at the left and the legend after it; the height they take."""
    block, em, leading = canvas.block, canvas.em, canvas.leading
    x, y = 0, leading // 2
    if block.unit is not None:
        unit = canvas.line(block.unit)
        canvas.write(unit, 0, y)
        x = unit.width + 2 * em
    names = [canvas.line(part.name) for part in block.series if part.name]
    named = len(names) > 1 and block.kind not in ("line", "pie")
    if named:
        y = _legend(canvas, names, (x, y), width)
    return y + leading if named or x else em // 2


def _legend(canvas: Canvas, names: Sequence[Line], start: tuple[Sp, Sp], width: Sp) -> Sp:
    """Draw the names of series after squares of their fill, flush right if they fit into one
    row, otherwise in rows from the left; the vertical centre of the last row."""
    em, leading = canvas.em, canvas.leading
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
        canvas.bar(Rect(x, y - em * 2 // 5, em, em * 4 // 5), number)
        canvas.write(line, x + em * 7 // 5, y)
        x += wide + gap
    return y
