"""Texts and tables measured as the pages have them, for a document of Word."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from brieftex.document.tables import TableBlock
from brieftex.layout.blocks.table import measured_table
from brieftex.layout.lines.paragraph import Setting, broken_text, set_text
from brieftex.styled.styles import Align, TextStyle
from brieftex.styled.text import Text
from brieftex.units import Sp
from brieftex.word.write.measuring import PressedLine, WordTable


class SetMeasure:
    """Measures by setting."""

    def __init__(self, setting: Setting) -> None:
        """``setting`` is what the pages were set with."""
        self._setting = setting

    def lines(self, text: Text, style: TextStyle, measure: Sp) -> int:
        """How many lines a text takes."""
        return max(1, len(set_text(text, style, measure, self._setting)))

    def pressed(self, text: Text, style: TextStyle, measure: Sp) -> Iterator[PressedLine]:
        """The lines of a text that fit only because marks are squeezed or trimmed, hang, or spaces
        are narrower than by nature."""
        items, breaks = broken_text(text, style, measure, self._setting)
        columns, starts = items.columns, items.starts
        for a, b in pairwise((0, *breaks)):
            room = measure - style.left - style.right - (style.hang if a else style.indent)
            gaps = sum(max(0, gap) for gap in columns.gaps[a : b - 1])
            excess = sum(columns.widths[a:b]) + gaps + columns.hyphens.get(b, 0) - room
            if excess > 0:
                yield PressedLine(starts[a], starts[b], excess)

    def table(self, block: TableBlock, measure: Sp, grid: Sp) -> WordTable:
        """The measures of a table, whose rows are whole lines of ``grid``."""
        made = measured_table(block, measure, grid, self._setting)
        widths, aligns, insets = [], [], []
        for column in made.columns:
            widths.append(column.width)
            aligns.append(Align.RIGHT if column.align is None else column.align)
            insets.append(column.inset if column.align is None else 0)
        return WordTable(made.block, tuple(widths), tuple(aligns), tuple(insets), made.heights)
