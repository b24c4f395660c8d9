"""A table with what stands around its rows: caption, unit, notes, 续表."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from brieftex.document.paragraphs import TextBlock
from brieftex.document.tables import TableBlock
from brieftex.layout.blocks.box import Box, baseline, moved, raised, stacked
from brieftex.layout.blocks.table import set_table
from brieftex.layout.lines.paragraph import Setting, natural_line
from brieftex.layout.page import Line, PlacedLine
from brieftex.layout.pages.parameters import FORBIDDEN
from brieftex.units import Sp

SetLines: TypeAlias = Callable[[TextBlock, Sp | None], list[Box]]
"""Sets a text in the measure, on a grid or on none."""


def set_whole_table(
    block: TableBlock,
    measure: Sp,
    grid: Sp | None,
    setting: Setting,
    set_lines: SetLines,
) -> list[Box]:
    """A table with its caption and the unit above it and its notes below, and an empty line
    between them and the text; ``set_lines`` sets a text on the grid."""
    boxes = set_table(block, measure, grid or 1, setting)
    notes = block.notes
    above = set_lines(block.caption, grid) if block.caption is not None else []
    unit = _set_unit(notes.unit, grid, setting, set_lines)
    if notes.unit is not None and unit is not None:
        above = _with_unit(above, notes.unit, *unit, measure)
    if notes.continued is not None:
        label = set_lines(notes.continued, grid)
        if notes.unit is not None and unit is not None:
            label = _with_unit(label, notes.unit, *unit, measure)
        over = stacked(label)
        boxes = [replace(b, head=stacked([over, b.head])) if b.head else b for b in boxes]
    below = _below_table(notes.below, grid, set_lines)
    if below:
        boxes[-1] = replace(boxes[-1], after=FORBIDDEN)
    boxes = [*(replace(box, after=FORBIDDEN) for box in above), *boxes, *below]
    if grid is not None:
        boxes.append(Box(grid, after=FORBIDDEN, blank=True))
    return boxes


def _set_unit(
    unit: TextBlock | None, grid: Sp | None, setting: Setting, set_lines: SetLines
) -> tuple[Line, list[Box]] | None:
    """The unit as a line, and as boxes of its own."""
    return None if unit is None else (natural_line(unit.text, setting), set_lines(unit, grid))


def _with_unit(
    above: list[Box], unit: TextBlock, line: Line, below: list[Box], measure: Sp
) -> list[Box]:
    """The caption of a table with its unit at the right: on the last line of it, or below where
    there is no room."""
    x = measure - unit.style.right - line.width
    if above:
        last = above[-1]
        items = [item for item in last.items if isinstance(item, PlacedLine)]
        ends = [item.x + item.line.width for item in items]
        if items and max(ends) + unit.style.char.size <= x:
            placed = PlacedLine(x, items[-1].y, line)
            return [*above[:-1], replace(last, items=(*last.items, placed))]
    low = below[-1].height - unit.style.leading  # its line stands next to the table
    if len(below) == 1 and low > 0:
        base = baseline(unit.style.leading, unit.style.char.size)
        moved_down = tuple(
            replace(item, y=low + base) if isinstance(item, PlacedLine) else item
            for item in below[0].items
        )
        below = [replace(below[0], items=moved_down)]
    return [*above, *below]


def _below_table(blocks: Sequence[TextBlock], grid: Sp | None, set_lines: SetLines) -> list[Box]:
    """Notes and sources, which fill whole lines of the grid together and are not parted."""
    boxes = [box for block in blocks for box in set_lines(block, None)]
    if not boxes:
        return []
    gap = (grid or 0) // 8  # below the last rule
    total = raised(sum(box.height for box in boxes) + gap, grid)
    rest = total - sum(box.height for box in boxes) - gap
    first = boxes[0]
    boxes[0] = replace(
        first, height=first.height + gap, items=tuple(moved(item, 0, gap) for item in first.items)
    )
    boxes[-1] = replace(boxes[-1], height=boxes[-1].height + rest)
    return [*(replace(box, after=FORBIDDEN) for box in boxes[:-1]), replace(boxes[-1], after=0)]
