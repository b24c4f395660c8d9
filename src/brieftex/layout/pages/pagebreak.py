"""Stage 8: where pages end.

Page breaks are optimised over the whole document, as Knuth and Plass do for the lines of a
paragraph: for every state in which a page can begin, the path of least demerits to it is kept. A
state is a box, the first line of the footnotes that did not fit on the page before, and the
figures deferred to the top of the next. The demerits of a page are those of its empty lines and
of the break at its end (``parameters``); a page that ends at a forced break has few. The work
grows with the number of boxes times the boxes on a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from typing import Final, NamedTuple, TypeAlias

from msgspec import Struct

from brieftex.layout.pages import parameters
from brieftex.layout.pages.columns import PageColumns
from brieftex.units import Sp

MOST_WAITING: Final = 3
"""The most figures that may be deferred to the top of the next page at once."""

SHORT_LINES: Final = 3
"""By how many lines a page may be short to reach a wanted number of pages."""

Spans: TypeAlias = tuple[tuple[int, int], ...]


class PagePlan(Struct, frozen=True):
    """What a page holds: ``spans`` of boxes from top to foot, figures deferred from the page
    before first, and the lines of footnotes from ``notes[0]`` up to ``notes[1]``.

    ``end`` is the box at which the list is continued on the next page; ``demerits`` are those
    of this page.
    """

    spans: Spans
    notes: tuple[int, int]
    end: int
    demerits: int = 0


class _State(NamedTuple):
    """Where a page begins: before box ``k`` and line ``note`` of the footnotes, while the
    figures that begin at the boxes ``waiting`` are deferred."""

    k: int
    note: int
    waiting: tuple[int, ...]


class _Page(NamedTuple):
    """A feasible page: its demerits, the state after it, and its spans of boxes."""

    demerits: int
    after: _State
    spans: Spans


def break_pages(columns: PageColumns, depth: Sp) -> list[PagePlan]:
    """The pages of least total demerits, each at most ``depth`` high unless one box is higher."""
    if not columns.heights:
        return []
    # If the whole has fewer demerits than one underfull page, no underfull page is part of the
    # optimum, and the states after one, which are most of them, need not be explored.
    plans = _best(_Pages(columns, depth, parameters.UNDERFULL))
    if plans and sum(plan.demerits for plan in plans) < parameters.UNDERFULL:
        return plans
    return _best(_Pages(columns, depth))


def more_pages(
    columns: PageColumns, depth: Sp, plans: Sequence[PagePlan], count: int
) -> list[PagePlan]:
    """``count`` pages where the optimal ``plans`` are fewer. None of them has more demerits than
    the worst of ``plans`` or than a page SHORT_LINES short. Empty if that is impossible.

    A bonus for every page makes more pages preferable; bisection finds the least that does.
    """
    worst = max(plan.demerits for plan in plans)
    limit = 1 + max(worst, parameters.empty(SHORT_LINES))
    low, high = 0, limit
    while low < high:
        bonus = (low + high) // 2
        found = _best(_Pages(columns, depth, limit, bonus))
        if len(found) == count:
            return found
        if not found:
            return []
        low, high = (bonus + 1, high) if len(found) < count else (low, bonus)
    return []


def _best(pages: _Pages) -> list[PagePlan]:
    """The path of least demerits through these pages; empty if none leads to the end."""
    columns = pages.columns
    count = len(columns.heights)
    first, last = _State(0, 0, ()), _State(count, columns.called_before(count), ())
    best: dict[_State, tuple[int, _State, Spans]] = {first: (0, first, ())}
    # The order of states is topological: a page ends further on in the list, or at the same
    # box with fewer notes or figures left.
    heap = [(0, 0, 0, first)]
    while heap:
        state = heappop(heap)[3]
        if state == last:
            break
        so_far = best[state][0]
        for demerits, after, spans in pages.from_state(state):
            known = best.get(after)
            if known is None:
                heappush(heap, (after.k, after.note, -len(after.waiting), after))
            elif known[0] <= so_far + demerits:
                continue
            best[after] = so_far + demerits, state, spans
    plans: list[PagePlan] = []
    state = last
    while state != first and state in best:
        demerits, before, spans = best[state]
        notes = before.note, state.note
        plans.append(PagePlan(spans, notes, state.k, demerits - best[before][0]))
        state = before
    return plans[::-1]


class _Body(Struct):
    """A page while boxes are added to it: the next box, the height so far, the closed spans and
    the start of the open one, the figures deferred and the demerits of deferring them."""

    k: int
    height: Sp
    closed: Spans
    open: int
    waiting: tuple[int, ...]
    passed: int = 0

    def spans(self) -> Spans:
        """The closed spans and the open one, if it is not empty."""
        return (*self.closed, (self.open, self.k)) if self.k > self.open else self.closed


def _busy(pages: list[_Page]) -> list[_Page]:
    """The pages, with IDLE added to each underfull one where a fuller one would do as well."""
    last = next(
        (k for k in range(len(pages) - 1, -1, -1) if pages[k].demerits < parameters.LONE_ROW), 0
    )
    for k in range(last):
        if parameters.UNDERFULL <= pages[k].demerits < parameters.LONE_ROW:
            pages[k] = pages[k]._replace(demerits=pages[k].demerits + parameters.IDLE)
    return pages


class _Pages(Struct, frozen=True):
    """Finds the pages that can begin in a state and have fewer than ``limit`` demerits."""

    columns: PageColumns
    depth: Sp
    limit: int | None = None
    bonus: int = 0  # subtracted from the demerits of every page

    def from_state(self, state: _State) -> list[_Page]:
        """The pages that can begin in ``state``, at least one if there is no limit."""
        pages = _busy(self._all_from(state))
        if self.limit is not None:
            pages = [page for page in pages if page.demerits < self.limit]
        if self.bonus:
            pages = [page._replace(demerits=page.demerits - self.bonus) for page in pages]
        return pages

    def _all_from(self, state: _State) -> list[_Page]:
        columns = self.columns
        if state.k == len(columns.heights):
            return [self._rest(state)]
        if not state.waiting:
            pages = list(self._filled(state, self._top(state)))
            return pages or [self._overfull(state)]
        # A page of figures alone is always possible; before a forced break it is the only one.
        pages = [self._rest(state)]
        if not any(columns.forced[state.k : columns.start(state.k) + 1]):
            body = self._top(state)
            body.height += columns.heads[body.k]
            pages.extend(self._filled(state, body))
        return pages

    def _top(self, state: _State) -> _Body:
        """A page with as many of the deferred figures as it holds, and no text yet."""
        columns = self.columns
        if not state.waiting:
            k = columns.start(state.k)
            return _Body(k, columns.heads[k], (), k, ())
        height = 0
        spans: list[tuple[int, int]] = []
        for i in state.waiting:
            end = i + columns.floats[i]
            height += columns.sums[end] - columns.sums[i]
            if spans and height > self.depth:
                height -= columns.sums[end] - columns.sums[i]
                break
            spans.append((i, end))
        k = state.k  # below a figure, the empty line above a heading is kept
        return _Body(k, height, tuple(spans), k, state.waiting[len(spans) :])

    def _filled(self, state: _State, body: _Body) -> Iterator[_Page]:
        """The pages that begin as ``body`` does, one for each box that can be the last."""
        columns, depth = self.columns, self.depth
        count, first = len(columns.heights), body.k - bool(body.closed)
        while (k := body.k) < count:
            if columns.forced[k] and k > first:
                return
            if columns.floats[k] and self._put_off(state, body, first):
                continue
            if body.waiting and (columns.feet[k] or columns.floats[k]):
                return
            height = body.height + columns.heights[k]
            if height > depth:
                return
            if columns.headings[k]:
                body.passed += len(body.waiting) * parameters.FLOAT_OVER_HEADING
            body.height, body.k = height, k + 1
            asked = k + 1 == count or bool(columns.forced[k + 1])
            if not asked and self._hopeless(state, height, k):
                continue
            if asked or not columns.blanks[k]:
                page = self._page(state, body, asked=asked)
                if page is not None:
                    yield page

    def _hopeless(self, state: _State, height: Sp, k: int) -> bool:
        """Whether a page that ends after box k is underfull while a limit excludes such pages. This
        is a quick test that spares making the page."""
        left = (self.depth - height) * parameters.EMPTY_SHARE > self.depth
        return left and self.limit is not None and self.columns.called[k] <= state.note

    def _put_off(self, state: _State, body: _Body, first: int) -> bool:
        """Defer the figure at ``body.k`` to the next page if it does not fit here or if another
        has been deferred already."""
        columns, k = self.columns, body.k
        end = k + columns.floats[k]
        if k == first or len(body.waiting) == MOST_WAITING:
            return False
        if not body.waiting:
            room = self.depth - body.height - columns.sums[end] + columns.sums[k]
            if room >= 0 and self._noted(state.note, end, room) is not None:
                return False
        body.closed, body.open = body.spans(), end
        body.waiting = (*body.waiting, k)
        body.passed += parameters.FLOAT
        body.k = end
        return True

    def _noted(self, s: int, k: int, room: Sp) -> int | None:
        """The end of the notes that fit into ``room`` when the page ends before box ``k``; None
        if a note called on the page cannot begin on it or a continued one cannot go on."""
        columns = self.columns
        e = columns.called_before(k)
        if s >= e:
            return s
        notes = columns.notes
        t = notes.fitting(s, e, room)
        return t if t > s and notes.begun(t) == notes.begun(e) else None

    def _page(self, state: _State, body: _Body, *, asked: bool) -> _Page | None:
        columns, s, k = self.columns, state.note, body.k
        t = self._noted(s, k, self.depth - body.height)
        if t is None:
            return None
        used = body.height + columns.notes.room(s, t) if t > s else body.height
        demerits = body.passed
        if t < columns.called[k - 1]:
            demerits += parameters.SPLIT_NOTE
            if columns.feet[k - 1]:
                demerits += parameters.FORBIDDEN  # nothing comes after the colophon
        if asked:
            text = used - columns.feet[k - 1]
            if not text:
                demerits += parameters.FOOT_ALONE
            else:
                missing = columns.short - text // columns.leading
                demerits += parameters.SHORT_LAST * max(0, missing)
        else:
            demerits += columns.after[k - 1] + self._empty(used)
        # Empty lines at the very end of the list do not make another page.
        end = len(columns.heights) if columns.start(k) == len(columns.heights) else k
        return _Page(demerits, _State(end, t, body.waiting), body.spans())

    def _empty(self, used: Sp) -> int:
        missing = self.depth - used
        demerits = parameters.empty(missing // self.columns.leading)
        full = missing * parameters.EMPTY_SHARE <= self.depth
        return demerits if full else demerits + parameters.UNDERFULL

    def _rest(self, state: _State) -> _Page:
        """A page of deferred figures and notes alone, before a forced break or after all text."""
        columns = self.columns
        body = self._top(state) if state.waiting else _Body(state.k, 0, (), state.k, ())
        height = body.height
        e = columns.called_before(state.k)
        t = columns.notes.fitting(state.note, e, max(0, self.depth - height))
        if t == state.note < e and not body.closed:
            t += 1  # a line that is higher than the page
        demerits = parameters.OVERFULL_PAGE if height > self.depth else self._empty(height)
        return _Page(demerits, _State(state.k, t, body.waiting), body.closed)

    def _overfull(self, state: _State) -> _Page:
        """A page of one box that is too high for it or leaves no room for its notes."""
        columns, body = self.columns, self._top(state)
        if body.k == len(columns.heights):  # nothing but empty lines
            return _Page(0, _State(body.k, state.note, ()), ())
        end = body.k + max(1, columns.floats[body.k])
        body.height += columns.sums[end] - columns.sums[body.k]
        body.k = end
        e = columns.called_before(body.k)
        t = columns.notes.fitting(state.note, e, max(0, self.depth - body.height))
        return _Page(parameters.OVERFULL_PAGE, _State(body.k, t, body.waiting), body.spans())
