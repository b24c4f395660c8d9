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

from msgspec import Struct, field

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


class ShownRun(Struct):
    """How to show a run: its glyphs in columns, and its pieces in order. Codes and ``widths``
    (1/1000 em) are those of the font or of copies with other white; ``xs`` and ``ends`` (Sp in
    the line) are where a glyph begins and ends, white included, and ``rooms`` the room (Sp) after
    each glyph but the last. ``scale`` is Sp for 1/1000 em."""

    run: GlyphRun
    font: FontInUse
    scale: float
    codes: list[bytes]
    widths: list[float]
    xs: list[float]
    ends: list[float]
    rooms: list[float]
    pieces: list[GlyphSpan] = field(default_factory=list)

    def alone(self, k: int) -> bool:
        """Whether a glyph is a character by itself, and the one that ToUnicode gives."""
        texts = self.run.texts
        followed = k + 1 < len(texts) and not texts[k + 1]
        return bool(texts[k]) and not followed and self.font.texts[self.run.glyphs[k]] == texts[k]


class ShownLine(Struct, frozen=True):
    """How to show the runs of a line that hold glyphs. ``spread`` is the factor by which the
    text matrix stretches what /Tz shrinks."""

    spread: int
    runs: list[ShownRun]


class _Gap(Struct, frozen=True):
    """A gap before glyph ``at`` of run ``run``, and the smaller of the sizes at its sides."""

    run: int
    at: int
    room: float
    size: Sp


_Whites: TypeAlias = dict[tuple[int, int], tuple[int, int]]
"""By run and glyph the white added before and after it, in eighths of an em."""


def show_line(line: Line, fonts: Mapping[Face, FontInUse]) -> ShownLine:
    """Find the glyphs of a line that would be extracted wrongly, and the gaps to bridge."""
    runs = [_as_set(run, fonts[run.face]) for run in line.runs if run.glyphs]
    bridged: dict[int, dict[int, float]] = {}
    spread = 1
    if gaps := _gaps(runs):
        whites: _Whites = {}
        for gap in gaps:
            if not _taken_by_a_glyph(gap, runs, whites) and runs[gap.run].font.filler is not None:
                bridged.setdefault(gap.run, {})[gap.at] = gap.room
                spread = max(spread, ceil(gap.room / (_PDFJS_LEAST * gap.size)))
        _take_in(whites, runs)
    after: float | None = None
    for number in range(len(runs) - 1, -1, -1):
        shown = runs[number]
        gaps_before = bridged.get(number)
        if gaps_before is None and _is_plain(shown):  # nearly every run
            shown.pieces.append(GlyphSpan(0, len(shown.codes), None, 0.0, after))
            after = shown.xs[0]
            continue
        for start, end, text, room in reversed(_pieces(shown, gaps_before or {})):
            shown.pieces.append(GlyphSpan(start, end, text, room, after))
            after = None if room else shown.xs[start]
        shown.pieces.reverse()
    return ShownLine(spread, runs)


def _as_set(run: GlyphRun, font: FontInUse) -> ShownRun:
    codes = list(map(font.codes.__getitem__, run.glyphs))
    widths = list(map(font.widths.__getitem__, run.glyphs))
    scale = run.size * run.stretch / 1e6
    ends = [x + width * scale for x, width in zip(run.xs, widths, strict=True)]
    xs: list[float] = list(run.xs)
    return ShownRun(run, font, scale, codes, widths, xs, ends, list(map(sub, xs[1:], ends)))


def _take_in(whites: _Whites, runs: Sequence[ShownRun]) -> None:
    """Put copies with white in the place of glyphs."""
    for (number, k), white in whites.items():
        shown = runs[number]
        code, width, before = shown.font.spaced(shown.run.glyphs[k], *white)
        shown.codes[k], shown.widths[k] = code, width
        shown.xs[k] -= before * shown.scale
        shown.ends[k] = shown.xs[k] + width * shown.scale
    for number in {number for number, _ in whites}:
        shown = runs[number]
        shown.rooms = list(map(sub, shown.xs[1:], shown.ends))


def _gaps(runs: Sequence[ShownRun]) -> list[_Gap]:
    """The gaps to be bridged."""
    found: list[_Gap] = []
    end: float | None = None  # of the last glyph
    size: Sp = 0  # of the last run
    last = " "  # the text before the glyph
    for number, shown in enumerate(runs):
        run, texts, rooms = shown.run, shown.run.texts, shown.rooms
        smaller = min(size, run.size) if size else run.size
        least, most = LEAST_GAP * smaller, _MOST * smaller
        first = 0.0 if end is None else shown.xs[0] - end
        wide = [0] if first > least or first < -least else []
        if rooms and (max(rooms) > least or min(rooms) < -least):
            wide += [k for k, room in enumerate(rooms, 1) if room > least or room < -least]
        for k in wide:
            room, text = rooms[k - 1] if k else first, texts[k]
            if room >= most or not text or text.isspace():
                continue
            if not next(filter(None, texts[:k][::-1]), last).isspace():
                found.append(_Gap(number, k, room, smaller))
        if wide:
            last = next(filter(None, reversed(texts)), last)
        end, size, last = shown.ends[-1], run.size, texts[-1] or last
    return found


def _taken_by_a_glyph(gap: _Gap, runs: Sequence[ShownRun], whites: _Whites) -> bool:
    """Whether the glyph after a gap or the one before it takes it as white, or each a half of it,
    which is entered in ``whites``. What remains is too little to be seen as a gap. A letter rather
    than a Han character: there are fewer of them, so fewer copies."""
    number, k, room = gap.run, gap.at, gap.room
    bound = LEAST_GAP * gap.size
    behind = (number, k)
    ahead = (number, k - 1) if k else (number - 1, len(runs[number - 1].xs) - 1)
    han = "\u3400" <= runs[number].run.texts[k] < "\ua000"
    for side in (ahead, behind) if han else (behind, ahead):
        eighth = runs[side[0]].scale * 125
        count = round(room / eighth) or (1 if room > 0 else -1)
        white = (0, count) if side is ahead else (count, 0)
        if abs(room - count * eighth) < bound and _takes(runs, whites, side, white):
            _enter(whites, side, white)
            return True
    one, other = runs[ahead[0]].scale * 125, runs[number].scale * 125
    first, second = round(room / one) // 2, round(room / other)
    second -= second // 2
    if (
        abs(room - (first * one + second * other)) < bound
        and (not first or _takes(runs, whites, ahead, (0, first)))
        and (not second or _takes(runs, whites, behind, (second, 0)))
    ):
        _enter(whites, ahead, (0, first))
        _enter(whites, behind, (second, 0))
        return True
    return False


def _takes(
    runs: Sequence[ShownRun], whites: _Whites, side: tuple[int, int], white: tuple[int, int]
) -> bool:
    """Whether there can be a copy of a glyph with so much more white before and after it."""
    shown, k = runs[side[0]], side[1]
    return (
        shown.font.spaceable(shown.run.glyphs[k])
        and shown.alone(k)
        and shown.widths[k] + (sum(whites.get(side, (0, 0))) + sum(white)) * 125 > 0
    )


def _enter(whites: _Whites, side: tuple[int, int], white: tuple[int, int]) -> None:
    if any(white):
        old = whites.get(side, (0, 0))
        whites[side] = old[0] + white[0], old[1] + white[1]


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
