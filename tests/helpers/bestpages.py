"""The best pages by trying all, reckoned from the rules as they are stated: the breaker's
measure. Page after page to the end, with nothing left out but what the rules forbid."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from brieftex.layout.pages import parameters
from brieftex.layout.pages.columns import LEAST_NOTE_LINES, PageColumns
from brieftex.layout.pages.feasible import MOST_WAITING


def least_demerits(columns: PageColumns, depth: int) -> int:
    """The demerits of the best pages of this depth."""
    best = Best(columns, depth)

    @cache
    def rest(k: int, s: int, waiting: tuple[int, ...]) -> int:
        """The cost from box k on, with line s of the notes and these figures still to set."""
        if k == len(columns.heights) and s == best.called(k) and not waiting:
            return 0
        return min(demerits + rest(*after) for demerits, after in best.pages(k, s, waiting))

    return rest(0, 0, ())


def idle(choices: list) -> list:  # type: ignore[type-arg]
    """Too empty pages cost more where a fuller one of those that follow is no fault."""

    def could_be_fuller(k: int) -> bool:
        return any(demerits < parameters.LONE_ROW for demerits, _ in choices[k + 1 :])

    return [
        (
            demerits
            + parameters.IDLE
            * (parameters.UNDERFULL <= demerits < parameters.LONE_ROW and could_be_fuller(k)),
            after,
        )
        for k, (demerits, after) in enumerate(choices)
    ]


@dataclass(frozen=True)
class Best:
    """The rules of pages over one galley."""

    columns: PageColumns
    depth: int

    def called(self, k: int) -> int:
        return self.columns.called[k - 1] if k else 0

    def note_area(self, s: int, t: int) -> int:
        notes, line = self.columns.notes, self.columns.leading
        if s == t:
            return 0
        gaps = sum(1 for k in notes.starts if s < k < t)
        total = sum(notes.heights[s:t]) + gaps * notes.gap + notes.space
        return -(-total // line) * line

    def note_ends(self, s: int, e: int, room: int) -> int:
        """As many lines as there is room for; a note cut leaves two lines on either side."""
        notes = self.columns.notes
        most = [t for t in range(s, e + 1) if self.note_area(s, t) <= room][-1]
        if most in {s, e} or most in notes.starts:
            return most
        begun = max(k for k in notes.starts if k < most)
        end = min((k for k in notes.starts if k > begun), default=len(notes.heights))
        cut = min(most, end - LEAST_NOTE_LINES)
        if cut >= begun + LEAST_NOTE_LINES and cut > s:
            return cut
        return begun if begun >= s else max(cut, s + 1)

    def noted(self, s: int, k: int, room: int) -> int | None:
        """Where notes end on a page up to box k; None when one called does not begin."""
        e = self.called(k)
        if s >= e:
            return s
        t = self.note_ends(s, e, room)
        late = any(t <= start < e for start in self.columns.notes.starts)
        return None if t == s or late else t

    def empty(self, used: int) -> int:
        left = self.depth - used
        demerits = parameters.EMPTY_LINE * (left // self.columns.leading) ** 3
        return demerits + parameters.UNDERFULL * (left * parameters.EMPTY_SHARE > self.depth)

    def size(self, i: int) -> int:
        return sum(self.columns.heights[i : i + self.columns.floats[i]])

    def pages(self, k: int, s: int, waiting: tuple[int, ...]) -> list:  # type: ignore[type-arg]
        """Every page that can begin so: its cost and what it leaves."""
        columns, count = self.columns, len(self.columns.heights)
        tops, height = 0, 0
        for i in waiting:
            if tops and height + self.size(i) > self.depth:
                break
            tops += 1
            height += self.size(i)
        waiting = waiting[tops:]
        choices = []
        if tops or k == count:
            t = self.note_ends(s, self.called(k), max(0, self.depth - height))
            if t == s < self.called(k) and not tops:
                t += 1
            demerits = parameters.OVERFULL_PAGE if height > self.depth else self.empty(height)
            choices.append((demerits, (k, t, waiting)))
        first = k
        while first < count and columns.blanks[first]:
            first += 1
        if k == count or (tops and any(columns.forced[k : first + 1])):
            return idle(choices)
        first = k if tops else first
        choices.extend(self.filled((first, s, waiting), height, bool(tops)))
        return idle(choices) or [self.overfull(first, s)]

    def overfull(self, first: int, s: int) -> tuple[int, tuple[int, int, tuple[int, ...]]]:
        i = first + max(1, self.columns.floats[first])
        used = self.columns.heads[first] + sum(self.columns.heights[first:i])
        t = self.note_ends(s, self.called(i), max(0, self.depth - used))
        return parameters.OVERFULL_PAGE, (i, t, ())

    def floats(self, k: int, s: int, waiting: tuple[int, ...], used: int) -> bool:
        if not self.columns.floats[k] or len(waiting) == MOST_WAITING:
            return False
        end = k + self.columns.floats[k]
        ends = self.columns.after, [*self.columns.forced, 1]
        while ends[0][end - 1] >= parameters.FORBIDDEN and not ends[1][end]:
            end += 1
        room = self.depth - used - sum(self.columns.heights[k:end])
        return bool(waiting) or room < 0 or self.noted(s, end, room) is None

    def filled(self, state: tuple[int, int, tuple[int, ...]], used: int, tops: bool) -> list:  # type: ignore[type-arg]
        columns = self.columns
        k, s, waiting = state
        first, demerits, choices = k, 0, []
        used += columns.heads[k]
        while k < len(columns.heights) and not (columns.forced[k] and (k > first or tops)):
            if (k > first or tops) and self.floats(k, s, waiting, used):
                waiting, demerits, k = (
                    (*waiting, k),
                    demerits + parameters.FLOAT,
                    k + columns.floats[k],
                )
                continue
            used += columns.heights[k]
            if used > self.depth or (waiting and (columns.floats[k] or columns.feet[k])):
                break
            demerits += columns.headings[k] * len(waiting) * parameters.FLOAT_OVER_HEADING
            k += 1
            t = self.noted(s, k, self.depth - used)
            if t is not None and (page := self.page(k, t, used + self.note_area(s, t))) is not None:
                choices.append((demerits + page, (k, t, waiting)))
        return choices

    def page(self, k: int, t: int, used: int) -> int | None:
        """The cost of a page that ends before box k; None where none may."""
        columns = self.columns
        foot = columns.feet[k - 1]
        demerits = (parameters.SPLIT_NOTE + parameters.FORBIDDEN * bool(foot)) * (
            t < self.called(k)
        )
        if k < len(columns.heights) and not columns.forced[k]:
            return (
                None
                if columns.blanks[k - 1]
                else demerits + columns.after[k - 1] + self.empty(used)
            )
        if used == foot:
            return demerits + parameters.FOOT_ALONE
        return demerits + parameters.SHORT_LAST * max(
            0, columns.short - (used - foot) // columns.leading
        )
