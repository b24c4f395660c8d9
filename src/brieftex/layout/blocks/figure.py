"""The content of figures: a picture, a chart, or the shapes and text of an SVG file."""

from __future__ import annotations

from collections.abc import Sequence

from brieftex.document.blocks import FigureBlock, FigureRowBlock
from brieftex.document.figures import ChartBlock, DrawingBlock
from brieftex.layout.blocks.box import moved
from brieftex.layout.lines.paragraph import Setting
from brieftex.layout.page import Placed, PlacedPicture
from brieftex.units import Rect, Size, Sp


def set_art(
    block: FigureBlock | ChartBlock | DrawingBlock | FigureRowBlock, measure: Sp, setting: Setting
) -> tuple[Size, Sequence[Placed]]:
    """The size of a figure, and its items relative to its top left corner."""
    if isinstance(block, FigureRowBlock):
        return _row(block, measure, setting)
    # Imported late, so that issues without charts and drawings start faster.
    if isinstance(block, ChartBlock):
        from brieftex.layout.charts.chart import set_chart  # noqa: PLC0415

        return set_chart(block, measure, setting)
    if isinstance(block, DrawingBlock):
        from brieftex.layout.blocks.drawing import set_drawing  # noqa: PLC0415

        return block.size, set_drawing(block, setting)
    picture = block.picture
    width = min(block.width, block.max_height * picture.width // picture.height, measure)
    size = Size(width, width * picture.height // picture.width)
    return size, [
        PlacedPicture(Rect(0, 0, size.width, size.height), picture, block.node, block.span)
    ]


def _row(block: FigureRowBlock, measure: Sp, setting: Setting) -> tuple[Size, list[Placed]]:
    """Pictures side by side on one foot line."""
    made = [set_art(art, measure, setting) for art in block.arts]
    height = max(size.height for size, _ in made)
    items: list[Placed] = []
    x = 0
    for size, placed in made:
        items += [moved(item, x, height - size.height) for item in placed]
        x += size.width + block.gap
    return Size(x - block.gap, height), items
