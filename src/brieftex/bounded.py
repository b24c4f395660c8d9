"""Work on a file that may be hostile, in a process of its own with bounds on time and memory.

What a few bytes of a PDF file can ask for cannot be told beforehand: streams that unpack to
gigabytes, forms drawn by forms, strings that double. The kernel counts what is used, whatever
the reason. The process is a copy of this one (``fork``), so that nothing has to be sent there;
on Windows, which has no copies, the work is done here, and only the reader's own bounds hold.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeVar

from msgspec import Struct

if sys.platform != "win32":
    import resource

T = TypeVar("T")

_OUT_OF_MEMORY, _FAILED = 70, 71  # statuses of the process


class Bounds(Struct, frozen=True):
    """What work may use: ``seconds`` of CPU time and ``mebibytes`` of memory beyond what there
    is when it begins."""

    seconds: int = 10
    mebibytes: int = 512


class TooCostlyError(Exception):
    """The work needed more than its bounds."""


def bounded(work: Callable[[], T], bounds: Bounds) -> T:
    """The result of ``work``, which has to be a value that can be pickled.

    Raises TooCostlyError, and RuntimeError with the words of what ``work`` itself raised.
    """
    if sys.platform == "win32":
        return work()
    there, back = os.pipe()
    with warnings.catch_warnings():
        # Of threads: those that brieftex has draw a line on the terminal, and hold no lock long.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if not child:
        os.close(there)
        _work(work, bounds, back)
    os.close(back)
    with os.fdopen(there, "rb") as answer:
        data = answer.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == 0:
        result: T = pickle.loads(data)  # it is from our own process
        return result
    if status == _FAILED:
        raise RuntimeError(data.decode("utf-8", "replace"))
    # Beyond its time it is ended by SIGXCPU; a library may end it when it gets no memory.
    raise TooCostlyError


def _work(work: Callable[[], object], bounds: Bounds, back: int) -> NoReturn:
    """Do the work in the copy, and end it."""
    status = _FAILED
    try:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)  # the process that waits says the word
        _limit(bounds)
        gc.enable()
        data, status = pickle.dumps(work()), 0
    except MemoryError:
        data, status = b"", _OUT_OF_MEMORY
    except BaseException as error:  # noqa: BLE001  # whatever it is, it is told by the other
        data = f"{type(error).__name__}: {error}".encode("utf-8", "replace")
    try:
        with os.fdopen(back, "wb") as answer:
            answer.write(data)
    finally:
        os._exit(status)


def _limit(bounds: Bounds) -> None:
    if sys.platform == "win32":
        return
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.seconds, bounds.seconds + 1))
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError):  # not Linux
        return
    most = pages * resource.getpagesize() + bounds.mebibytes * 1024 * 1024
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard not in (resource.RLIM_INFINITY, -1):
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
