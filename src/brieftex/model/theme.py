"""The theme as the composer sees it: frozen values, every length in Sp.

One value for each group of keys of a theme file; the keys bear the fields' names. What
a key means is written here once, the themes in ``themes/`` show it in use.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from brieftex.document.styles import BreakRules, ChartStyle, Finish, MarkLook, NoteStyle, PageStyle
from brieftex.styled.styles import CharStyle, FontRequest, LineRules, TextStyle
from brieftex.units import Color, Sp


class MarkRules(Struct, frozen=True):
    """How words are set apart, and the colour of links in running text.

    ``heavier`` gives the role that stands for the bold of another; characters of any other
    role are outlined by a pen of ``stroke``. ``dot`` is the diameter of the dots below and
    ``ruby`` the size of a reading above. The three are 1/1000 of the text's size.
    """

    strong: MarkLook
    emphasis: MarkLook
    highlight: MarkLook
    heavier: Mapping[str, str]
    stroke: int
    dot: int
    ruby: int
    link: Color

    def bold(self, style: CharStyle) -> CharStyle:
        """``style`` in bold."""
        heavier = self.heavier.get(style.font)
        if heavier is not None:
            return replace(style, font=heavier)
        return replace(style, stroke=style.size * self.stroke // 1000)

    def looking(self, style: CharStyle, look: MarkLook) -> CharStyle:
        """``style`` as marked words look in it."""
        if look.role is not None:
            style = replace(style, font=look.role)
        if look.bold:
            style = self.bold(style)
        if look.dots:
            style = replace(style, dot=style.size * self.dot // 1000)
        return style


class ListRules(Struct, frozen=True):
    """Lists: label formats by depth (the last one serves all deeper lists), how far each
    depth is indented, and the gaps between a number or bullet and its text."""

    ordered: tuple[str, ...]
    bullets: tuple[str, ...]
    step: Sp
    gap: Sp
    bullet_gap: Sp


class MastheadRules(Struct, frozen=True):
    """报头. ``arrangement`` names its parts from top to bottom.

    The name is set as large as fills ``name_fill``, but no larger than ``name_max``; when
    that would be smaller than ``name_min`` it may fill the measure. The rule has ``above``
    and ``below`` white around it; a second one follows it ``rule_gap`` below where
    ``rule_second`` is not 0, and both are ``rule_width`` wide where that is not 0. Where
    ``name_top`` is not 0, the ink of the name begins so far below the top of the type area,
    above it if it is negative, and white is measured from ink. ``year``: the number is that of
    a year. ``joint``: the lines of the name are offices, and equally wide. ``preprinted``: name
    and rule are on the paper already. ``foot_rule``: the rule comes again, upside down, so far
    from the foot of the first page.
    """

    arrangement: tuple[str, ...]
    name_top: Sp
    year: bool
    name_fill: Sp
    name_max: Sp
    name_min: Sp
    rule: Sp
    rule_color: Color
    rule_above: Sp
    rule_below: Sp
    rule_width: Sp
    rule_second: Sp
    rule_gap: Sp
    foot_rule: Sp
    joint: bool
    preprinted: bool


class ContentsRules(Struct, frozen=True):
    """目录: printed by itself from so many sections or pages (0: never for that); with fewer
    than ``alone_from`` entries it shares its page; the leader between entry and folio."""

    from_sections: int
    from_pages: int
    alone_from: int
    leader: str


class ForewordStart(StrEnum):
    """Whether the foreword begins a page: always, never, or after contents."""

    ALWAYS = "always"
    NEVER = "never"
    CONTENTS = "contents"


class StartRules(Struct, frozen=True):
    """Which parts of an issue begin a new page."""

    foreword: ForewordStart
    sections: bool
    items: bool


class HeadRules(Struct, frozen=True):
    """The running head: format strings, its baseline and rule measured from the page top."""

    left: str
    middle: str
    right: str
    baseline: Sp
    rule: Sp
    rule_y: Sp
    on_first: bool


class FolioRules(Struct, frozen=True):
    """The folio: strings with ``{page}`` and ``{pages}``, its baseline from the page top; if
    ``top`` is not 0, that is where the ink of its first character begins instead.

    ``mirrored``: left and right change places on even pages; ``inset`` keeps them off the
    edges of the type area.
    """

    left: str
    middle: str
    right: str
    baseline: Sp
    on_first: bool
    mirrored: bool
    inset: Sp
    top: Sp


class SignatureRules(Struct, frozen=True):
    """署名 and 成文日期: centred on the date, for a seal (``sealed``), or for none;
    ``from_masthead``: an issue without a signature is signed with issuer and date. ``seal``:
    pictures of seals are printed; a seal is ``seal_size`` wide."""

    sealed: bool
    from_masthead: bool
    seal: bool
    seal_size: Sp


class NoteRules(Struct, frozen=True):
    """Footnotes: formats of the call and the label; the call's size and rise are 1/1000 of
    the size of the text it stands in."""

    call: str
    label: str
    call_size: int
    call_rise: int
    gap: Sp
    area: NoteStyle


class TableRules(Struct, frozen=True):
    """Tables: rules, white in the cells, the role of the header row, and the least size of the
    text of a table that would not fit otherwise."""

    padding: Sp
    heavy: Sp
    light: Sp
    grid: bool
    color: Color
    header: str
    least_size: Sp


class FigureRules(Struct, frozen=True):
    """Figures: the largest width and height; pictures are stored with no more than
    ``resolution`` pixels to the inch, 0 for as many as they have."""

    width: Sp
    max_height: Sp
    resolution: int


class CodeRules(Struct, frozen=True):
    """QR codes in the outer margin beside the addresses of sources: the least side of one, 0 for
    none, and the white between it and the type area."""

    size: Sp
    gap: Sp


class BoxRules(Struct, frozen=True):
    """提要框: the thickness and colour of the rules around it, 0 for none; the colour behind it,
    white for none; the white at its sides."""

    rule: Sp
    color: Color
    shade: Color
    padding: Sp


class ColophonRules(Struct, frozen=True):
    """版记: its rules (heavy first and last, light between), their colour and the white
    between a rule and the lines next to it; ``even_page``: on a page of even number."""

    heavy: Sp
    light: Sp
    color: Color
    gap: Sp
    even_page: bool


class FitRules(Struct, frozen=True):
    """What may change for the sake of a number of pages: the leading and the empty lines above
    a heading that has some, least and most; by how much the height and the width of the type
    area. Unless it is ``wanted``, the number of pages that an issue asks for does not hold."""

    leading: tuple[Sp, Sp]
    space: tuple[int, int]
    height: Sp
    width: Sp
    wanted: bool


class Theme(Struct, frozen=True):
    """A whole theme. ``em`` is the side of a cell of the grid: the measure is a whole number
    of them. ``headings`` are the label formats of the levels of sections, items and below,
    ``body_headings`` those in a body that stands by itself, ``source_lines`` the lines of a
    source with its parts as fields, ``labels`` the words a theme prints. ``compact``: the file
    is stored as small as it can be. ``set_anew`` are the groups of keys that an edition changes
    by which lines or pages may end elsewhere than without it."""

    name: str
    em: Sp
    page: PageStyle
    fonts: FontRequest
    lines: LineRules
    styles: Mapping[str, TextStyle]
    marks: MarkRules
    headings: tuple[str, ...]
    body_headings: tuple[str, ...]
    lists: ListRules
    masthead: MastheadRules
    contents: ContentsRules
    start: StartRules
    running_head: HeadRules
    folio: FolioRules
    signature: SignatureRules
    notes: NoteRules
    tables: TableRules
    figures: FigureRules
    charts: ChartStyle
    colophon: ColophonRules
    labels: Mapping[str, str]
    source_lines: tuple[str, ...]
    attachment_list: bool
    pages: BreakRules
    codes: CodeRules
    box: BoxRules
    compact: bool
    finish: Finish
    fit: FitRules
    set_anew: tuple[str, ...] = ()
