"""What is read aloud, above the characters it belongs to (注音, CLREQ, Romanized Annotations).

A reading may stand out over a neighbour that has none; where two would touch, or where it is
much wider than its base, the base's cells grow.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from brieftex.styled.text import RubyText
from brieftex.text.classify import classify
from brieftex.text.clreq import WIDE
from brieftex.text.shaping import Piece, PieceTable, Shaper
from brieftex.text.units import Units
from brieftex.units import Sp

_PART: Final = re.compile(rf"[{re.escape(WIDE)}]|[^s{re.escape(WIDE)}]+|s+")


class Above(Struct, frozen=True):
    """A reading above units ``first`` up to ``end``: pieces with their origins from its left, and
    the blank that parts it from the next for those who copy it."""

    ruby: RubyText
    first: int
    end: int
    pieces: tuple[tuple[Sp, Piece], ...]
    width: Sp
    blank: Piece

    @property
    def space(self) -> Sp:
        """The least space between two readings: a quarter of an em (CLREQ)."""
        return self.ruby.style.size // 4

    @property
    def overhang(self) -> Sp:
        """How far it may stand out over a neighbour."""
        return self.ruby.style.size // 2


def attach(units: Units, rubies: Sequence[RubyText], shaper: Shaper) -> tuple[Above, ...]:
    """The readings of a text over its units, whose cells grow where they must and which hold
    together under one reading."""
    found = tuple(_above(units, ruby, shaper) for ruby in rubies)
    edges = {above.first for above in found}, {above.end for above in found}
    for above in found:
        room = sum(piece.width for piece in units.pieces[above.first : above.end])
        before, after = above.first in edges[1], above.end in edges[0]
        if before or after:  # all of a row stand in their own cells, wherever lines end
            room -= above.space // 2 * (before + after)
        else:
            room += _overhang(units, above, above.first - 1) + _overhang(units, above, above.end)
        if above.width > room:
            _widen(units, above, above.width - room)
        units.glued.update(range(above.first + 1, above.end))
    return found


def placed(aboves: Sequence[Above], centres: Sequence[Sp], width: Sp) -> Iterator[Sp]:
    """Where readings begin that are to stand about these centres: none over the edges of a
    line of ``width`` as far as can be, none over another."""
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
        pieces.append((x, piece))
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
    """How far a reading may stand out over a neighbour without one. At a line's edge all of it
    goes to the other side, so a neighbour must be wide enough for that of two readings."""
    if not 0 <= neighbour < len(units.pieces):
        return 0
    return above.overhang if units.pieces[neighbour].width >= 4 * above.overhang else 0


def _widen(units: Units, above: Above, extra: Sp) -> None:
    count = above.end - above.first
    cuts = [extra * k // count for k in range(count + 1)]
    for unit, (a, b) in zip(range(above.first, above.end), pairwise(cuts), strict=True):
        piece = units.pieces[unit]
        units.pieces[unit] = piece.moved((b - a) // 2, piece.width + b - a)
