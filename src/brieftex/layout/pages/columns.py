"""What the page breaker sees: the vertical list and the footnotes as columns of integers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

from msgspec import Struct, field
from msgspec.structs import force_setattr

from brieftex.layout.pages.parameters import FORBIDDEN
from brieftex.units import Sp

LEAST_NOTE_LINES = 2
"""The least number of lines of a split footnote on either of its pages."""


class NoteColumns(Struct, frozen=True):
    """The lines of all footnotes in the order of their calls, one list for the whole document.

    ``heights`` are those of the lines; ``starts`` are the indices at which notes begin,
    ascending; ``gap`` separates two notes; ``space`` is kept above a page's first note, for
    white space and the rule; ``leading`` is the grid to which the height of a page's notes is
    rounded up. Lengths are in Sp.
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
        """The height of lines s up to t at the foot of a page, rounded up to whole grid lines."""
        if s == t:
            return 0
        height = self.sums[t] - self.sums[s] + self.space - (s in self.first) * self.gap
        return -(-height // self.leading) * self.leading

    def fitting(self, s: int, e: int, room: Sp) -> int:
        """The end of the lines that fit into ``room``, of lines s up to e. A note is split only
        where at least LEAST of its lines stand on either page. One continued from the page
        before advances by at least one line if any fits, or it might never end."""
        space = self.space - (s in self.first) * self.gap
        high = self.sums[s] + room // self.leading * self.leading - space
        t = min(e, max(s, bisect_right(self.sums, high, s) - 1))
        if t in {e, s} or t in self.first:
            return t
        k = bisect_right(self.starts, t)
        begun = self.starts[k - 1]
        end = self.starts[k] if k < len(self.starts) else len(self.heights)
        cut = min(t, end - LEAST_NOTE_LINES)
        if cut >= begun + LEAST_NOTE_LINES and cut > s:
            return cut
        return begun if begun >= s else max(cut, s + 1)

    def begun(self, t: int) -> int:
        """The number of notes that begin before line ``t``."""
        return bisect_right(self.starts, t - 1)


class PageColumns(Struct, frozen=True):
    """The vertical list, entry i for box i, and the footnotes. Lengths are in Sp.

    ``after`` is the penalty of a page break after the box; ``blanks`` 1 if it is discarded at
    the top of a page; ``forced`` 1 if a page break is forced before it; ``heads`` the height
    of what is repeated above it at the top of a page; ``floats`` the number of boxes of the
    figure that begins here and may float to the top of the next page; ``headings`` 1 for a
    heading, which figures should not float past; ``feet`` its height if it stands at the foot
    of the type area, where nothing may follow it. ``called`` is the end, in the list of notes,
    of those called in this box or before it. ``short`` is the number of lines that a last page
    should at least have. ``stops`` are the boxes that are no plain lines, ascending: those before a
    forced break or the end, those that call notes, and figures. From box ``empty`` on there are
    only empty lines.
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
    stops: list[int] = field(default_factory=list)
    empty: int = 0

    def __post_init__(self) -> None:
        force_setattr(self, "sums", list(accumulate(self.heights, initial=0)))
        last = [k - 1 for k, forced in enumerate((*self.forced, 1)) if forced and k]
        figures = [k for k, floating in enumerate(self.floats) if floating]
        calling = [k for k, (a, b) in enumerate(pairwise((0, *self.called))) if a != b]
        force_setattr(self, "stops", sorted({*last, *figures, *calling}))
        filled = (k for k in range(len(self.blanks), 0, -1) if not self.blanks[k - 1])
        force_setattr(self, "empty", next(filled, 0))

    def start(self, j: int) -> int:
        """The first box that is not discarded on a page that begins before box ``j``."""
        while j < len(self.blanks) and self.blanks[j]:
            j += 1
        return j

    def figure_end(self, k: int) -> int:
        """The end of the figure that begins at box ``k``, and of what no page break may part from
        it."""
        end = k + self.floats[k]
        while end < len(self.after) and self.after[end - 1] >= FORBIDDEN and not self.forced[end]:
            end += 1
        return end

    def called_before(self, k: int) -> int:
        """The end, in the list of notes, of those called before box ``k``."""
        return self.called[k - 1] if k else 0
