"""Where the lines of a title end: as few lines as possible, in the shape of a trapezium or a
lozenge (梯形、菱形, GB/T 9704-2012 7.3.1), each ending where a phrase does.

The demerits of a line end for the words beside it come from ``text.segmentation``; those for the
lengths of lines are computed here: steps between neighbours should be neither zero nor large,
and no line shorter than both its neighbours. The optimum is found by dynamic programming over
pairs of line ends, so that it is exact. To bound the work, titles of more than ``MOST_LINES``
lines are broken as paragraphs are.
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
"""A text with this many lines or more is not treated as a title."""

Joints: TypeAlias = Callable[[], Sequence[int]]
"""Returns the demerits of a line end before each unit; called only if a title needs it."""


def break_title(columns: Columns, measures: Measures, joints: Joints) -> list[int]:
    """Breaks of the lines, ascending, the last one the unit count."""
    result: list[int] = []
    start = 0
    for stop in columns.forced:  # what stands between hard line breaks is shaped by itself
        result.extend(_Title(columns, measures, start, stop).broken(joints))
        start = stop
    return result


def step_demerits(step: Sp, room: Sp, em: Sp) -> int:
    """The demerits of two consecutive lines whose lengths differ by ``step``."""
    size = abs(step)
    share = size * 1000 // room
    over = max(share - parameters.TITLE_STEP_MOST, 0)
    equal = parameters.TITLE_EQUAL if 2 * size < em else 0
    return (
        equal
        + share * parameters.TITLE_STEP // 1000
        + over * over * parameters.TITLE_STEEP // 1_000_000
    )


_Path: TypeAlias = tuple[int, "_Path | None", int]
"""The demerits of the lines so far, the path without the last line, the break that ends it."""

_Paths: TypeAlias = dict[tuple[int, int, bool], _Path]
"""By start and end of the last line, and whether any line was shorter than the one above."""


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
        step: _Path | None = node
        while step is not None:
            found.append(step[2])
            step = step[1]
        return found[::-1][1:]

    def _room(self, a: int) -> Sp:
        return self.first if a == self.start else self.rest

    def _fits(self, a: int, b: int) -> bool:
        return self.columns.natural(a, b) <= self._room(a)

    def _fewest(self) -> int:
        """The least number of lines, at most ``MOST_LINES``; 0 if something between two breaks is
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
                break  # trimming marks at the edges cannot save more
        return found

    def _demerits(self, joints: Sequence[int]) -> dict[int, int]:
        """The demerits of each break, without those for the lengths of lines."""
        found = {b: joints[b] for b in self.breaks}
        for b, penalty in self.penalties.items():
            if penalty == parameters.CODE:
                found[b] = max(found[b], parameters.TITLE_ENCLOSED_SHORT)
            elif penalty >= parameters.TOKEN_BREAK:
                found[b] = max(found[b], parameters.TITLE_IN_WORD)
        found[self.stop] = 0
        return found

    def _best(self, count: int, costs_at: dict[int, int]) -> _Path:
        """The path of least demerits in ``count`` lines."""
        columns = self.columns
        nodes: _Paths = {(self.start, self.start, False): (0, None, self.start)}
        for line in range(count):
            longer: _Paths = {}
            lines: dict[int, list[tuple[int, int, Sp]]] = {}  # from a: to, at what cost, how wide
            for (before, a, fallen), node in nodes.items():
                width = columns.natural(before, a)
                if a not in lines:
                    lines[a] = [
                        (b, costs_at[b] + self._lone(a, b), columns.natural(a, b))
                        for b in self._ends(a)
                        if (b == self.stop) == (line == count - 1)
                    ]
                for b, cost, wide in lines[a]:
                    demerits = node[0] + cost
                    step = wide - width
                    if line:
                        demerits += step_demerits(step, self.rest, columns.em)
                    # A difference of half an em is not noticed.
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
        return parameters.TITLE_LONE if self.columns.fullness(a, b) < ENOUGH else 0

    def _as_paragraph(self) -> list[int]:
        """Ragged total fit, for a title that is too long or has a word wider than its lines."""
        every = break_total_fit(self.columns, Measures(self.first, self.rest, justified=False))
        return [b for b in every if self.start < b <= self.stop]


_UNREACHED = 1_000_000_000
