"""How programs that extract text from the file read the glyphs of a line.

Text extraction guesses a space wherever two glyphs are far enough apart: from
0.10 em (Poppler, pdf.js), 0.15 em (MuPDF) or 0.17 em (PDFium) on. The gap between Han and
Latin text and the stretch of a justified line are as wide as that.

So a glyph beside a gap is replaced by a copy that has the gap as its white, to an eighth of an em
(``Font.spaced``); what remains is too little to be seen. That suits every reader, the many that
know no /ActualText among them.

Where there can be no copy, the gap is bridged: the glyph after it is preceded by blank ones, the
fillers, that start where the last glyph ended, and all stand in a span whose /ActualText
(ISO 32000-1, 14.9.4) is the glyph's text.

Two fillers, because readers differ. MuPDF gives the text to the first glyph of the span and
then looks from that glyph's end for the next gap: the first filler is as wide as gap and
glyph. PDFium ignores a piece of text without ink and looks where the first one with ink
begins: the second filler is shown by the operator that shows the glyph. Poppler takes the
whole span as one character. Each filler is taken back by the adjustment after it, so that
pdf.js, which leaves both out, stays in step.

A mark that stands in the blank half of its neighbour is a gap of less than nothing, and treated
alike: Poppler takes glyphs that overlap by 0.1 em for parts of two lines. Where both marks have
lost a half, so that neither could give up a whole em, each gives up its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from operator import sub
from typing import TypeAlias

from msgspec import Struct

from brieftex.fonts.face import Face
from brieftex.layout.page import GlyphRun, Line
from brieftex.pdf.write.font import FontInUse
from brieftex.units import Sp

# Gaps, in em, that are bridged. A wider one separates: names and dates at the two edges.
LEAST_GAP = 0.09
_MOST = 0.75

# pdf.js has no /ActualText. It guesses a space from 0.102 text size on, measured along the
# text matrix: a matrix that stretches, with /Tz that shrinks as much, makes gaps look small.
_PDFJS_LEAST = 0.095


class GlyphSpan(Struct, frozen=True):
    """Glyphs ``start`` up to ``end`` of a run. ``text`` is what to take them for, None if it
    is what the font says. ``gap`` (Sp) before them is to be bridged, 0 if there is none,
    less than 0 where they overlap the glyph before them.
    ``after`` is where the next glyph of the line begins (Sp in the line), None if there is
    none or the gap before it is to be bridged."""

    start: int
    end: int
    text: str | None = None
    gap: float = 0.0
    after: float | None = None

    @property
    def bridged(self) -> bool:
        """Whether fillers precede the glyphs: across a gap, and where several glyphs are one
        character, so that the next glyph is recognised as adjacent."""
        several = self.end - self.start > 1
        return self.text is not None and (self.gap != 0 or (several and len(self.text) == 1))


class GlyphColumns(Struct):
    """The glyphs of a run in columns. ``codes`` and ``widths`` (1/1000 em) are those of the font or
    of copies with other white; ``xs`` and ``ends`` (Sp in the line) are where a glyph begins and
    ends, white included."""

    codes: list[bytes]
    widths: list[float]
    xs: list[float]
    ends: list[float]

    def rooms(self) -> list[float]:
        """The room (Sp) after each glyph but the last."""
        return list(map(sub, self.xs[1:], self.ends))


Rooms: TypeAlias = tuple[float, float, float]
"""The least, the middle and the greatest of the rooms after the glyphs of a run but the last."""

_NO_ROOMS: Rooms = (0.0, 0.0, 0.0)


class ShownRun(Struct):
    """How to show a run. ``scale`` is Sp for 1/1000 em; it begins at ``x`` and ends at ``end`` (Sp
    in the line). Glyphs of one ``width`` (1/1000 em), which most runs have, need no ``columns``.
    ``plain``: ToUnicode gives the text of each glyph. ``whites`` are added before and after glyphs,
    in eighths of an em, and ``bridged`` the gaps (Sp) before glyphs that are to be bridged.

    A run without ``pieces`` is shown as a whole, and ``after`` it the next glyph of the line
    begins, as in ``GlyphSpan``."""

    run: GlyphRun
    font: FontInUse
    scale: float
    plain: bool
    width: float
    x: float
    end: float
    rooms: Rooms
    columns: GlyphColumns | None = None
    whites: dict[int, tuple[int, int]] = {}
    bridged: dict[int, float] = {}
    after: float | None = None
    pieces: list[GlyphSpan] = []

    def in_columns(self) -> GlyphColumns:
        """Its glyphs in columns, which are made when they are first asked for."""
        if self.columns is None:
            self.columns = _columns(self.run, self.font, self.scale)
        return self.columns


class ShownLine(Struct, frozen=True):
    """How to show the runs of a line that hold glyphs. ``spread`` is the factor by which the
    text matrix stretches what /Tz shrinks."""

    spread: int
    runs: list[ShownRun]


class _Gap(Struct, frozen=True):
    """A gap between two glyphs, each with its run, and the smaller of their sizes."""

    ahead: tuple[ShownRun, int]
    behind: tuple[ShownRun, int]
    room: float
    size: Sp


def show_line(line: Line, fonts: Mapping[Face, FontInUse]) -> ShownLine:
    """Find the glyphs of a line that would be extracted wrongly, and the gaps to bridge."""
    runs = [_as_set(run, fonts[run.face]) for run in line.runs if run.glyphs]
    spread = 1
    if gaps := _gaps(runs):
        for gap in gaps:
            shown, k = gap.behind
            if not _taken_by_a_glyph(gap) and shown.font.filler is not None:
                shown.bridged[k] = gap.room
                spread = max(spread, ceil(gap.room / (_PDFJS_LEAST * gap.size)))
        for shown in runs:
            if shown.whites:
                _take_in(shown)
    after: float | None = None
    for shown in reversed(runs):
        if shown.plain and not shown.bridged:  # nearly every run
            shown.after, after = after, shown.x
            continue
        pieces, xs = shown.pieces, shown.in_columns().xs
        for start, end, text, room in reversed(_pieces(shown, shown.bridged)):
            pieces.append(GlyphSpan(start, end, text, room, after))
            after = None if room else xs[start]
        pieces.reverse()
    return ShownLine(spread, runs)


def _as_set(run: GlyphRun, font: FontInUse) -> ShownRun:
    glyphs, xs, texts = run.glyphs, run.xs, run.texts
    scale = run.size * run.stretch / 1e6
    plain = tuple(map(font.texts.__getitem__, glyphs)) == texts and "" not in texts
    width = font.widths[glyphs[0]]
    if len(glyphs) == 1:
        return ShownRun(run, font, scale, plain, width, xs[0], xs[0] + width * scale, _NO_ROOMS)
    if font.alike[width].issuperset(glyphs):
        advance = width * scale
        steps = sorted(map(sub, xs[1:], xs))
        rooms = steps[0] - advance, steps[len(steps) // 2] - advance, steps[-1] - advance
        return ShownRun(run, font, scale, plain, width, xs[0], xs[-1] + advance, rooms)
    columns = _columns(run, font, scale)
    end, rooms = columns.ends[-1], _rooms(columns)
    return ShownRun(run, font, scale, plain, 0.0, xs[0], end, rooms, columns)


def _columns(run: GlyphRun, font: FontInUse, scale: float) -> GlyphColumns:
    codes = list(map(font.codes.__getitem__, run.glyphs))
    widths = list(map(font.widths.__getitem__, run.glyphs))
    ends = [x + width * scale for x, width in zip(run.xs, widths, strict=True)]
    return GlyphColumns(codes, widths, list(run.xs), ends)


def _rooms(columns: GlyphColumns) -> Rooms:
    rooms = sorted(columns.rooms())
    return (rooms[0], rooms[len(rooms) // 2], rooms[-1]) if rooms else _NO_ROOMS


def _take_in(shown: ShownRun) -> None:
    """Put copies with white in the place of glyphs."""
    columns, glyphs = shown.in_columns(), shown.run.glyphs
    for k, white in shown.whites.items():
        code, width, before = shown.font.spaced(glyphs[k], *white)
        columns.codes[k], columns.widths[k] = code, width
        columns.xs[k] -= before * shown.scale
        columns.ends[k] = columns.xs[k] + width * shown.scale
    shown.x, shown.end, shown.rooms = columns.xs[0], columns.ends[-1], _rooms(columns)


def _gaps(runs: Sequence[ShownRun]) -> list[_Gap]:
    """The gaps to be bridged."""
    found: list[_Gap] = []
    before: ShownRun | None = None
    last = " "  # the text before the glyph
    for shown in runs:
        smaller, first = shown.run.size, 0.0
        if before is not None:
            smaller, first = min(before.run.size, smaller), shown.x - before.end
        least, most = LEAST_GAP * smaller, _MOST * smaller
        narrowest, _, widest = shown.rooms
        texts = shown.run.texts
        wide = [(0, first)] if first > least or first < -least else []
        if widest > least or narrowest < -least:
            rooms = enumerate(shown.in_columns().rooms(), 1)
            wide += [(k, room) for k, room in rooms if room > least or room < -least]
        for k, room in wide:
            text = texts[k]
            if room >= most or not text or text.isspace():
                continue
            if not next(filter(None, texts[:k][::-1]), last).isspace():
                ahead = (before, len(before.run.xs) - 1) if before and not k else (shown, k - 1)
                found.append(_Gap(ahead, (shown, k), room, smaller))
        if wide:
            last = next(filter(None, reversed(texts)), last)
        before, last = shown, texts[-1] or last
    return found


def _taken_by_a_glyph(gap: _Gap) -> bool:
    """Whether the glyph after a gap or the one before it takes it as white, or each a half of it,
    which is entered in ``whites``. What remains is too little to be seen as a gap. A letter rather
    than a Han character: there are fewer of them, so fewer copies."""
    room, bound = gap.room, LEAST_GAP * gap.size
    (one, i), (other, k) = gap.ahead, gap.behind
    han = "㐀" <= other.run.texts[k] < "ꀀ"
    for ahead in (han, not han):
        shown, at = (one, i) if ahead else (other, k)
        eighth = shown.scale * 125
        count = round(room / eighth) or (1 if room > 0 else -1)
        if abs(room - count * eighth) < bound and _takes(shown, at, count):
            _enter(shown, at, *((0, count) if ahead else (count, 0)))
            return True
    first, second = round(room / (one.scale * 125)) // 2, round(room / (other.scale * 125))
    second -= second // 2
    if (
        abs(room - (first * one.scale + second * other.scale) * 125) < bound
        and (not first or _takes(one, i, first))
        and (not second or _takes(other, k, second))
    ):
        _enter(one, i, 0, first)
        _enter(other, k, second, 0)
        return True
    return False


def _takes(shown: ShownRun, k: int, added: int) -> bool:
    """Whether there can be a copy of a glyph with so much more white."""
    glyph = shown.run.glyphs[k]
    white = sum(shown.whites.get(k, ())) + added
    return (
        shown.font.widths[glyph] + white * 125 > 0
        and (shown.plain or _alone(shown, k))
        and shown.font.spaceable(glyph)
    )


def _alone(shown: ShownRun, k: int) -> bool:
    """Whether a glyph is a character by itself, and the one that ToUnicode gives."""
    texts = shown.run.texts
    followed = k + 1 < len(texts) and not texts[k + 1]
    return bool(texts[k]) and not followed and shown.font.texts[shown.run.glyphs[k]] == texts[k]


def _enter(shown: ShownRun, k: int, before: int, after: int) -> None:
    if before or after:
        old = shown.whites.get(k, (0, 0))
        shown.whites[k] = old[0] + before, old[1] + after


_Piece: TypeAlias = tuple[int, int, str | None, float]
"""A ``GlyphSpan`` whose ``after`` is not known yet."""


def _is_plain(shown: ShownRun) -> bool:
    """Whether ToUnicode gives the text of each glyph."""
    run = shown.run
    texts = run.texts
    return "" not in texts and tuple(map(shown.font.texts.__getitem__, run.glyphs)) == texts


def _pieces(shown: ShownRun, gaps: Mapping[int, float]) -> list[_Piece]:
    """Split a run where a gap is to be bridged or ToUnicode does not give a glyph's text."""
    run = shown.run
    count = len(run.glyphs)
    texts = run.texts
    known = shown.font.texts
    starts = {k for k, g in enumerate(run.glyphs) if known[g] != texts[k] or not texts[k]}
    pieces: list[_Piece] = []
    done = 0
    for k in sorted(starts | gaps.keys()):
        if k < done:
            continue
        start = k
        while start > done and not texts[start]:
            start -= 1
        end = k + 1
        while end < count and not texts[end]:
            end += 1
        if start > done:
            pieces.append((done, start, None, 0.0))
        pieces.append((start, end, texts[start], gaps.get(start, 0.0)))
        done = end
    if done < count:
        pieces.append((done, count, None, 0.0))
    return pieces
