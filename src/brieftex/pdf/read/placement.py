"""What a page shows, and where, read from its content stream in one pass (ISO 32000-1, 9.4).

The result is its text by marked content, and the pieces of text with their places, in points from
the lower left corner of the page, with the number of other things painted outside the paper. What
a character is does not matter to its place, only whether it is blank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, ClassVar

from msgspec import Struct

from brieftex.pdf.read.content import MarkedText, PageContent
from brieftex.pdf.read.glyph_boxes import Rectangle
from brieftex.pdf.read.metrics import PageFont
from brieftex.pdf.read.operators import SHOWN_ELEMENT, operations
from brieftex.pdf.read.parse import BrokenPdfError, parse_object
from brieftex.pdf.read.pieces import (
    ABOVE,
    BELOW,
    IDENTITY,
    PdfMatrix,
    Placement,
    TextFragment,
    around,
    times,
)

_DEEPEST = 12
_OFF = 1.0
"""The distance outside the paper, in points, from which something is reported."""


class DrawnForm(Struct):
    """A form: its content, its /Matrix, and what names in it stand for, None for what they do
    around it."""

    data: bytes
    matrix: PdfMatrix
    resources: Resources | None


class Resources(Struct):
    """What the names in a content stream stand for: a font, the entries of a property list, and
    what ``Do`` draws, which is a form or, if so it says, a picture."""

    font: Callable[[str], PageFont | None]
    properties: Callable[[str], dict[str, Any]]
    drawn: Callable[[str], DrawnForm | bool]


def shown_page(
    data: bytes, resources: Resources, paper: Rectangle | None
) -> tuple[PageContent, Placement | None]:
    """Read a page of which this is the ``paper``. There is no placement where that is None or
    operands are not what their operators ask for. Raises BrokenPdfError."""
    reader = _Reader(Placement(paper or (0.0, 0.0, 0.0, 0.0)))
    reader.read(data, resources)
    return reader.marked.finished(), reader.found if paper and reader.placed else None


class _State(Struct):
    """The graphics state (ISO 32000-1, 8.4), as far as text needs it."""

    matrix: PdfMatrix = IDENTITY
    clipped: bool = False
    font: PageFont | None = None
    size: float = 0.0
    spacing: float = 0.0
    words: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    astray: bool = False  # more was given back than saved: readers have a font or have none

    def copy(self) -> _State:
        """Another of the same."""
        return _State(
            self.matrix, self.clipped, self.font, self.size, self.spacing, self.words,
            self.stretch, self.leading, self.rise, self.mode, self.astray,
        )  # fmt: skip


_MARKING = frozenset((b"BDC", b"BMC", b"Do"))
"""Operators without which the text of a page is not known."""

_UNPLACED = (ValueError, TypeError, OverflowError)
"""What operands lead to that are too many, too few or no numbers."""


class _Reader:
    """Goes through a page once."""

    def __init__(self, found: Placement) -> None:
        self.found = found
        self.placed = True  # all that there is
        self.marked = MarkedText()
        self.resources = Resources(lambda _: None, lambda _: {}, lambda _: False)
        self.chosen: dict[bytes, tuple[PageFont | None, float]] = {}  # fonts of these, by operands
        self.state = _State()
        self.saved: list[_State] = []
        self.line = self.text = IDENTITY
        self.pen = 0.0
        self.marks: list[int] = []
        self.figure = self.figures = 0
        self.points: list[float] = []
        self.depth = 0

    def read(self, data: bytes, resources: Resources) -> None:
        """One stream: a page's or a form's."""
        self.resources, self.chosen = resources, {}
        get = self._ACTIONS.get
        for face, x, y, spacing, string, array, operands, operator in operations(data):
            if not operator:
                if string or array:
                    if face or x or spacing:
                        self._prepare(face, x, y, spacing)
                    if string:
                        self._text(((string, b"", b""),))
                    else:
                        self._array(array)
            elif action := get(operator):
                try:
                    action(self, operands)
                except _UNPLACED:
                    if operator in _MARKING:
                        raise
                    self.placed = False

    def _prepare(self, face: bytes, x: bytes, y: bytes, spacing: bytes) -> None:
        """Set what stands before a string."""
        try:
            if face:
                self._font(face)
            if x:
                self.line = self.text = (1.0, 0.0, 0.0, 1.0, float(x), float(y))
                self.pen = 0.0
            if spacing:
                self.state.spacing = float(spacing)
        except ValueError:
            self.placed = False

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
            name, size = operands.split()
            found = self.resources.font(name[1:].decode("latin-1")), float(size)
            self.chosen[operands] = found
        self.state.font, self.state.size = found
        self.state.astray = False

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
        found = SHOWN_ELEMENT.search(operands)
        if found is not None:
            self._text(((found[1] or found[2], b"", b""),))

    def _array(self, operands: bytes) -> None:
        self._text(SHOWN_ELEMENT.findall(operands))

    def _text(self, elements: Iterable[tuple[bytes, bytes, bytes]]) -> None:
        """Strings and numbers in a row, each a literal, a hexadecimal one, or a number that draws
        what follows back. All that does not change from one to the next is worked out before."""
        state, pen, marked = self.state, self.pen, self.marked
        font, size, stretch, spacing = state.font, state.size, state.stretch, state.spacing
        if font is None:
            self._show_without_font(elements)
            return
        known, metrics = font.known, font.metrics
        parts = None if state.astray else marked.parts
        rise, words, hidden = state.rise, state.words, state.mode in (3, 7)
        matrix = self.text if state.matrix is IDENTITY else times(self.text, state.matrix)
        a, b, c, d, e, f = matrix
        low, high = rise + BELOW * size, rise + ABOVE * size
        plain = a == d == 1 and not (b or c) and low <= high  # nearly always
        for literal, hexadecimal, number in elements:
            if number:
                pen -= float(number) / 1000 * size * stretch
                continue
            string = literal or hexadecimal
            found = known.get(string) or font.string(string, marked.content.faults)
            codes, text, ems, blank = found
            if parts is None:
                marked.show("" if state.astray else text)
            else:
                parts.append(text)
            if metrics is None:
                continue
            wide = ems * size
            if spacing:
                wide += len(codes) * spacing
            if words and not metrics.wide:
                wide += codes.count(32) * words
            start = pen
            pen += wide * stretch
            if blank or hidden:
                continue
            end = pen - spacing * stretch
            if plain and end >= start:
                upright = True
                left, bottom, right, top = start + e, low + f, end + e, high + f
            else:
                left, bottom, right, top = around(matrix, (start, low, end, high))
                upright = not (b or c) or not (a or d)
            self.found.pieces.append(
                TextFragment(
                    metrics, codes, size, stretch, spacing, rise, matrix, start, end,
                    self.figure, upright, left, bottom, right, top,
                )
            )  # fmt: skip
        self.pen = pen

    def _show_without_font(self, elements: Iterable[tuple[bytes, bytes, bytes]]) -> None:
        for _, _, number in elements:
            if number:
                self.pen -= float(number) / 1000 * self.state.size * self.state.stretch
            else:
                self.marked.show("")

    # -- everything else --------------------------------------------------------------------

    def _save(self, _: bytes) -> None:
        self.saved.append(self.state.copy())

    def _restore(self, _: bytes) -> None:
        if self.saved:
            self.state = self.saved.pop()
        else:
            self.state.astray = True

    def _transform(self, operands: bytes) -> None:
        a, b, c, d, e, f = map(float, operands.split())
        self.state.matrix = times((a, b, c, d, e, f), self.state.matrix)

    def _begin(self, operands: bytes) -> None:
        tag, properties = _mark(operands)
        if isinstance(properties, str):
            properties = self.resources.properties(properties)
        self.marked.begin(tag, properties)
        self.marks.append(self.figure)
        if tag == "Figure":
            self.figures += 1
            self.figure = self.figures

    def _begin_alone(self, operands: bytes) -> None:
        self._begin(operands + b"<<>>")

    def _end(self, _: bytes) -> None:
        self.marked.end()
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

    def _shade(self, _: bytes) -> None:
        self.marked.paint()

    def _paint(self, _: bytes) -> None:
        self.marked.paint()
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
        drawn = self.resources.drawn(operands.strip()[1:].decode("latin-1"))
        if not isinstance(drawn, DrawnForm):
            self.marked.paint()
            if drawn:
                self._see([0, 0, 1, 0, 1, 1, 0, 1])
            return
        if self.depth == _DEEPEST:
            raise BrokenPdfError("forms too deep")
        # What a form saves and does not give back ends with it (ISO 32000-1, 8.10.1).
        outside, chosen, state, saved = self.resources, self.chosen, self.state, self.saved
        self.state, self.saved = state.copy(), []
        self.state.matrix = times(drawn.matrix, state.matrix)
        self.state.clipped = True  # by its /BBox
        self.depth += 1
        self.read(drawn.data, drawn.resources or outside)
        self.depth -= 1
        self.resources, self.chosen, self.state, self.saved = outside, chosen, state, saved

    # Of the class: a reader that holds its own methods is only freed when cycles are collected.
    _ACTIONS: ClassVar[dict[bytes, Callable[..., None]]] = {
        b"Tj": _show, b"TJ": _array, b"'": _next_show, b'"': _set_show,
        b"Tm": _place, b"Td": _move, b"TD": _move_leading, b"T*": _next,
        b"BT": _begin_text, b"Tf": _font, b"Tz": _stretch,
        b"Tc": _spacing, b"Tw": _words, b"TL": _leading, b"Ts": _rise,
        b"Tr": _mode, b"q": _save, b"Q": _restore, b"cm": _transform,
        b"Do": _do, b"BDC": _begin, b"BMC": _begin_alone, b"EMC": _end, b"sh": _shade,
        b"re": _rectangle, b"n": _forget, b"W": _clip, b"W*": _clip,
        b"BI": _shade,
        **dict.fromkeys((b"m", b"l", b"c", b"v", b"y"), _point),
        **dict.fromkeys((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s"), _paint),
    }  # fmt: skip


@lru_cache(4096)
def _mark(operands: bytes) -> tuple[str, Any]:
    """The tag and the properties of marked content: a dictionary or the name of a list."""
    tag, end = parse_object(operands, 0)
    properties, _ = parse_object(operands, end)
    if not isinstance(tag, str) or not isinstance(properties, dict | str):
        raise BrokenPdfError(f"marked content of {operands[:20]!r}")
    return tag, properties
