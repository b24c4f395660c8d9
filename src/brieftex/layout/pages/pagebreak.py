"""Stage 8: where pages end.

Page breaks are optimised over the whole document, as Knuth and Plass do for the lines of a
paragraph: for every state in which a page can begin, the path of least demerits to it is kept. A
state is a box, the first line of the footnotes that did not fit on the page before, and the
figures deferred to the top of the next. The demerits of a page are those of its empty lines and
of the break at its end (``parameters``); a page that ends at a forced break has few. The work
grows with the number of boxes times the boxes on a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush
from typing import Final

from brieftex.layout.pages import parameters
from brieftex.layout.pages.columns import PageColumns
from brieftex.layout.pages.feasible import IDLE_PAGE, FeasiblePages, PagePlan, PageStart, Spans
from brieftex.units import Sp

SHORT_LINES: Final = 3
"""By how many lines a page may be short to reach a wanted number of pages."""


_LIMITS: Final = (IDLE_PAGE, IDLE_PAGE + parameters.empty(9), 2 * IDLE_PAGE)
"""Demerits that the whole may have at first, and then. Paths that reach them are given up, and so
are the states after an idle page, which are most of all, or after one that is nearly empty."""


def break_pages(columns: PageColumns, depth: Sp) -> list[PagePlan]:
    """The pages of least total demerits, each at most ``depth`` high unless one box is higher."""
    if not columns.heights:
        return []
    pages = FeasiblePages(columns, depth)
    for limit in _LIMITS:
        if plans := _best(pages, whole=limit):
            return plans
    return _best(pages)


def more_pages(
    columns: PageColumns, depth: Sp, plans: Sequence[PagePlan], count: int
) -> list[PagePlan]:
    """``count`` pages where the optimal ``plans`` are fewer. None of them has more demerits than
    the worst of ``plans`` or than a page SHORT_LINES short. Empty if that is impossible.

    A bonus for every page makes more pages preferable; bisection finds the least that does.
    """
    worst = max(plan.demerits for plan in plans)
    limit = 1 + max(worst, parameters.empty(SHORT_LINES))
    low, high = 0, limit
    while low < high:
        bonus = (low + high) // 2
        found = _best(FeasiblePages(columns, depth, bonus, holes=False), each=limit)
        if len(found) == count:
            return found
        if not found:
            return []
        low, high = (bonus + 1, high) if len(found) < count else (low, bonus)
    return []


def _best(
    pages: FeasiblePages, *, whole: int | None = None, each: int | None = None
) -> list[PagePlan]:
    """The path of least demerits through these pages; empty if none leads to the end that has fewer
    demerits than ``whole``, and ``each`` of whose pages has fewer than that."""
    columns = pages.columns
    count = len(columns.heights)
    first, last = PageStart(0, 0, ()), PageStart(count, columns.called_before(count), ())
    best: dict[PageStart, tuple[int, PageStart, Spans]] = {first: (0, first, ())}
    # The order of states is topological: a page ends further on in the list, or at the same
    # box with fewer notes or figures left.
    heap = [(0, 0, 0, first)]
    while heap:
        state = heappop(heap)[3]
        if state == last:
            break
        so_far = best[state][0]
        limit = each if whole is None else whole - so_far
        for page in pages.from_state(state, limit):
            after, demerits = page.after, so_far + page.demerits
            known = best.get(after)
            if known is None:
                heappush(heap, (after.k, after.note, -len(after.waiting), after))
            elif known[0] <= demerits:
                continue
            best[after] = demerits, state, page.spans
    plans: list[PagePlan] = []
    state = last
    while state != first and state in best:
        demerits, before, spans = best[state]
        notes = before.note, state.note
        plans.append(PagePlan(spans, notes, state.k, demerits - best[before][0]))
        state = before
    return plans[::-1]
