"""Which page of an issue a picture shows, how large and where.

In: ink with level lines. The distance between lines gives the scale, the row of means along the
height the place, and both are then held against the ink of each part of each row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from math import cos, exp, log, pi
from operator import mul

from msgspec import Struct
from PIL import Image

from brieftex.tracing.ink import column_means, correlation, row_means
from brieftex.tracing.linemap import STRIP, MapPage, MapRow

_LEAST_SIZE, _GREATEST_SIZE = 0.55, 1.6
"""How many times as large as a page that fills the picture a page may be."""

_STEP = 0.004  # between scales that are tried
_COARSE = 3.0  # pt: the strips in which places are looked for
_ROWS = 3  # rows of pixels that are one where the leading is looked for
_SCALES = 4  # scales that are looked at closely
_PLACES = 10  # places that are looked at closely
_CERTAIN = 0.95  # no other page is looked at after one so like
_HEIGHT = 1_100  # pixels that suffice for finding pages
_REACH = 12.0  # pt to the side, of the last search
_LINES = 2  # lines up and down, of the last search: pages full of lines are alike one line lower


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
    for scale in _scales(small, pages, leading):
        measured = _resampled(rows, scale)
        for index, strips in enumerate(expected):
            like, top = _best_place(measured, strips)
            found.append((like, index, scale, top * scale))
    found.sort(reverse=True)
    made: list[PageMatch] = []
    for _, index, scale, top in found[:_PLACES]:
        page = pages[index]
        rough = PagePlace(scale, _left(columns, page, scale), top)
        match = _closer(small, page, index, rough, leading)
        made.append(PageMatch(index, match.placement.enlarged(times), match.likeness))
        if match.likeness > _CERTAIN:
            break
    return sorted(made, key=lambda match: -match.likeness)


def _scales(ink: Image.Image, pages: Sequence[MapPage], leading: float) -> list[float]:
    """The likeliest numbers of pixels to the point: those at which rows of pixels repeat with the
    leading, strongest first."""
    fits = max(ink.height / page.height for page in pages[:1])
    coarse = ink.reduce(_ROWS)
    rows = row_means(coarse, 0, coarse.width)
    mean = sum(rows) / len(rows)
    flat = [value - mean for value in rows]
    count = round(log(_GREATEST_SIZE / _LEAST_SIZE) / _STEP)
    tried = [fits * _LEAST_SIZE * exp(k * _STEP) for k in range(count + 1)]
    power = [_power(flat, scale * leading / _ROWS) for scale in tried]
    peaks = [
        k for k in range(1, len(power) - 1) if power[k] >= power[k - 1] and power[k] > power[k + 1]
    ]
    peaks.sort(key=lambda k: -power[k])
    return [tried[k] for k in peaks[:_SCALES]]


def _power(flat: Sequence[float], period: float) -> float:
    """How strongly the numbers repeat with a period (Goertzel's algorithm)."""
    turn = 2 * cos(2 * pi / period)
    last = before = 0.0
    for value in flat:
        last, before = value + turn * last - before, last
    return last * last + before * before - turn * last * before


def _resampled(rows: Sequence[float], scale: float) -> list[float]:
    """Means of pixels as means of strips of ``_COARSE`` pt."""
    total = _running(rows)
    width = scale * _COARSE
    count = int(len(rows) / width)
    sums = [_between(total, k * width) for k in range(count + 1)]
    return [(b - a) / width for a, b in pairwise(sums)]


def _running(values: Iterable[float]) -> list[float]:
    """Running sums, from 0: one more than there are values."""
    return list(accumulate(values, initial=0.0))


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
    ones, squares = _running(measured), _running(map(mul, measured, measured))
    others, other_squares = _running(expected), _running(map(mul, expected, expected))
    least = min(count, page) // 2
    best = -1.0, 0
    for start in range(least - page, count - least + 1):
        a, b = max(0, start), min(count, start + page)
        c, d, size = a - start, b - start, b - a
        one, other = ones[b] - ones[a], others[d] - others[c]
        both = sum(map(mul, measured[a:b], expected[c:d])) - one * other / size
        first = squares[b] - squares[a] - one * one / size
        last = other_squares[d] - other_squares[c] - other * other / size
        if first > 1e-9 and last > 1e-9:
            like = both / (first * last) ** 0.5 * (size / page) ** 0.5
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


def _closer(
    ink: Image.Image, page: MapPage, index: int, rough: PagePlace, leading: float
) -> PageMatch:
    """The place by the ink of all parts, searched round about a rough one: to the sides, and some
    lines up and down."""
    rows = [row for row in page.rows if sum(p.right - p.left for p in row.parts) > 60]
    best = PageMatch(index, rough, -1.0)
    for k in range(-_LINES, _LINES + 1):
        top = rough.top + k * leading * rough.scale
        like, left = _best_left(ink, rows, PagePlace(rough.scale, rough.left, top))
        if like > best.likeness:
            best = PageMatch(index, PagePlace(rough.scale, left, top), like)
    return best


def _best_left(ink: Image.Image, rows: Sequence[MapRow], rough: PagePlace) -> tuple[float, float]:
    """How like and where, in pixels from the left, the page lies best."""
    parts = [
        (part.left, part.right, total, sum(part.ink) / len(part.ink))
        for row in rows
        if (total := _ink_sums(ink, row, rough))
        for part in row.parts
    ]
    best = -1.0, rough.left
    step, reach = _COARSE, _REACH
    while step > 0.7:
        count = round(reach / step)
        middle = best[1]
        for k in range(-count, count + 1):
            left = middle + k * step * rough.scale
            best = max(best, (_mass_likeness(parts, left, rough.scale), left))
        step /= 2
        reach = 2 * step
    return best


def _ink_sums(ink: Image.Image, row: MapRow, place: PagePlace) -> list[float]:
    """Running sums of the ink that lies where a row should, column by column of pixels; none where
    the row is not in the picture."""
    depth = max(len(part.ink) for part in row.parts) * STRIP
    (_, top), (_, bottom) = place.pixel(0, row.top), place.pixel(0, row.top + depth)
    if top < 0 or bottom > ink.height:
        return []
    return _running(column_means(ink, top, bottom))


def _mass_likeness(
    parts: Iterable[tuple[float, float, Sequence[float], float]], left: float, scale: float
) -> float:
    """How like the mean ink of parts is to what it should be: of each where it begins and ends, pt,
    running sums of its row, and the mean that is expected."""
    measured, expected = [], []
    for first, last, total, mean in parts:
        a, b = left + scale * first, left + scale * last
        if a >= 0 and b <= (end := len(total) - 1):
            # What lies ``_between``, without two calls for each of some thousand parts.
            j, k = int(a), min(int(b), end - 1)
            before = total[j] + (total[j + 1] - total[j]) * (a - j)
            until = total[k] + (total[k + 1] - total[k]) * (b - k)
            measured.append((until - before) / (b - a))
            expected.append(mean)
    return correlation(measured, expected) if len(measured) >= 12 else -1.0
