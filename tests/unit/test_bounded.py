"""Work in a bounded process: its values, its failures, and what it may not use."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest

from brieftex.bounded import Bounds, TooCostlyError, bounded, bounded_each

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bounds are kept by the kernel")


def test_values_come_one_by_one() -> None:
    """Ensures that a value is there before the next is made, and that time is counted anew."""

    def work() -> Iterator[tuple[int, int]]:
        for number in range(3):
            yield number, os.getpid()

    values = list(bounded_each(work, Bounds()))
    assert [number for number, _ in values] == [0, 1, 2]
    assert os.getpid() not in {process for _, process in values}


def test_what_nobody_wants_is_ended() -> None:
    def endless() -> Iterator[int]:
        number = 0
        while True:
            yield number
            number += 1

    values = bounded_each(endless, Bounds())
    assert next(values) == 0
    values.close()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)  # no process is left


def test_memory_is_bounded() -> None:
    with pytest.raises(TooCostlyError):
        bounded(lambda: len(bytes(64 * 2**20)), Bounds(mebibytes=16))


def test_time_is_bounded() -> None:
    def busy() -> None:
        while True:
            pass

    with pytest.raises(TooCostlyError):
        bounded(busy, Bounds(seconds=1))


def test_failures_are_told() -> None:
    def wrong() -> None:
        raise KeyError("甲")

    with pytest.raises(RuntimeError, match="KeyError: '甲'"):
        bounded(wrong, Bounds())
