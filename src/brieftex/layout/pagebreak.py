"""Stage 8: where pages end.

The whole volume is weighed at once: for every slug that can begin a page, the cheapest way
to have filled the pages before it. A page costs what its empty lines cost and what the break
at its end costs; a page that ends because the document asks for it costs little. The work
grows with the number of slugs times the slugs on a page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from brieftex.units import Sp

EMPTY_LINE: Final = 8
"""The cost of a page's first missing line; more lines go with the cube."""

SHORT_LAST: Final = 3_000
"""A page before a forced break, or the last, with fewer than SHORT_LINES lines."""
SHORT_LINES: Final = 4

OVERFULL: Final = 10_000_000_000
"""Something taller than the page."""


@dataclass(frozen=True, slots=True)
class PageColumns:
    """The vertical list as columns, entry i for slug i.

    ``heights`` Sp; ``after`` the cost of a break after it; ``blanks`` 1 if it vanishes at a
    page's top; ``forced`` 1 if a page begins before it; ``notes`` the height of the
    footnotes called in it, with the gaps between them; ``heads`` the height of what comes
    again above it at a page's top. ``note_space`` is the room above the first footnote.
    """

    heights: Sequence[Sp]
    after: Sequence[int]
    blanks: Sequence[int]
    forced: Sequence[int]
    notes: Sequence[Sp]
    heads: Sequence[Sp]
    note_space: Sp
    leading: Sp
    sums: list[Sp] = field(init=False, repr=False)
    note_sums: list[Sp] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sums", list(accumulate(self.heights, initial=0)))
        object.__setattr__(self, "note_sums", list(accumulate(self.notes, initial=0)))

    def start(self, j: int) -> int:
        """The first slug that is set on a page that begins after break ``j``."""
        while j < len(self.blanks) and self.blanks[j]:
            j += 1
        return j

    def used(self, j: int, k: int) -> Sp:
        """The height that slugs j up to k take on a page of their own, with their notes
        raised to whole lines, Sp."""
        body = self.sums[k] - self.sums[j] + self.heads[j]
        notes = self.note_sums[k] - self.note_sums[j]
        if not notes:
            return body
        return body + -(-(notes + self.note_space) // self.leading) * self.leading


def break_pages(columns: PageColumns, depth: Sp) -> list[int]:
    """Breaks, ascending: page p ends before slug ``breaks[p]``; the last is the slug count."""
    count = len(columns.heights)
    if not count:
        return []
    best: dict[int, tuple[int, int]] = {0: (0, -1)}
    for j in range(count):
        if j not in best:
            continue
        so_far = best[j][0]
        first = columns.start(j)
        for k, cost in _pages(columns, first, depth, count):
            total = so_far + cost
            if k not in best or total < best[k][0]:
                best[k] = total, j
    breaks: list[int] = []
    k = count
    while k > 0:
        breaks.append(k)
        k = best[k][1]
    return breaks[::-1]


def _pages(columns: PageColumns, j: int, depth: Sp, count: int) -> list[tuple[int, int]]:
    """The pages that can begin with slug ``j``: (break, cost), at least one."""
    high = bisect_right(columns.sums, columns.sums[min(j, count)] + depth) if j < count else count
    # A page goes no further than to what must begin one; less only if its notes want it so.
    asked = next((k for k in range(j + 1, min(high, count)) if columns.forced[k]), count)
    if asked < count and columns.used(j, asked) <= depth:
        return [(asked, _asked_cost(columns, j, asked, depth))]
    pages: list[tuple[int, int]] = []
    for k in range(min(high, asked), j, -1):
        used = columns.used(j, k)
        if used > depth:
            continue
        if k == count:
            pages.append((k, _asked_cost(columns, j, k, depth)))
            continue
        if columns.blanks[k - 1]:
            continue
        missing = (depth - used) // columns.leading
        pages.append((k, columns.after[k - 1] + EMPTY_LINE * missing**3))
    return pages or [(min(j + 1, count), OVERFULL)]


def _asked_cost(columns: PageColumns, j: int, k: int, depth: Sp) -> int:
    used = columns.used(j, k)
    if used > depth:
        return OVERFULL
    return SHORT_LAST if used < SHORT_LINES * columns.leading else 0
