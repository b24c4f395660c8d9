from __future__ import annotations

from itertools import pairwise

import pytest
from helpers.bestpages import least_demerits
from helpers.galleys import LINE, breaks, galley, paragraph, plans

from brieftex.layout.pages.feasible import PagePlan
from brieftex.layout.pages.pagebreak import SHORT_LINES, break_pages, more_pages
from brieftex.layout.pages.parameters import FLOAT, FLOAT_OVER_HEADING, FORBIDDEN


def held(plan: PagePlan) -> tuple[object, ...]:
    """What a page holds, whatever it costs."""
    return plan.spans, plan.notes, plan.end


def test_pages_are_filled() -> None:
    """Ensures that a page holds what it can, and the last one the rest."""
    assert breaks(galley(25)) == [10, 20, 25]
    assert breaks(galley(10)) == [10]


def test_nothing_takes_no_page() -> None:
    """Ensures that an empty list is no crash."""
    assert break_pages(galley(0), 10 * LINE) == []


def test_no_widow() -> None:
    """Ensures that a paragraph's last line does not stand alone at a page's top: the line
    before goes with it."""
    assert breaks(galley(26, after=paragraph(5, 6))) == [9, 19, 26]


def test_no_orphan() -> None:
    """Ensures that a paragraph's first line does not stand alone at a page's foot."""
    assert breaks(galley(26, after=paragraph(9, 6))) == [9, 19, 26]


def test_a_paragraph_of_three_lines_is_not_parted() -> None:
    """Ensures that neither edge of a short paragraph is left alone, whichever way."""
    for start in (8, 9):
        assert breaks(galley(24, after=paragraph(start, 3)))[0] == start


def test_no_heading_at_the_foot() -> None:
    """Ensures that a heading goes to the next page with what follows it, and its empty line
    above does not end the page before."""
    made = galley(24, after={8: FORBIDDEN, 9: FORBIDDEN}, blanks=[8])
    assert breaks(made)[0] == 8


def test_a_space_vanishes_at_the_top() -> None:
    """Ensures that an empty line at a page's top takes no room: the page holds a line more."""
    assert breaks(galley(21, blanks=[10])) == [10, 21]


def test_forced_breaks_are_taken() -> None:
    """Ensures that a page ends where the document asks for it, however early."""
    assert breaks(galley(18, forced=[3])) == [3, 13, 18]


def test_a_forced_break_at_a_full_page() -> None:
    """Ensures that a break asked for where the page ends anyway makes no empty page."""
    assert breaks(galley(15, forced=[10])) == [10, 15]


def test_notes_take_their_room() -> None:
    """Ensures that a note's height and the white above it are taken from the page that calls
    it, raised to whole lines so that the last line keeps the grid."""
    assert breaks(galley(24, notes={0: [[15]]}))[0] == 8
    assert breaks(galley(24, notes={0: [[15]]}, space=5))[0] == 8
    assert breaks(galley(24, notes={0: [[15]]}, space=6))[0] == 7


def test_a_gap_between_notes_but_not_above_them() -> None:
    """Ensures that the white between two notes is counted once: 7 + 6 + 7 is a line less
    than 7 + 7 + 7."""
    two = {0: [[7], [7]]}
    assert breaks(galley(24, notes=two, gap=6))[0] == 8
    assert breaks(galley(24, notes=two, gap=7))[0] == 7


def test_a_call_that_does_not_fit_goes_on() -> None:
    """Ensures that a line whose note has no room goes to the next page with it."""
    assert breaks(galley(24, notes={9: [[LINE]]}))[0] == 9


def test_a_note_that_has_no_room_goes_on_over_the_page() -> None:
    """Ensures that a long note called low on the page neither empties it nor is lost: two
    lines of it at least stand below its call, the rest begins the notes of the next page."""
    made = galley(30, notes={6: [[LINE] * 6]})
    first, second, *_ = plans(made)
    assert held(first) == (((0, 7),), (0, 3), 7)
    assert second.notes == (3, 6)


def test_a_note_is_split_between_two_lines_at_least() -> None:
    """Ensures that no single line of a note stands on either page: five lines where four
    would fit are three and two; three lines are not split at all."""
    five = galley(1, notes={0: [[LINE] * 5]}).notes
    assert [five.fitting(0, 5, lines * LINE) for lines in range(7)] == [0, 0, 2, 3, 3, 5, 5]
    assert [five.fitting(2, 5, lines * LINE) for lines in range(5)] == [2, 3, 3, 5, 5]
    assert held(plans(galley(30, notes={7: [[LINE] * 3]}))[0]) == (((0, 7),), (0, 0), 7)


def test_a_note_longer_than_a_page_comes_to_an_end() -> None:
    """Ensures that a note of three pages is set on as many as it needs, text above it on
    each, and on pages of its own when the text is over."""
    made = plans(galley(6, notes={0: [[LINE] * 25]}))
    assert [plan.notes for plan in made][-1][1] == 25
    assert all(a.notes[1] == b.notes[0] for a, b in pairwise(made))
    assert len(made) == 4
    assert [held(plan) for plan in plans(galley(1, notes={0: [[LINE] * 25]}))[1:]] == [
        ((), (9, 19), 1),
        ((), (19, 25), 1),
    ]


def test_many_notes_in_one_line_begin_below_it() -> None:
    """Ensures that of several notes called together the last is the one that is split."""
    made = galley(20, notes={4: [[LINE] * 2, [LINE] * 6]})
    assert held(plans(made)[0]) == (((0, 5),), (0, 5), 5)


def test_notes_before_a_forced_break() -> None:
    """Ensures that notes which leave no room for the lines up to a forced break send the
    rest to a page between, instead of out of the type area; as it is the last before the
    break it has four lines."""
    made = galley(15, forced=[9], notes={2: [[3 * LINE]]})
    assert breaks(made) == [5, 9, 15]


def test_what_is_left_of_a_note_goes_over_a_forced_break() -> None:
    """Ensures that a page break asked for loses nothing of a note."""
    made = plans(galley(12, forced=[2], notes={1: [[LINE] * 12]}))
    assert [plan.end for plan in made] == [2, 8, 12]
    assert [plan.notes for plan in made] == [(0, 8), (8, 12), (12, 12)]


def test_nothing_comes_after_the_colophon() -> None:
    """Ensures that a note is not continued on a page after the foot of the last: a page of
    text and note goes before it."""
    made = plans(galley(9, feet=[8], notes={0: [[LINE] * 12]}, after={7: 0}))
    assert made[-1].spans[-1][1] == 9
    assert made[-1].notes[1] == 12


def test_the_colophon_has_text_above_it() -> None:
    """Ensures that the foot does not stand on a page alone."""
    made = galley(heights=[1] * 10 + [3], feet=[10])
    assert breaks(made) == [8, 11]


def test_a_figure_floats() -> None:
    """Ensures that a figure without room begins the next page, and that the text after it
    fills the page it left."""
    made = plans(galley(heights=[1] * 6 + [5, 1] + [1] * 22, floats={6: 2}))
    assert held(made[0]) == (((0, 6), (8, 12)), (0, 0), 12)
    assert made[1].spans == ((6, 8), (12, 16))


def test_figures_wait_for_each_other() -> None:
    """Ensures that a second figure never comes before the first, even where it would fit, and
    that both begin the next page where it holds both."""
    made = plans(galley(heights=[1] * 6 + [6, 2] + [1] * 20, floats={6: 1, 7: 1}))
    assert made[1].spans[:2] == ((6, 7), (7, 8))


def test_a_figure_behind_one_that_waited_waits_as_well() -> None:
    """Ensures it where it begins what is left for the next page, which has no room for both."""
    heights = [1] * 6 + [6] + [1] * 4 + [8] + [1] * 20
    kept = dict.fromkeys(range(7, 10), FORBIDDEN)
    made = plans(galley(heights=heights, floats={6: 1, 11: 1}, after=kept))
    assert [plan.spans for plan in made[:3]] == [
        ((0, 6), (7, 11)),
        ((6, 7), (12, 16)),
        ((11, 12), (16, 18)),
    ]


def test_figures_without_text_are_a_page_each() -> None:
    """Ensures that what cannot float, for there is no text, is broken like anything else."""
    assert breaks(galley(heights=[6, 6, 6], floats={0: 1, 1: 1, 2: 1})) == [1, 2, 3]
    assert breaks(galley(heights=[5, 5, 5], floats={0: 1, 1: 1, 2: 1})) == [2, 3]


def test_nothing_floats_over_a_forced_break_or_the_colophon() -> None:
    """Ensures that a figure stays in its section and before the foot."""
    made = plans(galley(heights=[1] * 5 + [8, 1, 1, 1], floats={5: 1}, forced=[8]))
    assert [plan.spans for plan in made] == [((0, 5), (6, 8)), ((5, 6),), ((8, 9),)]
    kept = dict.fromkeys(range(6, 10), FORBIDDEN)
    heights = [1] * 5 + [8] + [1] * 7
    made = plans(galley(heights=heights, floats={5: 1}, blanks=[11], forced=[12], after=kept))
    assert [plan.spans for plan in made] == [((0, 5), (6, 11)), ((5, 6),), ((12, 13),)]
    made = plans(galley(heights=[1] * 5 + [8, 1, 1, 2], floats={5: 1}, feet=[8]))
    assert [plan.spans for plan in made] == [((0, 5), (6, 8)), ((5, 6), (8, 9))]


def test_notes_below_a_figure_have_the_room_that_it_leaves() -> None:
    """Ensures it on a page of its own, before a break that was asked for."""
    made = plans(
        galley(heights=[1] * 5 + [8, 1, 1, 1], floats={5: 1}, forced=[8], notes={7: [[LINE] * 8]})
    )
    alone = next(plan for plan in made if plan.spans == ((5, 6),))
    assert alone.notes[1] - alone.notes[0] == 2
    assert made[-1].notes[1] == 8


@pytest.mark.parametrize("count", [5, 300])
def test_a_figure_ends_with_what_no_page_break_may_part_from_it(count: int) -> None:
    """Ensures that it goes on up to a break that is free or asked for, and up to the end."""
    last = dict.fromkeys(range(count - 3, count), FORBIDDEN)
    for after, forced, end in (
        ({}, (), count - 2),
        ({count - 3: FORBIDDEN}, (), count - 1),
        (last, (), count),
        (last, (count - 1,), count - 1),
        (last, (count - 2,), count - 2),
    ):
        made = galley(count, after=after, forced=forced, floats={count - 4: 2})
        assert made.figure_end(count - 4) == end


def test_a_box_without_height_at_the_top() -> None:
    """Ensures that what calls a note and takes no room is a line like any other."""
    assert breaks(galley(heights=[0] + [1] * 30, notes={0: [[LINE]]}, short=0))[0] == 10


def test_a_page_more_than_a_fifth_empty_is_dearer_than_a_torn_table() -> None:
    """Ensures that no hole is left for the sake of what is merely unpleasant."""
    made = galley(24, after=dict.fromkeys(range(4, 14), 2_000))
    assert breaks(made)[0] == 10


def test_a_repeated_head_takes_its_room() -> None:
    """Ensures that a page which begins inside a table has its head's height less."""
    made = galley(24, heads=dict.fromkeys(range(1, 24), 2 * LINE))
    assert breaks(made) == [10, 18, 24]


def test_what_is_taller_than_a_page_has_one_alone() -> None:
    """Ensures that a slug no page can hold ends in an overfull page, not in a hang."""
    assert breaks(galley(heights=[1, 12, 1])) == [1, 2, 3]


def test_a_chain_that_may_not_part_is_parted_before_it_sticks_out() -> None:
    """Ensures that a forbidden break is better than losing lines below the page."""
    made = galley(15, after=dict.fromkeys(range(14), FORBIDDEN))
    assert breaks(made)[0] <= 10


def test_the_whole_volume_is_weighed() -> None:
    """Ensures that two pages each give up a line rather than one of them two: going page by
    page would fill the first and leave a hole in the second."""
    made = galley(28, after={17: 0, **dict.fromkeys(range(18, 27), FORBIDDEN)})
    assert breaks(made) == [9, 18, 28]


@pytest.mark.parametrize(("count", "last"), [(21, 4), (22, 4), (23, 4), (24, 4), (25, 5)])
def test_a_last_page_is_not_nearly_empty(count: int, last: int) -> None:
    """Ensures that the last page has four lines at least, where earlier ones can spare them,
    and takes no more than these."""
    ends = breaks(galley(count))
    assert ends[2] - ends[1] == last


def test_no_more_than_three_figures_wait() -> None:
    """Ensures that a figure is never more than a few pages from its place: where a fourth would
    have to wait, the page ends before it."""
    made = galley(
        heights=[1] * 3 + [8, 1, 8, 1, 8, 1, 8, 1] + [1] * 6, floats=dict.fromkeys((3, 5, 7, 9), 1)
    )
    pages = plans(made)
    assert pages[0].end == 9
    assert [plan.spans[0] for plan in pages[1:4]] == [(3, 4), (5, 6), (7, 8)]


def test_a_figure_that_has_room_stays() -> None:
    """Ensures that leaving a figure to the next page has its price: pages could end alike."""
    made = galley(heights=[1] * 4 + [6] + [1] * 6 + [4], floats={4: 1}, forced=[11])
    assert sum(plan.demerits for plan in plans(made, 9)) >= FLOAT


def test_more_pages_are_some_lines_short() -> None:
    """Ensures that pages which are to be more end up to three lines early, and no earlier."""
    full = galley(40, short=0)
    own = plans(full)
    ends = [0, *(plan.end for plan in more_pages(full, 10 * LINE, own, 5))]
    assert len(ends) == 6
    assert all(b - a >= 10 - SHORT_LINES for a, b in pairwise(ends[:-1]))
    assert min(b - a for a, b in pairwise(ends[:-1])) < 10
    assert more_pages(full, 10 * LINE, own, 7) == []
    long = galley(100, short=0)
    for count in (11, 12):
        assert len(more_pages(long, 10 * LINE, plans(long), count)) == count


def test_figures_that_float_past_a_heading_pay_for_each() -> None:
    """Ensures that two figures which wait below a heading cost twice what one does."""
    one = galley(heights=[1] * 3 + [8] + [1] * 12, floats={3: 1}, headings=[4])
    two = galley(heights=[1] * 3 + [8, 8] + [1] * 12, floats={3: 1, 4: 1}, headings=[5])
    for made, count in ((one, 1), (two, 2)):
        found = plans(made)
        empty = found[0].demerits - count * (FLOAT + FLOAT_OVER_HEADING)
        assert 0 <= empty < 100  # a line or two
        assert sum(plan.demerits for plan in found) == least_demerits(made, 10 * LINE)
