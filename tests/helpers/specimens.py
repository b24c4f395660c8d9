"""Texts and paragraphs in BriefTest at 14 pt, whose widths are mental arithmetic.

An em is seven times a power of two in Sp, so that halves, quarters and eighths of it are exact and
lengths divided by ``EM`` compare with ``==``; and so that only a sum looks like a sum: 1 | 2 is
3, too, but 7 | 14 is 15.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from brieftex.document.blocks import Block, Document, FootBlock, Furniture, Metadata, StructureNode
from brieftex.document.paragraphs import TextBlock
from brieftex.document.styles import NoteStyle, PageStyle
from brieftex.fonts.face import Face
from brieftex.fonts.report import FontBook, Role
from brieftex.layout.dump import line_text
from brieftex.layout.lines.justify import justify
from brieftex.layout.lines.paragraph import Setting, set_text
from brieftex.layout.page import Line, Page, PlacedLine
from brieftex.layout.pages.makeup import make_up
from brieftex.layout.paginate import paginate as laid_out
from brieftex.styled.styles import CharStyle, LineRules, TextStyle
from brieftex.styled.text import Text, TextRun
from brieftex.text.columns import Columns
from brieftex.text.itemize import Items, itemize
from brieftex.text.shaping import Shaper
from brieftex.units import Rect, Size, Sp, pt

EM: Sp = pt(14)
FONT = Path(__file__).parents[1] / "fonts" / "BriefTest.ttf"
CHAR = CharStyle("body", EM)
LEADING: Sp = 2 * EM


@cache
def shaper() -> Shaper:
    """One role, all in the test font."""
    face = Face(FONT)
    return Shaper(FontBook({"body": Role((face,), (face,))}, ()))


def plain(words: str, calls: tuple[tuple[int, int], ...] = ()) -> Text:
    """A text in one style."""
    return Text(words, (TextRun(len(words), CHAR, 0),) if words else (), calls=calls)


def items(words: str, rules: LineRules | None = None, keep: tuple[str, ...] = ()) -> Items:
    """The units of a text in the test font."""
    return itemize(plain(words), shaper(), rules or LineRules(), EM, keep)


def setting(keep: tuple[str, ...] = (), **rules: Any) -> Setting:
    """The test font with these line rules."""
    return Setting(shaper(), LineRules(**rules), keep)


def style(**fields: Any) -> TextStyle:
    """A style of 14 pt on 28 pt, justified unless told."""
    return TextStyle(**{"char": CHAR, "leading": LEADING, **fields})


def set_lines(words: str, ems: float, fields: dict[str, Any] | None = None, **rules: Any) -> Any:
    """The lines of a paragraph in a measure of so many ems; ``fields`` are its style's."""
    return set_text(plain(words), style(**fields or {}), int(ems * EM), setting(**rules))


def words_of(lines: list[Line]) -> list[str]:
    """What the lines say."""
    return [line_text(line) for line in lines]


def document(
    *blocks: Block | FootBlock,
    notes: tuple[tuple[TextBlock, ...], ...] = (),
    lines: int = 6,
    **furniture: Any,
) -> Document:
    """A document on pages of 14 em with a type area of ten em and so many lines of two em,
    two em from the left and the top; furniture only where it is named. A FootBlock is its
    colophon, wherever it stands."""
    page = PageStyle(
        Size(14 * EM, (2 * lines + 6) * EM),
        Rect(2 * EM, 2 * EM, 10 * EM, lines * LEADING),
        LEADING,
        lines,
    )
    bare = Furniture(
        head=("", "", ""), head_style=CHAR, head_baseline=EM, head_rule=0, head_rule_y=0,
        head_on_first=False, folio=("", "", ""), folio_style=CHAR,
        folio_baseline=(2 * lines + 4) * EM, folio_on_first=False, mirrored=False,
    )  # fmt: skip
    foot = next((part for part in blocks if isinstance(part, FootBlock)), None)
    text = tuple(part for part in blocks if not isinstance(part, FootBlock))
    return Document(
        text, notes, (StructureNode("Document", -1),), (), page, replace(bare, **furniture),
        NoteStyle(rule_width=4 * EM, rule_thickness=EM // 8, above=EM, below=EM // 2, gap=EM // 4),
        LineRules(), Metadata("", "", "", (), "zh-CN", None), foot,
    )  # fmt: skip


def paginate(made: Document, setting_: Setting | None = None) -> tuple[Page, ...]:
    """The pages of a document."""
    setting_ = setting_ or setting()
    return make_up(laid_out(made, setting_), setting_)[0]


def lines_on(page: Page) -> list[str]:
    """What the lines of a page's text say, furniture left out."""
    return [
        line_text(item.line)
        for item in page.items
        if isinstance(item, PlacedLine) and item.artifact is None
    ]


def block(words: str, anchor: str | None = None, **fields: Any) -> TextBlock:
    """A paragraph; ``fields`` are its style's."""
    return TextBlock(plain(words), style(**fields), anchor)


def justified_gaps(columns: Columns, a: int, b: int, measure: Sp) -> list[Sp]:
    """What stands between units a up to b where they are justified in ``measure``."""
    origins = justify(columns, a, b, measure)
    assert (len(origins), origins[0]) == (b - a, 0)
    return [end - x - width for (x, end), width in zip(pairwise(origins), columns.widths[a:b])]  # noqa: B905  # none behind the last
