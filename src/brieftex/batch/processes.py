"""A pool of processes on this machine.

The compiler is loaded before they are made, where the system can copy a process; each opens
themes and faces once. They write nothing: results come back, and the process that was called
writes them, so that an interruption leaves whole files only.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from multiprocessing.connection import wait

from msgspec import Struct

from brieftex.batch.run import Told
from brieftex.batch.services import SeriesServices
from brieftex.batch.task import BuildManner, BuildResult, BuildTask, built

_COMPILER = ("pdf.read.verify", "pdf.write.draw", "pdf.write.picture")
"""What a build imports when it comes to it."""

_COLLECTED_AFTER = 50
"""Issues after which a worker frees what it keeps by cycles."""


class _Worker(Struct):
    """What a process works with."""

    manner: BuildManner
    services: SeriesServices
    count: int = 0


_workers: list[_Worker] = []
"""In a worker itself, the one that it is."""


class Processes:
    """A pool of ``size`` processes, all building in the same manner."""

    def __init__(self, size: int, manner: BuildManner) -> None:
        """The processes are started with the first task."""
        self.size = size
        self._manner = manner
        self._pool = self._started()

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown(cancel_futures=True)

    def hand(self, task: BuildTask) -> Future[BuildResult]:
        """Hand a task to the next process that is free."""
        try:
            return self._pool.submit(_work, task)
        except BrokenExecutor:
            self._pool.shutdown()
            self._pool = self._started(copied=False)
            return self._pool.submit(_work, task)

    def tend(self) -> Iterator[Told]:
        """Nothing: who dies is missed when the result is asked for."""
        return iter(())

    def settled(self, task: BuildTask, future: Future[BuildResult]) -> BuildResult:
        """The result. Where a process has died, all that were at work have stopped: each task is
        tried again by itself, so that only the one that it dies of is lost."""
        try:
            return future.result()
        except BrokenExecutor:
            pass
        return done_alone(task, self._manner)

    def _started(self, *, copied: bool = True) -> ProcessPoolExecutor:
        """A pool. A process with threads, as ours has by the time that one dies, should not be
        ``copied``."""
        way = "fork" if copied and sys.platform == "linux" else "spawn"
        if way == "fork":
            for name in _COMPILER:
                import_module(f"brieftex.{name}")
        return ProcessPoolExecutor(
            self.size,
            multiprocessing.get_context(way),
            initializer=_begin,
            initargs=(self._manner,),
        )


def done_alone(task: BuildTask, manner: BuildManner) -> BuildResult:
    """What comes of a task in a process of its own, which may die of it."""
    context = multiprocessing.get_context("spawn")
    alone = ProcessPoolExecutor(1, context, initializer=_begin, initargs=(manner,))
    try:
        return alone.submit(_work, task).result()
    except BrokenExecutor:
        return BuildResult(killed=True)
    finally:
        alone.shutdown()


@contextmanager
def processes(size: int, manner: BuildManner) -> Iterator[Processes]:
    """A pool, which is closed at the end of the context."""
    crew = Processes(size, manner)
    try:
        yield crew
    finally:
        crew.close()


def _begin(manner: BuildManner) -> None:
    """Prepare this process to be a worker."""
    # A terminal sends Ctrl-C to the whole group; the process that was called sees to it.
    for name in ("SIGINT", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    gc.disable()
    gc.freeze()
    _workers[:] = [_Worker(manner, SeriesServices())]


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _work(task: BuildTask) -> BuildResult:
    (worker,) = _workers
    worker.count += 1
    if worker.count % _COLLECTED_AFTER == 0:
        gc.collect()
    return built(task, worker.manner, worker.services)
