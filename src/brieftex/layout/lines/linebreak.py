"""Stage 6: where the lines of a paragraph end.

Two breakers over the same columns. ``break_first_fit`` goes line by line and takes, of the
feasible breaks of a line, the one of least demerits. ``break_total_fit`` optimises the paragraph
as a whole (Knuth and Plass, Breaking Paragraphs into Lines): for every feasible break it keeps the
path of least demerits to it, and reads the breaks off backwards from the end. Both compute the
demerits of a line by the same function.

A line can end only near its measure. The last feasible break is found by bisection in the
columns' prefix sums, and a bound of the demerits says how far before it breaks need to be tried.
The bound is small at first; where no path keeps to it, it is what first fit takes. The path that
has the fewest demerits so far is gone on with first. Only what cannot be part of the optimum is
left out, so the search is exact, and its work grows linearly with the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from heapq import heappop, heappush
from itertools import accumulate
from operator import sub

from msgspec import Struct

from brieftex.text import parameters
from brieftex.text.columns import GAP_WEIGHT, Columns, running_sums, running_weights
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
    at = 0
    for stop in paragraph.stops():
        while at < stop:
            at, _, _ = paragraph.best(at, stop)
            result.append(paragraph.places[at])
    return result


def break_total_fit(columns: Columns, measures: Measures) -> list[int]:
    """Breaks of the lines, ascending, the last one the unit count: the path of least demerits.

    The demerits of a path are the sum of its lines' and CONSECUTIVE_PUSHED for each pushed line
    right after another. Paragraphs of more than AHEAD lines are optimised in parts.
    """
    paragraph = _Paragraph(columns, measures)
    result: list[int] = []
    at = 0
    for stop in paragraph.stops():
        result.extend(_optimal(paragraph, at, stop))
        at = stop
    return list(map(paragraph.places.__getitem__, result))


@lru_cache(maxsize=1 << 10)  # most lines have one of a few
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
    """The columns of a paragraph with running sums of what its gaps shrink and stretch by.

    ``places`` are the units at which a line may begin, and the count: a line goes from one place
    to a later one, and is named by the numbers of both.
    """

    def __init__(self, columns: Columns, measures: Measures) -> None:
        self.columns = columns
        self.measures = measures
        c = columns
        self.preferred = running_sums(sorted(c.preferred(0, len(c))), len(c))
        self.weights = running_weights(c.kinds)
        self.shrinks = list(accumulate(c.shrinks, initial=0))
        self.places = [0, *c.breaks]
        self.most_trimmed = max(filter(None, c.trim_end), default=0)
        self.most_added = max(c.hyphens.values(), default=0)

    def stops(self) -> Iterator[int]:
        """The places at which a line must end."""
        return (bisect_left(self.places, b, 1) for b in self.columns.forced)

    def tight(self, i: int) -> Sp:
        """The width up to the end of unit ``i``, all gaps before it shrunk. It does not decrease
        from one unit to the next."""
        return self.columns.sums[i] + self.columns.widths[i] - self.shrinks[i]

    def lines(  # noqa: C901, PLR0912  # calls would take longer than what they do
        self, at: int, stop: int, most: int
    ) -> Iterator[tuple[int, int, int]]:
        """The lines that can begin at place ``at``, as (place of their end, demerits, looseness),
        the longest first, until all shorter ones must have more than ``most`` demerits.

        ``stop`` is the next place at which a line must end. There is always a line, if need be an
        overfull one.
        """
        c, places, justified = self.columns, self.places, self.measures.justified
        em, sums, widths, trims = c.em, c.sums, c.widths, c.trim_end
        hyphens, penalties = c.hyphens, c.penalties
        shrinks, weights, preferred_sums = self.shrinks, self.weights, self.preferred
        most_trimmed = self.most_trimmed
        a = places[at]
        measure = self.measures.rest if a else self.measures.first
        room = measure + sums[a] + c.trim_start[a]
        shrink = shrinks[a] if a else -c.lead
        loosest = _loosest(most) if justified else 0
        for k in range(self._longest(at, stop, room, shrink), at, -1):
            b = places[k]
            i = b - 1
            free = room - sums[i] - widths[i]
            slack = free + trims[i]
            if hyphens:
                slack -= hyphens.get(b, 0)
            mean = 0
            if slack < 0:
                give = shrinks[i] - shrink
                if free + give + most_trimmed < 0 and k - at > 1:
                    continue  # overfull
                demerits = tightness_demerits(-slack, give, em)
            elif k == stop:
                demerits = 0
            elif justified:
                preferred = preferred_sums[i] - preferred_sums[a]
                rest = slack - preferred
                if rest > 0:
                    weight = weights[i] - weights[a] or GAP_WEIGHT
                    mean = rest * 1000 * GAP_WEIGHT // (weight * em)
                    if mean > loosest:
                        # Shorter lines are looser still, whatever their edges and penalties. One of
                        # one unit counts as one with a gap, which weighs more than that of a URL.
                        least = free - self.most_added - preferred
                        if least * 1000 * GAP_WEIGHT > loosest * max(weight, GAP_WEIGHT) * em:
                            return
                    demerits = looseness_demerits(mean)
                    if preferred:
                        demerits += parameters.PREFERRED_STRETCH
                else:
                    demerits = preferred_stretch_demerits(slack, preferred) if preferred else 0
            else:
                if ragged_demerits(max(0, free - self.most_added), measure) > most:
                    return
                demerits = ragged_demerits(slack, measure)
            yield k, demerits + (self._runt(a, b) if k == stop else penalties[k - 1]), mean

    def best(self, at: int, stop: int) -> tuple[int, int, int]:
        """The line with the fewest demerits that can begin at place ``at``, the longest of
        several, as ``lines`` gives it."""
        found: tuple[int, int, int] | None = None
        for line in self.lines(at, stop, parameters.INFINITE):
            if found is None or line[1] < found[1]:
                found = line
            if line[1] < parameters.OVERFULL:
                break
        if found is None or not found[1]:
            return found or (stop, 0, 0)
        rest = self.lines(at, stop, found[1])
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

    def least_lines(self, at: int, end: int, longest: Sp) -> int:
        """The least number of lines from place ``at`` to ``end``, none overfull."""
        a, b = self.places[at], self.places[end]
        return -(-(self.tight(b - 1) - self.columns.sums[a] + self.shrinks[a]) // longest)

    def _longest(self, at: int, stop: int, room: Sp, shrink: Sp) -> int:
        """The last place, or one behind it but not ``stop``, where a line from ``at`` may end that
        is not overfull: one that ends at ``room`` in the running sums, ``shrink`` where that of the
        gaps before it is."""
        places, a = self.places, self.places[at]
        # Those units fit as they are, and each has a place of its own at most.
        k = at + bisect_right(self.columns.sums, room, a) - 1 - a
        if k <= at:
            k = at + 1
        if k >= stop:
            return stop
        pressed = room + self.most_trimmed - shrink
        while k < stop and self.tight(places[k] - 1) <= pressed:
            k += 1
        return k

    def _runt(self, a: int, b: int) -> int:
        c = self.columns
        few = a and c.fullness(a, b) < ENOUGH and not c.is_forced(a)
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
    """The range of a search: places ``start`` up to ``end`` of lines of which the last ends at
    ``stop``."""

    start: int
    end: int
    stop: int


AHEAD = 32
"""How many lines are optimised together. Later text does not move breaks that far back, and a
paragraph of a hundred thousand characters takes no longer per line than one of a thousand."""

KEPT = 24
"""How many of these lines are kept before the next ones are optimised."""


LIKELY = (128, 1024)
"""The demerits that nearly all paragraphs do not exceed, and those that hold a loose line; AHEAD
lines of a long one seldom exceed the first."""


def _optimal(paragraph: _Paragraph, start: int, stop: int) -> list[int]:
    columns, places = paragraph.columns, paragraph.places
    if columns.natural(places[start], places[stop]) < KEPT * paragraph.measures.rest:
        found = _likely(paragraph, _Span(start, stop, stop), parameters.INFINITE)
        if found:
            return found
    path: list[int] = []
    at = start
    while at < stop:
        most, end = _first_fit(paragraph, at, stop)
        span = _Span(at, end, stop)
        found = _likely(paragraph, span, most) or _search(paragraph, span, most)
        path += found if end == stop else found[:KEPT]
        at = path[-1]
    return path


def _likely(paragraph: _Paragraph, span: _Span, most: int) -> list[int]:
    """The path of least demerits over ``span`` if it has as few as are likely, and fewer than
    ``most``. The less is looked for, the less is tried; and what is found is the least there is."""
    for likely in LIKELY:
        if likely < most and (found := _search(paragraph, span, likely)):
            return found
    return []


def _first_fit(paragraph: _Paragraph, at: int, stop: int) -> tuple[int, int]:
    """The demerits of up to AHEAD lines of first fit from place ``at``, and where they end: an
    upper bound for the optimal path to that place and for each of its lines."""
    total, before = 0, False
    for _ in range(AHEAD):
        at, demerits, mean = paragraph.best(at, stop)
        pushed = mean > parameters.PUSHED_FROM
        total += demerits + (parameters.CONSECUTIVE_PUSHED if pushed and before else 0)
        before = pushed
        if at == stop:
            break
    return total, at


def _toll(paragraph: _Paragraph, span: _Span) -> tuple[int, Sp]:
    """What each break of ``span`` costs at least, but for the one at the end of the paragraph, and
    the most that a line holds which is not overfull.

    In a word or an address every break costs something. What the lines still to come cost is then
    known beforehand, and without it each line of a long one would be tried far too short.
    """
    within = paragraph.columns.penalties[span.start : span.end - (span.end == span.stop)]
    each = 0 if 0 in within else min(within, default=0)
    return each, paragraph.longest if each else 1


def _search(paragraph: _Paragraph, span: _Span, most: int) -> list[int]:
    """The path of least demerits over ``span``, as the places where lines end; empty if each has
    more than ``most``.

    The paths so far are gone on with in the order of their demerits (Dijkstra), so that none is
    that has more than the best one. A node is twice a place, and one more if the line that ends
    there is a pushed one.
    """
    each, longest = _toll(paragraph, span) if most < parameters.OVERFULL else (0, 1)
    stop, end = span.stop, span.end
    nodes = {2 * span.start: (0, 0)}  # demerits and the node before; the first of equal ones
    reached = [(0, 2 * span.start)]
    known: dict[int, list[tuple[int, int, int]]] = {}
    settled: set[int] = set()
    while reached:
        total, node = heappop(reached)
        at, after_pushed = node >> 1, node & 1
        if at == end:
            return _path(nodes, node, span.start)
        if node in settled or (after_pushed and node - 1 in settled):
            continue  # from there all goes on as well
        settled.add(node)
        left = most - total
        if each:
            left -= each * max(paragraph.least_lines(at, end, longest) - 2, 0)
        lines = known.get(at)
        if lines is None:
            lines = known[at] = list(paragraph.lines(at, stop, left - each))
        for k, demerits, mean in lines:
            pushed = mean > parameters.PUSHED_FROM
            if pushed and after_pushed:
                demerits += parameters.CONSECUTIVE_PUSHED
            if demerits <= left and k <= end:
                found, target = (total + demerits, node), 2 * k + pushed
                if target not in nodes or found < nodes[target]:
                    nodes[target] = found
                    heappush(reached, (found[0], target))
    return []


def _path(nodes: dict[int, tuple[int, int]], node: int, start: int) -> list[int]:
    path: list[int] = []
    while node >> 1 != start:
        path.append(node >> 1)
        node = nodes[node][1]
    return path[::-1]
