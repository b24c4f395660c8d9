"""How many lines texts take and how wide and high tables are, which Word finds out by itself and a
writer has to know: white that fills the grid, columns, rows.

``RoughMeasure`` counts Han characters as an em and others as half of one. Whoever has faces gives a
better one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol
from unicodedata import east_asian_width

from msgspec import Struct

from brieftex.document.tables import TableBlock
from brieftex.patterns import late
from brieftex.styled.styles import Align, TextStyle
from brieftex.styled.text import Text
from brieftex.units import Sp

_NUMBER = late(r"[-+−±]?[\d,，.]+\s*(?:%|％|‰|万|亿|元)?|[—–-]+")
_FEW = 12
"""Characters of short words, which are centred in their column."""


class WordTable(Struct, frozen=True):
    """A table as it will be set, in the size at which it fits. Of each column its width, how its
    cells are aligned and how far those of numbers stand from the right, so that the numbers are in
    the middle; of each row, those of the head first, its height. Lengths are in Sp."""

    block: TableBlock
    widths: tuple[Sp, ...]
    aligns: tuple[Align, ...]
    insets: tuple[Sp, ...]
    heights: tuple[Sp, ...]


class PressedLine(Struct, frozen=True):
    """Characters ``start`` up to ``end`` of a text, which together are by ``excess`` too wide for
    their line."""

    start: int
    end: int
    excess: Sp


class WordMeasure(Protocol):
    """Answers how large texts and tables are."""

    def lines(self, text: Text, style: TextStyle, measure: Sp) -> int:
        """How many lines a text takes."""

    def pressed(self, text: Text, style: TextStyle, measure: Sp) -> Iterator[PressedLine]:
        """The lines of a text that hold more than would fit by itself."""

    def table(self, block: TableBlock, measure: Sp, grid: Sp) -> WordTable:
        """The measures of a table, whose rows are whole lines of ``grid``."""


class RoughMeasure:
    """Measures by widths in half ems."""

    def lines(self, text: Text, style: TextStyle, measure: Sp) -> int:
        """How many lines a text takes."""
        room = measure - style.left - style.right
        count = 0
        for k, line in enumerate(text.text.split("\n")):
            first = style.indent if k == 0 else style.hang
            width = text_width(line, style.char.size)
            count += 1
            rest = width - (room - first)
            if rest > 0:
                count += -(-rest // max(room - style.hang, style.char.size))
        return count

    def pressed(  # a measure that knows faces needs itself
        self, _text: Text, _style: TextStyle, _measure: Sp
    ) -> Iterator[PressedLine]:
        """None: single lines are not known."""
        return iter(())

    def table(self, block: TableBlock, measure: Sp, grid: Sp) -> WordTable:
        """The measures of a table."""
        widths = _widths(block, measure)
        aligns = tuple(_aligns(block))
        insets = tuple(_inset(block, k, widths[k], aligns[k]) for k in range(len(widths)))
        heights = []
        for row in (*block.header, *block.rows):
            most = max((
                self.lines(cell.text, block.style, sum(widths[cell.column : cell.column
                                                              + cell.colspan]) - 2 * block.padding)
                for cell in row if cell.rowspan == 1
            ), default=1)  # fmt: skip
            heights.append(-(-most * block.style.leading // grid) * grid)
        return WordTable(block, tuple(widths), aligns, insets, tuple(heights))


def text_width(text: str, size: Sp) -> Sp:
    """The width of a text on one line, where Han characters are an em and others half of one."""
    return sum(2 if east_asian_width(c) in "WFA" else 1 for c in text) * size // 2


def _widths(block: TableBlock, measure: Sp) -> list[Sp]:
    """The widths of columns: those that are given, and of others what their contents need; what is
    lacking is taken from the widest."""
    size, padding = block.style.char.size, 2 * block.padding
    natural = [3 * size + padding] * len(block.aligns)
    rows = (*block.header, *block.rows)
    for cell in sorted((c for row in rows for c in row), key=lambda c: c.colspan):
        own = max((text_width(line, size) for line in cell.text.text.split("\n")), default=0)
        wanted = own + padding + size // 2
        span = range(cell.column, cell.column + cell.colspan)
        lacking = wanted - sum(natural[k] for k in span)
        for k in span:
            natural[k] += max(0, lacking) // cell.colspan
    for k, width in enumerate(block.widths):
        if width is not None:
            share = measure * width.share // 1000
            natural[k] = width.length or share or width.ems * size // 1000 + padding
    if sum(natural) <= measure:
        spare = 0 if any(block.widths) else (measure - sum(natural)) // len(natural)
        return [width + spare for width in natural]
    low, high = 1, max(natural)
    while low < high:  # the widest columns share what is left
        middle = (low + high + 1) // 2
        if sum(min(width, middle) for width in natural) <= measure:
            low = middle
        else:
            high = middle - 1
    return [min(width, low) for width in natural]


def _inset(block: TableBlock, column: int, width: Sp, align: Align) -> Sp:
    """How far the numbers of a column stand from its right edge."""
    if align is not Align.RIGHT or block.aligns[column] is not None:
        return 0
    size = block.style.char.size
    numbers = [text_width(text, size) for text in _column(block, column)]
    return max(0, width - 2 * block.padding - max(numbers, default=0)) // 2


def _column(block: TableBlock, column: int) -> Sequence[str]:
    return [c.text.text for row in block.rows for c in row if c.column == column and c.colspan == 1]


def _aligns(block: TableBlock) -> list[Align]:
    """How columns are aligned that do not say: numbers at the right, short words in the middle,
    others at the left."""
    found = []
    for k, align in enumerate(block.aligns):
        texts = [c.text.text.strip() for row in block.rows for c in row if c.column == k]
        filled = [text for text in texts if text]
        if align is not None:
            found.append(align)
        elif filled and all(_NUMBER.fullmatch(text) for text in filled):
            found.append(Align.RIGHT)
        elif filled and max(map(len, filled)) <= _FEW:
            found.append(Align.CENTER)
        else:
            found.append(Align.LEFT)
    return found
