"""A disk that fails on demand: every system call in one folder is counted, and any can be made to
fail, to be done in part, or to be the last of its process.

It stands between a program and the functions of ``os``, so it sees all of a program that writes by
these alone; ``faults/test_writing.py`` holds that against strace.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeAlias
from unittest.mock import patch

FUNCTIONS = (
    "chmod", "chown", "close", "fchmod", "fchown", "fstat", "fsync", "ftruncate", "link", "listdir",
    "lstat", "mkdir", "open", "readlink", "remove", "rename", "replace", "rmdir", "scandir", "stat",
    "symlink", "truncate", "unlink", "write",
)  # fmt: skip

Call: TypeAlias = Callable[..., Any]
Act: TypeAlias = Callable[[int, str, Call, tuple[Any, ...]], Any]


def as_asked(_number: int, _name: str, call: Call, arguments: tuple[Any, ...]) -> Any:
    """A call that does what it is asked to."""
    return call(*arguments)


class Disk:
    """The calls in ``folder`` by name, in order; an ``open`` that may change a file is ``create``.

    ``act`` is given the number of a call, from 0, its name, the call itself and its arguments, and
    gives what the caller gets; what it does itself is not counted.
    """

    def __init__(self, folder: Path, act: Act = as_asked) -> None:
        self.calls: list[str] = []
        self._folder = folder.resolve()
        self._act = act
        self._acting = False
        self._handles: set[int] = set()

    @contextmanager
    def between(self) -> Iterator[Disk]:
        """Stand between the program and its disk; files that it leaves open are closed at the
        end, as a system does for a process that ends."""
        import fcntl  # noqa: PLC0415  # not on every system

        seen = {name: self._seen(name, getattr(os, name)) for name in FUNCTIONS}
        try:
            with (
                patch.multiple(os, **seen),
                patch.object(fcntl, "flock", self._seen("flock", fcntl.flock)),
            ):
                yield self
        finally:
            for handle in self._handles:
                with suppress(OSError):
                    os.close(handle)

    def _seen(self, function: str, real: Call) -> Call:
        def seen(*arguments: Any, **options: Any) -> Any:
            if self._acting or not arguments or not self._is_here(arguments[0]):
                return real(*arguments, **options)
            changes = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
            name = "create" if function == "open" and arguments[1] & changes else function

            def call(*arguments: Any) -> Any:
                result = real(*arguments, **options)
                if function == "open":
                    self._handles.add(result)
                elif function == "close":
                    self._handles.discard(arguments[0])
                return result

            self.calls.append(name)
            self._acting = True
            try:
                return self._act(len(self.calls) - 1, name, call, arguments)
            finally:
                self._acting = False

        return seen

    def _is_here(self, what: Any) -> bool:
        if isinstance(what, int):
            return what in self._handles
        if not isinstance(what, str | bytes | os.PathLike):
            return False
        path = Path.cwd() / os.fsdecode(what)
        return path.is_relative_to(self._folder)


def killed_at(number: int) -> Act:
    """Kill this process at a call, as the system does when it is short of memory; half of what
    the call writes is written before."""

    def act(now: int, name: str, call: Call, arguments: tuple[Any, ...]) -> Any:
        if now == number:
            if name == "write":
                call(arguments[0], arguments[1][: len(arguments[1]) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*arguments)

    return act
