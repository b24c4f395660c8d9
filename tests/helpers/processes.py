"""``brieftex`` as a process of its own, without the fifth of a second that Python takes to load it:
a server has loaded everything once, and each process is a copy of it.

A copy has a number, a folder, an environment, standard streams, signals and an exit status of its
own, as any process has. What it does not do is start: tests of the start itself, or of what a
command loads, call ``subprocess``, and where a variable that Python reads as it starts is another,
a process is started. Only Linux copies processes well; elsewhere all of them start.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import pkgutil
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Thread, Timer
from typing import IO, Any, TypeAlias

COMMAND = "from brieftex.__main__ import start; start()"
"""The program of the command line; others are Python, too."""

HELPERS = f"import sys; sys.path.append({str(Path(__file__).parents[1])!r})\n"
"""The beginning of a program that imports from this folder."""

_NOT_LOADED = ("brieftex.__main__", "brieftex.cli.", "brieftex.batch.cluster")
"""Modules that each process loads itself: the help of a command is worded as it is loaded, and a
cluster's library takes longer to load than all else."""

_LARGEST = 1 << 17  # of a request, in bytes
_PATIENCE = 60  # seconds: no test waits so long, but none hangs

Stream: TypeAlias = int | IO[Any] | None


class Copy:
    """A copy at work, with what tests use of ``subprocess.Popen``."""

    def __init__(self, told: socket.socket, stdout: IO[Any] | None, stderr: IO[Any] | None) -> None:
        """The server tells its number first, and how it ended at last."""
        self._told = told
        self.pid = int(told.recv(32))
        self.stdout, self.stderr = stdout, stderr
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit status, or None while it runs."""
        return self.returncode if self._running(0) else self._ended()

    def wait(self, timeout: float = _PATIENCE) -> int:
        """The exit status, when it has ended; what takes too long is killed."""
        if self._running(timeout):
            self.kill()
            self._running(None)
        return self._ended()

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def communicate(self, timeout: float = _PATIENCE) -> tuple[Any, Any]:
        """What it still prints until it ends."""
        said: dict[str, Any] = {}

        def read(name: str, stream: IO[Any] | None) -> None:
            if stream is not None and not stream.closed:
                with stream:
                    said[name] = stream.read()

        limit = Timer(timeout, self.kill)
        limit.start()
        other = Thread(target=read, args=("stderr", self.stderr))
        other.start()
        read("stdout", self.stdout)
        other.join()
        self.wait(timeout)
        limit.cancel()
        return said.get("stdout"), said.get("stderr")

    def _running(self, timeout: float | None) -> bool:
        """Whether it still runs after ``timeout`` seconds."""
        return self.returncode is None and not select.select([self._told], [], [], timeout)[0]

    def _ended(self) -> int:
        if self.returncode is None:
            self.returncode = int(self._told.recv(32))
            self._told.close()
        return self.returncode


Process: TypeAlias = Copy | subprocess.Popen[Any]


def started(
    *arguments: str | os.PathLike[str],
    program: str = COMMAND,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    stdin: Stream = None,
    stdout: Stream = None,
    stderr: Stream = None,
    encoding: str | None = "utf-8",
    start_new_session: bool = False,
    library: str = "brieftex",
) -> Process:
    """A process that runs ``program`` with these arguments, otherwise as ``subprocess.Popen``.
    It has loaded ``brieftex``, and this library."""
    words = list(map(os.fspath, arguments))
    environment = dict(os.environ if env is None else env)
    if sys.platform != "linux" or _read_at_start(environment) != _read_at_start(os.environ):
        return subprocess.Popen(
            [sys.executable, "-c", program, *words], cwd=cwd, env=environment, stdin=stdin,
            stdout=stdout, stderr=stderr, encoding=encoding, start_new_session=start_new_session,
        )  # fmt: skip
    request = {
        "program": program,
        "arguments": words,
        "folder": os.fspath(cwd or Path.cwd()),
        "environment": environment,
        "session": start_new_session,
    }
    ours: list[IO[Any] | None] = []
    with ExitStack() as sent:
        theirs: list[int] = []
        for number, stream in enumerate((stdin, stdout, stderr)):
            pipe = None
            if stream == subprocess.PIPE:
                end, stream = os.pipe()
                sent.callback(os.close, stream)
                pipe = os.fdopen(end, "rb" if encoding is None else "r", encoding=encoding)
            elif stream == subprocess.DEVNULL:
                stream = os.open(os.devnull, os.O_RDWR)
                sent.callback(os.close, stream)
            elif stream == subprocess.STDOUT:
                stream = theirs[1]
            elif stream is None:
                stream = number
            theirs.append(stream if isinstance(stream, int) else stream.fileno())
            ours.append(pipe)
        told, tells = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        sent.enter_context(tells)
        data = json.dumps(request).encode()
        socket.send_fds(_server(library), [data], [*theirs, tells.fileno()])
    return Copy(told, *ours[1:])


def run(
    *arguments: str | os.PathLike[str],
    stdout: Stream = subprocess.PIPE,
    stderr: Stream = subprocess.PIPE,
    check: bool = False,
    **manner: Any,
) -> subprocess.CompletedProcess[Any]:
    """What comes of such a process, as by ``subprocess.run``."""
    process = started(*arguments, stdout=stdout, stderr=stderr, **manner)
    out, err = process.communicate(_PATIENCE)
    done = subprocess.CompletedProcess(arguments, process.wait(), out, err)
    if check:
        done.check_returncode()
    return done


def _read_at_start(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that Python reads as it starts."""
    return {k: v for k, v in environment.items() if k.startswith(("LC_", "PYTHON")) and v}


@cache
def _server(library: str) -> socket.socket:
    """Where requests go; the server ends with the tests of this process."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        number = theirs.fileno()
        server = subprocess.Popen(
            [sys.executable, "-P", __file__, str(number), library], pass_fds=[number]
        )

    @atexit.register
    def end() -> None:
        ours.close()
        server.wait()

    return ours


def _load(library: str) -> None:
    """Load what copies are to have."""
    import brieftex  # noqa: PLC0415  # the server alone
    from brieftex.finder import find_faster  # noqa: PLC0415
    from brieftex.patterns import STORE, PatternStore  # noqa: PLC0415

    find_faster()
    for module in pkgutil.walk_packages(brieftex.__path__, "brieftex."):
        if not module.name.startswith(_NOT_LOADED):
            import_module(module.name)
    import_module(library)
    vars(STORE).clear()  # each copy asks the cache for the patterns that it wants
    vars(STORE).update(vars(PatternStore()))
    os.fsync = lambda _handle: None  # as in the tests' own process
    gc.collect()
    gc.freeze()  # what is there is neither looked through by copies nor, by that, copied


def _serve(requests: socket.socket) -> dict[str, Any]:
    """Make copies and tell how they end, until nobody asks any more. Comes back in each of them,
    with what it is to become."""
    woken, wakes = os.pipe()
    os.set_blocking(wakes, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's is for the tests
    telling: dict[int, int] = {}
    while True:
        ready = select.select([woken, requests], [], [])[0]
        if woken in ready:
            os.read(woken, 4096)
            for number in list(telling):
                ended, status = os.waitpid(number, os.WNOHANG)
                if ended:
                    _tell(telling[number], os.waitstatus_to_exitcode(status))
                    os.close(telling.pop(number))
        if requests in ready:
            data, numbers, _, _ = socket.recv_fds(requests, _LARGEST, 4)
            if not data:
                os._exit(0)  # to take down what it has loaded takes as long as a copy
            copy = os.fork()
            if not copy:
                signal.set_wakeup_fd(-1)
                requests.close()
                for place, number in enumerate(numbers[:3]):
                    os.dup2(number, place)
                os.closerange(3, 1 << 16)
                request: dict[str, Any] = json.loads(data)
                return request
            for number in numbers[:3]:
                os.close(number)
            telling[copy] = numbers[3]
            _tell(telling[copy], copy)


def _tell(asker: int, number: int) -> None:
    with suppress(BrokenPipeError):  # a test that failed does not wait
        os.write(asker, b"%d" % number)


def _become(request: dict[str, Any]) -> None:
    """Be a process that has just begun."""
    if request["session"]:
        os.setsid()
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.argv = ["-c", *request["arguments"]]
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        known = getattr(sys, name)  # of what the server has, which may be a file
        mode, buffering = "w" if number else "r", 1 if number == 2 else -1
        stream = os.fdopen(number, mode, buffering, known.encoding, known.errors, closefd=False)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


if __name__ == "__main__":
    _load(sys.argv[2])
    become = _serve(socket.socket(fileno=int(sys.argv[1])))
    _become(become)
    exec(compile(become["program"], "-c", "exec"), {"__name__": "__main__"})
