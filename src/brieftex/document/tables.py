"""Tables, and what stands around their rows."""

from __future__ import annotations

from msgspec import Struct

from brieftex.document.paragraphs import TextBlock
from brieftex.styled.styles import Align, TextStyle
from brieftex.styled.text import Text
from brieftex.units import BLACK, Color, Sp


class Cell(Struct, frozen=True):
    """A table cell: its text, its first column from 0, and how many columns and rows it covers.
    ``align`` is its own alignment; None: that of its column."""

    text: Text
    column: int
    colspan: int = 1
    rowspan: int = 1
    align: Align | None = None


class TableWidth(Struct, frozen=True):
    """A width that an editor gives a column: ``length`` Sp with its padding, or ``ems`` thousandths
    of an em of the table's text without it, or ``share`` thousandths of the measure."""

    length: Sp = 0
    ems: int = 0
    share: int = 0


class TableNotes(Struct, frozen=True):
    """What stands around the rows of a table: the ``unit`` above at the right, ``below`` them
    notes and sources, and the line that stands above its head where it is continued."""

    unit: TextBlock | None = None
    below: tuple[TextBlock, ...] = ()
    continued: TextBlock | None = None


class TableBlock(Struct, frozen=True):
    """A table; header rows are repeated at the top of each page on which it continues.

    Rows hold the cells that begin in them. ``caption`` stands above. ``aligns`` are the
    alignments of the columns, None where their content decides, ``widths`` their widths, which
    all depend on the content if there are none. Rule thicknesses are in Sp: ``heavy`` at top and
    bottom, ``light`` below the header and, in grid style, between cells. If columns do not fit,
    the size of the text is reduced, down to ``least_size``. ``settled``: all widths and alignments
    are given and hold whatever stands in the cells, so that nothing is measured.
    """

    caption: TextBlock | None
    header: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    aligns: tuple[Align | None, ...]
    style: TextStyle
    padding: Sp
    heavy: Sp
    light: Sp
    grid: bool
    color: Color = BLACK
    least_size: Sp = 0
    widths: tuple[TableWidth | None, ...] = ()
    notes: TableNotes = TableNotes()
    settled: bool = False
