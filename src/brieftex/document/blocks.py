"""The document: the output of ``compose`` and the input of the typesetter.

Everything is decided except where lines and pages end: text is numbered and labelled, every style
is resolved to roles, sizes and lengths in Sp, and all text refers to its node in the logical
structure (ISO 32000-1, 14.7), from which the tags of the PDF are made.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from enum import Enum
from typing import TypeAlias

from msgspec import Struct, field

from brieftex.diagnostics import Span
from brieftex.document.changes import ChangeMarks
from brieftex.document.figures import ChartBlock, DrawingBlock
from brieftex.document.paragraphs import NamesBlock, TextBlock
from brieftex.document.styles import BreakRules, Finish, NoteStyle, PageStyle
from brieftex.document.tables import TableBlock
from brieftex.picture import Picture
from brieftex.styled.styles import CharStyle, LineRules, TextStyle
from brieftex.styled.text import Text, TextRun
from brieftex.units import Color, Sp


def note_anchor(note: int) -> str:
    """The destination of a note, by its index in ``Document.notes``."""
    return f"note-{note + 1}"


def call_anchor(note: int) -> str:
    """The destination of the line that first calls a note. It belongs to no block."""
    return f"call-{note + 1}"


class PairBlock(Struct, frozen=True):
    """A line with a text at its left and one at its right edge (issuer and date). Either may be
    empty. If they do not fit into one line, the right one gets lines of its own; if these are
    several, ``hang`` indents all but the first, and the left text stands beside the last.

    ``counted``: ``{pages}`` in the right text, which is not from the file, stands for the number
    of pages, known only at make-up.
    """

    left: Text
    right: Text
    style: TextStyle
    counted: bool = False
    hang: Sp = 0


class EntryBlock(Struct, frozen=True):
    """A line of the contents: text, leaders and the page number of ``target``, for which there
    is room for so many ``digits``."""

    text: Text
    target: str
    style: TextStyle
    leader: str
    folio: TextRun  # style, node and link of the page number
    digits: int = 3
    anchor: str | None = None
    aside: bool = False  # it leads elsewhere from within the text, and is not in the contents


class RuleBlock(Struct, frozen=True):
    """A rule as wide as the measure, or centred in it and ``width`` wide, with ``above`` and
    ``below`` Sp of space; the sum is rounded up to whole grid lines if ``on_grid``. A ``second``
    one may follow at a distance of ``gap``. Rules of no thickness are space."""

    thickness: Sp
    color: Color
    above: Sp = 0
    below: Sp = 0
    on_grid: bool = True
    width: Sp = 0
    second: Sp = 0
    gap: Sp = 0


class JointBlock(Struct, frozen=True):
    """The names of the offices that issue a document jointly, below each other and equally wide,
    and the ``suffix`` at the right of all of them (GB/T 9704-2012 7.2.4)."""

    names: tuple[Text, ...]
    suffix: Text
    style: TextStyle


class MastheadBlock(Struct, frozen=True):
    """The masthead: its parts below each other, not divided by a page break.

    ``name`` is the index of the name. If ``name_top`` is set, it is the distance from the top of
    the type area to the ink of the name; space around the name and the rule is measured from
    ink, and the height is not rounded. Otherwise it is rounded up to whole grid lines. The
    parts in ``preprinted`` are on the paper already: only their room is kept. ``foot`` is a
    rule whose lower edge is ``foot_height`` above the foot of the paper.
    """

    parts: tuple[MastheadPart, ...]
    name: int
    name_top: Sp | None = None
    preprinted: frozenset[int] = frozenset()
    foot: RuleBlock | None = None
    foot_height: Sp = 0

    @property
    def printed(self) -> tuple[MastheadPart, ...]:
        """The parts that are not on the paper already."""
        return tuple(p for k, p in enumerate(self.parts) if k not in self.preprinted)


class SignatureBlock(Struct, frozen=True):
    """署名 and 成文日期 below what they sign, at the right.

    ``sealed``: the date is ``style.right`` from the edge, and the names are centred above it;
    several stand side by side, in rows, with room for a seal of diameter ``seal`` on each.
    ``seals`` are pictures of them, for the first names. Otherwise the names are ``style.right``
    from the edge, below each other, and the date begins two characters to the right of them.

    With an ``office``, a person signs: the office is two characters to the left of the name,
    or of the picture of the signature, and the date one empty line below
    (GB/T 9704-2012 7.3.5.3). ``open_below``: what follows may stand beside the foot of a seal.
    ``blank``: seals are not drawn, but their room is kept.
    """

    names: tuple[Text, ...]
    date: Text | None
    style: TextStyle
    sealed: bool
    office: Text | None = None
    seal: Sp = 0
    seals: tuple[FigureBlock | DrawingBlock, ...] = ()
    open_below: bool = False
    blank: bool = False


class PanelBlock(Struct, frozen=True):
    """Blocks in a box with rules of ``thickness`` around it (0 for none) and a ``shade`` behind it
    (None for none); they are ``padding`` Sp from its sides."""

    blocks: tuple[Block, ...]
    thickness: Sp
    color: Color
    shade: Color | None
    padding: Sp


class FigureBlock(Struct, frozen=True):
    """A picture, scaled to fit ``width`` and ``max_height``, its caption below. One that ``fills``
    is as large as the rest of its page, a ``whole`` one covers the paper. Either ends its page."""

    picture: Picture
    width: Sp
    max_height: Sp
    node: int
    caption: TextBlock | None
    span: Span | None = None
    fills: bool = False
    whole: bool = False


class FigureRowBlock(Struct, frozen=True):
    """Pictures of one height side by side, ``gap`` apart, a caption below all of them."""

    arts: tuple[FigureBlock | DrawingBlock, ...]
    gap: Sp
    caption: TextBlock | None
    span: Span | None = None


MastheadPart: TypeAlias = (
    TextBlock | PairBlock | RuleBlock | JointBlock | FigureBlock | DrawingBlock
)


class BreakBlock(Struct, frozen=True):
    """A forced page break: what follows starts on a new page; ``turned``: on one that it lies
    across, until the next break; ``odd``: on an odd one, after a blank page where need be."""

    turned: bool = False
    odd: bool = False


class FootBlock(Struct, frozen=True):
    """The colophon (版记): blocks at the foot of the last page's type area, kept together;
    ``even``: on an even page."""

    blocks: tuple[TextBlock | PairBlock | RuleBlock, ...]
    even: bool = False


Block: TypeAlias = (
    TextBlock
    | PairBlock
    | EntryBlock
    | RuleBlock
    | JointBlock
    | MastheadBlock
    | SignatureBlock
    | TableBlock
    | FigureBlock
    | ChartBlock
    | DrawingBlock
    | FigureRowBlock
    | NamesBlock
    | PanelBlock
    | BreakBlock
)


class ListNumbering(Enum):
    """How the labels of a list count (ISO 32000-1, table 347); the value is the PDF's name.

    Only what a theme can set is here. Where there are labels, PDF/UA-1 wants the attribute
    (ISO 14289-1, 7.6). The table has no name for Chinese numerals (一、) nor for circled numbers
    (①), and readers take a name that it lacks for None, a list that counts nothing; so both are
    Decimal, which counts as they do. Ordered, which says no more, came with PDF 2.0.
    """

    NONE = "None"  # labels of any other text, which number nothing
    DISC = "Disc"
    CIRCLE = "Circle"
    SQUARE = "Square"
    DECIMAL = "Decimal"


class Decoration(Enum):
    """A line along words; the value is the PDF's name (TextDecorationType)."""

    UNDERLINE = "Underline"
    THROUGH = "LineThrough"


class StructureNode(Struct, frozen=True):
    """A node of the logical structure; ``parent`` indexes ``Document.nodes``, the root's is -1.

    ``role`` is a standard structure type (ISO 32000-1, 14.8.4). ``scope`` is for TH: Column
    or Row. ``numbering`` is for L (14.8.5.5). ``colspan`` and ``rowspan`` are those of TH and TD,
    ``headers`` the heads of a TD by their nodes (14.8.5.7). ``decoration`` is the line along the
    words of a Span (14.8.5.4.6), which is drawn when pages are made up. ``after`` is the node
    behind which it stands among its siblings, where these are not in the order of their numbers.
    """

    role: str
    parent: int
    alt: str | None = None
    lang: str | None = None
    scope: str | None = None
    numbering: ListNumbering | None = None
    colspan: int = 1
    rowspan: int = 1
    headers: tuple[int, ...] = ()
    decoration: Decoration | None = None
    after: int | None = None


class OutlineEntry(Struct, frozen=True):
    """A bookmark: level from 0."""

    level: int
    title: str
    anchor: str


class Furniture(Struct, frozen=True):
    """Running heads and folios, outside the type area; drawn as artifacts.

    ``head`` is left, middle and right text of the running head, ``folio`` the same at the
    foot; in both ``{page}`` and ``{pages}`` stand for the numbers, ``{section}`` for the title
    of the section a page is in: the last of ``sections`` (anchor, title) begun on it or before.
    Baselines are distances from the top of the page; ``folio_top``, where it is not 0, is that
    of the ink of the folio's first character. ``head_rule`` below the head, 0 for none.
    """

    head: tuple[str, str, str]
    head_style: CharStyle
    head_baseline: Sp
    head_rule: Sp
    head_rule_y: Sp
    head_on_first: bool
    folio: tuple[str, str, str]
    folio_style: CharStyle
    folio_baseline: Sp
    folio_on_first: bool
    mirrored: bool  # left and right are swapped on even pages
    folio_inset: Sp = 0  # of the left and right folio from the edges of the type area
    folio_top: Sp = 0
    sections: tuple[tuple[str, str], ...] = ()


class Metadata(Struct, frozen=True):
    """The metadata of the PDF."""

    title: str
    author: str
    subject: str
    keywords: tuple[str, ...]
    language: str
    date: datetime.date | None


class WithContents(Struct, frozen=True):
    """A document with contents, which replaces the one without them if that has this many
    ``pages`` or more."""

    pages: int
    document: Document


class Elsewhere(Struct, frozen=True):
    """An anchor in another part of the file: its folio, and what to call it."""

    folio: int
    title: str


class Document(Struct, frozen=True):
    """A whole issue, or a part of a volume, composed.

    ``foot`` comes after all ``blocks``. ``with_contents`` is set if the number of pages, which is
    known only after page breaking, decides whether contents are printed. ``elsewhere`` has the
    anchors of other parts that this one leads to. ``pieces`` names what begins at which block: a
    section or an item bears the name of its anchor. ``changes`` are what differs from an earlier
    draft.
    """

    blocks: tuple[Block, ...]
    notes: tuple[tuple[TextBlock, ...], ...]
    nodes: tuple[StructureNode, ...]
    outline: tuple[OutlineEntry, ...]
    page: PageStyle
    furniture: Furniture
    note_style: NoteStyle
    lines: LineRules
    metadata: Metadata
    foot: FootBlock | None = None
    with_contents: WithContents | None = None
    keep: tuple[str, ...] = ()
    breaks: BreakRules = field(default_factory=BreakRules)
    finish: Finish | None = None
    resolution: int = 0  # greatest resolution of pictures in ppi, 0 for no limit
    compact: bool = False  # the file is compressed as much as possible
    elsewhere: Mapping[str, Elsewhere] = field(default_factory=dict)
    pieces: tuple[tuple[str, int], ...] = ()
    changes: ChangeMarks | None = None
