"""Room for ruby: lines that have some are set far enough apart.

The leading of body text leaves half an em between its lines; that of titles, captions and notes
may not, and ruby would be printed over the line above.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from msgspec.structs import replace

from brieftex.document.blocks import (
    Block,
    FigureBlock,
    FigureRowBlock,
    MastheadBlock,
    MastheadPart,
    PanelBlock,
)
from brieftex.document.figures import ChartBlock, DrawingBlock
from brieftex.document.paragraphs import TextBlock
from brieftex.document.tables import TableBlock
from brieftex.styled.styles import TextStyle
from brieftex.styled.text import Text
from brieftex.units import Sp


def with_room(blocks: Sequence[Block], ruby: int) -> tuple[Block, ...]:
    """The blocks with more leading where they need it; ``ruby`` is the size of ruby text in
    thousandths of that of its base."""
    return tuple(
        [
            block if isinstance(block, TextBlock) and not block.text.rubies else _roomy(block, ruby)
            for block in blocks
        ]
    )


def notes_with_room(
    notes: Sequence[tuple[TextBlock, ...]], ruby: int
) -> tuple[tuple[TextBlock, ...], ...]:
    """The notes, all with more leading if any of them needs it: half of what ruby takes stands
    above its note, below the one before."""
    if not any(block.text.rubies for note in notes for block in note):
        return tuple(notes)
    return tuple(tuple(_led(block, ruby) for block in note) for note in notes)


def _roomy(block: Block, ruby: int) -> Block:
    match block:
        case TextBlock() if block.text.rubies:
            return _led(block, ruby)
        case PanelBlock(blocks=blocks):
            roomy = tuple([_roomy(inner, ruby) for inner in blocks])
            return block if roomy == blocks else replace(block, blocks=roomy)
        case MastheadBlock(parts=parts):
            led = tuple([_led_part(part, ruby) for part in parts])
            return block if led == parts else replace(block, parts=led)
        case (
            FigureBlock(caption=TextBlock() as caption)
            | ChartBlock(caption=TextBlock() as caption)
            | DrawingBlock(caption=TextBlock() as caption)
            | FigureRowBlock(caption=TextBlock() as caption)
        ) if caption.text.rubies:
            return replace(block, caption=_led(caption, ruby))
        case TableBlock():
            return _roomy_table(block, ruby)
    return block


def _roomy_table(table: TableBlock, ruby: int) -> TableBlock:
    """A table whose lines are all as far apart as those with ruby need it."""
    caption = table.caption
    if caption is not None and caption.text.rubies:
        table = replace(table, caption=_led(caption, ruby))
    cells = chain.from_iterable((*table.header, *table.rows))
    largest = max(
        (_largest(cell.text, table.style) for cell in cells if cell.text.rubies), default=0
    )
    leading = max(table.style.leading, largest * (1000 + ruby) // 1000)
    return replace(table, style=replace(table.style, leading=leading)) if largest else table


def _led_part(part: MastheadPart, ruby: int) -> MastheadPart:
    if isinstance(part, TextBlock) and part.text.rubies:
        return _led(part, ruby)
    return part


def _led(block: TextBlock, ruby: int) -> TextBlock:
    style = block.style
    least = _largest(block.text, style) * (1000 + ruby) // 1000
    return block if style.leading >= least else replace(block, style=replace(style, leading=least))


def _largest(text: Text, style: TextStyle) -> Sp:
    return max((run.style.size for run in text.runs), default=style.char.size)
