"""Glyphs that are not the character they are mapped to.

A face may answer for a character and draw another: the text of the file is right then, and the
ink is wrong, which nobody sees before it is printed. Such a glyph counts as missing, so that
the next face of the chain draws the character.

The bundled faces are known by name. ``scripts/misdrawn.py`` finds what differs from a second
face or looks like another character of the same face; what is listed here was looked at,
enlarged. Any other face is asked, when one of them is used first, whether it tells apart the
characters where a confusion costs money.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

MISDRAWN: Final[Mapping[str, str]] = {
    # 郁只干松髒丑鹵余碱症舍准 ＄, a trade mark too small to see, hyphens
    "FandolFang-Regular": "鬱衹幹鬆臟醜滷餘鹼癥捨準￥™－￣",
    "FandolKai-Regular": "誠懲騁稱￥™－￣",  # 騁誠秤懲 ＄, the same speck, hyphens
    "NotoSansSC-Medium": "",
    "NotoSerifSC-Bold": "",
    "NotoSerifSC-ExtraLight": "",
    "NotoSerifSC-Regular": "",
    "Tinos-Regular": "",
}
"""By PostScript name, what a bundled face draws as something else."""

TOLD_APART: Final = frozenset(
    "￥¥＄$￡£€￠¢"
    "0123456789０１２３４５６７８９"
    "，。、；：？！（）〔〕［］《》〈〉「」『』【】“”‘’—…～·％‰℃,.;:?!()[]-+%/"
)
"""Currency, digits and punctuation: any two of them look different, unless they are one
character in two widths."""


def confused(outline: Callable[[str], object]) -> frozenset[str]:
    """Those of ``TOLD_APART`` that a face draws like another of them.

    ``outline`` gives the outline of a character, something empty where there is none. Which of
    two is the wrong one cannot be known, so both are returned.
    """
    alike: dict[object, list[str]] = {}
    for char in sorted(TOLD_APART):
        if drawn := outline(char):
            alike.setdefault(drawn, []).append(char)
    return frozenset(
        char
        for chars in alike.values()
        if len({unicodedata.normalize("NFKC", char) for char in chars}) > 1
        for char in chars
    )
