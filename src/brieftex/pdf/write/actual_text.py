"""How programs that extract text from the file read the glyphs of a line.

Text extraction guesses a space wherever two glyphs are far enough apart: from
0.10 em (Poppler, pdf.js), 0.15 em (MuPDF) or 0.17 em (PDFium) on. The gap between Han and
Latin text and the stretch of a justified line are as wide as that. So a gap is bridged: the
glyph after it is preceded by blank ones, the fillers, that start where the last glyph ended,
and all stand in a span whose /ActualText (ISO 32000-1, 14.9.4) is the glyph's text.

Two fillers, because readers differ. MuPDF gives the text to the first glyph of the span and
then looks from that glyph's end for the next gap: the first filler is as wide as gap and
glyph. PDFium ignores a piece of text without ink and looks where the first one with ink
begins: the second filler is shown by the operator that shows the glyph. Poppler takes the
whole span as one character. Each filler is taken back by the adjustment after it, so that
pdf.js, which leaves both out, stays in step.

A mark that stands in the blank half of its neighbour is bridged too: Poppler takes glyphs
that overlap by 0.1 em for parts of two lines. The gap is negative then, and the first filler,
which is as wide as gap and glyph, still begins where the last glyph ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil

from msgspec import Struct
from msgspec.structs import replace

from brieftex.fonts.face import Face
from brieftex.layout.page import GlyphRun, Line
from brieftex.pdf.write.font import Font
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
    after: Sp | None = None

    @property
    def bridged(self) -> bool:
        """Whether fillers precede the glyphs: across a gap, and where several glyphs are one
        character, so that the next glyph is recognised as adjacent."""
        several = self.end - self.start > 1
        return self.text is not None and (self.gap != 0 or (several and len(self.text) == 1))


class RunReading(Struct, frozen=True):
    """How to show a run: the room (Sp) after each glyph but the last, and its pieces."""

    rooms: tuple[float, ...]
    pieces: tuple[GlyphSpan, ...]


class LineReading(Struct, frozen=True):
    """How to show the runs of a line that hold glyphs. ``spread`` is the factor by which the
    text matrix stretches what /Tz shrinks."""

    spread: int
    runs: tuple[RunReading, ...]


def read_line(line: Line, fonts: Mapping[Face, Font]) -> LineReading:
    """Find the glyphs of a line that would be extracted wrongly, and the gaps to bridge."""
    runs: list[RunReading] = []
    spread = 1
    end: float | None = None  # of the last glyph
    size: Sp = 0  # of the last run
    last = " "  # the text before the glyph
    shown = [run for run in line.runs if run.glyphs]
    for run in shown:
        font = fonts[run.face]
        scale = run.size * run.stretch / 1e6
        widths = font.widths
        xs = run.xs
        ends = [x + widths[glyph] * scale for x, glyph in zip(xs, run.glyphs, strict=True)]
        rooms = [b - a for a, b in zip(ends, xs[1:], strict=False)]
        first = 0.0 if end is None else xs[0] - end
        smaller = min(size, run.size) if size else run.size
        gaps: dict[int, float] = {}
        if font.filler is not None and max(map(abs, (first, *rooms))) > LEAST_GAP * smaller:
            gaps = dict(_gaps(run, [first, *rooms], last, smaller))
        runs.append(RunReading(tuple(rooms), tuple(_pieces(run, font, gaps))))
        if gaps:
            spread = max(spread, ceil(max(gaps.values()) / (_PDFJS_LEAST * smaller)))
        end, size, last = ends[-1], run.size, run.texts[-1] or last
    after: Sp | None = None
    for k, (run, reading) in reversed(list(enumerate(zip(shown, runs, strict=True)))):
        pieces = []
        for piece in reversed(reading.pieces):
            pieces.append(replace(piece, after=after))
            after = None if piece.gap else run.xs[piece.start]
        runs[k] = RunReading(reading.rooms, tuple(reversed(pieces)))
    return LineReading(spread, tuple(runs))


def _gaps(run: GlyphRun, rooms: list[float], last: str, size: Sp) -> Iterator[tuple[int, float]]:
    """The glyphs before which a gap is to be bridged, and the gaps."""
    for k, (room, text) in enumerate(zip(rooms, run.texts, strict=True)):
        if not text:
            continue
        bridged = LEAST_GAP * size < room < _MOST * size or room < -LEAST_GAP * size
        if bridged and not last.isspace() and not text.isspace():
            yield k, room
        last = text


def _pieces(run: GlyphRun, font: Font, gaps: Mapping[int, float]) -> Iterator[GlyphSpan]:
    """Split a run where a gap is to be bridged or ToUnicode does not give a glyph's text."""
    count = len(run.glyphs)
    texts = run.texts
    known = font.texts
    starts = {k for k, g in enumerate(run.glyphs) if known[g] != texts[k] or not texts[k]}
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
            yield GlyphSpan(done, start)
        yield GlyphSpan(start, end, texts[start], gaps.get(start, 0.0))
        done = end
    if done < count:
        yield GlyphSpan(done, count)
