"""A document in pages that are planned, but not made up yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from brieftex.compose.compose import compose
from brieftex.compose.contents import has_contents
from brieftex.document.blocks import Document, FootBlock
from brieftex.input.theme import Theme
from brieftex.layout.blocks.box import Galley
from brieftex.layout.blocks.galley import build_galley
from brieftex.layout.lines.paragraph import Setting
from brieftex.layout.pages.columns import PageColumns
from brieftex.layout.pages.contents_break import run_on
from brieftex.layout.pages.makeup import boxes_of, page_columns, with_even_foot
from brieftex.layout.pages.notes import NoteList, note_list
from brieftex.layout.pages.pagebreak import PagePlan, break_pages, more_pages
from brieftex.model.issue import Issue
from brieftex.units import Sp


@dataclass(frozen=True, slots=True)
class Layout:
    """A document with its galley, its notes and where its pages end; ``setting`` holds what
    was found on the way."""

    document: Document
    setting: Setting
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
        height = sum(box.height for box in boxes_of(self.galley, plan))
        if plan.spans:
            height += self.columns.heads[plan.spans[-1][0]]
        return height + self.columns.notes.room(*plan.notes)


BreakPages: TypeAlias = Callable[[PageColumns, Sp], list[PagePlan]]


def lay_out(
    document: Document, theme: Theme, setting: Setting, plans: BreakPages = break_pages
) -> Layout:
    """Set all texts of ``document`` and break its pages."""
    galley = build_galley(document, setting)
    layout = _broken(document, setting, galley, plans)
    # Contents that would leave little on their last page are known only now.
    leading = document.page.leading
    if changed := run_on(galley, layout.plans, theme.contents.alone_from, leading):
        layout = _broken(document, setting, changed, plans)
    return replace(layout, plans=with_even_foot(document, layout.plans))


def _broken(document: Document, setting: Setting, galley: Galley, plans: BreakPages) -> Layout:
    notes = note_list(galley)
    columns = page_columns(document, galley, notes)
    found = plans(columns, document.page.leading * document.page.lines)
    return Layout(document, setting, galley, notes, columns, found)


def stretched(layout: Layout, pages: int) -> Layout | None:
    """The same lines on more pages, which end earlier; None where one would be too empty."""
    foot = layout.document.blocks[-1]
    if isinstance(foot, FootBlock) and foot.even:
        return None  # a page more for the colophon alone
    plans = more_pages(layout.columns, layout.depth, layout.plans, pages)
    return replace(layout, plans=plans) if plans else None


def settled(issue: Issue, theme: Theme, layout: Layout, plans: BreakPages = break_pages) -> Layout:
    """``layout``, or again where the number of its pages brings contents."""
    count = len(layout.plans)
    if has_contents(issue, theme, count) and not has_contents(issue, theme):
        document, _ = compose(issue, theme, pages=count)
        layout = lay_out(document, theme, layout.setting, plans)
    return layout
