"""One line on a terminal that says what takes so long; nothing if it is quick or piped.

The line appears after half a second and is gone when anything else is printed. It is drawn by
a thread of its own, so that the work neither waits for it nor has to call it often; without a
terminal there is no thread.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from brieftex.cli.language import tr
from brieftex.diagnostics.render import width
from brieftex.names import shown_name

if TYPE_CHECKING:
    import threading

DELAY = 0.5
"""Seconds of work that go without a word: most builds need less."""

_INTERVAL = 0.25

_BAR = 20  # columns, of characters that every console has

_NAMES_SHOWN = 3  # files that are named when several are set at once


def _stages() -> dict[str, str]:
    return {
        "read": tr("读入", "reading"),
        "set": tr("排版", "setting"),
        "draw": tr("生成 PDF", "drawing"),
        "verify": tr("核对 PDF", "verifying"),
        "check": tr("检查", "checking"),
        "index": tr("建索引", "indexing"),
    }


def _duration(seconds: float) -> str:
    """A time to wait, as coarse as it is uncertain."""
    if seconds < 90:
        return tr(f"{seconds:.0f} 秒", f"{seconds:.0f} s")
    if seconds < 5400:
        return tr(f"{seconds / 60:.0f} 分钟", f"{seconds / 60:.0f} min")
    return tr(f"{seconds / 3600:.1f} 小时", f"{seconds / 3600:.1f} h")


class Progress:
    """What is being done, as a context; ``total`` files are to come."""

    def __init__(
        self, stream: TextIO, total: int = 1, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """``stream`` is the standard error of people; ``clock`` counts seconds."""
        self._stream = stream
        self._total = total
        self._clock = clock
        self._started = clock()
        self._count = 0
        self._name = ""
        self._stage = ""
        self._share = 0.0
        self._shown = 0
        self._stop: threading.Event | None = None
        self._thread: threading.Thread | None = None
        self._lock: threading.Lock | None = None

    def __enter__(self) -> Self:
        """Begin to watch, if there is someone to show it to."""
        if self._stream.isatty() and os.environ.get("TERM") != "dumb":
            import threading  # noqa: PLC0415  # a piped run has no use for it

            self._stop, self._lock = threading.Event(), threading.Lock()
            self._thread = threading.Thread(target=self._watch, daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the line away."""
        if self._stop is not None and self._thread is not None:
            self._stop.set()
            self._thread.join()
        self.hide()

    def file(self, name: str) -> None:
        """Say that the next file is begun."""
        self._count += 1
        self._name, self._stage = shown_name(name), "read"

    def files(self, names: Sequence[str], done: int) -> None:
        """Say which files are being set at once, and how many are done."""
        more = tr("等", " …") if len(names) > _NAMES_SHOWN else ""
        self._name = tr("、", ", ").join(map(shown_name, names[:_NAMES_SHOWN])) + more
        self._count, self._stage = done, "set"

    def share(self, share: float) -> None:
        """Say which part of all work is done, 0 to 1."""
        self._share = share

    def stage(self, stage: str) -> None:
        """Say what is done with the file now: a key of the stages."""
        self._stage = stage

    def hide(self) -> None:
        """Clear the line, so that something else can be printed, until the next file."""
        self._name = ""
        if self._lock is not None:
            with self._lock:
                self._erase()

    def line(self) -> str:
        """The line as it is now, or "" before the delay is over."""
        seconds = self._clock() - self._started
        if seconds < DELAY or not self._name:
            return ""
        count = f"{self._count}/{self._total} " if self._total > 1 else ""
        stage = _stages()[self._stage]
        line = tr(
            f"{count}{self._name}：{stage}……已用 {seconds:.0f} 秒",
            f"{count}{self._name}: {stage}… {seconds:.0f} s",
        )
        if not self._share:
            return line
        full = round(_BAR * self._share)
        left = _duration(seconds / self._share - seconds)
        bar = f"[{'#' * full}{'.' * (_BAR - full)}]"
        return tr(f"{bar} {line}，还要约 {left}", f"{bar} {line}, about {left} to go")

    def _watch(self) -> None:
        assert self._stop is not None
        while not self._stop.wait(_INTERVAL):
            self._draw()

    def _draw(self) -> None:
        assert self._lock is not None
        with self._lock:
            line = self.line()
            if line:
                # Blanks instead of a code that clears a line: old consoles print that.
                fill = " " * max(self._shown - width(line), 0)
                self._stream.write(f"\r{line}{fill}\r")
                self._stream.flush()
                self._shown = width(line)

    def _erase(self) -> None:
        if self._shown:
            self._stream.write("\r" + " " * self._shown + "\r")
            self._stream.flush()
            self._shown = 0
