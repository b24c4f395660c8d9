"""The order of a Chinese index: by sound, as dictionaries have it (音序).

Characters are compared one by one: by the letters of the syllable, by tone (阴平 阳平 上声 去声
轻声), by the number of strokes, and last by code point, which for common characters is the order
of the Kangxi radicals. 《现代汉语词典》 orders its characters so. Readings are those of pypinyin,
which knows those of words (重庆, 银行); those of surnames are a list of their own, since 单 曾 仇
解 are read in names as nowhere else. Stroke counts are kTotalStrokes of the Unihan database.
"""

from __future__ import annotations

import zlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct

from brieftex.patterns import late

SURNAMES = {
    "单": "shan4", "單": "shan4", "曾": "zeng1", "仇": "qiu2", "解": "xie4", "区": "ou1",
    "區": "ou1", "查": "zha1", "朴": "piao2", "任": "ren2", "盖": "ge3", "蓋": "ge3", "华": "hua4",
    "華": "hua4", "燕": "yan1", "召": "shao4", "缪": "miao4", "繆": "miao4", "黑": "he4",
    "乐": "yue4", "樂": "yue4", "员": "yun4", "員": "yun4", "翟": "zhai2", "褚": "chu3",
    "谌": "chen2", "諶": "chen2", "秘": "bi4", "逄": "pang2", "那": "na1", "牟": "mou2",
    "重": "chong2", "种": "chong2", "句": "gou1", "撒": "sa3", "繁": "po2", "尉": "wei4",
    "洗": "xian3", "冼": "xian3", "覃": "qin2", "宁": "ning4", "甯": "ning4", "哈": "ha3",
    "纪": "ji3", "紀": "ji3", "过": "guo1", "過": "guo1", "应": "ying1", "應": "ying1",
    "尹": "yin3", "折": "she2", "隗": "wei3", "葛": "ge3", "令": "ling2", "车": "che1",
    "車": "che1", "合": "ge3", "卜": "bu3", "晁": "chao2", "郇": "xun2", "幺": "yao1",
    "都": "du1", "贾": "jia3", "賈": "jia3", "阚": "kan4", "闞": "kan4", "邸": "di3",
    "粘": "nian2", "相": "xiang4", "行": "xing2", "盛": "sheng4", "曲": "qu1", "薄": "bo2",
    "长": "zhang3", "参": "shen1", "訾": "zi1", "祭": "zhai4", "不": "fou1", "强": "qiang2",
    "佴": "nai4", "能": "nai4", "要": "yao1", "省": "xing3", "少": "shao4", "乜": "nie4",
    "么": "yao1", "角": "jue2", "藏": "zang1", "占": "zhan1", "舍": "she4", "难": "nan4",
    "難": "nan4", "贠": "yun4", "适": "kuo4", "肖": "xiao1", "干": "gan1",
    "臧": "zang1", "曹": "cao2", "沈": "shen3", "谭": "tan2", "郗": "xi1", "蕃": "fan1",
}  # fmt: skip
"""Surnames that are read otherwise in a name, or where a dictionary's first reading is another."""

COMPOUND_SURNAMES = {
    "尉迟": ("yu4", "chi2"), "万俟": ("mo4", "qi2"), "单于": ("chan2", "yu2"),
    "长孙": ("zhang3", "sun1"), "澹台": ("tan2", "tai2"), "宰父": ("zai3", "fu3"),
    "令狐": ("ling2", "hu2"), "乐正": ("yue4", "zheng4"), "亓官": ("qi2", "guan1"),
    "欧阳": ("ou1", "yang2"), "上官": ("shang4", "guan1"), "司马": ("si1", "ma3"),
    "诸葛": ("zhu1", "ge3"), "夏侯": ("xia4", "hou2"), "皇甫": ("huang2", "fu3"),
    "公孙": ("gong1", "sun1"), "慕容": ("mu4", "rong2"), "司徒": ("si1", "tu2"),
    "东方": ("dong1", "fang1"), "南宫": ("nan2", "gong1"), "呼延": ("hu1", "yan2"),
    "端木": ("duan1", "mu4"), "宇文": ("yu3", "wen2"), "司空": ("si1", "kong1"),
    "轩辕": ("xuan1", "yuan2"), "东郭": ("dong1", "guo1"), "百里": ("bai3", "li3"),
    "西门": ("xi1", "men2"), "赫连": ("he4", "lian2"), "拓跋": ("tuo4", "ba2"),
}  # fmt: skip
"""Surnames of two characters."""

PLACES = {
    "单县": "shan4 xian4", "长葛": "chang2 ge3", "长垣": "chang2 yuan2", "长治": "chang2 zhi4",
    "大城县": "dai4 cheng2", "会稽": "kuai4 ji1", "浚县": "xun4 xian4", "乐陵": "lao4 ling2",
    "六合": "lu4 he2", "天台": "tian1 tai1", "洪洞": "hong2 tong2", "繁峙": "fan2 shi4",
    "应县": "ying4 xian4", "涡阳": "guo1 yang2", "荥经": "ying2 jing1", "任泽": "ren2 ze2",
    "任县": "ren2 xian4", "华州": "hua4 zhou1", "华阴": "hua4 yin1", "华县": "hua4 xian4",
    "宕昌": "tan4 chang1", "筠连": "jun1 lian2", "什邡": "shi2 fang1", "葛洲坝": "ge3 zhou1",
    "穆棱": "mu4 ling2", "珲春": "hun2 chun1", "余干": "yu2 gan1", "于都": "yu2 du1",
    "覃塘": "qin2 tang2", "朝鲜": "chao2 xian3", "尉犁": "yu4 li2", "浍河": "hui4 he2",
}  # fmt: skip
"""Names of places that are read otherwise than their characters, where they begin an entry and
pypinyin does not know it (《中华人民共和国行政区划简册》)."""

_SKIPPED = " \u3000《》〈〉“”‘’「」『』（）()〔〕[]【】·—-"
"""Marks that do not count in the order."""

_DIGITS = "0—9"

_HAN_RUN = late(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")

CharacterKey = tuple[str, int, int, int]


class SortKey(Struct, frozen=True):
    """Where an entry stands in an index: the letter that it is under, and its characters as they
    are compared."""

    letter: str
    characters: tuple[CharacterKey, ...]


class NoPinyinError(ImportError):
    """The package pypinyin is not installed."""


def need_pinyin() -> None:
    """Raises NoPinyinError before anything is set that would be for nothing."""
    if find_spec("pypinyin") is None:
        raise NoPinyinError


@cache
def stroke_counts() -> dict[int, int]:
    """The stroke counts of Han characters by code point."""
    data = zlib.decompress(Path(__file__).with_name("strokes.bin").read_bytes())
    counts: dict[int, int] = {}
    at = 0
    while at < len(data):
        first, length = (int.from_bytes(data[k : k + 4], "big") for k in (at, at + 4))
        counts.update(zip(range(first, first + length), data[at + 8 : at + 8 + length],
                          strict=True))  # fmt: skip
        at += 8 + length
    return counts


def sort_key(text: str, *, person: bool = False, reading: str = "") -> SortKey:
    """The place of ``text`` in an index. A ``person``'s surname has its own reading; a ``reading``
    (chán yú, or chan2 yu2) stands for those of the first characters. Raises NoPinyinError."""
    kept = "".join(char for char in text if char not in _SKIPPED) or text
    syllables = _syllables(kept, person=person)
    for place, syllable in enumerate(_toned(reading)[: len(syllables)]):
        syllables[place] = syllable
    counts = stroke_counts()
    characters = tuple(
        _key(char, syllable, counts) for char, syllable in zip(kept, syllables, strict=True)
    )
    first = characters[0][0][:1].upper() if characters else ""
    return SortKey(first if first.isascii() and first.isalpha() else _DIGITS, characters)


def _key(char: str, syllable: str, counts: dict[int, int]) -> CharacterKey:
    code = ord(char)
    if not syllable:
        # Digits before letters, both before Han characters of the same letter.
        return (char.lower(), 0, 0, code) if char.isascii() else (f"\U0010ffff{char}", 0, 0, code)
    letters, tone = syllable[:-1], int(syllable[-1])
    return letters, tone, counts.get(code, 99), code


def _syllables(text: str, *, person: bool) -> list[str]:
    """The syllable of each character with its tone, 5 for a neutral one; "" where there is none."""
    syllables: list[str] = []
    for run in _HAN_RUN.finditer(text):
        syllables += [""] * (run.start() - len(syllables))
        found = _readings(run[0])
        whole = len(found) == len(run[0])  # it may take unknown characters together
        syllables += found if whole else [_readings(char)[0] for char in run[0]]
    syllables += [""] * (len(text) - len(syllables))
    if not person:
        place = next((name for name in PLACES if text.startswith(name)), "")
        own = PLACES[place].split() if place else []
        syllables[: len(own)] = own
    if person:
        compound = COMPOUND_SURNAMES.get(text[:2]) if len(text) > 2 else None
        single = SURNAMES.get(text[:1])
        own = list(compound or ((single,) if single else ()))
        syllables[: len(own)] = own
    return syllables


def _readings(han: str) -> list[str]:
    """The syllables of Han characters; "" for one that has none."""
    try:
        from pypinyin import Style, pinyin  # noqa: PLC0415  # of an extra, and slow to import
    except ImportError as error:
        raise NoPinyinError from error
    found = pinyin(han, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=False)
    first = [readings[0] for readings in found]
    return [s if s[-1:].isdigit() and s[:-1].isalpha() and s.isascii() else "" for s in first]


_TONES = {
    mark: (letter, str(tone))
    for letter, marks in {
        "a": "āáǎà", "e": "ēéěè", "i": "īíǐì", "o": "ōóǒò", "u": "ūúǔù", "v": "ǖǘǚǜ",
    }.items()
    for tone, mark in enumerate(marks, 1)
}  # fmt: skip


def _toned(reading: str) -> list[str]:
    """Syllables written with marks or numbers of tones, as they are compared."""
    made = []
    for syllable in reading.lower().replace("ü", "v").split():
        tone, letters = "5", ""
        for char in syllable:
            letter, found = _TONES.get(char, (char, ""))
            if char in "12345":
                letter, found = "", char
            letters, tone = letters + letter, found or tone
        if letters.isascii() and letters.isalpha():
            made.append(letters + tone)
    return made
