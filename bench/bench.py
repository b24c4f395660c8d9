"""What brieftex takes, beside Typst on the same text: cold, by the page, by the edit, by the issue.

    python bench/bench.py [--runs N] [--pages N …] [--issues N] [ISSUE]

Prints tables and writes them into ``bench/README.md``, in about a quarter of an hour where nothing
else runs. Every figure is of fresh processes, whose runs are taken in turns with Typst's so that a
busy machine burdens both; processor time is that of the user and of the system together. Typst
compiles the same text with the same faces and sizes (``typst_source.py``), for the cold build with
a leading that gives as many pages.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from shutil import copytree
from statistics import median
from time import perf_counter
from typing import ParamSpec, TypeVar

from instructions import interpreter
from pypdf import PdfReader
from series import series
from volumes import volume

BENCH = Path(__file__).parent
ROOT = BENCH.parent
FONTS = ROOT / "fonts"
REPORT = BENCH / "README.md"

TYPST = """\
import sys, typst
source = open(sys.argv[1], "rb").read()
typst.compile(source, output=sys.argv[2], root=sys.argv[3], font_paths=[sys.argv[4]],
              ignore_system_fonts=True)
"""
TYPST_MANY = """\
import sys, typst
root, fonts, target, *sources = sys.argv[1:]
compiler = typst.Compiler(root=root, font_paths=[fonts], ignore_system_fonts=True)
for source in sources:
    compiler.compile(input=source, output=target)
"""
"""One compiler for many issues, which opens the fonts once and keeps what it knows."""
_MANY, _MOST = 500, 5000
"""Volumes of more pages than that are run a quarter as often, and once: they take long."""
_THEIRS = 0.6
"""MiB that Typst takes for a page; a volume that would fill the machine is not given to it."""
_TIGHTEST = 900

P = ParamSpec("P")
T = TypeVar("T")


def apart(function: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """What a function gives in a process of its own. To Linux the memory of a process that is
    measured is at least what the one that starts it ever had, so that this one stays small."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *args, **named).result()


@dataclass
class Job:
    """Commands that run at once, and what their runs took: seconds by the clock and of the
    processor, and the most memory of one in MiB."""

    commands: list[list[str]]
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def run(self) -> None:
        """Run once, as fresh processes."""
        start = perf_counter()
        processes = [
            subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
            for command in self.commands
        ]
        cpu, memory = 0.0, 0.0
        for process in processes:
            assert process.stderr is not None
            messages = process.stderr.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                sys.exit(f"{process.args!r} failed:\n{messages.decode(errors='replace')}")
            cpu += usage.ru_utime + usage.ru_stime
            # Linux counts KiB, macOS bytes.
            memory = max(memory, usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10))
        self.wall.append(perf_counter() - start)
        self.cpu.append(cpu)
        self.memory.append(memory)


def build(issues: Sequence[Path], target: Path) -> list[str]:
    """The command that builds issues."""
    command = [sys.executable, "-m", "brieftex", "build", *map(str, issues)]
    return [*command, "--bundled-fonts", "-o", str(target)]


class Typst:
    """An issue as Typst's source in a folder, and the command that compiles it."""

    def __init__(self, issue: Path, folder: Path, leading: int = 1000) -> None:
        """``leading`` is relative to brieftex's, in 1/1000."""
        self.source = folder / f"{issue.stem}.typ"
        self.target = folder / f"{issue.stem}.typst.pdf"
        writer = [sys.executable, str(BENCH / "typst_source.py"), str(issue), str(leading)]
        self.source.write_bytes(subprocess.check_output(writer))
        paths = (self.source, self.target, issue.parent, FONTS)
        self.command = [sys.executable, "-c", TYPST, *map(str, paths)]

    def pages(self) -> int:
        """How many pages it makes of it."""
        subprocess.run(self.command, check=True)
        return page_count(self.target)


def page_count(path: Path) -> int:
    """The pages of a PDF file."""
    return apart(_page_count, path)


def _page_count(path: Path) -> int:
    return len(PdfReader(path).pages)


def in_turns(jobs: Sequence[Job], runs: int, *, warm: bool = True) -> None:
    """Run all, one after the other, once to ``warm`` the disk and then so many times."""
    for _ in range(runs + warm):
        for job in jobs:
            job.run()
    for job in jobs if warm else ():
        for figures in (job.wall, job.cpu, job.memory):
            del figures[0]


def spread(figures: Sequence[float], unit: float = 1e3) -> str:
    """Median, least and most."""
    least, most = min(figures) * unit, max(figures) * unit
    digits = 0 if most >= 100 else 1
    return f"{median(figures) * unit:,.{digits}f} ({least:,.{digits}f} to {most:,.{digits}f})"


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios of runs that were taken together."""
    return median(a / b for a, b in zip(ours, theirs, strict=True))


def row(*cells: object) -> str:
    """A row of a table."""
    return f"| {' | '.join(map(str, cells))} |"


def table(head: Sequence[str], rows: Sequence[str]) -> list[str]:
    """A table in Markdown."""
    return [row(*head), row(*("---" for _ in head)), *rows, ""]


_HEAD = ("", "pages", "clock, ms", "processor, ms", "memory, MiB")


def _rows(name: str, pages: int, job: Job) -> str:
    memory = f"{median(job.memory):,.0f}"
    return row(name, f"{pages:,}", spread(job.wall), spread(job.cpu), memory)


def cold(issue: Path, folder: Path, runs: int) -> Iterator[str]:
    """A whole build of ``issue``, and Typst's of as many pages."""
    target = folder / "cold.pdf"
    ours = Job([build([issue], target)])
    Job(ours.commands).run()
    pages = page_count(target)
    for leading in range(1000, _TIGHTEST, -10):  # its pages hold fewer lines: it hangs no marks
        typst = Typst(issue, folder, leading)
        if typst.pages() <= pages:
            break
    theirs = Job([typst.command])
    in_turns((ours, theirs), runs)
    yield "## Cold\n"
    yield f"`{issue.name}` as a fresh process, {runs} runs: median (least to most).\n"
    rows = [_rows("brieftex", pages, ours), _rows("Typst", typst.pages(), theirs)]
    yield from table(_HEAD, rows)
    yield (
        f"Ratio of runs taken together: clock {ratio(ours.wall, theirs.wall):.2f}, processor "
        f"{ratio(ours.cpu, theirs.cpu):.2f}, memory {ratio(ours.memory, theirs.memory):.2f}.\n"
    )


def by_page(folder: Path, sizes: Sequence[int], runs: int) -> Iterator[str]:
    """Volumes of text alone and of everything, and what a further page takes."""
    yield "## By the page\n"
    yield (
        "Volumes of the sample's paragraphs alone (plain), and of its items with their notes, "
        "tables, figures and quotations (rich).\n"
    )
    volumes = {
        kind: [Volume(kind, size, folder, runs) for size in sizes] for kind in ("plain", "rich")
    }
    yield from table(
        _HEAD, [row for kind in volumes.values() for one in kind for row in one.rows()]
    )
    yield (
        "Processor time of a further page, between one volume and the next, which stays the same "
        "where work is linear; the last line of each kind is from the second volume to the "
        "greatest. Memory is that of the greater relative to Typst's.\n"
    )
    head = ("", "pages", "brieftex, ms", "Typst, ms", "ratio", "memory")
    yield from table(head, [row for kind in volumes.values() for row in _further(kind)])


class Volume:
    """A volume as both set it: pages, and what the runs took."""

    def __init__(self, kind: str, size: int, folder: Path, runs: int) -> None:
        """Set it; Typst only where there is room."""
        self.kind, target = kind, folder / "volume.pdf"
        issue = apart(volume, kind, size, folder)
        self.ours = Job([build([issue], target)])
        room = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**20
        typst = Typst(issue, folder) if size * _THEIRS < room * 0.7 else None
        self.theirs = Job([typst.command]) if typst else None
        jobs = [job for job in (self.ours, self.theirs) if job]
        often = 1 if size > _MOST else max(1, runs // (4 if size > _MANY else 1))
        in_turns(jobs, often, warm=size <= _MOST)
        self.pages = page_count(target)
        self.others = page_count(typst.target) if typst else 0
        print(*self.rows(), sep="\n", flush=True)

    def rows(self) -> list[str]:
        """The rows of the table."""
        rows = [_rows(f"{self.kind}, brieftex", self.pages, self.ours)]
        if self.theirs is None:
            return [*rows, row("Typst", "more than this machine holds", "", "", "")]
        return [*rows, _rows("Typst", self.others, self.theirs)]


def _further(volumes: Sequence[Volume]) -> Iterator[str]:
    """What a further page takes between volumes."""
    pairs = [*pairwise(volumes), (volumes[min(1, len(volumes) - 1)], volumes[-1])]
    for small, great in pairs:
        if small is great:
            continue
        ours = median(great.ours.cpu) - median(small.ours.cpu)
        ours *= 1e3 / (great.pages - small.pages)
        cells = [f"{small.pages:,} to {great.pages:,}", f"{ours:.2f}"]
        if small.theirs is None or great.theirs is None:
            yield row(great.kind, *cells, "", "", "")
            continue
        theirs = median(great.theirs.cpu) - median(small.theirs.cpu)
        theirs *= 1e3 / (great.others - small.others)
        share = median(great.ours.memory) / median(great.theirs.memory)
        yield row(great.kind, *cells, f"{theirs:.2f}", f"{ours / theirs:.2f}", f"{share:.2f}")


def edited(issue: Path, folder: Path, runs: int) -> Iterator[str]:
    """One paragraph edited in a process that stays warm."""
    typst = Typst(issue, folder)
    command = [sys.executable, str(BENCH / "edit.py"), str(issue), str(typst.source), str(FONTS)]
    found = json.loads(subprocess.check_output([*command, str(runs)]))
    names = {
        "pages": "brieftex, pages", "pdf": "brieftex, PDF read back", "typst": "Typst, PDF",
    }  # fmt: skip
    yield "## The edit\n"
    yield f"A paragraph of `{issue.name}` is changed in a process that stays warm, {runs} times.\n"
    rows = [
        row(name, spread([w for w, _ in found[key]], 1), spread([c for _, c in found[key]], 1))
        for key, name in names.items()
    ]
    yield from table(("", "clock, ms", "processor, ms"), rows)
    yield "The pixels of the preview are measured by `bench/preview.py`, which needs Chromium.\n"


def many(issue: Path, folder: Path, count: int) -> Iterator[str]:
    """Many issues in one process and in two: the same one again and again, and a series."""
    desk = folder / "desk"
    desk.mkdir()
    copytree(issue.parent / "images", desk / "images")
    copies = [desk / f"{k:03}.yaml" for k in range(count)]
    for copy in copies:
        copy.write_bytes(issue.read_bytes())
    same = [Typst(issue, folder).source] * count
    weekly = apart(series, folder / "series", count)
    others = [Typst(one, one.parent).source for one in weekly]
    yield f"## {count} issues\n"
    yield f"`{issue.name}` {count} times: all but the first is known.\n"
    yield from _many(copies, same, folder / "same")
    yield (
        "Issues of a series (`bench/series.py`): the sample's sentences dealt anew, no paragraph "
        "twice, with the same masthead, titles, sources and colophon.\n"
    )
    yield from _many(weekly, others, folder / "dealt")


def _many(issues: Sequence[Path], sources: Sequence[Path], out: Path) -> Iterator[str]:
    """What issues take, and Typst's ``sources`` of the same."""
    out.mkdir()
    target, root = out / "typst.pdf", sources[0].parent
    call = [sys.executable, "-c", TYPST_MANY, str(root), str(FONTS)]
    halves = sources[::2], sources[1::2]
    jobs = {
        "brieftex, one process": Job([[*build(issues, out), "-j", "1"]]),
        "Typst, one process": Job([[*call, str(target), *map(str, sources)]]),
        "brieftex, two processes": Job([[*build(issues, out), "-j", "2"]]),
        "Typst, two processes": Job(
            [[*call, f"{target}{k}", *map(str, half)] for k, half in enumerate(halves)]
        ),
    }
    rows = []
    for name, job in jobs.items():
        job.run()
        each = [figures[0] / len(issues) * 1e3 for figures in (job.wall, job.cpu)]
        made = target if "Typst" in name else out / f"{issues[-1].stem}.pdf"
        rows.append(row(name, page_count(made), *(f"{one:.0f}" for one in each),
                        f"{job.memory[0]:,.0f}"))  # fmt: skip
    head = ("", "pages of the last", "clock, ms an issue", "processor, ms an issue", "memory, MiB")
    yield from table(head, rows)


def machine() -> str:
    """What the figures are of."""
    return (
        f"{datetime.now(UTC):%Y-%m-%d}; {interpreter()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} processors; brieftex {version('brieftex')}, Typst {version('typst')} by "
        "its Python binding."
    )


def burden() -> str:
    """How much else the machine has to do."""
    return " ".join(f"{load:.1f}" for load in os.getloadavg())


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description="time and memory of brieftex beside Typst")
    parser.add_argument("issue", nargs="?", type=Path, default=ROOT / "briefing.yaml")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--pages", type=int, nargs="+", default=[1, 17, 170, 1200, 10_000])
    parser.add_argument("--issues", type=int, default=50)
    options = parser.parse_args()
    issue = options.issue.resolve()
    lines = ["# Measured by `make bench`\n", f"{machine()}\n"]
    start, before = perf_counter(), burden()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        parts = (
            cold(issue, folder, options.runs),
            by_page(folder, options.pages, options.runs),
            edited(issue, folder, options.runs),
            many(issue, folder, options.issues),
        )
        for part in parts:
            for line in part:
                print(line, flush=True)
                lines.append(line)
    lines[1] += (
        f"\nLoad average over 1, 5 and 15 minutes {before} before and {burden()} after "
        f"{(perf_counter() - start) / 60:.0f} minutes of measuring, of which one or two are its "
        "own; more burdens both and all times.\n"
    )
    print(lines[1])
    REPORT.write_text("\n".join(lines).rstrip() + "\n", "utf-8")


if __name__ == "__main__":
    main()
