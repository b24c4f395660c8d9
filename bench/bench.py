"""The main job as a user meets it: a fresh process, its time and memory, beside Typst's.

    python bench/bench.py [--runs N] [ISSUE]

Typst compiles the same text with the same faces and sizes (``typst_source.py``), in a fresh
process too, its runs taken in turns with brieftex's so that a busy machine burdens both.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter

BENCH = Path(__file__).parent
FONTS = BENCH.parent / "fonts"

TYPST = """\
import sys, typst
source = open(sys.argv[1], "rb").read()
typst.compile(source, output=sys.argv[2], root=sys.argv[3], font_paths=[sys.argv[4]],
              ignore_system_fonts=True)
"""


@dataclass
class Job:
    """A command and what its runs took: seconds, and the most memory in MiB."""

    name: str
    command: list[str]
    seconds: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def run(self) -> None:
        """Run once, as a fresh process."""
        start = perf_counter()
        process = subprocess.Popen(self.command, stderr=subprocess.PIPE)
        assert process.stderr is not None
        messages = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        self.seconds.append(perf_counter() - start)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{self.name} failed:\n{messages.decode(errors='replace')}")
        # Linux counts KiB, macOS bytes.
        self.memory.append(usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10))

    def line(self) -> str:
        """The medians and the best."""
        return (
            f"{self.name:<22}{median(self.seconds):7.3f} s   best {min(self.seconds):.3f} s"
            f"{median(self.memory):8.1f} MiB"
        )


def stages(issue: Path, runs: int) -> dict[str, float]:
    """Print the medians of the stages; returns what was built."""
    command = [sys.executable, str(BENCH / "stages.py"), str(issue)]
    seen = [json.loads(subprocess.check_output(command)) for _ in range(runs)]
    print("\nstage                   time")
    for stage in seen[0]["times"]:
        print(f"{stage:<22}{median(s['times'][stage] for s in seen) * 1e3:7.1f} ms")
    facts: dict[str, float] = seen[0]
    return facts


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="time and memory of brieftex beside Typst")
    parser.add_argument("issue", nargs="?", type=Path, default=BENCH.parent / "briefing.yaml")
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    issue, python = options.issue.resolve(), sys.executable
    with tempfile.TemporaryDirectory() as scratch:
        ours, source, theirs = (f"{scratch}/{name}" for name in ("b.pdf", "t.typ", "t.pdf"))
        writer = [python, str(BENCH / "typst_source.py"), str(issue)]
        Path(source).write_bytes(subprocess.check_output(writer))
        build = [python, "-m", "brieftex", "build", str(issue), "--bundled-fonts", "-o", ours]
        jobs = [
            Job("brieftex build", build),
            Job("Typst", [python, "-c", TYPST, source, theirs, str(issue.parent), str(FONTS)]),
            Job("Python alone", [python, "-c", ""]),
        ]
        for _ in range(options.runs):
            for job in jobs:
                job.run()
        print(f"fresh process, median of {options.runs}")
        for job in jobs:
            print(job.line())
        sizes = [Path(path).stat().st_size / 2**20 for path in (ours, theirs)]
    brieftex, typst, _ = jobs
    time = median(brieftex.seconds) / median(typst.seconds)
    memory = median(brieftex.memory) / median(typst.memory)
    print(f"brieftex : Typst      {time:7.2f} time  {memory:.2f} memory")
    facts = stages(issue, min(options.runs, 5))
    each = median(brieftex.seconds) / facts["pages"] * 1e3
    print(f"\n{facts['pages']} pages, {facts['characters']:,} characters, {each:.1f} ms a page")
    print(f"file {sizes[0]:.2f} MiB, Typst's {sizes[1]:.2f} MiB")


if __name__ == "__main__":
    main()
