"""Stage 8: the pages that are possible, whichever of them a breaker takes.

A page begins in a state: before a box, a line of the footnotes that did not fit on the page before,
and the figures deferred to the top of the next. From there it may end after several boxes; what
is set on it, what it costs (``parameters``) and the state after it are told for each of these ends.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from sys import maxsize
from typing import Final, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from brieftex.layout.pages import parameters
from brieftex.layout.pages.columns import PageColumns
from brieftex.units import Sp

IDLE_PAGE: Final = parameters.UNDERFULL + parameters.IDLE
"""The least demerits of an underfull page where a fuller one would do as well."""

MOST_WAITING: Final = 3
"""The most figures that may be deferred to the top of the next page at once."""

Spans: TypeAlias = tuple[tuple[int, int], ...]


class PagePlan(Struct, frozen=True):
    """What a page holds: ``spans`` of boxes from top to foot, figures deferred from the page
    before first, and the lines of footnotes from ``notes[0]`` up to ``notes[1]``.

    ``end`` is the box at which the list is continued on the next page; ``demerits`` are those
    of this page. ``turned``: it is a turned page.
    """

    spans: Spans
    notes: tuple[int, int]
    end: int
    demerits: int = 0
    turned: bool = False


class PageStart(Struct, frozen=True):
    """Where a page begins: before box ``k`` and line ``note`` of the footnotes, while the
    figures that begin at the boxes ``waiting`` are deferred."""

    k: int
    note: int
    waiting: tuple[int, ...]


class FeasiblePage(Struct, frozen=True):
    """A feasible page: its demerits, the state after it, and its spans of boxes."""

    demerits: int
    after: PageStart
    spans: Spans


class _Filling(Struct):
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


def _busy(pages: list[FeasiblePage]) -> list[FeasiblePage]:
    """The pages, with IDLE added to each underfull one where a fuller one would do as well."""
    last = next(
        (k for k in range(len(pages) - 1, -1, -1) if pages[k].demerits < parameters.LONE_ROW), 0
    )
    for k in range(last):
        if parameters.UNDERFULL <= pages[k].demerits < parameters.LONE_ROW:
            pages[k] = replace(pages[k], demerits=pages[k].demerits + parameters.IDLE)
    return pages


class FeasiblePages(Struct, frozen=True):
    """Finds the pages that can begin in a state. ``bonus`` is subtracted from the demerits of every
    page; without ``holes`` no page is underfull where demerits have a limit."""

    columns: PageColumns
    depth: Sp
    bonus: int = 0
    holes: bool = True

    def from_state(self, state: PageStart, limit: int | None = None) -> list[FeasiblePage]:
        """The pages that can begin in ``state`` and have fewer than ``limit`` demerits; at least
        one if there is no limit."""
        gap = self._widest_gap(state, limit)
        # Beside pages that are fuller, one with so many demerits counts for nothing.
        least = limit is not None and limit <= parameters.LONE_ROW
        most = parameters.LONE_ROW if least else maxsize
        pages = self._all_from(state, most, gap)
        bounded = self.holes and gap < self.depth
        if bounded and not any(page.demerits < parameters.LONE_ROW for page in pages):
            pages = self._all_from(state, most, self.depth)  # no fuller page would do as well
        pages = _busy(pages)
        if limit is not None:
            pages = [page for page in pages if page.demerits < limit]
        if self.bonus:
            pages = [replace(page, demerits=page.demerits - self.bonus) for page in pages]
        return pages

    def _widest_gap(self, state: PageStart, limit: int | None) -> Sp:
        """How much of a page may be empty that has fewer than ``limit`` demerits where a fuller one
        would do as well."""
        if limit is None or (limit > IDLE_PAGE and self.holes and state.waiting):
            return self.depth
        hole = self.depth // parameters.EMPTY_SHARE
        if limit <= IDLE_PAGE or not self.holes:
            return hole
        return max(hole, parameters.lines_of(limit - IDLE_PAGE) * self.columns.leading)

    def _all_from(self, state: PageStart, most: int, gap: Sp) -> list[FeasiblePage]:
        """The pages that can begin in ``state``; without those of which more than ``gap`` is empty,
        but for a few, and those that end in plain boxes with ``most`` demerits."""
        columns = self.columns
        if state.k == len(columns.heights):
            return [self._rest(state)]
        if not state.waiting:
            pages = list(self._filled(state, self._top(state), most, gap))
            return pages or [self._overfull(state)]
        # A page of figures alone is always possible; before a forced break it is the only one.
        pages = [self._rest(state)]
        if not any(columns.forced[state.k : columns.start(state.k) + 1]):
            body = self._top(state)
            body.height += columns.heads[body.k]
            pages.extend(self._filled(state, body, most, gap))
        return pages

    def _top(self, state: PageStart) -> _Filling:
        """A page with as many of the deferred figures as it holds, and no text yet."""
        columns = self.columns
        if not state.waiting:
            k = columns.start(state.k)
            return _Filling(k, columns.heads[k], (), k, ())
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
        return _Filling(k, height, tuple(spans), k, state.waiting[len(spans) :])

    def _filled(
        self, state: PageStart, body: _Filling, most: int, gap: Sp
    ) -> Iterator[FeasiblePage]:
        """The pages that begin as ``body`` does, one for each box that can be the last."""
        columns, depth = self.columns, self.depth
        count, first = len(columns.heights), body.k - bool(body.closed)
        while (k := body.k) < count:
            if columns.forced[k] and k > first:
                return
            if not body.waiting and columns.called_before(k) <= state.note:
                yield from self._plain(state, body, most, gap)
                k = body.k
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
            if not asked and (columns.blanks[k] or self._hopeless(state, height, k, gap)):
                continue
            page = self._page(state, body, asked=asked)
            if page is not None:
                yield page

    def _plain(
        self, state: PageStart, body: _Filling, most: int, gap: Sp
    ) -> Iterator[FeasiblePage]:
        """The pages that end in one of the plain boxes that follow, as many as there are and the
        page holds. No notes and no figures wait, so each is known from its height."""
        columns, k, full_height = self.columns, body.k, self.depth
        sums, after, blanks = columns.sums, columns.after, columns.blanks
        depth = full_height - body.height + sums[k]  # as a sum of heights
        end = bisect_right(sums, depth, k) - 1
        end = min(end, columns.stops[bisect_left(columns.stops, k)])
        hole = full_height // parameters.EMPTY_SHARE
        first = max(k, bisect_left(sums, depth - gap, k) - 1)
        for last in range(first, end):
            if after[last] >= most or blanks[last]:
                continue
            missing = depth - sums[last + 1]
            demerits = after[last] + parameters.empty(missing // columns.leading)
            if missing > hole:
                demerits += parameters.UNDERFULL
            spans = *body.closed, (body.open, last + 1)
            beyond = len(blanks) if last + 1 >= columns.empty else last + 1
            yield FeasiblePage(demerits, PageStart(beyond, state.note, ()), spans)
        if end > k:
            body.height += sums[end] - sums[k]
            body.k = end

    def _hopeless(self, state: PageStart, height: Sp, k: int, gap: Sp) -> bool:
        """Whether more than ``gap`` is empty on a page that ends after box k. This is a quick test
        that spares making the page."""
        return self.depth - height > gap and self.columns.called[k] <= state.note

    def _put_off(self, state: PageStart, body: _Filling, first: int) -> bool:
        """Defer the figure at ``body.k`` to the next page if it does not fit here together with
        what is kept with it, or if another has been deferred already."""
        columns, k = self.columns, body.k
        end = k + columns.floats[k]
        if k == first or len(body.waiting) == MOST_WAITING:
            return False
        if not body.waiting:
            kept = columns.figure_end(k)
            room = self.depth - body.height - columns.sums[kept] + columns.sums[k]
            if room >= 0 and self._noted(state.note, kept, room) is not None:
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

    def _page(self, state: PageStart, body: _Filling, *, asked: bool) -> FeasiblePage | None:
        columns, s, k = self.columns, state.note, body.k
        called = columns.called[k - 1]
        t = s if s >= called else self._noted(s, k, self.depth - body.height)
        if t is None:
            return None
        used = body.height + columns.notes.room(s, t) if t > s else body.height
        demerits = body.passed
        if t < called:
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
        end = len(columns.heights) if k >= columns.empty else k
        return FeasiblePage(demerits, PageStart(end, t, body.waiting), body.spans())

    def _empty(self, used: Sp) -> int:
        missing = self.depth - used
        demerits = parameters.empty(missing // self.columns.leading)
        full = missing * parameters.EMPTY_SHARE <= self.depth
        return demerits if full else demerits + parameters.UNDERFULL

    def _rest(self, state: PageStart) -> FeasiblePage:
        """A page of deferred figures and notes alone, before a forced break or after all text."""
        columns = self.columns
        body = self._top(state) if state.waiting else _Filling(state.k, 0, (), state.k, ())
        height = body.height
        e = columns.called_before(state.k)
        t = columns.notes.fitting(state.note, e, max(0, self.depth - height))
        if t == state.note < e and not body.closed:
            t += 1  # a line that is higher than the page
        demerits = parameters.OVERFULL_PAGE if height > self.depth else self._empty(height)
        return FeasiblePage(demerits, PageStart(state.k, t, body.waiting), body.closed)

    def _overfull(self, state: PageStart) -> FeasiblePage:
        """A page of one box that is too high for it or leaves no room for its notes."""
        columns, body = self.columns, self._top(state)
        end = body.k + max(1, columns.floats[body.k])
        body.height += columns.sums[end] - columns.sums[body.k]
        body.k = end
        e = columns.called_before(body.k)
        t = columns.notes.fitting(state.note, e, max(0, self.depth - body.height))
        return FeasiblePage(
            parameters.OVERFULL_PAGE, PageStart(body.k, t, body.waiting), body.spans()
        )
