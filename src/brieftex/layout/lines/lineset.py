"""Stage 7: the items between two breaks become a line of positioned glyphs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from operator import add
from typing import Final

from msgspec import Struct

from brieftex.layout.lines.justify import justify
from brieftex.layout.lines.ruby import annotate
from brieftex.layout.page import Dots, GlyphRun, Line
from brieftex.styled.styles import Align
from brieftex.text.itemize import Items
from brieftex.text.pieces import Piece
from brieftex.units import Sp


class Slot(Struct, frozen=True):
    """The place of a line: its ``measure``, the indent ``left`` of the measure from the text's
    left edge, and how the line is aligned in it."""

    measure: Sp
    left: Sp = 0
    align: Align = Align.JUSTIFY

    def shift(self, width: Sp) -> Sp:
        """The distance of a line so wide from the text's left edge."""
        if self.align is Align.CENTER:
            return self.left + (self.measure - width) // 2
        if self.align is Align.RIGHT:
            return self.left + self.measure - width
        return self.left


_ORIGINS: Final[dict[Sp, Sp]] = {}
"""Places of glyphs, each held once: three quarters of those on pages occur in other lines, too,
and a number takes as much memory as four pointers to it."""

_MOST_ORIGINS = 100_000


def set_line(items: Items, a: int, b: int, slot: Slot) -> Line:
    """Set units a up to b in ``slot``.

    A justified line fills the measure exactly unless it is the last of its paragraph or ends
    in a hard break; ragged lines have their natural width, but are shrunk where they would be
    overfull. A hanging mark is not part of the line's width.
    """
    columns, measure, align = items.columns, slot.measure, slot.align
    natural = columns.natural(a, b)
    last = columns.is_forced(b)
    hung = min(max(0, natural - measure), columns.hangs.get(b, 0))
    filled = natural > measure or (align is Align.JUSTIFY and not last)
    as_is = columns.gaps[a : b - 1]
    gaps, width = as_is, natural - hung
    if filled and natural != measure + hung:
        gaps = justify(columns, a, b, measure + hung)
        width += sum(gaps) - sum(as_is)
    lead = 0 if a else min(max(0, width - measure), columns.lead)
    width -= lead
    shift = slot.shift(width)
    left = -columns.trim_start[a] - lead
    if gaps is as_is:
        origin = left - columns.sums[a]
        origins = tuple([x + origin for x in columns.sums[a:b]])
    else:
        origins = tuple(accumulate(map(add, columns.widths[a : b - 1], gaps), initial=left))
    if len(_ORIGINS) > _MOST_ORIGINS:
        _ORIGINS.clear()
    origins = tuple(map(_ORIGINS.setdefault, origins, origins))
    builder = _Builder(items)
    builder.add(a, b, origins)
    start, end = items.starts[a], items.starts[b]
    above: Line | None = None
    dots: tuple[Dots, ...] = ()
    if items.above or items.dotted:
        above, dots = annotate(items, a, [left, *gaps], max(width, measure))
    links = tuple(_links(items, a, b, origins, gaps)) if items.linked else ()
    return Line(
        tuple(builder.runs), width, natural, shift, start, end, links, above, dots, items.text
    )


class _Builder:
    """Collects glyphs into runs of one face and style."""

    def __init__(self, items: Items) -> None:
        self.items = items
        self.runs: list[GlyphRun] = []
        self._piece: Piece | None = None  # the last piece, which gives the open run its look
        self._index = -1  # the open run's index in the text's runs
        self._glyphs: tuple[int, ...] = ()
        self._xs: tuple[Sp, ...] = ()
        self._texts: tuple[str, ...] = ()

    def add(self, a: int, b: int, origins: tuple[Sp, ...]) -> None:
        """Add units a up to b, and the hyphen at the line's end; ``origins`` are those of units."""
        items = self.items
        pieces, edges, spaces = items.pieces, items.edges, items.spaces
        inner = edges[bisect_right(edges, a) : bisect_left(edges, b)]
        for first, end in pairwise((a, *inner, b)):
            index = items.runs[first]
            if items.texts[first]:  # nearly all: each is a glyph, and all look alike
                self._open(pieces[first], index)
                self._glyphs += items.glyphs[first:end]
                self._xs += origins[first - a : end - a]
                self._texts += items.texts[first:end]
            else:
                for i in range(first, end):
                    self._put(pieces[i], origins[i - a], index)
            if end - 1 in spaces and end < b:
                self._put(spaces[end - 1], origins[end - 1 - a] + pieces[end - 1].width, index)
        hyphen = items.hyphens.get(b)
        if hyphen is not None:
            self._put(hyphen, origins[-1] + pieces[b - 1].width, items.runs[b - 1])
        self._flush()

    def _open(self, piece: Piece, index: int) -> None:
        """Begin another run, unless ``piece`` can follow in the one that is open."""
        last = self._piece
        if index != self._index or (last is not None and piece.look != last.look):
            self._flush()
            self._index = index
        self._piece = piece

    def _put(self, piece: Piece, x: Sp, index: int) -> None:
        self._open(piece, index)
        self._glyphs += piece.glyphs
        self._xs += tuple([x + offset for offset in piece.xs])
        self._texts += piece.texts
        for mark in piece.over:
            self._put(mark, x, index)

    def _flush(self) -> None:
        piece = self._piece
        if not self._glyphs or piece is None:
            return
        run = self.items.text.runs[self._index]
        style = run.style
        self.runs.append(
            GlyphRun(
                piece.face,
                style.size * piece.scale // 1000,
                style.color,
                style.rise + piece.rise,
                run.node,
                self._glyphs,
                self._xs,
                self._texts,
                piece.stretch,
                style.stroke,
            )
        )
        self._glyphs = self._xs = self._texts = ()


def _links(
    items: Items, a: int, b: int, origins: Sequence[Sp], gaps: Sequence[Sp]
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
            end += gaps[last - a]
        if end > origins[first - a]:
            yield origins[first - a], end, run.href, run.node
