"""Names in columns: those of two characters are as wide as those of three.

王　明, 李小红 and 欧阳明月 stand in columns whose first characters are below each other; a name
that is wider than a column, such as 阿卜杜拉·买买提, takes the room of as many as it needs.
"""

from __future__ import annotations

from brieftex.document.paragraphs import NamesBlock
from brieftex.layout.blocks.joint import spread_out
from brieftex.layout.lines.paragraph import Setting, natural_line
from brieftex.layout.page import Line
from brieftex.patterns import CharacterSet
from brieftex.styled.text import Text
from brieftex.units import Sp

_HAN = CharacterSet("〇\u3400-\u9fff\U00020000-\U0003fffd")

_USUAL = 4
"""Columns are as wide as the widest name of up to so many characters."""


def set_names(block: NamesBlock, measure: Sp, setting: Setting) -> list[list[tuple[Sp, Line]]]:
    """The rows of the list: each name with its left edge."""
    style = block.style
    room = measure - style.left - style.right
    lines = [_line(name, style.char.size, setting) for name in block.names]
    usual = [line.width for line in lines if line.width <= _USUAL * style.char.size]
    widest = min(max(usual or [line.width for line in lines]), room)
    columns = max(1, (room + block.gap) // (widest + block.gap))
    pitch = (room - widest) // (columns - 1) if columns > 1 else room
    rows: list[list[tuple[Sp, Line]]] = [[]]
    at = 0
    for line in lines:
        # So many columns that the next name does not touch this one.
        taken = max(1, -(-(line.width + block.gap) // pitch))
        if line.width <= widest:
            taken = 1
        fits = at * pitch + line.width <= room
        if at and not (at < columns and fits):
            rows.append([])
            at = 0
        rows[-1].append((style.left + at * pitch, line))
        at += taken
    return rows


def _line(name: Text, em: Sp, setting: Setting) -> Line:
    """A name as a line, spread where it has two Han characters."""
    line = natural_line(name, setting)
    short = len(name.text) == 2 and all(character in _HAN for character in name.text)
    return spread_out(line, 3 * em) if short else line
