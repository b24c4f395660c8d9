"""What an issue names, and lists of an editor's."""

from __future__ import annotations

from pathlib import Path

import pytest

from brieftex.collection.nouns import (
    BadNounLineError,
    NamedNoun,
    NounKind,
    is_person,
    nouns_of,
    read_nouns,
)
from brieftex.collection.texts import FolioFinder, PageText
from brieftex.input.issue.file import read_issue

ISSUE = """brieftex: 1
masthead: {name: 青溪简报, signers: [李　明]}
keep: [衡澜大学, 玛丽安·霍尔特, 夜班制]
sections:
- title: 动态
  items:
  - title: 首访清单
    contributors: [教务处]
    sources: [{name: 临岳日报, title: 甲}]
    body:
    - speaker: 蒲令仪
      role: 历史学院院长
      text: 一段话。
    - speaker: 科研处
      text: 一段话。
attendance: {present: [王志强（出差）, 县法院负责同志]}
colophon: {prepared_by: [赵编]}
"""


def test_nouns_are_sorted_by_what_names_them(tmp_path: Path) -> None:
    path = tmp_path / "issue.yaml"
    path.write_text(ISSUE, "utf-8")
    found = {noun.text: noun.kind for noun in nouns_of(read_issue(path)[0])}
    person, unit = NounKind.PERSON, NounKind.UNIT
    assert found == {
        "李明": person, "首访清单": NounKind.TITLE, "教务处": unit, "临岳日报": unit,
        "蒲令仪": person, "科研处": unit, "王志强": person, "衡澜大学": unit,
        "玛丽安·霍尔特": person,
    }  # fmt: skip


@pytest.mark.parametrize("word", ["王明", "欧阳修", "司马相如", "玛丽·居里"])
def test_names_of_persons_are_known(word: str) -> None:
    assert is_person(word)


@pytest.mark.parametrize("word", ["王府中学", "计划财务处", "人工智能", "党委"])
def test_other_words_are_none(word: str) -> None:
    assert not is_person(word)


def test_a_list_adds_and_takes_away(tmp_path: Path) -> None:
    path = tmp_path / "词表.txt"
    path.write_text("# 词表\n夜班制\n单于越，人名，chán yú yuè\n-衡澜大学\n\n教务处,单位\n", "gbk")
    found = read_nouns(path)
    assert found.nouns == (
        NamedNoun("夜班制", NounKind.TERM),
        NamedNoun("单于越", NounKind.PERSON, "chán yú yuè"),
        NamedNoun("教务处", NounKind.UNIT),
    )
    assert found.none == {"衡澜大学"}


def test_a_line_that_is_no_entry_is_told(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("甲\n乙，动物\n", "utf-8")
    with pytest.raises(BadNounLineError) as told:
        read_nouns(path)
    assert told.value.number == 2


def test_the_longest_noun_counts_and_stands_where_it_begins() -> None:
    nouns = [NamedNoun(text, NounKind.UNIT) for text in ("衡澜大学", "衡澜大学新闻网")]
    finder = FolioFinder({noun.text: noun for noun in nouns})
    finder.search(PageText("衡澜大学\n新闻网说，衡澜大学见《办\n法》。", ((0, 7), (9, 8))))
    found = {noun.text: folios for noun, folios in finder.folios.items()}
    assert found == {"衡澜大学新闻网": {7}, "衡澜大学": {8}, "《办法》": {8}}
