"""A face as content streams know it, and what a line asks of it in a style.

What is the same for every run of a style is made once: by how much each glyph carries on, and the
operands that select it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from brieftex.layout.page import GlyphRun
from brieftex.pdf.write.objects import color_operands, number, thousandths
from brieftex.units import SP_PER_PT


class GlyphKinds(dict[int, int]):
    """The kind of each glyph of a font, as a number. Those of one kind leave the same gaps and take
    the same white. ``widths`` has the width of each kind, in 1/1000 em; ``partial``: a glyph that
    was asked for has no text."""

    def __init__(self, widths: Mapping[int, float], texts: Mapping[int, str]) -> None:
        """``widths`` and ``texts`` are those of the glyphs."""
        super().__init__()
        self.widths: list[float] = []
        self.partial = False
        self._widths, self._texts = widths, texts
        self._numbers: dict[tuple[float, tuple[bool, bool, bool]], int] = {}

    def __missing__(self, glyph: int) -> int:
        width, text = self._widths[glyph], self._texts[glyph]
        kind = width, _sort_of(text)
        number = self._numbers.get(kind)
        if number is None:
            number = self._numbers[kind] = len(self.widths)
            self.widths.append(width)
            self.partial = self.partial or not text
        self[glyph] = number
        return number


@lru_cache(8192)  # texts have the same characters again and again
def _sort_of(text: str) -> tuple[bool, bool, bool]:
    """What matters of a text to the gaps around it."""
    return not text, text.isspace(), begins_han(text)


def begins_han(text: str) -> bool:
    """Whether a text begins with a Han character."""
    return "㐀" <= text < "ꀀ"


class FontInUse(ABC):
    """A face as content streams know it.

    ``name`` is its resource name, ``codes`` the two bytes of each glyph, escaped for a literal
    string, ``widths`` their advances in 1/1000 em as written in the file, and ``texts`` their
    texts in ToUnicode. ``filler`` is the code and width of a blank glyph without text; a face
    without blanks has none. ``copied`` has the copies of glyphs, as ``spaced`` gives them, and
    ``asked`` collects which were asked for.
    """

    name: str
    codes: dict[int, bytes]
    widths: dict[int, float]
    texts: dict[int, str]
    filler: tuple[bytes, float] | None
    copied: dict[tuple[int, int, int], tuple[bytes, float, float]]
    asked: list[tuple[int, int, int]]

    def __init__(self) -> None:
        """Nothing is known of copies yet."""
        self.copied = {}
        self.asked = []
        self._copyable: dict[int, bool] = {}

    @cached_property
    def kinds(self) -> GlyphKinds:
        """What tells glyphs apart that are shown differently."""
        return GlyphKinds(self.widths, self.texts)

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
    is an eighth of an em (Sp); ``kinds`` are those of the face's glyphs; ``operands`` select the
    face. ``ink`` are their colour, how far they are raised, and how thick the line around them is,
    nothing where there is none, as operands."""

    __slots__ = (
        "_advances", "eighth", "font", "ink", "kinds", "lost", "operands", "scale", "size",
        "stretch", "written",
    )  # fmt: skip

    def __init__(self, font: FontInUse, run: GlyphRun) -> None:
        """``run`` is the first that is set so."""
        self.font, self.size, self.stretch = font, run.size, run.stretch
        self.kinds = font.kinds
        self.scale = run.size * run.stretch / 1e6
        self.eighth = self.scale * 125
        self.written = thousandths(run.size) * SP_PER_PT * run.stretch / 1e9
        self.lost = (self.scale - self.written) / self.scale
        self._advances: list[float] = []  # by kind
        self.operands = f"/{font.name} {number(thousandths(run.size))}".encode("ascii")
        rise, stroke = (
            number(thousandths(length)).encode("ascii") for length in (run.rise, run.stroke)
        )
        self.ink = color_operands(run.color), rise, stroke if run.stroke else b""

    def advances(self, kinds: Sequence[int]) -> Iterator[float]:
        """By how much (Sp) glyphs of these kinds carry on."""
        known, widths = self._advances, self.kinds.widths
        if len(known) < len(widths):
            known += [width * self.scale for width in widths[len(known) :]]
        return map(known.__getitem__, kinds)
