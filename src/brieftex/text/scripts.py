"""Superscripts and subscripts of Unicode: m², CO₂, 10⁻³.

Which of them stand for which ordinary character is Unicode's own data (compatibility
decompositions <super> and <sub>); letters that are written above the line as a matter of
spelling (1ᵉʳ) are among them.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_RANGES: Final = (
    (0xB2, 0xB3), (0xB9, 0xB9), (0x2070, 0x209C), (0x2B0, 0x2B8), (0x1D2C, 0x1D6A),
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
"""Superscripts and subscripts, and the character that each is a small form of."""

SCRIPTS: Final = "".join(SCRIPT_BASE)


def is_superscript(char: str) -> bool:
    """Whether one of ``SCRIPTS`` stands above the line; the others stand below."""
    return _DECOMPOSED[char][0] == "<super>"
