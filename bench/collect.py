"""What a yearbook costs beside its issues: processor time and memory.

    python bench/collect.py [--issues N] [--runs N]

The issues are the sample's items over and over, 17 pages each, with numbers and dates of their own.
One fresh process builds them one after the other (``typeset``, as ``brieftex build`` does), another
makes the yearbook of them, in turns, so that a busy machine burdens both. Processor time is that of
the user and of the system. Memory is what a process holds when so many issues are written, and the
most it ever held.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from volumes import volume

BUILD = """\
import gc, sys
from pathlib import Path
gc.disable()
from brieftex.output import write_whole
from brieftex.pipeline import typeset
for path in sorted(Path(sys.argv[1]).glob("*.yaml")):
    write_whole(Path(sys.argv[2]) / f"{path.stem}.pdf", typeset(path, bundled_fonts=True).pdf)
"""

COLLECT = """\
import gc, sys
from pathlib import Path
gc.disable()
from brieftex.collection.yearbook import YearbookWish, collect_yearbook
def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 // 2**20
def tell(stage, done, of):
    if stage == "set" and done in (of // 10, of // 2, of):
        print(done, held())
paths = sorted(Path(sys.argv[1]).glob("*.yaml"))
made = collect_yearbook(paths, Path(sys.argv[2]), YearbookWish(bundled_fonts=True), tell)
print("pages", made.pages)
"""


def issues(count: int, folder: Path) -> None:
    """Write so many issues."""
    made = volume("rich", 17, folder)
    text = made.read_text("utf-8")
    made.unlink()
    for number in range(1, count + 1):
        issue = json.loads(text)
        day = datetime.date(2026, 1, 2) + datetime.timedelta(days=3 * number)
        issue["masthead"] |= {"number": number, "total": 54 + number, "date": str(day)}
        for item in issue["sections"][0]["items"]:
            item["title"] = f"{item['title'].partition('（')[0]}（{number}）"
        path = folder / f"2026-{number:03}.yaml"
        path.write_text(json.dumps(issue, ensure_ascii=False), "utf-8")


def timed(program: str, *arguments: Path) -> tuple[float, float, str]:
    """Seconds of the processor and most memory, MiB, of a process; what it printed."""
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen([sys.executable, "-c", program, *map(str, arguments)],
                                   stdout=said)  # fmt: skip
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"status {process.returncode}")
        said.seek(0)
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said.read()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--issues", type=int, default=100)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder, out = Path(place) / "2026", Path(place) / "out"
        folder.mkdir()
        issues(options.issues, folder)
        ratios = []
        for _ in range(options.runs):
            alone, most_alone, _ = timed(BUILD, folder, out)
            book = out / "yearbook.pdf"
            together, most, said = timed(COLLECT, folder, book)
            ratios.append(together / alone)
            print(f"{options.issues} issues: alone {alone:.1f} s, {most_alone:.0f} MiB; yearbook "
                  f"{together:.1f} s, {most:.0f} MiB, {book.stat().st_size / 1e6:.1f} MB; "
                  f"{ratios[-1]:.2f} times")  # fmt: skip
            print(*(line for line in said.splitlines()), sep=", ")
        print(f"median {median(ratios):.2f}")


if __name__ == "__main__":
    main()
