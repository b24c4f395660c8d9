"""Numbered copies in one call, beside building each alone: seconds of the processor and bytes.

    python bench/copies.py [--alone N] [FILE.yaml]

``print --copies 60`` and ``--copies 1000`` are run as an office runs them, each in a process of its
own. For building each alone N copies are really built, each by a call of its own, and taken times
60 and 1,000; their files are added up likewise. The issue is made final first.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--alone", type=int, default=5, help="copies really built alone")
    asked.add_argument("file", nargs="?", type=Path, default=ROOT / "briefing.yaml")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(given.file, folder / "issue.yaml")
        if (given.file.parent / "images").is_dir():
            shutil.copytree(given.file.parent / "images", folder / "images")
        _called(folder, "approve", "issue.yaml", "--by", "bench")
        alone = [_printed(folder, f"{number}-{number}") for number in range(1, given.alone + 1)]
        each = sum(seconds for seconds, _ in alone) / len(alone)
        size = sum(size for _, size in alone) // len(alone)
        print(f"one copy alone: {each:.1f} s, {size:,} bytes (mean of {len(alone)} really built)\n")
        print("| copies | call | s | bytes | alone × n, s | alone × n, bytes |")
        print("|---|---|---|---|---|---|")
        for count, more in ((60, ()), (1000, ()), (60, ("--booklet",)), (60, ("--trace",))):
            seconds, made = _printed(folder, str(count), *more)
            call = " ".join(["--copies", str(count), *more])
            print(
                f"| {count} | `{call}` | {seconds:.1f} | {made:,} | {each * count:,.0f} "
                f"| {size * count:,} |",
                flush=True,
            )


def _printed(folder: Path, copies: str, *more: str) -> tuple[float, int]:
    """Seconds of the processor that a call takes, and the size of its file."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _called(folder, "print", "issue.yaml", "--bundled-fonts", "--copies", copies, *more)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    (made,) = (path for path in (folder / "out").iterdir() if "ticket" not in path.name)
    seconds = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return seconds, made.stat().st_size


def _called(folder: Path, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "brieftex", *arguments],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip


if __name__ == "__main__":
    main()
