"""What functions over values gave, kept for the next time that they are asked the same.

A process that sets nearly the same again and again, such as a preview, has a ``Memory``, and each
stage a ``Memo`` in it. What is kept stands under a key that holds everything it depends on, so that
what is recalled is what would be made: only a clock can tell. A memo keeps what its last run made
or recalled, what that was made of, and no more. A build that is run once has ``FORGETFUL``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

from msgspec import Struct, field

_Made = TypeVar("_Made")


class Memo:
    """What a stage keeps from one run to the next: this one, nothing."""

    keeps = False
    """Whether it is worth the while to make a key."""

    def begin(self, basis: object = None) -> None:
        """Begin a run: what the last one had no use for goes, and everything if the ``basis``, on
        which all of it depends, is another."""

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


class _Kept(Struct):
    """Values by their keys, each with what it was made of, if that is kept; and all of these."""

    known: dict[Hashable, tuple[Any, _Kept | None]] = field(default_factory=dict)
    parts: list[_Kept] = field(default_factory=list)

    def put(self, key: Hashable, entry: tuple[Any, _Kept | None]) -> None:
        self.known[key] = entry
        if entry[1] is not None:
            self.parts.append(entry[1])

    def all_parts(self) -> dict[Hashable, tuple[Any, _Kept | None]]:
        """What the values were made of, and what that was made of."""
        found: dict[Hashable, tuple[Any, _Kept | None]] = {}
        waiting = [*self.parts]
        for kept in waiting:
            found.update(kept.known)
            waiting += kept.parts
        return found


class KeepingMemo(Memo):
    """A memo that keeps what the last run and this one used."""

    keeps = True

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._basis: object = None
        self._last, self._now = _Kept(), _Kept()
        self._parts: dict[Hashable, tuple[Any, _Kept | None]] | None = None

    def begin(self, basis: object = None) -> None:
        """Begin a run."""
        self._last = self._now if self._basis == basis else _Kept()
        self._basis, self._now, self._parts = basis, _Kept(), None

    def get(self, key: Hashable) -> Any:
        """What is known by this key."""
        entry = self._now.known.get(key)
        if entry is not None:
            return entry[0]
        entry = self._last.known.get(key)
        if entry is None:
            if self._parts is None:
                self._parts = self._last.all_parts()
            entry = self._parts.get(key)
            if entry is None:
                return None
        self._now.put(key, entry)
        return entry[0]

    def put(self, key: Hashable, value: object) -> None:
        """Keep a value."""
        self._now.known[key] = value, None

    def recall_whole(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """What is known by this key, or is made now, of parts that are kept with it."""
        known: _Made | None = self.get(key)
        if known is not None:
            return known
        around, self._now = self._now, _Kept()
        try:
            known = make()
        finally:
            parts, self._now = self._now, around
        if known is None:
            around.known.update(parts.known)
            around.parts += parts.parts
        else:
            around.put(key, (known, parts))
        return known

    @property
    def size(self) -> int:
        """How many values are kept."""
        kept = self._last, self._now
        return len({key for one in kept for key in (*one.known, *one.all_parts())})


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
