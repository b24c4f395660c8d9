"""Character classes and line rules of Chinese text, as data.

Sources: W3C CLREQ (tables of punctuation, prohibition rules, punctuation width adjustment),
GB/T 15834-2011 section 5.1 (positions and widths of marks), UAX #14 where these are silent.
The classes of a text are a string with one letter per character, so that rules about neighbours
are regular expressions over it. ``text.classify`` assigns them; it alone considers context.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from brieftex.patterns import late
from brieftex.styled.styles import Kinsoku


class CharClass(StrEnum):
    """How a character behaves in a line; the value is its letter in a class string."""

    HAN = "H"  # ideographs, kana, full-width letters, symbols: stand alone, break on both sides
    OPENING = "("
    CLOSING = ")"
    PAUSE = ","  # ， 、 ； ：
    STOP = "."  # 。 ．
    EXCLAMATION = "!"  # ？ ！
    DASH = "D"  # each half of ——, or ⸺
    ELLIPSIS = "E"  # each half of ……
    CONNECTOR = "~"  # 一字线 — and 浪纹线 ～
    INTERPUNCT = "m"  # · between Han
    SOLIDUS = "/"  # ／, and / beside Han
    PREFIX = "p"  # ￥ №: bound to the number that follows
    POSTFIX = "q"  # ％ ℃ ‰: bound to the number before
    LETTER = "L"  # Latin, Greek, Cyrillic letters
    DIGIT = "0"
    WESTERN = "w"  # proportional marks and symbols of Western text
    SPACE = "s"
    NO_BREAK = "g"  # no-break space
    JOINER = "j"  # word joiner: invisible, forbids a break
    SOFT_HYPHEN = "y"  # invisible, allows a break with a hyphen
    ZERO_SPACE = "z"  # zero width space: invisible, allows a break
    IDEOGRAPHIC_SPACE = "I"
    MARK = "M"  # combining marks, selectors, format characters: part of what precedes
    NEWLINE = "n"


WIDE: Final = "H(),.!DE~m/pqI"
"""Classes set from the Han face, one character at a time."""

MEMBERS: Final = {
    CharClass.OPENING: "（〔［｛〈《「『【〖〝",
    CharClass.CLOSING: "）〕］｝〉》」』】〗〞〟",
    CharClass.PAUSE: "，、；：",
    CharClass.STOP: "。．",
    CharClass.EXCLAMATION: "？！‼⁇⁈⁉",
    CharClass.DASH: "⸺⸻",
    CharClass.ELLIPSIS: "⋯",
    CharClass.CONNECTOR: "～－〜",
    CharClass.INTERPUNCT: "・‧",
    CharClass.SOLIDUS: "／",
    CharClass.PREFIX: "￥＄￡№",
    CharClass.POSTFIX: "％‰‱℃℉",
    CharClass.DIGIT: "0123456789",
    CharClass.SPACE: " \t\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f",
    CharClass.NO_BREAK: "\u00a0\u202f\u2007",
    CharClass.JOINER: "\u2060\ufeff",
    CharClass.SOFT_HYPHEN: "\u00ad",
    CharClass.ZERO_SPACE: "\u200b",
    CharClass.IDEOGRAPHIC_SPACE: "\u3000",
    CharClass.NEWLINE: "\n",
}

WESTERN_RANGES: Final = (
    (0x00, 0x02FF), (0x2000, 0x209F), (0x20A0, 0x20CF), (0x2120, 0x2122), (0x2150, 0x215F),
    (0x2200, 0x22FF),
)  # fmt: skip
"""Marks and signs of Western text, without letters and digits."""

UNIT_SQUARES: Final = ((0x3371, 0x337A), (0x3380, 0x33DF), (0x33FF, 0x33FF))
"""Units of measure as one character (㎎ ㎜ ㎡), kept with the number before them."""

# --- Prohibition rules (避头尾). CLREQ, Prohibition Rules for Line Start and Line End. ---

_BASIC_START: Final = "),.!~mq/"
_BASIC_END: Final = "("
NOT_AT_LINE_START: Final = {
    Kinsoku.BASIC: _BASIC_START,
    Kinsoku.GB: _BASIC_START,
    Kinsoku.STRICT: _BASIC_START + "DE",
}
NOT_AT_LINE_END: Final = {
    Kinsoku.BASIC: _BASIC_END + "p",
    # GB/T 15834-2011 5.1.9: the solidus neither begins nor ends a line.
    Kinsoku.GB: _BASIC_END + "p/",
    Kinsoku.STRICT: _BASIC_END + "p/",
}

# The marks that Microsoft Word does not let begin or end a zh-CN line (ECMA-376 part 1, 17.3.1.16;
# [MS-OI29500] 2.1.52 names the marks that may hang). These are characters, not classes.
WORD_NOT_AT_START: Final = frozenset(
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
)
WORD_NOT_AT_END: Final = frozenset("$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥")
WORD_HANGING: Final = frozenset(
    "!%),.:;>?]}¢°·ˇ’”‰′″℃∶、。〃〉》」』】〕〗〞﹚﹜﹞！＂％＇），．：；？］｝￠"
)

RAISED: Final = "²³¹⁰ⁱ⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ªº™℠®"
"""Exponents, indices and signs that belong to the word before them."""

# Western closing marks may not begin a line, and opening ones may not end it.
WESTERN_NOT_AT_START: Final = frozenset(".,;:!?)]}%’”»°′″·" + RAISED)
WESTERN_NOT_AT_END: Final = frozenset("([{$£€#@‘“«´ˈˌ")
HYPHENS: Final = "-–‐‑"
"""短横线 and its substitutes: after a Han character a hyphen belongs to it (歼-20) and does not
begin a line (GB/T 15834 5.1.6). The minus sign is a different character."""

# Iteration marks, the long vowel and small kana do not begin a line (UAX #14, classes NS and CJ).
LEANING: Final = late("[々〻ゝゞヽヾーｰぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿｧ-ｯ]")

# --- Justification (CLREQ, Procedures for Line Adjustment) --------------------------------


class ShrinkStep(StrEnum):
    """The steps of shrinking a line, in order; the value is the letter used in columns."""

    NONE = "-"
    WORD = "2"  # Western word spaces, to 1/4 em
    BRACKET = "4"  # before opening and after closing marks
    PAUSE = "5"  # after ， 、 ； and ： (CLREQ is silent on the colon)
    SCRIPT = "6"  # gaps between Han and Latin, to their least
    STOP = "7"  # after 。 ？ ！


SHRINK_ORDER: Final = (
    ShrinkStep.WORD,
    ShrinkStep.BRACKET,
    ShrinkStep.PAUSE,
    ShrinkStep.SCRIPT,
    ShrinkStep.STOP,
)


class Gap(StrEnum):
    """How the space after a character stretches; the value is the letter used in columns."""

    FIXED = "-"  # inside words, numbers, —— and ……
    HAN = "h"
    SCRIPT = "x"
    WORD = "w"
    URL = "u"  # inside a URL or a long code, which may break anywhere


STRETCH_WEIGHT: Final = {Gap.FIXED: 0, Gap.HAN: 4, Gap.SCRIPT: 4, Gap.WORD: 4, Gap.URL: 1}
"""The weight with which a gap stretches beside others. A line may hold nothing but a URL: a quarter
of the other gaps' weight is not noticed, and still fills such a line."""


STEP_OF: Final = {
    CharClass.OPENING: ShrinkStep.BRACKET,
    CharClass.CLOSING: ShrinkStep.BRACKET,
    CharClass.PAUSE: ShrinkStep.PAUSE,
    CharClass.STOP: ShrinkStep.STOP,
    CharClass.EXCLAMATION: ShrinkStep.STOP,
}

# Marks whose cell is blank in its left half, in its right half (GB/T 15834 5.1.1 to 5.1.3).
BLANK_LEFT: Final = "("
BLANK_RIGHT: Final = "),.!"
HANGING: Final = ",."

# Widths in 1/1000 em that GB/T 15834 5.1.4 to 5.1.9 prescribe, whatever the advance in the face.
CELL: Final = {
    CharClass.DASH: 1000,
    CharClass.ELLIPSIS: 1000,
    CharClass.CONNECTOR: 1000,
    CharClass.INTERPUNCT: 500,
    CharClass.SOLIDUS: 500,
}
CELL_OF: Final = {"⸺": 2000, "⸻": 3000}
"""Dashes that are a single character."""
