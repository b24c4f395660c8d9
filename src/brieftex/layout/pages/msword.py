"""Stage 8 as Microsoft Word does it: where pages end.

Word goes page by page and never revises one. A page ends after the last line that fits on it and
may end it: not one that is kept with the next or in the middle of lines kept together, nor where
widow control forbids (ECMA-376-1, 17.3.1.14, 17.3.1.15, 17.3.1.44). Where a page has no such line,
widow control gives way first, then the others. No line is held back for the sake of a later page,
and figures stand where they are called, in line with the text.
"""

from __future__ import annotations

from msgspec.structs import replace

from brieftex.layout.pages.columns import PageColumns
from brieftex.layout.pages.feasible import FeasiblePage, FeasiblePages, PagePlan, PageStart
from brieftex.layout.pages.parameters import FORBIDDEN, ORPHAN
from brieftex.units import Sp


def break_pages_msword(columns: PageColumns, depth: Sp) -> list[PagePlan]:
    """The pages, each as full as it can be, at most ``depth`` high unless one box is higher."""
    count = len(columns.heights)
    pages = FeasiblePages(replace(columns, floats=[0] * count), depth)
    state, last = PageStart(0, 0, ()), PageStart(count, columns.called_before(count), ())
    plans: list[PagePlan] = []
    while state != last:
        page = max(pages.from_state(state), key=lambda page: _rank(page, columns))
        plans.append(
            PagePlan(page.spans, (state.note, page.after.note), page.after.k, page.demerits)
        )
        state = page.after
    return plans


def _rank(page: FeasiblePage, columns: PageColumns) -> tuple[bool, int, int]:
    """How Word prefers a page: with the whole of the notes called above its last line, then by
    what its end separates, then by how much it holds."""
    k = page.after.k
    last = page.spans[-1][1] - 1 if page.spans else k
    whole = page.after.note >= columns.called_before(last)
    if last == k or k == len(columns.heights) or columns.forced[k]:
        return whole, 0, k
    after = columns.after[last]
    return whole, -(after >= ORPHAN) - (after >= FORBIDDEN), k
