"""A text with a QR code at its right: one slug, high enough for both."""

from __future__ import annotations

from collections.abc import Sequence

from brieftex.document.blocks import TextBlock
from brieftex.layout.page import Placed, PlacedPath
from brieftex.layout.pagecosts import FORBIDDEN
from brieftex.layout.slug import Slug, moved, raised
from brieftex.units import BLACK, Sp
from brieftex.vector import Paint


def with_code(slugs: Sequence[Slug], block: TextBlock, measure: Sp, grid: Sp | None) -> list[Slug]:
    """The lines of ``block`` as one slug with its code. The code is an artifact: the address
    that it holds stands beside it as text."""
    code = block.code
    assert code is not None
    words = sum(slug.height for slug in slugs)
    total = raised(max(words, code.size + 2 * code.quiet), grid)
    y = (total - words) // 2
    items: list[Placed] = []
    for slug in slugs:
        items += [moved(item, 0, y) for item in slug.items]
        y += slug.height
    x = measure - code.size
    paint = Paint(fill=BLACK, even_odd=True)
    items.append(PlacedPath(x, (total - code.size) // 2, code.outline, paint, -1))
    made = Slug(
        total,
        tuple(items),
        after=FORBIDDEN if block.style.keep_next else 0,
        notes=tuple(call for slug in slugs for call in slug.notes),
        anchors=tuple(name for slug in slugs for name in slug.anchors),
        at=slugs[0].at if slugs else None,
    )
    if block.style.space and grid is not None:
        return [Slug(block.style.space * grid, after=FORBIDDEN, blank=True), made]
    return [made]
