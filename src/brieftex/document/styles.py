"""The values a theme speaks in: how characters, paragraphs, lines and pages look.

They stand in the theme's layer because a theme is made of them; ``document.blocks`` hands
them on to the typesetter under the same names. Lengths in Sp.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from brieftex.units import BLACK, Color, Rect, Size, Sp


class Align(Enum):
    """How the lines of a text stand in their measure."""

    JUSTIFY = "justify"  # both edges flush, last line natural
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class CharStyle:
    """How characters look. ``font`` is a role of the theme, ``rise`` lifts the baseline.

    ``stroke`` is the width of the pen that outlines them (bold where no face is), ``dot``
    the diameter of the dot under each Han character (着重号); 0 for none.
    """

    font: str
    size: Sp
    color: Color = BLACK
    rise: Sp = 0
    stroke: Sp = 0
    dot: Sp = 0


@dataclass(frozen=True, slots=True)
class MarkLook:
    """What sets marked words apart: another role, None to stay in theirs; a heavier face or
    an outline; dots below."""

    role: str | None = None
    bold: bool = False
    dots: bool = False


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a paragraph stands on the page. Lengths in Sp.

    ``before``, the lines and ``after`` together are raised to whole grid lines, the rest
    shared out above and below; ``space`` is empty grid lines above, dropped at a page top.
    ``hang`` indents every line but the first (relative to ``left``); ``indent`` the first.
    """

    char: CharStyle
    leading: Sp
    align: Align = Align.JUSTIFY
    indent: Sp = 0
    left: Sp = 0
    right: Sp = 0
    hang: Sp = 0
    before: Sp = 0
    after: Sp = 0
    space: int = 0
    balance: bool = False  # lines of nearly equal length: titles
    keep_next: bool = False  # not the last thing on a page
    keep_previous: bool = False  # not the first thing on a page
    keep_lines: bool = False  # not broken over pages
    run_in: bool = False  # a heading that the paragraph below it goes on from


@dataclass(frozen=True, slots=True)
class PageStyle:
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


@dataclass(frozen=True, slots=True)
class Binding:
    """Where the type area stands on the sheets. ``sides`` is single: as the theme says on
    every page; mirrored: so on odd pages, and its mirror image on even ones; centered.
    The inner margin of single and mirrored pages is ``least`` Sp at least."""

    sides: str = "single"
    least: Sp = 0


@dataclass(frozen=True, slots=True)
class LineNumbers:
    """Numbers in the outer margin, ``gap`` Sp from the type area: one beside every fifth line
    where ``every`` is 5, none where it is 0."""

    every: int
    gap: Sp
    char: CharStyle


@dataclass(frozen=True, slots=True)
class Watermark:
    """Words across the page, below the text; no words, no watermark. ``size`` Sp at most,
    rising by ``angle`` degrees."""

    text: str
    char: CharStyle
    angle: int


@dataclass(frozen=True, slots=True)
class Finish:
    """What is done to finished pages."""

    binding: Binding
    line_numbers: LineNumbers
    watermark: Watermark


@dataclass(frozen=True, slots=True)
class BreakRules:
    """Page breaking: the last page, and one before a page break asked for, has at least
    ``last_lines`` lines where earlier ones can spare them. Contents whose last page has fewer
    than ``last_entries`` share it with what follows."""

    last_lines: int = 4
    last_entries: int = 0


@dataclass(frozen=True, slots=True)
class NoteStyle:
    """Footnotes: the rule above them and the distances around it, Sp."""

    rule_width: Sp
    rule_thickness: Sp
    above: Sp  # between body and rule
    below: Sp  # between rule and first note
    gap: Sp  # between notes


@dataclass(frozen=True, slots=True)
class ChartStyle:
    """Charts: their usual height, the fills of their series in order, the colour and thickness
    of axes, and the thickness of the curve of a line chart. Lengths in Sp."""

    height: Sp
    colors: tuple[Color, ...]
    axis: Color
    rule: Sp
    line: Sp


@dataclass(frozen=True, slots=True)
class LineRules:
    """The theme's choices for lines; see the theme reference for their meaning.

    ``script_gap`` is (natural, least, most) as fractions of an em in 1/1000.
    """

    kinsoku: str = "gb"  # basic | gb | strict
    punctuation: str = "full"  # full 全角式 | kaiming 开明式 | line-end 行末半角式 | half 半角式
    script_gap: tuple[int, int, int] = (250, 125, 260)
    hanging: bool = False
    trim_start: bool = True  # opening marks at the start of a turned line lose their blank half
    trim_first: bool = False  # … at the start of a paragraph's first line
    breaking: str = "total"  # total | first | word
    hyphenate: bool = False  # English words, where a line would be loose otherwise
    codes: bool = False  # codes may break between their groups: in the cells of tables


@dataclass(frozen=True, slots=True)
class RoleRequest:
    """The families a role asks for, in order of preference, for each script."""

    han: tuple[str, ...]
    latin: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FontRequest:
    """The faces a theme asks for: by role, and where no face of a role has a character."""

    roles: Mapping[str, RoleRequest]
    fallback: tuple[str, ...]
