"""The language of messages: Chinese, unless BRIEFTEX_LANG asks for English."""

from __future__ import annotations

import os


def language() -> str:
    """``zh`` or ``en``."""
    return "en" if os.environ.get("BRIEFTEX_LANG", "").lower().startswith("en") else "zh"


def tr(zh: str, en: str) -> str:
    """The one of two wordings that the user reads."""
    return en if language() == "en" else zh
