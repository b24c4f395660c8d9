"""A picture of a page → its ink: dark on white, upright lines, and means of parts of it.

Pillow alone does the work on pixels, in C; numpy would bring 20 MB and nothing that is needed.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from math import radians, tan
from operator import mul, sub

from PIL import Image, ImageChops, ImageFilter

_SIDE = 4_400
"""Most pixels along the longer side that are looked at: A4 at 300 dpi has 3,508."""

_BLOCK = 8  # pixels: paper is the brightest of such blocks round about
_NOISE = 16  # of 255: what differs less from paper is not ink
_COARSE = 640  # so many pixels across were the picture in which the angle is looked for
_COLUMNS = 40  # of them, squeezed: so narrow a picture is leaned in half a millisecond
_STEEPEST = 6.0  # degrees
_STEPS = (1.0, 0.25, 0.06, 0.02)  # degrees, from coarse to fine


def ink_of(picture: Image.Image) -> Image.Image:
    """What is darker than the paper round about, 0 to 255, as a picture of floats."""
    grey = picture.convert("L")
    longest = max(grey.size)
    if longest > _SIDE:
        share = _SIDE / longest
        size = round(grey.width * share), round(grey.height * share)
        grey = grey.resize(size, Image.Resampling.BOX)
    small = grey.reduce(_BLOCK).filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.BoxBlur(3))
    paper = small.resize(grey.size, Image.Resampling.BILINEAR)
    return ImageChops.subtract(paper, grey, 1, -_NOISE).convert("F")


def straightened(ink: Image.Image) -> Image.Image:
    """The ink turned so that lines of text are level."""
    angle = _angle(ink)
    if abs(angle) < _STEPS[-1]:
        return ink
    return ink.rotate(angle, Image.Resampling.BILINEAR, expand=True)


def _angle(ink: Image.Image) -> float:
    """By how many degrees the picture has to be turned, against the clock: rows of pixels differ
    most from each other where lines of text are level."""
    share = min(1.0, _COARSE / ink.width)
    size = _COLUMNS, round(ink.height * share)
    narrow = ink.resize(size, Image.Resampling.BOX)
    across = ink.width * share / _COLUMNS  # pixels that became one
    best = 0.0
    reach = _STEEPEST
    for step in _STEPS:
        count = round(reach / step)
        tried = [best + k * step for k in range(-count, count + 1)]
        best = max(tried, key=lambda angle: _levelness(narrow, across * tan(radians(angle))))
        reach = step
    return best


def _levelness(ink: Image.Image, lean: float) -> float:
    """How much rows differ where each column is ``lean`` pixels higher than the one before."""
    matrix = 1.0, 0.0, 0.0, lean, 1.0, -lean * ink.width / 2
    leaned = ink.transform(ink.size, Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR)
    rows = row_means(leaned, 0, ink.width)
    steps = list(map(sub, rows[1:], rows))
    levelness: float = sum(map(mul, steps, steps))
    return levelness


def row_means(
    ink: Image.Image, left: float, right: float, top: int = 0, bottom: int | None = None
) -> list[float]:
    """The mean of each row of pixels between ``left`` and ``right``."""
    bottom = ink.height if bottom is None else bottom
    box = left, float(top), right, float(bottom)
    made = ink.resize((1, bottom - top), Image.Resampling.BOX, box=box)
    return values(made)


def column_means(ink: Image.Image, top: float, bottom: float) -> list[float]:
    """The mean of each column of pixels between ``top`` and ``bottom``."""
    box = 0.0, top, float(ink.width), bottom
    return values(ink.resize((ink.width, 1), Image.Resampling.BOX, box=box))


def values(picture: Image.Image) -> list[float]:
    """The pixels of a picture of floats."""
    made: list[float] = array("f", picture.tobytes()).tolist()
    return made


def correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """The correlation of two rows of as many numbers, -1 to 1; 0 where one does not vary."""
    return correlation_with(one)(other)


def correlation_with(one: Sequence[float]) -> Callable[[Sequence[float]], float]:
    """The same of one row with many others: what it alone gives is not asked for each time."""
    count = len(one)
    mean = sum(one) / count
    first = sum(map(mul, one, one)) - count * mean * mean

    def correlated(other: Sequence[float]) -> float:
        second = sum(other) / count
        both = sum(map(mul, one, other)) - count * mean * second
        last = sum(map(mul, other, other)) - count * second * second
        return both / (first * last) ** 0.5 if first > 1e-9 and last > 1e-9 else 0.0

    return correlated
