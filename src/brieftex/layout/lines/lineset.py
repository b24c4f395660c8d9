"""Stage 7: the items between two breaks become a line of positioned glyphs."""

from __future__ import annotations

from msgspec import Struct

from brieftex.layout.lines.justify import justify
from brieftex.layout.lines.ruby import annotate
from brieftex.layout.page import Dots, GlyphRun, Line
from brieftex.styled.styles import Align
from brieftex.styled.text import TextRun
from brieftex.text.itemize import Items
from brieftex.text.shaping import Piece
from brieftex.units import Sp


class Slot(Struct, frozen=True):
    """The place of a line: its ``measure``, the indent ``left`` of the measure from the text's
    left edge, and how the line is aligned in it."""

    measure: Sp
    left: Sp = 0
    align: Align = Align.JUSTIFY


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
    gaps = justify(columns, a, b, measure + hung) if filled else columns.gaps[a : b - 1]
    width = natural + sum(gaps) - sum(columns.gaps[a : b - 1]) - hung
    lead = 0 if a else min(max(0, width - measure), columns.lead)
    width -= lead
    shift = slot.left
    if align is Align.CENTER:
        shift += (measure - width) // 2
    elif align is Align.RIGHT:
        shift += measure - width
    builder = _Builder(items)
    left = -columns.trim_start[a] - lead
    builder.add(a, b, gaps, left)
    start, end = items.starts[a], items.starts[b]
    above: Line | None = None
    dots: tuple[Dots, ...] = ()
    if items.above or items.dotted:
        above, dots = annotate(items, a, [left, *gaps], max(width, measure))
    links, runs = tuple(builder.links), tuple(builder.runs)
    return Line(runs, width, natural, shift, start, end, links, above, dots, items.text)


class _Builder:
    """Collects glyphs into runs of one face and style."""

    def __init__(self, items: Items) -> None:
        self.items = items
        self.runs: list[GlyphRun] = []
        self.links: list[tuple[Sp, Sp, str, int]] = []
        self._piece: Piece | None = None  # the last piece, which gives the open run its face
        self._index = -1  # the open run's index in the text's runs
        self._glyphs: list[int] = []
        self._xs: list[Sp] = []
        self._texts: list[str] = []

    def add(self, a: int, b: int, gaps: list[Sp], x: Sp) -> None:
        """Add units a up to b with these gaps after them, the first unit's origin at ``x``."""
        items = self.items
        pieces, indices, spaces = items.pieces, items.runs, items.spaces
        runs = items.text.runs
        link, link_start = runs[indices[a]], x
        last = indices[a]
        for i, (piece, gap) in enumerate(zip(pieces[a:b], (*gaps, 0), strict=True), a):
            index = indices[i]
            if index != last:
                last, run = index, runs[index]
                if run is not link:
                    self._link(link, link_start, x - (gaps[i - a - 1] if run.href is None else 0))
                    link, link_start = run, x
            before = self._piece
            if (
                before is not None
                and index == self._index
                and piece.face is before.face
                and len(piece.glyphs) == 1
                and piece.stretch == before.stretch
                and piece.rise == before.rise
                and piece.scale == before.scale
                and not piece.over
            ):  # nearly every piece, which would not be worth a call
                self._piece = piece
                self._glyphs.append(piece.glyphs[0])
                self._xs.append(x + piece.xs[0])
                self._texts.append(piece.texts[0])
            else:
                self._put(piece, x, index)
            x += piece.width
            if i in spaces and i + 1 < b:
                self._put(spaces[i], x, index)
            x += gap
        hyphen = items.hyphens.get(b)
        if hyphen is not None:
            self._put(hyphen, x, indices[b - 1])
            x += hyphen.width
        self._flush()
        self._link(link, link_start, x)

    def _put(self, piece: Piece, x: Sp, index: int) -> None:
        last = self._piece
        if index != self._index or (
            piece is not last and last is not None and not piece.looks_like(last)
        ):
            self._flush()
            self._index = index
        self._piece = piece
        glyphs = piece.glyphs
        if len(glyphs) == 1:
            self._glyphs.append(glyphs[0])
            self._xs.append(x + piece.xs[0])
            self._texts.append(piece.texts[0])
        else:
            self._glyphs.extend(piece.glyphs)
            self._xs.extend([x + offset for offset in piece.xs])
            self._texts.extend(piece.texts)
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
                tuple(self._glyphs),
                tuple(self._xs),
                tuple(self._texts),
                piece.stretch,
                style.stroke,
            )
        )
        self._glyphs, self._xs, self._texts = [], [], []

    def _link(self, run: TextRun, start: Sp, end: Sp) -> None:
        if run.href is not None and end > start:
            self.links.append((start, end, run.href, run.node))
