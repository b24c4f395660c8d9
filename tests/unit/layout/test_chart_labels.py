"""Values beside curves: found by other means, none touches what it should not."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from brieftex.layout.charts.labels import placed_labels
from brieftex.units import Rect

EM, WIDE, HIGH, SLOT = 1000, 1800, 900, 4000
AREA = Rect(0, 0, 5 * SLOT, 14_000)


def on(curve: list[tuple[int, int]]) -> list[tuple[float, float]]:
    """Points along a curve, close enough that no value fits between two."""
    return [
        (x1 + (x2 - x1) * t / 60, y1 + (y2 - y1) * t / 60)
        for (x1, y1), (x2, y2) in pairwise(curve)
        for t in range(61)
    ]


@given(
    st.lists(st.lists(st.integers(1500, 12_500), min_size=5, max_size=5), min_size=1, max_size=3)
)
def test_no_value_touches_a_curve_or_another(heights: list[list[int]]) -> None:
    """Walks along the curves instead of asking the geometry that placed the values."""
    points = [[(k * SLOT + SLOT // 2, y) for k, y in enumerate(row)] for row in heights]
    widths = [[WIDE] * 5 for _ in points]
    found = placed_labels(points, widths, EM, AREA)
    if found is None:
        return
    middles = [middle for row in found for middle in row if middle is not None]
    assert len(middles) == 5 * len(points)
    for x, y in middles:
        assert x - WIDE / 2 >= 0
        assert HIGH / 2 <= y <= AREA.height - HIGH / 2
        for curve in points:
            for px, py in on(curve):
                assert abs(px - x) > WIDE / 2 - 1 or abs(py - y) > HIGH / 2 - 1
    for (x1, y1), (x2, y2) in combinations(middles, 2):
        assert abs(x1 - x2) >= WIDE - 1 or abs(y1 - y2) >= HIGH - 1


def test_curves_apart_have_all_their_values() -> None:
    """Catches a placer that gives up where there is room."""
    points = [[(k * SLOT + SLOT // 2, y) for k in range(5)] for y in (3000, 7000, 11_000)]
    assert placed_labels(points, [[WIDE] * 5] * 3, EM, AREA) is not None


def test_rules_are_kept_off_if_that_can_be() -> None:
    """A value whose best place is on a rule of the grid goes to another one."""
    points = [[(SLOT // 2, 5000)]]
    free = placed_labels(points, [[WIDE]], EM, AREA)
    ruled = placed_labels(points, [[WIDE]], EM, AREA, rules=[5000 - 950])
    assert free is not None
    assert ruled is not None
    assert free[0][0] == (SLOT // 2, 4050)
    place = ruled[0][0]
    assert place is not None
    assert abs(place[1] - 4050) >= HIGH / 2


def test_a_value_that_has_no_place_is_not_printed_over_another() -> None:
    points = [[(SLOT // 2, 5000)], [(SLOT // 2, 5000)], [(SLOT // 2, 5001)]]
    small = Rect(0, 4000, SLOT, 2000)
    assert placed_labels(points, [[WIDE]] * 3, EM, small) is None
