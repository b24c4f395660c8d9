"""Pictures as values: what is known of a picture file once it has been looked at.

Nothing here reads a file. A picture of pixels is its path and its size; an SVG file that is not
drawn as vectors is its markup, ready for a renderer.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from brieftex.units import Color, pt

PICTURE_LIMIT = 400_000_000
"""Largest file of a picture, bytes: the most pixels that a picture may have, not packed."""


class Raster(Struct, frozen=True):
    """A picture of pixels; ``width`` and ``height`` are those of the picture seen upright,
    ``orientation`` says how the stored one is turned to be so (TIFF 6.0, tag 274)."""

    path: Path
    width: int
    height: int
    orientation: int = 1


class Markup(Struct, frozen=True):
    """An SVG file for a renderer: what it is, in one piece, and the words in it. ``width`` and
    ``height`` are those of the file, Sp; ``background`` lies behind it, else white."""

    path: Path
    width: int
    height: int
    svg: str
    texts: tuple[str, ...] = ()
    background: Color | None = None


class PdfPage(Struct, frozen=True):
    """A page of another program's PDF file, by its number, from 1; ``width`` and ``height`` are
    those of what is seen of it, upright, Sp."""

    path: Path
    number: int
    width: int
    height: int

    @classmethod
    def of(cls, path: Path, number: int, width_pt: float, height_pt: float) -> PdfPage:
        """The page of this size in points."""
        return cls(path, number, max(pt(width_pt), 1), max(pt(height_pt), 1))


Picture: TypeAlias = Raster | Markup | PdfPage


def on_its_side(turn: tuple[int, ...]) -> tuple[int, ...]:
    """A map of the unit square onto itself, y upwards, and then a quarter turn to the left."""
    a, b, c, d, e, f = turn
    return -b, a, -d, c, 1 - f, e
