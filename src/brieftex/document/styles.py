"""How pages look, and what is said about marked words, notes and charts. Lengths in Sp."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from brieftex.styled.styles import CharStyle
from brieftex.units import Color, Rect, Size, Sp


class MarkLook(Struct, frozen=True):
    """What sets marked words apart: another role, None to stay in theirs; a heavier face or
    an outline; dots below."""

    role: str | None = None
    bold: bool = False
    dots: bool = False


class PageStyle(Struct, frozen=True):
    """The page: trim size, type area, and the grid of ``lines`` lines of ``leading``."""

    trim: Size
    type_area: Rect
    leading: Sp
    lines: int

    @property
    def overhang(self) -> Sp:
        """How far the grid reaches beyond the type area at its top and foot, Sp: half the
        white between lines where their characters, not their cells, fill the type area."""
        return (self.leading * self.lines - self.type_area.height) // 2


class Sides(StrEnum):
    """Where the type area stands: as the theme says on every page; so on odd pages, and its
    mirror image on even ones; in the middle."""

    SINGLE = "single"
    MIRRORED = "mirrored"
    CENTERED = "centered"


class Binding(Struct, frozen=True):
    """Where the type area stands on the sheets. The inner margin of single and mirrored pages is
    ``least`` Sp at least."""

    sides: Sides = Sides.SINGLE
    least: Sp = 0


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


class Finish(Struct, frozen=True):
    """What is done to finished pages."""

    binding: Binding
    line_numbers: LineNumbers
    watermark: Watermark


class BreakRules(Struct, frozen=True):
    """Page breaking: the last page, and one before a page break asked for, has at least
    ``last_lines`` lines where earlier ones can spare them. Contents whose last page has fewer
    than ``last_entries`` share it with what follows."""

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
