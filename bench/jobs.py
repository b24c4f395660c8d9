"""What ``build -j 2`` gains: measured so that other work on the machine matters little.

    python bench/jobs.py [--issues 40] [--turns 5]

The same issues are built by one process, by two, and by two calls of one process each at once,
which share nothing; in turn, and the least of each figure counts. Serial is the processor time
until there is a second process. The bound of the gain on two free processors is the time of one
process over that of two: the serial part, and half of all the rest. Figures are kept in
``bench/jobs.md``.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import search

PROGRAM = """\
import resource, sys
def used():
    found = resource.getrusage(resource.RUSAGE_SELF)
    return found.ru_utime + found.ru_stime
from brieftex.batch import processes
started, serial = processes.Processes._started, [0.0]
def noted(*given, **named):
    made = started(*given, **named)
    serial[0] = used()
    return made
processes.Processes._started = noted
from brieftex.cli import prepare_streams, run
import gc; gc.disable()
prepare_streams()
status = run(sys.argv[1:])
print(used(), serial[0])
sys.stdout.flush()
import os; os._exit(status)
"""
"""The command; prints the processor time of its own process, and that of its start."""


def main(arguments: Sequence[str]) -> None:
    """Build, and print what the least of each figure is."""
    parser = argparse.ArgumentParser(description="one process and two")
    parser.add_argument("--issues", type=int, default=40)
    parser.add_argument("--turns", type=int, default=5)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        search.archive(folder / "in", options.issues)
        found = sorted((folder / "in").rglob("*.yaml"))
        halves = [list(map(str, found[k::2])) for k in (0, 1)]
        rows: dict[str, list[tuple[float, ...]]] = {"one": [], "two": [], "apart": []}
        for _ in range(options.turns):
            rows["one"].append(timed(folder, [[str(folder / "in"), "-j", "1"]]))
            rows["two"].append(timed(folder, [[str(folder / "in"), "-j", "2"]]))
            rows["apart"].append(timed(folder, [[*half, "-j", "1"] for half in halves]))
    least = {name: tuple(map(min, zip(*turns, strict=True))) for name, turns in rows.items()}
    one, two, apart = least["one"], least["two"], least["apart"]
    serial = two[3]
    bound = one[1] / (serial + (two[1] - serial) / 2)
    print(f"{options.issues} issues, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    for name, (clock, used, own, _) in least.items():
        print(
            f"{name}: clock {clock:.2f} s, processor {used:.2f} s, of the first process {own:.2f} s"
        )
    print(f"extra processor time of two: {two[1] / one[1] - 1:.1%}; two calls apart: "
          f"{apart[1] / one[1] - 1:.1%}")  # fmt: skip
    print(f"serial: {serial:.2f} s, {serial / two[1]:.1%}")
    print(f"bound of the gain: {bound:.2f}; by the clock: {one[0] / two[0]:.2f}")


def timed(folder: Path, calls: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """Seconds by the clock, of processor, of processor in the processes that were called, and of
    that until they had others."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    running = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "build", *call, "--bundled-fonts", "-o",
             str(folder / f"out{number}/")],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )
        for number, call in enumerate(calls)
    ]  # fmt: skip
    said = [tuple(map(float, process.communicate()[0].split())) for process in running]
    own, serial = (sum(one[k] for one in said) for k in (0, 1))
    clock = perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return clock, used, own, serial


if __name__ == "__main__":
    main(sys.argv[1:])
