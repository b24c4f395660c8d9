"""Set lines converted to outlines, for words that must not be extracted or read as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, radians, sin

from brieftex.fonts.face import Stroke
from brieftex.layout.page import GlyphRun, Line
from brieftex.units import Sp
from brieftex.vector import Outline, Step

# Cosine and sine are rounded to these parts, so that outlines are made of integers.
_PARTS = 1_000_000


def outline_of(line: Line, x: Sp, y: Sp, angle: int = 0) -> Outline:
    """The outlines of a line whose baseline begins at (x, y) and rises by ``angle`` degrees."""
    turn = round(cos(radians(angle)) * _PARTS), round(sin(radians(angle)) * _PARTS)
    steps: list[Step] = []
    for run in line.runs:
        for glyph, at in zip(run.glyphs, run.xs, strict=True):
            for kind, points in _cubic(run.face.outline(glyph)):
                steps.append((kind, _placed(run, points, (x, y, at), turn)))
    return tuple(steps)


def _cubic(strokes: Sequence[Stroke]) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Contours with quadratic curves made cubic, the only ones that PDF has."""
    last: tuple[float, ...] = (0.0, 0.0)
    for kind, points in strokes:
        if kind == "Z":
            yield "h", ()
            continue
        if kind == "Q":
            (x0, y0), (x1, y1, x, y) = last, points
            first = x0 + (x1 - x0) * 2 / 3, y0 + (y1 - y0) * 2 / 3
            yield "c", (*first, x + (x1 - x) * 2 / 3, y + (y1 - y) * 2 / 3, x, y)
        else:
            yield kind.lower(), points
        last = points[-2:]


def _placed(
    run: GlyphRun,
    points: tuple[float, ...],
    origin: tuple[Sp, Sp, Sp],
    turn: tuple[int, int],
) -> tuple[Sp, ...]:
    """Points in font units as coordinates on the page, Sp."""
    x, y, at = origin
    cosine, sine = turn
    size, upem = run.size, run.face.upem
    wide, parts = size * run.stretch, upem * 1000
    placed: list[Sp] = []
    for k in range(0, len(points), 2):
        across = at + _scaled(points[k], wide, parts)
        up = _scaled(points[k + 1], size, upem) + run.rise
        placed.append(x + (across * cosine - up * sine) // _PARTS)
        placed.append(y - (across * sine + up * cosine) // _PARTS)
    return tuple(placed)


def _scaled(value: float, times: int, parts: int) -> int:
    """``value * times / parts`` to the nearest whole number, of two as near the even one, exactly:
    fractions take four times as long, and a chart has thousands of points."""
    numerator, denominator = value.as_integer_ratio()
    denominator *= parts
    whole, rest = divmod(numerator * times, denominator)
    return whole + (2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1))
