"""Work on a file that may be hostile, in a process of its own with bounds on time and memory.

What a few bytes of a PDF file, a document of Word or a scan can ask for cannot be told beforehand:
streams that unpack to gigabytes, forms drawn by forms, strings that double. The kernel counts what
is used, whatever the reason. The process is a copy of this one (``fork``), so that nothing has to
be sent there; on Windows, which has no copies, the work is done here, and only the readers' own
bounds hold. Memory is bounded on Linux alone.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, NoReturn, TypeVar

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
    (result,) = bounded_each(lambda: [work()], bounds)
    return result


def bounded_each(work: Callable[[], Iterable[T]], bounds: Bounds) -> Iterator[T]:
    """What ``work`` gives, one value after the other, each within the bounds on time.

    Values have to be such as can be pickled. Raises what ``bounded`` does.
    """
    if sys.platform == "win32":
        yield from work()
        return
    import pickle  # most issues have no files of others  # noqa: PLC0415

    there, back = os.pipe()
    with warnings.catch_warnings():
        # Of threads: those that brieftex has draw a line on the terminal, and hold no lock long.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if not child:
        os.close(there)
        _work(work, bounds, back)
    os.close(back)
    failure, ended = "", False
    try:
        with os.fdopen(there, "rb") as answer:
            while True:
                try:
                    value = pickle.load(answer)  # it is from our own process
                except (EOFError, pickle.UnpicklingError):  # ended, maybe within a value
                    break
                if isinstance(value, _Failure):
                    failure = value.words
                    break
                yield value
        ended = True
    finally:
        if not ended:  # nobody wants the rest
            os.kill(child, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == _FAILED:
        raise RuntimeError(failure)
    if status:
        # Beyond its time it is ended by SIGXCPU; a library may end it when it gets no memory.
        raise TooCostlyError


class _Failure(Struct, frozen=True):
    """What work raised."""

    words: str


def _work(work: Callable[[], Iterable[object]], bounds: Bounds, back: int) -> NoReturn:
    """Do the work in the copy, and end it."""
    status = _FAILED
    try:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)  # the process that waits says the word
        _limit_memory(bounds.mebibytes)
        _limit_time(bounds.seconds)
        gc.callbacks.clear()  # a library's may wait for a thread, which the copy does not have
        gc.freeze()  # what is there is neither looked through nor, by that, copied
        gc.enable()
        with os.fdopen(back, "wb") as answer:
            status = _answer(work, bounds.seconds, answer)
    finally:
        os._exit(status)


def _answer(work: Callable[[], Iterable[object]], seconds: int, answer: IO[bytes]) -> int:
    """Write what work gives, and say how it ended."""
    import pickle  # loaded before the copy was made  # noqa: PLC0415

    try:
        for value in work():
            pickle.dump(value, answer, pickle.HIGHEST_PROTOCOL)
            answer.flush()
            _limit_time(seconds)
    except MemoryError:
        return _OUT_OF_MEMORY
    except BaseException as error:  # noqa: BLE001  # whatever it is, it is told by the other
        pickle.dump(_Failure(f"{type(error).__name__}: {error}"), answer)
        return _FAILED
    return 0


def _limit_time(seconds: int) -> None:
    """Let the process end after so many seconds of CPU time from now."""
    if sys.platform == "win32":
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    most = int(usage.ru_utime + usage.ru_stime) + seconds
    if hard not in (resource.RLIM_INFINITY, -1):
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


def _limit_memory(mebibytes: int) -> None:
    if sys.platform == "win32":
        return
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError):  # not Linux
        return
    most = pages * resource.getpagesize() + mebibytes * 1024 * 1024
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard not in (resource.RLIM_INFINITY, -1):
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
