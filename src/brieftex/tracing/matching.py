"""Which page of an issue a picture shows, how large and where.

In: ink with level lines. The distance between lines gives the scale, the row of means along the
height the place, and both are then held against the ink of each part of each row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import cos, exp, log, pi, sin
from operator import mul

from msgspec import Struct
from PIL import Image

from brieftex.tracing.ink import column_means, correlation, row_means
from brieftex.tracing.linemap import STRIP, MapPage, MapRow

_LEAST_SIZE, _GREATEST_SIZE = 0.55, 1.6
"""How many times as large as a page that fills the picture a page may be."""

_STEP = 0.004  # between scales that are tried
_COARSE = 3.0  # pt: the strips in which places are looked for
_SCALES = 4  # scales that are looked at closely
_PLACES = 10  # places that are looked at closely
_CERTAIN = 0.95  # no other page is looked at after one so like
_HEIGHT = 1_100  # pixels that suffice for finding pages
_REACH = 12.0  # pt to the side, of the last search


class PagePlace(Struct, frozen=True):
    """Where the points of a page lie in a picture: ``x`` and ``y`` in pt are at pixels
    ``left + scale * x - lean * y`` and ``top + scale * y + lean * x``."""

    scale: float
    left: float
    top: float
    lean: float = 0.0

    def enlarged(self, times: int) -> PagePlace:
        """The same in a picture so many times as large."""
        return PagePlace(self.scale * times, self.left * times, self.top * times, self.lean * times)

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """The pixel of a point."""
        return (
            self.left + self.scale * x - self.lean * y,
            self.top + self.scale * y + self.lean * x,
        )


class PageMatch(Struct, frozen=True):
    """A page by its index, where it lies, and how like its ink is, up to 1."""

    page: int
    placement: PagePlace
    likeness: float


def matches(ink: Image.Image, pages: Sequence[MapPage], leading: float) -> list[PageMatch]:
    """The pages that the picture may show, the likeliest first."""
    times = max(1, ink.height // _HEIGHT)
    small = ink.reduce(times)
    rows = row_means(small, 0, small.width)
    columns = column_means(small, 0, small.height)
    found: list[tuple[float, int, float, float]] = []
    expected = [_expected_rows(page) for page in pages]
    for scale in _scales(small, rows, pages, leading):
        measured = _resampled(rows, scale)
        for index, strips in enumerate(expected):
            like, top = _best_place(measured, strips)
            found.append((like, index, scale, top * scale))
    found.sort(reverse=True)
    made: list[PageMatch] = []
    for _, index, scale, top in found[:_PLACES]:
        page = pages[index]
        rough = PagePlace(scale, _left(columns, page, scale), top)
        match = _closer(small, page, index, rough)
        made.append(PageMatch(index, match.placement.enlarged(times), match.likeness))
        if match.likeness > _CERTAIN:
            break
    return sorted(made, key=lambda match: -match.likeness)


def _scales(
    ink: Image.Image, rows: Sequence[float], pages: Sequence[MapPage], leading: float
) -> list[float]:
    """The likeliest numbers of pixels to the point: those at which rows of pixels repeat with the
    leading, strongest first."""
    fits = max(ink.height / page.height for page in pages[:1])
    mean = sum(rows) / len(rows)
    flat = [value - mean for value in rows]
    count = round(log(_GREATEST_SIZE / _LEAST_SIZE) / _STEP)
    tried = [fits * _LEAST_SIZE * exp(k * _STEP) for k in range(count + 1)]
    power = [_power(flat, scale * leading) for scale in tried]
    peaks = [
        k for k in range(1, len(power) - 1) if power[k] >= power[k - 1] and power[k] > power[k + 1]
    ]
    peaks.sort(key=lambda k: -power[k])
    return [tried[k] for k in peaks[:_SCALES]]


def _power(flat: Sequence[float], period: float) -> float:
    turn = 2 * pi / period
    angles = [turn * k for k in range(len(flat))]
    a: float = sum(map(mul, flat, map(cos, angles)))
    b: float = sum(map(mul, flat, map(sin, angles)))
    return a * a + b * b


def _resampled(rows: Sequence[float], scale: float) -> list[float]:
    """Means of pixels as means of strips of ``_COARSE`` pt."""
    total = [0.0]
    for value in rows:
        total.append(total[-1] + value)
    width = scale * _COARSE
    count = int(len(rows) / width)
    sums = [_between(total, k * width) for k in range(count + 1)]
    return [(b - a) / width for a, b in pairwise(sums)]


def _between(total: Sequence[float], at: float) -> float:
    k = min(int(at), len(total) - 2)
    return total[k] + (total[k + 1] - total[k]) * (at - k)


def _expected_rows(page: MapPage) -> list[float]:
    """The ink of a page in strips of ``_COARSE`` pt."""
    strips = [0.0] * (int(page.height / _COARSE) + 1)
    for row in page.rows:
        for part in row.parts:
            width = part.right - part.left
            for k, share in enumerate(part.ink):
                at = int((row.top + k * STRIP) / _COARSE)
                if 0 <= at < len(strips):
                    strips[at] += share * width
    return strips


def _best_place(measured: Sequence[float], expected: Sequence[float]) -> tuple[float, float]:
    """How like and where, pt, the page begins in the picture."""
    count, page = len(measured), len(expected)
    least = min(count, page) // 2
    best = -1.0, 0
    for start in range(least - page, count - least + 1):
        a, b = max(0, start), min(count, start + page)
        like = correlation(measured[a:b], expected[a - start : b - start])
        like *= ((b - a) / page) ** 0.5
        if like > best[0]:
            best = like, start
    return best[0], best[1] * _COARSE


def _left(columns: Sequence[float], page: MapPage, scale: float) -> float:
    """The pixel at which the page begins, from left to right."""
    measured = _resampled(columns, scale)
    expected = [0.0] * (int(page.width / _COARSE) + 1)
    for row in page.rows:
        for part in row.parts:
            mean = sum(part.ink) / len(part.ink)
            for k in range(int(part.left / _COARSE), int(part.right / _COARSE)):
                if 0 <= k < len(expected):
                    expected[k] += mean
    return _best_place(measured, expected)[1] * scale


def _closer(ink: Image.Image, page: MapPage, index: int, rough: PagePlace) -> PageMatch:
    """The place by the ink of all parts, searched round about a rough one, a line up and down."""
    rows = [row for row in page.rows if sum(p.right - p.left for p in row.parts) > 60]
    best = PageMatch(index, rough, -1.0)
    step = _COARSE
    around = [rough]
    while step > 0.7:
        reach = _REACH if step == _COARSE else 2 * step
        count = round(reach / step)
        for place in around:
            for k in range(-count, count + 1):
                left = place.left + k * step * place.scale
                moved = PagePlace(place.scale, left, place.top)
                like = _mass_likeness(ink, rows, moved)
                if like > best.likeness:
                    best = PageMatch(index, moved, like)
        around = [best.placement]
        step /= 2
    return best


def _mass_likeness(ink: Image.Image, rows: Sequence[MapRow], place: PagePlace) -> float:
    pairs = list(_masses(ink, rows, place))
    if len(pairs) < 12:
        return -1.0
    return correlation([a for a, _ in pairs], [b for _, b in pairs])


def _masses(
    ink: Image.Image, rows: Sequence[MapRow], place: PagePlace
) -> Iterator[tuple[float, float]]:
    """The mean ink of each part, as measured and as it should be."""
    for row in rows:
        for part in row.parts:
            left, top = place.pixel(part.left, row.top)
            right, bottom = place.pixel(part.right, row.top + len(part.ink) * STRIP)
            if left < 0 or top < 0 or right > ink.width or bottom > ink.height:
                continue
            box = ink.resize((1, 1), Image.Resampling.BOX, box=(left, top, right, bottom))
            yield float(box.getpixel((0, 0))), sum(part.ink) / len(part.ink)  # type: ignore[arg-type]
