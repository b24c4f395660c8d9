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

from collections.abc import Sequence
from math import ceil
from operator import add, sub
from typing import TypeAlias

from msgspec import Struct, field

from brieftex.layout.page import GlyphRun
from brieftex.pdf.write.font_in_use import FontInUse, SizedFont
from brieftex.pdf.write.spacing import LEAST_GAP, Adjustments, RunSpacing
from brieftex.units import Sp

# A wider gap, in em, separates: names and dates at the two edges.
_MOST = 0.75

# pdf.js has no /ActualText. It guesses a space from 0.102 text size on, measured along the
# text matrix: a matrix that stretches, with /Tz that shrinks as much, makes gaps look small.
_PDFJS_LEAST = 0.095


class GlyphSpan(Struct, frozen=True):
    """Glyphs ``start`` up to ``end`` of a line. ``text`` is what to take them for, None if it
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
    """How to show a run: glyphs ``start`` up to ``end`` of a line. ``plain``: ToUnicode gives the
    text of each. ``rooms`` (Sp) are those after its glyphs but the last, the least first.
    ``bridged`` are the gaps (Sp) before glyphs that are to be bridged.

    A run without ``pieces`` is shown as a whole, and ``after`` it the next glyph of the line
    begins, as in ``GlyphSpan``. Lines of one shape share their runs: ``run`` is that of the first,
    and ``spacing`` and what is ``adjusted`` are worked out when that is written."""

    run: GlyphRun
    font: SizedFont
    plain: bool
    start: int
    end: int
    rooms: list[float]
    bridged: dict[int, float] | None = None
    after: float | None = None
    pieces: list[GlyphSpan] | None = None
    spacing: RunSpacing | None = None
    adjusted: Adjustments | None = None


class ShownLine(Struct):
    """How to show a line: its glyphs in columns, ``codes`` in the file, ``xs`` where each begins
    (Sp in the line) and ``advances`` by which the face carries on (Sp), white included; ``rooms``
    (Sp) after each but the last. ``spread`` is the factor by which the text matrix stretches what
    /Tz shrinks. ``whites`` are added before and after glyphs, in eighths of an em. ``single``: not
    all lines of its shape can be shown so."""

    runs: list[ShownRun]
    codes: list[bytes]
    xs: list[float]
    advances: list[float]
    rooms: list[float]
    spread: int = 1
    whites: dict[int, tuple[ShownRun, int, int]] = field(default_factory=dict)
    single: bool = False


SetRun: TypeAlias = tuple[GlyphRun, SizedFont, bool]
"""A run that has glyphs, its face in its size, and whether ToUnicode gives the text of each."""


def show_line(runs: Sequence[SetRun], codes: list[bytes]) -> ShownLine:
    """Find the glyphs of a line that would be extracted wrongly, and the gaps to bridge."""
    shown, texts = _as_set(runs, codes)
    _close_gaps(shown, texts)
    if shown.whites:
        _take_in(shown)
    after: float | None = None
    for run in reversed(shown.runs):
        if run.plain and run.bridged is None:  # nearly every run
            run.after, after = after, shown.xs[run.start]
            continue
        pieces: list[GlyphSpan] = []
        for start, end, text, room in reversed(_pieces(run)):
            pieces.append(GlyphSpan(start, end, text, room, after))
            after = None if room else shown.xs[start]
        pieces.reverse()
        run.pieces = pieces
    return shown


def _as_set(runs: Sequence[SetRun], codes: list[bytes]) -> tuple[ShownLine, list[str]]:
    """The columns of a line before white is added, and the texts of its glyphs."""
    made: list[ShownRun] = []
    xs: list[float] = []
    advances: list[float] = []
    texts: list[str] = []
    start = 0
    for run, sized, plain in runs:
        xs += run.xs
        texts += run.texts
        advances += map(sized.advances.__getitem__, run.glyphs)
        end = len(xs)
        made.append(ShownRun(run, sized, plain and "" not in run.texts, start, end, []))
        start = end
    rooms = [*map(sub, xs[1:], map(add, xs, advances))]
    for shown in made:
        shown.rooms = rooms[shown.start : shown.end - 1]
        shown.rooms.sort()
    return ShownLine(made, codes, xs, advances, rooms), texts


def _take_in(line: ShownLine) -> None:
    """Put copies with white in the place of glyphs."""
    codes, xs, advances, rooms = line.codes, line.xs, line.advances, line.rooms
    for k, (shown, before, after) in line.whites.items():
        sized = shown.font
        glyph = shown.run.glyphs[k - shown.start]
        codes[k], width, moved = sized.font.spaced(glyph, before, after)
        advances[k] = width * sized.scale
        xs[k] -= moved * sized.scale
    for k in line.whites:
        if k:
            rooms[k - 1] = xs[k] - (xs[k - 1] + advances[k - 1])
        if k < len(rooms):
            rooms[k] = xs[k + 1] - (xs[k] + advances[k])
    for k, (shown, before, _) in line.whites.items():
        # What stands at an end of a run has no room before it, or none after it.
        if k + 1 < shown.end or (before and k > shown.start):
            shown.rooms = sorted(rooms[shown.start : shown.end - 1])


def _close_gaps(line: ShownLine, texts: Sequence[str]) -> None:
    """Find the gaps between glyphs; those that glyphs take are entered in ``whites``, the others
    in ``bridged``."""
    before: ShownRun | None = None
    for shown in line.runs:
        start, size = shown.start, shown.run.size
        if before is not None:
            size = min(before.run.size, size)
            least = LEAST_GAP * size
            if not -least <= line.rooms[start - 1] <= least:
                _close(line, before, shown, start, size, texts)
        else:
            least = LEAST_GAP * size
        if (rooms := shown.rooms) and (rooms[0] < -least or rooms[-1] > least):
            for k, room in enumerate(line.rooms[start : shown.end - 1], start + 1):
                if not -least <= room <= least:
                    _close(line, shown, shown, k, size, texts)
        before = shown


def _close(  # noqa: PLR0913, PLR0917  # two glyphs and what is between them
    line: ShownLine, one: ShownRun, other: ShownRun, k: int, size: Sp, texts: Sequence[str]
) -> None:
    """Close the gap before glyph ``k``, which is in the run ``other``, the one before it in
    ``one``, if there is text on both sides that it must not part."""
    room, text = line.rooms[k - 1], texts[k]
    if room >= _MOST * size or not text or text.isspace():
        return
    before = texts[k - 1] or next(filter(None, reversed(texts[:k])), " ")
    if before.isspace():
        return
    if _taken_by_a_glyph(line, one, other, k, size, text) or other.font.font.filler is None:
        return
    other.bridged = {**(other.bridged or {}), k: room}
    line.spread = max(line.spread, ceil(room / (_PDFJS_LEAST * size)))


def _taken_by_a_glyph(  # noqa: PLR0913, PLR0917  # two glyphs and what is between them
    line: ShownLine, one: ShownRun, other: ShownRun, k: int, size: Sp, text: str
) -> bool:
    """Whether the glyph ``k`` after a gap, which is this ``text``, or the one before it takes it as
    white, or each a half of it, which is entered in ``whites``. What remains is too little to be
    seen as a gap; ``size`` is the smaller of theirs. A letter rather than a Han character: there
    are fewer of them, so fewer copies."""
    bound, room = LEAST_GAP * size, line.rooms[k - 1]
    han = begins_han(text)
    for ahead in (han, not han):
        shown, at = (one, k - 1) if ahead else (other, k)
        eighth = shown.font.eighth
        count = round(room / eighth) or (1 if room > 0 else -1)
        if -bound < room - count * eighth < bound and _takes(line, shown, at, count):
            _enter(line, shown, at, *((0, count) if ahead else (count, 0)))
            return True
    first, second = round(room / one.font.eighth) // 2, round(room / other.font.eighth)
    second -= second // 2
    if (
        abs(room - (first * one.font.scale + second * other.font.scale) * 125) < bound
        and (not first or _takes(line, one, k - 1, first))
        and (not second or _takes(line, other, k, second))
    ):
        _enter(line, one, k - 1, 0, first)
        _enter(line, other, k, second, 0)
        return True
    return False


def begins_han(text: str) -> bool:
    """Whether a text begins with a Han character."""
    return "㐀" <= text < "ꀀ"


def _takes(line: ShownLine, shown: ShownRun, k: int, added: int) -> bool:
    """Whether there can be a copy of a glyph with so much more white."""
    glyph, font = shown.run.glyphs[k - shown.start], shown.font.font
    if k in line.whites:
        _, before, after = line.whites[k]
        added += before + after
    return (
        font.widths[glyph] + added * 125 > 0
        and (shown.plain or _alone(shown, k - shown.start))
        and _copyable(line, font, glyph)
    )


def _copyable(line: ShownLine, font: FontInUse, glyph: int) -> bool:
    """Whether there can be copies of a glyph. If not, another of its kind may have them."""
    copyable = font.spaceable(glyph)
    line.single = line.single or not copyable
    return copyable


def _alone(shown: ShownRun, k: int) -> bool:
    """Whether glyph ``k`` of a run is a character by itself, and the one that ToUnicode gives."""
    texts = shown.run.texts
    followed = k + 1 < len(texts) and not texts[k + 1]
    known = shown.font.font.texts[shown.run.glyphs[k]]
    return bool(texts[k]) and not followed and known == texts[k]


def _enter(line: ShownLine, shown: ShownRun, k: int, before: int, after: int) -> None:
    if before or after:
        _, earlier, later = line.whites.get(k, (shown, 0, 0))
        line.whites[k] = shown, earlier + before, later + after


_Piece: TypeAlias = tuple[int, int, str | None, float]
"""A ``GlyphSpan`` whose ``after`` is not known yet."""


def _pieces(shown: ShownRun) -> list[_Piece]:
    """Split a run where a gap is to be bridged or ToUnicode does not give a glyph's text."""
    first, run, gaps = shown.start, shown.run, shown.bridged or {}
    texts, known = run.texts, shown.font.font.texts
    wrong = {k for k, g in enumerate(run.glyphs) if known[g] != texts[k] or not texts[k]}
    pieces: list[_Piece] = []
    done = 0
    for k in sorted(wrong | {gap - first for gap in gaps}):
        if k < done:
            continue
        start = k
        while start > done and not texts[start]:
            start -= 1
        end = k + 1
        while end < len(texts) and not texts[end]:
            end += 1
        if start > done:
            pieces.append((first + done, first + start, None, 0.0))
        gap = gaps.get(first + start, 0.0)
        pieces.append((first + start, first + end, texts[start], gap))
        done = end
    if done < len(texts):
        pieces.append((first + done, shown.end, None, 0.0))
    return pieces
