"""The styles of characters and paragraphs, the rules for lines, and the faces wanted. Lengths are
in Sp."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum

from msgspec import Struct

from brieftex.units import BLACK, Color, Sp


class Align(Enum):
    """How the lines of a text are aligned in their measure."""

    JUSTIFY = "justify"  # both edges flush, the last line at its natural width
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class CharStyle(Struct, frozen=True, cache_hash=True):
    """How characters look. ``font`` is a role of the theme, ``rise`` lifts the baseline.

    ``stroke`` is the width of the line drawn around them (bold where there is no bold face),
    ``dot`` the diameter of the emphasis dot below each Han character (着重号); 0 for none.
    """

    font: str
    size: Sp
    color: Color = BLACK
    rise: Sp = 0
    stroke: Sp = 0
    dot: Sp = 0


class TextStyle(Struct, frozen=True, cache_hash=True):
    """How a paragraph is set. Lengths are in Sp.

    The sum of ``before``, the lines and ``after`` is rounded up to whole grid lines, and the
    difference divided between above and below; ``space`` is a number of empty grid lines above,
    discarded at the top of a page. ``indent`` applies to the first line, ``hang`` to all others,
    both relative to ``left``.
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
    keep_previous: bool = False  # two lines of what is above stand on the same page
    keep_lines: bool = False  # not broken over pages
    run_in: bool = False  # a heading that is continued by its paragraph
    name: str = ""  # what the theme calls it


class Kinsoku(StrEnum):
    """Which marks may not begin or end a line (避头尾): the basic ones, those of GB/T 15834, or
    these with dashes and ellipses."""

    BASIC = "basic"
    GB = "gb"
    STRICT = "strict"


class Punctuation(StrEnum):
    """The width of marks: a full cell (全角式), half a cell except for full stops, question and
    exclamation marks (开明式), half a cell at line ends (行末半角式) or everywhere (半角式)."""

    FULL = "full"
    KAIMING = "kaiming"
    LINE_END = "line-end"
    HALF = "half"


class LineBreaking(StrEnum):
    """How lines are broken: optimised over the paragraph, line by line, or as in Microsoft Word,
    whose rules then replace all others."""

    TOTAL = "total"
    FIRST = "first"
    WORD = "word"


class LineRules(Struct, frozen=True, cache_hash=True):
    """The rules of a theme for lines; the theme reference explains them.

    ``script_gap`` is (natural, least, most) as fractions of an em in 1/1000.
    """

    kinsoku: Kinsoku = Kinsoku.GB
    punctuation: Punctuation = Punctuation.FULL
    script_gap: tuple[int, int, int] = (250, 125, 260)
    hanging: bool = False
    trim_start: bool = True  # opening marks at line starts lose their blank half
    trim_first: bool = False  # … at the start of a paragraph's first line
    breaking: LineBreaking = LineBreaking.TOTAL
    hyphenate: bool = False  # English words, where a line would be loose otherwise
    codes: bool = False  # codes may break between their groups: in the cells of tables


class RoleRequest(Struct, frozen=True):
    """The families wanted for a role, in order of preference, for each script."""

    han: tuple[str, ...]
    latin: tuple[str, ...]


class FontRequest(Struct, frozen=True):
    """The families that a theme wants: by role, and as the fallback for missing characters."""

    roles: Mapping[str, RoleRequest]
    fallback: tuple[str, ...]
