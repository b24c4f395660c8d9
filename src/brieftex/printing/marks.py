"""Marks of sheets: what each is, where it is folded and cut; outside of the trim alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from brieftex.document.blocks import Metadata
from brieftex.layout.imposition import SheetSide
from brieftex.layout.lines.outlines import outline_of
from brieftex.layout.lines.paragraph import Setting, natural_line
from brieftex.layout.page import Artifact, Page, Placed, PlacedPath, PlacedRule
from brieftex.pdf.write.draw import draw
from brieftex.styled.styles import CharStyle
from brieftex.styled.text import Text, TextRun
from brieftex.units import BLACK, Rect, Sp, mm, pt
from brieftex.vector import Paint

LEAST_ROOM: Final[Sp] = mm(6)
"""What has to lie outside of the trim for marks to have room."""

_LINE: Final[Sp] = pt("0.25")
_GAP: Final[Sp] = mm(2)
_LENGTH: Final[Sp] = mm(4)


def has_room(side: SheetSide) -> bool:
    """Whether there is paper for marks around the trim."""
    return side.trim is not None and min(side.trim.x, side.trim.y) >= LEAST_ROOM


def drawn_marks(sides: Sequence[SheetSide], setting: Setting, title: str) -> bytes | None:
    """A file with the marks of each side; None if there is room on none."""
    if not any(map(has_room, sides)):
        return None
    pages = [
        Page(number, side.paper, tuple(_marks(side, setting)), (), ())
        for number, side in enumerate(sides, 1)
    ]
    return draw(pages, (), (), Metadata(title, "", "", (), "zh-CN", None))


def _marks(side: SheetSide, setting: Setting) -> Iterator[Placed]:
    trim = side.trim
    if trim is None or not has_room(side):
        return
    right, foot = trim.x + trim.width, trim.y + trim.height
    for y in (trim.y, foot):
        yield _rule(trim.x - _GAP - _LENGTH, y, _LENGTH, _LINE)
        yield _rule(right + _GAP, y, _LENGTH, _LINE)
    folds = [] if side.fold is None else [side.fold]
    for x in (trim.x, right, *folds):
        yield _rule(x, trim.y - _GAP - _LENGTH, _LINE, _LENGTH)
        yield _rule(x, foot + _GAP, _LINE, _LENGTH)
    style = CharStyle("body", pt(7), BLACK)
    words = f"第{side.label[:-1]}张 {side.label[-1]}面"
    line = natural_line(Text(words, (TextRun(len(words), style, -1),)), setting)
    outline = outline_of(line, trim.x + mm(8), foot + mm(5))
    yield PlacedPath(0, 0, outline, Paint(fill=BLACK), -1, artifact=Artifact.LAYOUT)


def _rule(x: Sp, y: Sp, width: Sp, height: Sp) -> PlacedRule:
    return PlacedRule(Rect(x, y, width, height), BLACK)
