"""Stage 7: the items between two breaks become a line of positioned glyphs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final, TypeAlias

from msgspec import Struct

from brieftex.layout.lines.justify import justify
from brieftex.layout.lines.ruby import annotate
from brieftex.layout.page import Dots, GlyphRun, Line
from brieftex.styled.styles import Align
from brieftex.text.itemize import Items
from brieftex.text.pieces import Piece, PieceLook
from brieftex.units import Sp

# Members that each line asks for: in Python 3.11 the class of an enum takes long to find one.
_JUSTIFY: Final = Align.JUSTIFY
_CENTER: Final = Align.CENTER
_RIGHT: Final = Align.RIGHT


class Slot(Struct, frozen=True):
    """The place of a line: its ``measure``, the indent ``left`` of the measure from the text's
    left edge, and how the line is aligned in it."""

    measure: Sp
    left: Sp = 0
    align: Align = Align.JUSTIFY

    def shift(self, width: Sp) -> Sp:
        """The distance of a line so wide from the text's left edge."""
        if self.align is _CENTER:
            return self.left + (self.measure - width) // 2
        if self.align is _RIGHT:
            return self.left + self.measure - width
        return self.left


_ORIGINS: Final[dict[Sp, Sp]] = {}
"""Places of glyphs, each held once: three quarters of those on pages occur in other lines, too,
and a number takes as much memory as four pointers to it."""

_ROWS: Final[dict[tuple[Sp, ...], tuple[Sp, ...]]] = {}
"""Those of whole lines: of half of the lines, another has the same."""

_MOST_ORIGINS = 100_000
_MOST_ROWS = 4_000


def _shared(row: tuple[Sp, ...]) -> tuple[Sp, ...]:
    """An equal row, its places shared with those of other lines."""
    found = _ROWS.get(row)
    if found is None:
        if len(_ORIGINS) > _MOST_ORIGINS:
            _ORIGINS.clear()
        if len(_ROWS) > _MOST_ROWS:
            _ROWS.clear()
        found = tuple(map(_ORIGINS.setdefault, row, row))
        _ROWS[found] = found
    return found


def set_line(items: Items, a: int, b: int, slot: Slot) -> Line:
    """Set units a up to b in ``slot``.

    A justified line fills the measure exactly unless it is the last of its paragraph or ends
    in a hard break; ragged lines have their natural width, but are shrunk where they would be
    overfull. A hanging mark is not part of the line's width.
    """
    columns, measure = items.columns, slot.measure
    width = natural = columns.natural(a, b)
    left = -columns.trim_start[a]
    origins: list[Sp] = []
    if natural > measure or (slot.align is _JUSTIFY and not columns.is_forced(b)):
        hung = 0
        if natural > measure and columns.hangs:
            hung = min(natural - measure, columns.hangs.get(b, 0))
            width -= hung
        if width != measure:
            origins = justify(columns, a, b, measure + hung, left)
            width += origins[-1] - left - columns.sums[b - 1] + columns.sums[a]
        if not a and width > measure:
            lead = min(width - measure, columns.lead)
            width -= lead
            left -= lead
            origins = [x - lead for x in origins]
    if not origins:
        origin = left - columns.sums[a]
        origins = [x + origin for x in columns.sums[a:b]]
    xs = _shared(tuple(origins))
    above: Line | None = None
    dots: tuple[Dots, ...] = ()
    if items.above or items.dotted:
        above, dots = annotate(items, a, origins, max(width, measure))
    return Line(
        tuple(_runs(items, _parts(items, a, b, xs))),
        width,
        natural,
        slot.shift(width),
        items.starts[a],
        items.starts[b],
        tuple(_links(items, a, b, xs)) if items.linked else (),
        above,
        dots,
        items.text,
    )


_Part: TypeAlias = "tuple[tuple[int, PieceLook], tuple[int, ...], tuple[Sp, ...], tuple[str, ...]]"
"""Glyphs, their places and their characters, behind what they share with others in a run: the index
of the text's run and the look of the pieces."""


def _parts(items: Items, a: int, b: int, xs: tuple[Sp, ...]) -> list[_Part]:
    """The glyphs of units a up to b, which stand at ``xs``, of the spaces between them and of the
    hyphen at the line's end."""
    pieces, edges, spaces = items.pieces, items.edges, items.spaces
    parts: list[_Part] = []
    inner = edges[bisect_right(edges, a) : bisect_left(edges, b)]
    for first, end in pairwise((a, *inner, b)):
        index = items.runs[first]
        if items.texts[first]:  # nearly all: each is a glyph, and all look alike
            key = index, pieces[first].look
            places = xs[first - a : end - a]
            parts.append((key, items.glyphs[first:end], places, items.texts[first:end]))
        else:
            for i in range(first, end):
                _put(parts, index, pieces[i], xs[i - a])
        if spaces and end - 1 in spaces and end < b:
            _put(parts, index, spaces[end - 1], xs[end - 1 - a] + pieces[end - 1].width)
    if items.hyphens and (hyphen := items.hyphens.get(b)):
        _put(parts, items.runs[b - 1], hyphen, xs[-1] + pieces[b - 1].width)
    return parts


def _put(parts: list[_Part], index: int, piece: Piece, x: Sp) -> None:
    """Add the glyphs of a piece at ``x``, and of the marks over it."""
    xs = tuple(map(x.__add__, piece.xs))
    parts.append(((index, piece.look), piece.glyphs, xs, piece.texts))
    for mark in piece.over:
        _put(parts, index, mark, x)


def _runs(items: Items, parts: list[_Part]) -> Iterator[GlyphRun]:
    """Neighbours that look alike as one run."""
    parts = [part for part in parts if part[1]]  # others have nothing to show
    at, count = 0, len(parts)
    while at < count:
        key, glyphs, xs, texts = parts[at]
        at += 1
        while at < count and parts[at][0] == key:
            _, more, places, words = parts[at]
            glyphs, xs, texts = glyphs + more, xs + places, texts + words
            at += 1
        index, (face, stretch, scale, rise) = key
        run = items.text.runs[index]
        style = run.style
        yield GlyphRun(
            face,
            style.size * scale // 1000,
            style.color,
            style.rise + rise,
            run.node,
            glyphs,
            xs,
            texts,
            stretch,
            style.stroke,
        )


def _links(
    items: Items, a: int, b: int, origins: Sequence[Sp]
) -> Iterator[tuple[Sp, Sp, str, int]]:
    """The parts of a line that are links. A gap after one is not of it, but where another link
    follows."""
    for index, units in groupby(range(a, b), key=items.runs.__getitem__):
        run, (first, *rest) = items.text.runs[index], units
        if run.href is None:
            continue
        last = rest[-1] if rest else first
        end = origins[last - a] + items.pieces[last].width
        if last + 1 == b:
            end += items.columns.hyphens.get(b, 0)
        elif items.text.runs[items.runs[last + 1]].href is not None:
            end = origins[last + 1 - a]
        if end > origins[first - a]:
            yield origins[first - a], end, run.href, run.node
