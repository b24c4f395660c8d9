"""Which characters are superscripts and subscripts, held against Unicode's own data."""

from __future__ import annotations

import unicodedata

from brieftex.text.scripts import SCRIPT_BASE, is_superscript

OTHERS = "\xaa\xba™℠\u10fc\u1d78\u2d6f"
"""Signs of ordinals and trade, each a sign of its own, and letters of other scripts."""


def test_all_superscripts_and_subscripts_are_known() -> None:
    """Ensures that each that a Western text may hold has its ordinary character, as Unicode says,
    and nothing else has."""
    told = {
        char: unicodedata.decomposition(char).split()
        for char in map(chr, range(0x80, 0x3000))
        if unicodedata.decomposition(char).startswith(("<super>", "<sub>")) and char not in OTHERS
    }
    assert {char: chr(int(base, 16)) for char, (_, base) in told.items()} == SCRIPT_BASE
    for char, (kind, _) in told.items():
        assert is_superscript(char) == (kind == "<super>")
