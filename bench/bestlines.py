"""Whether a paragraph could have been set without its runt or its split tokens.

Every way to break it is looked at: not one after another, but keeping for every break only
those ways to it that no other way beats in what is counted here. That is as good as brute
force (a test compares the two) and has nothing in common with the search in
brieftex.layout.lines.linebreak.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from brieftex.layout.lines.linebreak import Measures
from brieftex.text import parameters
from brieftex.text.columns import Columns

OVERFULL = 10**6
"""How far out of bounds a line that sticks out counts, in 1/1000 em, besides its excess."""
ANY = 10**12


class Way(NamedTuple):
    """What a way to break costs."""

    bad: int = 0  # lines that stick out or are looser than costs.LOOSEST
    out: int = 0  # how far these lines are out of bounds together, in 1/1000 em of mean gap
    strained: int = 0  # lines looser than costs.GOOD
    splits: int = 0  # tokens split, and what else counts as such

    def within(self, other: Way) -> bool:
        """Whether this way is nowhere worse."""
        return all(mine <= theirs for mine, theirs in zip(self, other, strict=True))


class Question(Struct, frozen=True):
    """A paragraph, its measures, how many tokens each break splits, and whether a last line
    that starts at a unit is a runt."""

    columns: Columns
    measures: Measures
    splits: Callable[[int], int]
    runt: Callable[[int], bool]

    def taken(self, breaks: Iterable[int]) -> Way:
        """What the way over these breaks costs."""
        node = Way()
        for a, b in pairwise((0, *breaks)):
            node = self._after(node, a, b)
        return node

    def possible(self, limit: Way, runts: bool) -> bool:
        """Whether some way stays within ``limit``, ``runts`` being allowed or not."""
        columns = self.columns
        stop = len(columns)
        best: dict[int, list[Way]] = {0: [Way()]}
        for a in (0, *columns.breaks[:-1]):
            for node in best.pop(a, ()):
                for b in self._ends(a):
                    if b == stop and a and not runts and self.runt(a):
                        continue
                    after = self._after(node, a, b)
                    if not after.within(limit):
                        continue
                    # What has no limit does not count.
                    after = Way(*(0 if m == ANY else x for x, m in zip(after, limit, strict=True)))
                    known = best.setdefault(b, [])
                    if not any(other.within(after) for other in known):
                        known[:] = [other for other in known if not after.within(other)] + [after]
        return stop in best

    def avoidable_runt(self, breaks: list[int]) -> bool:
        """Whether the last of these breaks' lines is a runt and a way no worse in its lines
        has none."""
        if len(breaks) < 2 or not self.runt(breaks[-2]):
            return False
        limit = self.taken(breaks)._replace(strained=ANY, splits=ANY)
        return self.possible(limit, runts=False)

    def avoidable_splits(self, breaks: list[int], strained: bool = False) -> int:
        """How many splits at these breaks a way no worse in its lines spares; ``strained``
        says that any of these may be looser than costs.GOOD."""
        limit = self.taken(breaks)
        if strained:
            limit = limit._replace(strained=ANY)
        runts = len(breaks) > 1 and self.runt(breaks[-2])
        spared = 0
        while limit.splits and self.possible(limit._replace(splits=limit.splits - 1), runts):
            limit = limit._replace(splits=limit.splits - 1)
            spared += 1
        return spared

    def _measure(self, a: int) -> int:
        return self.measures.rest if a else self.measures.first

    def _ends(self, a: int) -> Iterator[int]:
        """Where a line from ``a`` may end: as far as it could ever hold, and once beyond."""
        columns = self.columns
        most = 2 * self._measure(a) + 4 * columns.em
        for b in columns.breaks:
            if b > a:
                yield b
                if b in columns.forced or columns.sums[b] - columns.sums[a] > most:
                    return

    def _after(self, node: Way, a: int, b: int) -> Way:
        columns, measure = self.columns, self._measure(a)
        excess = columns.natural(a, b) - columns.shrink(a, b) - measure
        out = strained = 0
        if excess > 0:
            out = OVERFULL + excess * 1000 // columns.em
        elif b not in columns.forced:
            mean = columns.looseness(a, b, measure)
            out, strained = max(0, mean - parameters.LOOSEST), int(mean > parameters.GOOD)
        return Way(
            node.bad + (out > 0),
            node.out + out,
            node.strained + strained,
            node.splits + self.splits(b),
        )
