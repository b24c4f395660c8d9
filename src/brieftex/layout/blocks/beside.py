"""A text with QR codes in the margin: the boxes of its lines learn how high each code stands."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from brieftex.document.paragraphs import Code
from brieftex.layout.blocks.box import Box
from brieftex.layout.page import Line, PlacedLine
from brieftex.units import Sp


def with_codes(boxes: Sequence[Box], lines: Sequence[Line], codes: Sequence[Code]) -> list[Box]:
    """``boxes``, one for each of ``lines``, with ``codes``: the middle of one is that of the lines
    which it belongs to, told by the box of the first."""
    made = list(boxes)
    for code in codes:
        beside = [
            k for k, line in enumerate(lines) if line.start < code.end and code.start < line.end
        ]
        if beside:
            first, last = beside[0], beside[-1]
            (top, _), (_, foot) = _ink(made[first]), _ink(made[last])
            foot += sum(box.height for box in made[first:last])
            middle = (top + foot) // 2
            made[first] = replace(made[first], beside=(*made[first].beside, (middle, code)))
    return made


def _ink(box: Box) -> tuple[Sp, Sp]:
    """Where the characters of a box of one line begin and stand."""
    lines = (item for item in box.items if isinstance(item, PlacedLine) and item.line.runs)
    line = next(lines, None)
    return (0, box.height) if line is None else (line.y - line.line.runs[0].size, line.y)
