"""The nouns of an issue for an index: persons, units, titles.

Persons are who speaks, who takes part in a meeting, who signs for a document; units are who sends
in, whose news is quoted, who signs. Words that an issue keeps whole (``keep``) and that a list of
the editor's has are sorted by their look: a unit ends in what units end in, a person has a surname
and one or two characters more. Titles are those of items, attachments and single pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from brieftex.checks.engine.corpus import RunningText, TextRole, running_texts
from brieftex.collection.pinyin import COMPOUND_SURNAMES
from brieftex.compose.inline import one_line
from brieftex.model.content import Speech
from brieftex.model.issue import Issue
from brieftex.patterns import late
from brieftex.source import read_source


class NounKind(StrEnum):
    """What a noun names; the value is the Chinese word for it."""

    PERSON = "人名"
    UNIT = "单位"
    TITLE = "篇名"
    WORK = "书名和文件名"
    TERM = "词语"


class NamedNoun(Struct, frozen=True):
    """A noun and what it names; a ``reading`` in pinyin where the usual one is wrong."""

    text: str
    kind: NounKind
    reading: str = ""


LONGEST_NOUN = 80
"""Characters of an entry of an index; longer ones are no names."""

_UNIT_ENDS = (
    "大学", "学院", "学校", "中学", "小学", "研究院", "研究所", "研究室", "研究中心", "实验室",
    "委员会", "办公室", "中心", "公司", "集团", "厂", "局", "厅", "部", "处", "科", "室", "院",
    "所", "站", "社", "会", "协会", "学会", "联合会", "委", "办", "网", "报", "杂志", "电视台",
    "政府", "法院", "检察院", "银行", "医院", "图书馆", "博物馆", "馆", "园", "镇", "乡", "村",
    "县", "市", "区", "街道", "支部", "党委", "团委", "工会", "平台", "协作网", "基金", "课题组",
    "机组", "小组",
)  # fmt: skip

# The two hundred commonest surnames and some that a list of names is likely to hold.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏"
    "魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵"
    "万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘"
    "祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁房滕屈饶解牟艾"
    "尤时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师"
    "和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀胥郁南班储原栗燕楚鄢"
    "劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相"
    "初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢"
)

_WORK = late(r"《[^《》\n]{1,78}》")
_PERSON_PATHS = late(r"attendance\.|masthead\.signers")
_UNIT_PATHS = late(r"contributors|sources\[\d+\]\.name$|signature\.names")
_BESIDE = late(r"[（(][^（）()]*[）)]")  # what is added to a name: an office, a reason


def nouns_of(issue: Issue) -> Iterator[NamedNoun]:
    """The nouns that an issue names as such; some come several times."""
    for text in running_texts(issue):
        kind = _kind_of(text)
        if kind is not None:
            yield from _noun(_BESIDE.sub("", one_line(text.inline.text)), kind)
    for speaker in _speakers(issue):
        kind = _by_look(speaker)
        yield from _noun(speaker, NounKind.UNIT if kind is NounKind.UNIT else NounKind.PERSON)
    if issue.title is not None and issue.body is not None:
        yield from _noun(one_line(issue.title.text), NounKind.TITLE)
    for word in issue.keep:
        kind = _by_look(word)
        if kind is not None:
            yield from _noun(word, kind)


def _speakers(issue: Issue) -> Iterator[str]:
    """Who speaks in an issue."""
    bodies = [issue.body, issue.foreword.body if issue.foreword is not None else None]
    bodies += [attachment.body for attachment in issue.attachments]
    for section in issue.sections:
        bodies += [section.body, *(item.body for item in section.items)]
    for body in bodies:
        for block in body.blocks if body is not None else ():
            if isinstance(block, Speech):
                yield _BESIDE.sub("", one_line(block.speaker.text))


def _kind_of(text: RunningText) -> NounKind | None:
    """What a text of an issue is as a whole."""
    if text.path.startswith(("colophon", "masthead.name", "masthead.issuer")):
        return None
    if text.role is TextRole.TITLE:
        return NounKind.TITLE if re.search(r"items\[|attachments\[", text.path) else None
    if text.role is not TextRole.NAME:
        return None
    if _UNIT_PATHS.search(text.path):
        return _by_look(text.inline.text) or NounKind.UNIT
    if _PERSON_PATHS.search(text.path):
        # Whole groups are listed beside persons: 县法院负责同志.
        return NounKind.PERSON if is_person(_BESIDE.sub("", text.inline.text)) else None
    return None


def _noun(text: str, kind: NounKind) -> Iterator[NamedNoun]:
    text = "".join(text.split()) if kind is NounKind.PERSON else text.strip()
    if 1 < len(text) <= LONGEST_NOUN:
        yield NamedNoun(text, kind)


def is_person(text: str) -> bool:
    """Whether a word looks like the name of a person."""
    name = "".join(text.split())
    if "·" in name:
        return True
    if name[:2] in COMPOUND_SURNAMES:
        return len(name) in (3, 4)
    return len(name) in (2, 3) and name[:1] in _SURNAMES and not name.endswith(_UNIT_ENDS)


def _by_look(word: str) -> NounKind | None:
    if word.endswith(_UNIT_ENDS) and len(word) > 2:
        return NounKind.UNIT
    return NounKind.PERSON if is_person(word) else None


def works_in(text: str) -> Iterator[tuple[int, str]]:
    """Where titles of books and documents stand in a text, and what they are."""
    for found in _WORK.finditer(text):
        yield found.start(), found[0]


class NounList(Struct, frozen=True):
    """A list of the editor's: nouns to be added or said better, and words that are none."""

    nouns: tuple[NamedNoun, ...] = ()
    none: frozenset[str] = frozenset()


class BadNounLineError(Exception):
    """A line that is no entry: its number, from 1, and its text."""

    def __init__(self, number: int, line: str) -> None:
        """Which line it is."""
        super().__init__(f"line {number}: {line}")
        self.number, self.line = number, line


def read_nouns(path: Path) -> NounList:
    """Read a list: one entry a line, 名称，种类，拼音, the last two optional; a minus before a word
    keeps it out of the index; # begins a remark. Raises BadNounLineError, and InputError when the
    file cannot be read."""
    source, _ = read_source(path)
    nouns: list[NamedNoun] = []
    none: set[str] = set()
    kinds = {kind.value: kind for kind in NounKind} | {"人": NounKind.PERSON, "文件": NounKind.WORK}
    for number, line in enumerate(source.text.splitlines(), 1):
        words = line.split("#", 1)[0].strip()
        if not words:
            continue
        if words[0] in "-－":
            none.add(words[1:].strip())
            continue
        text, *rest = (part.strip() for part in re.split(r"[,，\t]", words))
        named = kinds.get(rest[0]) if rest and rest[0] else _by_look(text) or NounKind.TERM
        if named is None or len(rest) > 2 or not 0 < len(text) <= LONGEST_NOUN:
            raise BadNounLineError(number, line)
        nouns.append(NamedNoun(text, named, rest[1] if len(rest) > 1 else ""))
    return NounList(tuple(nouns), frozenset(none))
