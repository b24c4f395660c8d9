"""The live preview: seconds from a save to new pixels, as Chromium's own trace tells them.

    python bench/preview.py [--runs N] [ISSUE]

A real Chromium shows the issue. Each time is from before the file is written until Chromium has
swapped in the first frame with what the window drew. Frames that scripts see are no measure of
it: the second one after a change may begin before the first is painted, or a while after it is
shown. In turn with a paragraph of the issue one is changed that stands alone in a page, and comes
by a socket as pages do: what that takes is Chromium's own, and no preview in it takes less. Beside
them, what the same change would take as a PDF whose visible page is rasterised.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path
from statistics import median
from threading import Thread
from time import perf_counter, time
from typing import Any

import pypdfium2
from playwright.sync_api import Browser, Page, sync_playwright
from websockets.datastructures import Headers
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

from brieftex import typeset

NEXT = """
() => {
  const clock = performance.mark("clock").startTime;
  window.next = new Promise((done) => document.addEventListener("preview:painted",
    ({detail}) => done({...detail, clock, origin: performance.timeOrigin}), {once: true}));
}
"""

REST = """
() => {
  // What changed the first time is what the window shows from then on: who edits looks at it.
  document.querySelector("#elsewhere:not([hidden])")?.click();
  return new Promise((done) => setTimeout(() => {
    [...document.querySelectorAll(".words tspan")].find((line) => /改\\d/.test(line.textContent))
      ?.scrollIntoView({block: "center"});
    setTimeout(done, 300);
  }, 700));
}
"""

ALONE = """<!doctype html><meta charset="utf-8"><title>-</title>
<p style="width: 30em; font: 16px serif"></p>
<script>
const socket = new WebSocket(location.href.replace("http", "ws") + "socket");
socket.addEventListener("message", ({data}) => {
  const received = performance.now();
  document.querySelector("p").textContent = data;
  const detail = {received, drawn: performance.now()};
  document.documentElement.dataset.painted = 1;
  requestAnimationFrame(() => requestAnimationFrame(() => document.dispatchEvent(
    new CustomEvent("preview:painted", {detail}))));
});
</script>
"""
"""A page of one paragraph, which is what comes."""

SHOWN = "SubmitCompositorFrameToPresentationCompositorFrame"
"""The last part of a frame's way in the trace; a frame in which nothing changed has none."""

MOST_MS = 600

TRACED = ["-*", "disabled-by-default-devtools.timeline.frame", "blink.user_timing"]

PARAGRAPH = re.compile(r"\n {6,10}[\u4e00-\u9fff]{10}")

Times = dict[str, float]


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


@contextmanager
def alone(windows: list[ServerConnection]) -> Iterator[str]:
    """Serve the page of one paragraph; gives its address, and adds each window's socket."""

    def page(_: ServerConnection, request: Request) -> Response | None:
        if request.path == "/socket":
            return None
        headers = Headers({"Content-Type": "text/html", "Connection": "close"})
        return Response(200, "OK", headers, ALONE.encode())

    def talk(window: ServerConnection) -> None:
        windows.append(window)
        window.send("")
        for _ in window:
            pass

    with serve(talk, "127.0.0.1", 0, process_request=page, compression=None) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.socket.getsockname()[1]}/"
        server.shutdown()


def opened(browser: Browser, address: str) -> Page:
    """A window that shows its first pages."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    page.wait_for_selector("html[data-painted]")
    return page


def edited(page: Page, change: Callable[[], object]) -> Times:
    """Change what a page shows when all has come to rest; milliseconds of its clock."""
    page.evaluate(REST)
    page.evaluate(NEXT)
    begun = time() * 1000
    change()
    seen: Times = page.evaluate("() => window.next")
    return {**seen, "begun": begun - seen["origin"]}


def shown(trace: bytes, edits: Sequence[Times]) -> list[Times | None]:
    """The seconds of each edit until there were new pixels; None where there were none. What
    changes out of sight is drawn, too, but no frame with it is shown."""
    events: list[dict[str, Any]] = sorted(
        json.loads(trace)["traceEvents"], key=lambda event: event.get("ts", 0)
    )
    marks = [e for e in events if (e["name"], e["cat"]) == ("clock", "blink.user_timing")]
    found: list[Times | None] = []
    for edit, mark in zip(edits, marks, strict=True):
        drawn = mark["ts"] + (edit["drawn"] - edit["clock"]) * 1000
        frames: set[str] = set()  # those with what was drawn that are on their way
        for event in events:
            if event["pid"] != mark["pid"] or not drawn <= event["ts"] < drawn + MOST_MS * 1000:
                continue
            step = event["name"], event["ph"]
            if step == ("Commit", "b"):
                frames.add(event["id2"]["local"])
            elif step == ("PipelineReporter", "e"):
                frames.discard(event["id2"]["local"])
            elif step == (SHOWN, "e") and event["id2"]["local"] in frames:
                pixels = edit["clock"] + (event["ts"] - mark["ts"]) / 1000
                all_, until = pixels - edit["begun"], edit["received"] - edit["begun"]
                times = {"all": all_, "until": until, "browser": all_ - until}
                found.append({name: taken / 1000 for name, taken in times.items()})
                break
        else:
            found.append(None)
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


def told(name: str, times: Sequence[Times | None]) -> None:
    """Print the medians of a job, whose first time is none of them."""
    if not (found := [one for one in times[1:] if one is not None]):
        print(f"{name:<26}no new pixels")
        return
    all_, until, browser = ([one[key] for one in found] for key in ("all", "until", "browser"))
    print(
        f"{name:<26}{median(all_):6.3f} s ({max(all_):.3f})   until it comes"
        f" {median(until):.3f}, in the browser {median(browser):.3f}"
    )


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
        # The folder above the issue's is watched, too, and many programs write into that of all
        # temporary files.
        issue = Path(scratch) / "issue" / options.issue.name
        shutil.copytree(options.issue.parent / "images", issue.parent / "images")
        issue.write_text(text, encoding="utf-8")
        paragraph = "one changed paragraph"
        jobs = {
            "saved as it was": lambda _: text,
            paragraph: lambda n: f"{text[:middle]}改{n}{text[middle:]}",
            "every page changed": lambda n: (
                f"{text[:early]}改{n}{'新的文字，' * (30 * (n % 2))}{text[early:]}"
            ),
            "all lines set anew": lambda n: re.sub(
                r"(?m)^theme: .*$", f"theme: {'official' if n % 2 else 'briefing'}", text
            ),
        }
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        windows: list[ServerConnection] = []
        with watched(issue) as address, alone(windows) as peer:
            page, other = opened(browser, address), opened(browser, peer)
            print(f"from save to new pixels, median of {options.runs} (slowest)")
            for name, change in jobs.items():
                edits: list[Times] = []
                browser.start_tracing(categories=TRACED)
                for number, version in zip(range(options.runs + 1), numbered(change), strict=False):
                    edits.append(edited(page, partial(issue.write_text, version, "utf-8")))
                    if name == paragraph:
                        words = f"改{number}{text[middle : middle + 200]}"
                        edits.append(edited(other, partial(windows[0].send, words)))
                times = shown(browser.stop_tracing(), edits)
                if name == paragraph:
                    told(name, times[::2])
                    told("  alone, from a socket", times[1::2])
                else:
                    told(name, times)
        browser.close()
        issue.write_text(text, encoding="utf-8")
        writing, drawing = rasterised(issue)
        print(f"\nas PDF instead: {writing:.3f} s to set and write, {drawing:.3f} s to draw a page")


if __name__ == "__main__":
    main()
