"""Which Chromium the tests take."""

from __future__ import annotations

import shutil

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The same engine three times, the first without the browser around it: no tabs and no address to
draw, which is a third of what the preview's tests do."""


def chromium_path() -> str | None:
    """The first that is installed."""
    return next(filter(None, map(shutil.which, NAMES)), None)
