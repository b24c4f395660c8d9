"""Tokens that a line end should not split, and the breaks of Western text.

Few of these are hard rules: each break inside a token has a penalty (``text.parameters``), so one
is split only where the line would otherwise be worse than the split.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from brieftex.patterns import ANY, Folding, late
from brieftex.text import parameters
from brieftex.text.clreq import HYPHENS, WESTERN_NOT_AT_END, WESTERN_NOT_AT_START

_BLANKS: Final = " \u00a0\u2009\u202f"
_BLANK: Final = f"[{_BLANKS}]"

# Digits in groups of three (GB/T 15835-2011 5.1.1): 12 345 678.90.
_GROUPED: Final = (
    rf"(?<![\d.,])(?:\d{{1,3}}(?:{_BLANK}\d{{3}})+(?!\d)(?:\.\d{{1,3}}(?:{_BLANK}?\d{{3}})*(?!\d))?"
    rf"|\d{{1,3}}\.\d{{3}}(?:{_BLANK}\d{{3}})+(?!\d))"
)
_GROUPED_NUMBER: Final = late(_GROUPED)
# Longer strings of digits are account numbers and codes. The bound keeps the search linear.
_NUMBER: Final = rf"(?:{_GROUPED}|(?<![\d,.])\d[\d,.]{{0,24}}(?![\d,.]))"

# --- What follows a number: 12.6万人次, 3亿千瓦时, 5个百分点. By word formation, since no list of
# measure words is complete. ---

_MAGNITUDE: Final = "(?:[十百千万亿兆]|余|多|来|几)"
_SCALE: Final = "(?:平方|立方|[千百十兆吉太毫微纳皮厘分公海英市标])"
_BASE: Final = "[米克斤吨升瓦秒时伏安欧赫帕焦牛卡里尺寸丈码磅顷亩箱]"
_MEASURED: Final = rf"(?:{_SCALE}{{1,2}}{_BASE}{{1,2}}|(?:瓦|安|伏)(?:时|安))"
_COMPOUND: Final = (
    "[人车架班场户件辆台艘门课批列航]次|[美欧日英港澳韩加新台泰]元|英镑|卢布|人民币|"
    "世纪(?:\\d0年代)?|年代|小时|分钟|秒钟|刻钟|星期|季度|学[年期时分]|课时|周[年岁]|"
    "个(?:百分点|月|小时|星期|工作日|交易日|自然日|学[年期分])|百分点|摄氏度|华氏度|标准[煤箱]|"
    "马力|像素|字节|英里|人份"
)
_CLASSIFIERS: Final = (
    "年月日号天周旬季岁届期次回遍趟场番轮批阵顿时点分秒刻人名位口户家个只头匹条尾峰羽员对双副套组队排班类种样项"
    "件桩宗起例案台部辆架艘列节座栋幢间处所栏层级楼排棵株朵枝片张幅卷册本篇章页行字句段首集版份封枚粒颗滴块根支"
    "把面杆盏扇箱桶袋瓶盒包筐盘碗杯壶听罐捆束串堆垛团股元角分厘美毛倍成度米里尺寸丈亩顷斤两克吨担升瓦伏安赫帕焦"
    "卡步代站款校院系课门学课席票卡枪线环孔井眼床剂针丸贴"
)
# After a magnitude or a space, what is certain to be a unit.
_SURE: Final = (
    rf"(?:(?:{_MEASURED}|{_COMPOUND}|[{_CLASSIFIERS}])(?:标准[煤箱])?"
    rf"(?:[/每](?:{_MEASURED}|{_COMPOUND}|[{ANY}]))?)"
)
# Directly after digits, any Han character is a unit unless it begins one of these words.
_NO_UNIT: Final = (
    "和与及或至到的在是于为等从由将已被把向以而且但则即也又还并经按据后前左右上下内外中"
)
_ANY: Final = f"(?![{_NO_UNIT}])[{ANY}]"
# Possessive: the unit follows all the magnitudes there are, or there is none.
_COUNTED: Final = rf"(?:{_MAGNITUDE}{{0,5}}+{_SURE}|{_MAGNITUDE}{{1,5}}|{_ANY})"
# The same, or a unit behind a space. What is certain stands here once: to compile it takes long.
_COUNTED_OR_SPACED: Final = (
    rf"(?:(?:{_MAGNITUDE}{{0,5}}+|{_BLANK}{_MAGNITUDE}{{0,5}}){_SURE}|{_MAGNITUDE}{{1,5}}|{_ANY})"
)
# A model or standard number, not a quantity: 歼-20飞机, GB 9704规定.
_CODED: Final = rf"(?<=[A-Za-z{HYPHENS}])\d+(?=[{ANY}])"
_LATIN_UNIT: Final = (
    r"(?:[%％‰‱℃℉°′″\u3371-\u337a\u3380-\u33df]"
    r"|(?:[A-Za-zµμΩÅ]{1,3}|[kMGT]?bps|[kMG]Wh)(?:[·/][A-Za-z]{1,3})*[²³]?(?![A-Za-z]))"
)
_CHINESE_NUMERAL: Final = "[〇零一二三四五六七八九十百千]"

# 第12期, 第二章
_ORDINAL: Final = (
    rf"第{_BLANK}?(?:\d+{_COUNTED}?|{_CHINESE_NUMERAL}+"
    r"(?:学[年期]|季度|[章节条款项编卷册期号页届次批轮位名个季回幕集课讲组代步层级类场版])?)"
)
# 15%～30%, 3万～5万元
_RANGE: Final = (
    rf"(?<!\d[:：])[￥¥＄$€£№]?{_NUMBER}(?:[%％‰℃°]|{_MAGNITUDE}{{1,2}})?"
    rf"[～—–\-~]{_NUMBER}(?:[%％‰℃°]|{_COUNTED})?"
)

_TOKEN: Final = (
    "(?=[\\d第附图表￥¥＄$€£№])(?<!〕)(?:"
    + "|".join(
        (
            r"\d{1,4}年(?:\d{1,2}月(?:\d{1,2}[日号])?)?",  # 2024年3月5日
            r"\d{1,2}月\d{1,2}[日号]",
            r"\d{1,2}[时点]\d{1,2}分(?:\d{1,2}秒)?",  # 14时12分36秒
            _ORDINAL,
            _RANGE,
            rf"{_CODED}(?:型|号|级|系列)",
            # 12.6万人次, 3 000 人
            rf"(?<![A-Za-z{HYPHENS}]){_NUMBER}{_COUNTED_OR_SPACED}",
            rf"{_NUMBER}{_BLANK}?{_LATIN_UNIT}",
            r"(?:附件|附表|附图|图|表)\d+",  # 附件2
            _GROUPED,
        )
    )
    + ")"
)

# 京政办发〔2024〕12号: the issuer's short name extends back to a mark or an introducing word.
_DOCUMENT: Final = late(r"[〔［\[]\d{4}[〕］\]](?:第?\d+号)?")
_LONGEST_OFFICE: Final = 7
_OFFICE_NAME: Final = (
    rf"(?:(?!根据|按照|依据|依照|遵照|参照|印发|转发|下发|发布|执行|落实|贯彻|废止|修订|收到|学习|传达"
    rf"|文号|文件|通知|详见|参见|[和与及或的为以见即由据依按对在于从将把了])[{ANY}])+$"
)
_HAN: Final = Folding("\u3400-\u4dbf\u4e00-\u9fff", _TOKEN, _OFFICE_NAME)
_TOKENS: Final = _HAN.late(_TOKEN)
_BEGINS: Final = late(r"[\d第]")
"""What every token has but those that are kept by name; most short texts have none."""
_BEFORE: Final = 3
"""How many characters before the first of these tell what it begins with: 附图2, and one more."""
_MARK: Final = late(r"[，。；、？！（）“”]|：(?!\d)")
"""No token goes beyond these marks but the number of a document."""
_OFFICE: Final = _HAN.late(_OFFICE_NAME)

# 8：30—17：30, 1：500: times and ratios with the colon of Chinese text.
_CLOCK: Final = late(r"\d{1,3}(?:：\d{1,5})+(?:[～—–~-]\d{1,2}(?:：\d\d)+)?")

_URL: Final = late(r"(?:https?://|mailto:|www\.)\S+")
_ADDRESS: Final = late(r"\S*[A-Za-z0-9*]@[A-Za-z0-9]\S*")
_URL_POINT: Final = late(r"[/?&=#._%:~+,;@](?![/?&=#._%:~+,;@])|(?<!-)(?=-)")
LONG_WORD: Final = 24
"""Western strings longer than this may break anywhere, at a penalty: they may fit no measure."""

_BREAKING: Final = late(r"[-‐/\\@:]|www\.")
"""What every word has that breaks, if it is not long."""

_LETTER: Final = "(?:[^\\W\\d_]|[\u0300-\u036f])"
_COMPOUND_WORD: Final = late(f"(?<={_LETTER}{{2}})[-‐](?={_LETTER}{{2}})")
_SLASHED: Final = late(f"(?<={_LETTER}{{3}})/(?={_LETTER}{{3}})")
_PATH: Final = late(r"(?:[^/\\]*[/\\]){2}")
_CODE: Final = late(r"(?=.*[A-Za-z])(?:[^-]*-){2}.*\d|(?=.*\d)(?:[^-]*-){2}.*[A-Za-z]")
_OPERATOR: Final = late(r"[-‐/\\_=+×÷<>≤≥≈|,;:&?.@](?![-‐/\\_=+×÷<>≤≥≈|,;:&?.@])")


def tokens(text: str, keep: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """The offsets (start, end) of tokens: those that match a pattern or are listed in ``keep``."""
    end = 0
    while begins := _BEGINS.search(text, end):
        start = max(end, begins.start() - _BEFORE)
        mark = _MARK.search(text, begins.end())
        end = mark.start() if mark else len(text)
        for match in _TOKENS.finditer(_HAN.fold(text[start:end])):
            yield start + match.start(), start + match.end()
    bracketed = end and ("〔" in text or "[" in text or "［" in text)
    for match in _DOCUMENT.finditer(text) if bracketed else ():
        start, end = match.span()
        before = max(0, start - _LONGEST_OFFICE)
        office = _OFFICE.search(_HAN.fold(text[before:start]))
        yield (before + office.start() if office else start), end
    for match in _CLOCK.finditer(text) if "：" in text else ():
        yield match.span()
    if keep:
        yield from _kept_words(keep).found_in(text)


class _KeptWords:
    """Words to keep, looked for all at once: each for itself would be read through the text."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._words = frozenset(words)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[:1], set()).add(len(word))
        self._lengths = {first: sorted(some) for first, some in lengths.items()}
        self._first = re.compile(f"[{re.escape(''.join(sorted(self._lengths)))}]")

    def found_in(self, text: str) -> Iterator[tuple[int, int]]:
        """The offsets of the words in a text; a word does not overlap with itself."""
        ends: dict[str, int] = {}
        for match in self._first.finditer(text):
            start = match.start()
            for length in self._lengths[match[0]]:
                word = text[start : start + length]
                if word in self._words and ends.get(word, 0) <= start:
                    ends[word] = start + length
                    yield start, start + length


@lru_cache(maxsize=2)
def _kept_words(words: tuple[str, ...]) -> _KeptWords:
    return _KeptWords(words)


def grouping_spaces(text: str) -> Iterator[int]:
    """The offsets after the spaces that group the digits of a number: no line ends there."""
    if not any(blank in text for blank in _BLANKS):
        return
    for match in _GROUPED_NUMBER.finditer(text):
        for offset in range(*match.span()):
            if text[offset - 1].isspace() and offset > match.start():
                yield offset


def western_breaks(word: str) -> list[tuple[int, int]]:
    """The breaks of a Western word without spaces: (offset, penalty), ascending.

    Addresses break after / ? & = . @ and the like, or before a hyphen, elsewhere at a high penalty;
    never after a hyphen, which PDF viewers would take for hyphenation and drop. Other words
    break after a hyphen between letters, words joined by slashes and paths after a slash, codes
    after a hyphen. Strings too long for a line break anywhere, but never before a mark or an
    exponent.
    """
    if len(word) <= LONG_WORD and _BREAKING.search(word) is None:
        return []  # as most words
    url = _URL.search(word) or _ADDRESS.fullmatch(word)
    if url is not None:
        start = url.start()
        return [(start + offset, demerits) for offset, demerits in _url_breaks(url[0])]
    found: dict[int, int] = {}
    if len(word) > LONG_WORD:
        inside = (k for k in range(1, len(word)) if not _OPERATOR.match(word, k))
        found = dict.fromkeys(inside, parameters.URL_INSIDE)
        found.update((match.end(), parameters.URL_POINT) for match in _OPERATOR.finditer(word))
    if "-" in word and _CODE.match(word):
        found.update((k, parameters.CODE) for k in _ends(word, "-"))
    if ("/" in word or "\\" in word) and re.search(r"[^\W\d_]{2}", word) and _PATH.match(word):
        found.update((k, parameters.SLASH) for k in (*_ends(word, "/"), *_ends(word, "\\")))
    found.update((match.end(), parameters.SLASH) for match in _SLASHED.finditer(word))
    found.update((match.end(), 0) for match in _COMPOUND_WORD.finditer(word))
    return [
        (offset, demerits)
        for offset, demerits in sorted(found.items())
        if offset < len(word)
        and word[offset] not in WESTERN_NOT_AT_START
        and word[offset - 1] not in WESTERN_NOT_AT_END
    ]


def _ends(word: str, mark: str) -> Iterator[int]:
    """The offsets after each ``mark`` that is two characters or more from the next on each side."""
    parts = word.split(mark)
    at = 0
    for part, after in itertools.pairwise(parts):
        at += len(part) + 1
        if len(part) > 1 and len(after) > 1:
            yield at


def _url_breaks(url: str) -> list[tuple[int, int]]:
    head = url.find("://") + 3 if "://" in url else url.find(":") + 1
    points = {match.end() for match in _URL_POINT.finditer(url)}
    return [
        (offset, parameters.URL_POINT if offset in points else parameters.URL_INSIDE)
        for offset in range(head + 1, len(url))
        if url[offset - 1] != "-" and url[offset] not in WESTERN_NOT_AT_START
    ]
