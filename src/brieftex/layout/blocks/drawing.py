"""SVG figures: shapes are placed, and their text is set as lines."""

from __future__ import annotations

from brieftex.document.figures import DrawingBlock, DrawnText
from brieftex.layout.lines.paragraph import Setting, natural_line
from brieftex.layout.page import Placed, PlacedFrame, PlacedLine, PlacedPath
from brieftex.units import Rect


def set_drawing(block: DrawingBlock, setting: Setting) -> list[Placed]:
    """The items of a drawing, relative to its top left corner."""
    frame = PlacedFrame(Rect(0, 0, block.size.width, block.size.height), block.node)
    items: list[Placed] = [frame]
    for part in block.parts:
        if isinstance(part, DrawnText):
            items.append(_line(part, setting))
        else:
            items.append(PlacedPath(0, 0, part.outline, part.paint, block.node, part.clips))
    return items


def _line(part: DrawnText, setting: Setting) -> PlacedLine:
    """A text as a line, anchored at its start, middle or end, and rotated to its direction."""
    line = natural_line(part.text, setting)
    back = line.width * part.share // 2
    if part.turn is None:
        return PlacedLine(part.x - back, part.y, line)
    cosine, sine = part.turn
    x, y = part.x - back * cosine // 1_000_000, part.y - back * sine // 1_000_000
    return PlacedLine(x, y, line, turn=part.turn)
