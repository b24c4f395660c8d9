"""A face as content streams know it, and what a line asks of it in a style.

What is the same for every run of a style is made once: by how much each glyph carries on, and the
operands that select it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable

from brieftex.layout.page import GlyphRun
from brieftex.pdf.write.objects import color_operands, number, thousandths
from brieftex.units import SP_PER_PT


class FontInUse(ABC):
    """A face as content streams know it.

    ``name`` is its resource name, ``codes`` the two bytes of each glyph, escaped for a literal
    string, ``widths`` their advances in 1/1000 em as written in the file, and ``texts`` their
    texts in ToUnicode. ``filler`` is the code and width of a blank glyph without text; a face
    without blanks has none. ``copied`` has the copies of glyphs, as ``spaced`` gives them, and
    ``asked`` collects which were asked for. ``kinds`` tells glyphs apart that are shown
    differently, by ``numbers`` of what does that; ``partial``: one that was told apart has no text.
    """

    name: str
    codes: dict[int, bytes]
    widths: dict[int, float]
    texts: dict[int, str]
    filler: tuple[bytes, float] | None
    copied: dict[tuple[int, int, int], tuple[bytes, float, float]]
    asked: list[tuple[int, int, int]]
    kinds: dict[int, int]
    numbers: dict[tuple[float, bool, bool, bool], int]
    partial: bool

    def __init__(self) -> None:
        """Nothing is known of copies yet."""
        self.copied = {}
        self.asked = []
        self.kinds = {}
        self.numbers = {}
        self.partial = False
        self._copyable: dict[int, bool] = {}

    def spaceable(self, gid: int) -> bool:
        """Whether there can be copies of a glyph."""
        known = self._copyable.get(gid)
        if known is None:
            known = self._copyable[gid] = self._can_copy(gid)
        return known

    def spaced(self, gid: int, before: int, after: int) -> tuple[bytes, float, float]:
        """A copy of a glyph with more white ``before`` and ``after`` it, in eighths of an em: its
        code, its width and the white before it, in 1/1000 em. It is made at the first call."""
        copy = gid, before, after
        self.asked.append(copy)
        known = self.copied.get(copy)
        if known is None:
            known = self.copied[copy] = self._copy(gid, before, after)
        return known

    @abstractmethod
    def _can_copy(self, gid: int) -> bool:
        """Whether there can be copies of a glyph."""

    @abstractmethod
    def _copy(self, gid: int, before: int, after: int) -> tuple[bytes, float, float]:
        """Make a copy, as ``spaced`` says."""


class RunStyle:
    """How glyphs of a face are set. ``scale`` is Sp for 1/1000 em, as stretched, ``written`` the
    same of the size as the file says it, by which that share of an advance is ``lost``. ``eighth``
    is an eighth of an em (Sp); ``advances`` (Sp) has the glyphs that are known; ``operands``
    select the face. ``ink`` are their colour, how far they are raised, and how thick the line
    around them is, nothing where there is none, as operands."""

    __slots__ = (
        "advances", "eighth", "font", "ink", "lost", "operands", "scale", "size", "stretch",
        "written",
    )  # fmt: skip

    def __init__(self, font: FontInUse, run: GlyphRun) -> None:
        """``run`` is the first that is set so."""
        self.font, self.size, self.stretch = font, run.size, run.stretch
        self.scale = run.size * run.stretch / 1e6
        self.eighth = self.scale * 125
        self.written = thousandths(run.size) * SP_PER_PT * run.stretch / 1e9
        self.lost = (self.scale - self.written) / self.scale
        self.advances: dict[int, float] = {}
        self.operands = f"/{font.name} {number(thousandths(run.size))}".encode("ascii")
        rise, stroke = (
            number(thousandths(length)).encode("ascii") for length in (run.rise, run.stroke)
        )
        self.ink = color_operands(run.color), rise, stroke if run.stroke else b""

    def know(self, glyphs: Iterable[int]) -> None:
        """Enter the advances of glyphs."""
        self.advances.update((glyph, self.font.widths[glyph] * self.scale) for glyph in glyphs)
