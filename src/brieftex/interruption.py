"""Ctrl-C and its kin: the process ends at once, with one line and nothing half done left behind.

An exception raised wherever the signal arrives (``KeyboardInterrupt``) is lost in destructors
and callbacks, and ends in a traceback while modules are being loaded. So the handler itself
removes what is unfinished and ends the process with the status that shells give: 128 and the
signal's number (POSIX.1-2017, 2.8.2).
"""

from __future__ import annotations

# The part of ``signal`` in C, of which typeshed knows nothing: the other loads ``enum``, and took
# five times as long as all else between Python's start and the handlers.
import _signal as signal  # type: ignore[import-not-found]
import os

unfinished: set[str] = set()
"""Paths of files that are of no use before they are whole. Whoever writes one adds it and takes
it out again."""

heard_at = 2
"""The descriptor of standard error; another one while that is silenced (``silence``)."""

_WORDS = {
    "SIGINT": ("已中断", "interrupted"),
    "SIGTERM": ("已终止", "terminated"),
    "SIGHUP": ("终端已关闭，已终止", "terminated, the terminal is gone"),
    "SIGBREAK": ("已中断", "interrupted"),
}


def end_on_signals() -> None:
    """Let signals end the process; those that it was started to ignore (``nohup``) stay ignored."""
    for number in _numbers():
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _end)


def _numbers() -> dict[int, tuple[str, str]]:
    """Those of the signals that this system has, with what is said."""
    return {getattr(signal, name): _WORDS[name] for name in _WORDS if hasattr(signal, name)}


def _end(number: int, _: object) -> None:
    numbers = _numbers()
    for other in numbers:
        signal.signal(other, signal.SIG_IGN)
    for path in tuple(unfinished):
        try:  # noqa: SIM105  # contextlib would be loaded before there are handlers
            os.unlink(path)  # noqa: PTH108  # pathlib may not be loaded yet
        except OSError:
            pass
    zh, en = numbers[number]
    english = os.environ.get("BRIEFTEX_LANG", "").lower().startswith("en")
    try:
        # A terminal has shown ^C or what is being done on this line.
        line = f"{en if english else zh}\n"
        os.write(heard_at, f"\n{line}".encode() if os.isatty(heard_at) else line.encode())
    except OSError:
        pass
    os._exit(128 + number)
