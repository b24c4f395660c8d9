"""Fuzz the reader for as long as one likes: real issues, damaged as editors and mail damage them.

    python tests/fuzz/reader.py --minutes 60

Every input must end in an issue or in findings with a place, which render in every format;
whatever is readable is checked and mended, too. Prints how many inputs were tried, and writes
each that failed into ``--failures`` with its traceback. Ends with status 1 if any did.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

from brieftex.checks.engine.fixes import mend
from brieftex.checks.engine.registry import check_issue
from brieftex.diagnostics import Finding, InputError, Source
from brieftex.diagnostics.render import FORMATS, render_findings
from brieftex.input.issue.file import ReadableError, read_issue_text
from brieftex.source import decode_source

ROOT = Path(__file__).resolve().parents[2]
PIECES = (
    "：", ":", ": ", "\t", "\n", "\r\n", "\r", "  ", "- ", "-", "－", "• ", '"', "'", "“", "”", "|",
    ">", "｜", "[", "]", "{", "}", "【", "#", " #", "＃", "&a ", "*", "**", "!", "%", "@", "`",
    "\\",
    "---\n", "...\n", "? ", ",", "，", "\u3000", "\xa0", "\xad", "\u200b", "\u2028", "\x00", "\x0b",
    "\ufeff", "\ud800", "一、", "1. ", "甲", "3", "~", "null", "body: |\n", "figure: a.png\n",
    "text: ", "[^1]", "[^1]: 注\n", "<b>", "$", "## ", "![图](a.png)", "[网](http://a.cn)", "> ",
    "| 甲 | 乙 |\n|---|---|\n", "sections:\n", "masthead：\n", "𠅤", "e\u0301", "9" * 40,
    "...", "--",
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be")


def samples() -> list[str]:
    """The issues to damage: the project's own, and the small ones of its tests."""
    paths = [ROOT / "briefing.yaml", *sorted((ROOT / "tests/suite").rglob("*.yaml"))]
    return [path.read_text(encoding="utf-8") for path in paths]


def damaged(rng: random.Random, texts: list[str]) -> bytes:
    """One of the texts after up to eight accidents, in some encoding."""
    text = rng.choice(texts)
    if len(text) > 6000 and rng.random() < 0.7:  # shorter ones find more in the same time
        start = rng.randrange(len(text) - 3000)
        text = text[:400] + text[start : start + 2500]
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 5, 8))):
        text = _accident(rng, text, texts)
    if rng.random() < 0.2:
        text = text.replace("\n", rng.choice(("\r\n", "\r")))
    encoding = rng.choice(ENCODINGS)
    data = text.encode(encoding, "surrogatepass" if encoding == "utf-8" else "replace")
    if rng.random() < 0.05:
        place = rng.randrange(len(data) + 1)
        data = data[:place] + bytes(rng.randrange(256) for _ in range(3)) + data[place + 1 :]
    return data


def _accident(rng: random.Random, text: str, texts: list[str]) -> str:
    place = rng.randrange(len(text) + 1)
    lines = text.splitlines(keepends=True) or [""]
    line = rng.randrange(len(lines))
    match rng.randrange(8):
        case 0 | 1 | 2:
            return text[:place] + rng.choice(PIECES) + text[place:]
        case 3:
            return text[:place] + text[place + rng.randint(1, 12) :]
        case 4:  # another indentation
            lines[line] = " " * rng.randrange(12) + lines[line].lstrip()
        case 5:  # a line lost or doubled
            lines[line] = lines[line] * rng.choice((0, 2))
        case 6:  # two lines change places
            other = rng.randrange(len(lines))
            lines[line], lines[other] = lines[other], lines[line]
        case _:  # a piece of another file
            source = rng.choice(texts)
            at = rng.randrange(len(source))
            return text[:place] + source[at : at + rng.randint(1, 200)] + text[place:]
    return "".join(lines)


def run(data: bytes) -> str:
    """Read, check and mend one file; returns how it ended."""
    name, folder = "issue.yaml", ROOT
    try:
        source, warnings = decode_source(name, data)
        issue, found = read_issue_text(source, warnings, folder)
    except ReadableError as error:
        look(error.source, [*error.findings, *error.certain(check_issue(error.issue))])
        return "mended"
    except InputError as error:
        look(error.source, list(error.findings))
        return "refused"
    found += check_issue(issue)
    look(source, found)
    again = mend(source, folder)
    assert again.source.line_count == source.line_count
    return "read"


def look(source: Source, found: list[Finding]) -> None:
    """Findings have places in the file and can be shown."""
    for finding in found:
        if finding.span is not None:
            assert 0 <= finding.span.start <= finding.span.end <= len(source.text), finding
    for style in FORMATS:
        assert render_findings(found, source, style, color=True) or not found
    render_findings(found, source, "full", "en")


def main() -> int:
    """Fuzz until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--failures", type=Path, default=Path("fuzz-failures"))
    options = parser.parse_args()
    rng, texts, ends = random.Random(options.seed), samples(), Counter[str]()
    stop = time.monotonic() + 60 * options.minutes
    while time.monotonic() < stop:
        data = damaged(rng, texts)
        start = time.monotonic()
        try:
            ends[run(data)] += 1
        except Exception:  # noqa: BLE001  # that is what it looks for
            ends["failed"] += 1
            options.failures.mkdir(exist_ok=True)
            number = ends.total()
            (options.failures / f"{number}.yaml").write_bytes(data)
            (options.failures / f"{number}.txt").write_text(traceback.format_exc(), "utf-8")
        if time.monotonic() - start > 5:
            ends["slow"] += 1
            options.failures.mkdir(exist_ok=True)
            (options.failures / f"slow-{ends['slow']}.yaml").write_bytes(data)
    sys.stdout.write(f"{ends.total() - ends['slow']} inputs: {dict(ends)}\n")
    return 1 if ends["failed"] or ends["slow"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
