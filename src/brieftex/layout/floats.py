"""Figures that do not fit where they stand go to the top of the next page, and the text that
follows them fills the page before.

The vertical list is put in the order in which it will be read down the pages; the breaker
then only has to break it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from brieftex.layout.pagebreak import EMPTY_LINE, PageColumns, break_pages
from brieftex.layout.slug import FORBIDDEN, Slug
from brieftex.units import Sp

EMPTY_SHARE = 5
"""A figure floats when it would leave more than one part in so many of a page empty."""


def float_figures(
    slugs: Sequence[Slug], columns_of: Callable[[Sequence[Slug]], PageColumns], depth: Sp
) -> tuple[Slug, ...]:
    """``slugs`` in the order of the pages. ``depth`` is the height of the type area, Sp."""
    result: list[Slug] = []
    for part in _parts(slugs):
        result.extend(_settled(part, columns_of, depth))
    return tuple(result)


def _parts(slugs: Sequence[Slug]) -> list[list[Slug]]:
    """The list cut at its forced page breaks: nothing floats over one."""
    parts: list[list[Slug]] = [[]]
    for slug in slugs:
        if slug.forced:
            parts.append([])
        parts[-1].append(slug)
    return parts


def _settled(
    part: list[Slug], columns_of: Callable[[Sequence[Slug]], PageColumns], depth: Sp
) -> list[Slug]:
    start = 0
    while True:
        i = next((k for k in range(start, len(part)) if part[k].floating), None)
        if i is None:
            return part
        columns = columns_of(part)
        breaks = [0, *break_pages(columns, depth)]
        start = i + part[i].floating
        if i == 0 or i not in breaks:
            continue
        page = columns.start(breaks[breaks.index(i) - 1])
        empty = depth - columns.used(page, i)
        if empty * EMPTY_SHARE > depth:
            moved = _moved(part, columns, (page, i, start), depth)
            if moved is not part:
                # Where the figure was, text stands now; the next one comes after it.
                part, start = moved, i


def _moved(
    part: list[Slug], columns: PageColumns, place: tuple[int, int, int], depth: Sp
) -> list[Slug]:
    """The figure of slugs i up to j set after the text that fills the page before it."""
    page, i, j = place
    best: tuple[int, int] | None = None
    used = columns.used(page, i)
    for t in range(j + 1, len(part) + 1):
        slug = part[t - 1]
        height = used + columns.used(j, t)
        if height > depth or slug.floating or slug.foot:
            break
        if slug.blank or (slug.after >= FORBIDDEN and t < len(part)):
            continue
        missing = (depth - height) // columns.leading
        cost = EMPTY_LINE * missing**3 + (slug.after if t < len(part) else 0)
        if best is None or cost <= best[0]:
            best = cost, t
    if best is None:
        return part
    t = best[1]
    head = replace(part[i], forced=True, floating=0)
    return [*part[:i], *part[j:t], head, *part[i + 1 : j], *part[t:]]
