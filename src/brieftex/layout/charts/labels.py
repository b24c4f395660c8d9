"""Where the values of curves are written: touching no curve, no marker and no other value.

In: the points of the curves, the widths of the values. Out: the middles of the values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from brieftex.units import Rect, Sp
from brieftex.vector import Point

_HEIGHT = 900
"""The height of a value, digits with a little white around them, 1/1000 em."""

_CLEAR = 450
"""The least distance of a value from a marker's middle, 1/1000 em."""

_STEPS = (950, 1300, 1700, 2200)
"""How far above or below its point the middle of a value may be, 1/1000 em."""

_ASIDE = (0, 1, -1)
"""To which side of its point it may be moved, by half its width."""

_Segment: TypeAlias = tuple[Point, Point]


def placed_labels(  # noqa: PLR0913  # all that is in the way
    points: Sequence[Sequence[Point | None]],
    widths: Sequence[Sequence[Sp | None]],
    em: Sp,
    area: Rect,
    *,
    rules: Sequence[Sp] = (),
    names: Sequence[Rect] = (),
) -> list[list[Point | None]] | None:
    """The middle of each value, as near its point as there is room for it in ``area``; None if
    there is none for all of them. Off the ``rules`` at these heights, if that can be, and off
    what stands at ``names``.

    Values are placed from the left, those of the highest curve first: it has room above.
    """
    lines = [segment for row in points for segment in _segments(row)]
    ruled = [((area.x, y), (area.x + area.width, y)) for y in rules]
    for obstacles in ([*lines, *ruled], lines):
        found = _placed(points, widths, em, (area, obstacles, list(names)))
        if found is not None:
            return found
    return None


def _placed(
    points: Sequence[Sequence[Point | None]],
    widths: Sequence[Sequence[Sp | None]],
    em: Sp,
    around: tuple[Rect, Sequence[_Segment], list[Rect]],
) -> list[list[Point | None]] | None:
    area, lines, taken = around
    marks = [point for row in points for point in row if point is not None]
    found: list[list[Point | None]] = [[None] * len(row) for row in points]
    count = max(map(len, points), default=0)
    for k in range(count):
        here = [(row[k], number) for number, row in enumerate(points)]
        order = sorted((point[1], number) for point, number in here if point is not None)
        for rank, (_, number) in enumerate(order):
            point, width = points[number][k], widths[number][k]
            if point is None or width is None:
                continue
            lowest = rank == len(order) - 1 and rank > 0
            for box, middle in _places(point, width, em, below=lowest):
                if _inside(box, area) and not (
                    any(_meet(box, other) for other in taken)
                    or any(_crosses(segment, box) for segment in lines)
                    or any(_near(mark, box, em) for mark in marks)
                ):
                    taken.append(box)
                    found[number][k] = middle
                    break
            else:
                return None
    return found


def _places(point: Point, width: Sp, em: Sp, *, below: bool) -> Iterator[tuple[Rect, Point]]:
    """Places for a value beside its point, the best first, each with its middle."""
    height = em * _HEIGHT // 1000
    for step in _STEPS:
        for side in (1, -1) if below else (-1, 1):
            for aside in _ASIDE:
                x = point[0] + aside * (width // 2 + em // 4)
                y = point[1] + side * em * step // 1000
                yield Rect(x - width // 2, y - height // 2, width, height), (x, y)


def _segments(row: Sequence[Point | None]) -> Iterator[_Segment]:
    for one, two in pairwise(row):
        if one is not None and two is not None:
            yield one, two


def _inside(box: Rect, area: Rect) -> bool:
    across = area.x <= box.x and box.x + box.width <= area.x + area.width
    return across and area.y <= box.y and box.y + box.height <= area.y + area.height


def _meet(a: Rect, b: Rect) -> bool:
    across = min(a.x + a.width, b.x + b.width) > max(a.x, b.x)
    return across and min(a.y + a.height, b.y + b.height) > max(a.y, b.y)


def _near(mark: Point, box: Rect, em: Sp) -> bool:
    clear = em * _CLEAR // 1000
    x = min(max(mark[0], box.x), box.x + box.width)
    y = min(max(mark[1], box.y), box.y + box.height)
    return (x - mark[0]) ** 2 + (y - mark[1]) ** 2 < clear**2


def _crosses(segment: _Segment, box: Rect) -> bool:
    """Whether a straight line touches a box: it does not if it ends beside it, or if all corners
    are on one side of it."""
    (x1, y1), (x2, y2) = segment
    left, right, top, foot = box.x, box.x + box.width, box.y, box.y + box.height
    if max(x1, x2) < left or min(x1, x2) > right or max(y1, y2) < top or min(y1, y2) > foot:
        return False
    sides = {
        (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) > 0 for x in (left, right) for y in (top, foot)
    }
    return len(sides) == 2
