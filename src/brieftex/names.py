"""Names and messages as lines show them."""

from __future__ import annotations

_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What turns the direction of writing (UAX #9): ``gpj.exe`` reads as ``exe.jpg``."""


def shown_name(name: str) -> str:
    """A name or a message without what breaks its line, steers a terminal or turns the direction
    of writing, and without bytes that are no text: those are escaped as Python writes them."""
    if name.isprintable():
        return name
    from unicodedata import category  # seldom needed  # noqa: PLC0415

    return "".join(
        c.encode("unicode_escape").decode("ascii")
        if c in _TURNING or category(c) in ("Cc", "Cs", "Zl", "Zp")
        else c
        for c in name
    )
