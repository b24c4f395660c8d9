"""What must hold of page breaks, whatever the galley."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from brieftex.layout.pagebreak import (
    EMPTY_LINE,
    OVERFULL,
    SHORT_LAST,
    SHORT_LINES,
    PageColumns,
    break_pages,
)
from brieftex.layout.slug import FORBIDDEN

LINE, DEPTH = 10, 80

slug = st.tuples(
    st.integers(1, 4),  # lines
    st.sampled_from([0, 0, 0, 30, 1_000_000, 2_000_000, FORBIDDEN]),  # after
    st.sampled_from([0, 0, 0, 1]),  # blank
    st.sampled_from([0, 0, 0, 0, 1]),  # forced
    st.sampled_from([0, 0, 0, 7, 25]),  # notes
    st.sampled_from([0, 0, 0, 10]),  # head
)
galleys = st.lists(slug, min_size=1, max_size=10)
long_galleys = st.lists(slug, min_size=1, max_size=60)


def columns_of(slugs: list[tuple[int, int, int, int, int, int]]) -> PageColumns:
    heights, after, blanks, forced, notes, heads = map(list, zip(*slugs, strict=True))
    blanks[-1] = 0  # an empty line stands above something
    heights = [LINE * height for height in heights]
    return PageColumns(heights, after, blanks, forced, notes, heads, 5, LINE)


def cost_of(columns: PageColumns, breaks: tuple[int, ...]) -> int | None:
    """What pages cost, reckoned from the rules as they are stated; None where a page is too
    full, passes over a forced break or ends in an empty line."""
    count, total = len(columns.heights), 0
    for j, k in pairwise((0, *breaks)):
        first = j
        while columns.blanks[first]:
            first += 1
        if first >= k or any(columns.forced[first + 1 : k]):
            return None
        used = sum(columns.heights[first:k]) + columns.heads[first]
        if notes := sum(columns.notes[first:k]):
            used += -(-(notes + columns.note_space) // LINE) * LINE
        if used > DEPTH:
            return None
        if k == count or columns.forced[k]:
            total += SHORT_LAST if used < SHORT_LINES * LINE else 0
        elif columns.blanks[k - 1]:
            return None
        else:
            total += columns.after[k - 1] + EMPTY_LINE * ((DEPTH - used) // LINE) ** 3
    return total


def all_ways(count: int) -> list[tuple[int, ...]]:
    return [
        (*(k for k in range(1, count) if choice >> k & 1), count)
        for choice in range(0, 1 << count, 2)
    ]


@given(galleys)
def test_pages_are_the_cheapest_of_all_ways(
    slugs: list[tuple[int, int, int, int, int, int]],
) -> None:
    """Ensures that what the breaker does not look at is never the best way (brute force knows
    it): a lost page break would leave widows or holes that need not be."""
    columns = columns_of(slugs)
    costs = [cost for way in all_ways(len(slugs)) if (cost := cost_of(columns, way)) is not None]
    assume(costs)
    found = break_pages(columns, DEPTH)
    assert cost_of(columns, tuple(found)) == min(costs)


@given(long_galleys)
def test_every_slug_is_on_one_page(slugs: list[tuple[int, int, int, int, int, int]]) -> None:
    """Ensures that pages follow each other without a gap to the end, and that none is fuller
    than the type area unless a single slug is."""
    columns = columns_of(slugs)
    found = break_pages(columns, DEPTH)
    assert found == sorted(set(found))
    assert found[-1] == len(slugs)
    for j, k in pairwise((0, *found)):
        first = columns.start(j)
        assert columns.used(first, k) <= DEPTH or k == first + 1
    assert OVERFULL > FORBIDDEN
