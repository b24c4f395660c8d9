"""Stage 8: where pages end.

The whole volume is weighed at once: for every place where a page can begin, the cheapest way
to have filled the pages before it. Such a place is a box, the line of the footnotes that the
page before could not hold, and the figures that it left for the top of the next. A page costs
what its empty lines cost and what the break at its end costs (``parameters``); a page that
ends because the document asks for it costs little. The work grows with the number of boxes
times the boxes on a page.
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
"""So many figures may wait for a page's top at once."""

SHORT_LINES: Final = 3
"""How many lines a page may lack for the sake of the number of pages."""

Spans: TypeAlias = tuple[tuple[int, int], ...]


class PagePlan(Struct, frozen=True):
    """What a page holds: stretches of boxes from top to foot, first the figures that come
    from the page before, and the lines ``notes`` of all footnotes, from and up to.

    ``end`` is where in the list the next page goes on, ``demerits`` what this one costs.
    """

    spans: Spans
    notes: tuple[int, int]
    end: int
    demerits: int = 0


class _State(NamedTuple):
    """Where a page begins: before box ``k``, with line ``note`` of the footnotes, while the
    figures that begin at the boxes ``waiting`` have not been set."""

    k: int
    note: int
    waiting: tuple[int, ...]


class _Page(NamedTuple):
    """A page that can be, the state it leaves and what it costs."""

    demerits: int
    after: _State
    spans: Spans


def break_pages(columns: PageColumns, depth: Sp) -> list[PagePlan]:
    """The pages that cost least, each at most ``depth`` high unless one box is higher."""
    if not columns.heights:
        return []
    # Where all of it costs less than one page that is too empty, no such page is needed, and
    # what begins behind one need not be looked at: most of what there is.
    plans = _best(_Pages(columns, depth, parameters.UNDERFULL))
    if plans and sum(plan.demerits for plan in plans) < parameters.UNDERFULL:
        return plans
    return _best(_Pages(columns, depth))


def more_pages(
    columns: PageColumns, depth: Sp, plans: Sequence[PagePlan], count: int
) -> list[PagePlan]:
    """``count`` pages where ``plans``, the cheapest, are fewer: none of them worse than the
    worst of those or more than SHORT_LINES short. Empty where there is no such way.

    A bonus for every page makes more of them cheaper; the least that does is looked for.
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
    """The cheapest of these pages; empty if they do not lead to the end."""
    columns = pages.columns
    count = len(columns.heights)
    first, last = _State(0, 0, ()), _State(count, columns.called_before(count), ())
    best: dict[_State, tuple[int, _State, Spans]] = {first: (0, first, ())}
    # A page never leads back: further on in the list, or as far and fewer notes or figures.
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
    """A page while boxes are taken into it: the next box, the height so far, the stretches
    closed and where the open one begins, the figures put off and what that costs."""

    k: int
    height: Sp
    closed: Spans
    open: int
    waiting: tuple[int, ...]
    passed: int = 0

    def spans(self) -> Spans:
        """All stretches."""
        return (*self.closed, (self.open, self.k)) if self.k > self.open else self.closed


def _busy(pages: list[_Page]) -> list[_Page]:
    """The pages, those dearer that are too empty though a fuller one could as well be."""
    last = next(
        (k for k in range(len(pages) - 1, -1, -1) if pages[k].demerits < parameters.LONE_ROW), 0
    )
    for k in range(last):
        if parameters.UNDERFULL <= pages[k].demerits < parameters.LONE_ROW:
            pages[k] = pages[k]._replace(demerits=pages[k].demerits + parameters.IDLE)
    return pages


class _Pages(Struct, frozen=True):
    """Finds the pages that can begin in a state, of those that cost less than ``limit``."""

    columns: PageColumns
    depth: Sp
    limit: int | None = None
    bonus: int = 0  # for every page

    def from_state(self, state: _State) -> list[_Page]:
        """The pages, at least one if there is no limit."""
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
        # Nothing but figures: always possible, and all there can be before a page break.
        pages = [self._rest(state)]
        if not any(columns.forced[state.k : columns.start(state.k) + 1]):
            body = self._top(state)
            body.height += columns.heads[body.k]
            pages.extend(self._filled(state, body))
        return pages

    def _top(self, state: _State) -> _Body:
        """A page with the figures that wait, as many as it holds, and no text yet."""
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
        k = state.k  # an empty line above a heading stays, below a figure
        return _Body(k, height, tuple(spans), k, state.waiting[len(spans) :])

    def _filled(self, state: _State, body: _Body) -> Iterator[_Page]:
        """The pages that end after each box that can be the last one."""
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
        """Whether a page that ends after box k is too empty for the limit, seen at once."""
        left = (self.depth - height) * parameters.EMPTY_SHARE > self.depth
        return left and self.limit is not None and self.columns.called[k] <= state.note

    def _put_off(self, state: _State, body: _Body, first: int) -> bool:
        """Leave the figure at ``body.k`` to the next page if it does not fit here, or if
        another waits already."""
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
        """How far the notes go in ``room`` when the page ends before box ``k``: all that
        are called must at least begin, and what has begun goes on."""
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
        # Empty lines at the very end of the list begin no page.
        end = len(columns.heights) if columns.start(k) == len(columns.heights) else k
        return _Page(demerits, _State(end, t, body.waiting), body.spans())

    def _empty(self, used: Sp) -> int:
        missing = self.depth - used
        demerits = parameters.empty(missing // self.columns.leading)
        full = missing * parameters.EMPTY_SHARE <= self.depth
        return demerits if full else demerits + parameters.UNDERFULL

    def _rest(self, state: _State) -> _Page:
        """A page before a page break or after all text: figures and notes that are left."""
        columns = self.columns
        body = self._top(state) if state.waiting else _Body(state.k, 0, (), state.k, ())
        height = body.height
        e = columns.called_before(state.k)
        t = columns.notes.fitting(state.note, e, max(0, self.depth - height))
        if t == state.note < e and not body.closed:
            t += 1  # higher than the page
        demerits = parameters.OVERFULL if height > self.depth else self._empty(height)
        return _Page(demerits, _State(state.k, t, body.waiting), body.closed)

    def _overfull(self, state: _State) -> _Page:
        """A page of one box that is higher, or whose notes have no room beside it."""
        columns, body = self.columns, self._top(state)
        if body.k == len(columns.heights):  # nothing but empty lines
            return _Page(0, _State(body.k, state.note, ()), ())
        end = body.k + max(1, columns.floats[body.k])
        body.height += columns.sums[end] - columns.sums[body.k]
        body.k = end
        e = columns.called_before(body.k)
        t = columns.notes.fitting(state.note, e, max(0, self.depth - body.height))
        return _Page(parameters.OVERFULL, _State(body.k, t, body.waiting), body.spans())
