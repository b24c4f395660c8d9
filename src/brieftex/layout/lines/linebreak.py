"""Stage 6: where the lines of a paragraph end.

Two breakers over the same columns. ``break_first_fit`` goes line by line and takes, of the
places where this line can end, the cheapest. ``break_total_fit`` weighs the paragraph as a
whole (Knuth and Plass, Breaking Paragraphs into Lines): for every place where some line can
end it keeps the cheapest way to get there, and reads the breaks off backwards from the end.
Both take the cost of a line from the same function.

A line can end only near its measure. Which breaks those are is found by bisection in the
columns' prefix sums, so the work grows with the text and not with its square.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from brieftex.text import parameters
from brieftex.text.columns import GAP_WEIGHT, Columns
from brieftex.units import Sp


@dataclass(frozen=True, slots=True)
class Measures:
    """The length of a paragraph's first line and of the others, Sp.

    Lines that are not ``justified`` are never stretched, only pressed together rather than
    stick out.
    """

    first: Sp
    rest: Sp
    justified: bool = True


def break_first_fit(columns: Columns, measures: Measures) -> list[int]:
    """Breaks of the lines, ascending, the last the unit count: each line as good as it can
    be without looking ahead."""
    paragraph = _Paragraph(columns, measures)
    result: list[int] = []
    a = 0
    for stop in columns.forced:
        first = a
        while a < stop:
            lines = paragraph.lines(a, stop, first, parameters.ANY_LOOSENESS)
            _, a = min((demerits, -b) for b, demerits, _ in lines)
            a = -a
            result.append(a)
    return result


def break_total_fit(columns: Columns, measures: Measures) -> list[int]:
    """Breaks of the lines, ascending, the last the unit count: the cheapest of all ways.

    The cost of a way is the sum of its lines' costs with CONSECUTIVE_PUSHED for each pushed
    line right after another. Paragraphs of more than LONG units are searched anew only around
    lines that cost much, and lines looser than costs.LOOSEST considered where no other way
    exists.
    """
    paragraph = _Paragraph(columns, measures)
    result: list[int] = []
    a = 0
    for stop in columns.forced:
        result.extend(_cheapest(paragraph, a, stop))
        a = stop
    return result


def looseness_demerits(mean: int) -> int:
    """The cost of a line all of whose gaps are stretched by ``mean`` 1/1000 em."""
    demerits = parameters.LOOSE * mean * mean * mean // 1_000_000
    if mean > parameters.GOOD:
        demerits += parameters.STRAINED
    if mean > parameters.LOOSEST:
        demerits += parameters.TOO_LOOSE + (mean - parameters.LOOSEST) * parameters.TOO_LOOSE_EACH
    return demerits


def preferred_stretch_demerits(slack: Sp, preferred_stretch: Sp) -> int:
    """The demerits of a line whose word and script gaps take ``slack`` of the
    ``preferred_stretch`` that they have."""
    share = slack * 1000 // preferred_stretch if slack < preferred_stretch else 1000
    return parameters.PREFERRED_STRETCH * share * share * share // 1_000_000_000


def tightness_demerits(excess: Sp, shrink: Sp, em: Sp) -> int:
    """The cost of a line that is ``excess`` too wide and whose gaps can shrink by ``shrink``."""
    if excess > shrink:
        return parameters.OVERFULL + (excess - shrink) * 1000 // em * parameters.OVERFULL_EACH
    share = excess * 1000 // shrink
    return parameters.TIGHT * share * share * share // 1_000_000_000


def ragged_demerits(slack: Sp, measure: Sp) -> int:
    """The cost of a line that is not stretched: even rags are better than deep ones."""
    share = slack * 1000 // measure
    return share * share // 100


ENOUGH = 2
"""How many Han characters, or a word, keep a last line from being a runt (CLREQ)."""


class _Paragraph:
    """The columns of a paragraph, looked at from its breaks."""

    def __init__(self, columns: Columns, measures: Measures) -> None:
        self.columns = columns
        self.measures = measures
        c = columns
        self.breaks = c.breaks
        # By break, the sums up to a line's end with what the edge changes already in them.
        self.ends = [
            c.sums[b] - c.gaps[b - 1] - c.trim_end[b - 1] + c.hyphens.get(b, 0) for b in c.breaks
        ]
        self.shrinks = [c.shrink_sums[b - 1] for b in c.breaks]
        self.weights = [c.weight_sums[b - 1] for b in c.breaks]
        self.preferred = [c.preferred_sums[b - 1] for b in c.breaks]
        # The same with all marks pressed together: never falls from one break to the next.
        self.tight = [c.sums[b] - c.shrink_sums[b] for b in c.breaks]
        self.natural = [c.sums[b] for b in c.breaks]

    def lines(self, a: int, stop: int, first: int, loosest: int) -> Iterator[tuple[int, int, int]]:
        """The lines that can start at unit ``a``, as (break, cost, looseness).

        ``first`` is the unit that the paragraph's first line starts at, ``stop`` where its
        last line ends. There is always one line, at worst one that sticks out.
        """
        c, em = self.columns, self.columns.em
        measure = self.measures.first if a == first == 0 else self.measures.rest
        room = measure + c.sums[a] + c.trim_start[a]
        shrink = c.shrink_sums[a] if a else -c.lead
        stretch_weight, preferred_before = c.weight_sums[a], c.preferred_sums[a]
        breaks, ends, shrinks, weights = self.breaks, self.ends, self.shrinks, self.weights
        preferred = self.preferred
        justified = self.measures.justified
        penalties = c.penalties
        for k in self._window(a, stop, measure, loosest):
            b, slack = breaks[k], room - ends[k]
            if slack < 0:
                demerits, mean = tightness_demerits(-slack, shrinks[k] - shrink, em), 0
            elif b == stop:
                demerits = mean = 0
            elif justified:
                demerits = mean = 0
                preferred_stretch = preferred[k] - preferred_before
                if preferred_stretch:
                    demerits = preferred_stretch_demerits(slack, preferred_stretch)
                if slack > preferred_stretch:
                    weight = weights[k] - stretch_weight or GAP_WEIGHT
                    mean = (slack - preferred_stretch) * 1000 * GAP_WEIGHT // (weight * em)
                    demerits += looseness_demerits(mean)
            else:
                demerits, mean = ragged_demerits(slack, measure), 0
            yield b, demerits + (self._runt(a, b, first) if b == stop else penalties[k]), mean

    def _runt(self, a: int, b: int, first: int) -> int:
        full = self.columns.full_sums[b] - self.columns.full_sums[a]
        return parameters.RUNT if full < ENOUGH and a != first else 0

    def _window(self, a: int, stop: int, measure: Sp, loosest: int) -> range:
        """Indices of the breaks that a line from unit ``a`` can reach: at least one."""
        c = self.columns
        least = bisect_right(self.breaks, a)
        most = bisect_left(self.breaks, stop) + 1
        # A line's edges may lose two marks' blanks or a hung mark: two em at the most.
        reach = c.sums[a] - c.shrink_sums[a] + measure + 2 * c.em
        high = min(bisect_right(self.tight, reach), most)
        stretch = measure * loosest // 1000
        low = bisect_left(self.natural, c.sums[a] + measure - stretch - c.em)
        low = max(least, min(low, high - 1))
        return range(low, max(high, low + 1))


@dataclass(frozen=True, slots=True)
class _Span:
    """What a search is about: the units ``start`` up to ``end`` of the text that begins at
    ``first`` and ends, with a last line, at ``stop``."""

    first: int
    start: int
    end: int
    stop: int


def _cheapest(paragraph: _Paragraph, start: int, stop: int) -> list[int]:
    span = _Span(start, start, stop, stop)
    if not paragraph.measures.justified:
        demerits, path = _search(paragraph, span, parameters.USUAL_RAG)
        if demerits < parameters.OVERFULL:
            return path
        # A short line is better than one that sticks out.
        return _search(paragraph, span, parameters.ANY_RAG, demerits)[1]
    # A narrow search is quick. No line of the cheapest way costs more than the whole of a
    # way that is known, so what it found also says how far a wider search must look.
    demerits, path = _search(paragraph, span, parameters.USUAL_LOOSENESS)
    if demerits <= looseness_demerits(parameters.USUAL_LOOSENESS):
        return path
    if stop - start > LONG:
        return _mended(paragraph, span, path)
    loosest = parameters.LOOSEST
    while looseness_demerits(loosest) < demerits and loosest < parameters.ANY_LOOSENESS:
        loosest *= 2
    return _search(paragraph, span, loosest, demerits)[1]


LONG = 3_000
"""Paragraphs of more units than this are a sum of so many lines that it says nothing about
one of them: what costs much is mended where it is, and in them lines looser than costs.LOOSEST
are a last resort."""

_AROUND = 8
"""How many lines before and after a costly one are broken anew."""


def _mended(paragraph: _Paragraph, span: _Span, path: list[int]) -> list[int]:
    """A way for a long text: that of a narrow search with a wider one around costly lines."""
    starts = [span.start, *path]
    dear = looseness_demerits(parameters.USUAL_LOOSENESS)
    kept: list[int] = []
    at = 0  # how many lines of the path are done
    for low, high in _windows([demerits > dear for demerits in _demerits(paragraph, span, path)]):
        kept += path[at:low]
        part = _Span(span.first, starts[low], starts[high], span.stop)
        demerits, found = _search(paragraph, part, parameters.LOOSEST)
        if demerits >= parameters.OVERFULL:
            found = _search(paragraph, part, parameters.ANY_LOOSENESS, demerits)[1]
        kept += found
        at = high
    return kept + path[at:]


def _demerits(paragraph: _Paragraph, span: _Span, path: list[int]) -> Iterator[int]:
    """What each line of a way of the narrow search costs; one that sticks out or is looser
    than that search likes costs the more."""
    for a, b in pairwise((span.start, *path)):
        lines = paragraph.lines(a, span.stop, span.first, parameters.USUAL_LOOSENESS)
        yield next(demerits for end, demerits, _ in lines if end == b)


def _windows(dear: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The lines around those that are dear, as (first, end); no two meet."""
    low = high = 0
    for k, costly in enumerate(dear):
        if not costly:
            continue
        if k - _AROUND > high:
            if high:
                yield low, high
            low = k - _AROUND
        high = min(k + _AROUND + 1, len(dear))
    if high:
        yield max(low, 0), high


def _search(
    paragraph: _Paragraph, span: _Span, loosest: int, most: int = parameters.ANY
) -> tuple[int, list[int]]:
    """The cheapest way over ``span`` with no line looser than ``loosest`` (1/1000 em a gap)
    unless there is no other, and its cost. A way of cost ``most`` or less is known to exist."""
    start, end = span.start, span.end
    # ways[b][pushed] = cost, break before, whether the line before was pushed; where
    # pushed says of the line that ends at b that it is one.
    nodes: dict[int, list[tuple[int, int, int]]] = {start: [(0, start, 0), _UNREACHED]}
    breaks = paragraph.breaks
    pending = breaks[bisect_right(breaks, start) : bisect_left(breaks, end)]
    for a in (start, *pending):
        known = nodes.get(a)
        if known is None:
            continue
        fresh, after_pushed = known[0][0], known[1][0]
        least = min(fresh, after_pushed)
        for b, demerits, mean in paragraph.lines(a, span.stop, span.first, loosest):
            if mean > loosest:
                demerits += parameters.OVERFULL
            if least + demerits > most or b > end:
                continue
            pushed = mean > parameters.PUSHED_FROM
            total, before = fresh + demerits, 0
            other = after_pushed + demerits + (parameters.CONSECUTIVE_PUSHED if pushed else 0)
            if other < total:
                total, before = other, 1
            target = nodes.get(b)
            if target is None:
                target = nodes[b] = [_UNREACHED, _UNREACHED]
            if total < target[pushed][0]:
                target[pushed] = (total, a, before)
    demerits, flag = min((node[0], flag) for flag, node in enumerate(nodes[end]))
    path: list[int] = []
    b = end
    while b != start:
        path.append(b)
        _, b, flag = nodes[b][flag]
    return demerits, path[::-1]


_UNREACHED = (2 * parameters.ANY, 0, 0)
