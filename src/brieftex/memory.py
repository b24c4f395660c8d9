"""What functions over values gave, kept for the next time that they are asked the same.

A process that sets nearly the same again and again, such as a preview, has a ``Memory``, and each
stage a ``Memo`` in it. What is kept stands under a key that holds everything it depends on, so that
what is recalled is what would be made: only a clock can tell. A memo keeps what its last run made
or recalled, and no more. A build that is run once has ``FORGETFUL``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

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


class KeepingMemo(Memo):
    """A memo that keeps what the last run and this one used."""

    keeps = True

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._basis: object = None
        self._last: dict[Hashable, Any] = {}
        self._now: dict[Hashable, Any] = {}

    def begin(self, basis: object = None) -> None:
        """Begin a run."""
        self._last = self._now if self._basis == basis else {}
        self._basis, self._now = basis, {}

    def get(self, key: Hashable) -> Any:
        """What is known by this key."""
        known = self._now.get(key)
        if known is None:
            known = self._last.get(key)
            if known is not None:
                self._now[key] = known
        return known

    def put(self, key: Hashable, value: object) -> None:
        """Keep a value."""
        self._now[key] = value

    @property
    def size(self) -> int:
        """How many values are kept."""
        return len(self._last.keys() | self._now.keys())


class Memory:
    """The memos of a process by the names of its stages: here, none that keeps anything."""

    def stage(self, name: str, basis: object = None) -> Memo:
        """The memo of a stage, which begins a run."""
        del name, basis
        return NOTHING_KEPT


class KeepingMemory(Memory):
    """Memos that keep."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._memos: dict[str, KeepingMemo] = {}

    def stage(self, name: str, basis: object = None) -> KeepingMemo:
        """The memo of a stage, which begins a run."""
        memo = self._memos.get(name)
        if memo is None:
            memo = self._memos[name] = KeepingMemo()
        memo.begin(basis)
        return memo


NOTHING_KEPT: Final = Memo()

FORGETFUL: Final = Memory()
"""The memory of a build that is run once."""
