"""The content of figures: a picture, a chart, or the shapes and text of an SVG file."""

from __future__ import annotations

from collections.abc import Sequence

from brieftex.document.blocks import ChartBlock, DrawingBlock, FigureBlock
from brieftex.layout.lines.paragraph import Setting
from brieftex.layout.page import Placed, PlacedPicture
from brieftex.units import Rect, Size, Sp


def set_art(
    block: FigureBlock | ChartBlock | DrawingBlock, measure: Sp, setting: Setting
) -> tuple[Size, Sequence[Placed]]:
    """The size of a figure, and its items relative to its top left corner."""
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
