"""Where the lines of a title end: as few lines as can be, in the shape of a trapezium or a
lozenge (梯形、菱形, GB/T 9704-2012 7.3.1), each ending where a phrase does.

What a line end costs by the words beside it comes from ``text.phrases``; what lines cost by
their lengths is reckoned here: steps from line to line that are neither nothing nor large,
and no line shorter than both its neighbours. The cheapest way is found by dynamic programming
over pairs of line ends, so that it is exact and its work bounded: titles of more lines than
``MOST_LINES`` are broken as paragraphs are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import TypeAlias

from brieftex.layout.lines.linebreak import ENOUGH, Measures, break_total_fit
from brieftex.text import parameters
from brieftex.text.columns import Columns
from brieftex.units import Sp

MOST_LINES = 8
"""What is longer is no title."""

Joints: TypeAlias = Callable[[], Sequence[int]]
"""Gives the cost of a line end before each unit; asked for only if a title needs it."""


def break_title(columns: Columns, measures: Measures, joints: Joints) -> list[int]:
    """Breaks of the lines, ascending, the last the unit count."""
    result: list[int] = []
    start = 0
    for stop in columns.forced:  # lines that the editor broke are shaped each by itself
        result.extend(_Title(columns, measures, start, stop).broken(joints))
        start = stop
    return result


def step_demerits(step: Sp, room: Sp, em: Sp) -> int:
    """The cost of two lines, one below the other, whose lengths differ by ``step``."""
    size = abs(step)
    share = size * 1000 // room
    over = max(share - parameters.TITLE_STEP_MOST, 0)
    equal = parameters.TITLE_EQUAL if 2 * size < em else 0
    return (
        equal
        + share * parameters.TITLE_STEP // 1000
        + over * over * parameters.TITLE_STEEP // 1_000_000
    )


_Way: TypeAlias = tuple[int, "_Way | None", int]
"""The cost of lines so far, the way without the last of them, where the last of them ends."""

_Ways: TypeAlias = dict[tuple[int, int, bool], _Way]
"""By start and end of the last line, and whether a line was shorter than the one above it."""


class _Title:
    """The units from one forced break to the next."""

    def __init__(self, columns: Columns, measures: Measures, start: int, stop: int) -> None:
        self.columns = columns
        self.start, self.stop = start, stop
        self.first = measures.rest if start else measures.first
        self.rest = measures.rest
        low = bisect_right(columns.breaks, start)
        high = bisect_left(columns.breaks, stop)
        self.breaks = columns.breaks[low : high + 1]
        self.penalties = dict(zip(self.breaks, columns.penalties[low : high + 1], strict=True))

    def broken(self, joints: Joints) -> list[int]:
        """The breaks of these units, ``stop`` the last."""
        if self._fits(self.start, self.stop):
            return [self.stop]
        count = self._fewest()
        if not 1 < count < MOST_LINES:
            return self._as_paragraph()
        costs_at = self._demerits(joints())
        node = self._best(count, costs_at)
        if node[0] >= parameters.TITLE_NEVER:
            node = min(node, self._best(count + 1, costs_at), key=lambda node: node[0])
        found: list[int] = []
        step: _Way | None = node
        while step is not None:
            found.append(step[2])
            step = step[1]
        return found[::-1][1:]

    def _room(self, a: int) -> Sp:
        return self.first if a == self.start else self.rest

    def _fits(self, a: int, b: int) -> bool:
        return self.columns.natural(a, b) <= self._room(a)

    def _fewest(self) -> int:
        """How many lines the units take, ``MOST_LINES`` for more; 0 if something in them is
        wider than a line."""
        count, a = 0, self.start
        while a < self.stop and count < MOST_LINES:
            b = max((b for b in self._ends(a)), default=a)
            if a == b:
                return 0
            count, a = count + 1, b
        return count

    def _ends(self, a: int) -> list[int]:
        """The breaks at which a line from unit ``a`` can end."""
        found: list[int] = []
        for k in range(bisect_right(self.breaks, a), len(self.breaks)):
            b = self.breaks[k]
            if self._fits(a, b):
                found.append(b)
            elif self.columns.natural(a, b) > self._room(a) + 2 * self.columns.em:
                break  # a mark at the edge may yet give up two halves, no more
        return found

    def _demerits(self, joints: Sequence[int]) -> dict[int, int]:
        """The cost of each break, without that of the lines beside it."""
        found = {b: joints[b] for b in self.breaks}
        for b, penalty in self.penalties.items():
            if penalty == parameters.CODE:
                found[b] = max(found[b], parameters.TITLE_ENCLOSED_SHORT)
            elif penalty >= parameters.SPLIT_TOKEN:
                found[b] = max(found[b], parameters.TITLE_IN_WORD)
        found[self.stop] = 0
        return found

    def _best(self, count: int, costs_at: dict[int, int]) -> _Way:
        """The cheapest way in ``count`` lines."""
        columns = self.columns
        nodes: _Ways = {(self.start, self.start, False): (0, None, self.start)}
        for line in range(count):
            longer: _Ways = {}
            for (before, a, fallen), node in nodes.items():
                width = columns.natural(before, a)
                for b in self._ends(a):
                    if (b == self.stop) != (line == count - 1):
                        continue
                    demerits = node[0] + costs_at[b] + self._lone(a, b)
                    step = columns.natural(a, b) - width
                    if line:
                        demerits += step_demerits(step, self.rest, columns.em)
                    # Half an em of difference is not seen.
                    if fallen and 2 * step > columns.em:
                        demerits += (
                            parameters.TITLE_WAIST + step * parameters.TITLE_STEEP // self.rest
                        )
                    key = a, b, fallen or -2 * step > columns.em
                    if key not in longer or demerits < longer[key][0]:
                        longer[key] = demerits, node, b
            nodes = longer
        return min(nodes.values(), key=lambda node: node[0], default=(_UNREACHED, None, self.start))

    def _lone(self, a: int, b: int) -> int:
        full = self.columns.full_sums[b] - self.columns.full_sums[a]
        return parameters.TITLE_LONE if full < ENOUGH else 0

    def _as_paragraph(self) -> list[int]:
        """A title that is none, or has a word wider than its lines: total fit, ragged."""
        every = break_total_fit(self.columns, Measures(self.first, self.rest, justified=False))
        return [b for b in every if self.start < b <= self.stop]


_UNREACHED = 1_000_000_000
