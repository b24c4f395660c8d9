"""Pieces of text on a page and their glyphs, each with its box in points from the page's foot."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import accumulate
from typing import TypeAlias
from unicodedata import category

from msgspec import Struct, field

from brieftex.pdf.read.glyph_boxes import Rectangle
from brieftex.pdf.read.metrics import Metrics

PdfMatrix: TypeAlias = tuple[float, float, float, float, float, float]

IDENTITY: PdfMatrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

ABOVE, BELOW = 0.88, -0.12
"""The em box of a Chinese face, from the baseline, in em."""


class TextFragment(Struct):
    """Characters in a row. ``matrix`` leads from text space to the page, ``start`` and ``end``
    are their ends in text space, ``left`` to ``top`` the box of their cells on the page.
    ``figure`` is the number of the figure that they belong to, 0 for none; ``upright`` says whether
    they run along an edge of the page."""

    font: Metrics
    codes: tuple[int, ...]
    size: float
    stretch: float
    spacing: float
    rise: float
    matrix: PdfMatrix
    start: float
    end: float
    figure: int
    upright: bool
    left: float
    bottom: float
    right: float
    top: float

    @property
    def text(self) -> str:
        """The characters, as far as the font says them."""
        return "".join(self.font.texts.get(code, "") for code in self.codes)

    def glyphs(self) -> Iterator[Glyph]:
        """The glyphs that show something."""
        font, size, stretch = self.font, self.size, self.stretch
        steps = ((font.widths[code] * size + self.spacing) * stretch for code in self.codes)
        for code, x in zip(self.codes, accumulate(steps, initial=self.start), strict=False):
            if not font.blank(code):
                yield Glyph(self, code, x)


class Glyph(Struct):
    """A glyph of a piece; ``x`` is where it begins in text space."""

    piece: TextFragment
    code: int
    x: float
    _ink: Rectangle | None = None

    @property
    def text(self) -> str:
        """What it stands for, "" if the file does not say."""
        return self.piece.font.texts.get(self.code, "")

    @property
    def combines(self) -> bool:
        """Whether it stands on, under or around another character (Unicode, category M)."""
        return bool(self.text) and all(category(char)[0] == "M" for char in self.text)

    @property
    def mark(self) -> bool:
        """Whether it is a punctuation mark."""
        return unicodedata.category(self.text[:1] or "A")[0] == "P"

    @property
    def cell(self) -> Rectangle:
        """The box of its cell on the page."""
        piece = self.piece
        width = piece.font.widths[self.code] * piece.size * piece.stretch
        low, high = piece.rise + BELOW * piece.size, piece.rise + ABOVE * piece.size
        return around(piece.matrix, (self.x, low, self.x + width, high))

    @property
    def ink(self) -> Rectangle:
        """The box of its ink on the page."""
        if self._ink is None:
            piece = self.piece
            left, bottom, right, top = piece.font.box(self.code)
            size, wide, rise = piece.size, piece.size * piece.stretch, piece.rise
            box = (
                self.x + left * wide,
                rise + bottom * size,
                self.x + right * wide,
                rise + top * size,
            )
            self._ink = around(piece.matrix, box)
        return self._ink


class Placement(Struct):
    """What stands on a page. ``outside`` counts lines, areas and pictures beyond its edges."""

    paper: Rectangle
    pieces: list[TextFragment] = field(default_factory=list)
    outside: int = 0


def times(m: PdfMatrix, n: PdfMatrix) -> PdfMatrix:
    """First ``m``, then ``n``."""
    a, b, c, d, e, f = m
    g, h, i, j, k, o = n
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + o,
    )  # fmt: skip


def around(m: PdfMatrix, box: Rectangle) -> Rectangle:
    """The box around ``box`` once it is moved by ``m``."""
    a, b, c, d, e, f = m
    left, bottom, right, top = box
    if not (b or c):
        xs, ys = (a * left + e, a * right + e), (d * bottom + f, d * top + f)
        return min(xs), min(ys), max(xs), max(ys)
    points = [(x, y) for x in (left, right) for y in (bottom, top)]
    across = [a * x + c * y + e for x, y in points]
    up = [b * x + d * y + f for x, y in points]
    return min(across), min(up), max(across), max(up)
