"""Each rule of Word's pages, in lines of ten units."""

from __future__ import annotations

import pytest
from helpers.galleys import LINE, galley, paragraph
from helpers.specimens import block, document, setting
from msgspec.structs import replace

from brieftex.checks.makeup import check_pages
from brieftex.document.styles import BreakRules, PageBreaking
from brieftex.layout.pages.breakers import PAGE_BREAKERS
from brieftex.layout.pages.columns import PageColumns
from brieftex.layout.pages.msword import break_pages_msword
from brieftex.layout.pages.pagebreak import break_pages
from brieftex.layout.pages.parameters import FORBIDDEN, ORPHAN
from brieftex.layout.paginate import paginate


def ends(made: PageColumns) -> list[int]:
    return [plan.end for plan in break_pages_msword(made, 10 * LINE)]


def test_it_is_a_breaker() -> None:
    assert PAGE_BREAKERS[PageBreaking.WORD] is break_pages_msword


def test_pages_take_what_fits_and_leave_the_rest() -> None:
    """A single line is left for the last page; breaking over the whole would spare it some."""
    made = galley(21)
    assert ends(made) == [10, 20, 21]
    assert [plan.end for plan in break_pages(made, 10 * LINE)] == [8, 17, 21]


def test_nothing_takes_no_page() -> None:
    assert ends(galley(0)) == []


@pytest.mark.parametrize(
    ("first", "count", "end"),
    [
        (9, 4, 9),  # a first line alone at the foot
        (7, 4, 9),  # a last line alone at the top: one more goes with it
        (8, 3, 8),  # of three lines neither one nor two may go
        (9, 2, 9),
        (8, 4, 10),
    ],
)
def test_widow_control(first: int, count: int, end: int) -> None:
    made = galley(30, after=paragraph(first, count))
    assert ends(made)[0] == end


def test_what_is_kept_with_the_next_goes_with_it() -> None:
    """A heading goes to the next page with the two lines that a paragraph has at least."""
    made = galley(30, after={8: FORBIDDEN, **paragraph(9, 4)})
    assert ends(made)[0] == 8


def test_widow_control_gives_way_before_what_is_kept_together() -> None:
    """Nine lines kept together, then a paragraph's first line, and a page for ten."""
    kept = dict.fromkeys(range(9), FORBIDDEN)
    assert ends(galley(30, after={**kept, **paragraph(9, 4)}))[0] == 10
    assert ends(galley(30, after={**kept, 8: ORPHAN, 9: FORBIDDEN}))[0] == 9
    whole = dict.fromkeys(range(12), FORBIDDEN)
    assert ends(galley(30, after=whole))[0] == 10  # more than a page holds


def test_page_breaks_asked_for_and_empty_lines() -> None:
    assert ends(galley(14, forced=[3])) == [3, 13, 14]
    made = galley(14, blanks=[10])
    assert [plan.spans for plan in break_pages_msword(made, 10 * LINE)] == [((0, 10),), ((11, 14),)]


def test_a_figure_stays_in_its_place() -> None:
    """It goes to the next page with all that follows, where it would float otherwise."""
    made = galley(heights=[1] * 6 + [5] + [1] * 12, floats={6: 1})
    assert ends(made) == [6, 12, 19]
    assert break_pages(made, 10 * LINE)[0].spans == ((0, 6), (7, 10))


def test_a_note_goes_on_where_its_page_is_full() -> None:
    """Only one called in the last line: lines below another do not press it off the page."""
    first, second, third, _ = break_pages_msword(galley(30, notes={7: [[LINE] * 6]}), 10 * LINE)
    assert (first.end, first.notes) == (8, (0, 2))
    assert (second.end, second.notes) == (14, (2, 6))
    assert (third.end, third.notes) == (24, (6, 6))
    first, *_ = break_pages_msword(galley(30, notes={3: [[LINE] * 5]}), 10 * LINE)
    assert (first.end, first.notes) == (5, (0, 5))


def test_a_box_higher_than_the_page_has_one_to_itself() -> None:
    assert ends(galley(heights=[1, 12, 1])) == [1, 2, 3]


def test_widow_control_can_be_left_off() -> None:
    """Catches a switch that only one of the breakers knows, or that is told of all the same."""
    text = [block("中文字体排印" * 7) for _ in range(8)]
    for breaking in PageBreaking:
        for control in (True, False):
            rules = BreakRules(breaking, widow_control=control, last_lines=0)
            layout = paginate(replace(document(*text), breaks=rules), setting())
            alone = [
                layout.galley.boxes[plan.spans[-1][1] - 1].after > 0 for plan in layout.plans[:-1]
            ]
            assert any(alone) is not control
            assert check_pages(layout) == []
