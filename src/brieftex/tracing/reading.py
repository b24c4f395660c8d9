"""By how much each line of a page was moved, measured in a picture of it.

In: ink with level lines, the page it shows and roughly where. Each part of each row is laid over
its expected ink and moved up and down until both are most alike. Rows that stay say how the page
was placed, turned, stretched and bent; a row that carries a sign is measured by those near it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import ceil
from operator import sub

from msgspec import Struct
from PIL import Image

from brieftex.tracing.ink import correlation_with, row_means
from brieftex.tracing.linemap import STRIP, InkPart, MapPage, MapRow
from brieftex.tracing.matching import PagePlace
from brieftex.tracing.shifts import SHIFT
from brieftex.units import to_pt

_WIDE, _NEAR = 3.0, 1.25  # pt up and down, in the first search and in later ones
_FARTHEST = 2 * _WIDE  # pt: no search goes so far
_ROUNDS = 2
_ALIKE = 0.5  # a part that is less like its expected ink is not believed
_BAND = 2.6  # leadings: rows farther off say nothing about a row
_CLIP = 1.0  # of a shift: more is a fault of the reading, and weighs no more
_ABSURD = 3.0  # of a shift: more is no reading


class PartReading(Struct, frozen=True):
    """A part lies ``down`` pt below its place, at ``x`` and ``y``; ``weight`` is how far it is
    believed."""

    x: float
    y: float
    down: float
    weight: float


class RowReading(Struct, frozen=True):
    """What a row says: its sign's index and the reading in shifts, about 1 or -1."""

    sign: int
    reading: float


class PageReading(Struct, frozen=True):
    """A page as it was read. ``likeness`` is how like its ink is to the expected, ``noise`` how far
    rows that stay seem to be moved, in shifts."""

    page: int
    placement: PagePlace
    likeness: float
    noise: float
    rows: tuple[RowReading, ...]


def read_page(
    ink: Image.Image, page: MapPage, index: int, rough: PagePlace, leading: float
) -> PageReading:
    """Measure all rows of a page."""
    placement, reach = rough, _WIDE
    stay = [row for row in page.rows if row.sign < 0]
    for _ in range(_ROUNDS):
        parts = [part for row in stay for part in _row_reading(ink, row, placement, reach)]
        placement = _refined(placement, parts)
        reach = _NEAR
    found = [_row_reading(ink, row, placement, reach) for row in page.rows]
    alike = [part.weight for row in found for part in row]
    rests = _rests(page, found)
    still = [
        (row.y, rest[0], rest[1])
        for row, rest in zip(page.rows, rests, strict=True)
        if row.sign < 0 and rest is not None
    ]
    noise = [
        (rest - bent)
        for y, rest, _ in still
        if (bent := _bent([s for s in still if s[0] != y], y, leading)) is not None
    ]
    shift = to_pt(SHIFT)
    read = []
    for row, rest in zip(page.rows, rests, strict=True):
        if row.sign < 0 or rest is None:
            continue
        bent = _bent(still, row.y, leading)
        if bent is None:
            continue
        value = (rest[0] - bent) / shift
        if abs(value) <= _ABSURD:
            read.append(RowReading(row.sign, max(-_CLIP, min(_CLIP, value))))
    rms = (sum(v * v for v in noise) / len(noise)) ** 0.5 / shift if noise else 0.0
    return PageReading(
        index, placement, sum(alike) / len(alike) if alike else 0.0, rms, tuple(read)
    )


def _row_reading(
    ink: Image.Image, row: MapRow, placement: PagePlace, reach: float
) -> list[PartReading]:
    made = []
    for part in row.parts:
        found = _part_reading(ink, row, part, placement, reach)
        if found is not None:
            made.append(found)
    return made


def _part_reading(
    ink: Image.Image, row: MapRow, part: InkPart, placement: PagePlace, reach: float
) -> PartReading | None:
    """Where a part lies: the best of places a quarter of a point apart, then finer."""
    scale = placement.scale
    middle = (part.left + part.right) / 2
    depth = len(part.ink) * STRIP
    left, _ = placement.pixel(part.left, row.top + depth / 2)
    right, _ = placement.pixel(part.right, row.top + depth / 2)
    _, at = placement.pixel(middle, row.top)
    first, last = round(at), round(at + depth * scale)
    if left < 0 or right > ink.width or first < 0 or last > ink.height or right - left < 4:
        return None
    measured = row_means(ink, left, right, first, last)
    expected = _Expected(part.ink, (first - at) / scale, 1 / scale, len(measured))
    likeness = correlation_with(measured)
    known: dict[float, float] = {}

    def alike(down: float) -> float:
        if down not in known:
            known[down] = likeness(expected.moved(down))
        return known[down]

    step = reach / 6
    best = max((k * step for k in range(-6, 7)), key=alike)
    while step > 0.11:
        step /= 2
        best = max((best - step, best, best + step), key=alike)
    like = alike(best)
    if like < _ALIKE:
        return None
    a, b, c = alike(best - step), like, alike(best + step)
    curve = a - 2 * b + c
    if curve < -1e-9:
        best += max(-1.0, min(1.0, (a - c) / (2 * curve))) * step
    return PartReading(middle, row.y, best, like**4)


class _Expected:
    """The expected ink of a part, as rows of pixels show it where it is moved."""

    def __init__(self, ink: bytes, start: float, pixel: float, count: int) -> None:
        """``start`` is where the first row of pixels begins, pt below the first strip."""
        blank = ceil((_FARTHEST + pixel) / STRIP)
        self._ink = bytes(blank) + ink + bytes(blank)
        self._total = list(accumulate(self._ink, initial=0))
        self._edges = [blank + (start + k * pixel) / STRIP for k in range(count + 1)]

    def moved(self, down: float) -> list[float]:
        """The rows, the ink ``down`` pt lower, up to ``_FARTHEST``, or higher."""
        total, ink, by = self._total, self._ink, down / STRIP
        sums = [total[k := int(at := edge - by)] + ink[k] * (at - k) for edge in self._edges]
        return list(map(sub, sums[1:], sums))


def _refined(placement: PagePlace, parts: Sequence[PartReading]) -> PagePlace:
    """The placement with which these parts, of the rows that stay, are where they should be."""
    fitted = _plane(parts)
    if fitted is None:
        return placement
    base, lean, stretch = fitted
    scale = placement.scale
    return PagePlace(
        scale * (1 + stretch), placement.left, placement.top + base * scale,
        placement.lean + lean * scale,
    )  # fmt: skip


def _plane(parts: Sequence[PartReading]) -> tuple[float, float, float] | None:
    """``down`` as a + b x + c y, by least squares, again without what is far off; None with too
    few."""
    kept = list(parts)
    made = None
    for _ in range(4):
        made = _solved(kept)
        if made is None:
            return None
        a, b, c = made
        rests = [abs(p.down - a - b * p.x - c * p.y) for p in kept]
        limit = 2.5 * sorted(rests)[len(rests) // 2] + 0.02
        kept = [p for p, rest in zip(kept, rests, strict=True) if rest <= limit]
    return made


def _solved(parts: Sequence[PartReading]) -> tuple[float, float, float] | None:
    if len(parts) < 4:
        return None
    weight = sum(p.weight for p in parts)
    mx = sum(p.weight * p.x for p in parts) / weight
    my = sum(p.weight * p.y for p in parts) / weight
    md = sum(p.weight * p.down for p in parts) / weight
    xx = sum(p.weight * (p.x - mx) ** 2 for p in parts)
    yy = sum(p.weight * (p.y - my) ** 2 for p in parts)
    xy = sum(p.weight * (p.x - mx) * (p.y - my) for p in parts)
    xd = sum(p.weight * (p.x - mx) * (p.down - md) for p in parts)
    yd = sum(p.weight * (p.y - my) * (p.down - md) for p in parts)
    whole = xx * yy - xy * xy
    if whole <= 1e-6 * xx * yy or yy < 1:
        return None
    b = (xd * yy - yd * xy) / whole
    c = (yd * xx - xd * xy) / whole
    return md - b * mx - c * my, b, c


def _rests(
    page: MapPage, found: Sequence[Sequence[PartReading]]
) -> list[tuple[float, float] | None]:
    """How far below its place each row lies, and how far that is believed."""
    plane = _plane([p for row, own in zip(page.rows, found, strict=True)
                    if row.sign < 0 for p in own])  # fmt: skip
    a, b, c = plane or (0.0, 0.0, 0.0)
    rests: list[tuple[float, float] | None] = []
    for own in found:
        downs = sorted((p.down - a - b * p.x - c * p.y, p.weight) for p in own)
        if len(downs) > 4:  # the highest and the lowest may be wrong
            downs = downs[1:-1]
        weight = sum(w for _, w in downs)
        rests.append((sum(d * w for d, w in downs) / weight, weight) if weight else None)
    return rests


def _bent(still: Sequence[tuple[float, float, float]], y: float, leading: float) -> float | None:
    """How far paper and optics have moved what is at ``y``: a line through the rows near by that
    stay, the nearest weighing most; None with fewer than two."""
    near = [
        (at - y, rest, weight * (1 - (abs(at - y) / (_BAND * leading)) ** 3) ** 3)
        for at, rest, weight in still
        if abs(at - y) < _BAND * leading
    ]
    if len(near) < 2:
        return None
    weight = sum(w for _, _, w in near)
    mean = sum(w * d for d, _, w in near) / weight
    rest = sum(w * r for _, r, w in near) / weight
    spread = sum(w * (d - mean) ** 2 for d, _, w in near)
    slope = sum(w * (d - mean) * (r - rest) for d, r, w in near) / spread if spread > 1 else 0.0
    if not min(d for d, _, _ in near) < 0 < max(d for d, _, _ in near):
        slope = 0.0
    return rest - slope * mean
