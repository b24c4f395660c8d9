"""Texts and tables measured as the pages have them, for a document of Word."""

from __future__ import annotations

from brieftex.document.tables import TableBlock
from brieftex.layout.blocks.table import measured_table
from brieftex.layout.lines.paragraph import Setting, set_text
from brieftex.styled.styles import Align, TextStyle
from brieftex.styled.text import Text
from brieftex.units import Sp
from brieftex.word.write.measuring import WordTable


class SetMeasure:
    """Measures by setting."""

    def __init__(self, setting: Setting) -> None:
        """``setting`` is what the pages were set with."""
        self._setting = setting

    def lines(self, text: Text, style: TextStyle, measure: Sp) -> int:
        """How many lines a text takes."""
        return max(1, len(set_text(text, style, measure, self._setting)))

    def table(self, block: TableBlock, measure: Sp, grid: Sp) -> WordTable:
        """The measures of a table, whose rows are whole lines of ``grid``."""
        made = measured_table(block, measure, grid, self._setting)
        widths, aligns, insets = [], [], []
        for column in made.columns:
            widths.append(column.width)
            aligns.append(Align.RIGHT if column.align is None else column.align)
            insets.append(column.inset if column.align is None else 0)
        return WordTable(made.block, tuple(widths), tuple(aligns), tuple(insets), made.heights)
