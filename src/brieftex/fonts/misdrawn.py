"""Glyphs that do not show the character they are mapped to.

A face may map a character to the glyph of another. The text of the file is right then but the ink
is wrong, which is not noticed before it is printed. Such a glyph counts as missing, so that the
next face of the chain draws the character.

For bundled faces there is a list. ``scripts/misdrawn.py`` finds what differs from a second face or
looks like another character of the same face; what is listed was checked by eye, enlarged. Any
other face is tested, when such a character is first used, for characters whose confusion could
cost money.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

MISDRAWN: Final[Mapping[str, str]] = {
    # 郁只干松髒丑鹵余碱症舍准 ＄, a trade mark too small to see, hyphens, kana that are not small
    "FandolFang-Regular": "鬱衹幹鬆臟醜滷餘鹼癥捨準￥™－￣ヵヶ",
    "FandolKai-Regular": "誠懲騁稱￥™－￣ヵヶ",  # 騁誠秤懲 ＄, the same speck, hyphens, kana
    "NotoSansSC-Medium": "",
    "NotoSerifSC-Bold": "",
    "NotoSerifSC-ExtraLight": "",
    "NotoSerifSC-Regular": "",
    "Tinos-Regular": "",
}
"""By PostScript name, the characters that a bundled face misdraws."""

TOLD_APART: Final = frozenset(
    "￥¥＄$￡£€￠¢"
    "0123456789０１２３４５６７８９"
    "，。、；：？！（）〔〕［］《》〈〉「」『』【】“”‘’—…～·％‰℃,.;:?!()[]-+%/"
)
"""Currency signs, digits and punctuation: any two must look different, unless they are the same
character in two widths."""


def confused(outline: Callable[[str], object]) -> frozenset[str]:
    """Those of ``TOLD_APART`` that a face draws like another of them.

    ``outline`` returns the outline of a character, something empty if there is none. Both of two
    characters are returned, since it is not known which of them is wrong.
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
