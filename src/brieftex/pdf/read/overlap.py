"""Finding overprints: glyphs on top of one another, and ink outside the paper.

It starts from the bytes of the file, with the boxes that the embedded fonts give, and knows
nothing of the layout that it judges. Text that may touch is found by the cells of whole lines;
only there are the glyphs looked at. Not counted are a character printed twice in one place, as
programs do for bold; text in a figure over text of the same figure, which is its maker's; and
text that runs askew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from operator import attrgetter
from typing import TypeAlias

from msgspec import Struct

from brieftex.pdf.read.glyph_boxes import Rectangle
from brieftex.pdf.read.pieces import Glyph, Placement, TextFragment

_CELLS = 0.2
"""Cells that share less than this, in em of the smaller, are not looked into: marks that stand
close and letters that are kerned."""

_INK = 0.05
"""So much ink, in em of the smaller glyph, has to lie on ink both ways to be seen."""

_TWICE = 0.12
"""One character printed again so near, in em, makes it bold."""

_LEVEL = 0.01
"""Points that two glyphs on one baseline may differ by."""

_MOST = 5
"""The most findings per page."""


class Misprints(Struct, frozen=True):
    """What is wrong with the print of a page: whether a drawing leaves the paper, texts that do,
    pairs of texts that lie on one another."""

    drawing: bool = False
    beyond: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()


def misprints(found: Placement, *, figures: bool = False) -> Misprints:
    """What is printed over other text or beyond the edges of the paper. ``figures``: text of a
    figure over text of the same one counts, too."""
    rows, close = _rows(found.pieces)
    pairs = islice(_pairs(rows, close, figures=figures), _MOST)
    return Misprints(
        bool(found.outside),
        tuple(map(_said, islice(_beyond(found), _MOST))),
        tuple((_said(one), _said(other)) for one, other in pairs),
    )


def _said(piece: TextFragment) -> str:
    text = piece.text.strip()
    return text if len(text) <= 12 else text[:11] + "…"


def _beyond(found: Placement) -> Iterator[TextFragment]:
    """The pieces whose ink leaves the paper."""
    left, bottom, right, top = found.paper
    for piece in found.pieces:
        if (
            piece.left < left or piece.bottom < bottom or piece.right > right or piece.top > top
        ) and any(_out(glyph.ink, found.paper) for glyph in piece.glyphs()):
            yield piece


def _out(box: Rectangle, paper: Rectangle) -> bool:
    return box[0] < paper[0] or box[1] < paper[1] or box[2] > paper[2] or box[3] > paper[3]


class _Row(Struct):
    """Pieces that follow one another on one baseline, and the box of their cells."""

    pieces: list[TextFragment]
    left: float
    bottom: float
    right: float
    top: float


_Pair: TypeAlias = tuple[TextFragment, TextFragment]


def _rows(pieces: Sequence[TextFragment]) -> tuple[list[_Row], list[_Pair]]:
    """The rows of a page, and neighbours in them that reach into each other. A piece goes on with a
    row where it begins about where the last one ends, on the same baseline."""
    rows: list[_Row] = []
    close: list[_Pair] = []
    row = last = None
    end = low = high = size = 0.0  # of the last piece
    for piece in pieces:
        if not piece.upright:
            continue
        left, bottom, right, top = piece.left, piece.bottom, piece.right, piece.top
        if (
            row is None
            or last is None
            or not -0.6 * size < left - end < size
            or right <= end
            or not -_LEVEL < low - bottom < _LEVEL
            or not -_LEVEL < high - top < _LEVEL
            or last.figure != piece.figure
        ):
            row = _Row([piece], left, bottom, right, top)
            rows.append(row)
        else:
            if left < end:
                close.append((last, piece))
            row.pieces.append(piece)
            row.right = right
            # Without calls, which cost more than all else here.
            if not row.left <= left:
                row.left = left
            if not row.bottom <= bottom:
                row.bottom = bottom
            if not row.top >= top:
                row.top = top
        last, end, low, high, size = piece, right, bottom, top, piece.size
    return rows, close


def _pairs(rows: list[_Row], close: list[_Pair], *, figures: bool) -> Iterator[_Pair]:
    """The pieces of text that lie on one another, row by row the first pair of each."""
    for one, other in close:
        if _share(one, other) and (hit := _touching([one], [other], figures=figures)):
            yield hit
    yield from _stacked(rows, figures=figures)


def _stacked(rows: list[_Row], *, figures: bool) -> Iterator[_Pair]:
    """The pieces of different rows that lie on one another."""
    rows.sort(key=attrgetter("bottom"))
    # By figure, so that thousands of texts in one place of a figure are not all compared.
    active: dict[int, list[_Row]] = {}
    highest = 0.0  # of the active ones
    for row in rows:
        own = row.pieces[0].figure
        if row.bottom >= highest:  # most lines stay clear of all below them
            active, highest = {own: [row]}, row.top
            continue
        highest = max(highest, row.top)
        for figure, others in active.items():
            if figure and figure == own and not figures:
                continue
            others[:] = [other for other in others if other.top > row.bottom]
            for other in others:
                hit = _share(row, other) and _touching(other.pieces, row.pieces, figures=figures)
                if hit:
                    yield hit
        active.setdefault(own, []).append(row)


def _share(a: TextFragment | _Row, b: TextFragment | _Row) -> bool:
    """Whether the cells of two pieces or rows share more than a trifle."""
    low = min(_size(a), _size(b)) * _CELLS
    return _common((a.left, a.bottom, a.right, a.top), (b.left, b.bottom, b.right, b.top)) > low


def _size(one: TextFragment | _Row) -> float:
    return min(one.top - one.bottom, one.right - one.left)


def _touching(
    ones: Sequence[TextFragment], others: Sequence[TextFragment], *, figures: bool
) -> tuple[TextFragment, TextFragment] | None:
    """The first two pieces of which a glyph lies on a glyph."""
    for one in ones:
        for other in others:
            same = one.figure and one.figure == other.figure
            if (figures or not same) and _share(one, other) and _inks(one, other):
                return one, other
    return None


def _inks(one: TextFragment, other: TextFragment) -> bool:
    """Whether a glyph of one piece lies on a glyph of the other."""
    least, cells = (min(one.size, other.size) * share for share in (_INK, _CELLS / 2))
    others = [(glyph, glyph.cell) for glyph in other.glyphs()]
    for glyph in one.glyphs():
        cell = glyph.cell
        for there, around in others:
            if _common(cell, around) <= cells:
                continue
            # A mark is soon measured, and most often stays clear of its neighbour's cell.
            if there.mark and not glyph.mark:
                clear = _common(there.ink, cell) <= least
            else:
                clear = _common(glyph.ink, around) <= least
            if (
                not clear
                and _common(glyph.ink, there.ink) > least
                and not _again(glyph, there)
                and not _slashes(glyph, there)
                and not (glyph.combines or there.combines)
            ):
                return True
    return False


def _slashes(one: Glyph, other: Glyph) -> bool:
    """Whether both are slashes beside each other, whose boxes reach into each other when fonts
    kern them, as those of https:// do, though the ink does not."""
    a, b = one.ink, other.ink
    return (
        one.text in ("/", "\\")
        and one.text == other.text
        and abs(a[1] - b[1]) < _LEVEL
        and 2 * abs(a[0] - b[0]) > a[2] - a[0]
    )


def _common(a: Rectangle, b: Rectangle) -> float:
    """How far two boxes reach into each other, in the direction in which it is less."""
    across = min(a[2], b[2]) - max(a[0], b[0])
    return min(across, min(a[3], b[3]) - max(a[1], b[1]))


def _again(one: Glyph, other: Glyph) -> bool:
    """Whether it is the same glyph once more in its place."""
    near = one.piece.size * _TWICE
    return (
        one.piece.font is other.piece.font
        and one.code == other.code
        and all(abs(a - b) < near for a, b in zip(one.ink, other.ink, strict=True))
    )
