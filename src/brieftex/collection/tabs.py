"""Tabs at the fore edge: each paper has its number in a dark field, one below the other, so that
the closed volume shows where a paper begins."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from brieftex.document.blocks import Document
from brieftex.layout.lines.paragraph import Setting, natural_line
from brieftex.layout.page import Artifact, Page, PlacedLine, PlacedRule
from brieftex.styled.styles import CharStyle
from brieftex.styled.text import Text, TextRun
from brieftex.units import Color, Rect, mm, pt

_WIDTH, _HEIGHT, _STEP = mm(7), mm(16), mm(18)
_TOP = mm(40)
_FIELD = Color(90, 90, 90)
_WHITE = Color(255, 255, 255)


def with_tabs(
    pages: Sequence[Page], document: Document, setting: Setting, number: int
) -> tuple[Page, ...]:
    """Pages with the tab of paper ``number``: at the right of odd pages, at the left of even
    ones. What lies below it is not seen."""
    style = CharStyle(document.furniture.folio_style.font, pt(14), _WHITE)
    words = str(number)
    line = natural_line(Text(words, (TextRun(len(words), style, -1),)), setting)
    made = []
    for page in pages:
        room = max((page.trim.height - 2 * _TOP) // _STEP, 1)
        y = _TOP + (number - 1) % room * _STEP
        x = page.trim.width - _WIDTH if page.number % 2 else 0
        field = PlacedRule(Rect(x, y, _WIDTH, _HEIGHT), _FIELD)
        base = y + _HEIGHT // 2 + style.size * 36 // 100
        label = PlacedLine(x + (_WIDTH - line.width) // 2, base, line, Artifact.LAYOUT)
        made.append(replace(page, items=(*page.items, field, label)))
    return tuple(made)
