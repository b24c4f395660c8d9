"""The content stream of a page: text, rules and pictures as operators.

State that persists between text objects (face, size, colour, spacing) is written only when it
changes. Positions are rounded once, each from its exact value, so that errors do not accumulate:
a glyph is within 0.005 pt of its place in the layout.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from brieftex.layout.page import GlyphRun, PlacedLine, PlacedPath
from brieftex.pdf.write.actual_text import GlyphSpan, ShownLine, ShownRun
from brieftex.pdf.write.font_in_use import SizedFont
from brieftex.pdf.write.line_shapes import ShownLines
from brieftex.pdf.write.objects import number, text_string, thousandths
from brieftex.pdf.write.spacing import (
    TOLERANCE,
    Adjustments,
    adjusted_at,
    carried_by,
    character_spacing,
    run_spacing,
)
from brieftex.units import SP_PER_PT, Color, Rect, Sp
from brieftex.vector import SOLID, Outline, Paint

# The least stretch of a filler: at none there is no text space, and numbers in a content
# stream have no exponent.
_LEAST_BRIDGE = 1e-2

# ISO 32000-1, 8.4.1 and 9.3.1. The colour is DeviceGray's black at first, which looks the same.
_INITIAL = {
    b"Tc": b"0", b"Tr": b"0", b"Ts": b"0", b"Tz": b"100", b"rg": b"0 0 0", b"RG": b"0 0 0",
    b"w": b"1", b"J": b"0", b"j": b"0", b"M": b"10", b"d": b"[] 0", b"Tf": b"",
}  # fmt: skip

_ROUND_JOIN = b"1"
_SOLID = b"[] 0"


class Content:
    """Collects the operators of one page in reading order."""

    def __init__(self, height: Sp, lines: ShownLines) -> None:
        """``height`` of the page: layout counts from its top, PDF from its foot."""
        self._height = height
        self._lines = lines
        self._parts: list[bytes] = []
        self._in_text = False
        self._line: PlacedLine | None = None
        self._columns = ShownLine([], [], [], [], [])  # of that line
        self._shown: Iterator[ShownRun] = iter(())
        self._pen: float | None = None  # Sp from the line's left end; None: not set
        self.states: dict[str, bytes] = {}
        """The graphics states that the stream names."""
        self._state = dict(_INITIAL)  # operator: operands in force
        self._spacing = 0.0  # /Tc in force, before it was rounded
        self._stretched, self._spread = 1000.0, 1  # what makes the /Tz in force
        self._font: SizedFont | None = None  # that is in force
        self._run: GlyphRun | None = None  # whose style is in force, None if another may be

    def data(self) -> bytes:
        """The stream's bytes."""
        return b"\n".join(self._parts)

    def begin(self, mark: bytes) -> None:
        """Begin a marked content sequence (ISO 32000-1, 14.6); ``mark`` is tag and properties."""
        self._parts.append(mark + b" BDC")

    def end(self) -> None:
        """End the marked content sequence."""
        self._end_text()
        self._parts.append(b"EMC")

    def rule(self, rect: Rect, color: Color) -> None:
        """Fill a rectangle."""
        self._end_text()
        self._set(b"rg", _color(color))
        self._parts.append(f"{_box(rect, self._height)} re f".encode("ascii"))

    def picture(self, rect: Rect, name: str, turn: tuple[int, ...]) -> None:
        """Draw image ``name`` into ``rect``; ``turn`` maps the unit square onto itself."""
        self._end_text()
        x, y, width, height = _box(rect, self._height).split()
        self._parts.append(
            f"q {width} 0 0 {height} {x} {y} cm".encode("ascii")
            + (b"" if turn == (1, 0, 0, 1, 0, 0) else b" %d %d %d %d %d %d cm" % turn)
            + f" /{name} Do Q".encode("ascii")
        )

    def path(self, item: PlacedPath) -> None:
        """Paint an outline."""
        self._end_text()
        before = dict(self._state)
        clear = (item.paint.fill_opacity, item.paint.stroke_opacity) != (SOLID, SOLID)
        if item.clips or clear:
            self._parts.append(b"q")
            self._parts += [self._outline(clip, item) + b" W n" for clip in item.clips]
        if clear:
            self._see_through(item.paint)
        self._prepare(item.paint)
        self._parts.append(self._outline(item.outline, item) + b" " + _painting(item.paint))
        if item.clips or clear:
            self._parts.append(b"Q")
            self._state = before

    def _prepare(self, paint: Paint) -> None:
        """Set colours, line width and dash pattern."""
        if paint.fill is not None:
            self._set(b"rg", _color(paint.fill))
        if paint.stroke is not None:
            self._set(b"RG", _color(paint.stroke))
            self._set(b"w", number(thousandths(paint.width)).encode("ascii"))
            self._set(b"J", b"%d" % paint.cap)
            self._set(b"j", b"%d" % paint.join)
            dash = " ".join(number(thousandths(length)) for length in paint.dash)
            phase = number(thousandths(paint.phase))
            self._set(b"d", f"[{dash}] {phase}".encode("ascii"))
            if not paint.join:
                self._set(b"M", number(paint.miter).encode("ascii"))

    def _see_through(self, paint: Paint) -> None:
        """Set the opacity (ISO 32000-1, 11.6.4.4)."""
        parts = (paint.fill_opacity, paint.stroke_opacity)
        name = "A{}.{}".format(*parts)
        shares = tuple(number(part).encode("ascii") for part in parts)
        self.states[name] = b"<</ca %b/CA %b>>" % shares
        self._parts.append(f"/{name} gs".encode("ascii"))

    def _outline(self, outline: Outline, item: PlacedPath) -> bytes:
        """The operators of a path (ISO 32000-1, 8.5.2)."""
        parts: list[str] = []
        for operator, points in outline:
            for k in range(0, len(points), 2):
                parts.append(number(thousandths(item.x + points[k])))
                parts.append(number(thousandths(self._height - item.y - points[k + 1])))
            parts.append(operator)
        return " ".join(parts).encode("ascii")

    def text(self, runs: Iterable[GlyphRun], placed: PlacedLine) -> None:
        """Show the next runs with glyphs of a line; the runs of a line are passed in order."""
        if placed is not self._line:
            columns = self._columns = self._lines.shown(placed)
            self._line, self._shown, self._pen = placed, iter(columns.runs), None
        columns, xs = self._columns, self._columns.xs
        if not self._in_text:
            self._parts.append(b"BT")
            self._in_text, self._pen = True, None
        for run, shown in zip(runs, self._shown):  # noqa: B905  # others may follow
            self._choose(run, shown.font)
            if shown.pieces is not None:
                self._show_pieces(placed, run, shown, shown.pieces)
                continue
            if self._pen is None:
                self._move(placed, xs[shown.start])
            self._show_whole(run, shown)

    def _choose(self, run: GlyphRun, font: SizedFont) -> None:
        """Choose the face and the style of a run."""
        last, self._run = self._run, run
        if font is not self._font:
            self._font = font
            self._set(b"Tf", font.operands)
        if (
            last is None
            or run.color is not last.color
            or run.rise != last.rise
            or run.stroke != last.stroke
        ):
            self._set(b"rg", _color(run.color))
            self._set(b"Ts", _length(run.rise))
            self._embolden(run)

    def _embolden(self, run: GlyphRun) -> None:
        """Fill glyphs alone, or draw their outlines as well (ISO 32000-1, 9.3.6): one text all the
        same."""
        self._set(b"Tr", b"2" if run.stroke else b"0")
        if run.stroke:
            self._set(b"RG", _color(run.color))
            self._set(b"w", _length(run.stroke))
            self._set(b"j", _ROUND_JOIN)
            self._set(b"d", _SOLID)

    def _move(self, placed: PlacedLine, x: float) -> None:
        """Move to the baseline of a line, ``x`` from its left end."""
        if placed.turn is not None:
            self._move_turned(placed, x, placed.turn)
            return
        up = self._height - placed.y
        written, across = _baseline(self._columns.spread, placed.x + round(x), up)
        self._parts.append(written)
        self._pen = across - placed.x

    def _move_turned(self, placed: PlacedLine, x: float, turn: tuple[int, int]) -> None:
        """Move to a baseline that is rotated clockwise, ``x`` along it."""
        cosine, sine = turn
        across = thousandths(placed.x + round(x * cosine / 1_000_000))
        up = thousandths(self._height - placed.y - round(x * sine / 1_000_000))
        spread = self._columns.spread
        parts = [f"{v / 1e6:f}" for v in (spread * cosine, -spread * sine, sine, cosine)]
        matrix = " ".join([*parts, number(across), number(up)])
        self._parts.append(f"{matrix} Tm".encode("ascii"))
        self._pen = x

    def _show_pieces(
        self, placed: PlacedLine, run: GlyphRun, shown: ShownRun, pieces: Iterable[GlyphSpan]
    ) -> None:
        """Show a run piece by piece, some of which have a text of their own."""
        spacing = character_spacing(run, shown.rooms)
        for piece in pieces:
            if self._pen is None:
                self._move(placed, self._columns.xs[piece.start] - piece.gap)
            if piece.text is None:
                self._show(run, shown, piece, spacing)
            else:
                self._parts.append(b"/Span<</ActualText%b>>BDC" % text_string(piece.text))
                self._show(run, shown, piece, 0.0)
                self._parts.append(b"EMC")

    def _show_whole(self, run: GlyphRun, shown: ShownRun) -> None:
        """Show a run as one piece: as one string, where all of its glyphs are in their places
        then."""
        columns, start, end = self._columns, shown.start, shown.end
        spacing, pen = shown.spacing, self._pen or 0.0
        if spacing is None:
            advances = columns.advances[start:end]
            spacing = run_spacing(run, shown.rooms, advances, shown.font.lost)
            shown.spacing = spacing
        if abs(columns.xs[start] - pen) + spacing.lost + spacing.slack <= TOLERANCE:
            if (
                spacing.points != self._spacing
                or run.stretch != self._stretched
                or columns.spread != self._spread
            ):
                self._space(run, spacing.points)
            string = b"(%b)" % b"".join(columns.codes[start:end])
            pen += spacing.advance
            if shown.after is None:
                self._pen = pen
                self._parts.append(string + b"Tj")
            else:
                self._finish(string, 1, pen, shown.after, shown.font.written)
        else:
            piece = GlyphSpan(start, end, None, 0.0, shown.after)
            self._show(run, shown, piece, spacing.points)

    def _show(self, run: GlyphRun, shown: ShownRun, piece: GlyphSpan, spacing: float) -> None:
        """Show a piece with /Tc ``spacing``, each glyph at its place.

        Adjustments stand after glyphs as far as can be: pdf.js adds /Tc to one that does not.
        """
        self._space(run, spacing)
        font, columns = shown.font, self._columns
        start, end, codes = piece.start, piece.end, columns.codes
        operands: list[bytes] = []
        filler = font.font.filler
        if piece.text is not None and piece.bridged and filler is not None:
            xs, advances = columns.xs[start:end], columns.advances[start:end]
            code, width = filler
            blank = b"(%b)%.7g" % (code, width)  # and back to where it began
            wanted = xs[-1] + advances[-1] * (1 - font.lost)
            factor = (wanted - xs[0] + piece.gap) / (width * font.written)
            if abs(factor - 1) < 1e-3:
                factor = 1.002  # with the same /Tz MuPDF would take it together with what follows
            self._stretch(run.stretch * max(factor, _LEAST_BRIDGE))
            self._parts.append(b"[%b]TJ" % blank)
            operands.append(blank)
            self._stretch(run.stretch)
        of = start, end, spacing, self._pen or 0.0
        adjusted = shown.adjusted
        if adjusted is None or adjusted.of != of:
            carried, kept = carried_by(run, spacing), 1 - font.lost
            steps = [advance * kept + carried for advance in columns.advances[start:end]]
            made = adjusted_at(columns.xs[start:end], steps, self._pen or 0.0, font.written)
            adjusted = shown.adjusted = Adjustments(of, *made)
        begun = start
        for count, adjustment in adjusted.behind:
            if count:
                operands.append(b"(%b)" % b"".join(codes[begun : start + count]))
                begun = start + count
            operands.append(adjustment)
        operands.append(b"(%b)" % b"".join(codes[begun:end]))
        self._finish(b" ".join(operands), len(operands), adjusted.end, piece.after, font.written)

    def _finish(
        self, operands: bytes, count: int, pen: float, after: float | None, scale: float
    ) -> None:
        """Show so many strings and adjustments, at the end of which the ``pen`` is, and move it to
        where the next glyph begins; ``scale`` is Sp for 1/1000 em."""
        if after is not None and not -TOLERANCE <= after - pen <= TOLERANCE:
            adjustment = round((pen - after) / scale, 1)
            pen -= adjustment * scale
            self._parts.append(b"[%b %.7g]TJ" % (operands, adjustment))
        else:
            self._parts.append(b"[%b]TJ" % operands if count > 1 else operands + b"Tj")
        self._pen = pen

    def _space(self, run: GlyphRun, spacing: float) -> None:
        """Set the spacing and the stretch of a run."""
        if spacing != self._spacing:
            self._spacing = spacing
            self._set(b"Tc", b"%.6g" % spacing)
        if run.stretch != self._stretched or self._columns.spread != self._spread:
            self._stretch(run.stretch)

    def _stretch(self, per_mille: float) -> None:
        self._stretched, self._spread = per_mille, self._columns.spread
        self._set(b"Tz", b"%.6g" % (per_mille / 10 / self._spread))

    def _set(self, operator: bytes, operands: bytes) -> None:
        if self._state[operator] != operands:
            self._state[operator] = operands
            self._parts.append(operands + b" " + operator)

    def _end_text(self) -> None:
        if self._in_text:
            self._parts.append(b"ET")
            self._in_text = False
        self._run = None


def _painting(paint: Paint) -> bytes:
    """The operator that paints a path (ISO 32000-1, 8.5.3)."""
    star = b"*" if paint.even_odd else b""
    if paint.fill is None:
        return b"S" if paint.stroke is not None else b"n"
    return (b"B" if paint.stroke is not None else b"f") + star


def _box(rect: Rect, height: Sp) -> str:
    """x, y of the lower left corner, width and height, in points from the foot of the page."""
    lengths = (rect.x, height - rect.y - rect.height, rect.width, rect.height)
    return " ".join(number(thousandths(length)) for length in lengths)


@lru_cache(4096)  # lines stand in the same places on many pages
def _baseline(spread: int, x: Sp, y: Sp) -> tuple[bytes, float]:
    """The operator that moves to a baseline, and where it moves across as written (Sp)."""
    across, up = thousandths(x), thousandths(y)
    written = b"%d 0 0 1 %.7g %.7g Tm" % (spread, across / 1000, up / 1000)
    return written, across * SP_PER_PT / 1000


@cache
def _length(length: Sp) -> bytes:
    """A length of a style, of which there are few."""
    return number(thousandths(length)).encode("ascii")


@cache
def _color(color: Color) -> bytes:
    parts = (color.red, color.green, color.blue)
    return " ".join(f"{part / 255:.4g}" for part in parts).encode("ascii")
