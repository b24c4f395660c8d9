"""Tasks handed to an executor of ``concurrent.futures``, and what came of them.

Knows nothing of where they are carried out: a ``Crew`` is a pool of processes or a cluster.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Protocol

from msgspec import Struct

from brieftex.batch.task import BuildResult, BuildTask

_TICK = 0.5  # seconds: on Windows a wait without an end hears no Ctrl-C

_AHEAD = 2
"""Tasks handed over for each worker: one that it sets, one that waits for it."""


class Told(Struct, frozen=True):
    """Something to tell the user about the crew, in Chinese and English."""

    zh: str
    en: str


class Crew(Protocol):
    """What carries out tasks: a pool of processes here, or a cluster."""

    @property
    def size(self) -> int:
        """How many tasks are carried out at once, at least 1."""

    def hand(self, task: BuildTask) -> Future[BuildResult]:
        """Submit a task."""

    def settled(self, task: BuildTask, future: Future[BuildResult]) -> BuildResult | None:
        """What came of a task whose ``future`` is done; None: hand it over again."""

    def tend(self) -> Iterator[Told]:
        """Look after those who come and go; called again and again."""


class Landed(Struct, frozen=True):
    """A task that is done: its number, its result."""

    number: int
    result: BuildResult


class Underway(Struct, frozen=True):
    """Numbers of the tasks that are being carried out now, as far as can be told."""

    numbers: tuple[int, ...]


def carried_out(tasks: Mapping[int, BuildTask], crew: Crew) -> Iterator[Landed | Underway | Told]:
    """Hand over all tasks in their order; each lands once, in the order in which they are done."""
    waiting = deque(tasks)
    handed: dict[Future[BuildResult], int] = {}
    while waiting or handed:
        yield from crew.tend()
        while waiting and len(handed) < _AHEAD * crew.size:
            number = waiting.popleft()
            handed[crew.hand(tasks[number])] = number
        yield Underway(tuple(handed.values())[: crew.size])
        done, _ = wait(handed, _TICK, FIRST_COMPLETED)
        for future in sorted(done, key=handed.__getitem__):
            number = handed.pop(future)
            result = crew.settled(tasks[number], future)
            if result is None:
                waiting.appendleft(number)
            else:
                yield Landed(number, result)
