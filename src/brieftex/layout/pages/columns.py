"""What the page breaker sees: the vertical list and the footnotes as columns of integers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct, field
from msgspec.structs import force_setattr

from brieftex.units import Sp

LEAST = 2
"""So many lines of a footnote stand at least on either page when it is split."""


class NoteColumns(Struct, frozen=True):
    """The lines of all footnotes in the order of their calls, one list over all pages.

    ``heights`` Sp; ``starts`` where in it each note begins, ascending; ``gap`` between two
    notes; ``space`` above the first one of a page, for white and rule; ``leading`` the grid
    that what a page's notes take is raised to.
    """

    heights: Sequence[Sp]
    starts: Sequence[int]
    gap: Sp
    space: Sp
    leading: Sp
    sums: list[Sp] = field(default_factory=list)
    first: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        first = frozenset(self.starts)
        gaps = (h + (k in first) * self.gap for k, h in enumerate(self.heights))
        force_setattr(self, "first", first)
        force_setattr(self, "sums", list(accumulate(gaps, initial=0)))

    def room(self, s: int, t: int) -> Sp:
        """What lines s up to t take at a page's foot, raised to whole lines of the grid."""
        if s == t:
            return 0
        height = self.sums[t] - self.sums[s] + self.space - (s in self.first) * self.gap
        return -(-height // self.leading) * self.leading

    def fitting(self, s: int, e: int, room: Sp) -> int:
        """How far lines s up to e go in ``room``. A note is split only where LEAST of its
        lines stand before the page's end and after it; one that comes from the page before
        goes on by a line at least where any fits, or it could go on forever."""
        space = self.space - (s in self.first) * self.gap
        high = self.sums[s] + room // self.leading * self.leading - space
        t = min(e, max(s, bisect_right(self.sums, high, s) - 1))
        if t in {e, s} or t in self.first:
            return t
        k = bisect_right(self.starts, t)
        begun = self.starts[k - 1]
        end = self.starts[k] if k < len(self.starts) else len(self.heights)
        cut = min(t, end - LEAST)
        if cut >= begun + LEAST and cut > s:
            return cut
        return begun if begun >= s else max(cut, s + 1)

    def begun(self, t: int) -> int:
        """How many notes have lines before line ``t``."""
        return bisect_right(self.starts, t - 1)


class PageColumns(Struct, frozen=True):
    """The vertical list, entry i for box i, and the footnotes.

    ``heights`` Sp; ``after`` the cost of a break after it; ``blanks`` 1 if it vanishes at a
    page's top; ``forced`` 1 if a page begins before it; ``heads`` the height of what comes
    again above it at a page's top; ``floats`` how many boxes the figure has that begins here
    and may go to the next page's top; ``headings`` 1 for a heading that no figure likes to
    pass; ``feet`` the height of what stands on the type area's foot, which nothing may follow.
    ``called`` is how far the lines of the notes go that are called up to and in box i.
    ``short`` is the number of lines that a last page has at least.
    """

    heights: Sequence[Sp]
    after: Sequence[int]
    blanks: Sequence[int]
    forced: Sequence[int]
    heads: Sequence[Sp]
    floats: Sequence[int]
    headings: Sequence[int]
    feet: Sequence[Sp]
    called: Sequence[int]
    notes: NoteColumns
    leading: Sp
    short: int
    sums: list[Sp] = field(default_factory=list)

    def __post_init__(self) -> None:
        force_setattr(self, "sums", list(accumulate(self.heights, initial=0)))

    def start(self, j: int) -> int:
        """The first box that is set on a page that begins after break ``j``."""
        while j < len(self.blanks) and self.blanks[j]:
            j += 1
        return j

    def called_before(self, k: int) -> int:
        """How far the lines of the notes go that are called before box ``k``."""
        return self.called[k - 1] if k else 0
