"""The live preview: seconds from a save to new pixels, measured in the browser.

    python bench/preview.py [--runs N] [ISSUE]

A real Chromium shows the issue. Each time is from before the file is written to the second
animation frame after the pages were drawn, which begins when the first one is on the screen.
Beside it, what the same change would take as a PDF whose visible page is rasterised.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter, time

import pypdfium2
from playwright.sync_api import Page, sync_playwright

from brieftex import typeset

NEXT = """
() => {
  window.next = new Promise((done) => document.addEventListener("preview:painted",
    ({detail}) => done({...detail, at: performance.timeOrigin + detail.painted}), {once: true}));
}
"""

PARAGRAPH = re.compile(r"\n {6,10}[\u4e00-\u9fff]{10}")


def chromium() -> str:
    """The path of a Chromium."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    sys.exit("no Chromium here")


@contextmanager
def watched(issue: Path) -> Iterator[str]:
    """``brieftex watch`` on the issue; gives its address."""
    command = [sys.executable, "-m", "brieftex", "watch", str(issue), "--no-open"]
    process = subprocess.Popen(
        [*command, "--bundled-fonts"], stderr=subprocess.PIPE, encoding="utf-8"
    )
    assert process.stderr is not None
    try:
        found = re.search(r"http\S+", process.stderr.readline())
        assert found is not None
        yield found[0]
    finally:
        process.terminate()
        process.wait()


def saves(page: Page, issue: Path, versions: Iterator[str], runs: int) -> list[dict[str, float]]:
    """Save one version after the other; the times of each, seconds."""
    found: list[dict[str, float]] = []
    for run in range(runs + 1):
        # Let all come to rest; what changed the first time is what the window shows from then on.
        page.evaluate("document.querySelector('#elsewhere:not([hidden])')?.click()")
        page.evaluate("() => new Promise(done => setTimeout(done, 700))")
        page.evaluate(NEXT)
        text = next(versions)
        begun = time()
        issue.write_text(text, encoding="utf-8")
        seen = page.evaluate("() => window.next")
        shown = seen["at"] / 1000 - begun
        browser = (seen["painted"] - seen["received"]) / 1000
        if run:
            found.append({"all": shown, "browser": browser, "until": shown - browser})
    return found


def numbered(change: Callable[[int], str]) -> Iterator[str]:
    """Versions of the text, each another."""
    number = 0
    while True:
        number += 1
        yield change(number)


def rasterised(issue: Path) -> tuple[float, float]:
    """Seconds to set and write the PDF in a warm process, and to draw one page of it."""
    writing, drawing = [], []
    for _ in range(5):
        begun = perf_counter()
        pdf = typeset(issue, bundled_fonts=True).pdf
        written = perf_counter()
        picture = pypdfium2.PdfDocument(pdf)[0].render(scale=1.7).to_pil()
        picture.save(BytesIO(), "PNG")
        writing.append(written - begun)
        drawing.append(perf_counter() - written)
    return median(writing[1:]), median(drawing[1:])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="seconds from a save to new pixels")
    parser.add_argument(
        "issue", nargs="?", type=Path, default=Path(__file__).parents[1] / "briefing.yaml"
    )
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    text = options.issue.read_text(encoding="utf-8")
    places = [match.end() for match in PARAGRAPH.finditer(text)]
    early, middle = places[1], places[len(places) // 2]
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        issue = Path(scratch) / options.issue.name
        shutil.copytree(options.issue.parent / "images", issue.parent / "images")
        issue.write_text(text, encoding="utf-8")
        jobs = {
            "saved as it was": lambda _: text,
            "one changed paragraph": lambda n: f"{text[:middle]}改{n}{text[middle:]}",
            "every page changed": lambda n: (
                f"{text[:early]}{'新的文字，' * (30 * (n % 2))}{text[early:]}"
            ),
            "all lines set anew": lambda n: re.sub(
                r"(?m)^theme: .*$", f"theme: {'official' if n % 2 else 'briefing'}", text
            ),
        }
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        with watched(issue) as address:
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(address)
            page.wait_for_selector("html[data-painted]")
            print(f"from save to new pixels, median of {options.runs} (slowest)")
            for name, change in jobs.items():
                found = saves(page, issue, numbered(change), options.runs)
                all_, until, shown = (
                    [one[key] for one in found] for key in ("all", "until", "browser")
                )
                print(
                    f"{name:<24}{median(all_):6.3f} s ({max(all_):.3f})   until it comes"
                    f" {median(until):.3f}, in the browser {median(shown):.3f}"
                )
        browser.close()
        issue.write_text(text, encoding="utf-8")
        writing, drawing = rasterised(issue)
        print(f"\nas PDF instead: {writing:.3f} s to set and write, {drawing:.3f} s to draw a page")


if __name__ == "__main__":
    main()
