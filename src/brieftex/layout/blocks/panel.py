"""A box around other blocks. Its rules stand in the white that lines have above and below, so
that the text in it stays on the grid."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from brieftex.document.blocks import PanelBlock
from brieftex.layout.blocks.box import Box, moved
from brieftex.layout.page import Placed, PlacedRule
from brieftex.layout.pages.parameters import FORBIDDEN
from brieftex.units import Rect, Sp


def framed(inner: Sequence[Box], block: PanelBlock, measure: Sp, grid: Sp | None) -> list[Box]:
    """The boxes of the inner blocks with the frame around them; it is closed where a page ends
    within it, and opened again on the next. An empty line keeps the text around off it."""
    if not inner:
        return []
    while inner[-1].blank:
        inner = inner[:-1]
    frame = _Frame(block, measure)
    boxes: list[Box] = []
    for k, box in enumerate(inner):
        first, last = k == 0, k == len(inner) - 1
        items = tuple(moved(item, block.padding, 0) for item in box.items)
        sides = frame.sides(box.height)
        ends = (frame.rule(0) if first else ()) + (frame.rule(box.height) if last else ())
        torn = None if box.torn is None else (
            *sides, *(moved(item, block.padding, 0) for item in box.torn), *ends
        )  # fmt: skip
        head = None if box.head is None else _moved_box(box.head, block.padding)
        if not first:
            above = head or Box(0)
            behind = frame.sides(above.height) if above.height else ()
            head = replace(above, items=(*behind, *above.items, *frame.rule(0)))
        closing = tuple(moved(item, block.padding, 0) for item in box.closing)
        boxes.append(
            replace(
                box,
                items=(*sides, *items, *ends),
                torn=torn,
                head=head,
                closing=(*closing, *(() if last else frame.rule(box.height))),
                blank=False,
                floating=0,
                after=0 if last else box.after,
            )
        )
    if grid is None:
        return boxes
    gap = Box(grid, after=FORBIDDEN, blank=True)
    return [gap, *boxes, gap]


def _moved_box(box: Box, x: Sp) -> Box:
    return replace(box, items=tuple(moved(item, x, 0) for item in box.items))


class _Frame:
    """The rules of a box and what is behind it."""

    def __init__(self, block: PanelBlock, measure: Sp) -> None:
        self.block, self.measure = block, measure

    def sides(self, height: Sp) -> tuple[Placed, ...]:
        """The shade and the upright rules beside a box so high."""
        block = self.block
        found: list[Placed] = []
        if block.shade is not None:
            found.append(PlacedRule(Rect(0, 0, self.measure, height), block.shade))
        if block.thickness:
            found += [
                PlacedRule(Rect(x, 0, block.thickness, height), block.color)
                for x in (0, self.measure - block.thickness)
            ]
        return tuple(found)

    def rule(self, y: Sp) -> tuple[Placed, ...]:
        """A rule across, its middle at ``y``."""
        block = self.block
        if not block.thickness:
            return ()
        rect = Rect(0, y - block.thickness // 2, self.measure, block.thickness)
        return (PlacedRule(rect, block.color),)
