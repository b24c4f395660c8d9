"""Stages 5 to 8: a document is set, and where its pages end is found.

Two things about the contents depend on pages that depend on them: whether there are any, which
the number of pages may decide, and whether what follows begins a page, which it does not where
their last page would be left nearly empty. Each is decided once, for good, from the pages as
they were without it; then the pages are broken again. So there is an end to it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from brieftex.document.blocks import Document
from brieftex.layout.blocks.box import Galley
from brieftex.layout.blocks.galley import build_galley
from brieftex.layout.lines.paragraph import Setting
from brieftex.layout.pages.columns import NoteColumns, PageColumns
from brieftex.layout.pages.contents_break import run_on
from brieftex.layout.pages.notes import NoteList, note_list
from brieftex.layout.pages.pagebreak import PagePlan, break_pages
from brieftex.units import Sp

MOST_PASSES: Final = 3
"""How often pages are broken at most: first, with contents, and with what runs on below them."""

BreakPages: TypeAlias = Callable[[PageColumns, Sp], list[PagePlan]]


class Layout(Struct, frozen=True):
    """A document as it is printed, with its galley, its notes and where its pages end."""

    document: Document
    galley: Galley
    notes: NoteList
    columns: PageColumns
    plans: list[PagePlan]

    @property
    def depth(self) -> Sp:
        """The height of a page's lines."""
        return self.document.page.leading * self.document.page.lines

    def used(self, page: int) -> Sp:
        """What of page ``page`` (from 0) is taken, heads that come again included."""
        plan = self.plans[page]
        height = sum(box.height for box in self.galley.on_page(plan.spans))
        if plan.spans:
            height += self.columns.heads[plan.spans[-1][0]]
        return height + self.columns.notes.room(*plan.notes)


def paginate(document: Document, setting: Setting, breaker: BreakPages = break_pages) -> Layout:
    """All texts of ``document`` set, its pages broken by ``breaker``."""
    layout = _broken(document, build_galley(document, setting), breaker)
    for _ in range(MOST_PASSES - 1):
        change = _change(layout, setting)
        if change is None:
            break
        layout = _broken(*change, breaker)
    return layout


def _change(layout: Layout, setting: Setting) -> tuple[Document, Galley] | None:
    """What the pages demand that they do not have yet."""
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
    plans = breaker(columns, document.page.leading * document.page.lines)
    return Layout(document, galley, notes, columns, with_even_foot(document, plans))


def page_columns(document: Document, galley: Galley, notes: NoteList) -> PageColumns:
    """The vertical list as the page breaker sees it."""
    boxes = galley.boxes
    style, leading = document.note_style, document.page.leading
    space = style.above + style.rule_thickness + style.below
    return PageColumns(
        heights=[box.height for box in boxes],
        after=[box.after for box in boxes],
        blanks=[int(box.blank) for box in boxes],
        forced=[int(box.forced) for box in boxes],
        heads=[box.head.height if box.head else 0 for box in boxes],
        floats=[box.floating for box in boxes],
        headings=[int(bool(box.anchors)) for box in boxes],
        feet=[box.height if box.foot else 0 for box in boxes],
        called=notes.called,
        notes=NoteColumns(
            [box.height for box in notes.boxes], notes.starts, style.gap, space, leading
        ),
        leading=leading,
        short=document.breaks.last_lines,
    )


def with_even_foot(document: Document, plans: list[PagePlan]) -> list[PagePlan]:
    """``plans`` with the colophon on a page of even number, if it is to stand on one: on a
    page of its own, behind a blank one where that would be odd."""
    if document.foot is None or not document.foot.even or len(plans) % 2 == 0:
        return plans
    last = plans[-1]
    begin, end = last.spans[-1]
    spans = last.spans[:-1] if begin == end - 1 else (*last.spans[:-1], (begin, end - 1))
    alone = PagePlan(((end - 1, end),), (last.notes[1], last.notes[1]), end)
    return [*plans[:-1], replace(last, spans=spans, end=end - 1), alone]
