"""A parcel that was given to one worker of a cluster, or to two: the first that is done counts.

Knows nothing of the cluster; attempts end in a thread of its own.
"""

from __future__ import annotations

import threading
from collections.abc import Collection
from concurrent.futures import Future

from brieftex.batch.parcel import Parcel
from brieftex.batch.task import BuildResult


class LostError(Exception):
    """A parcel was lost with all who had it."""


class Errand:
    """A parcel on its way: the workers that were given it, and what comes of the first of them."""

    def __init__(self, parcel: Parcel) -> None:
        """Nobody has it yet."""
        self.parcel = parcel
        self.outcome: Future[BuildResult] = Future()
        self._attempts: dict[Future[BuildResult], str] = {}
        self._lock = threading.Lock()

    def add(self, address: str, attempt: Future[BuildResult]) -> None:
        """Let a worker try."""
        with self._lock:
            self._attempts[attempt] = address
        attempt.add_done_callback(self._ended)

    def workers(self) -> list[str]:
        """Those who are trying."""
        with self._lock:
            return list(self._attempts.values())

    def give_up(self, present: Collection[str] = ()) -> None:
        """Wait no more for workers that are not ``present``."""
        with self._lock:
            gone = [one for one, address in self._attempts.items() if address not in present]
        for attempt in gone:
            attempt.cancel()

    def _ended(self, attempt: Future[BuildResult]) -> None:
        with self._lock:
            del self._attempts[attempt]
            if self.outcome.done():
                return
            if not attempt.cancelled() and attempt.exception() is None:
                self.outcome.set_result(attempt.result())
            elif not self._attempts:
                self.outcome.set_exception(LostError())
