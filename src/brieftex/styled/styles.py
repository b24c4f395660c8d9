"""How characters and paragraphs look, what rules lines are broken and set by, and which faces
are asked for. Lengths in Sp."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum

from msgspec import Struct

from brieftex.units import BLACK, Color, Sp


class Align(Enum):
    """How the lines of a text stand in their measure."""

    JUSTIFY = "justify"  # both edges flush, last line natural
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class CharStyle(Struct, frozen=True):
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


class TextStyle(Struct, frozen=True):
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


class Kinsoku(StrEnum):
    """Which marks may not begin or end a line (避头尾): the least, those of GB/T 15834, or these
    with dashes and ellipses."""

    BASIC = "basic"
    GB = "gb"
    STRICT = "strict"


class Punctuation(StrEnum):
    """How wide marks are: a cell each (全角式), half a cell but for the stops that end a sentence
    (开明式), half a cell at line ends (行末半角式), half a cell everywhere (半角式)."""

    FULL = "full"
    KAIMING = "kaiming"
    LINE_END = "line-end"
    HALF = "half"


class LineBreaking(StrEnum):
    """Who decides where lines end: the paragraph as a whole, each line by itself, or Microsoft
    Word, whose rules then take the place of all others."""

    TOTAL = "total"
    FIRST = "first"
    WORD = "word"


class LineRules(Struct, frozen=True):
    """The theme's choices for lines; see the theme reference for their meaning.

    ``script_gap`` is (natural, least, most) as fractions of an em in 1/1000.
    """

    kinsoku: Kinsoku = Kinsoku.GB
    punctuation: Punctuation = Punctuation.FULL
    script_gap: tuple[int, int, int] = (250, 125, 260)
    hanging: bool = False
    trim_start: bool = True  # opening marks at the start of a turned line lose their blank half
    trim_first: bool = False  # … at the start of a paragraph's first line
    breaking: LineBreaking = LineBreaking.TOTAL
    hyphenate: bool = False  # English words, where a line would be loose otherwise
    codes: bool = False  # codes may break between their groups: in the cells of tables


class RoleRequest(Struct, frozen=True):
    """The families a role asks for, in order of preference, for each script."""

    han: tuple[str, ...]
    latin: tuple[str, ...]


class FontRequest(Struct, frozen=True):
    """The faces a theme asks for: by role, and where no face of a role has a character."""

    roles: Mapping[str, RoleRequest]
    fallback: tuple[str, ...]
