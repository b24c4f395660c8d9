"""How work grows with the input: each kind of input at n and at 4n, as the command does it.

    python bench/growth.py [KIND ...] [--counter perf|callgrind|cpu] [--seconds 120]

Linear work gives 4, n log n hardly more, a square 16. A kind fails above 5, or when its larger
input takes longer than ``--seconds``. What the same command costs for an empty input is taken off
first. Work is counted in instructions, by ``perf stat`` where the machine lets it, else by
callgrind on request; the default elsewhere is CPU time, the better of two runs, which is good
enough to tell 4 from 16 on a busy machine.
"""

from __future__ import annotations

import argparse
import math
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

MOST = 5.0
"""Growth from n to 4n above which a kind fails."""

LEAST = 0.6
"""Seconds of CPU, or four times as many billions of instructions, that the larger input must cost
to be judged; until it does, inputs are made larger."""

LARGEST = 64
"""How many times larger at most."""

_HEAD = "brieftex: 1\nmasthead: {name: 试排}\n"


def _body(text: str) -> str:
    """An issue whose only item has this body."""
    lines = "".join(f"      {line}\n" for line in text.split("\n"))
    return f"{_HEAD}foreword:\n  body: |\n{lines}"


def _svg(inner: str) -> str:
    box = 'xmlns="http://www.w3.org/2000/svg" width="100" height="100"'
    return f"<svg {box}>{inner}<rect width='9' height='9'/></svg>"


def _figures(count: int) -> str:
    return _body("\n\n".join(f"![图](a{k}.svg)" for k in range(count)) + "\n\n甲。")


_CLAUSE = "衡澜大学成立教学质量监测中心,对全校课程开展评估;评估只看课堂实效."


@dataclass(frozen=True)
class Kind:
    """One kind of input: ``make`` gives the issue, or the SVG file of one with a figure.

    ``most`` is the largest size that is not refused, 0 for any; where it costs too little to be
    judged, the issue has ``copies`` of the figure.
    """

    size: int
    make: Callable[[int], str]
    command: str = "build"
    svg: bool = False
    most: int = 0
    copies: int = 1


KINDS: dict[str, Kind] = {
    # -- Markdown
    "brackets": Kind(25_000, lambda n: _body("[" * n)),
    "brackets closed": Kind(3_000, lambda n: _body("[" * n + "]" * n)),
    "emphasis": Kind(2_500, lambda n: _body("**甲" * n)),
    "emphasis paired": Kind(2_500, lambda n: _body("**甲**乙" * n)),
    "stars": Kind(25_000, lambda n: _body("*" * n + "甲")),
    "highlight": Kind(5_000, lambda n: _body("==甲" * n)),
    "backticks": Kind(5_000, lambda n: _body("甲".join("`" * k for k in range(1, math.isqrt(n))))),
    "braces": Kind(10_000, lambda n: _body("{甲|" * n)),
    "links": Kind(1_250, lambda n: _body("[甲](https://a.cn/)乙" * n)),
    "bare addresses": Kind(1_250, lambda n: _body("见https://a.cn/b，" * n)),
    "angle brackets": Kind(10_000, lambda n: _body("<a" * n)),
    "image marks": Kind(10_000, lambda n: _body("![" * n)),
    "footnotes": Kind(
        200,
        lambda n: _body(
            "".join(f"甲[^{k}]" for k in range(n))
            + "\n\n"
            + "\n".join(f"[^{k}]: 乙。" for k in range(n))
        ),
    ),
    "bulleted lines": Kind(1_500, lambda n: _body("\n".join(["• 甲乙丙"] * n))),
    "pasted lines": Kind(1_500, lambda n: _body("\n".join(["今年以来，成效明显。"] * n))),
    "list items": Kind(1_000, lambda n: _body("\n".join(["- 甲乙丙"] * n))),
    "quotations": Kind(1_000, lambda n: _body("\n".join(["> 甲乙丙。"] * n))),
    "table rows": Kind(150, lambda n: _body("|甲|乙|\n|-|-|\n" + "|子丑|寅卯|\n" * n)),
    "table bars": Kind(5_000, lambda n: _body("|" * n + "\n甲")),
    "rows of tabs": Kind(150, lambda n: _body("甲\t乙\n" * n)),
    # -- checks and findings
    "findings in a line": Kind(400, lambda n: _body(_CLAUSE * n), "check"),
    "findings in lines": Kind(400, lambda n: _body("\n\n".join([_CLAUSE] * n)), "check"),
    "quotes": Kind(4_000, lambda n: _body("“" * n), "check"),
    "straight quotes": Kind(4_000, lambda n: _body('甲"' * n), "check"),
    "spaces": Kind(4_000, lambda n: _body("甲 乙丙" * n), "check"),
    "stops": Kind(10_000, lambda n: _body("甲" + "." * n), "check"),
    "years": Kind(2_000, lambda n: _body("2024年12月3日至5日，" * n), "check"),
    # -- YAML
    "comments": Kind(10_000, lambda n: "# 甲\n" * n + _body("甲")),
    "escapes": Kind(5_000, lambda n: f'{_HEAD}foreword:\n  body: "' + "\\u7532" * n + '"\n'),
    "folded lines": Kind(2_000, lambda n: f"{_HEAD}foreword:\n  body: 甲\n" + "    乙，\n" * n),
    "slips": Kind(5, lambda n: _HEAD + "".join(f"甲{k}：乙\n" for k in range(n)), "check"),
    # -- lines and pages
    "Han": Kind(5_000, lambda n: _body("衡澜大学教学" * n)),
    "digits": Kind(2_500, lambda n: _body("1" * n)),
    "letters": Kind(2_500, lambda n: _body("a" * n)),
    "words": Kind(2_500, lambda n: _body("university " * n)),
    "marks": Kind(2_500, lambda n: _body("，" * n)),
    "long addresses": Kind(
        10, lambda n: _body("\n\n".join(["https://a.cn/" + "b" * 4_000] * n))
    ),
    "readings": Kind(500, lambda n: _body("{甲|jiǎ}" * n)),
    "paragraphs": Kind(500, lambda n: _body("\n\n".join(["衡澜大学成立中心。"] * n))),
    "title": Kind(250, lambda n: f"{_HEAD}title: {'衡澜大学' * n}\nforeword: {{body: 甲}}\n"),
    "running head": Kind(
        250,
        lambda n: f"brieftex: 1\nmasthead: {{name: {'衡澜' * n}}}\nforeword:\n  body: |\n"
        + "    甲。\n\n" * 80,
    ),
    "sections": Kind(
        25,
        lambda n: f"{_HEAD}sections:\n"
        + "".join(f"  - title: 栏{k}\n    items: [{{title: 题, body: 文}}]\n" for k in range(n)),
    ),
    # -- SVG
    "SVG comments": Kind(
        100_000, lambda n: _svg("<!--a-->" * n), svg=True, most=400_000, copies=80
    ),
    "SVG comment": Kind(
        975_000, lambda n: _svg(f"<!--{'a' * n}-->"), svg=True, most=3_900_000, copies=100
    ),
    "CSS rules": Kind(
        500,
        lambda n: _svg(
            "<style>" + "".join(f".c{k}{{fill:red}}" for k in range(n)) + "</style>"
            + "<rect class='c1' width='1' height='1'/>" * 50
        ),
        svg=True,
    ),
    "CSS comments": Kind(
        150_000, lambda n: _svg(f"<style>{'/*a*/' * n}</style>"), svg=True, most=600_000, copies=20
    ),
    "CSS open comments": Kind(
        450_000, lambda n: _svg(f"<style>{'/*' * n}</style>"), svg=True, most=1_800_000, copies=20
    ),
    "paths": Kind(
        50_000, lambda n: _svg(f"<path d='M0 0{'L9 9' * n}'/>"), svg=True, most=200_000, copies=4
    ),
    "elements": Kind(1_000, lambda n: _svg("<rect width='1' height='1'/>" * n), svg=True),
}  # fmt: skip


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
        made = kind.make(n) if n else (_svg("") if kind.svg else _body("甲"))
        (folder / "issue.yaml").write_text(
            _figures(kind.copies) if kind.svg else made, encoding="utf-8"
        )
        if kind.svg:
            for number in range(kind.copies):
                # Different ones: a figure is drawn once however often it stands in an issue.
                text = made.replace("width='9'", f"width='{number + 1}'")
                (folder / f"a{number}.svg").write_text(text, encoding="utf-8")
        files = ["issue.yaml"] if kind.command == "check" else ["issue.yaml", "-o", "a.pdf"]
        command = [sys.executable, "-m", "brieftex", kind.command, *files]
        return counter.cost(command, folder)


def main() -> None:
    """Measure the kinds that are named, or all."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kinds", nargs="*", metavar="KIND")
    parser.add_argument("--counter", choices=["perf", "callgrind", "cpu"], default=usual_counter())
    parser.add_argument("--seconds", type=float, default=120)
    options = parser.parse_args()
    counter = Counter(options.counter, options.seconds)
    chosen = options.kinds or list(KINDS)
    nothing: dict[tuple[str, bool, int], float] = {}
    failed = []
    unit = "s CPU" if counter.name == "cpu" else "1e9 instructions"
    print(f"{'kind':22}{'n':>9}{'at n':>9}{'at 4n':>9}  growth   ({unit})")
    for name in chosen:
        kind = KINDS[name]
        key = (kind.command, kind.svg, kind.copies)
        if key not in nothing:
            nothing[key] = measure(kind, 0, counter)
        n, most = kind.size, kind.most or kind.size * LARGEST
        small, large = (measure(kind, n * k, counter) - nothing[key] for k in (1, 4))
        while large < counter.least and n * (16 if kind.most else 4) <= most:
            n, small = n * 4, large
            large = measure(kind, n * 4, counter) - nothing[key]
        growth = large / max(small, counter.least / 50)
        bad = growth > MOST and large >= counter.least
        if bad:
            failed.append(name)
        shown = f"{growth:7.1f}" if large >= counter.least else "  small"
        print(f"{name:22}{n:9}{small:9.2f}{large:9.2f} {shown}{'  FAILS' * bad}", flush=True)
    if failed:
        raise SystemExit(f"{len(failed)} of {len(chosen)} kinds grow too fast: {', '.join(failed)}")


if __name__ == "__main__":
    main()
