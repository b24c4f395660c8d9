"""How the time of a build grows with its pages, and what part of it breaking pages takes.

    python bench/pages.py [--pages N] [--runs N]

The volume is briefing.yaml's items over and over, with everything that is in them
(``volumes.py``). CPU time of a process of its own, the best of the runs; the peak
of its memory. Fails when breaking pages takes more than SHARE of a volume's build.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from volumes import volume

ROOT = Path(__file__).parent.parent
SHARE = 0.15
BREAKING = "break pages"
STAGES = (
    "read", "check", "compose", "itemize, break, set", BREAKING, "make up", "draw", "read back"
)  # fmt: skip


def measured(path: Path, runs: int) -> dict[str, Any]:
    """The stages' times and facts of the fastest of some builds."""
    command = [sys.executable, str(ROOT / "bench" / "stages.py"), str(path)]
    found = [json.loads(subprocess.check_output(command)) for _ in range(runs)]
    return min(found, key=lambda run: sum(run["times"].values()))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="the cost of pages")
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=1)
    options = parser.parse_args()
    columns = ("pages", *STAGES, "all", "share", "MB")
    print("".join(f"{name:>{max(9, len(name) + 2)}}" for name in columns), "  ms for each page")
    share = 0.0
    for part in (8, 4, 2, 1):
        with tempfile.TemporaryDirectory() as folder:
            path = volume("rich", options.pages // part, Path(folder))
            run = measured(path, options.runs)
        share = _row(run)
    sys.exit(1 if share > SHARE else 0)


def _row(run: Mapping[str, Any]) -> float:
    times, pages = run["times"], run["pages"]
    total = sum(times.values())
    share: float = times[BREAKING] / total
    each = [times[name] * 1e3 / pages for name in STAGES]
    cells = [f"{pages}", *(f"{cell:.2f}" for cell in (*each, total * 1e3 / pages))]
    cells += [f"{share:.1%}", f"{run['memory'] / 1e6:.0f}"]
    names = ("pages", *STAGES, "all", "share", "MB")
    print("".join(f"{c:>{max(9, len(n) + 2)}}" for c, n in zip(cells, names, strict=True)))
    return share


if __name__ == "__main__":
    main()
