"""How work grows with the input: each kind of input at n and at 4n, as the command does it.

    python bench/growth.py [KIND ...] [--counter perf|callgrind|cpu] [--seconds 120]

Linear work gives 4, n log n hardly more, a square 16. A kind fails above 5, or when its larger
input takes longer than ``--seconds``. What the same command costs for an input of size 1 is taken
off first. Work is counted in instructions, by ``perf stat`` where the machine lets it. Elsewhere
it is CPU time, the better of two runs, which tells 4 from 16 on a busy machine; a kind that it
makes out to grow too fast, or that costs too little of it, is measured once more by callgrind, if
that is there.
"""

from __future__ import annotations

import argparse
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from growth_kinds import KINDS, Kind

MOST = 5.0
"""Growth from n to 4n above which a kind fails."""

LEAST = 0.3
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
        return f"{figures}{self.growth:8.1f}   {unit}"


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


class Counter:
    """What a command costs, in instructions or in seconds of CPU."""

    def __init__(self, name: str, seconds: float) -> None:
        """``name`` is that of the option; a run may take so many ``seconds``."""
        self.name, self.seconds = name, seconds
        self.unit = 1e9 if name != "cpu" else 1.0  # figures are shown in billions, or seconds
        self.least = LEAST * (4 if name != "cpu" else 1)

    def cost(self, command: list[str], folder: Path) -> float:
        """The cost; infinite when it takes too long."""
        runs = 2 if self.name == "cpu" else 1
        return min(self._once(command, folder) for _ in range(runs))

    def _once(self, command: list[str], folder: Path) -> float:
        before = _children()
        wrapped = {
            "cpu": command,
            "perf": ["perf", "stat", "-x,", "-e", "instructions:u", *command],
            "callgrind": ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
                          *command],
        }[self.name]  # fmt: skip
        try:
            done = subprocess.run(
                wrapped, cwd=folder, capture_output=True, timeout=self.seconds, check=False,
                env={"PYTHONHASHSEED": "0", "PATH": "/usr/bin:/bin"},
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return float("inf")
        if done.returncode not in (0, 1):
            raise SystemExit(f"{' '.join(command)}: status {done.returncode}")
        if self.name == "cpu":
            return _children() - before
        text = done.stderr.decode(errors="replace")
        pattern = r"(?m)^(\d+),,instructions" if self.name == "perf" else r"Collected : (\d+)"
        found = re.search(pattern, text)
        return float(found[1]) / self.unit if found else float("nan")


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
            (folder / path).write_bytes(data)
        for command in kind.before:
            subprocess.run(_called(command), cwd=folder, capture_output=True, check=False)
        return counter.cost(_called(kind.command), folder)


def _called(command: tuple[str, ...]) -> list[str]:
    return [sys.executable, "-m", "brieftex", *command]


def grown(kind: Kind, counter: Counter, *, settled: int = 0) -> Growth:
    """How a kind grows; from ``settled`` on, if that is given, else from a size whose fourfold
    costs enough to be judged."""
    nothing = measure(kind, 1, counter)
    n = settled or kind.size
    small, large = (measure(kind, size, counter) - nothing for size in (n, 4 * n))
    most = kind.most or kind.size * LARGEST
    while not settled and large < counter.least and 16 * n <= most:
        n, small = n * 4, large
        large = measure(kind, n * 4, counter) - nothing
    return Growth(n, small, large, counter)


def main() -> None:
    """Measure the kinds that are named, or all."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kinds", nargs="*", metavar="KIND")
    parser.add_argument("--counter", choices=["perf", "callgrind", "cpu"])
    parser.add_argument("--seconds", type=float, default=120)
    options = parser.parse_args()
    counter = Counter(options.counter or usual_counter(), options.seconds)
    exact = counter
    if options.counter is None and counter.name == "cpu" and shutil.which("valgrind"):
        exact = Counter("callgrind", 4 * options.seconds)
    chosen = options.kinds or list(KINDS)
    failed = []
    print(f"{'kind':32}{'n':>9}{'at n':>9}{'at 4n':>9}  growth")
    for name in chosen:
        found = grown(KINDS[name], counter)
        if exact is not counter and not found.sure:
            found = grown(KINDS[name], exact, settled=found.size)
        if found.growth > MOST:
            failed.append(name)
        print(f"{name:32}{found}{'  FAILS' * (found.growth > MOST)}", flush=True)
    if failed:
        raise SystemExit(f"{len(failed)} of {len(chosen)} kinds grow too fast: {', '.join(failed)}")
    print(f"{len(chosen)} kinds")


if __name__ == "__main__":
    main()
