"""How much width a table cell needs, depending on what may be broken in it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from itertools import pairwise

from msgspec.structs import replace

from brieftex.document.tables import Cell, TableBlock
from brieftex.layout.lines.paragraph import Setting
from brieftex.patterns import CharacterSet, late
from brieftex.styled.styles import CharStyle
from brieftex.styled.text import Text
from brieftex.text import parameters
from brieftex.text.itemize import Items, itemize
from brieftex.text.segmentation import joints
from brieftex.units import Sp


class Need(IntEnum):
    """What is kept whole in a column; each level includes all those before it."""

    PIECES = 0
    """What cannot be broken at all: a word of letters, a group of digits."""
    PAIRS = 1
    """Words of two characters, and two of longer ones."""
    ADDRESSES = 2
    """URLs and long strings, which break at arbitrary places only as a last resort."""
    WORDS = 3
    """Chinese and English words, numbers with their units, cells of up to three characters."""
    NAMES = 4
    """Personal names, and any cell of up to four characters."""
    CODES = 5
    """Account numbers, file numbers and the like."""


READABLE: dict[Need, int] = {Need.NAMES: 4, Need.CODES: 6}
"""The width, in em, that a column of longer text gets before the other needs are met."""

_SPACES = late(r"\s+")
_HAN = CharacterSet("·〇\u3400-\u9fff\U00020000-\U0003fffd")
_SHORT, _NAME = 3, 4


def needs(text: Text, setting: Setting, *, head: bool = False) -> list[Sp]:
    """The width of the widest piece of ``text`` to be kept whole, by Need, in Sp. A ``head`` may
    break between its words: 风险|等级. The rules of ``setting`` let codes break."""
    if not text.runs:
        return [0] * len(Need)
    size = text.runs[0].style.size
    items = itemize(text, setting.shaper, setting.rules, size, setting.keep)
    columns, uses = items.columns, _uses(items)
    found = [
        max(
            (
                columns.natural(a, b)
                for a, b in pairwise((0, *(b for b, use in uses if use >= need)))
            ),
            default=0,
        )
        for need in Need
    ]
    found[Need.PAIRS] = max(found[Need.PIECES], min(found[Need.WORDS], 2 * size))
    words = _SPACES.sub("", text.text)
    if 0 < len(words) <= (_SHORT if head else _NAME) and all(char in _HAN for char in words):
        whole = columns.natural(0, len(items.pieces))
        first = Need.WORDS if len(words) <= _SHORT else Need.NAMES
        found[first:] = [max(whole, width) for width in found[first:]]
    return found


def _uses(items: Items) -> list[tuple[int, Need]]:
    """The breaks of a text, each with the highest level of need that permits it."""
    columns = items.columns
    inside = joints(items.text.text)
    found: list[tuple[int, Need]] = []
    for b, penalty in zip(columns.breaks, columns.penalties, strict=True):
        if columns.is_forced(b):
            need = Need.CODES
        elif penalty >= parameters.URL_INSIDE:
            need = Need.PIECES
        elif (
            penalty >= parameters.SPLIT_NUMBER_UNIT
            or b in columns.hyphens
            or inside[items.starts[b]] >= parameters.TITLE_IN_WORD
        ):
            need = Need.ADDRESSES
        elif penalty >= parameters.CODE_IN_CELL:
            need = Need.NAMES
        else:
            need = Need.CODES
        found.append((b, need))
    return found


def scaled(block: TableBlock, size: Sp) -> TableBlock:
    """``block`` with its text in another size."""
    whole = block.style.char.size

    def part(length: Sp) -> Sp:
        return length * size // whole

    def char(style: CharStyle) -> CharStyle:
        return replace(
            style,
            size=part(style.size),
            rise=part(style.rise),
            stroke=part(style.stroke),
            dot=part(style.dot),
        )

    def row(cells: Sequence[Cell]) -> tuple[Cell, ...]:
        return tuple(replace(cell, text=words(cell.text)) for cell in cells)

    def words(text: Text) -> Text:
        runs = tuple(replace(run, style=char(run.style)) for run in text.runs)
        rubies = tuple(replace(ruby, style=char(ruby.style)) for ruby in text.rubies)
        return replace(text, runs=runs, rubies=rubies)

    style = replace(block.style, char=char(block.style.char), leading=part(block.style.leading))
    return replace(
        block,
        style=style,
        header=tuple(map(row, block.header)),
        rows=tuple(map(row, block.rows)),
    )
