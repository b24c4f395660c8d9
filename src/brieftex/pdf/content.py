"""The content stream of a page: text, rules and pictures as operators.

State that carries on from one text object to the next (face, size, colour, spacing) is written
only when it changes. Places are rounded once, each from its own exact value, so that no error
adds up: a glyph stands within 0.005 pt of where the layout put it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from brieftex.layout.page import GlyphRun
from brieftex.pdf.font import Font
from brieftex.pdf.objects import number, text_string, thousandths
from brieftex.text.face import Face
from brieftex.units import SP_PER_PT, Color, Rect, Sp

# A glyph that is this far from its place gets an adjustment: 0.004 pt.
_TOLERANCE = SP_PER_PT * 4 // 1000

# Up to so many glyphs, adjustments are shorter than a change of character spacing.
_FEW = 3

# ISO 32000-1, 8.4.1 and 9.3.1. The colour is DeviceGray's black at first, which looks the same.
_INITIAL = {"Tc": b"0", "Tz": b"100", "rg": b"0 0 0"}


class Content:
    """Collects the operators of one page, in reading order."""

    def __init__(self, height: Sp, fonts: Mapping[Face, Font]) -> None:
        """``height`` of the page: layout counts from its top, PDF from its foot."""
        self._height = height
        self._fonts = fonts
        self._parts: list[bytes] = []
        self._in_text = False
        self._place = (0, 0)  # of the current text line, thousandths of a point
        self._state: dict[str, bytes] = {}  # operator: operands in force

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
        self._set("rg", _color(color))
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

    def text(self, run: GlyphRun, x: Sp, y: Sp) -> None:
        """Show the glyphs of a run of a line that begins at ``x``, with its baseline at ``y``."""
        if not self._in_text:
            self._parts.append(b"BT")
            self._in_text, self._place = True, (0, 0)
        font = self._fonts[run.face]
        self._set("Tf", f"/{font.name} {number(thousandths(run.size))}".encode("ascii"))
        self._set("rg", _color(run.color))
        self._set("Tz", b"%g" % (run.stretch / 10))
        for start, end, actual in _spans(run, font):
            self._move(x + run.xs[start], self._height - y + run.rise)
            if actual is not None:
                self._parts.append(b"/Span<</ActualText%b>>BDC" % text_string(actual))
            self._show(font, run, start, end)
            if actual is not None:
                self._parts.append(b"EMC")

    def _move(self, x: Sp, y: Sp) -> None:
        place = (thousandths(x), thousandths(y))
        across, up = place[0] - self._place[0], place[1] - self._place[1]
        self._parts.append(f"{number(across)} {number(up)} Td".encode("ascii"))
        self._place = place

    def _show(self, font: Font, run: GlyphRun, start: int, end: int) -> None:
        scale = run.size * run.stretch / 1e6  # from 1/1000 em to Sp, as stretched
        widths, codes = font.widths, font.codes
        glyphs, xs = run.glyphs[start:end], run.xs[start:end]
        spacing = 0.0
        if len(glyphs) > _FEW:
            extra = [b - a - widths[g] * scale for a, b, g in zip(xs, xs[1:], glyphs, strict=False)]
            # The middle one serves most glyphs of a justified line.
            middle = sorted(extra)[len(extra) // 2]
            if abs(middle) > _TOLERANCE / len(glyphs):
                spacing = round(middle / SP_PER_PT * 1000 / run.stretch, 4)
        self._set("Tc", b"%.6g" % spacing)
        carried = spacing * SP_PER_PT * run.stretch / 1000
        pieces: list[bytes] = []
        shown: list[bytes] = []
        pen = float(xs[0])
        for glyph, x in zip(glyphs, xs, strict=True):
            off = x - pen
            if off > _TOLERANCE or off < -_TOLERANCE:
                adjustment = round(-off / scale, 1)
                pieces.append(b"(%b)%.7g" % (b"".join(shown), adjustment))
                shown.clear()
                pen -= adjustment * scale
            shown.append(codes[glyph])
            pen += widths[glyph] * scale + carried
        last = b"(%b)" % b"".join(shown)
        self._parts.append(b"[%b%b]TJ" % (b"".join(pieces), last) if pieces else last + b"Tj")

    def _set(self, operator: str, operands: bytes) -> None:
        if self._state.get(operator, _INITIAL.get(operator)) != operands:
            self._state[operator] = operands
            self._parts.append(operands + b" " + operator.encode("ascii"))

    def _end_text(self) -> None:
        if self._in_text:
            self._parts.append(b"ET")
            self._in_text = False


def _spans(run: GlyphRun, font: Font) -> Iterator[tuple[int, int, str | None]]:
    """Cut a run where what a glyph is read as is not what it stands for here: start, end and
    the text to give in its stead (ISO 32000-1, 14.9.4), None where it is right."""
    count = len(run.glyphs)
    wrong = [k for k, g, t in zip(range(count), run.glyphs, run.texts, strict=True)
             if font.texts[g] != t or not t]  # fmt: skip
    done = 0
    for k in wrong:
        start = k
        while start > done and not run.texts[start]:
            start -= 1
        if k < done:
            continue
        end = k + 1
        while end < count and not run.texts[end]:
            end += 1
        if start > done:
            yield done, start, None
        yield start, end, run.texts[start]
        done = end
    if done < count:
        yield done, count, None


def _box(rect: Rect, height: Sp) -> str:
    """x, y of the lower left corner, width and height, in points from the foot of the page."""
    lengths = (rect.x, height - rect.y - rect.height, rect.width, rect.height)
    return " ".join(number(thousandths(length)) for length in lengths)


@cache
def _color(color: Color) -> bytes:
    parts = (color.red, color.green, color.blue)
    return " ".join(f"{part / 255:.3g}" for part in parts).encode("ascii")
