"""Whose copy a scan is: how many lines are read right, how often a name, and a wrong one, is given.

    python bench/trace.py [--pages N] [--ledgers N] [FILE.yaml]

Copies of the sample issue are printed at 600 dpi, copied and scanned by copiers that differ in
everything (tests/helpers/scanning.py) at 150, 200 and 300 dpi, and read. Names are asked for with
one to six pages, from a ledger of 60 and one of 1,000 copies. For wrong names the readings of a
scan are judged by ledgers that do not have its copy, and scans of an unmarked copy likewise.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from helpers.scanning import a_copier, copied, rendered_page  # noqa: E402  # tests are no package

from brieftex.pipeline import typeset_pages  # noqa: E402
from brieftex.printing.drawing import CopyDrawer  # noqa: E402
from brieftex.printing.traced import TracedIssue  # noqa: E402
from brieftex.tracing.linemap import LineMap, unpacked_map  # noqa: E402
from brieftex.tracing.suspects import (  # noqa: E402
    MarkedCopy,
    PageFound,
    TraceOutcome,
    judged,
    pages_found,
)
from brieftex.tracing.words import word_of  # noqa: E402

RESOLUTIONS = 150, 200, 300


def main() -> None:
    """Print the tables."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--pages", type=int, default=24, help="pages read for each resolution")
    asked.add_argument("--ledgers", type=int, default=1000, help="ledgers without the copy")
    asked.add_argument("file", nargs="?", type=Path, default=ROOT / "briefing.yaml")
    given = asked.parse_args()
    made = typeset_pages(given.file, edition="print", bundled_fonts=True)
    issue = TracedIssue(made, "issue", "print", 1000, {})
    known = unpacked_map(issue.map)
    maps = {issue.digest: known}
    carrying = [n for n, page in enumerate(known.pages) if sum(r.sign >= 0 for r in page.rows) > 5]
    drawer = CopyDrawer(made)
    chance = random.Random(15)
    total, false = 0, 0
    sizes = f"{len(made.pages)} pages, {len(carrying)} of them with more than five of {issue.signs}"
    print(f"{given.file.name}: {sizes} lines that are moved; map {len(issue.map):,} bytes\n")
    print(
        "| dpi | pages | found | lines | right | noise | 60: 1p 2p 3p 4p 6p | 1,000: … | s/page |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for dpi in RESOLUTIONS:
        copy = f"{chance.randrange(1, 60):06}"
        marked = drawer.file(issue.pages(made.pages, copy))
        plain = drawer.file(made.pages)
        pages = [chance.choice(carrying) for _ in range(given.pages)]
        read, seconds = _scanned(marked, pages, dpi, chance, maps)
        found = [page for page in read if page is not None]
        word = word_of(known.seed, copy, known.signs)
        rows = [row for page in found for row in page.reading.rows]
        right = sum(row.reading * word[row.sign] > 0 for row in rows)
        rightly = sum(
            page is not None and page.reading.page == n for page, n in zip(read, pages, strict=True)
        )
        noise = sum(page.reading.noise for page in found) / max(1, len(found))
        named = [
            " ".join(
                f"{_named(found, maps, issue.digest, copy, size, many, chance):.0%}"
                for many in (1, 2, 3, 4, 6)
            )
            for size in (60, 1000)
        ]
        print(
            f"| {dpi} | {len(pages)} | {rightly} | {len(rows)} | {right} "
            f"({right / max(1, len(rows)):.2%}) | {noise:.2f} | {named[0]} | {named[1]} "
            f"| {seconds / len(pages):.1f} |",
            flush=True,
        )
        others, _ = _scanned(plain, pages[: max(2, given.pages // 3)], dpi, chance, maps)
        unmarked = [page for page in others if page is not None]
        for scans in (found, unmarked):
            for _ in range(given.ledgers // len(RESOLUTIONS)):
                total += 1
                false += _misnamed(scans, known, chance)
    print(f"\nwrong names: {false} of {total:,}")


def _scanned(
    pdf: bytes, pages: list[int], dpi: int, chance: random.Random, maps: dict[str, LineMap]
) -> tuple[list[PageFound | None], float]:
    """What is read of pages, each copied by another copier, and in how many seconds."""
    made: list[PageFound | None] = []
    seconds = 0.0
    for number in pages:
        seed = chance.randrange(1 << 30)
        picture = copied(rendered_page(pdf, number), a_copier(dpi, chance), seed)
        start = time.process_time()
        made.append(next(pages_found(0, picture, maps), None))
        seconds += time.process_time() - start
    return made, seconds


def _named(  # noqa: PLR0913, PLR0917  # what a trial is made of
    found: list[PageFound],
    maps: dict[str, LineMap],
    digest: str,
    copy: str,
    size: int,
    many: int,
    chance: random.Random,
) -> float:
    """How often so many pages give the right name, from a ledger of ``size`` copies."""
    known = [MarkedCopy(digest, f"{number:06}") for number in range(1, size + 1)]
    good = 0
    trials = 20
    for _ in range(trials):
        scan = _different(found, many, chance)
        judgement = judged(scan, maps, known)
        if judgement.copy is not None:
            assert judgement.copy.name == copy, "a wrong name"
            good += 1
    return good / trials


def _misnamed(found: list[PageFound], known: LineMap, chance: random.Random) -> bool:
    """Whether pages are taken for those of a copy that they are not from: the ledger has sixty
    others."""
    other = "".join(chance.choice("0123456789abcdef") for _ in range(64))
    maps = {"m": LineMap(known.issue, "", other, known.signs, known.leading, known.pages)}
    copies = [MarkedCopy("m", f"{number:06}") for number in range(1, 61)]
    scan = [
        PageFound(page.picture, "m", page.reading)
        for page in _different(found, chance.randrange(1, 24), chance)
    ]
    return judged(scan, maps, copies).outcome is TraceOutcome.NAMED


def _different(found: list[PageFound], many: int, chance: random.Random) -> list[PageFound]:
    """Scans of so many pages, no page twice."""
    pages = {page.reading.page: page for page in chance.sample(found, len(found))}
    return chance.sample(list(pages.values()), min(many, len(pages)))


if __name__ == "__main__":
    main()
