"""How far the ink of glyphs reaches, from the font programs that a PDF file embeds.

TrueType glyphs say it themselves (OpenType, glyf). A CFF program is run as far as its points go
(Adobe Technical Notes 5176 and 5177): the box around end and control points holds the glyph.
Programs that call subroutines, glyphs whose numbers are not their CIDs, and broken programs
are not known.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import cached_property
from itertools import cycle, pairwise
from typing import TypeAlias

from brieftex.pdf.read.parse import BrokenPdfError

Rectangle: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top, in em from the glyph's origin."""

_BROKEN = (
    BrokenPdfError,
    struct.error,
    IndexError,
    KeyError,
    ValueError,
    TypeError,
    ZeroDivisionError,
)
_EMPTY: Rectangle = (0.0, 0.0, 0.0, 0.0)


class GlyphBoxes:
    """The boxes of one program's glyphs."""

    def __init__(self, program: Callable[[], bytes]) -> None:
        """``program`` gives a TrueType file or a CFF table, if it is asked for."""
        self._program = program
        self._known: dict[int, Rectangle | None] = {}

    def box(self, glyph: int) -> Rectangle | None:
        """The box of a glyph, an empty one for a blank, None where it cannot be told."""
        if glyph not in self._known:
            try:
                self._known[glyph] = self._read(glyph)
            except _BROKEN:
                self._known[glyph] = None
        return self._known[glyph]

    @cached_property
    def _read(self) -> Callable[[int], Rectangle | None]:
        program = self._program()
        if program[:4] in (b"\0\1\0\0", b"true"):
            return _TrueType(program).box
        return _Cff(program).box


class _TrueType:
    def __init__(self, data: bytes) -> None:
        self.data = data
        count = struct.unpack_from(">H", data, 4)[0]
        self.tables: dict[bytes, int] = {}
        for k in range(count):
            tag, _, offset, _ = struct.unpack_from(">4sLLL", data, 12 + 16 * k)
            self.tables[tag] = offset
        head = self.tables[b"head"]
        self.upem = struct.unpack_from(">H", data, head + 18)[0]
        self.long = struct.unpack_from(">h", data, head + 50)[0]

    def box(self, glyph: int) -> Rectangle:
        loca, glyf = self.tables[b"loca"], self.tables[b"glyf"]
        if self.long:
            start, end = struct.unpack_from(">LL", self.data, loca + 4 * glyph)
        else:
            start, end = (2 * v for v in struct.unpack_from(">HH", self.data, loca + 2 * glyph))
        if start == end:
            return _EMPTY
        edges = struct.unpack_from(">4h", self.data, glyf + start + 2)
        left, bottom, right, top = (edge / self.upem for edge in edges)
        return left, bottom, right, top


class _Cff:
    def __init__(self, data: bytes) -> None:
        self.data = data
        _, at = self._index(data[2])  # names
        tops, _ = self._index(at)
        top = _dictionary(data[slice(*tops[0])])
        if (12, 6) in top and top[12, 6] != [2]:
            raise ValueError("charstrings of another type")
        self.scale = top[12, 7][0] if (12, 7) in top else 0.001
        self.glyphs, _ = self._index(int(top[17,][0]))
        if (12, 30) in top and not self._plain(int(top[15,][0])):
            raise ValueError("glyphs whose numbers are not their CIDs")

    def _plain(self, at: int) -> bool:
        """Whether the CID of each glyph is its number: one range from 1 to the last."""
        form = self.data[at]
        if form not in (1, 2):
            return False
        first, more = struct.unpack_from(">HB" if form == 1 else ">HH", self.data, at + 1)
        return bool(first == 1 and more >= len(self.glyphs) - 2)

    def _index(self, at: int) -> tuple[list[tuple[int, int]], int]:
        """The entries of an INDEX, and where it ends."""
        count = struct.unpack_from(">H", self.data, at)[0]
        if not count:
            return [], at + 2
        size = self.data[at + 2]
        base = at + 3
        offsets = [
            int.from_bytes(self.data[base + size * k : base + size * (k + 1)], "big")
            for k in range(count + 1)
        ]
        start = base + size * (count + 1) - 1
        spans = [(start + a, start + b) for a, b in pairwise(offsets)]
        return spans, start + offsets[-1]

    def box(self, glyph: int) -> Rectangle | None:
        start, end = self.glyphs[glyph]
        if end > len(self.data):
            raise ValueError("a charstring beyond the end")
        pen = _Pen()
        if not pen.run(self.data[start:end]):
            return None
        if not pen.xs:
            return _EMPTY
        edges = (min(pen.xs), min(pen.ys), max(pen.xs), max(pen.ys))
        left, bottom, right, top = (edge * self.scale for edge in edges)
        return left, bottom, right, top


def _dictionary(data: bytes) -> dict[tuple[int, ...], list[float]]:
    """The operands of a DICT by operator."""
    found: dict[tuple[int, ...], list[float]] = {}
    operands: list[float] = []
    at = 0
    while at < len(data):
        byte = data[at]
        at += 1
        if byte <= 21:
            key: tuple[int, ...] = (byte,)
            if byte == 12:
                key = (12, data[at])
                at += 1
            found[key], operands = operands, []
        elif byte == 30:
            text = ""
            while "f" not in text:
                text += f"{data[at]:02x}"
                at += 1
            digits = text[: text.index("f")]
            digits = digits.replace("a", ".").replace("b", "E").replace("c", "E-").replace("e", "-")
            operands.append(float(digits))
        else:
            value, at = _integer(data, at - 1)
            operands.append(value)
    return found


def _integer(data: bytes, at: int) -> tuple[int, int]:
    """An integer operand, and where it ends."""
    byte = data[at]
    if byte == 28:
        return struct.unpack_from(">h", data, at + 1)[0], at + 3
    if byte == 29:
        return struct.unpack_from(">l", data, at + 1)[0], at + 5
    if byte <= 246:
        return byte - 139, at + 1
    if byte <= 250:
        return (byte - 247) * 256 + data[at + 1] + 108, at + 2
    return -(byte - 251) * 256 - data[at + 1] - 108, at + 2


class _Pen:
    """Runs a Type 2 charstring and keeps the points."""

    def __init__(self) -> None:
        self.x = self.y = 0.0
        self.xs: list[float] = []
        self.ys: list[float] = []
        self.stack: list[float] = []
        self.hints = 0

    def run(self, code: bytes) -> bool:
        """Whether the charstring was understood."""
        at = 0
        while at < len(code):
            byte = code[at]
            if byte == 255:
                self.stack.append(struct.unpack_from(">l", code, at + 1)[0] / 65536)
                at += 5
            elif byte == 28 or byte >= 32:
                value, at = _integer(code, at)
                self.stack.append(value)
            elif byte == 14:  # endchar
                return True
            elif byte in (19, 20):  # hintmask, cntrmask
                self.hints += len(self.stack) // 2
                self.stack.clear()
                at += 1 + (self.hints + 7) // 8
            else:
                at += 1
                if byte == 12:
                    byte = 1200 + code[at]
                    at += 1
                if byte not in _DRAWING:
                    return False
                _DRAWING[byte](self)
                self.stack.clear()
        return True

    def _to(self, dx: float, dy: float) -> None:
        self.x += dx
        self.y += dy
        self.xs.append(self.x)
        self.ys.append(self.y)

    def hint(self) -> None:
        """hstem, vstem and their like."""
        self.hints += len(self.stack) // 2

    def move(self) -> None:
        """The operator rmoveto; a width may stand before the operands of a first move."""
        self._to(self.stack[-2], self.stack[-1])

    def move_across(self) -> None:
        """The operator hmoveto."""
        self._to(self.stack[-1], 0)

    def move_up(self) -> None:
        """The operator vmoveto."""
        self._to(0, self.stack[-1])

    def lines(self) -> None:
        """The operator rlineto."""
        self._lines(self.stack)

    def _lines(self, values: list[float]) -> None:
        for dx, dy in zip(values[::2], values[1::2], strict=True):
            self._to(dx, dy)

    def _turning(self, *, across: bool) -> None:
        for value, flat in zip(self.stack, cycle((across, not across)), strict=False):
            self._to(value if flat else 0, 0 if flat else value)

    def lines_across(self) -> None:
        """The operator hlineto."""
        self._turning(across=True)

    def lines_up(self) -> None:
        """The operator vlineto."""
        self._turning(across=False)

    def flat(self) -> None:
        """The operator hhcurveto."""
        first = self.stack.pop(0) if len(self.stack) % 2 else 0
        for k in range(0, len(self.stack), 4):
            a, b, c, d = self.stack[k : k + 4]
            self._lines([a, first if k == 0 else 0, b, c, d, 0])

    def upright(self) -> None:
        """The operator vvcurveto."""
        first = self.stack.pop(0) if len(self.stack) % 2 else 0
        for k in range(0, len(self.stack), 4):
            a, b, c, d = self.stack[k : k + 4]
            self._lines([first if k == 0 else 0, a, b, c, 0, d])

    def across_first(self) -> None:
        """The operator hvcurveto."""
        self._alternating(across=True)

    def up_first(self) -> None:
        """The operator vhcurveto."""
        self._alternating(across=False)

    def _alternating(self, *, across: bool) -> None:
        values = self.stack
        last = values.pop() if len(values) % 4 else 0
        for k in range(0, len(values), 4):
            a, b, c, d = values[k : k + 4]
            end = last if k + 4 == len(values) else 0
            self._lines([a, 0, b, c, end, d] if across else [0, a, b, c, d, end])
            across = not across

    def flex(self) -> None:
        """The operator flex."""
        self._lines(self.stack[:12])

    def flex_flat(self) -> None:
        """The operator hflex."""
        a, b, c, d, e, f, g = self.stack
        self._lines([a, 0, b, c, d, 0, e, 0, f, -c, g, 0])

    def flex_one(self) -> None:
        """The operator hflex1."""
        a, b, c, d, e, f, g, h, i = self.stack
        self._lines([a, b, c, d, e, 0, f, 0, g, h, i, -(b + d + h)])

    def flex_end(self) -> None:
        """The operator flex1."""
        first, last = self.stack[:10], self.stack[10]
        across, up = sum(first[::2]), sum(first[1::2])
        flat = abs(across) > abs(up)
        self._lines([*first, last if flat else -across, -up if flat else last])


_DRAWING: dict[int, Callable[[_Pen], None]] = {
    1: _Pen.hint, 3: _Pen.hint, 18: _Pen.hint, 23: _Pen.hint,
    21: _Pen.move, 22: _Pen.move_across, 4: _Pen.move_up,
    5: _Pen.lines, 6: _Pen.lines_across, 7: _Pen.lines_up,
    8: _Pen.lines, 24: _Pen.lines, 25: _Pen.lines,  # curves by their points
    27: _Pen.flat, 26: _Pen.upright, 31: _Pen.across_first, 30: _Pen.up_first,
    1235: _Pen.flex, 1234: _Pen.flex_flat, 1236: _Pen.flex_one, 1237: _Pen.flex_end,
}  # fmt: skip
"""By operator; those of two bytes are 1200 and the second."""
