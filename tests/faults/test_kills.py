"""A build that is ended at any moment leaves the old file or the new one, whole, and no other."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import processes
from helpers.support import ISSUE

DRIVER = """
import os, sys
at, number = int(sys.argv.pop(1)), int(sys.argv.pop(1))
count, counting, wrote = 0, "brieftex.cli" in sys.modules, 0
def hook(event, arguments):
    global count, counting, wrote
    # Every import, every file opened, renamed, locked or removed, and more is an event.
    counting = counting or event == "import" and arguments[0] == "brieftex.cli"
    if counting:
        count += 1
        if count == at:
            os.kill(os.getpid(), number)
        if not wrote and event == "open" and ".brieftex-" in str(arguments[0]):
            wrote = count
import brieftex.__main__
sys.addaudithook(hook)
if not at:
    import atexit
    atexit.register(lambda: print(wrote, count))
brieftex.__main__.start()
"""
"""The command, which sends itself a signal at one of its audit events (PEP 578)."""

OLD = b"the file of yesterday"


BUILD = "build", "issue.yaml", "-o", "issue.pdf", "--bundled-fonts", "--format", "concise"


def run(
    folder: Path, at: int, number: int, *, copied: bool = True
) -> subprocess.CompletedProcess[str]:
    """Build the issue of the folder, with a signal on the way. Only where a process is not
    ``copied`` can it get one while it loads what it needs."""
    call = str(at), str(number), *BUILD
    if copied:
        return processes.run(*call, program=DRIVER, cwd=folder)
    command = [sys.executable, "-c", DRIVER, *call]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An issue and an older PDF of it."""
    (tmp_path / "issue.yaml").write_text(ISSUE, "utf-8")
    (tmp_path / "issue.pdf").write_bytes(OLD)
    return tmp_path


@pytest.fixture(scope="module", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache that nobody else fills, since a build that finds its patterns there has fewer
    moments."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BRIEFTEX_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, int]:
    """At which moment a build begins to write, and how many moments it has."""
    return moments(tmp_path_factory.mktemp("events"), copied=True)


@pytest.fixture(scope="module")
def all_events(tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many moments a build has that is not copied."""
    return moments(tmp_path_factory.mktemp("events"), copied=False)[1]


def moments(folder: Path, *, copied: bool) -> tuple[int, int]:
    (folder / "issue.yaml").write_text(ISSUE, "utf-8")
    (folder / "issue.pdf").write_bytes(OLD)
    for _ in range(2):  # the first one fills the cache
        done = run(folder, 0, 0, copied=copied)
        assert done.returncode == 0, done.stderr
    wrote, count = done.stdout.split()[-2:]
    return int(wrote), int(count)


def kept(folder: Path) -> bool:
    """Whether the PDF is one of the two that it may be."""
    data = (folder / "issue.pdf").read_bytes()
    return data == OLD or (data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF"))


WORDS = {
    signal.SIGINT: "已中断\n",
    signal.SIGTERM: "已终止\n",
    signal.SIGHUP: "终端已关闭，已终止\n",
}


@pytest.mark.parametrize("number", WORDS, ids=lambda number: number.name)
def test_a_signal_ends_it_with_one_line(
    folder: Path, events: tuple[int, int], all_events: int, number: signal.Signals
) -> None:
    """Ensures it from the first import to the last rename: no traceback, no log, no leftover."""
    wrote, count = events
    early, late = [1, all_events // 2], [count // 2, wrote + 2]
    if number == signal.SIGINT:
        early += [2, all_events // 4, all_events * 3 // 4]
        late += range(wrote, count)
    for at, copied in [*((at, False) for at in early), *((at, True) for at in late)]:
        done = run(folder, at, number, copied=copied)
        assert (done.returncode, done.stderr) == (128 + number, WORDS[number]), at
        assert sorted(p.name for p in folder.iterdir()) == ["issue.pdf", "issue.yaml"], at
        assert kept(folder), at


def test_what_a_killed_build_leaves_is_swept_by_the_next(
    folder: Path, events: tuple[int, int]
) -> None:
    """Ensures a whole file at each moment of the write, and no litter."""
    wrote, count = events
    left = 0
    for at in range(wrote, count + 1):
        run(folder, at, signal.SIGKILL)
        assert kept(folder), at
        left += len(list(folder.glob(".brieftex-*")))
    assert left  # else no build was ended while it wrote
    assert run(folder, count + 999, 0).returncode == 0
    assert sorted(p.name for p in folder.iterdir()) == ["issue.pdf", "issue.yaml"]


def test_signals_that_are_ignored_stay_ignored(folder: Path) -> None:
    """Ensures that ``nohup brieftex`` outlives its terminal."""
    ignoring = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
    call = "40", str(int(signal.SIGHUP)), *BUILD
    done = processes.run(*call, program=ignoring + DRIVER, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert (folder / "issue.pdf").read_bytes() != OLD
