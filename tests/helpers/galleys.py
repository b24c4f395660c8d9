"""Vertical lists for the page breaker, in lines of ten units, by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from brieftex.layout.pages.columns import NoteColumns, PageColumns
from brieftex.layout.pages.feasible import PagePlan
from brieftex.layout.pages.pagebreak import break_pages
from brieftex.layout.pages.parameters import ORPHAN, WIDOW

LINE = 10


def galley(
    count: int = 0,
    *,
    heights: Sequence[int] = (),
    after: Mapping[int, int] | None = None,
    blanks: Sequence[int] = (),
    forced: Sequence[int] = (),
    notes: Mapping[int, Sequence[Sequence[int]]] | None = None,
    heads: Mapping[int, int] | None = None,
    floats: Mapping[int, int] | None = None,
    headings: Sequence[int] = (),
    feet: Sequence[int] = (),
    gap: int = 0,
    space: int = 0,
    short: int = 4,
) -> PageColumns:
    """So many boxes of a line each, or of these ``heights`` in lines; the rest by index.

    ``notes`` are those that a box calls, each as the heights of its lines; ``floats`` how
    many boxes the figure has that begins there; ``feet`` are boxes on the page's foot.
    """
    made = [LINE * height for height in heights] or [LINE] * count
    places = range(len(made))
    lines: list[int] = []
    starts: list[int] = []
    called: list[int] = []
    for k in places:
        for note in (notes or {}).get(k, ()):
            starts.append(len(lines))
            lines.extend(note)
        called.append(len(lines))
    return PageColumns(
        heights=made,
        after=[(after or {}).get(k, 0) for k in places],
        blanks=[int(k in blanks) for k in places],
        forced=[int(k in forced) for k in places],
        heads=[(heads or {}).get(k, 0) for k in places],
        floats=[(floats or {}).get(k, 0) for k in places],
        headings=[int(k in headings) for k in places],
        feet=[made[k] if k in feet else 0 for k in places],
        called=called,
        notes=NoteColumns(lines, starts, gap, space, LINE),
        leading=LINE,
        short=short,
    )


def plans(made: PageColumns, lines: int = 10) -> list[PagePlan]:
    """The pages of so many lines."""
    return break_pages(made, lines * LINE)


def breaks(made: PageColumns, lines: int = 10) -> list[int]:
    """Where the pages of so many lines end."""
    return [plan.end for plan in plans(made, lines)]


def paragraph(first: int, count: int) -> dict[int, int]:
    """What breaks inside a paragraph cost, as the galley has it."""
    return {first + k: ORPHAN * (k == 0) + WIDOW * (k == count - 2) for k in range(count - 1)}
