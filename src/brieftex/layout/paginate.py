"""Stages 5 to 8: a document is set and broken into pages.

Two decisions about the contents depend on the pages, and the pages on them: whether there are
contents at all, which the number of pages may decide, and whether the text after them begins a
page, which it does not where their last page would be left nearly empty. Each is made once and
for all, from the pages as they were before it, and then pages are broken again; so the process
ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from brieftex.document.blocks import Document
from brieftex.document.styles import BreakRules
from brieftex.layout.blocks.box import Box, Galley
from brieftex.layout.blocks.galley import build_galley
from brieftex.layout.lines.paragraph import Setting
from brieftex.layout.pages.breakers import PAGE_BREAKERS, BreakPages
from brieftex.layout.pages.columns import NoteColumns, PageColumns
from brieftex.layout.pages.contents_break import run_on
from brieftex.layout.pages.feasible import PagePlan
from brieftex.layout.pages.notes import NoteList, note_list
from brieftex.layout.pages.parameters import FORBIDDEN, ORPHAN
from brieftex.layout.pages.runs import PageRun, page_runs
from brieftex.units import Sp

MOST_PASSES: Final = 3
"""How often pages are broken at most: at first, with contents, and with text run on below them."""


class Layout(Struct, frozen=True):
    """A document as it will be printed, with its galley, its notes and its page breaks."""

    document: Document
    galley: Galley
    notes: NoteList
    columns: PageColumns
    plans: list[PagePlan]

    @property
    def depth(self) -> Sp:
        """The height of the type area available to boxes and notes on an upright page, Sp."""
        return self.document.page.depth

    def room(self, page: int) -> Sp:
        """The same for page ``page`` (from 0), upright or turned."""
        style = self.document.page
        return style.turned.depth if self.plans[page].turned else style.depth

    def with_plans(self, run: PageRun, plans: Sequence[PagePlan]) -> Layout:
        """The layout with these plans, of the run alone, in place of those that the run has."""
        before = [plan for plan in self.plans if plan.end <= run.start]
        after = [plan for plan in self.plans if plan.end > run.end]
        return replace(self, plans=[*before, *run.in_galley(plans), *after])

    @property
    def longest_run(self) -> PageRun | None:
        """The longest run of upright pages, if there are any: turned ones stay as they are where
        there are to be more."""
        runs = page_runs(self.galley.boxes, self.columns)
        upright = [run for run in runs if not run.turned]
        return max(upright, key=lambda run: run.end - run.start, default=None)

    def used(self, page: int) -> Sp:
        """The height used on page ``page`` (from 0), repeated table heads included, Sp."""
        plan = self.plans[page]
        height = sum([self.columns.sums[k] - self.columns.sums[j] for j, k in plan.spans])
        if plan.spans:
            height += self.columns.heads[plan.spans[-1][0]]
        return height + self.columns.notes.room(*plan.notes)


def paginate(document: Document, setting: Setting, breaker: BreakPages | None = None) -> Layout:
    """Set all texts of ``document`` and break its pages as it wants, or with ``breaker``."""
    breaker = breaker or PAGE_BREAKERS[document.breaks.breaking]
    layout = _broken(document, build_galley(document, setting), breaker)
    for _ in range(MOST_PASSES - 1):
        change = _change(layout, setting)
        if change is None:
            break
        layout = _broken(*change, breaker)
    return layout


def _change(layout: Layout, setting: Setting) -> tuple[Document, Galley] | None:
    """The document and galley that these pages call for, or None if they stay as they are."""
    document, count = layout.document, len(layout.plans)
    longer = document.with_contents
    if longer is not None and count >= longer.pages:
        return longer.document, build_galley(longer.document, setting)
    entries, leading = document.breaks.last_entries, document.page.leading
    galley = run_on(layout.galley, layout.plans, entries, leading)
    return None if galley is None else (document, galley)


def _broken(document: Document, galley: Galley, breaker: BreakPages) -> Layout:
    notes = note_list(galley)
    columns = page_columns(document, galley, notes)
    depths = document.page.depth, document.page.turned.depth
    plans = [
        plan
        for run in page_runs(galley.boxes, columns)
        for plan in run.in_galley(breaker(run.columns, depths[run.turned]))
    ]
    plans = with_odd_starts(galley, plans)
    return Layout(document, galley, notes, columns, with_even_foot(document, plans))


def page_columns(document: Document, galley: Galley, notes: NoteList) -> PageColumns:
    """The vertical list as the page breaker sees it."""
    boxes = galley.boxes
    style, leading = document.note_style, document.page.leading
    space = style.above + style.rule_thickness + style.below
    return PageColumns(
        heights=[box.height for box in boxes],
        after=_penalties(boxes, document.breaks),
        blanks=[1 if box.blank else 0 for box in boxes],
        forced=[1 if box.forced else 0 for box in boxes],
        heads=[box.head.height if box.head else 0 for box in boxes],
        floats=[box.floating for box in boxes],
        headings=[1 if box.anchors else 0 for box in boxes],
        feet=[box.height if box.foot else 0 for box in boxes],
        called=notes.called,
        notes=NoteColumns(
            [box.height for box in notes.boxes], notes.starts, style.gap, space, leading
        ),
        leading=leading,
        short=document.breaks.last_lines,
    )


def _penalties(boxes: Sequence[Box], rules: BreakRules) -> list[int]:
    """The penalties of page breaks after ``boxes``; without widow control, lines may stand
    alone."""
    if rules.widow_control:
        return [box.after for box in boxes]
    # A row of a table is no line.
    return [
        0 if ORPHAN <= box.after < FORBIDDEN and not box.closing else box.after for box in boxes
    ]


def with_odd_starts(galley: Galley, plans: Sequence[PagePlan]) -> list[PagePlan]:
    """``plans`` with a blank page before each that is to be odd and would be even."""
    made: list[PagePlan] = []
    for plan in plans:
        starts = [start for start, end in plan.spans if start < end]
        if len(made) % 2 and starts and galley.boxes[starts[0]].odd:
            made.append(PagePlan((), (plan.notes[0], plan.notes[0]), made[-1].end))
        made.append(plan)
    return made


def with_even_foot(document: Document, plans: list[PagePlan]) -> list[PagePlan]:
    """``plans`` with the colophon on an even page if the document wants it there: on a page of
    its own, after a blank one where its number would be odd."""
    if document.foot is None or not document.foot.even or len(plans) % 2 == 0:
        return plans
    last = plans[-1]
    begin, end = last.spans[-1]
    spans = last.spans[:-1] if begin == end - 1 else (*last.spans[:-1], (begin, end - 1))
    alone = PagePlan(((end - 1, end),), (last.notes[1], last.notes[1]), end)
    return [*plans[:-1], replace(last, spans=spans, end=end - 1), alone]
