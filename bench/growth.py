"""How work grows with the input: each kind of input at n and at 4n, as the command does it.

    python bench/growth.py [KIND ...] [--counter perf|callgrind|cpu] [--jobs 2] [--write FILE]

Linear work gives 4, n log n hardly more, a square 16. A kind fails above 5, or when its larger
input takes more than ``--seconds`` of CPU. What the same command costs for an input of size 1 is
taken off first. Work is counted in instructions, by ``perf stat`` where the machine lets it.
Elsewhere it is CPU time in a copy of a process that has loaded brieftex; that tells 4 from 16 on a
busy machine. A kind that it makes out to grow too fast, or that costs too little of it, is measured
once more as the best of four runs, and if that does not clear it by callgrind, if that is there.
"""

from __future__ import annotations

import argparse
import atexit
import importlib
import multiprocessing
import os
import pkgutil
import platform
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NoReturn

from growth_commands import COMMANDS
from growth_kinds import KINDS as ISSUES
from growth_kinds import Kind

import brieftex
from brieftex.cli import main as main_of_brieftex

KINDS = ISSUES | COMMANDS
TABLE = Path(__file__).with_name("growth.md")
MOST = 5.0
"""Growth from n to 4n above which a kind fails."""

LEAST = 0.2
"""Seconds of CPU, or four times as many billions of instructions, that the larger input must cost
to be judged; until it does, inputs are made larger."""

LARGEST = 64
"""How many times larger at most."""


@dataclass(frozen=True)
class Growth:
    """What a kind cost at n and at 4n, beyond an input of size 1."""

    size: int
    small: float
    large: float
    counter: Counter
    mebibytes: int

    @property
    def growth(self) -> float:
        """How many times more; what costs next to nothing does not grow."""
        return self.large / max(self.small, self.counter.least / 50)

    @property
    def sure(self) -> bool:
        """Whether the figures say that it grows no faster than it may."""
        return self.large >= self.counter.least and self.growth <= MOST

    def __str__(self) -> str:
        """A row of the table."""
        unit = "s" if self.counter.name == "cpu" else "e9 instructions"
        figures = f"{self.size:9}{self.small:9.3f}{self.large:9.3f}"
        return f"{figures}{self.growth:8.1f}{self.mebibytes:7}   {unit}"


class Counter:
    """What a command costs, in instructions or in seconds of CPU."""

    def __init__(self, name: str, seconds: float, runs: int = 1) -> None:
        """``name`` is that of the option; a run may take so many ``seconds`` of CPU, and the best
        of so many ``runs`` counts."""
        self.name, self.seconds, self.runs = name, seconds, runs
        self.unit = 1e9 if name != "cpu" else 1.0  # figures are shown in billions, or seconds
        self.least = LEAST * (4 if name != "cpu" else 1)
        self.mebibytes = 0.0  # what the last run needed

    def cost(self, command: list[str], folder: Path) -> float:
        """The cost; infinite when it takes too long."""
        once = self._forked if self.name == "cpu" else self._counted
        costs = []
        for _ in range(self.runs):
            costs.append(once(command, folder))
            if costs[-1] == float("inf"):
                break  # another run would not end, either
        return min(costs)

    def _forked(self, command: list[str], folder: Path) -> float:
        """CPU seconds of the command and its processes, in a copy of this process, which has
        loaded every module: what they cost to load would hide what little inputs cost."""
        child = os.fork()
        if not child:
            _run(command, folder, self.seconds)
        _, status, usage = os.wait4(child, 0)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) in {signal.SIGXCPU, signal.SIGKILL}:
            return float("inf")
        _check(command, os.waitstatus_to_exitcode(status))
        self.mebibytes = usage.ru_maxrss / 1024
        return usage.ru_utime + usage.ru_stime

    def _counted(self, command: list[str], folder: Path) -> float:
        called = [sys.executable, "-m", "brieftex", *command]
        wrapped = {
            "perf": ["perf", "stat", "-x,", "-e", "instructions:u", *called],
            "callgrind": ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
                          *called],
        }[self.name]  # fmt: skip
        slower = 60 if self.name == "callgrind" else 1
        done = subprocess.run(
            wrapped, cwd=folder, capture_output=True, check=False,
            env={"PYTHONHASHSEED": "0", "PATH": "/usr/bin:/bin"},
            preexec_fn=partial(_limit, self.seconds * slower),
        )  # fmt: skip
        if done.returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
            return float("inf")
        _check(command, done.returncode)
        text = done.stderr.decode(errors="replace")
        pattern = r"(?m)^(\d+),,instructions" if self.name == "perf" else r"Collected : (\d+)"
        found = re.search(pattern, text)
        return float(found[1]) / self.unit if found else float("nan")


def _check(command: list[str], status: int) -> None:
    if status not in (0, 1):
        raise SystemExit(f"{' '.join(command)}: status {status}")


def _limit(seconds: float) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))


def _run(command: list[str], folder: Path, seconds: float) -> NoReturn:
    """Be the command, as its console script is."""
    try:
        _limit(seconds)
        os.chdir(folder)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in range(3):
            os.dup2(nowhere, number)
        atexit._clear()  # noqa: SLF001  # what the pool of processes wants done is not the copy's
        sys.argv = ["brieftex", *command]
        main_of_brieftex()
    except SystemExit as end:  # a thread is still there, or a profiler
        os._exit(end.code if isinstance(end.code, int) else 4)
    finally:
        os._exit(4)


def load_all() -> None:
    """Import every module of the package."""
    for module in pkgutil.walk_packages(brieftex.__path__, "brieftex."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def usual_counter() -> str:
    """Instructions by perf, which virtual machines often do not let count; else CPU time."""
    if shutil.which("perf"):
        call = ["perf", "stat", "-x,", "-e", "instructions:u", "true"]
        done = subprocess.run(call, capture_output=True, check=False)
        if re.search(rb"(?m)^\d+,,instructions", done.stderr):
            return "perf"
    return "cpu"


def measure(kind: Kind, n: int, counter: Counter) -> float:
    """What one input costs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, content in kind.files(n).items():
            data = content if isinstance(content, bytes) else content.encode()
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        for command in kind.before:
            if command[0] == "edit":
                _edit(folder / command[1], command[2], command[3])
            else:
                Counter("cpu", counter.seconds).cost(list(command), folder)
        return counter.cost(list(kind.command), folder)


def _edit(path: Path, old: str, new: str) -> None:
    """Replace words in a file, or in the text of a document of Word."""
    if path.suffix != ".docx":
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
        return
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data.replace(old.encode(), new.encode()))


def kept_sizes(path: Path) -> dict[str, int]:
    """The sizes that a run settled on whose table was kept, to begin with."""
    rows = path.read_text("utf-8").splitlines() if path.exists() else []
    cells = [row.strip("| ").split(" | ") for row in rows if row.startswith("| ")]
    return {row[0]: int(row[2].replace(",", "")) for row in cells if row[2][:1].isdigit()}


def grown(kind: Kind, counter: Counter, *, begin: int = 0, settled: int = 0) -> Growth:
    """How a kind grows; at ``settled``, if that is given, else from ``begin`` on at a size whose
    fourfold costs enough to be judged."""
    nothing = measure(kind, 1, counter)
    n = settled or max(begin, kind.size)
    small, large = (measure(kind, size, counter) - nothing for size in (n, 4 * n))
    most = kind.most or kind.size * LARGEST
    while not settled and large < counter.least and 16 * n <= most:
        n, small = n * 4, large
        large = measure(kind, n * 4, counter) - nothing
    return Growth(n, small, large, counter, round(counter.mebibytes))


def judged(name: str, counters: list[Counter], sizes: dict[str, int]) -> Growth:
    """How a kind grows by the first counter that is sure, or else by the last."""
    kind = KINDS[name]
    begin = min(sizes.get(name, 0), kind.most // 4 or kind.size * LARGEST // 4)
    found = grown(kind, counters[0], begin=begin)
    for counter in counters[1:]:
        if found.sure or found.large == float("inf"):
            break
        again = grown(kind, counter, settled=found.size)
        found = replace(again, mebibytes=found.mebibytes)
    return found


def main() -> None:
    """Measure the kinds that are named, or all."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kinds", nargs="*", metavar="KIND")
    parser.add_argument("--counter", choices=["perf", "callgrind", "cpu"])
    parser.add_argument("--seconds", type=float, default=60, help="of CPU, at most for a run")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--write", type=Path, metavar="FILE", help="keep the table in a file")
    options = parser.parse_args()
    usual = options.counter or usual_counter()
    counters = [Counter(usual, options.seconds)]
    if usual == "cpu":
        counters.append(Counter("cpu", options.seconds, 4))
    if options.counter is None and usual == "cpu" and shutil.which("valgrind"):
        counters.append(Counter("callgrind", options.seconds))
    load_all()
    sizes = kept_sizes(TABLE)
    chosen = options.kinds or list(KINDS)
    rows, failed = [], []
    print(f"{'kind':34}{'n':>9}{'at n':>9}{'at 4n':>9}  growth{'MiB':>7}")
    with ProcessPoolExecutor(options.jobs, multiprocessing.get_context("fork")) as pool:
        for name, found in zip(
            chosen, pool.map(partial(judged, counters=counters, sizes=sizes), chosen), strict=True
        ):
            if found.growth > MOST:
                failed.append(name)
            print(f"{name:34}{found}{'  FAILS' * (found.growth > MOST)}", flush=True)
            rows.append((name, found))
            if options.write:  # what is known so far, if it is interrupted
                options.write.write_text(table(rows), "utf-8")
    if failed:
        raise SystemExit(f"{len(failed)} of {len(chosen)} kinds grow too fast: {', '.join(failed)}")
    print(f"{len(chosen)} kinds")


def table(rows: list[tuple[str, Growth]]) -> str:
    """The figures of a run as a page."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    said = (
        f"Measured by `bench/growth.py`, {time.strftime('%Y-%m-%d')}, {python}, "
        f"{platform.system()} {platform.machine()}. What a command costs for an input of size 1 is "
        "taken off; seconds are of the processor, e9 billions of instructions; MiB are the most "
        "that the process held at 4n. Linear work grows fourfold, a square sixteenfold; above "
        f"{MOST:g} a kind fails."
    )
    lines = [
        "# How work grows",
        "",
        said,
        "",
        "| kind | command | n | at n | at 4n | growth | MiB |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, row in rows:
        command = " ".join(KINDS[name].command)
        command = command if len(command) < 40 else command[:37] + "…"
        unit = " s" if row.counter.name == "cpu" else " e9"
        small = "" if row.large >= row.counter.least else " (little work)"
        lines.append(
            f"| {name} | `{command}` | {row.size:,} | {row.small:.3f}{unit} | "
            f"{row.large:.3f}{unit} | {row.growth:.1f}{small} | {row.mebibytes:,} |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
