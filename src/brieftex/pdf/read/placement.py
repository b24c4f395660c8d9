"""The positions of the text of a page, computed from its content stream (ISO 32000-1, 9.4).

The result is pieces of text, in points from the lower left corner of the page, and the number of
other things painted outside the paper. What a character is does not matter here, only whether it
is blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from msgspec import Struct, field

from brieftex.patterns import late
from brieftex.pdf.read.glyph_boxes import Rectangle
from brieftex.pdf.read.metrics import Metrics, metrics_of, number_of
from brieftex.pdf.read.parse import BrokenPdfError, Stream
from brieftex.pdf.read.pieces import (
    ABOVE,
    BELOW,
    IDENTITY,
    PdfMatrix,
    TextFragment,
    around,
    times,
)
from brieftex.pdf.read.readback import Readback, ReadPage, is_foreign

_LITERAL = rb"\([^()\\]*+(?:(?:\\.|\((?:[^()\\]++|\\.)*+\))[^()\\]*+)*+\)?+"
_HEX = rb"<[0-9A-Fa-f\s]*+>"
_NUMBER = rb"[-+.\d]++"

# The usual way to show text is one match: font, place, spacing and string, of which the first three
# may be left out. There are a hundred on a page. Operands without an operator are a match, too,
# and so is a string that nobody closed: they would be gone through again from each character.
_OPERATOR = late(
    rb"\s*+(?:(/[^\s()<>\[\]{}/%]*+\s++" + _NUMBER + rb")\s++Tf\s*+)?+"
    rb"(?:1 0 0 1 (" + _NUMBER + rb") (" + _NUMBER + rb") Tm\s*+)?+"
    rb"(?:(" + _NUMBER + rb")\s++Tc\s*+)?+"
    rb"(?:(" + _LITERAL + rb"|" + _HEX + rb")\s*+Tj"
    rb"|(\[(?:[-+.\d\s]++|" + _LITERAL + rb"|" + _HEX + rb")*+\])\s*+TJ)(?![A-Za-z'\"*])"
    rb"|((?:[-+.\d\s\[\]]++|" + _LITERAL + rb"|" + _HEX + rb"|/[^\s()<>\[\]{}/%]*+"
    rb"|<<(?:[^<>()]++|" + _LITERAL + rb"|" + _HEX + rb"|<<[^<>]*+>>)*+>>)*+)([A-Za-z'\"*]++|)",
    re.DOTALL,
)
_ELEMENT = late(rb"(" + _LITERAL + rb")|(" + _HEX + rb")|([-+.\d]++)", re.DOTALL)

_DEEPEST = 12
_OFF = 1.0
"""The distance outside the paper, in points, from which something is reported."""


class Placement(Struct):
    """What stands on a page. ``outside`` counts lines, areas and pictures beyond its edges."""

    paper: Rectangle
    pieces: list[TextFragment] = field(default_factory=list)
    outside: int = 0


def placement(read: Readback, sheet: ReadPage, fonts: dict[int, Metrics]) -> Placement:
    """Read a page. ``fonts`` are those known from other pages. Raises BrokenPdfError."""
    file = read.file
    edges = [float(file.get(edge)) for edge in file.array(sheet.entries.get("MediaBox"))]
    if len(edges) != 4:
        raise BrokenPdfError("page without a size")
    a, b, c, d = edges
    found = Placement((min(a, c), min(b, d), max(a, c), max(b, d)))
    resources = file.dictionary(sheet.entries.get("Resources"))
    _Reader(read, found, fonts).read(read.contents(sheet.entries), resources)
    return found


class _State(Struct):
    """The graphics state (ISO 32000-1, 8.4), as far as text needs it."""

    matrix: PdfMatrix = IDENTITY
    clipped: bool = False
    font: Metrics | None = None
    size: float = 0.0
    spacing: float = 0.0
    words: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0

    def copy(self) -> _State:
        """Another of the same."""
        return _State(
            self.matrix, self.clipped, self.font, self.size, self.spacing, self.words,
            self.stretch, self.leading, self.rise, self.mode,
        )  # fmt: skip


class _Reader:
    """Goes through a page once."""

    def __init__(self, read: Readback, found: Placement, fonts: dict[int, Metrics]) -> None:
        self.readback, self.found, self.fonts = read, found, fonts
        self.resources: dict[str, Any] = {}
        self.chosen: dict[bytes, tuple[Metrics | None, float]] = {}  # fonts of these, by operands
        self.state = _State()
        self.saved: list[_State] = []
        self.line = self.text = IDENTITY
        self.pen = 0.0
        self.marks: list[int] = []
        self.figure = self.figures = 0
        self.points: list[float] = []
        self.depth = 0

    def read(self, data: bytes, resources: dict[str, Any]) -> None:
        """One stream: a page's or a form's."""
        self.resources, self.chosen = resources, {}
        get = self._ACTIONS.get
        at = 0
        while at >= 0:
            start, at = at, -1
            for found in _OPERATOR.finditer(data, start):
                face, x, y, spacing, string, array, operands, operator = found.groups()
                if operator is None:
                    if face is not None:
                        self._font(face)
                    if x is not None:
                        self.line = self.text = (1.0, 0.0, 0.0, 1.0, float(x), float(y))
                        self.pen = 0.0
                    if spacing is not None:
                        self.state.spacing = float(spacing)
                    if string is not None:
                        self._text(((string, b"", b""),))
                    else:
                        self._array(array)
                    continue
                action = get(operator)
                if action is not None:
                    action(self, operands)
                elif operator == b"BI":
                    at = data.find(b"EI", found.end())  # the bytes of a picture mean nothing here
                    break

    # -- text -------------------------------------------------------------------------------

    def _begin_text(self, _: bytes) -> None:
        self.line = self.text = IDENTITY
        self.pen = 0.0

    def _place(self, operands: bytes) -> None:
        a, b, c, d, e, f = map(float, operands.split())
        self.line = self.text = (a, b, c, d, e, f)
        self.pen = 0.0

    def _move(self, operands: bytes) -> None:
        x, y = map(float, operands.split())
        self.line = self.text = times((1.0, 0.0, 0.0, 1.0, x, y), self.line)
        self.pen = 0.0

    def _move_leading(self, operands: bytes) -> None:
        _, down = operands.split()
        self.state.leading = -float(down)
        self._move(operands)

    def _next(self, _: bytes = b"") -> None:
        self._move(b"0 %f" % -self.state.leading)

    def _next_show(self, operands: bytes) -> None:
        self._next()
        self._show(operands)

    def _set_show(self, operands: bytes) -> None:
        words, spacing, string = operands.split(None, 2)
        self.state.words, self.state.spacing = float(words), float(spacing)
        self._next_show(string)

    def _font(self, operands: bytes) -> None:
        found = self.chosen.get(operands)
        if found is None:
            found = self.chosen[operands] = self._chosen(*operands.split())
        self.state.font = found[0]
        if found[0] is not None:
            self.state.size = found[1]

    def _chosen(self, name: bytes, size: bytes) -> tuple[Metrics | None, float]:
        fonts = self.readback.file.dictionary(self.resources.get("Font"))
        value = fonts.get(name[1:].decode("latin-1"))
        key = getattr(value, "number", 0)
        if key not in self.fonts or not key:
            made = metrics_of(self.readback, value)
            if made is None:
                return None, 0.0
            self.fonts[key] = made
        return self.fonts[key], float(size)

    def _stretch(self, operands: bytes) -> None:
        self.state.stretch = float(operands) / 100

    def _spacing(self, operands: bytes) -> None:
        self.state.spacing = float(operands)

    def _words(self, operands: bytes) -> None:
        self.state.words = float(operands)

    def _leading(self, operands: bytes) -> None:
        self.state.leading = float(operands)

    def _rise(self, operands: bytes) -> None:
        self.state.rise = float(operands)

    def _mode(self, operands: bytes) -> None:
        self.state.mode = int(operands)

    def _show(self, operands: bytes) -> None:
        found = _ELEMENT.search(operands)
        if found is not None:
            self._text(((found[1] or found[2], b"", b""),))

    def _array(self, operands: bytes) -> None:
        self._text(_ELEMENT.findall(operands))

    def _text(self, elements: Iterable[tuple[bytes, bytes, bytes]]) -> None:
        """Strings and numbers in a row, each a literal, a hexadecimal one, or a number that draws
        what follows back. All that does not change from one to the next is worked out before."""
        state, pen = self.state, self.pen
        font, size, stretch, spacing = state.font, state.size, state.stretch, state.spacing
        rise, hidden, behind = state.rise, state.mode in (3, 7), spacing * stretch
        words = state.words if font is not None and not font.wide else 0.0
        matrix = self.text if state.matrix is IDENTITY else times(self.text, state.matrix)
        a, b, c, d, e, f = matrix
        low, high = rise + BELOW * size, rise + ABOVE * size
        plain = not (b or c or a <= 0 or d <= 0 or high < low)  # nearly always
        foot, head = d * low + f, d * high + f
        for literal, hexadecimal, number in elements:
            if number:
                pen -= float(number) / 1000 * size * stretch
                continue
            if font is None:
                continue
            codes, ems, blank = font.string(literal or hexadecimal)
            wide = ems * size + len(codes) * spacing
            if words:
                wide += codes.count(32) * words
            start, pen = pen, pen + wide * stretch
            if blank or hidden:
                continue
            end = pen - behind
            upright = True
            if plain and end >= start:
                left, bottom, right, top = a * start + e, foot, a * end + e, head
            else:
                left, bottom, right, top = around(matrix, (start, low, end, high))
                upright = not (b or c) or not (a or d)
            self.found.pieces.append(
                TextFragment(
                    font, codes, size, stretch, spacing, rise, matrix, start, end,
                    self.figure, upright, left, bottom, right, top,
                )
            )  # fmt: skip
        self.pen = pen

    # -- everything else --------------------------------------------------------------------

    def _save(self, _: bytes) -> None:
        self.saved.append(self.state.copy())

    def _restore(self, _: bytes) -> None:
        if self.saved:
            self.state = self.saved.pop()

    def _transform(self, operands: bytes) -> None:
        a, b, c, d, e, f = map(float, operands.split())
        self.state.matrix = times((a, b, c, d, e, f), self.state.matrix)

    def _begin(self, operands: bytes) -> None:
        self.marks.append(self.figure)
        if operands.lstrip().startswith(b"/Figure"):
            self.figures += 1
            self.figure = self.figures

    def _end(self, _: bytes) -> None:
        self.figure = self.marks.pop() if self.marks else 0

    def _point(self, operands: bytes) -> None:
        self.points += map(float, operands.split()[-2:])

    def _rectangle(self, operands: bytes) -> None:
        x, y, width, height = map(float, operands.split())
        self.points += [x, y, x + width, y + height, x, y + height, x + width, y]

    def _forget(self, _: bytes) -> None:
        self.points.clear()

    def _clip(self, _: bytes) -> None:
        self.state.clipped = True

    def _paint(self, _: bytes) -> None:
        self._see(self.points)
        self.points.clear()

    def _see(self, points: list[float]) -> None:
        """Count what has points beyond the edges of the paper."""
        if self.state.clipped or not points:
            return
        a, b, c, d, e, f = self.state.matrix
        left, bottom, right, top = self.found.paper
        for x, y in zip(points[::2], points[1::2], strict=False):
            across, up = a * x + c * y + e, b * x + d * y + f
            if not (left - _OFF <= across <= right + _OFF and bottom - _OFF <= up <= top + _OFF):
                self.found.outside += 1
                return

    def _do(self, operands: bytes) -> None:
        file = self.readback.file
        name = operands.strip()[1:].decode("latin-1")
        found = file.get(file.dictionary(self.resources.get("XObject")).get(name))
        if not isinstance(found, Stream):
            return
        if found.entries.get("Subtype") != "Form" or is_foreign(file, found):
            self._see([0, 0, 1, 0, 1, 1, 0, 1])
            return
        if self.depth == _DEEPEST:
            raise BrokenPdfError("forms too deep")
        # What a form saves and does not give back ends with it (ISO 32000-1, 8.10.1).
        outside, chosen, state, saved = self.resources, self.chosen, self.state, self.saved
        self.state, self.saved = state.copy(), []
        matrix = [number_of(file.get(v)) for v in file.array(found.entries.get("Matrix"))]
        if len(matrix) == 6:
            a, b, c, d, e, f = matrix
            self.state.matrix = times((a, b, c, d, e, f), state.matrix)
        self.state.clipped = True  # by its /BBox
        self.depth += 1
        inner = file.dictionary(found.entries.get("Resources")) or outside
        self.read(self.readback.unpacked(found), inner)
        self.depth -= 1
        self.resources, self.chosen, self.state, self.saved = outside, chosen, state, saved

    # Of the class: a reader that holds its own methods is only freed when cycles are collected.
    _ACTIONS: ClassVar[dict[bytes, Callable[[_Reader, bytes], None]]] = {
        b"Tj": _show, b"TJ": _array, b"'": _next_show, b'"': _set_show,
        b"Tm": _place, b"Td": _move, b"TD": _move_leading, b"T*": _next,
        b"BT": _begin_text, b"Tf": _font, b"Tz": _stretch,
        b"Tc": _spacing, b"Tw": _words, b"TL": _leading, b"Ts": _rise,
        b"Tr": _mode, b"q": _save, b"Q": _restore, b"cm": _transform,
        b"Do": _do, b"BDC": _begin, b"BMC": _begin, b"EMC": _end,
        b"re": _rectangle, b"n": _forget, b"W": _clip, b"W*": _clip,
        **dict.fromkeys((b"m", b"l", b"c", b"v", b"y"), _point),
        **dict.fromkeys((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s"), _paint),
    }  # fmt: skip
