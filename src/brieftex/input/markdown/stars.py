"""Stars that are printed where Markdown would take them for emphasis and drop them.

Offices write them for what they hide (张*明, 139****1234), for what is still to be filled in
(**县**镇, 增长**%), for multiplication (600*800*1200mm), for notes (张三*、李四*) and in names of
files (*.doc). Two such runs in a paragraph are a pair to CommonMark: 张*明、李*华 would be printed
张明、李华. Here is decided from what stands beside a run, and between two of them, that nobody
would emphasise that; 请*务必*到会 and 共*5*项 stay what they are. Where it could be either, the
stars are printed: a mark too many is seen, a name that lost its mask is not.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from brieftex.patterns import late

_HAN = "一-鿿"
_WORD = "0-9A-Za-z０-９Ａ-Ｚａ-ｚ"
# What an emphasised phrase does not begin with.
_CLOSING = "、，。；：！？）》〉」』】〕”’"

_UNIT = r"(?:[A-Za-z/]{1,4}|[㎎-㏿%％℃°]|[一-鿿](?:/[一-鿿])?)"
_NAMED = "长宽高厚深径度积量重数价额费率准"  # what the name of a quantity ends with
# Stars that multiply: 3米*4米*5米, 100元*3人*2天; 长*宽*高, 单价*数量*天数, 矿泉水*20、面包*10.
_MULTIPLIED = (
    rf"[{_WORD}][)）]?\*[{_WORD}]"
    rf"|(?:[0-9０-９]|[{_WORD}][)）]|[一-鿿][)）])\*[(（]"
    # Behind a quantity comes another one, and then what does not go on as a sentence would.
    rf"|[0-9]\s?{_UNIT}\*[0-9][0-9.,]*\s?{_UNIT}?(?=[*=＝×，。；、：）)\s]|\Z)"
)
_TIMES: Final = late(_MULTIPLIED)
_TIMES_OR_NAMED: Final = late(
    rf"{_MULTIPLIED}|[{_NAMED}]\*[{_HAN}]{{0,3}}[{_NAMED}]"
    rf"|[{_HAN}]\*[0-9]+\s?{_UNIT}?(?=[、，。；,;）)\s]|\Z)"
)
_REACH = 7
"""Characters before the star that are looked at: a digit, a space and a unit."""

# The surnames of nine in ten people, and those of two characters. Wider lists hold words that end
# a sentence's last word before an emphasis.
SURNAME = (
    "(?:[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁宋谢韩唐冯董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶"
    "阎余潘杜戴夏钟汪田任姜范石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢岳齐沿庄辛管祝左涂谷祁时舒耿牟卜路詹关"
    "苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵阿木]"
    "|欧阳|上官|司马|诸葛|皇甫|司徒|尉迟|令狐|慕容|夏侯|东方)"
)
# What stands before a name in a sentence.
_BEFORE_NAME = rf"(?:\A|[^{_HAN}*0-9]|[和与及或由将被向对给为是人告诉长记员志师民名户者系])"
_MASKED_NAME: Final = late(
    # 张*明, 王**等3人, 张*诉李*案; 被害人张**与李** is seen when both are.
    rf"(?:(?:\A|[^{_HAN}*0-9]){SURNAME}(\*{{1,3}})|\*\*{SURNAME}(\*)(?!\*))"
    rf"(?=[{_HAN}]{{0,2}}(?:\Z|[^{_HAN}{_WORD}*])"
    rf"|[{_HAN}]?(?:[等诉案某户家与和及在因于被]|同志|先生|女士|老师))"
)
_NAME_BEFORE: Final = late(rf"{_BEFORE_NAME}{SURNAME}\Z")
# The same form twice is names, whatever they begin with: 沙*明、候*华.
_ONE_OF_TWO: Final = late(rf"(?:\A|[^{_HAN}])[{_HAN}]\Z")
_BETWEEN: Final = late(rf"[{_HAN}]{{0,2}}[、，；/ \u3000]+[{_HAN}]")
_NAME = 4
"""Characters that are looked at for it, one more than it has."""
# 139****1234, 6222*****456, zh***@qq.com; 尾号****1234.
_MASKED_NUMBER: Final = late(
    rf"(?<=[{_WORD}])(\*+)(?=[{_WORD}@])|(?<=[{_WORD}])(\*{{3,}})|(?<![\\*])(\*{{3,}})(?=[{_WORD}])"
)

# What is still to be filled in is the name of a place, a day, a number (**县**镇, *月*日,
# **号**单元)
_PLACE = (
    "[年月日时分秒省市区县镇乡村组屯社户号栋幢室楼层路街巷弄班局科处站所厂元]|号楼|单元|街道|社区"
)
# or what is counted: **万元，增长**%.
_COUNTED = (
    "[%％‰]|(?:亿元|万元|元|亿|万|人次|人|个|项|次|亩|公顷|名|家|件|起|公里|吨|条|场|届|期|批|部|份|平方米"
    rf"|米|岁|小时|分钟|个月|{_PLACE})(?=\Z|[^{_HAN}{_WORD}“（《*])"
)
_TO_FILL_IN: Final = late(rf"\*{{1,3}}(?={_COUNTED})")
_PLACES: Final = late(rf"(?:{_PLACE})\*+(?:{_PLACE})")

# 带*的为必填，加*的可选
_MARKING: Final = late(r"(?<=[带标有打加画注])(\*+)(?=[的号者])")
# *号为必填项，*表示缺考; *先生、*女士
_LEGEND: Final = late("[的者号为项]|表示|代表|先生|女士|同志")
_SEPARATED: Final = late("[、，。；：和与及至到或]")
_WRITTEN: Final = late(r"[^\W_]")
_RUN: Final = late(r"(?<![\\*])\*+")
_CLOSED_BY: Final = {"（": "）", "(": ")", "《": "》", "“": "”", "【": "】", "〔": "〕", "「": "」"}


def is_times_sign(text: str, at: int, closes: bool = False) -> bool:
    """Whether the lone star at ``at`` stands between two things that are multiplied; between names
    of quantities or before their count it does not if it ``closes`` an emphasis, as in
    对*高*标准."""
    pattern = _TIMES if closes else _TIMES_OR_NAMED
    return any(
        pattern.match(text, start)
        for start in range(max(0, at - _REACH), at)
        if "*" not in text[start:at]
    )


@lru_cache(8)
def meant_stars(text: str) -> frozenset[int]:
    """Where the runs of stars of ``text`` begin that surely hide a name or digits, or are what a
    legend speaks of."""
    return frozenset(
        match.start(match.lastindex or 0)
        for pattern in (_MASKED_NUMBER, _MASKED_NAME, _MARKING)
        for match in pattern.finditer(text)
    )


@lru_cache(8)
def printed_stars(text: str) -> frozenset[int]:
    """Where the runs of stars of ``text`` begin that are printed and no emphasis."""
    meant = meant_stars(text)
    printed, opened, unfilled = set(meant), dict[int, int](), set[int]()
    for match in _RUN.finditer(text):
        start, end = match.span()
        length, after = end - start, text[end : end + 1]
        opener = opened.pop(length, None)
        if opener is None and _TO_FILL_IN.match(text, start):
            unfilled.add(length)
        if (
            start in meant
            or length in unfilled  # where one number is missing, others are
            or (length == 1 and is_times_sign(text, start, opener is not None))
        ):
            printed.add(start)
            if opener is not None:
                opened[length] = opener
        elif opener is not None and not text[start - 1].isspace():
            crossed = any(opener < at and length < each for each, at in opened.items())
            if crossed or _encloses_nothing(text, opener, start, length):
                printed.update((opener, start))
                if _PLACES.match(text, opener + length):
                    unfilled.add(length)
        elif length < 4 and after and after in _CLOSING:
            printed.add(start)
        elif not after.isspace():
            opened[length] = start
    return frozenset(printed)


def _encloses_nothing(text: str, opener: int, closer: int, length: int) -> bool:
    """Whether what stands between two runs of stars is nothing that anybody emphasises."""
    begin, end = opener + length, closer + length
    content = text[begin:closer]
    if not _WRITTEN.search(content) or not _is_balanced(content):
        return True
    if _PLACES.match(text, begin) or (_LEGEND.match(text, begin) and _LEGEND.match(text, end)):
        return True
    before = text[max(opener - _NAME, 0) : opener]
    if _NAME_BEFORE.search(before) and _NAME_BEFORE.search(content[-_NAME:]):
        return True
    if _ONE_OF_TWO.search(before) and _BETWEEN.fullmatch(content):
        return True
    if before[-1:] == content[-1] and content[-1] in "第某":
        return True
    # **元、**元
    separated = len(content) == 1 or bool(_SEPARATED.search(content))
    return separated and content[0] == text[end : end + 1]


def _is_balanced(text: str) -> bool:
    """Whether the brackets and quotation marks of ``text`` are closed within it."""
    expected: list[str] = []
    for character in text:
        if character in _CLOSED_BY:
            expected.append(_CLOSED_BY[character])
        elif character in _CLOSED_BY.values() and (not expected or expected.pop() != character):
            return False
    return not expected
