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
from itertools import chain, takewhile
from math import ceil
from operator import add, sub
from typing import TypeAlias

from msgspec import Struct, field

from brieftex.layout.page import GlyphRun
from brieftex.pdf.write.font_in_use import RunStyle, begins_han
from brieftex.pdf.write.spacing import LEAST_GAP
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
    """How to show a run, the ``number``-th with glyphs of its line: glyphs ``start`` up to ``end``
    of that. ``plain``: ToUnicode gives the text of each. ``rooms`` (Sp) are those after its glyphs
    but the last, the least first. ``bridged`` are the gaps (Sp) before
    glyphs that are to be bridged.

    A run without ``pieces`` is shown as a whole, and ``after`` it the next glyph of the line
    begins, as in ``GlyphSpan``. Lines of one shape share their runs: ``run`` is that of the
    first. ``spacing`` is the /Tc of a run that was shown as a whole, in points."""

    run: GlyphRun
    style: RunStyle
    plain: bool
    number: int
    start: int
    end: int
    rooms: list[float] = []
    bridged: dict[int, float] | None = None
    after: float | None = None
    pieces: list[GlyphSpan] | None = None
    spacing: float = 0.0


class WrittenLine(Struct, frozen=True):
    """What a line at ``x`` was written as, from its first string on. ``strings`` are the parts that
    its glyphs make: which, from glyph, to glyph. ``state`` are operators that were written, with
    the operands that are in force then."""

    x: Sp
    parts: list[bytes]
    strings: list[tuple[int, int, int]]
    state: Mapping[bytes, bytes]


class ShownLine(Struct):
    """How to show a line: its glyphs in columns, ``xs`` where each begins (Sp in the line) and
    ``advances`` by which the face carries on (Sp), white included; ``rooms`` (Sp) after each but
    the last. ``spread`` is the factor by which the text matrix stretches what /Tz shrinks.
    ``whites`` are added before and after glyphs, in eighths of an em. ``single``: not all lines of
    its shape can be shown so. Of those that can, a second one was met ``again``, and was
    ``written``."""

    runs: list[ShownRun]
    xs: list[float]
    advances: list[float]
    rooms: list[float]
    spread: int = 1
    whites: dict[int, tuple[ShownRun, int, int]] = field(default_factory=dict)
    single: bool = False
    again: bool = False
    written: WrittenLine | None = None


SetRun: TypeAlias = tuple[GlyphRun, RunStyle, bool, tuple[int, ...]]
"""A run that has glyphs, its style, whether ToUnicode gives the text of each, and the kind of
each."""


def show_line(runs: Sequence[SetRun], codes: list[bytes]) -> ShownLine:
    """Find the glyphs of a line that would be extracted wrongly, and the gaps to bridge. Copies
    with white take the place of ``codes``."""
    shown, texts = _as_set(runs)
    _close_gaps(shown, texts)
    if shown.whites:
        _take_in(shown, codes)
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
        run.pieces, shown.single = pieces, True
    return shown


def _as_set(runs: Sequence[SetRun]) -> tuple[ShownLine, list[str]]:
    """The columns of a line before white is added, and the texts of its glyphs."""
    made: list[ShownRun] = []
    xs: list[float] = []
    advances: list[float] = []
    texts: list[str] = []
    for run, style, plain, kinds in runs:
        start = len(xs)
        xs += run.xs
        texts += run.texts
        advances += style.advances(kinds)
        plain = plain and not (style.kinds.partial and "" in run.texts)
        made.append(ShownRun(run, style, plain, len(made), start, len(xs)))
    rooms = [*map(sub, xs[1:], map(add, advances, xs))]
    for shown in made:
        shown.rooms = sorted(rooms[shown.start : shown.end - 1])
    return ShownLine(made, xs, advances, rooms), texts


def _take_in(line: ShownLine, codes: list[bytes]) -> None:
    """Put copies with white in the place of glyphs."""
    xs, advances, rooms = line.xs, line.advances, line.rooms
    for k, (shown, before, after) in line.whites.items():
        glyph, style = shown.run.glyphs[k - shown.start], shown.style
        codes[k], width, moved = style.font.spaced(glyph, before, after)
        advances[k] = width * style.scale
        xs[k] -= moved * style.scale
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
        start, size = shown.start, shown.style.size
        if before is not None:
            smaller = min(before.style.size, size)
            if not -LEAST_GAP * smaller <= line.rooms[start - 1] <= LEAST_GAP * smaller:
                _close(line, before, shown, start, smaller, texts)
        least, ordered = LEAST_GAP * size, shown.rooms
        if ordered and (ordered[0] < -least or ordered[-1] > least):
            for k in _beyond(line.rooms[start : shown.end - 1], ordered, least):
                _close(line, shown, shown, start + k + 1, size, texts)
        before = shown


def _beyond(rooms: Sequence[float], ordered: Sequence[float], most: float) -> list[int]:
    """Which of the rooms are more than that, or less than nothing by as much: few, at the ends of
    their order."""
    narrow = takewhile((-most).__gt__, ordered)
    wide = takewhile(most.__lt__, reversed(ordered))
    found: list[int] = []
    last, at = None, 0
    for room in chain(narrow, wide):
        at = rooms.index(room, at + 1 if room == last else 0)
        last = room
        found.append(at)
    return sorted(found)


def _close(  # noqa: PLR0913, PLR0917  # two glyphs and what is between them
    line: ShownLine, one: ShownRun, other: ShownRun, k: int, size: Sp, texts: Sequence[str]
) -> None:
    """Close the gap before glyph ``k``, which is in the run ``other``, the one before it in
    ``one``, if there is text on both sides that it must not part. ``size`` is the smaller of
    theirs."""
    room, text = line.rooms[k - 1], texts[k]
    if room >= _MOST * size or not text or text.isspace():
        return
    before = texts[k - 1] or next(filter(None, reversed(texts[:k])), " ")
    if before.isspace():
        return
    if (
        _taken_by_a_glyph(line, one, other, k, LEAST_GAP * size, begins_han(text))
        or other.style.font.filler is None
    ):
        return
    other.bridged = {**(other.bridged or {}), k: room}
    line.spread = max(line.spread, ceil(room / (_PDFJS_LEAST * size)))


def _taken_by_a_glyph(  # noqa: PLR0913, PLR0917  # two glyphs and what is between them
    line: ShownLine, one: ShownRun, other: ShownRun, k: int, bound: float, han: bool
) -> bool:
    """Whether the glyph ``k`` after a gap, which may be of Han, or the one before it takes it as
    white, or each a half of it, which is entered in ``whites``. What remains is less than the
    ``bound``, too little to be seen as a gap. A letter rather than a Han character: there are fewer
    of them, so fewer copies."""
    room = line.rooms[k - 1]
    for ahead in (han, not han):
        shown, at = (one, k - 1) if ahead else (other, k)
        eighth = shown.style.eighth
        whole = round(room / eighth) or (1 if room > 0 else -1)
        if -bound < room - whole * eighth < bound and _takes(line, shown, at, whole):
            _enter(line, shown, at, 0 if ahead else whole, whole if ahead else 0)
            return True
    first, second = round(room / one.style.eighth) // 2, round(room / other.style.eighth)
    second -= second // 2
    if (
        abs(room - (first * one.style.scale + second * other.style.scale) * 125) < bound
        and (not first or _takes(line, one, k - 1, first))
        and (not second or _takes(line, other, k, second))
    ):
        _enter(line, one, k - 1, 0, first)
        _enter(line, other, k, second, 0)
        return True
    return False


def _takes(line: ShownLine, shown: ShownRun, k: int, added: int) -> bool:
    """Whether there can be a copy of a glyph with so much more white. If its font has none of that
    glyph, another of its kind may have them."""
    glyph, font = shown.run.glyphs[k - shown.start], shown.style.font
    if k in line.whites:
        _, before, after = line.whites[k]
        added += before + after
    if font.widths[glyph] + added * 125 <= 0:
        return False
    if not shown.plain and not _alone(shown, k - shown.start):
        return False
    copyable = font.spaceable(glyph)
    line.single = line.single or not copyable
    return copyable


def _alone(shown: ShownRun, k: int) -> bool:
    """Whether glyph ``k`` of a run is a character by itself, and the one that ToUnicode gives."""
    texts = shown.run.texts
    followed = k + 1 < len(texts) and not texts[k + 1]
    known = shown.style.font.texts[shown.run.glyphs[k]]
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
    texts, known = run.texts, shown.style.font.texts
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
