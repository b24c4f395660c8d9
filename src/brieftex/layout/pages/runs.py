"""Runs of upright and of turned pages: each is a list of boxes of its own to the page breaker.

Between two runs a page break is forced, so that neither a figure nor a footnote goes from one to
the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from brieftex.layout.blocks.box import Box
from brieftex.layout.pages.columns import PageColumns
from brieftex.layout.pages.feasible import PagePlan


class PageRun(Struct, frozen=True):
    """Boxes ``start`` up to ``end`` of the galley and their columns; the notes that they call
    begin with line ``note``. ``turned``: they stand on turned pages."""

    start: int
    end: int
    note: int
    turned: bool
    columns: PageColumns

    def in_galley(self, plans: Sequence[PagePlan]) -> list[PagePlan]:
        """Plans for the run as plans for the whole galley."""
        if not (self.start or self.turned):
            return list(plans)
        return [
            replace(
                plan,
                spans=tuple((j + self.start, k + self.start) for j, k in plan.spans),
                notes=(plan.notes[0] + self.note, plan.notes[1] + self.note),
                end=plan.end + self.start,
                turned=self.turned,
            )
            for plan in plans
        ]

    def own(self, plans: Sequence[PagePlan]) -> list[PagePlan]:
        """Those of the plans for the whole galley that are of this run, as plans for it."""
        return [
            replace(
                plan,
                spans=tuple((j - self.start, k - self.start) for j, k in plan.spans),
                notes=(plan.notes[0] - self.note, plan.notes[1] - self.note),
                end=plan.end - self.start,
            )
            for plan in plans
            if self.start < plan.end <= self.end
        ]


def page_runs(boxes: Sequence[Box], columns: PageColumns) -> list[PageRun]:
    """The runs of a galley, in order; one for all of it if no page is turned."""
    runs: list[PageRun] = []
    start = 0
    for turned, group in groupby(boxes, key=attrgetter("turned")):
        end = start + len(list(group))
        note = columns.called_before(start)
        part = columns if end - start == len(boxes) else _part(columns, start, end)
        runs.append(PageRun(start, end, note, turned, part))
        start = end
    return runs


def _part(columns: PageColumns, start: int, end: int) -> PageColumns:
    """The columns of some boxes alone."""
    first, last = columns.called_before(start), columns.called_before(end)
    notes = columns.notes
    rows = slice(start, end)
    return PageColumns(
        heights=columns.heights[rows],
        after=columns.after[rows],
        blanks=columns.blanks[rows],
        forced=columns.forced[rows],
        heads=columns.heads[rows],
        floats=columns.floats[rows],
        headings=columns.headings[rows],
        feet=columns.feet[rows],
        called=[called - first for called in columns.called[rows]],
        notes=replace(
            notes,
            heights=notes.heights[first:last],
            starts=[line - first for line in notes.starts if first <= line < last],
        ),
        leading=columns.leading,
        short=columns.short,
    )
