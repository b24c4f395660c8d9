"""``brieftex search`` over an archive: the first index, later ones, answers.

    python bench/search.py [--issues 6000] [--keep FOLDER]

Issues are made of the sentences of ``bench/texts``, put together by chance from a seed: each of
about 8,500 characters in twelve items, with sources, in a folder for each year. Nothing is checked;
what is printed is clock and processor time, so that load shows.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter, process_time

from brieftex.search.index import Query, SearchIndex

TEXTS = Path(__file__).parent / "texts"
CHARACTERS, ITEMS = 8_500, 12
QUERIES = (
    ("一个字", ("会",)), ("两个字", ("会议",)), ("两个词", ("会议", "人员")),
    ("四个字", ("开放共享",)), ("没有的", ("龘龘",)), ("少见的", ("第三千期",)),
)  # fmt: skip


def main(arguments: Sequence[str]) -> None:
    """Make the archive, index it, ask."""
    parser = argparse.ArgumentParser(description="search over an archive")
    parser.add_argument("--issues", type=int, default=6000)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        made = archive(folder / "各期", options.issues)
        print(f"{options.issues} issues, {made:,} characters; {os.cpu_count()} processors, "
              f"load {os.getloadavg()[0]:.1f}")  # fmt: skip
        place = folder / "index.db"
        place.unlink(missing_ok=True)
        index = SearchIndex(folder / "各期", place)
        clocked("first index", index.update)
        clocked("nothing changed", index.update)
        changed = next((folder / "各期").rglob("*.yaml"))
        changed.write_text(changed.read_text("utf-8").replace("临岳日报", "临岳晚报"), "utf-8")
        clocked("one changed", index.update)
        print(f"index: {place.stat().st_size / 1e6:.0f} MB")
        for name, words in QUERIES:
            asked(index, name, words)
        index.close()
        called(folder, "会议")


def archive(folder: Path, issues: int) -> int:
    """Write the issues; how many characters of text they have."""
    chance = random.Random(20260105)  # text, not secrets
    sentences = [
        sentence
        for path in sorted(TEXTS.glob("*.txt"))
        for sentence in re.findall(r"[^。！？\n]{4,80}[。！？]", path.read_text("utf-8"))
        if not re.search(r"[\[\]*^|#{}>_`!=<&~-]", sentence)
    ]
    count = 0
    for number in range(1, issues + 1):
        year = 2000 + number * 26 // (issues + 1)
        path = folder / str(year) / f"{number:05}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        text, characters = issue(chance, sentences, year, number, issues)
        path.write_text(text, encoding="utf-8")
        count += characters
    return count


def issue(
    chance: random.Random, sentences: Sequence[str], year: int, number: int, of: int
) -> tuple[str, int]:
    """An issue, and the characters of its bodies."""
    date = f"{year}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    head = f"name: 衡澜参阅, number: {number % 99 + 1}, issuer: 衡澜大学政策研究室, date: {date}"
    lines = ["brieftex: 1", f"masthead: {{{head}}}", "sections:"]
    count = 0
    for place in range(ITEMS):
        if place % 4 == 0:
            lines += [f"  - title: {('高校动态', '调查与案例', '政策')[place // 4]}", "    items:"]
        title = chance.choice(sentences)[:18].rstrip("，、；：。！？")
        body = ""
        while len(body) < CHARACTERS / ITEMS:
            body += chance.choice(sentences)
        if number == of // 2 and place == 3:
            body += "这是第三千期里的话。"
        count += len(body)
        lines += [f"      - title: {title}", "        body: |", f"          {body}"]
        lines += ["        sources: [{name: 临岳日报}]"]
    return "\n".join(lines) + "\n", count


def clocked(what: str, update: Callable[[], int]) -> None:
    """Print how long an update takes, and how many files it reads."""
    start = perf_counter()
    worked = process_time() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    read = update()
    used = process_time() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - worked
    print(f"{what}: {read} files read, {perf_counter() - start:.2f} s, processor {used:.2f} s")


def asked(index: SearchIndex, name: str, words: tuple[str, ...]) -> None:
    """Print how long an answer takes, warm: the best and the median of nine."""
    query = Query(tuple((word,) for word in words))
    times = []
    for _ in range(9):
        start = process_time()
        _, count = index.find(query, 50)
        times.append(1000 * (process_time() - start))
    times.sort()
    print(f"{name} {' '.join(words)}: {count} items, {times[0]:.1f} ms, median {times[4]:.1f} ms")


def called(folder: Path, word: str) -> None:
    """Print how long the command takes, with an index of its own cache that is up to date."""
    command = [sys.executable, "-m", "brieftex", "search", word, "--in", str(folder / "各期")]
    environment = {**os.environ, "BRIEFTEX_CACHE": str(folder / "cache")}
    for turn in range(6):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = perf_counter()
        subprocess.run(command, env=environment, capture_output=True, check=True)
        clock = perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        kind = "command, first index" if not turn else "command"
        print(f"{kind}: {clock:.2f} s, processor {used:.2f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
