"""Texts and paragraphs in BriefTest at 16 pt, whose widths are mental arithmetic.

An em is a power of two in Sp, so that halves, quarters and eighths of it are exact and
lengths divided by ``EM`` compare with ``==``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from brieftex.document.blocks import CharStyle, LineRules, Text, TextRun, TextStyle
from brieftex.layout.dump import line_text
from brieftex.layout.page import Line
from brieftex.layout.paragraph import Setting, set_text
from brieftex.text.face import Face
from brieftex.text.fontbook import FontBook, Role
from brieftex.text.itemize import Items, itemize
from brieftex.text.shaping import Shaper
from brieftex.units import Sp, pt

EM: Sp = pt(16)
FONT = Path(__file__).parent / "fonts" / "BriefTest.ttf"
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
    """The test font with these line rules; what is found while setting collects in it."""
    return Setting(shaper(), LineRules(**rules), keep)


def style(**fields: Any) -> TextStyle:
    """A style of 16 pt on 32 pt, justified unless told."""
    return TextStyle(**{"char": CHAR, "leading": LEADING, **fields})


def set_lines(words: str, ems: float, fields: dict[str, Any] | None = None, **rules: Any) -> Any:
    """The lines of a paragraph in a measure of so many ems; ``fields`` are its style's."""
    return set_text(plain(words), style(**fields or {}), int(ems * EM), setting(**rules))


def words_of(lines: list[Line]) -> list[str]:
    """What the lines say."""
    return [line_text(line) for line in lines]
