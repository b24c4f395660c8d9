"""What an editor writes, as values: inline text and the blocks it stands in.

These are the words between the Markdown of a body and everything after it. Inline text is
one string with columns beside it, not a tree: a stretch of it may carry marks, a link or
both, and footnote calls stand between characters.
"""

from __future__ import annotations

from enum import Enum, IntFlag, StrEnum
from fractions import Fraction
from typing import ClassVar, TypeAlias

from msgspec import Struct

from brieftex.diagnostics import OffsetMap, Span
from brieftex.picture import PdfPage


class Paragraphs(Enum):
    """What parts the paragraphs of a body."""

    __hash__ = object.__hash__  # part of many keys, and Enum's own is written in Python

    AUTO = "auto"  # empty lines, and line ends that were meant to
    BLANK = "blank"  # empty lines alone, as CommonMark has it
    LINE = "line"  # every line end


class Mark(IntFlag):
    """How a stretch of inline text is set apart."""

    NONE = 0
    STRONG = 1  # **着重**
    EMPHASIS = 2  # *强调*
    CODE = 4  # `text`
    HIGHLIGHT = 8  # ==着重==


class Stretch(Struct, frozen=True):
    """Characters ``start`` up to ``end`` carry ``marks`` and, if any, lead to ``href``."""

    start: int
    end: int
    marks: Mark = Mark.NONE
    href: str | None = None


class NoteCall(Struct, frozen=True):
    """A footnote mark before character ``at``; ``label`` names the note in its body."""

    at: int
    label: str


class Ruby(Struct, frozen=True):
    """How characters ``start`` up to ``end`` are read aloud (注音): ``reading``, which stands
    in the file from ``at`` on."""

    PLACES: ClassVar = ("at",)

    start: int
    end: int
    reading: str
    at: int


class Inline(Struct, frozen=True):
    """A line of text as written.

    ``stretches`` are sorted and do not overlap; text outside them is plain; the same holds
    of ``rubies``. A hard line break is U+000A in ``text``. ``origin`` maps each character to
    the source file.
    """

    text: str
    origin: OffsetMap = OffsetMap()
    stretches: tuple[Stretch, ...] = ()
    calls: tuple[NoteCall, ...] = ()
    rubies: tuple[Ruby, ...] = ()

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Where characters ``start`` up to ``end`` (default: the end) stood in the file."""
        return self.origin.span(start, len(self.text) if end is None else end)


class Paragraph(Struct, frozen=True):
    """One paragraph."""

    inline: Inline


class Heading(Struct, frozen=True):
    """A sub-heading; ``level`` 1 is Markdown's ``##``, the first below where the body stands."""

    level: int
    inline: Inline


class ListBlock(Struct, frozen=True):
    """A list; ``start`` is its first number when it is ordered, else None. ``bracket``: its
    numbers were written as 1) and not as 1."""

    start: int | None
    items: tuple[tuple[BodyBlock, ...], ...]
    bracket: bool = False


class Quotation(Struct, frozen=True):
    """A block quotation."""

    blocks: tuple[BodyBlock, ...]


class TableCell(Struct, frozen=True):
    """A cell of a table where it begins: its text, its first column from 0, how many columns and
    rows it covers, and its own alignment (None: that of its column)."""

    inline: Inline
    column: int
    colspan: int = 1
    rowspan: int = 1
    align: str | None = None


class ColumnWidth(Struct, frozen=True):
    """The width that an editor gives a column: ``amount`` in mm, in characters of the table's
    text (``em``, the white beside them not counted), or in hundredths of the measure (``%``)."""

    amount: Fraction
    unit: str


class Table(Struct, frozen=True):
    """A table. Its rows hold the cells that begin in them; together these cover each place of a
    row, of as many columns as ``align`` has entries, once: left, center or right (None: the theme
    decides from the content). ``header`` may have several rows, or none. ``widths`` are those of
    the columns, None for one that its content decides; no entries if it decides all. ``grid``:
    with all rules, whatever the theme has. ``unit`` holds for all numbers; ``notes`` and
    ``sources`` stand below. ``turned``: it lies across a page of its own."""

    header: tuple[tuple[TableCell, ...], ...]
    rows: tuple[tuple[TableCell, ...], ...]
    align: tuple[str | None, ...]
    caption: Inline | None
    span: Span
    grid: bool = False
    widths: tuple[ColumnWidth | None, ...] = ()
    unit: Inline | None = None
    notes: tuple[Inline, ...] = ()
    sources: tuple[Inline, ...] = ()
    turned: bool = False

    @property
    def lines(self) -> tuple[tuple[TableCell, ...], ...]:
        """All rows, those of the header first."""
        return (*self.header, *self.rows)


class Figure(Struct, frozen=True):
    """A picture. ``path`` is as written, relative to the issue file; ``alt`` describes it.
    ``turned``: it lies across a page of its own. Those ``beside`` it stand at its right, under
    its caption, and have none of their own."""

    path: str
    alt: str
    caption: Inline | None
    span: Span
    turned: bool = False
    beside: tuple[Figure, ...] = ()


class Amount(Struct, frozen=True):
    """A number of a chart: its value, and as it was typed (3.2万, 1,200, 35%)."""

    value: Fraction
    typed: Inline


class Series(Struct, frozen=True):
    """Numbers of a chart that belong together, one for each category (None: not known).
    ``name`` is None when the chart has no other series."""

    name: Inline | None
    values: tuple[Amount | None, ...]


class Chart(Struct, frozen=True):
    """A chart of numbers. ``kind`` is bar (upright if the names fit), hbar (lying), line or
    pie. ``alt`` None: made from the numbers. ``unit`` holds for every number. ``turned``: it lies
    across a page of its own."""

    kind: str
    categories: tuple[Inline, ...]
    series: tuple[Series, ...]
    unit: Inline | None
    stacked: bool
    alt: str | None
    caption: Inline | None
    span: Span
    turned: bool = False


class Speech(Struct, frozen=True):
    """What a named person says; the office may be missing."""

    speaker: Inline
    role: Inline | None
    blocks: tuple[BodyBlock, ...]


class Verse(Struct, frozen=True):
    """Lines that are printed as they are written: a poem, an address, the end of a letter. An
    empty one parts stanzas. ``align`` is left, center or right (None: left)."""

    lines: tuple[Inline, ...]
    align: str | None
    span: Span


class NameList(Struct, frozen=True):
    """Names of people in columns, as those who were there."""

    names: tuple[Inline, ...]
    span: Span


class Panel(Struct, frozen=True):
    """Text in a box (提要框), with or without a title."""

    title: Inline | None
    blocks: tuple[BodyBlock, ...]
    span: Span


class PageFit(StrEnum):
    """Where pages of another PDF file stand: inside the type area, or on the whole page."""

    INSIDE = "inside"
    WHOLE = "whole"


class PdfPages(Struct, frozen=True):
    """Pages of another program's PDF file, each on a page of its own. ``path`` is that of the file
    as written at ``span``, ``title`` what it is called, ``ranges`` are the pages as written (none:
    all), ``digest`` identifies its bytes."""

    path: str
    title: str
    pages: tuple[PdfPage, ...]
    span: Span
    digest: str
    ranges: tuple[tuple[int, int], ...] = ()
    fit: PageFit = PageFit.INSIDE

    @property
    def numbers(self) -> str:
        """The pages as they are written: 1-3,8; empty for all."""
        return ",".join(f"{a}-{b}" if a != b else f"{a}" for a, b in self.ranges)

    @property
    def words(self) -> str:
        """What is printed, in words."""
        which = f"第{self.numbers}页" if self.ranges else "全部"
        return f"{self.path}，{which}，{'整页' if self.fit is PageFit.WHOLE else '版心里'}"


class PageBreak(Struct, frozen=True):
    """The editor asks for a new page here."""

    span: Span


BodyBlock: TypeAlias = (
    Paragraph
    | Heading
    | ListBlock
    | Quotation
    | Table
    | Figure
    | Chart
    | Speech
    | Verse
    | NameList
    | Panel
    | PageBreak
    | PdfPages
)


class Body(Struct, frozen=True):
    """The blocks of one body, and its footnotes by label."""

    blocks: tuple[BodyBlock, ...] = ()
    notes: tuple[tuple[str, tuple[BodyBlock, ...]], ...] = ()
