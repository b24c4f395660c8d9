"""Boxes kept from one run to the next over the same issue, as lines are (``layout.lines.cache``).

The boxes of a paragraph depend on its characters and their styles, but not on its place in the
file: where that is another, they get it. Those of any other block are known by all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from brieftex.document.blocks import Block
from brieftex.document.paragraphs import TextBlock
from brieftex.layout.blocks.box import Box
from brieftex.layout.lines.paragraph import Setting
from brieftex.layout.page import Placed, PlacedLine
from brieftex.memory import NOTHING_KEPT
from brieftex.styled.text import Text
from brieftex.units import Sp


def known_block(
    block: Block, measure: Sp, grid: Sp | None, setting: Setting, make: Callable[[], list[Box]]
) -> list[Box]:
    """The boxes of a block in ``measure``, on ``grid``."""
    if setting.cache is None or not setting.cache.blocks.keeps:
        return make()
    return [*setting.cache.blocks.recall((block, measure, grid), lambda: tuple(make()))]


def known_paragraph(
    block: TextBlock, measure: Sp, grid: Sp | None, setting: Setting, make: Callable[[], list[Box]]
) -> list[Box]:
    """The boxes of a paragraph in ``measure``, on ``grid``."""
    text, memo = block.text, NOTHING_KEPT if setting.cache is None else setting.cache.blocks
    # What stands beside the lines has places of its own, and so have readings above them.
    if not memo.keeps or block.label is not None or block.codes or text.rubies:
        return make()
    key = (text.text, text.runs, text.calls, block.style, block.anchor, measure, grid)
    known: tuple[Text, Sequence[Box]] | None = memo.get(key)
    if known is None:
        known = text, make()
    elif known[0] != text:
        known = text, [_with_text(box, text) for box in known[1]]
    memo.put(key, known)
    return [*known[1]]


def _with_text(box: Box, text: Text) -> Box:
    """A box of one line as one of ``text``, which has other places."""
    items = tuple([_line_with_text(item, text) for item in box.items])
    line = next((item.line for item in items if isinstance(item, PlacedLine)), None)
    if line is None:
        return box
    return replace(box, items=items, at=text.origin.span(line.start, line.end))


def _line_with_text(item: Placed, text: Text) -> Placed:
    if not isinstance(item, PlacedLine):
        return item
    return replace(item, line=replace(item.line, text=text))
