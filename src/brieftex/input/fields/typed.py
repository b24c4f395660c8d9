"""What people type around a value without meaning it: blanks, unseen characters, quotes."""

from __future__ import annotations

from brieftex.patterns import FORMAT, late

_INVISIBLE = late(f"[{FORMAT}]")
_QUOTES = {"“": "”", "‘": "’", "”": "”", "’": "’", "＂": "＂", "＇": "＇", "「": "」", "『": "』"}


def clean(text: str) -> str:
    """A value without blanks around it and without characters that no one sees."""
    return _INVISIBLE.sub("", text).strip()


def unquoted(text: str) -> str:
    """What stands between curly quotation marks around all of a text, or ""."""
    core = clean(text)
    closing = _QUOTES.get(core[:1])
    if closing is None or len(core) < 3 or core[-1] != closing or closing in core[1:-1]:
        return ""
    return core[1:-1]


def short(text: str) -> str:
    """A text for a message: its first line, not more than a dozen or so characters."""
    line = text.strip().split("\n")[0]
    return line if len(line) <= 20 else line[:20] + "…"
