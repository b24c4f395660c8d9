"""What itemizing, breaking and setting cost, and how it grows with the text.

    python bench/linespeed.py [--runs N]

The text is that of briefing.yaml, in lines of 28 characters; CPU time, the best of the runs. Cold
is the first time in a process that has opened the fonts: every character is shaped once.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from itertools import cycle, islice
from time import process_time

from lines import BENCH, EM, INDENT, Brieftex, justified
from msgspec.structs import replace

from brieftex.layout.lines.breakers import BREAKERS
from brieftex.layout.lines.linebreak import Measures
from brieftex.layout.lines.lineset import Slot, set_line
from brieftex.styled.text import Text, TextRun
from brieftex.text.itemize import itemize
from brieftex.units import Sp

MEASURE: Sp = 28 * EM
STAGES = ("itemize", "break", "set")
TARGET = 60.0
"""Milliseconds for 10,000 characters."""


def typeset(engine: Brieftex, paragraphs: Iterable[str]) -> list[float]:
    """Seconds that each stage takes."""
    taken = [0.0] * len(STAGES)
    for text in paragraphs:
        times = [process_time()]
        runs = (TextRun(len(text), engine.style, 0),)
        items = itemize(Text(text, runs), engine.shaper, engine.rules, EM)
        times.append(process_time())
        measures = Measures(MEASURE - INDENT, MEASURE)
        breaks = BREAKERS[engine.rules.breaking](items.columns, measures)
        times.append(process_time())
        a = 0
        for b in breaks:
            set_line(items, a, b, Slot(MEASURE if a else MEASURE - INDENT, 0 if a else INDENT))
            a = b
        times.append(process_time())
        for k in range(len(STAGES)):
            taken[k] += times[k + 1] - times[k]
    return taken


def of_length(paragraphs: Sequence[str], length: int) -> list[str]:
    """Paragraphs over and over again until they have ``length`` characters."""
    mean = sum(map(len, paragraphs)) / len(paragraphs)
    return list(islice(cycle(paragraphs), round(length / mean)))


def row(label: str, taken: Sequence[float], characters: int) -> float:
    """Print milliseconds for each 10,000 characters; returns their sum."""
    each = [seconds * 1e3 * 10_000 / characters for seconds in taken]
    cells = "".join(f"{cell:>10.1f}" for cell in (*each, sum(each)))
    print(f"{label:<34}{cells}")
    return sum(each)


def main() -> None:
    """Measure and print."""
    gc.disable()  # as the command does: a run makes no garbage to speak of
    parser = argparse.ArgumentParser(description="the cost of lines")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--cold", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    paragraphs = justified(BENCH.parent / "briefing.yaml")
    engine = Brieftex()
    # As set_text does: words are hyphenated only where lines are loose without.
    engine.rules = replace(engine.rules, hyphenate=False)
    first = of_length(paragraphs, 10_000)
    cold = typeset(engine, first)
    if options.cold:
        print(json.dumps(cold))
        return
    command = [sys.executable, __file__, "--cold"]
    colds = [json.loads(subprocess.check_output(command)) for _ in range(options.runs)]
    print(f"{'ms for 10,000 characters':<34}" + "".join(f"{s:>10}" for s in (*STAGES, "all")))
    count = sum(map(len, first))
    totals = [
        row("10,000 characters, cold", min(colds, key=sum), count),
        row("10,000, warm", _best(engine, first, options.runs), count),
    ]
    for length in (100_000, 1_000_000):
        texts = of_length(paragraphs, length)
        row(f"{length:,}", _best(engine, texts, 2), sum(map(len, texts)))
    for length in (10_000, 100_000, 1_000_000):
        text = "".join(of_length(paragraphs, length))
        totals.append(row(f"{length:,} as one paragraph", _best(engine, [text], 2), len(text)))
    sys.exit(1 if max(totals) > TARGET else 0)


def _best(engine: Brieftex, texts: Sequence[str], runs: int) -> list[float]:
    return min((typeset(engine, texts) for _ in range(runs)), key=sum)


if __name__ == "__main__":
    main()
