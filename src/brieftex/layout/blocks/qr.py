"""A text with a QR code at its right becomes one box, high enough for both."""

from __future__ import annotations

from collections.abc import Sequence

from brieftex.document.blocks import TextBlock
from brieftex.layout.blocks.box import Box, moved, raised
from brieftex.layout.page import Placed, PlacedPath
from brieftex.layout.pages.parameters import FORBIDDEN
from brieftex.units import BLACK, Sp
from brieftex.vector import Paint


def with_qr_code(boxes: Sequence[Box], block: TextBlock, measure: Sp, grid: Sp | None) -> list[Box]:
    """The lines of ``block`` and its code as one box. The code is an artifact, since the address
    that it encodes is printed beside it as text."""
    code = block.code
    assert code is not None
    words = sum(box.height for box in boxes)
    total = raised(max(words, code.size + 2 * code.quiet), grid)
    y = (total - words) // 2
    items: list[Placed] = []
    for box in boxes:
        items += [moved(item, 0, y) for item in box.items]
        y += box.height
    x = measure - code.size
    paint = Paint(fill=BLACK, even_odd=True)
    items.append(PlacedPath(x, (total - code.size) // 2, code.outline, paint, -1))
    made = Box(
        total,
        tuple(items),
        after=FORBIDDEN if block.style.keep_next else 0,
        notes=tuple(call for box in boxes for call in box.notes),
        anchors=tuple(name for box in boxes for name in box.anchors),
        at=boxes[0].at if boxes else None,
    )
    if block.style.space and grid is not None:
        return [Box(block.style.space * grid, after=FORBIDDEN, blank=True), made]
    return [made]
