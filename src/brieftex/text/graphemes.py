"""Extended grapheme clusters (UAX #29): no line ends within one, and one face sets all of it.

Properties are derived from Unicode's general categories, with the exceptions that the annex lists.
All symbols are taken for pictographs, which differs from the annex only where a zero width joiner
stands between two of them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from brieftex.patterns import late

_PREPENDED: Final = frozenset(
    map(
        chr,
        (
            *range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0xD4E, 0x110BD, 0x110CD,
            0x111C2, 0x111C3, 0x1193F, 0x11941, 0x11A3A, *range(0x11A84, 0x11A8A), 0x11D46, 0x11F02,
        ),
    )
)  # fmt: skip
_EXTENDING: Final = frozenset(
    "\u200c\uff9e\uff9f\u09be\u09d7\u0b3e\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf"
    "\u0ddf\u1b35\u302e\u302f"
)
_STANDING_ALONE: Final = frozenset(
    "\u102b\u102c\u1038\u1062\u1063\u1064\u1067\u1068\u1069\u106a\u106b\u106c\u106d\u1083\u1087"
    "\u1088\u1089\u108a\u108b\u108c\u108f\u109a\u109b\u109c\u1a61\u1a63\u1a64\uaa7b\uaa7d"
)
"""Spacing marks that do not extend the cluster before them."""

# What may continue a cluster, other than combining marks, which the class string shows.
_JOINING: Final = late(
    "[\r\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\u0e33\u0eb3\u1100-\u11ff\u200c\u200d"
    "\ua960-\ua97f\uac00-\ud7ff\uff9e\uff9f\U000110bd-\U000110cd\U000111c2\U000111c3"
    "\U0001193f-\U00011941\U00011a3a-\U00011a89\U00011d46\U00011f02\U0001f1e6-\U0001f1ff"
    "\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
)

# None of what stands in nearly all Chinese text: a set that is searched at once.
_UNUSUAL: Final = late("[^\n -~·–—‘’“”…\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]")

# One letter a property: r n for CR and LF, C control, P prepended, E extending, Z zero width
# joiner, S spacing mark, L V T A B the parts of Hangul syllables, R regional, X pictograph.
_CLUSTER: Final = late(
    "rn|[Crn]|P*(?:L*(?:AV*|V+|B)T*|L+|T+|RR?|X(?:E*ZX)*|[^CrnP])[EZS]*|P+[EZS]*"
)


def may_cluster(text: str) -> bool:
    """Whether ``text`` may have clusters other than those of combining marks."""
    return _UNUSUAL.search(text) is not None and _JOINING.search(text) is not None


def clusters(text: str) -> Iterator[tuple[int, int]]:
    """The offsets (start, end) of every grapheme cluster of ``text``, in order."""
    properties = "".join(map(_property, text))
    for match in _CLUSTER.finditer(properties):
        yield match.span()


# Properties assigned by block.
_BLOCKS: Final = (
    (0x1100, 0x115F, "L"), (0x1160, 0x11A7, "V"), (0x11A8, 0x11FF, "T"), (0xA960, 0xA97C, "L"),
    (0xD7B0, 0xD7C6, "V"), (0xD7CB, 0xD7FB, "T"), (0x1F1E6, 0x1F1FF, "R"), (0x200D, 0x200D, "Z"),
    (0x1F3FB, 0x1F3FF, "E"), (0xE0020, 0xE007F, "E"), (13, 13, "r"), (10, 10, "n"),
)  # fmt: skip
_BY_CATEGORY: Final = {
    "Mn": "E", "Me": "E", "Mc": "S", "So": "X",
    "Cc": "C", "Cf": "C", "Zl": "C", "Zp": "C", "Cs": "C",
}  # fmt: skip
_EXCEPTIONS: Final = {
    **dict.fromkeys(_PREPENDED, "P"),
    **dict.fromkeys(_EXTENDING, "E"),
    **dict.fromkeys(_STANDING_ALONE, "O"),
    **dict.fromkeys("\u0e33\u0eb3", "S"),
    **dict.fromkeys("\u203c\u2049", "X"),
}


def _property(char: str) -> str:
    code = ord(char)
    if 0xAC00 <= code <= 0xD7A3:
        return "B" if (code - 0xAC00) % 28 else "A"
    for first, last, letter in _BLOCKS:
        if first <= code <= last:
            return letter
    return _EXCEPTIONS.get(char) or _BY_CATEGORY.get(unicodedata.category(char), "O")
