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
from operator import add, itemgetter, sub
from typing import TypeAlias

from msgspec import Struct

from brieftex.fonts.face import Face
from brieftex.layout.page import GlyphRun, Line, PlacedLine
from brieftex.pdf.write.font_in_use import FontInUse, SizedFont, SizedFonts
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


Rooms: TypeAlias = tuple[float, float, float]
"""The least, the middle and the greatest of the rooms after the glyphs of a run but the last."""

_NO_ROOMS: Rooms = (0.0, 0.0, 0.0)


class ShownRun(Struct):
    """How to show a run: its glyphs in columns, ``codes`` in the file, ``xs`` where each begins (Sp
    in the line) and ``advances`` by which the face carries on (Sp), white included. Of the
    ``rooms`` (Sp) after each but the last, ``extent`` has the least, the middle and the greatest.
    The run begins at ``x``, and ends at ``end`` before white is added. ``plain``: ToUnicode gives
    the text of each glyph. ``whites`` are added before and after glyphs, in eighths of an em, and
    ``bridged`` are the gaps (Sp) before glyphs that are to be bridged; both are None where there
    are none.

    A run without ``pieces`` is shown as a whole, and ``after`` it the next glyph of the line
    begins, as in ``GlyphSpan``."""

    run: GlyphRun
    font: SizedFont
    plain: bool
    codes: Sequence[bytes]
    xs: Sequence[float]
    x: float
    end: float
    advances: Sequence[float]
    rooms: Sequence[float] = ()
    extent: Rooms = _NO_ROOMS
    whites: dict[int, tuple[int, int]] | None = None
    bridged: dict[int, float] | None = None
    after: float | None = None
    pieces: list[GlyphSpan] | None = None

    def measure(self) -> None:
        """Find the rooms after glyphs."""
        xs = self.xs
        rooms = self.rooms = [*map(sub, xs[1:], map(add, xs, self.advances))]
        ordered = sorted(rooms)
        self.extent = ordered[0], ordered[len(ordered) // 2], ordered[-1]


class ShownLine(Struct, frozen=True):
    """How to show the runs of a line that hold glyphs. ``spread`` is the factor by which the
    text matrix stretches what /Tz shrinks."""

    spread: int
    runs: list[ShownRun]


class ShownLines:
    """How to show the lines of pages. A line that is no part of the text may stand on many of them,
    as running heads do, and is looked at once."""

    def __init__(self, fonts: Mapping[Face, FontInUse]) -> None:
        """``fonts`` has every face on the pages."""
        self._fonts = SizedFonts(fonts)
        self._known: dict[int, tuple[Line, ShownLine]] = {}

    def shown(self, placed: PlacedLine) -> ShownLine:
        """How to show a line; its copies of glyphs are asked for, whether it is known or not."""
        line = placed.line
        if placed.artifact is None:
            return _show_line(line, self._fonts)
        if id(line) in self._known:
            _, known = self._known[id(line)]
            for shown in known.runs:
                for k, (before, after) in (shown.whites or {}).items():
                    shown.font.font.spaced(shown.run.glyphs[k], before, after)
            return known
        known = _show_line(line, self._fonts)
        self._known[id(line)] = line, known
        return known


def _show_line(line: Line, fonts: SizedFonts) -> ShownLine:
    """Find the glyphs of a line that would be extracted wrongly, and the gaps to bridge."""
    runs = [_as_set(run, fonts[run.face, run.size, run.stretch]) for run in line.runs if run.glyphs]
    spread = _close_gaps(runs)
    for shown in runs:
        if shown.whites is not None:
            _take_in(shown, shown.whites)
    after: float | None = None
    for shown in reversed(runs):
        if shown.plain and shown.bridged is None:  # nearly every run
            shown.after, after = after, shown.x
            continue
        pieces: list[GlyphSpan] = []
        for start, end, text, room in reversed(_pieces(shown, shown.bridged or {})):
            pieces.append(GlyphSpan(start, end, text, room, after))
            after = None if room else shown.xs[start]
        pieces.reverse()
        shown.pieces = pieces
    return ShownLine(spread, runs)


def _as_set(run: GlyphRun, font: SizedFont) -> ShownRun:
    glyphs, xs, texts = run.glyphs, run.xs, run.texts
    x, in_use = xs[0], font.font
    if len(glyphs) == 1:  # of which ``itemgetter`` makes no tuple
        first = glyphs[0]
        plain, advance = in_use.texts[first] == texts[0] != "", font.advances[first]
        return ShownRun(run, font, plain, (in_use.codes[first],), xs, x, x + advance, (advance,))
    of_each = itemgetter(*glyphs)
    plain = of_each(in_use.texts) == texts and "" not in texts
    advances = of_each(font.advances)
    end = xs[-1] + advances[-1]
    shown = ShownRun(run, font, plain, of_each(in_use.codes), xs, x, end, advances)
    shown.measure()
    return shown


def _take_in(shown: ShownRun, whites: Mapping[int, tuple[int, int]]) -> None:
    """Put copies with white in the place of glyphs."""
    codes, xs, advances = [*shown.codes], [*shown.xs], [*shown.advances]
    glyphs, font, scale = shown.run.glyphs, shown.font.font, shown.font.scale
    for k, (before, after) in whites.items():
        codes[k], width, moved = font.spaced(glyphs[k], before, after)
        advances[k] = width * scale
        xs[k] -= moved * scale
    shown.codes, shown.xs, shown.advances, shown.x = codes, xs, advances, xs[0]
    if len(codes) > 1:
        shown.measure()


def _close_gaps(runs: Sequence[ShownRun]) -> int:
    """Find the gaps between glyphs; those that glyphs take are entered in ``whites``, the others
    in ``bridged``. The factor by which a line with such as these is to be spread."""
    spread = 1
    before: ShownRun | None = None
    last = " "  # the text before the run
    for shown in runs:
        texts, size = shown.run.texts, shown.run.size
        if before is not None:
            size, first = min(before.run.size, size), shown.x - before.end
            least = LEAST_GAP * size
            if first > least or first < -least:
                at = len(before.codes) - 1
                spread = max(spread, _closed(before, at, shown, 0, first, size, last))
        else:
            least = LEAST_GAP * size
        narrowest, _, widest = shown.extent
        if widest > least or narrowest < -least:
            for k, room in enumerate(shown.rooms):
                if room > least or room < -least:
                    text = texts[k] or _last_text(texts[:k], last)
                    spread = max(spread, _closed(shown, k, shown, k + 1, room, size, text))
        before, last = shown, texts[-1] or _last_text(texts, last)
    return spread


def _last_text(texts: Sequence[str], last: str) -> str:
    """The last text that is not empty, or ``last``."""
    return next(filter(None, reversed(texts)), last)


def _closed(  # noqa: PLR0913, PLR0917  # two glyphs and what is between them
    one: ShownRun, i: int, other: ShownRun, k: int, room: float, size: Sp, last: str
) -> int:
    """Close the gap between glyph ``i`` of a run, which ends a text of which ``last`` is the end,
    and glyph ``k`` of the same or the next, if there is text on both sides that it must not part;
    the factor by which the line is to be spread."""
    text = other.run.texts[k]
    if room >= _MOST * size or not text or text.isspace() or last.isspace():
        return 1
    if _taken_by_a_glyph(one, i, other, k, room, size) or other.font.font.filler is None:
        return 1
    other.bridged = {**(other.bridged or {}), k: room}
    return ceil(room / (_PDFJS_LEAST * size))


def _taken_by_a_glyph(  # noqa: PLR0913, PLR0917  # two glyphs and what is between them
    one: ShownRun, i: int, other: ShownRun, k: int, room: float, size: Sp
) -> bool:
    """Whether the glyph ``k`` after a gap or the one before it, ``i``, takes it as white, or each a
    half of it, which is entered in ``whites``. What remains is too little to be seen as a gap;
    ``size`` is the smaller of theirs. A letter rather than a Han character: there are fewer of
    them, so fewer copies."""
    bound = LEAST_GAP * size
    han = "㐀" <= other.run.texts[k] < "ꀀ"
    for ahead in (han, not han):
        shown, at = (one, i) if ahead else (other, k)
        eighth = shown.font.scale * 125
        count = round(room / eighth) or (1 if room > 0 else -1)
        if -bound < room - count * eighth < bound and _takes(shown, at, count):
            _enter(shown, at, *((0, count) if ahead else (count, 0)))
            return True
    first, second = (
        round(room / (one.font.scale * 125)) // 2,
        round(room / (other.font.scale * 125)),
    )
    second -= second // 2
    if (
        abs(room - (first * one.font.scale + second * other.font.scale) * 125) < bound
        and (not first or _takes(one, i, first))
        and (not second or _takes(other, k, second))
    ):
        _enter(one, i, 0, first)
        _enter(other, k, second, 0)
        return True
    return False


def _takes(shown: ShownRun, k: int, added: int) -> bool:
    """Whether there can be a copy of a glyph with so much more white."""
    glyph, font = shown.run.glyphs[k], shown.font.font
    white = added if shown.whites is None else sum(shown.whites.get(k, ())) + added
    return (
        font.widths[glyph] + white * 125 > 0
        and (shown.plain or _alone(shown, k))
        and font.spaceable(glyph)
    )


def _alone(shown: ShownRun, k: int) -> bool:
    """Whether a glyph is a character by itself, and the one that ToUnicode gives."""
    texts = shown.run.texts
    followed = k + 1 < len(texts) and not texts[k + 1]
    return (
        bool(texts[k]) and not followed and shown.font.font.texts[shown.run.glyphs[k]] == texts[k]
    )


def _enter(shown: ShownRun, k: int, before: int, after: int) -> None:
    if not (before or after):
        return
    if shown.whites is None:
        shown.whites = {k: (before, after)}
    else:
        old = shown.whites.get(k, (0, 0))
        shown.whites[k] = old[0] + before, old[1] + after


_Piece: TypeAlias = tuple[int, int, str | None, float]
"""A ``GlyphSpan`` whose ``after`` is not known yet."""


def _pieces(shown: ShownRun, gaps: Mapping[int, float]) -> list[_Piece]:
    """Split a run where a gap is to be bridged or ToUnicode does not give a glyph's text."""
    run = shown.run
    count = len(run.glyphs)
    texts = run.texts
    known = shown.font.font.texts
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
