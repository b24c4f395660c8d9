"""What stands in a document, as values: paragraphs with their looks, tables, notes, pictures.

Facts only: nothing here says what a paragraph is for. A document of plain text or Markdown has
the same form with fewer facts.
"""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from brieftex.diagnostics import Finding, Source, Span


class FaceSort(Enum):
    """The sort of a face, by its East Asian name."""

    SONG = "宋体"
    FANGSONG = "仿宋"
    HEI = "黑体"
    KAI = "楷体"
    TITLE = "小标宋"
    OTHER = "其他"


class Look(Struct, frozen=True):
    """How characters look: the effective values, styles and defaults resolved. ``size`` is in
    half points, 0 where nothing says; ``raised`` is 1 for a superscript, -1 for a subscript."""

    face: FaceSort = FaceSort.OTHER
    size: int = 0
    bold: bool = False
    italic: bool = False
    dotted: bool = False
    raised: int = 0
    underlined: bool = False
    struck: bool = False
    shaded: bool = False


class RunKind(Enum):
    """What a piece of a paragraph is."""

    TEXT = "text"
    NOTE = "note"  # a call; text is the label
    PICTURE = "picture"  # text is the number of the picture
    BREAK = "break"  # a line break
    PAGE = "page"  # a page break
    RUBY = "ruby"  # text with a reading


class Run(Struct, frozen=True):
    """A stretch of a paragraph: its text, and what is the same for all of it."""

    text: str
    look: Look = Look()
    kind: RunKind = RunKind.TEXT
    href: str | None = None
    reading: str = ""


class Alignment(Enum):
    """How lines stand."""

    START = "start"
    CENTER = "center"
    END = "end"


class PrintedNumber(Struct, frozen=True):
    """The number that a program prints before a paragraph: as printed, its level from 0, its
    value, and whether it is a bullet."""

    text: str
    level: int
    value: int
    bullet: bool = False


class Para(Struct, frozen=True):
    """A paragraph. ``number`` is its line in the source of the facts; ``outline`` is its level
    from 0, if a style or the paragraph itself gives one. ``style`` is the name of its style and
    ``named`` what a theme calls it, ``plain`` the look that the style gives. ``frame`` is the
    number of the frame around it, 0 without one; ``turned``: its page lies across."""

    number: int
    pieces: tuple[Run, ...]
    style: str = ""
    outline: int | None = None
    align: Alignment = Alignment.START
    indented: bool = False  # the whole of it, as quotations are
    label: PrintedNumber | None = None
    boxed: bool = False
    new_page: bool = False
    bookmark: str = ""
    named: str = ""
    plain: Look = Look()
    frame: int = 0
    turned: bool = False

    @property
    def text(self) -> str:
        """Its characters, with U+000A for line breaks."""
        shown = (RunKind.TEXT, RunKind.RUBY, RunKind.BREAK)
        return "".join(
            "\n" if piece.kind is RunKind.BREAK else piece.text
            for piece in self.pieces
            if piece.kind in shown
        )


class CellFacts(Struct, frozen=True):
    """A cell; it stands over ``across`` columns and ``down`` rows."""

    blocks: tuple[Para, ...]
    across: int = 1
    down: int = 1


class TableFacts(Struct, frozen=True):
    """A table: its rows of cells, each at the column where it begins. ``heads`` is how many
    first rows are repeated on each page."""

    number: int
    rows: tuple[tuple[tuple[int, CellFacts], ...], ...]
    columns: int
    heads: int = 0
    ruled: bool = True
    grid: bool = False  # ruled inside, too
    frame: int = 0
    turned: bool = False


BlockFacts: TypeAlias = Para | TableFacts


class PictureFacts(Struct, frozen=True):
    """A picture: its bytes, the ending of its file, how much of it is cut off at each side, in
    1/100,000 (left, top, right, bottom), and what is said for those who cannot see it."""

    data: bytes
    ending: str
    crop: tuple[int, int, int, int] = (0, 0, 0, 0)
    alt: str = ""


class LeftOut(Struct, frozen=True):
    """Characters that do not go into the issue, and why, in Chinese and in English."""

    text: str
    reason: tuple[str, str]
    number: int


class Facts(Struct, frozen=True):
    """All of a document. Line ``n`` of ``source`` is paragraph ``n``."""

    source: Source
    blocks: tuple[BlockFacts, ...]
    notes: tuple[tuple[str, tuple[Para, ...]], ...] = ()
    pictures: tuple[PictureFacts, ...] = ()
    left: tuple[LeftOut, ...] = ()
    findings: tuple[Finding, ...] = ()

    def span(self, number: int) -> Span:
        """Where paragraph ``number`` stands in the source."""
        return self.source.line_bounds(number)


SPACES = " \t\n\r\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff"


def characters(text: str) -> int:
    """How many characters of a text are not blank."""
    return sum(1 for c in text if not (c.isspace() or c in SPACES))


def face_of(name: str) -> FaceSort:
    """The sort of a face that a program calls ``name``."""
    folded = name.lower().replace(" ", "").replace("_gb2312", "").replace("_gb18030", "")
    for words, face in _FACES:
        if any(word in folded for word in words):
            return face
    return FaceSort.OTHER


# Chinese and English names of the faces of Windows, macOS, WPS and the foundries of offices.
_FACES = (
    (("小标宋", "xbs", "大标宋", "xiaobiaosong"), FaceSort.TITLE),
    (("仿宋", "fangsong", "fsong", "stfangso"), FaceSort.FANGSONG),
    (("楷", "kaiti", "kai", "ukai"), FaceSort.KAI),
    (("黑", "hei", "heiti", "雅黑", "yahei", "gothic", "sanscjk", "sourcehansans"), FaceSort.HEI),
    (("宋", "song", "simsun", "serifcjk", "ming", "uming"), FaceSort.SONG),
)
