"""Superscripts and subscripts of Unicode: m², CO₂, 10⁻³.

The ordinary character of each comes from Unicode's compatibility decompositions (<super> and
<sub>), which include the modifier letters of abbreviations (1ᵉʳ).
"""

from __future__ import annotations

import unicodedata
from typing import Final

_RANGES: Final = (
    (0xB2, 0xB3), (0xB9, 0xB9), (0x2070, 0x209C), (0x2B0, 0x2B8), (0x2E0, 0x2E4),
    (0x1D2C, 0x1D6A), (0x1D9B, 0x1DBF), (0x2C7C, 0x2C7D),
)  # fmt: skip


def _decompositions() -> dict[str, tuple[str, str]]:
    found = {}
    for first, last in _RANGES:
        for char in map(chr, range(first, last + 1)):
            kind, _, base = unicodedata.decomposition(char).partition(" ")
            if kind in ("<super>", "<sub>") and base:
                found[char] = kind, chr(int(base, 16))
    return found


_DECOMPOSED: Final = _decompositions()

SCRIPT_BASE: Final = {char: base for char, (_, base) in _DECOMPOSED.items()}
"""Superscripts and subscripts, with the ordinary character of each."""

SCRIPTS: Final = "".join(SCRIPT_BASE)


def is_superscript(char: str) -> bool:
    """Whether a character of ``SCRIPTS`` is a superscript; the others are subscripts."""
    return _DECOMPOSED[char][0] == "<super>"
