"""Ruby text is shaped and attached to its base (注音, CLREQ, Romanized Annotations).

Ruby text may overhang a neighbour without ruby; where two would touch, or where one is much wider
than its base, the cells of the base are widened.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from brieftex.patterns import late
from brieftex.styled.text import RubyText
from brieftex.text.classify import classify
from brieftex.text.clreq import WIDE
from brieftex.text.pieces import Piece, entry_piece
from brieftex.text.shaping import PieceTable, Shaper
from brieftex.text.units import Units
from brieftex.units import Sp

_PART: Final = late(rf"[{re.escape(WIDE)}]|[^s{re.escape(WIDE)}]+|s+")


class Above(Struct, frozen=True):
    """Ruby text above units ``first`` up to ``end``: pieces with their origins from its left end,
    and the blank that separates it from the next in copied text."""

    ruby: RubyText
    first: int
    end: int
    pieces: tuple[tuple[Sp, Piece], ...]
    width: Sp
    blank: Piece

    @property
    def space(self) -> Sp:
        """The least space between two ruby texts: a quarter of an em (CLREQ)."""
        return self.ruby.style.size // 4

    @property
    def overhang(self) -> Sp:
        """How far it may overhang a neighbour, Sp."""
        return self.ruby.style.size // 2


def attach(units: Units, rubies: Sequence[RubyText], shaper: Shaper) -> tuple[Above, ...]:
    """The ruby text over a text's units. Cells are widened where necessary, and breaks within a
    base are forbidden."""
    found = tuple(_above(units, ruby, shaper) for ruby in rubies)
    edges = {above.first for above in found}, {above.end for above in found}
    for above in found:
        room = sum(width for _, _, width, _, _ in units.entries[above.first : above.end])
        before, after = above.first in edges[1], above.end in edges[0]
        if before or after:  # adjacent ruby texts stay within their bases, wherever lines end
            room -= above.space // 2 * (before + after)
        else:
            room += _overhang(units, above, above.first - 1) + _overhang(units, above, above.end)
        if above.width > room:
            _widen(units, above, above.width - room)
        units.glued.update(range(above.first + 1, above.end))
    return found


def ruby_starts(aboves: Sequence[Above], centres: Sequence[Sp], width: Sp) -> Iterator[Sp]:
    """The left ends of ruby texts with these centres, moved so that none overlap and, as far as
    possible, all are within a line of ``width``."""
    starts: list[Sp] = []
    for before, (above, centre) in zip(
        (None, *aboves), zip(aboves, centres, strict=True), strict=False
    ):
        start = max(0, centre - above.width // 2)
        if before is not None:
            start = max(start, starts[-1] + before.width + before.space)
        starts.append(start)
    limit = width
    for k in range(len(starts) - 1, -1, -1):
        starts[k] = max(0, min(starts[k], limit - aboves[k].width))
        limit = starts[k] - aboves[k].space
    yield from starts


def _above(units: Units, ruby: RubyText, shaper: Shaper) -> Above:
    pieces: list[tuple[Sp, Piece]] = []
    x: Sp = 0
    table = shaper.table(ruby.style)
    for piece in _pieces(ruby.text, table):
        pieces += [(x, one) for one in (piece, *piece.over)]
        x += piece.width
    first = bisect_right(units.starts, ruby.start) - 1  # it may begin within a word
    end = max(bisect_left(units.starts, ruby.end), first + 1)
    return Above(ruby, first, end, tuple(pieces), x, table.word(" ")[0])


def _pieces(text: str, table: PieceTable) -> Iterator[Piece]:
    for match in _PART.finditer(classify(text)):
        part = text[match.start() : match.end()]
        if match[0] in WIDE:
            yield table[part]
        else:
            yield from table.word(" " if part.isspace() else part)


def _overhang(units: Units, above: Above, neighbour: int) -> Sp:
    """How far ruby text may overhang a neighbour without ruby. At a line's edge it overhangs the
    other side only, so a neighbour must be wide enough for two full overhangs."""
    if not 0 <= neighbour < len(units.entries):
        return 0
    return above.overhang if units.entries[neighbour][-1].width >= 4 * above.overhang else 0


def _widen(units: Units, above: Above, extra: Sp) -> None:
    count = above.end - above.first
    cuts = [extra * k // count for k in range(count + 1)]
    for unit, (a, b) in zip(range(above.first, above.end), pairwise(cuts), strict=True):
        piece = entry_piece(units.entries[unit])
        units.entries[unit] = piece.moved((b - a) // 2, piece.width + b - a).entry()
