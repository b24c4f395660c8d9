"""What is printed for a character that no face has: its like among those that Chinese faces have.

Chat programs and Word put such signs into texts: keycaps, emoji, the bullets and ticks of dingbats,
the mathematical letters of an equation. A substitute is never printed in silence.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from brieftex.patterns import FORMAT, late

UNSEEN: Final = late(
    f"[{FORMAT}\u034f\u17b4\u17b5\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]+"
)
"""Characters without ink: format characters, variation selectors, the joiner of graphemes."""

_KEYCAP: Final = late("([0-9#*])\u20e3|(🔟)")
_CIRCLED: Final = dict(zip("0123456789🔟", "⓪①②③④⑤⑥⑦⑧⑨⑩", strict=True))

_LIKE: Final = {
    "□": "☐⬜◻◽▢❏❐❑❒",
    "■": "⬛◼◾",
    "√": "☑✅✔✓🗹🗸",
    "×": "☒❌❎✖✗✘✕🗷🗴🗶",
    "→": "➡⮕➔➙➛➜➝➞➟➠➥🡒🠊👉",
    "←": "⬅🡐👈",
    "↑": "⬆🡑☝👆",
    "↓": "⬇🡓👇",
    "▶": "➢➣➤⮚⮞🞂▸",
    "◀": "◂",
    "★": "⭐🌟✪✭✮✯",
    "☆": "✩✫✰",
    "●": "🔴🔵🟠🟡🟢🟣🟤⚫🞄⬤",
    "○": "⚪⭕",
    "◆": "🔶🔷🔸🔹❖⬥✦",
    "◇": "✧",
    "＊": "✱✲✳✻✼∗",
    "≈": "≒≓",
    "▲": "🔺▴",
    "▼": "🔻▾",
    "☎": "✆",
    "Φ": "⌀",
    "·": "⋅",
    "～": "∼",
    "+": "➕",
    "－": "➖",
    "÷": "➗",
    "！": "❗❕",
    "？": "❓❔",
    " ": "\u2800\u3164\uffa0",  # blanks, which chat programs let stand in names
}
_SYMBOLS: Final = {
    "•": "\uf0b7\uf09e\uf09f",
    "●": "\uf06c",
    "■": "\uf06e\uf0a7",
    "◆": "\uf075\uf076\uf077",
    "□": "\uf06f\uf071\uf072\uf0a3\uf0a8\uf0b2",
    "√": "\uf050\uf052\uf0fc\uf0fe",
    "×": "\uf04f\uf051\uf0fb\uf0fd",
    "▶": "\uf0d8",
    "→": "\uf0e0\uf0e8\uf0f0",
}
"""What Wingdings, Wingdings 2 and Symbol draw where Word takes bullets and boxes from them: text
that is pasted from it has their codes, behind U+F000."""
_LIKE_OF: Final = {
    char: like for likes in (_LIKE, _SYMBOLS) for like, chars in likes.items() for char in chars
}

_COMPATIBLE: Final = late("(<(font|compat|circle|square|fraction)> )?[0-9A-F]")
"""Decompositions (UAX #44) that change the look of a character but neither its place, as that of a
superscript, nor its width."""


def substitutes(text: str) -> Iterator[str]:
    """What may stand for a character or cluster, the best first, where a face has all of it: the
    circled digit for a keycap, or else the plain one; □ for ☐; x for the 𝑥 of an equation."""
    plain = UNSEEN.sub("", text)
    if keycap := _KEYCAP.fullmatch(plain):
        key = keycap[1] or keycap[2]
        if key in _CIRCLED:
            yield _CIRCLED[key]
        yield key
    elif plain in _LIKE_OF:
        yield _LIKE_OF[plain]
    elif _is_sign(plain) and _COMPATIBLE.match(unicodedata.decomposition(plain)):
        yield unicodedata.normalize("NFKC", plain)


def _is_sign(text: str) -> bool:
    """Whether a text is one letter, number or symbol."""
    return len(text) == 1 and unicodedata.category(text)[0] in "LNS"
