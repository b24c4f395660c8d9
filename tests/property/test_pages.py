"""What must hold of page breaks, whatever the galley."""

from __future__ import annotations

from itertools import pairwise, product
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from helpers.bestpages import Best, least_demerits
from helpers.chance import several
from helpers.galleys import LINE, galley
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from brieftex.layout.pages import pagebreak, parameters
from brieftex.layout.pages.breakers import PAGE_BREAKERS, BreakPages
from brieftex.layout.pages.columns import NoteColumns, PageColumns
from brieftex.layout.pages.feasible import IDLE_PAGE, FeasiblePages, PageStart
from brieftex.layout.pages.msword import break_pages_msword
from brieftex.layout.pages.pagebreak import SHORT_LINES, break_pages, more_pages

DEPTH = 8 * LINE

AFTER = (0, 0, 0, 30, 2_000, parameters.ORPHAN, parameters.WIDOW, parameters.FORBIDDEN)
NOTES = ((), (), (), ((7,),), ((5, 5, 5),), ((9,) * 6,), ((7,), (8,) * 5))


def box(chance: Random) -> dict[str, Any]:
    return {
        "height": chance.randint(1, 4),
        "after": chance.choice(AFTER),
        "blank": chance.choice((0, 0, 0, 1)),
        "forced": chance.choice((0, 0, 0, 0, 1)),
        "notes": chance.choice(NOTES),
        "head": chance.choice((0, 0, 0, 10)),
        "figure": chance.choice((0, 0, 0, 1, 2)),
        "heading": chance.random() < 0.5,
    }


def mostly_line(chance: Random) -> dict[str, Any]:
    line = {"blank": 0, "forced": 0, "notes": (), "figure": 0} if chance.randrange(4) else {}
    return {**box(chance), **line}


galleys = st.tuples(several(box, 9), st.booleans())
mostly_lines = st.tuples(several(mostly_line, 14), st.booleans())
long_galleys = st.tuples(several(box, 60), st.booleans())


def made(drawn: tuple[list[dict[str, Any]], bool]) -> PageColumns:
    boxes, foot = drawn
    count = len(boxes)
    floats: dict[int, int] = {}
    k = 0
    while k < count:
        long = boxes[k]["figure"]
        free = all(not s["blank"] and not s["notes"] for s in boxes[k : k + long])
        whole = not any(s["forced"] for s in boxes[k + 1 : k + long])
        if long and k + long <= count - foot and free and whole:
            floats[k] = long
        k += max(1, floats.get(k, 0))
    inside = {k for i, n in floats.items() for k in range(i + 1, i + n)}
    return galley(
        heights=[s["height"] for s in boxes],
        after={
            k: parameters.FORBIDDEN if k + 1 in inside else s["after"] for k, s in enumerate(boxes)
        },
        # An empty line stands above something.
        blanks=[k for k, s in enumerate(boxes) if s["blank"] and k < count - 1],
        forced=[k for k, s in enumerate(boxes) if s["forced"]],
        notes={k: s["notes"] for k, s in enumerate(boxes)},
        heads={k: s["head"] for k, s in enumerate(boxes)},
        floats=floats,
        headings=[k for k, s in enumerate(boxes) if s["heading"]],
        feet=[count - 1] if foot else [],
        gap=1,
        space=5,
    )


@given(galleys)
def test_pages_have_the_least_demerits_of_all_paths(
    drawn: tuple[list[dict[str, Any]], bool],
) -> None:
    """Ensures that what the breaker does not look at is never the best (brute force knows
    it): a lost page break would leave widows or holes that need not be."""
    columns = made(drawn)
    assert sum(plan.demerits for plan in break_pages(columns, DEPTH)) == least_demerits(
        columns, DEPTH
    )


@pytest.mark.parametrize(
    "limit",
    [
        parameters.UNDERFULL,
        2 * parameters.UNDERFULL,
        IDLE_PAGE,
        IDLE_PAGE + parameters.empty(4),
        2 * parameters.LONE_ROW,
    ],
)
@given(drawn=mostly_lines)
def test_a_limit_takes_pages_away_and_nothing_else(
    limit: int, drawn: tuple[list[dict[str, Any]], bool]
) -> None:
    """Ensures that the boxes that are taken at once, because pages that end among them are not
    wanted, hide no page that is."""
    pages = FeasiblePages(columns := made(drawn), DEPTH)
    for k in range(len(columns.heights)):
        for note in {0, columns.called_before(k)}:
            state = PageStart(k, note, ())
            wanted = [page for page in pages.from_state(state) if page.demerits < limit]
            assert pages.from_state(state, limit) == wanted


@given(drawn=long_galleys)
def test_limits_of_the_whole_change_no_pages(drawn: tuple[list[dict[str, Any]], bool]) -> None:
    """Ensures that no path is given up that is as good as the best, whose pages are the first
    found."""
    columns = made(drawn)
    with patch.object(pagebreak, "_LIMITS", ()):
        wanted = break_pages(columns, DEPTH)
    assert break_pages(columns, DEPTH) == wanted


@pytest.mark.parametrize("breaker", PAGE_BREAKERS.values())
@given(drawn=long_galleys)
def test_everything_is_on_one_page(
    breaker: BreakPages, drawn: tuple[list[dict[str, Any]], bool]
) -> None:
    """Ensures that every box but empty lines at a page's top, and every line of a note, is
    on one page, and that none is fuller than the type area unless a single box is."""
    columns = made(drawn)
    plans = breaker(columns, DEPTH)
    seen = [k for plan in plans for span in plan.spans for k in range(*span)]
    assert len(seen) == len(set(seen))
    assert all(columns.blanks[k] for k in set(range(len(columns.heights))) - set(seen))
    assert plans[0].notes[0] == 0
    assert plans[-1].notes[1] == columns.called[-1]
    assert plans[-1].end == len(columns.heights)
    for a, b in pairwise(plans):
        assert a.notes[1] == b.notes[0]
        assert a.end < b.end or a.end == b.end == len(columns.heights) or columns.floats
    for plan in plans:
        first = plan.spans[-1][0] if plan.spans else 0
        body = sum(sum(columns.heights[j:k]) for j, k in plan.spans)
        used = body + columns.notes.room(*plan.notes)
        figure = plan.spans and plan.spans[0][1] - plan.spans[0][0] == columns.floats[first]
        alone = sum(k - j for j, k in plan.spans) <= 1 or figure
        assert used <= DEPTH or alone


@pytest.mark.parametrize("breaker", PAGE_BREAKERS.values())
@given(drawn=long_galleys)
def test_text_keeps_its_order(
    breaker: BreakPages, drawn: tuple[list[dict[str, Any]], bool]
) -> None:
    """Ensures that text is read as it was written, and figures in the order of their numbers:
    a figure only comes later than it was written, and over no page break asked for."""
    columns = made(drawn)
    plans = breaker(columns, DEPTH)
    seen = [k for plan in plans for span in plan.spans for k in range(*span)]
    figures = {k for i, n in enumerate(columns.floats) for k in range(i, i + n)}
    for part in (
        [k for k in seen if k in figures],
        [k for k in seen if k not in figures],
    ):
        assert part == sorted(part)
    page_of = {k: p for p, plan in enumerate(plans) for span in plan.spans for k in range(*span)}
    for k in range(1, len(columns.heights)):
        if columns.forced[k] and k in page_of:
            before = [page_of[j] for j in range(k) if j in page_of]
            assert not before or max(before) < page_of[k]


@given(long_galleys)
def test_words_pages_are_as_full_as_they_can_be(drawn: tuple[list[dict[str, Any]], bool]) -> None:
    """Ensures that no page could hold more, were it not for the break at its end; counted here by
    heights alone, without notes."""
    boxes, foot = drawn
    columns = made(([{**one, "notes": (), "figure": 0} for one in boxes], foot))
    count = len(columns.heights)

    def cost(k: int) -> int:
        if k == count or columns.forced[k]:
            return 0
        after = columns.after[k - 1]
        return (after >= parameters.ORPHAN) + (after >= parameters.FORBIDDEN)

    for plan in break_pages_msword(columns, DEPTH):
        if not plan.spans:
            continue
        (start, stop), room = plan.spans[0], DEPTH - columns.heads[plan.spans[0][0]]
        for k in range(stop + 1, count + 1):
            if columns.forced[k - 1] or sum(columns.heights[start:k]) > room:
                break
            if not columns.blanks[k - 1]:
                assert cost(k) > cost(stop)


@given(long_galleys, st.integers(1, 3))
def test_more_pages_than_the_best(drawn: tuple[list[dict[str, Any]], bool], more: int) -> None:
    """Ensures that pages asked for are given with all that was on the fewer ones, none of
    them worse than the worst of these or more than a few lines short; or none at all."""
    columns = made(drawn)
    own = break_pages(columns, DEPTH)
    found = more_pages(columns, DEPTH, own, len(own) + more)
    if not found:
        return
    assert len(found) == len(own) + more
    assert {k for plan in found for span in plan.spans for k in range(*span)} >= {
        k for k, blank in enumerate(columns.blanks) if not blank
    }
    assert found[-1].notes[1] == own[-1].notes[1]
    short = parameters.empty(SHORT_LINES)
    for plan in found:
        whole = sum(columns.heights[k] for span in plan.spans for k in range(*span))
        missing = (DEPTH - whole - columns.notes.room(*plan.notes)) // LINE
        asked = plan.end == len(columns.heights) or columns.forced[plan.end]
        worst = max([short, *(plan.demerits for plan in own)])
        assert asked or parameters.empty(missing - 1) <= worst


def test_as_many_lines_of_notes_as_fit() -> None:
    """Ensures that a page takes all the lines of notes for which it has room, wherever those of
    the page before ended, and that where a note is parted two lines stand on either side: for two
    notes of up to five lines, one after the other."""
    for one, other in product(range(1, 6), repeat=2):
        both = one + other
        notes = NoteColumns([5, 7, 6, 5, 8, 5, 6, 7, 5, 5][:both], [0, one], 2, 3, 4)
        best = Best(replace(galley(1), notes=notes, leading=4), DEPTH)
        for s in range(both + 1):
            assert notes.begun(s) == (s > 0) + (s > one)
            for e in (one, both)[s > one :]:
                assert notes.room(s, e) == best.note_area(s, e)
                for room in range(0, 45, 3):
                    assert notes.fitting(s, e, room) == best.note_ends(s, e, room)


def test_what_is_kept_with_a_figure() -> None:
    """Ensures that a figure is moved with all that no page break may part from it: up to the first
    place behind it where a page may end or must begin; for each way to end or begin four boxes."""
    for bits in product((0, 1), repeat=8):
        after = {k: parameters.FORBIDDEN for k in range(4) if bits[k]}
        forced = [k for k in range(4) if bits[4 + k]]
        for first, long in ((0, 1), (1, 1), (0, 2), (2, 2)):
            columns = galley(4, after=after, forced=forced, floats={first: long})
            places = range(first + long, 5)
            free = [end for end in places if end == 4 or end in forced or end - 1 not in after]
            assert columns.figure_end(first) == free[0]


@given(galleys)
@settings(max_examples=15)
def test_what_stands_behind_a_page_break_is_broken_as_by_itself(
    drawn: tuple[list[dict[str, Any]], bool],
) -> None:
    """Ensures that 33 pages before a break that is asked for change nothing behind it
    but the numbers of boxes."""
    boxes, foot = drawn
    line = {"height": 1, "after": 0, "blank": 0, "forced": 0, "notes": (), "head": 0, "figure": 0,
            "heading": False}  # fmt: skip
    before = DEPTH // LINE * 33
    own = break_pages(made(([{**boxes[0], "blank": 0}, *boxes[1:]], foot)), DEPTH)
    both = break_pages(
        made(([line] * before + [{**boxes[0], "blank": 0, "forced": 1}, *boxes[1:]], foot)), DEPTH
    )
    behind = both[33:]
    assert [plan.end - before for plan in behind] == [plan.end for plan in own]
    assert sum(plan.demerits for plan in behind) == sum(plan.demerits for plan in own)
