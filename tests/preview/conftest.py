"""The preview as its users meet it: ``brieftex watch`` as a process, a real Chromium. It shows
pictures, too, since to start it takes longer than that.

Everything is waited for by events: of the document (``preview:painted`` and others) or lines
of the process. The limits only end a test that has failed.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from helpers.browsers import chromium_path, window_of
from helpers.processes import COMMAND, started
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright

LIMIT_MS = 30_000

FONTS = """\
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""

LEAVE = """() => {
    sessionStorage.clear();
    WebSocket = class extends EventTarget {};
}"""
"""What a page does before its preview ends: it keeps nothing, and will not look for it, since that
it found nothing would be told as an error, perhaps to the next test."""

ISSUE = """\
brieftex: 1
masthead:
  name: 试排
  number: 1
  issuer: 办公室
  date: 2026-01-05
contents: false
sections:
  - title: 动态
    items:
      - title: 第一件事
        body: 开头的一段话。
{items}
"""

ITEM = """\
      - title: 第{k}项工作
        body: |
          {text}
"""


def write_issue(folder: Path, items: int) -> Path:
    """An issue in a folder of its own, with so many items, every paragraph another: one is a page,
    sixteen are five."""
    path = folder / "简报" / "issue.yaml"
    path.parent.mkdir()
    more = [
        ITEM.format(k=k, text=f"这是第{k}项工作的说明，" + "有关情况如下，" * 20)
        for k in range(2, items + 1)
    ]
    path.write_text(ISSUE.format(items="".join(more).rstrip()), encoding="utf-8")
    return path


class Watch:
    """``brieftex watch`` on an issue."""

    def __init__(
        self,
        path: Path,
        *options: str,
        command: Sequence[str] = ("watch",),
        program: str = COMMAND,
        **environment: str,
    ) -> None:
        self.path = path
        home = path.parent.parent  # not the issue's folder: it may go
        call = *command, str(path.relative_to(home)), *options
        env = {**os.environ, **environment}
        self.process = started(*call, program=program, cwd=home, env=env, stderr=subprocess.PIPE)
        self.address = self.line(r"http://\S+")

    def line(self, pattern: str) -> str:
        """The next match in what the process says; its lines up to there are used up."""
        found = re.search(pattern, self.until(pattern))
        assert found is not None
        return found[0]

    def until(self, pattern: str) -> str:
        """What the process says up to a line with this pattern."""
        assert self.process.stderr is not None
        said = ""
        limit = Timer(LIMIT_MS / 1000, self.process.kill)
        limit.start()
        try:
            for line in self.process.stderr:
                said += line
                if re.search(pattern, line):
                    return said
        finally:
            limit.cancel()
        raise AssertionError(said)

    def save(self, text: str) -> None:
        self.path.write_text(text, encoding="utf-8")

    def stop(self) -> tuple[int, str]:
        """Press Ctrl-C; the exit status and what was said since."""
        self.process.send_signal(signal.SIGINT)
        _, said = self.process.communicate(timeout=LIMIT_MS / 1000)
        return self.process.wait(), said


class Window:
    """A window on the preview."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def get(self, expression: str) -> Any:
        return self.page.evaluate(f"() => ({expression})")

    def until(self, condition: str) -> None:
        """Wait until an expression is true, asked anew at each of the preview's events."""
        self.page.evaluate(
            f"""() => new Promise((done, fail) => {{
                const check = () => {{ if ({condition}) done(); }};
                for (const what of ["painted", "inked", "worded", "source", "place", "file"])
                  document.addEventListener("preview:" + what, check);
                check();
                setTimeout(() => fail(new Error({condition!r})), {LIMIT_MS});
            }})"""
        )

    def until_text(self, text: str, *, there: bool = True) -> None:
        test = f"document.getElementById('pages').textContent.includes({text!r})"
        self.until(test if there else f"!{test}")

    def number_of(self, text: str) -> int:
        """The page that a text is on. Words come when the browser has time for them."""
        self.until_text(text)
        leaves = "[...document.querySelectorAll('.leaf')]"
        found: int = self.get(f"{leaves}.findIndex(leaf => leaf.textContent.includes({text!r}))")
        assert found >= 0, text
        return found + 1

    def rest(self) -> None:
        """Wait for the end of a smooth scroll: two frames in the same place."""
        self.page.evaluate(
            """() => new Promise(done => {
                const desk = document.getElementById('desk');
                let last = -1;
                const look = () => {
                  if (desk.scrollTop === last) return done();
                  last = desk.scrollTop;
                  requestAnimationFrame(() => requestAnimationFrame(look));
                };
                look();
            })"""
        )

    def click_text(self, text: str) -> None:
        """Click on the first character of a text that begins a line."""
        box = self.get(
            f"""(() => {{
                const line = [...document.querySelectorAll('.words tspan')]
                  .find(one => one.textContent.includes({text!r}));
                const edge = line.getExtentOfChar(line.textContent.indexOf({text!r}));
                const point = new DOMPoint(edge.x + edge.width / 2, edge.y + edge.height / 2)
                  .matrixTransform(line.getScreenCTM());
                return [point.x, point.y];
            }})()"""
        )
        self.page.mouse.click(*box)


@pytest.fixture(scope="package")
def chromium(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A real Chromium that knows the bundled faces alone; the tests are skipped where there is
    none."""
    path = chromium_path()
    if path is None:
        pytest.skip("chromium is not installed")
    # Chromium's own walls need rights that containers lack.
    arguments = ["--no-sandbox"]
    folder = tmp_path_factory.mktemp("fonts")
    (folder / "fonts.conf").write_text(FONTS.format(fonts=root / "fonts", cache=folder), "utf-8")
    environment = {"FONTCONFIG_FILE": str(folder / "fonts.conf"), "HOME": str(folder)}
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=path, args=arguments, env=environment
            )
        except Error as error:
            pytest.skip(f"{path} does not start: {error}")
        yield browser
        browser.close()


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    """An issue of a page: to set, send and draw five takes three times as long."""
    return write_issue(tmp_path, 1)


@pytest.fixture
def long_issue(tmp_path: Path) -> Path:
    """An issue of five pages, for a test of pages that are out of sight."""
    return write_issue(tmp_path, 16)


@pytest.fixture
def watch() -> Iterator[Callable[..., Watch]]:
    """Start watching an issue; it ends with the test."""
    started: list[Watch] = []

    def start(
        path: Path,
        *options: str,
        fonts: Sequence[str] = ("--bundled-fonts",),
        command: Sequence[str] = ("watch",),
        program: str = COMMAND,
        **environment: str,
    ) -> Watch:
        given = *fonts, *(options or ("--no-open",))
        started.append(Watch(path, *given, command=command, program=program, **environment))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.communicate()


@pytest.fixture(scope="package")
def opener(chromium: Browser) -> Page:
    """The page that opens the windows."""
    return chromium.new_page(reduced_motion="reduce")


@pytest.fixture(scope="package")
def idle() -> list[Page]:
    """Windows that no test looks at. Each goes from its last preview straight to the next, which is
    of the same site: a way by a blank page, which is of none, would take a new process of Chromium
    each time, and one by an empty page of the site is an eighth of all work."""
    return []


@pytest.fixture
def window(opener: Page, idle: list[Page]) -> Iterator[Callable[..., Window]]:
    """Open a window on an address and wait for its first pages; errors of its scripts fail
    the test."""
    pages: list[tuple[Page, dict[str, Callable[[Any], None]]]] = []
    errors: list[str] = []

    def failed(error: Error) -> None:
        errors.append(str(error))

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    def open_(
        address: str, width: int = 1300, height: int = 800, **heard: Callable[[Any], None]
    ) -> Window:
        """``heard`` is who hears of other events, by their names."""
        page = idle.pop() if idle else window_of(opener)
        page.set_viewport_size({"width": width, "height": height})
        listeners = {"pageerror": failed, "console": said, **heard}
        pages.append((page, listeners))
        for event, listener in listeners.items():
            page.on(event, listener)  # type: ignore[call-overload]  # any of them
        page.goto(address)
        seen = Window(page)
        seen.until("document.documentElement.dataset.painted")
        return seen

    yield open_
    for page, listeners in pages:
        for event, listener in listeners.items():
            page.remove_listener(event, listener)
        page.evaluate(LEAVE)
        idle.append(page)
    assert errors == []
