"""The styles of pages, marked words, notes and charts. Lengths are in Sp."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from brieftex.styled.styles import CharStyle
from brieftex.units import Color, Rect, Size, Sp, mm


class MarkLook(Struct, frozen=True):
    """How marked words are distinguished: by another role (None keeps their own), a bolder face or
    stroke, or emphasis dots."""

    role: str | None = None
    bold: bool = False
    dots: bool = False


PAPER_EDGE = mm("5")
"""What is kept free at the paper's edge, where an office's printers do not print."""


class PageStyle(Struct, frozen=True):
    """The page: trim size, type area, and the grid of ``lines`` lines of ``leading``."""

    trim: Size
    type_area: Rect
    leading: Sp
    lines: int

    @property
    def overhang(self) -> Sp:
        """How far the grid extends beyond the type area at its top and foot, Sp: half the line gap
        if the characters and not the leading of the lines fill the type area."""
        return (self.leading * self.lines - self.type_area.height) // 2

    @property
    def depth(self) -> Sp:
        """The height of the grid, Sp."""
        return self.leading * self.lines

    @property
    def turned(self) -> PageStyle:
        """The page for what lies across it: the same sheet and type area, seen from its left edge.
        Lines fill the type area from there as far as whole ones go."""
        area = self.type_area
        lines = area.width // self.leading
        lying = Rect(
            self.trim.height - area.y - area.height, area.x, area.height, lines * self.leading
        )
        return PageStyle(Size(self.trim.height, self.trim.width), lying, self.leading, lines)


class Sides(StrEnum):
    """The place of the type area: as in the theme on every page; mirrored on even pages; or
    centred."""

    SINGLE = "single"
    MIRRORED = "mirrored"
    CENTERED = "centered"


class Binding(Struct, frozen=True):
    """The place of the type area on sheets. The inner margin of single and mirrored pages is at
    least ``least`` Sp."""

    sides: Sides = Sides.SINGLE
    least: Sp = 0

    def inner(self, page: PageStyle) -> Sp:
        """The width of the inner margin of ``page``; of the left one if there is none."""
        free = page.trim.width - page.type_area.width
        if self.sides is Sides.CENTERED:
            return free // 2
        return min(max(page.type_area.x, self.least), free)

    def outer(self, page: PageStyle) -> Sp:
        """The width of the other margin."""
        return page.trim.width - page.type_area.width - self.inner(page)

    def outer_is_left(self, number: int) -> bool:
        """Whether the outer margin of page ``number`` is at the left."""
        return self.sides is Sides.MIRRORED and number % 2 == 0


class LineNumbers(Struct, frozen=True):
    """Numbers in the outer margin, ``gap`` Sp from the type area: one beside every fifth line
    where ``every`` is 5, none where it is 0."""

    every: int
    gap: Sp
    char: CharStyle


class Watermark(Struct, frozen=True):
    """Words across the page, below the text; no words, no watermark. ``size`` Sp at most,
    rising by ``angle`` degrees."""

    text: str
    char: CharStyle
    angle: int


class ChangeLook(Struct, frozen=True):
    """How changes are shown: the colours of words that were added, removed or moved, and the bars
    beside them, ``bar`` Sp thick and ``gap`` Sp from the type area, in its outer margin."""

    added: Color
    removed: Color
    moved: Color
    bar: Sp
    bar_color: Color
    gap: Sp


class Finish(Struct, frozen=True):
    """The postprocessing of made-up pages."""

    binding: Binding
    line_numbers: LineNumbers
    watermark: Watermark
    changes: ChangeLook


class PageBreaking(StrEnum):
    """How pages are broken: optimised over the document, or page by page as in Microsoft Word."""

    TOTAL = "total"
    WORD = "word"


class BreakRules(Struct, frozen=True):
    """Page breaking: by which rules; whether the first or the last line of a paragraph may stand
    alone (``widow_control``: no). The last page, and one before a forced break, should have at
    least ``last_lines`` lines if earlier pages can spare them; in Word's pages none does.
    Contents with fewer than ``last_entries`` on their last page share it with what follows."""

    breaking: PageBreaking = PageBreaking.TOTAL
    widow_control: bool = True
    last_lines: int = 4
    last_entries: int = 0


class NoteStyle(Struct, frozen=True):
    """Footnotes: the rule above them and the distances around it, Sp."""

    rule_width: Sp
    rule_thickness: Sp
    above: Sp  # between body and rule
    below: Sp  # between rule and first note
    gap: Sp  # between notes


class ChartStyle(Struct, frozen=True):
    """Charts: their usual height, the fills of their series in order, the colour and thickness
    of axes, and the thickness of the curve of a line chart. Lengths in Sp."""

    height: Sp
    colors: tuple[Color, ...]
    axis: Color
    rule: Sp
    line: Sp
