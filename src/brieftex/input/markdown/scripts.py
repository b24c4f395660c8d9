"""Which characters belong to Chinese text, where Markdown must not think in words and spaces."""

from __future__ import annotations

from brieftex.patterns import ANY, CharacterSet

# Han and what is set on the same grid: CJK punctuation, kana, bopomofo, enclosed and
# compatibility forms, full-width ASCII. Not Hangul, which parts words with spaces, and not
# emoji, which stand in Latin text as well.
_WIDE_RANGES = (
    "\u2e80-\u2fff\u3000-\u30ff\u3100-\u312f\u3190-\u31ff\u3200-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe10-\ufe1f\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003fffd"
)
# The same for patterns that are made with ``Folding``: its class, and how they name all of it.
FOLDED_WIDE = (
    "\u2e80-\u2fff\u3001-\u30ff\u3100-\u312f\u3190-\u31ff\u3200-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe10-\ufe1f\ufe30-\ufe4f\uff01-\uff0f\uff1a-\uff60\uffe0-\uffe6"
    "\U00020000-\U0003fffd"
)
ANY_WIDE = f"{ANY}\u3000\uff10-\uff19"
_WIDE = CharacterSet(_WIDE_RANGES)
# A dash or an ellipsis takes no space beside it in either script.
_CLOSED_UP = CharacterSet(_WIDE_RANGES.replace("\u2e80-", "\u2014\u2026\u2e80-"))
# Written alike in Chinese and in English; the character they enclose tells which.
_SHARED = frozenset("“”‘’…—·")
_VARIATION = CharacterSet("\ufe00-\ufe0f\U000e0100-\U000e01ef")


def is_wide(character: str) -> bool:
    """Whether ``character`` is Han, CJK punctuation, kana or a full-width form."""
    return character in _WIDE


class _Narrow(dict[int, int | None]):
    """What is not wide, for ``str.translate``: the rest is taken away."""

    def __missing__(self, code: int) -> int | None:
        found = self[code] = None if chr(code) in _WIDE else code
        return found


_NARROW = _Narrow()


def columns_of(text: str) -> int:
    """The columns that a text takes where every character is as wide as another, and a wide one
    as two."""
    return 2 * len(text) - len(text.translate(_NARROW))


def joins_without_space(before: str, after: str) -> bool:
    """Whether a line break between ``before`` and ``after`` vanishes instead of being a space.

    As CSS Text 3 §4.1.3 lets segment breaks go, except that one side is enough: in a Chinese
    paragraph the gap between scripts is the setter's, not a typed space.
    """
    return before in _CLOSED_UP or after in _CLOSED_UP


def is_chinese_beside(text: str, at: int, step: int) -> bool:
    """Whether the character of ``text`` at ``at`` is Chinese, seen from an emphasis mark.

    ``step`` leads away from the mark: -1 for the character before it, 1 for the one after. A
    variation selector stands for the character it modifies, and a quotation mark, dash or
    dot shared with English is Chinese if the next one inwards is.
    """
    while 0 <= at < len(text):
        character = text[at]
        if character in _WIDE:
            return True
        if character not in _SHARED and character not in _VARIATION:
            return False
        at += step
    return False
