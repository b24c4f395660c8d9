"""A face as content streams know it, and what a line asks of it in a size.

What is the same for every run of a face in a size is made once: by how much each glyph carries on,
and the operands that select it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping

from brieftex.fonts.face import Face
from brieftex.pdf.write.objects import number, thousandths
from brieftex.units import SP_PER_PT, Sp


class FontInUse(ABC):
    """A face as content streams know it.

    ``name`` is its resource name, ``codes`` the two bytes of each glyph, escaped for a literal
    string, ``widths`` their advances in 1/1000 em as written in the file, and ``texts`` their
    texts in ToUnicode. ``filler`` is the code and width of a blank glyph without text; a face
    without blanks has none. ``copied`` has the copies of glyphs, as ``spaced`` gives them, and
    ``asked`` collects which were asked for. ``kinds`` tells glyphs apart that are shown
    differently, by ``numbers`` of what does that.
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

    def __init__(self) -> None:
        """Nothing is known of copies yet."""
        self.copied = {}
        self.asked = []
        self.kinds = {}
        self.numbers = {}
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


class SizedFont:
    """A face in a size. ``scale`` is Sp for 1/1000 em, as stretched, ``written`` the same of the
    size as the file says it, by which that share of an advance is ``lost``. ``eighth``
    is an eighth of an em (Sp); ``advances`` (Sp) has every glyph that has a width; ``operands``
    select the face."""

    __slots__ = ("advances", "eighth", "font", "lost", "operands", "scale", "written")

    def __init__(self, font: FontInUse, size: Sp, stretch: int) -> None:
        """``stretch`` is in thousandths."""
        self.font = font
        self.scale = size * stretch / 1e6
        self.eighth = self.scale * 125
        self.written = thousandths(size) * SP_PER_PT * stretch / 1e9
        self.lost = (self.scale - self.written) / self.scale
        self.advances: dict[int, float] = _Advances(font.widths, self.scale)
        self.operands = f"/{font.name} {number(thousandths(size))}".encode("ascii")


class SizedFonts(dict[tuple[Face, Sp, int], SizedFont]):
    """Faces in sizes, stretched to so many thousandths of their width, each made when it is first
    asked for. The faces do not hold them: that would be a cycle."""

    __slots__ = ("_fonts",)

    def __init__(self, fonts: Mapping[Face, FontInUse]) -> None:
        """``fonts`` has every face that will be asked for."""
        self._fonts = fonts

    def __missing__(self, key: tuple[Face, Sp, int]) -> SizedFont:
        """Enter a size."""
        face, size, stretch = key
        made = self[key] = SizedFont(self._fonts[face], size, stretch)
        return made


class _Advances(dict[int, float]):
    """Advances of glyphs, each made from its width when it is first asked for."""

    __slots__ = ("_scale", "_widths")

    def __init__(self, widths: dict[int, float], scale: float) -> None:
        self._widths = widths
        self._scale = scale

    def __missing__(self, glyph: int) -> float:
        """Enter a glyph."""
        advance = self[glyph] = self._widths[glyph] * self._scale
        return advance
