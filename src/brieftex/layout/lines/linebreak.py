"""Stage 6: where the lines of a paragraph end.

Two breakers over the same columns. ``break_first_fit`` goes line by line and takes, of the
feasible breaks of a line, the one of least demerits. ``break_total_fit`` optimises the paragraph
as a whole (Knuth and Plass, Breaking Paragraphs into Lines): for every feasible break it keeps the
path of least demerits to it, and reads the breaks off backwards from the end. Both compute the
demerits of a line by the same function.

A line can end only near its measure. The last feasible break is found by bisection in the
columns' prefix sums, and a bound of the demerits says how far before it breaks need to be tried.
The bound is small at first; where no path keeps to it, it is what first fit takes. Only what cannot
be part of the optimum is left out, so the search is exact, and its work grows linearly with the
text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from heapq import heappop, heappush
from itertools import accumulate, compress, count
from operator import sub

from msgspec import Struct

from brieftex.text import parameters
from brieftex.text.columns import GAP_WEIGHT, Columns, stretch_weights
from brieftex.units import Sp


class Measures(Struct, frozen=True):
    """The length of a paragraph's first line and of the others, Sp.

    Lines that are not ``justified`` are never stretched; they are shrunk only where they would
    be overfull.
    """

    first: Sp
    rest: Sp
    justified: bool = True


def break_first_fit(columns: Columns, measures: Measures) -> list[int]:
    """Breaks of the lines, ascending, the last one the unit count: each line has the least
    demerits that are possible without looking ahead."""
    paragraph = _Paragraph(columns, measures)
    result: list[int] = []
    a = 0
    for stop in columns.forced:
        first = a
        while a < stop:
            a, _, _ = paragraph.best(a, stop, first)
            result.append(a)
    return result


def break_total_fit(columns: Columns, measures: Measures) -> list[int]:
    """Breaks of the lines, ascending, the last one the unit count: the path of least demerits.

    The demerits of a path are the sum of its lines' and CONSECUTIVE_PUSHED for each pushed line
    right after another. Paragraphs of more than AHEAD lines are optimised in parts.
    """
    paragraph = _Paragraph(columns, measures)
    result: list[int] = []
    a = 0
    for stop in columns.forced:
        result.extend(_optimal(paragraph, a, stop))
        a = stop
    return result


def looseness_demerits(mean: int) -> int:
    """The demerits of a line all of whose gaps are stretched by ``mean`` 1/1000 em."""
    demerits = parameters.LOOSE * mean * mean * mean // 1_000_000
    if mean > parameters.GOOD:
        demerits += parameters.STRAINED
    if mean > parameters.LOOSEST:
        demerits += parameters.TOO_LOOSE + (mean - parameters.LOOSEST) * parameters.TOO_LOOSE_EACH
    return demerits


def preferred_stretch_demerits(slack: Sp, preferred_stretch: Sp) -> int:
    """The demerits of a line whose word and script gaps stretch by ``slack``, of the
    ``preferred_stretch`` that is available to them."""
    share = slack * 1000 // preferred_stretch if slack < preferred_stretch else 1000
    return parameters.PREFERRED_STRETCH * share * share * share // 1_000_000_000


def tightness_demerits(excess: Sp, shrink: Sp, em: Sp) -> int:
    """The demerits of a line that is ``excess`` too wide and can shrink by ``shrink``."""
    if excess > shrink:
        return parameters.OVERFULL + (excess - shrink) * 1000 // em * parameters.OVERFULL_EACH
    share = excess * 1000 // shrink
    return parameters.TIGHT * share * share * share // 1_000_000_000


def ragged_demerits(slack: Sp, measure: Sp) -> int:
    """The demerits of a ragged line: they grow so that an even rag is better than a deep one."""
    share = slack * 1000 // measure
    return share * share // 100


ENOUGH = 2
"""A last line with fewer Han characters than this, and no word, is a runt (CLREQ)."""


class _Paragraph:
    """The columns of a paragraph with running sums of what its gaps shrink and stretch by."""

    def __init__(self, columns: Columns, measures: Measures) -> None:
        self.columns = columns
        self.measures = measures
        c = columns
        preferred = [0] * len(c)
        for i, stretch in c.preferred(0, len(c)):
            preferred[i] = stretch
        self.preferred = list(accumulate(preferred, initial=0))
        self.weights = list(accumulate(stretch_weights(c.kinds), initial=0))
        self.shrinks = list(accumulate(c.shrinks, initial=0))
        # The width up to the end of unit i without the gap after it: natural, and with all gaps
        # shrunk. Neither decreases from one unit to the next.
        self.ends = c.sums[1:]
        for i in compress(count(), c.gaps):  # most are 0
            self.ends[i] -= c.gaps[i]
        self.tight: list[Sp] = list(map(sub, self.ends, self.shrinks))
        self.most_trimmed = max(c.trim_end, default=0)
        self.most_added = max(c.hyphens.values(), default=0)

    def lines(self, a: int, stop: int, first: int, most: int) -> Iterator[tuple[int, int, int]]:
        """The lines that can start at unit ``a``, as (break, demerits, looseness), the longest
        first, until all shorter ones must have more than ``most`` demerits.

        ``first`` is the unit at which the paragraph's first line starts, ``stop`` the one
        before which its last line ends. There is always a line, if need be an overfull one.
        """
        c, em, justified = self.columns, self.columns.em, self.measures.justified
        measure = self.measures.first if a == first == 0 else self.measures.rest
        room = measure + c.sums[a] + c.trim_start[a]
        shrinks, weights, preferred_sums = self.shrinks, self.weights, self.preferred
        shrink = shrinks[a] if a else -c.lead
        breaks, penalties, ends, trims = c.breaks, c.penalties, self.ends, c.trim_end
        hyphens = c.hyphens
        loosest = _loosest(most) if justified else 0
        shortest = bisect_right(breaks, a)
        reached = bisect_right(self.tight, room + self.most_trimmed - shrink, a)
        for k in range(max(self._last(reached, stop), shortest), shortest - 1, -1):
            b = breaks[k]
            end = ends[b - 1]
            slack = room - end + trims[b - 1] - (hyphens.get(b, 0) if hyphens else 0)
            if slack < 0:
                demerits, mean = tightness_demerits(-slack, shrinks[b - 1] - shrink, em), 0
            elif b == stop:
                demerits = mean = 0
            elif justified:
                preferred = preferred_sums[b - 1] - preferred_sums[a]
                weight = weights[b - 1] - weights[a] or GAP_WEIGHT
                least = room - end - self.most_added - preferred
                # A line of one unit counts as one with a gap, which weighs more than that of a URL.
                if least * 1000 * GAP_WEIGHT > loosest * max(weight, GAP_WEIGHT) * em:
                    return  # shorter lines are looser still, whatever their edges and penalties
                demerits = preferred_stretch_demerits(slack, preferred) if preferred else 0
                mean = 0
                if slack > preferred:
                    mean = (slack - preferred) * 1000 * GAP_WEIGHT // (weight * em)
                    demerits += looseness_demerits(mean)
            else:
                if ragged_demerits(max(0, room - end - self.most_added), measure) > most:
                    return
                demerits, mean = ragged_demerits(slack, measure), 0
            yield b, demerits + (self._runt(a, b, first) if b == stop else penalties[k]), mean

    def best(self, a: int, stop: int, first: int) -> tuple[int, int, int]:
        """The line with the fewest demerits that can start at unit ``a``, the longest of
        several, as ``lines`` gives it."""
        found: tuple[int, int, int] | None = None
        for line in self.lines(a, stop, first, parameters.INFINITE):
            if found is None or line[1] < found[1]:
                found = line
            if line[1] < parameters.OVERFULL:
                break
        if found is None or not found[1]:
            return found or (stop, 0, 0)
        rest = self.lines(a, stop, first, found[1])
        return min(rest, key=lambda line: (line[1], -line[0]), default=found)

    @cached_property
    def longest(self) -> Sp:
        """The most that a line which is not overfull can hold, shrunk, with the gap behind it. A
        text of many lines that end where they must is searched line by line, and asks each time.
        """
        c = self.columns
        gap: Sp = max(map(sub, c.gaps, c.shrinks), default=0)
        measure = max(self.measures.first, self.measures.rest)
        trimmed: Sp = self.most_trimmed + max(c.trim_start, default=0)
        return measure + trimmed + c.lead + max(gap, 0)

    def least_lines(self, a: int, end: int, longest: Sp) -> int:
        """The least number of lines from unit ``a`` to ``end``, none overfull."""
        c = self.columns
        return -(-(self.tight[end - 1] - c.sums[a] + self.shrinks[a]) // longest)

    def _last(self, reached: int, stop: int) -> int:
        """The index of the last break that is neither after ``stop`` nor after unit ``reached``."""
        return bisect_right(self.columns.breaks, min(reached, stop)) - 1

    def _runt(self, a: int, b: int, first: int) -> int:
        few = a != first and self.columns.fullness(a, b) < ENOUGH
        return parameters.RUNT_DEMERITS if few else 0


@cache
def _looseness() -> list[int]:
    return [looseness_demerits(mean) for mean in range(0, _WIDEST, _STEP)]


_STEP = 8
_WIDEST = 2_000


@lru_cache(maxsize=1 << 10)  # most lines ask for one of a few
def _loosest(most: int) -> int:
    """A looseness above which a line has more than ``most`` demerits."""
    known = _looseness()
    return bisect_right(known, most) * _STEP if most < known[-1] else parameters.ANY_LOOSENESS


class _Span(Struct, frozen=True):
    """The range of a search: units ``start`` up to ``end`` of a paragraph that begins at ``first``
    and ends, with its last line, at ``stop``."""

    first: int
    start: int
    end: int
    stop: int


AHEAD = 32
"""How many lines are optimised together. Later text does not move breaks that far back, and a
paragraph of a hundred thousand characters takes no longer per line than one of a thousand."""

KEPT = 24
"""How many of these lines are kept before the next ones are optimised."""


LIKELY = (16, 128, 1024)
"""The demerits that most paragraphs do not exceed, nearly all, and those that hold a loose line;
AHEAD lines of a long one seldom exceed the second."""


def _optimal(paragraph: _Paragraph, start: int, stop: int) -> list[int]:
    columns, measures = paragraph.columns, paragraph.measures
    if columns.natural(start, stop) < KEPT * measures.rest:
        found = _likely(paragraph, _Span(start, start, stop, stop), parameters.INFINITE)
        if found:
            return found
    path: list[int] = []
    a = start
    while a < stop:
        most, end = _first_fit(paragraph, start, a, stop)
        span = _Span(start, a, end, stop)
        found = _likely(paragraph, span, most) or _search(paragraph, span, most)
        path += found if end == stop else found[:KEPT]
        a = path[-1]
    return path


def _likely(paragraph: _Paragraph, span: _Span, most: int) -> list[int]:
    """The path of least demerits over ``span`` if it has as few as are likely, and fewer than
    ``most``. The less is looked for, the less is tried; and what is found is the least there is."""
    for likely in LIKELY:
        if likely < most and (found := _search(paragraph, span, likely)):
            return found
    return []


def _first_fit(paragraph: _Paragraph, first: int, a: int, stop: int) -> tuple[int, int]:
    """The demerits of up to AHEAD lines of first fit from unit ``a``, and where they end: an upper
    bound for the optimal path to that break and for each of its lines."""
    total, before = 0, False
    for _ in range(AHEAD):
        a, demerits, mean = paragraph.best(a, stop, first)
        pushed = mean > parameters.PUSHED_FROM
        total += demerits + (parameters.CONSECUTIVE_PUSHED if pushed and before else 0)
        before = pushed
        if a == stop:
            break
    return total, a


def _toll(paragraph: _Paragraph, span: _Span) -> tuple[int, Sp]:
    """What each break of ``span`` costs at least, but for the one at the end of the paragraph, and
    the most that a line holds which is not overfull.

    In a word or an address every break costs something. What the lines still to come cost is then
    known beforehand, and without it each line of a long one would be tried far too short.
    """
    breaks, penalties = paragraph.columns.breaks, paragraph.columns.penalties
    begin, end = bisect_right(breaks, span.start), bisect_left(breaks, span.end)
    within = penalties[begin : end + (span.end != span.stop)]
    each = min(within) if within and all(within) else 0
    return each, paragraph.longest if each else 1


def _search(paragraph: _Paragraph, span: _Span, most: int) -> list[int]:
    """The path of least demerits over ``span``; empty if each has more than ``most``."""
    start, end = span.start, span.end
    # nodes[b][pushed] = demerits, break before, whether the line before was pushed; the index
    # pushed says whether the line that ends at b is a pushed one.
    nodes: dict[int, list[tuple[int, int, int]]] = {start: [(0, start, 0), _UNREACHED]}
    each, longest = _toll(paragraph, span) if most < parameters.OVERFULL else (0, 1)
    reached = [start]
    while reached and (a := heappop(reached)) != end:
        fresh, after_pushed = nodes[a][0][0], nodes[a][1][0]
        left = most - min(fresh, after_pushed)
        if each:
            left -= each * max(paragraph.least_lines(a, end, longest) - 2, 0)
        for b, demerits, mean in paragraph.lines(a, span.stop, span.first, left - each):
            if demerits > left or b > end:
                continue
            pushed = mean > parameters.PUSHED_FROM
            total, before = fresh + demerits, 0
            other = after_pushed + demerits + (parameters.CONSECUTIVE_PUSHED if pushed else 0)
            if other < total:
                total, before = other, 1
            target = nodes.get(b)
            if target is None:
                target = nodes[b] = [_UNREACHED, _UNREACHED]
                heappush(reached, b)
            if total < target[pushed][0]:
                target[pushed] = (total, a, before)
    least, flag = min((node[0], flag) for flag, node in enumerate(nodes.get(end, [_UNREACHED])))
    if least > most:
        return []
    path: list[int] = []
    b = end
    while b != start:
        path.append(b)
        _, b, flag = nodes[b][flag]
    return path[::-1]


_UNREACHED = (2 * parameters.INFINITE, 0, 0)
