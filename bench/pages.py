"""How the time of a build grows with its pages, and what part of it breaking pages takes.

    python bench/pages.py [--pages N] [--runs N]

The volume is briefing.yaml's sections over and over, with everything that is in them: notes,
tables, figures, quotations. CPU time of a process of its own, the best of the runs; the peak
of its memory. Fails when breaking pages takes more than SHARE of a volume's build.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
SHARE = 0.15
BREAKING = "break pages"
STAGES = ("read", "compose", "itemize, break, set", BREAKING, "make up", "draw")


def volume(pages: int, folder: Path) -> Path:
    """An issue of about so many pages; the sample has 23, of which 20 are its sections."""
    sample = yaml.safe_load((ROOT / "briefing.yaml").read_text("utf-8"))
    times = max(1, round(pages / 20))
    sample["sections"] = [
        {**section, "title": f"{section['title']}（{k + 1}）"}
        for k in range(times)
        for section in sample["sections"]
    ]
    # A bound on the pages would have the whole volume set again and again.
    sample.pop("fit", None)
    shutil.copytree(ROOT / "images", folder / "images", dirs_exist_ok=True)
    path = folder / "volume.yaml"
    # JSON is YAML, and knows no anchors for what occurs twice.
    path.write_text(json.dumps(sample, ensure_ascii=False, default=str, indent=1), "utf-8")
    return path


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
            path = volume(options.pages // part, Path(folder))
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
