"""Character classes and line rules of Chinese text, as data.

Sources: W3C CLREQ (tables of punctuation, prohibition rules, punctuation width adjustment),
GB/T 15834-2011 section 5.1 (places and widths of marks), UAX #14 where they are silent.
A text's classes are a string of one letter per character, so that rules about neighbours
are regular expressions over it. ``classify`` is the only function that looks at context.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class CharClass(StrEnum):
    """What a character is to the line; the value is its letter in a class string."""

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
    MARK = "M"  # combining marks, variation selectors: part of what precedes
    NEWLINE = "n"


WIDE: Final = "H(),.!DE~m/pqI"
"""Classes set from the Han face, one character at a time."""

_MEMBERS: Final = {
    CharClass.OPENING: "（〔［｛〈《「『【〖〝",
    CharClass.CLOSING: "）〕］｝〉》」』】〗〞〟",
    CharClass.PAUSE: "，、；：",
    CharClass.STOP: "。．",
    CharClass.EXCLAMATION: "？！‼⁇⁈⁉",
    CharClass.DASH: "⸺",
    CharClass.ELLIPSIS: "⋯",
    CharClass.CONNECTOR: "～－〜",
    CharClass.INTERPUNCT: "・‧",
    CharClass.SOLIDUS: "／",
    CharClass.PREFIX: "￥＄￡№",
    CharClass.POSTFIX: "％‰℃℉㎡㎥㎏㎜㎝㎞",
    CharClass.DIGIT: "0123456789",
    CharClass.SPACE: " \t",
    CharClass.NO_BREAK: "\u00a0\u202f\u2007",
    CharClass.JOINER: "\u2060\ufeff",
    CharClass.SOFT_HYPHEN: "\u00ad",
    CharClass.ZERO_SPACE: "\u200b",
    CharClass.IDEOGRAPHIC_SPACE: "\u3000",
    CharClass.NEWLINE: "\n",
}

_LETTERS: Final = (
    (0x41, 0x5A), (0x61, 0x7A), (0xAA, 0xAA), (0xB5, 0xB5), (0xBA, 0xBA), (0xC0, 0xD6),
    (0xD8, 0xF6), (0xF8, 0x2AF), (0x370, 0x3FF), (0x400, 0x52F), (0x1E00, 0x1FFF),
    (0x2C60, 0x2C7F),
)  # fmt: skip
_MARKS: Final = (
    (0x300, 0x36F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0x3099, 0x309A),
    (0xFE00, 0xFE0F), (0xFE20, 0xFE2F), (0xE0100, 0xE01EF),
)  # fmt: skip
_WESTERN: Final = (
    (0x00, 0x02FF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20CF), (0x2190, 0x218F),
    (0x2200, 0x22FF),
)  # fmt: skip


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)


class _Classes(dict[int, str]):
    """Code point to class letter, for str.translate; what is not listed goes by range."""

    def __missing__(self, code: int) -> str:
        if _within(code, _LETTERS):
            letter = CharClass.LETTER
        elif _within(code, _MARKS):
            letter = CharClass.MARK
        elif _within(code, _WESTERN):
            letter = CharClass.WESTERN
        else:
            letter = CharClass.HAN
        self[code] = letter.value
        return letter.value


_CLASSES: Final = _Classes(
    {ord(char): str(kind) for kind, members in _MEMBERS.items() for char in members}
)

# Marks that Chinese and Western text share (East Asian Width A): only context tells.
_SHARED: Final = re.compile("[“”‘’—…·/]")
_DOUBLED: Final = re.compile("——+|……+")
_SINGLE: Final = re.compile("(?:https?://|www\\.)[!-~]+|(?<!—)—(?!—)|(?<!…)…(?!…)|[·/]")
_CHINESE: Final = frozenset("H(),.!DE~mpqI")


def classify(text: str) -> str:
    """The class letters of ``text``, one for each character.

    “ ” ‘ ’ are Chinese when anything they enclose or either neighbour of the pair is;
    — and … when doubled or beside Chinese; · and / when beside Chinese.
    """
    plain = text.translate(_CLASSES)
    if _SHARED.search(text) is None:
        return plain
    classes = list(plain)
    for match in _DOUBLED.finditer(text):
        start, end = match.span()
        classes[start:end] = (CharClass.DASH if match[0][0] == "—" else CharClass.ELLIPSIS) * (
            end - start
        )
    for match in _SINGLE.finditer(text):
        if len(match[0]) > 1:
            continue  # a URL: all of it Western, the last / of it too
        classes[match.start()] = _single_mark(match[0], classes, match.start())
    _pair_quotes(text, classes)
    return "".join(classes)


def _neighbours(classes: list[str], before: int, after: int) -> bool:
    """Whether the character before ``before`` or the one at ``after`` is Chinese."""
    return (before > 0 and classes[before - 1] in _CHINESE) or (
        after < len(classes) and classes[after] in _CHINESE
    )


def _single_mark(char: str, classes: list[str], at: int) -> str:
    """The class of one — … · or / from its neighbours."""
    chinese = _neighbours(classes, at, at + 1)
    if char == "—":
        beside = classes[max(at - 1, 0) : at] + classes[at + 1 : at + 2]
        return CharClass.CONNECTOR if chinese or "0" in beside else CharClass.WESTERN
    if not chinese:
        return CharClass.WESTERN
    if char == "…":
        return CharClass.ELLIPSIS
    return CharClass.INTERPUNCT if char == "·" else CharClass.SOLIDUS


_OPENERS: Final = {"“": "”", "‘": "’"}


def _pair_quotes(text: str, classes: list[str]) -> None:
    """Give each quotation mark its class: pairs decide together (GB/T 15834 4.8)."""
    open_at: list[int] = []
    lone: list[int] = []
    pairs: list[tuple[int, int]] = []
    for match in re.finditer("[“”‘’]", text):
        at, char = match.start(), match[0]
        if char == "’" and _apostrophe(classes, at):
            continue
        if char in _OPENERS:
            open_at.append(at)
        elif open_at and _OPENERS[text[open_at[-1]]] == char:
            pairs.append((open_at.pop(), at))
        else:
            lone.append(at)
    # From the inside out, then back: a pair may be Chinese for what it encloses, or because
    # the pair around or beside it is.
    for start, at in (*pairs, *reversed(pairs)):
        chinese = _neighbours(classes, start, at + 1) or any(
            letter in _CHINESE for letter in classes[start + 1 : at]
        )
        if chinese:
            classes[start], classes[at] = CharClass.OPENING, CharClass.CLOSING
    for at in (*open_at, *lone):
        if _neighbours(classes, at, at + 1):
            classes[at] = CharClass.OPENING if text[at] in _OPENERS else CharClass.CLOSING


def _apostrophe(classes: list[str], at: int) -> bool:
    """Whether ’ at ``at`` stands between letters or digits."""
    return 0 < at < len(classes) - 1 and classes[at - 1] in "L0" and classes[at + 1] in "L0"


# --- Prohibition rules (避头尾). CLREQ, Prohibition Rules for Line Start and Line End. ---

_BASIC_START: Final = "),.!~mq/"
_BASIC_END: Final = "("
NOT_AT_LINE_START: Final = {
    "basic": _BASIC_START,
    "gb": _BASIC_START,
    "strict": _BASIC_START + "DE",
}
NOT_AT_LINE_END: Final = {
    "basic": _BASIC_END + "p",
    # GB/T 15834-2011 5.1.9 keeps the solidus from both edges.
    "gb": _BASIC_END + "p/",
    "strict": _BASIC_END + "p/",
}
KINSOKU_LEVELS: Final = tuple(NOT_AT_LINE_START)

# What Microsoft Word keeps from the edges of a zh-CN line (ECMA-376 part 1, 17.3.1.16;
# [MS-OI29500] 2.1.52 names the marks that may hang). These are characters, not classes.
WORD_NOT_AT_START: Final = frozenset(
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
)
WORD_NOT_AT_END: Final = frozenset("$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥")
WORD_HANGING: Final = frozenset(
    "!%),.:;>?]}¢°·ˇ’”‰′″℃∶、。〃〉》」』】〕〗〞﹚﹜﹞！＂％＇），．：；？］｝￠"
)

UNBREAKABLE: Final = re.compile(
    # The halves of —— and …… (GB/T 15834 5.1.4, 5.1.5; longer rows break between pairs);
    # what combines with its base; joiners and no-break spaces; a mark of exclamation run.
    r"(?:DD)|(?:EE)|[^n]M|.[jg]|[jg]."
)
# Western marks that end or open something may not stand at the wrong edge either.
WESTERN_NOT_AT_START: Final = frozenset(".,;:!?)]}%’”»°′″·")
WESTERN_NOT_AT_END: Final = frozenset("([{$£€#@‘“«")

# --- Justification (CLREQ, Procedures for Line Adjustment) --------------------------------


class ShrinkStep(StrEnum):
    """The steps of shrinking a line, in their order; the value is a letter for columns."""

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
    """How the space after a character stretches; the value is a letter for columns."""

    FIXED = "-"  # inside words, numbers, —— and ……
    HAN = "h"
    SCRIPT = "x"
    WORD = "w"
    URL = "u"  # inside what is no word and may break anywhere: an address, a long code


STRETCH_WEIGHT: Final = {Gap.FIXED: 0, Gap.HAN: 4, Gap.SCRIPT: 4, Gap.WORD: 4, Gap.URL: 1}
"""How much a gap takes of what all gaps take, next to others. A line may hold nothing but a
URL; a quarter of the others' does not show, and fills such a line as well."""


STEP_OF: Final = {
    CharClass.OPENING: ShrinkStep.BRACKET,
    CharClass.CLOSING: ShrinkStep.BRACKET,
    CharClass.PAUSE: ShrinkStep.PAUSE,
    CharClass.STOP: ShrinkStep.STOP,
    CharClass.EXCLAMATION: ShrinkStep.STOP,
}

# Marks whose blank half stands on the left, on the right (GB/T 15834 5.1.1 to 5.1.3).
BLANK_LEFT: Final = "("
BLANK_RIGHT: Final = "),.!"
HANGING: Final = ",."

# Widths in 1/1000 em that GB/T 15834 5.1.4 to 5.1.7 give whatever the face says.
CELL: Final = {
    CharClass.DASH: 1000,
    CharClass.ELLIPSIS: 1000,
    CharClass.CONNECTOR: 1000,
    CharClass.INTERPUNCT: 500,
}
