"""Which Chromium the tests take, and the windows that they look at."""

from __future__ import annotations

import shutil

from playwright.sync_api import CDPSession, Error, Page

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The same engine three times, the first without the browser around it: no tabs and no address to
draw, which is a third of what the preview's tests do."""


def chromium_path() -> str | None:
    """The first that is installed."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def window_of(opener: Page) -> Page:
    """A window that a page opens by a script: it has neither tabs nor buttons, which Chromium draws
    along with the page and which took a quarter of all work."""
    with opener.expect_popup() as opened:
        opener.evaluate("() => { open('about:blank', '', 'popup'); }")
    return opened.value


def captured(window: Page, session: CDPSession, options: dict[str, object]) -> str:
    """A picture of the window, asked for again, a frame later, where Chromium has none yet."""
    for tries_left in reversed(range(20)):
        try:
            return str(session.send("Page.captureScreenshot", options)["data"])
        except Error as error:
            if "Unable to capture" not in str(error) or not tries_left:
                raise
            window.evaluate("() => new Promise((done) => requestAnimationFrame(done))")
    raise AssertionError
