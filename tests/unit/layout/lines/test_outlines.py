"""Set lines as outlines, held against the contours that HarfBuzz draws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from math import cos, radians, sin
from pathlib import Path

import pytest

from brieftex.fonts.face import Face
from brieftex.layout.lines.outlines import outline_of
from brieftex.layout.page import GlyphRun, Line
from brieftex.units import BLACK, pt

FONTS = Path(__file__).parents[4] / "fonts"
SIZE = pt(20)
Contour = Sequence[tuple[str, Sequence[float]]]


def along(contour: Contour) -> Iterator[tuple[float, float]]:
    """Points on each step of an outline: at its ends and between them (de Casteljau)."""
    last = (0.0, 0.0)
    for kind, numbers in contour:
        points = [last, *zip(numbers[::2], numbers[1::2], strict=True)]
        if kind in "MmZh":
            points = points[1:]
        for part in (0.0, 0.3, 0.6, 1.0) if points else ():
            inner = points
            while len(inner) > 1:
                inner = [
                    (x + (v - x) * part, y + (w - y) * part) for (x, y), (v, w) in pairwise(inner)
                ]
            yield inner[0]
        last = points[-1] if points else last


@pytest.mark.parametrize("name", ["Tinos-Regular.ttf", "FandolFang-Regular.otf"])
@pytest.mark.parametrize("angle", [0, 30, 90])
def test_outlines_are_those_of_the_glyphs(name: str, angle: int) -> None:
    """Ensures that each contour lies where its glyph is set, quadratic curves as well as cubic
    ones: condensed, raised, scaled, then turned about the beginning of the line."""
    face = Face(FONTS / name)
    glyphs = tuple(face.glyph(char) or 0 for char in "aQ8")
    xs = tuple(accumulate([pt(3), pt(11), pt(12)]))
    run = GlyphRun(face, SIZE, BLACK, pt(2), -1, glyphs, xs, ("a", "Q", "8"), 800)
    x0, y0 = pt(100), pt(300)
    line = Line((run,), pt(40), pt(40), 0, 0, 3)
    found = list(along(outline_of(line, x0, y0, angle)))
    scale, turn = SIZE / face.upem, radians(angle)
    wanted = []
    for glyph, at in zip(glyphs, xs, strict=True):
        for x, y in along(face.outline(glyph)):
            across, up = at + x * scale * 0.8, y * scale + pt(2)
            wanted.append(
                (
                    x0 + across * cos(turn) - up * sin(turn),
                    y0 - across * sin(turn) - up * cos(turn),
                )
            )
    assert len(found) == len(wanted) > 100
    for mine, own in zip(found, wanted, strict=True):
        assert mine == pytest.approx(own, abs=4)
