"""Where a line of a title may end: between words, and better in some places than in others.

A title is segmented by a unigram model: the words are those whose product of frequencies in the
word list in ``words/`` is greatest. The list is searched in the file and not loaded. Weights are
integers, so that every machine finds the same words.

``joints`` gives each place a cost (``text.parameters``, TITLE_…) from the words on both sides. What
the columns forbid or penalise (marks at line edges, dates, numbers, names to keep) is not
known here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from msgspec import Struct

from brieftex.patterns import CharacterSet, late
from brieftex.text import parameters

_WORDS: Final = Path(__file__).parents[1] / "words" / "dict.txt"
_LONGEST: Final = 8
"""Longer entries are names of offices and places, which consist of several words."""

_LEAST: Final = 24
"""The least frequency of a word of several characters: the list counts rare words so low that two
common characters would be more probable."""

HAN_RANGES: Final = "々〇\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003fffd"
"""The characters that are segmented."""

_HAN: Final = CharacterSet(HAN_RANGES)
_CLOSING: Final = {"《": "》", "〈": "〉", "“": "”", "‘": "’", "（": "）", "「": "」", "『": "』"}
# The demerits added for a line end between marks that enclose up to so many characters.
_ENCLOSED: Final = (
    (4, parameters.TITLE_IN_WORD),
    (8, parameters.TITLE_ENCLOSED_SHORT),
    (1 << 30, parameters.TITLE_ENCLOSED),
)

# Enclitics: they belong to the word before them, and no line begins with one.
_CLITICS: Final = frozenset(
    {
        *"的地得了着过们等之而和与及或暨且者性化型式类级率度界里上中下内外间后前时",
        "以及",
        "及其",
        "等等",
    }
)
# Words that introduce the one after them, with which no line should end. The word list tags
# prepositions and conjunctions; it tags these otherwise.
_LEADING: Final = frozenset({
    "关于", "切实", "扎实", "全面", "深入", "加快", "持续", "不断", "着力", "有关",
    *"各全新该本其所",
})  # fmt: skip
_LEADING_TAGS: Final = frozenset({"p", "c"})
_ADVERB_TAGS: Final = frozenset({"d", "ad"})
_MODIFIER_TAGS: Final = _ADVERB_TAGS | {"a", "an", "b", "m"}
_MODIFIERS: Final = frozenset({"普通", "重点", "各类", "各级", "其他", "相关"})
# Words with which a phrase begins.
_OPENERS: Final = frozenset({"关于", "对于", "有关", *"在对为以向从把将由"})
_CARRIERS: Final = frozenset("的之")

# Words of official writing that are newer than the list.
_RECENT: Final = frozenset({
    "新质生产力", "中国式现代化", "乡村振兴", "共同富裕", "一带一路", "十五五", "碳达峰", "碳中和",
    "大模型", "人工智能", "产教融合", "课程思政", "双一流", "新工科", "新文科", "新农科", "新医科",
    "数智化", "智慧化", "无纸化", "高质量", "高水平", "有组织", "下一步", "一站式", "全过程",
    "放管服", "接诉即办", "揭榜挂帅", "教代会", "学代会",
})  # fmt: skip
_RECENT_BEGINNINGS: Final = frozenset(
    word[:length] for word in _RECENT for length in range(1, len(word))
)
# The last words of names: 衡澜|大学 is a name even if the list does not have the place.
_OF_NAMES: Final = frozenset({"大学", "学院", "研究院", "中学", "医院", "集团", "公司"})
_LONGEST_NAME: Final = 3
_NOT_IN_NAMES: Final = frozenset("pcdvumrf")  # prepositions, conjunctions, numbers and the like
_SOMEBODY: Final = late("[\u4e00-\u9fff]某{1,2}")  # 王某某
# 买买提·艾力 where nothing else touches it: whoever reads a sentence sees where a name begins.
_NAME_OF_PARTS: Final = late(
    "(?<![\u3400-\u9fff·])[\u3400-\u9fff]{1,7}(?:·[\u3400-\u9fff]{1,7})+(?![\u3400-\u9fff·])"
)

_STOPS: Final = "，；：。？！"
_AFTER: Final = {
    **dict.fromkeys("\u3000\n", 0),
    **dict.fromkeys(_STOPS, parameters.TITLE_AFTER_STOP),
    "、": parameters.TITLE_AFTER_PAUSE,
    **dict.fromkeys("—…", parameters.TITLE_LEADING),
}
_BEFORE: Final = {
    "—": 0,
    **dict.fromkeys("《“", parameters.TITLE_OPENER),
    "（": parameters.TITLE_LEADING,
}


class Word(Struct, frozen=True):
    """A word of a text: its offsets and its part of speech, "" where the list has none."""

    start: int
    end: int
    tag: str


def words(text: str) -> Iterator[Word]:
    """The Chinese words of ``text``, in order; other characters are skipped."""
    for start, end in _HAN.runs(text):
        at = start
        for length, tag in words_of_run(text[start:end]):
            yield Word(at, at + length, tag)
            at += length


def joints(text: str) -> list[int]:
    """The demerits of ending a line of a title before each character of ``text``."""
    demerits = [parameters.TITLE_PLAIN] * (len(text) + 1)
    before = Word(-1, -1, "")
    row = 0
    for word in words(text):
        demerits[word.start + 1 : word.end] = [parameters.TITLE_IN_WORD] * (
            word.end - word.start - 1
        )
        if word.start:
            demerits[word.start] = _joint(text, before, word)
        # Words of two characters tend to form pairs: 实验技术|系列职务|评聘办法.
        pair = word.end - word.start == 2 and not _leads(text, word)
        if pair and row % 2 and word.start == before.end:
            demerits[word.start] += parameters.TITLE_IN_PAIR
        row *= word.start == before.end
        leading = word.start != before.end or _leads(text, before)
        governs = row == 0 and word.tag == "v" and leading
        row = row + 1 if pair and not governs else 0
        before = word
    for at in _inside_names(text):
        demerits[at] = parameters.TITLE_IN_WORD
    for at in range(1, len(text)):
        if demerits[at] < parameters.TITLE_NEVER:
            demerits[at] = _marks(text, at, demerits[at])
    for start, end in _enclosed(text):
        extra = next(extra for length, extra in _ENCLOSED if end - start <= length)
        for at in range(start, end + 1):
            demerits[at] += extra
    return demerits


def _inside_names(text: str) -> Iterator[int]:
    """The places within names that the list does not have: 衡澜大学, 王某某, 买买提·艾力."""
    if "·" in text:
        for match in _NAME_OF_PARTS.finditer(text):
            inside = range(match.start() + 1, match.end())
            yield from (at for at in inside if text[at - 1] != "·")
    if "某" in text:
        for match in _SOMEBODY.finditer(text):
            yield from range(match.start() + 1, match.end())
    row: list[Word] = []  # the single characters just before the current word
    for word in words(text):
        if row and row[-1].end != word.start:
            row = []
        if text[word.start : word.end] in _OF_NAMES:
            for part in row[-_LONGEST_NAME:]:
                yield part.end
        alone = word.end - word.start == 1 and word.tag[:1] not in _NOT_IN_NAMES
        row = [*row, word] if alone else []


def _joint(text: str, a: Word, b: Word) -> int:
    """The demerits of a line end before ``b``. ``a`` is the Chinese word before it, which other
    characters may separate from it."""
    touching = a.end == b.start
    first, second = text[a.start : a.end] if touching else "", text[b.start : b.end]
    alone = [word for word in (a, b) if word.end - word.start == 1]
    if second in _CLITICS and text[b.start - 1] not in _AFTER:
        demerits = parameters.TITLE_CLITIC
    elif first in _CARRIERS:
        demerits = parameters.TITLE_AFTER_DE
    elif touching and a.tag == "m" and b.tag == "q":
        demerits = parameters.TITLE_IN_WORD
    elif first in _LEADING or (touching and a.tag in _LEADING_TAGS):
        demerits = parameters.TITLE_LEADING
    elif second in _OPENERS:
        demerits = parameters.TITLE_OPENER
    elif not touching:
        demerits = parameters.TITLE_PLAIN
    elif a.tag in _MODIFIER_TAGS or first in _MODIFIERS:
        demerits = parameters.TITLE_MODIFIER
    elif len(alone) == 1 and alone[0].tag == "v":
        demerits = parameters.TITLE_PLAIN + parameters.TITLE_SINGLE_VERB
    else:
        demerits = parameters.TITLE_PLAIN + len(alone) * parameters.TITLE_SINGLE
    return demerits


def _leads(text: str, word: Word) -> bool:
    """Whether a verb after this word governs what follows: 关于｜加强｜大型仪器."""
    return word.tag in _LEADING_TAGS | _ADVERB_TAGS or text[word.start : word.end] in _LEADING


def _marks(text: str, at: int, demerits: int) -> int:
    """The demerits of a line end before character ``at``, given the marks on both its sides."""
    before, after = text[at - 1], text[at]
    if before == " ":
        western = text[at - 2].isascii() and after.isascii()
        demerits = (
            demerits if western and text[at - 2] not in ",;:.?!" else parameters.TITLE_AFTER_STOP
        )
    elif before in _AFTER:
        demerits = _AFTER[before]
    elif after in _BEFORE:
        demerits = max(
            _BEFORE[after], demerits if demerits > parameters.TITLE_PLAIN and after != "—" else 0
        )
    elif before.isascii() and before.isdigit():
        demerits = max(demerits, parameters.TITLE_LEADING)
    return demerits


def _enclosed(text: str) -> Iterator[tuple[int, int]]:
    """The offsets (start, end) of what brackets and quotation marks enclose."""
    opened: list[int] = []
    for at, char in enumerate(text):
        if char in _CLOSING:
            opened.append(at)
        elif opened and char == _CLOSING[text[opened[-1]]]:
            yield opened.pop() + 1, at


@lru_cache(maxsize=1 << 14)
def words_of_run(run: str) -> tuple[tuple[int, str], ...]:
    """The words of a string of Han characters, each as its length and its part of speech, by
    dynamic programming from its end. Two drafts of a text have most of their clauses in common."""
    count = len(run)
    best: list[tuple[int, int, str]] = [(0, 0, "")] * (count + 1)
    for i in range(count - 1, -1, -1):
        chosen = (-1 << 60, 0, "")
        for length in range(1, min(count - i, _LONGEST) + 1):
            weight, tag, more = _look_up(run[i : i + length])
            if weight is not None:
                chosen = max(chosen, (weight + best[i + length][0], length, tag))
            if not more:
                break
        best[i] = chosen
    found: list[tuple[int, str]] = []
    at = 0
    while at < count:
        _, length, tag = best[at]
        found.append((length, tag))
        at += length
    return tuple(found)


_TOTAL: Final = 60_101_967  # the sum of all frequencies in the list


def _weight(frequency: int) -> int:
    """log2 of the probability in 1/16, in integers, since logarithms differ between machines."""
    return int(frequency**16).bit_length() - int(_TOTAL**16).bit_length()


@cache
def _data() -> bytes:
    return _WORDS.read_bytes()


@cache
def _look_up(word: str) -> tuple[int | None, str, bool]:
    """A word's weight and tag, None and "" if it is not in the list, and whether any words begin
    with it. A character by itself is always a word.

    The list is sorted by code points except for a few entries, each a few lines out of place.
    """
    data, key = _data(), word.encode()
    low, high = 0, len(data)
    while low < high:
        line = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
        if data[line : line + len(key)] < key:
            low = data.index(b"\n", line) + 1
        else:
            high = line
    at = data.find(b"\n%b " % key, max(low - _ASTRAY, 0), low + _ASTRAY)
    more = data.startswith(key, low) or word in _RECENT_BEGINNINGS
    if word in _RECENT:
        return _weight(_RECENT_FREQUENCY), "n", more
    alone = len(word) == 1
    if at < 0:
        return _weight(1) if alone else None, "", more
    _, listed, tag = data[at + 1 : data.index(b"\n", at + 1)].split(b" ")
    frequency = int(listed)
    if not frequency and not alone:
        return None, tag.decode(), True
    return _weight(frequency or 1 if alone else max(frequency, _LEAST)), tag.decode(), True


_RECENT_FREQUENCY: Final = 2_000
_ASTRAY: Final = 2_000
