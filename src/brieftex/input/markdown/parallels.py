"""Lines that are alike: entries of an agenda, of a list of names, addresses or figures.

In: the lines of a run. Out: those that are entries. One line may look so by chance; two that
follow each other and begin in the same way are a list, whose lines nobody joins.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from brieftex.input.markdown.scripts import ANY_WIDE, FOLDED_WIDE
from brieftex.patterns import Folding

_GAP = "[ \u3000]"
_SOURCES = (
    rf"\d{{1,2}}[:：]\d\d(?:{_GAP}|[-－–—~～至到])",  # 9:00-9:10 开幕
    rf"\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}{_GAP}*(?=[{ANY_WIDE}])(?![万亿千百个倍年月])",  # 1.1
    rf"0\d{_GAP}",
    rf"(?:[上下]午|晚上?)?\d{{1,2}}[点时](?:\d{{1,2}}分|半)?{_GAP}",
    rf"[{ANY_WIDE}]{{2,4}}{_GAP}+\d{{7,}}(?:{_GAP}|$)",
    r"(?:https?://|www\.)\S+$",
    rf"[{ANY_WIDE}]{{1,4}}(?:{_GAP}[{ANY_WIDE}]{{1,3}})?{_GAP}?[:：]",  # 时 间：，电话:
    r"[A-Z][A-Za-z .-]{0,20}: ",
    rf"[{ANY_WIDE}]{{1,6}}{_GAP}?[|丨｜/／]{_GAP}?\S",  # 文/李明，编辑 | 李明
    rf"第[\d一二三四五六七八九十]{{1,3}}(?:名|部分|组|阶段|步|季度|周|天|批|类){_GAP}?",
    r"(?:首先|其次|再次|最后|第[一二三四五]|(?:另|再)?一方面)，",
    r"[^，。]{2,4}(?:指出|强调|要求|提出|认为|决定)，",
    rf"[{ANY_WIDE}]{{1,10}}{_GAP}+\d[\d,.-]*[{ANY_WIDE}%]{{0,3}}$",  # 办公室 5550101
    rf"[{ANY_WIDE}]{{2,10}}\d[\d,.]*[人个名项篇件次万亿元%％]{{1,3}}$",  # 文学院320人
    r"《[^》]+》$",
    rf"[{ANY_WIDE}]{{2,4}}（[^（）]{{1,20}}）$",
    rf"[{ANY_WIDE}]{{2,4}}，[男女]，",
    r"#[^#\s]+#$",
    r"[^,\s]{1,12}(?:,[^,\s]{1,12}){2,}$",
    r"[^，。\s]{1,12}(?:，[^，。\s]{1,12})+，[^，。\s\d]{0,4}\d[^，。\s]{0,16}$",  # 李明，县长，138
    rf"[{ANY_WIDE}·]{{2,9}}(?:{_GAP}+[{ANY_WIDE}·]{{1,9}}){{2,}}$",  # 王建国 李明 买买提·艾力
    r"(?:\S+(?:(?: {2,}|\u3000+)\S+){2,}|[^\s，。；]+(?: {2,}|\u3000+)[^\s，。；]+)$",
    rf"[A-Za-z][.．、)）]{_GAP}*(?=[{ANY_WIDE}])",
    rf"(?:[IVX]{{1,4}}|[ivx]{{1,4}})[.．、)）]{_GAP}*(?=[{ANY_WIDE}])|[Ⅰ-ⅿ]",
    rf"[甲乙丙丁戊己庚辛]、(?=[{ANY_WIDE}])",
    # 会议时间 9:00, 主 持 人 李明, 李明 县长
    rf"[{ANY_WIDE}](?:[{ANY_WIDE}]{{1,5}}|(?:{_GAP}[{ANY_WIDE}]){{1,3}}){_GAP}+[^\s，。；]{{1,24}}$",
)
_WIDE = Folding(FOLDED_WIDE, *_SOURCES)
_FORMS = tuple(map(_WIDE.late, _SOURCES))


def list_entries(texts: Sequence[str]) -> frozenset[int]:
    """The indices of the lines that are entries of a list."""
    found: set[int] = set()
    folded = [_WIDE.fold(text) for text in texts]
    for form in _FORMS:
        alike = [k for k, text in enumerate(folded) if form.match(text)]
        for a, b in pairwise(alike):
            if b == a + 1:
                found |= {a, b}
    return frozenset(found)
