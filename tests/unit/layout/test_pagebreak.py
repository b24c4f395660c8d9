from __future__ import annotations

from collections.abc import Sequence

import pytest

from brieftex.layout.galley import WIDOW
from brieftex.layout.pagebreak import PageColumns, break_pages
from brieftex.layout.slug import FORBIDDEN

LINE = 10


def columns(
    count: int = 0,
    *,
    heights: Sequence[int] = (),
    after: dict[int, int] | None = None,
    blanks: Sequence[int] = (),
    forced: Sequence[int] = (),
    notes: dict[int, int] | None = None,
    heads: dict[int, int] | None = None,
    note_space: int = 0,
) -> PageColumns:
    """So many slugs of a line each, or of these heights; the rest by index."""
    made = [LINE * height for height in heights] or [LINE] * count
    places = range(len(made))
    return PageColumns(
        heights=made,
        after=[(after or {}).get(k, 0) for k in places],
        blanks=[int(k in blanks) for k in places],
        forced=[int(k in forced) for k in places],
        notes=[(notes or {}).get(k, 0) for k in places],
        heads=[(heads or {}).get(k, 0) for k in places],
        note_space=note_space,
        leading=LINE,
    )


def pages(made: PageColumns, lines: int = 10) -> list[int]:
    """Breaks of pages of so many lines."""
    return break_pages(made, lines * LINE)


def paragraph(first: int, count: int) -> dict[int, int]:
    """What breaks inside a paragraph cost, as the galley has it."""
    return {first + k: WIDOW * ((k == 0) + (k == count - 2)) for k in range(count - 1)}


def test_pages_are_filled() -> None:
    """Ensures that a page holds what it can, and the last one the rest."""
    assert pages(columns(25)) == [10, 20, 25]
    assert pages(columns(10)) == [10]


def test_nothing_takes_no_page() -> None:
    """Ensures that an empty list is no crash."""
    assert pages(columns(0)) == []


def test_no_widow() -> None:
    """Ensures that a paragraph's last line does not stand alone at a page's top: the line
    before goes with it."""
    assert pages(columns(26, after=paragraph(5, 6))) == [9, 19, 26]


def test_no_orphan() -> None:
    """Ensures that a paragraph's first line does not stand alone at a page's foot."""
    assert pages(columns(26, after=paragraph(9, 6))) == [9, 19, 26]


def test_a_paragraph_of_three_lines_is_not_parted() -> None:
    """Ensures that neither edge of a short paragraph is left alone, whichever way."""
    for start in (8, 9):
        assert pages(columns(24, after=paragraph(start, 3)))[0] == start


def test_no_heading_at_the_foot() -> None:
    """Ensures that a heading goes to the next page with what follows it, and its empty line
    above does not end the page before."""
    made = columns(24, after={8: FORBIDDEN, 9: FORBIDDEN}, blanks=[8])
    assert pages(made)[0] == 8


def test_a_space_vanishes_at_the_top() -> None:
    """Ensures that an empty line at a page's top takes no room: the page holds a line more."""
    assert pages(columns(21, blanks=[10])) == [10, 21]


def test_forced_breaks_are_taken() -> None:
    """Ensures that a page ends where the document asks for it, however early."""
    assert pages(columns(18, forced=[3])) == [3, 13, 18]


def test_a_forced_break_at_a_full_page() -> None:
    """Ensures that a break asked for where the page ends anyway makes no empty page."""
    assert pages(columns(15, forced=[10])) == [10, 15]


def test_notes_before_a_forced_break() -> None:
    """Ensures that notes which leave no room for the lines up to a forced break send the
    rest to a page between, instead of out of the type area; as it is the last before the
    break it has four lines."""
    made = columns(15, forced=[9], notes={2: 3 * LINE})
    assert pages(made) == [5, 9, 15]


def test_notes_take_their_room() -> None:
    """Ensures that a note's height and the white above it are taken from the page that calls
    it, raised to whole lines so that the last line keeps the grid."""
    assert pages(columns(24, notes={0: 15}))[0] == 8
    assert pages(columns(24, notes={0: 15}, note_space=5))[0] == 8
    assert pages(columns(24, notes={0: 15}, note_space=6))[0] == 7


def test_a_call_that_does_not_fit_goes_on() -> None:
    """Ensures that a line whose note has no room goes to the next page with it."""
    assert pages(columns(24, notes={9: LINE}))[0] == 9


def test_a_repeated_head_takes_its_room() -> None:
    """Ensures that a page which begins inside a table has its head's height less."""
    made = columns(24, heads=dict.fromkeys(range(1, 24), 2 * LINE))
    assert pages(made) == [10, 18, 24]


def test_what_is_taller_than_a_page_has_one_alone() -> None:
    """Ensures that a slug no page can hold ends in an overfull page, not in a hang."""
    assert pages(columns(heights=[1, 12, 1])) == [1, 2, 3]


def test_a_chain_that_may_not_part_is_parted_before_it_sticks_out() -> None:
    """Ensures that a forbidden break is better than losing lines below the page."""
    made = columns(15, after=dict.fromkeys(range(14), FORBIDDEN))
    assert pages(made)[0] <= 10


def test_the_whole_volume_is_weighed() -> None:
    """Ensures that two pages each give up a line rather than one of them two: going page by
    page would fill the first and leave a hole in the second."""
    made = columns(28, after={17: 0, **dict.fromkeys(range(18, 27), FORBIDDEN)})
    assert pages(made) == [9, 18, 28]


@pytest.mark.parametrize(("count", "last"), [(21, 4), (22, 4), (23, 4), (24, 4), (25, 5)])
def test_a_last_page_is_not_nearly_empty(count: int, last: int) -> None:
    """Ensures that the last page has four lines at least, where earlier ones can spare them,
    and takes no more than these."""
    breaks = pages(columns(count))
    assert breaks[2] - breaks[1] == last
