"""The shortest way between texts, compared with one found by trying all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from helpers.cases import each
from hypothesis import given
from hypothesis import strategies as st

from brieftex.changes.comparison import swaps_in
from brieftex.changes.edits import (
    Change,
    TextEdit,
    readable,
    replaced,
    steps,
    text_edits,
    units,
)
from brieftex.changes.matching import out_of_order

TEXTS = st.text("研究生调查了158所学校，书面当面答复3.5万件（x）\n", max_size=60)


def text_after(old: str, edits: Sequence[TextEdit]) -> str:
    """The text that edits make of ``old``, which they must fit."""
    assert "".join(e.text for e in edits if e.change is not Change.ADDED) == old
    return "".join(e.text for e in edits if e.change is not Change.GONE)


def longest_common(old: tuple[str, ...], new: tuple[str, ...]) -> int:
    @cache
    def best(i: int, j: int) -> int:
        if i == len(old) or j == len(new):
            return 0
        if old[i] == new[j]:
            return 1 + best(i + 1, j + 1)
        return max(best(i + 1, j), best(i, j + 1))

    return best(0, 0)


@given(
    st.lists(st.sampled_from("甲乙丙丁"), max_size=14),
    st.lists(st.sampled_from("甲乙丙丁"), max_size=14),
)
def test_the_way_is_the_shortest_and_leads_to_the_new(old: list[str], new: list[str]) -> None:
    way = steps(old, new)
    kept = [(i, j) for change, i, j in way if change is Change.KEPT]
    assert all(old[i] == new[j] for i, j in kept)
    assert len(kept) == longest_common(tuple(old), tuple(new))
    assert [i for change, i, _ in way if change is not Change.ADDED] == list(range(len(old)))
    assert [j for change, _, j in way if change is not Change.GONE] == list(range(len(new)))


@given(TEXTS, TEXTS)
def test_edits_make_the_new_text_of_the_old(old: str, new: str) -> None:
    edits = text_edits(old, new)
    assert text_after(old, edits) == new
    assert text_after(old, readable(edits)) == new


@given(TEXTS)
def test_units_are_the_whole_text(text: str) -> None:
    assert "".join(units(text)) == text


def test_neither_a_word_nor_a_number_is_cut() -> None:
    pairs = list(replaced(text_edits("书面答复158件，达3.5万元", "当面答复162件，达3.6万元")))
    assert pairs == [("书面", "当面"), ("158", "162"), ("3.5万元", "3.6万元")]


def test_a_long_text_that_was_written_anew_is_replaced() -> None:
    old, new = "甲" * 9000, "乙" * 9000
    assert [edit.change for edit in text_edits(old, new)] == [Change.GONE, Change.ADDED]


def test_scraps_between_changes_are_not_left_standing() -> None:
    edits = readable(text_edits("甲的乙已经完成", "丙的丁已经完成"))
    assert [edit.text for edit in edits] == ["甲的乙", "丙的丁", "已经完成"]


@given(st.permutations(range(7)))
def test_as_few_as_can_be_have_moved(places: list[int]) -> None:
    left = [place for k, place in enumerate(places) if k not in out_of_order(places)]
    assert left == sorted(left)
    longest = max(
        sum(1 for k in range(7) if mask >> k & 1)
        for mask in range(1 << 7)
        if (kept := [places[k] for k in range(7) if mask >> k & 1]) == sorted(kept)
    )
    assert len(left) == longest


@given(TEXTS, TEXTS)
def test_no_edit_begins_or_ends_within_a_unit(old: str, new: str) -> None:
    for edits in (text_edits(old, new), readable(text_edits(old, new))):
        for side, other in ((old, Change.ADDED), (new, Change.GONE)):
            ends = {0}
            for unit in units(side):
                ends.add(max(ends) + len(unit))
            at = 0
            for edit in edits:
                at += len(edit.text) * (edit.change is not other)
                assert at in ends


@given(TEXTS)
def test_units_are_words_and_numbers_of_their_text(text: str) -> None:
    at = 0
    places = set()
    for unit in units(text):
        at += len(unit)
        places.add(at)
    for match in re.finditer(r"\d+(?:\.\d+)?", text):
        inside = set(range(match.start() + 1, match.end()))
        assert not inside & places, match[0]


def test_what_is_kept_whole_is_a_unit() -> None:
    assert units("研究生院学习", [(1, 4)])[1] == "究生院"
    edits = text_edits("甲乙丙丁", "甲乙戊丁", ([(1, 3)], [(1, 3)]))
    assert [edit.text for edit in edits] == ["甲", "乙丙", "乙戊", "丁"]


@each(
    ("old", "new", "pairs"),
    [
        ("答复158件", "答复162件", [("158", "162")]),
        ("二〇二五年底", "二〇二六年底", [("二〇二五", "二〇二六")]),
        ("增长36.5%", "增长37.5%", [("36.5%", "37.5%")]),
        ("支出3.2万元", "支出4.1万元", [("3.2万元", "4.1万元")]),
        ("共1,234件，2026年", "共1,299件，2026年", [("1,234", "1,299")]),
        ("增长1234，2026年起", "增长1299，2026年起", [("1234", "1299")]),
        ("一百二十件", "一百三十件", [("一百二十", "一百三十")]),
        ("由张伟负责", "由张玮负责", [("张伟", "张玮")]),
        ("张伟、刘洋出席", "张伟、刘扬出席", [("刘洋", "刘扬")]),
        ("王建国同志", "王建军同志", [("王建国", "王建军")]),
        ("主任陈某某讲话", "主任陈某讲话", [("陈某某", "陈某")]),
        ("张伟说明情况", "张伟介绍情况", []),
        ("乱七八糟的", "乱七八糟了", []),
        ("马上就办", "马上去办", []),
    ],
)
def test_numbers_and_names_are_whole_and_called_out(
    old: str, new: str, pairs: list[tuple[str, str]]
) -> None:
    edits = readable(text_edits(old, new))
    assert list(swaps_in(edits)) == pairs
    for was, now in pairs:
        assert any(was in edit.text for edit in edits if edit.change is Change.GONE)
        assert any(now in edit.text for edit in edits if edit.change is Change.ADDED)
