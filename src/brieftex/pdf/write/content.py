"""The content stream of a page: text, rules and pictures as operators.

State that persists between text objects (face, size, colour, spacing) is written only when it
changes. Positions are rounded once, each from its exact value, so that errors do not accumulate:
a glyph is within 0.005 pt of its place in the layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from brieftex.layout.page import PlacedLine, PlacedPath
from brieftex.pdf.write.actual_text import GlyphSpan, ShownLine, ShownRun, WrittenLine
from brieftex.pdf.write.font_in_use import RunStyle
from brieftex.pdf.write.line_shapes import ShownLines
from brieftex.pdf.write.objects import color_operands, number, text_string, thousandths
from brieftex.pdf.write.spacing import TOLERANCE, adjusted_at, carried_by, character_spacing
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
        self._parts: list[bytes] = []  # the last of an operator ends its line
        self._in_text = False
        self._placed: PlacedLine | None = None
        self._line = ShownLine([], [], [], [])  # how that is shown
        self._codes: list[bytes] = []  # of its glyphs
        self._done = 0  # runs of it that are written
        self._strings: list[tuple[int, int, int]] = []  # the latest, as in ``WrittenLine``
        self._changed: dict[bytes, bytes] = {}  # operators in force since these began
        self._pen: float | None = None  # Sp from the line's left end; None: not set
        self.states: dict[str, bytes] = {}
        """The graphics states that the stream names."""
        self._state = dict(_INITIAL)  # operator: operands in force
        self._spacing = 0.0  # /Tc in force, before it was rounded
        self._stretched, self._spread = 1000.0, 1  # what makes the /Tz in force
        self._style: RunStyle | None = None  # that is in force, None if another may be

    def data(self) -> bytes:
        """The stream's bytes."""
        return b"".join(self._parts)[:-1]

    def begin(self, mark: bytes) -> None:
        """Begin a marked content sequence (ISO 32000-1, 14.6); ``mark`` is tag and properties."""
        self._parts.append(mark + b" BDC\n")

    def end(self) -> None:
        """End the marked content sequence."""
        self._end_text()
        self._parts.append(b"EMC\n")

    def rule(self, rect: Rect, color: Color) -> None:
        """Fill a rectangle."""
        self._end_text()
        self._style = None
        self._set(b"rg", color_operands(color))
        self._parts.append(f"{_box(rect, self._height)} re f\n".encode("ascii"))

    def picture(self, rect: Rect, name: str, turn: tuple[int, ...]) -> None:
        """Draw image ``name`` into ``rect``; ``turn`` maps the unit square onto itself."""
        self._end_text()
        x, y, width, height = _box(rect, self._height).split()
        self._parts.append(
            f"q {width} 0 0 {height} {x} {y} cm".encode("ascii")
            + (b"" if turn == (1, 0, 0, 1, 0, 0) else b" %d %d %d %d %d %d cm" % turn)
            + f" /{name} Do Q\n".encode("ascii")
        )

    def path(self, item: PlacedPath) -> None:
        """Paint an outline."""
        self._end_text()
        self._style = None
        before = dict(self._state)
        clear = (item.paint.fill_opacity, item.paint.stroke_opacity) != (SOLID, SOLID)
        if item.clips or clear:
            self._parts.append(b"q\n")
            self._parts += [self._outline(clip, item) + b" W n\n" for clip in item.clips]
        if clear:
            self._see_through(item.paint)
        self._prepare(item.paint)
        self._parts.append(b"%b %b\n" % (self._outline(item.outline, item), _painting(item.paint)))
        if item.clips or clear:
            self._parts.append(b"Q\n")
            self._state = before

    def _prepare(self, paint: Paint) -> None:
        """Set colours, line width and dash pattern."""
        if paint.fill is not None:
            self._set(b"rg", color_operands(paint.fill))
        if paint.stroke is not None:
            self._set(b"RG", color_operands(paint.stroke))
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
        self._parts.append(f"/{name} gs\n".encode("ascii"))

    def _outline(self, outline: Outline, item: PlacedPath) -> bytes:
        """The operators of a path (ISO 32000-1, 8.5.2)."""
        parts: list[str] = []
        for operator, points in outline:
            for k in range(0, len(points), 2):
                parts.append(number(thousandths(item.x + points[k])))
                parts.append(number(thousandths(self._height - item.y - points[k + 1])))
            parts.append(operator)
        return " ".join(parts).encode("ascii")

    def text(self, placed: PlacedLine, count: int) -> None:
        """Show the next runs with glyphs of a line, so many of them."""
        if placed is not self._placed:
            self._placed, self._done, self._pen = placed, 0, None
            self._line, self._codes = self._lines.shown(placed.line)
        if not self._in_text:
            self._parts.append(b"BT\n")
            self._in_text, self._pen = True, None
        line, done = self._line, self._done
        self._done += count
        if not line.again or count < len(line.runs) or placed.turn is not None:
            self._write(placed, line.runs[done : self._done])
        elif line.written is not None and line.written.x == placed.x:
            self._write_again(placed, line, line.written)
        else:
            self._strings, self._changed = [], {}
            self._write(placed, line.runs)
            first = self._strings[0][0] - 1  # behind what has to be set before
            strings = [(k - first, start, end) for k, start, end in self._strings]
            state = {**self._changed}
            line.written = WrittenLine(placed.x, self._parts[first:], strings, state)

    def _write(self, placed: PlacedLine, runs: Sequence[ShownRun]) -> None:
        """Write runs of a line."""
        for shown in runs:
            if shown.style is not self._style:
                self._choose(shown.style)
            if shown.pieces is not None:
                self._show_pieces(placed, shown, shown.pieces)
                continue
            if self._pen is None:
                self._move(placed, self._line.xs[shown.start])
            self._show_whole(shown)

    def _write_again(self, placed: PlacedLine, line: ShownLine, written: WrittenLine) -> None:
        """Write a line as another of its shape, with its own glyphs."""
        first, last = line.runs[0], line.runs[-1]
        if first.style is not self._style:
            self._choose(first.style)
        self._move(placed, line.xs[0])
        self._space(first.style, first.spacing)
        parts, codes, count = self._parts, self._codes, len(self._parts)
        parts += written.parts
        for k, start, end in written.strings:
            parts[count + k] = b"".join(codes[start:end])
        self._style, self._spacing, self._stretched = last.style, last.spacing, last.style.stretch
        self._state.update(written.state)

    def _choose(self, style: RunStyle) -> None:
        """Choose the face and the ink of a run."""
        last, self._style = self._style, style
        self._set(b"Tf", style.operands)
        if last is not None and style.ink == last.ink:
            return
        color, rise, stroke = style.ink
        self._set(b"rg", color)
        self._set(b"Ts", rise)
        # Filled alone, or their outlines drawn as well (ISO 32000-1, 9.3.6): one text all the same.
        self._set(b"Tr", b"2" if stroke else b"0")
        if stroke:
            self._set(b"RG", color)
            self._set(b"w", stroke)
            self._set(b"j", _ROUND_JOIN)
            self._set(b"d", _SOLID)

    def _move(self, placed: PlacedLine, x: float) -> None:
        """Move to the baseline of a line, ``x`` from its left end."""
        if placed.turn is not None:
            self._move_turned(placed, x, placed.turn)
            return
        up = self._height - placed.y
        written, across = _baseline(self._line.spread, placed.x + round(x), up)
        self._parts.append(written)
        self._pen = across - placed.x

    def _move_turned(self, placed: PlacedLine, x: float, turn: tuple[int, int]) -> None:
        """Move to a baseline that is rotated clockwise, ``x`` along it."""
        cosine, sine = turn
        across = thousandths(placed.x + round(x * cosine / 1_000_000))
        up = thousandths(self._height - placed.y - round(x * sine / 1_000_000))
        spread = self._line.spread
        parts = [f"{v / 1e6:f}" for v in (spread * cosine, -spread * sine, sine, cosine)]
        matrix = " ".join([*parts, number(across), number(up)])
        self._parts.append(f"{matrix} Tm\n".encode("ascii"))
        self._pen = x

    def _show_pieces(
        self, placed: PlacedLine, shown: ShownRun, pieces: Sequence[GlyphSpan]
    ) -> None:
        """Show a run piece by piece, some of which have a text of their own."""
        spacing = character_spacing(shown.style, shown.rooms)
        for piece in pieces:
            if self._pen is None:
                self._move(placed, self._line.xs[piece.start] - piece.gap)
            if piece.text is None:
                self._show(shown.style, piece, spacing)
            else:
                self._parts.append(b"/Span<</ActualText%b>>BDC\n" % text_string(piece.text))
                self._show(shown.style, piece, 0.0)
                self._parts.append(b"EMC\n")

    def _show_whole(self, shown: ShownRun) -> None:
        """Show a run as one piece: as one string, where all of its glyphs are in their places
        then."""
        line, style, start, end = self._line, shown.style, shown.start, shown.end
        rooms = shown.rooms
        spacing = shown.spacing = character_spacing(style, rooms)
        carried = carried_by(style, spacing) if spacing else 0.0
        advance = sum(line.advances[start:end])
        lost = advance * style.lost  # because a size is written to a thousandth
        # No glyph can be farther off, were each room the least or the greatest.
        slack = len(rooms) * max(carried - rooms[0], rooms[-1] - carried) if rooms else 0.0
        pen = self._pen or 0.0
        if abs(line.xs[start] - pen) + abs(lost) + slack <= TOLERANCE:
            self._space(style, spacing)
            pen += advance - lost + (end - start) * carried
            self._finish(style, b"", start, end, pen, shown.after)
        else:
            self._show(style, GlyphSpan(start, end, None, 0.0, shown.after), spacing)

    def _show(self, style: RunStyle, piece: GlyphSpan, spacing: float) -> None:
        """Show a piece with /Tc ``spacing``, each glyph at its place.

        Adjustments stand after glyphs as far as can be: pdf.js adds /Tc to one that does not.
        """
        self._space(style, spacing)
        line, start, end, pen = self._line, piece.start, piece.end, self._pen or 0.0
        xs, advances, filler = line.xs[start:end], line.advances[start:end], style.font.filler
        before = b""
        if piece.text is not None and piece.bridged and filler is not None:
            code, width = filler
            blank = b"(%b)%.7g" % (code, width)  # and back to where it began
            wanted = xs[-1] + advances[-1] * (1 - style.lost)
            factor = (wanted - xs[0] + piece.gap) / (width * style.written)
            if abs(factor - 1) < 1e-3:
                factor = 1.002  # with the same /Tz MuPDF would take it together with what follows
            self._stretch(style.stretch * max(factor, _LEAST_BRIDGE))
            self._parts.append(b"[%b]TJ\n" % blank)
            before = b"[" + blank + b" "
            self._stretch(style.stretch)
        carried, kept = carried_by(style, spacing), 1 - style.lost
        steps = [advance * kept + carried for advance in advances]
        adjusted, pen = adjusted_at(xs, steps, pen, style.written)
        if adjusted and not before:
            before = b"["
        for count, adjustment in adjusted:
            if count:
                self._string(before + b"(", start, piece.start + count, b") ")
                start, before = piece.start + count, b""
            before += adjustment + b" "
        self._finish(style, before, start, end, pen, piece.after)

    def _finish(  # noqa: PLR0913, PLR0917  # a string, and what is around it
        self, style: RunStyle, before: bytes, start: int, end: int, pen: float, after: float | None
    ) -> None:
        """Show the last string of an operator, with the operands ``before`` it, at the end of which
        the ``pen`` is, and move that to where the next glyph begins."""
        closing = b")]TJ\n" if before else b")Tj\n"
        if after is not None and not -TOLERANCE <= after - pen <= TOLERANCE:
            adjustment = round((pen - after) / style.written, 1)
            pen -= adjustment * style.written
            before, closing = before or b"[", b") %.7g]TJ\n" % adjustment
        self._string(before + b"(", start, end, closing)
        self._pen = pen

    def _string(self, opening: bytes, start: int, end: int, closing: bytes) -> None:
        """Write glyphs of the line as a string, and what is around it."""
        parts = self._parts
        self._strings.append((len(parts) + 1, start, end))
        parts += opening, b"".join(self._codes[start:end]), closing

    def _space(self, style: RunStyle, spacing: float) -> None:
        """Set the spacing and the stretch of a run."""
        if spacing != self._spacing:
            self._spacing = spacing
            self._set(b"Tc", b"%.6g" % spacing)
        if style.stretch != self._stretched or self._line.spread != self._spread:
            self._stretch(style.stretch)

    def _stretch(self, per_mille: float) -> None:
        self._stretched, self._spread = per_mille, self._line.spread
        self._set(b"Tz", b"%.6g" % (per_mille / 10 / self._spread))

    def _set(self, operator: bytes, operands: bytes) -> None:
        if self._state[operator] != operands:
            self._state[operator] = self._changed[operator] = operands
            self._parts.append(b"%b %b\n" % (operands, operator))

    def _end_text(self) -> None:
        if self._in_text:
            self._parts.append(b"ET\n")
            self._in_text = False


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
    written = b"%d 0 0 1 %.7g %.7g Tm\n" % (spread, across / 1000, up / 1000)
    return written, across * SP_PER_PT / 1000
