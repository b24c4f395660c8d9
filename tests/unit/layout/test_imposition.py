"""Which page lies where, folded again as a reader does it."""

from __future__ import annotations

import pytest
from helpers.folding import folded_order
from hypothesis import given
from hypothesis import strategies as st

from brieftex.layout.imposition import (
    PAPERS,
    booklet,
    fitting_scale,
    for_one_sided,
    plain_sides,
    several_up,
    with_blanks,
)
from brieftex.units import Size, mm

A4 = PAPERS["a4"]


@given(st.integers(1, 200), st.booleans())
def test_a_folded_booklet_reads_in_order_with_the_colophon_on_its_back(
    count: int, colophon: bool
) -> None:
    pages = with_blanks(count, multiple=4, colophon=colophon)
    order = folded_order(booklet(pages, A4, PAPERS["a3"], mm("0.1")))
    assert order == pages
    assert [page for page in order if page is not None] == list(range(count))
    if colophon:
        assert order[-1] == count - 1


def test_inner_sheets_move_to_the_fold() -> None:
    sides = booklet(range(24), A4, PAPERS["a3"], mm("0.1"))
    middle = sides[0].paper.width // 2
    for number in range(6):
        for side in sides[2 * number : 2 * number + 2]:
            left, right = side.spots
            creep = number * mm("0.1")
            assert left.rect.x + left.rect.width == middle + creep
            assert right.rect.x == middle - creep


def test_a4_lies_on_a3_as_it_is_and_on_a4_at_707() -> None:
    assert {s.scale for x in booklet(range(4), A4, PAPERS["a3"]) for s in x.spots} == {1000}
    assert {s.scale for x in booklet(range(4), A4, PAPERS["a4"]) for s in x.spots} == {707}
    assert fitting_scale(PAPERS["a5"], Size(A4.height // 2, A4.width)) == 1000


@pytest.mark.parametrize(("number", "wide"), [(2, True), (4, False)])
def test_several_pages_lie_in_reading_order_and_inside_the_sheet(number: int, wide: bool) -> None:
    sides = several_up(range(7), A4, A4, number)
    assert [spot.page for side in sides for spot in side.spots] == list(range(7))
    for side in sides:
        assert (side.paper.width > side.paper.height) == wide
        places = [(spot.rect.y, spot.rect.x) for spot in side.spots]
        assert places == sorted(places)
        for spot in side.spots:
            assert spot.rect.x >= 0 <= spot.rect.y
            assert spot.rect.x + spot.rect.width <= side.paper.width
            assert spot.rect.y + spot.rect.height <= side.paper.height


def test_backs_come_in_the_order_of_the_pile() -> None:
    fronts, backs = for_one_sided(plain_sides(list(range(5)), A4))
    assert [s.page for side in fronts for s in side.spots] == [0, 2, 4]
    assert [[s.page for s in side.spots] for side in backs] == [[], [3], [1]]
