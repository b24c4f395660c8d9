"""Standard output and standard error as they are found: closed, unbuffered, on an old console."""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
from typing import Any, BinaryIO, NoReturn


class _Closed(io.TextIOBase):
    """Standard output where there is none (``>&-``, pythonw): what is printed cannot be lost
    without a word, so that printing fails."""

    encoding = "utf-8"

    def write(self, _: str) -> NoReturn:
        """Fail, as writing to a closed descriptor does."""
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))

    @property
    def buffer(self) -> BinaryIO:
        """Fail likewise."""
        return self.write("")


class _Unheard(io.FileIO):
    """Standard error on a full disk, or with nobody at its other end: what was said is lost, and
    the work goes on."""

    def write(self, data: Any) -> int:
        """Write what can be written; the rest counts as written."""
        try:
            return super().write(data)
        except BlockingIOError:
            raise
        except OSError:
            return len(data)


def prepare_streams() -> None:
    """Make the standard streams ones that take every character and lose nothing in silence."""
    _occupy_descriptors()
    if isinstance(sys.stdout, io.TextIOWrapper) and isinstance(sys.stdout.buffer, io.RawIOBase):
        # Without a buffer (PYTHONUNBUFFERED), Python drops what the system did not take at once.
        encoding, raw = sys.stdout.encoding, sys.stdout.detach()
        buffered = io.BufferedWriter(raw)
        sys.stdout = io.TextIOWrapper(buffered, encoding=encoding, write_through=True)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Data is UTF-8 with plain newlines wherever it is sent; no message fails on a console.
            encoding = stream.encoding if _is_old_console(stream) else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace", newline="\n")
    if isinstance(sys.stderr, io.TextIOWrapper) and not sys.stderr.isatty():
        encoding, errors, number = sys.stderr.encoding, sys.stderr.errors, sys.stderr.fileno()
        unheard = io.BufferedWriter(_Unheard(number, "w", closefd=False))
        sys.stderr = io.TextIOWrapper(
            unheard, encoding=encoding, errors=errors, newline="\n", write_through=True
        )
    if sys.stdout is None:
        sys.stdout = _Closed()
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123


def _occupy_descriptors() -> None:
    """Open the null device where a standard descriptor is closed: the next file that is opened
    would get its number, and the words meant for a stream would go into that file."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # The lowest free number is the one that is missing.
            os.open(os.devnull, os.O_RDWR)


def _is_old_console(stream: io.TextIOWrapper) -> bool:
    """Whether a terminal shows Chinese in an encoding of its own (GBK); ASCII is what a system
    without a locale says, whose terminals show UTF-8 all the same."""
    try:
        "简报".encode(stream.encoding)
        return stream.isatty() and codecs.lookup(stream.encoding).name != "utf-8"
    except (LookupError, UnicodeError, ValueError):
        return False
