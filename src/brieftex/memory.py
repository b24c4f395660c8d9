"""What functions over values gave, kept for the next time that they are asked the same.

A process that sets nearly the same again and again, such as a preview, has a ``Memory``, and each
stage a ``Memo`` in it. What is kept stands under a key that holds everything it depends on, so that
what is recalled is what would be made: only a clock can tell. A memo keeps what its last run made
or recalled, what that was made of, and of what no run has used since not more than half as much. A
build that is run once has ``FORGETFUL``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Final, TypeVar

from msgspec import Struct

_Made = TypeVar("_Made")


class Memo:
    """What a stage keeps from one run to the next: this one, nothing."""

    keeps = False
    """Whether it is worth the while to make a key."""

    def begin(self, basis: object = None) -> None:
        """Begin a run: what the last one had no use for may go, and everything goes if the
        ``basis``, on which all of it depends, is another."""

    def get(self, key: Hashable) -> Any:
        """What is known by this key; None if nothing is."""
        del key

    def put(self, key: Hashable, value: object) -> None:
        """Keep a value, which nobody changes from here on."""

    def recall(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """What is known by this key, or is made now; None is never known."""
        known: _Made | None = self.get(key)
        if known is None:
            known = make()
            self.put(key, known)
        return known

    def recall_whole(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """The same; what is put or recalled while it is made is kept as long as it is, for the
        time when it has to be made anew of nearly the same parts."""
        del key
        return make()


class _Entry(Struct):
    """A value, and what it was made of, if that is kept."""

    key: Hashable
    value: Any
    parts: Sequence[_Entry] = ()


class KeepingMemo(Memo):
    """A memo that keeps what the last run and this one used, and little else."""

    keeps = True

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._basis: object = None
        self._known: dict[Hashable, _Entry] = {}
        self._used: list[_Entry] = []
        self._room = 0

    def begin(self, basis: object = None) -> None:
        """Begin a run. What is of no use is looked for only when there may be much of it."""
        if self._basis != basis:
            self._known, self._basis = {}, basis
        elif len(self._known) > self._room:
            self._let_go()
        self._used = []

    def _let_go(self) -> None:
        """Keep what the last run used, what that was made of, and so on."""
        needed: dict[Hashable, _Entry] = {}
        waiting = self._used
        for entry in waiting:
            if entry.key not in needed:
                needed[entry.key] = self._known[entry.key]
                waiting += entry.parts
        self._known, self._room = needed, len(needed) * 3 // 2

    def get(self, key: Hashable) -> Any:
        """What is known by this key."""
        entry = self._known.get(key)
        if entry is None:
            return None
        self._used.append(entry)
        return entry.value

    def put(self, key: Hashable, value: object) -> None:
        """Keep a value."""
        self._keep(_Entry(key, value))

    def _keep(self, entry: _Entry) -> None:
        self._known[entry.key] = entry
        self._used.append(entry)

    def recall_whole(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """What is known by this key, or is made now, of parts that are kept with it."""
        known: _Made | None = self.get(key)
        if known is not None:
            return known
        around, self._used = self._used, []
        try:
            known = make()
        finally:
            parts, self._used = self._used, around
        if known is None:
            around += parts
        else:
            self._keep(_Entry(key, known, parts))
        return known

    @property
    def size(self) -> int:
        """How many values are kept."""
        return len(self._known)


class Memory:
    """The memos of a process by the names of its stages: here, none that keeps anything."""

    def stage(self, name: str, basis: object = None) -> Memo:
        """The memo of a stage, which begins a run."""
        del name, basis
        return NOTHING_KEPT

    def within(self, name: str) -> Memory:
        """The memory of stages that are run for something else besides, by its name."""
        del name
        return self


class KeepingMemory(Memory):
    """Memos that keep."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._memos: dict[str, KeepingMemo] = {}
        self._within: dict[str, KeepingMemory] = {}

    def stage(self, name: str, basis: object = None) -> KeepingMemo:
        """The memo of a stage, which begins a run."""
        memo = self._memos.get(name)
        if memo is None:
            memo = self._memos[name] = KeepingMemo()
        memo.begin(basis)
        return memo

    def within(self, name: str) -> KeepingMemory:
        """The memory of stages that are run for something else."""
        if name not in self._within:
            self._within[name] = KeepingMemory()
        return self._within[name]


NOTHING_KEPT: Final = Memo()

FORGETFUL: Final = Memory()
"""The memory of a build that is run once."""
