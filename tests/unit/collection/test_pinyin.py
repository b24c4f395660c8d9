"""The order of an index, held against what dictionaries have."""

from __future__ import annotations

import pytest
from helpers.cases import each

from brieftex.collection.pinyin import sort_key, stroke_counts


def ordered(words: list[str], *, person: bool = False) -> list[str]:
    def key(word: str) -> tuple[object, ...]:
        found = sort_key(word, person=person)
        return found.letter, found.characters

    return sorted(words, key=key)


def test_tones_come_one_after_the_other() -> None:
    assert ordered(["骂", "马", "麻", "妈"]) == ["妈", "麻", "马", "骂"]


def test_within_a_tone_fewer_strokes_come_first() -> None:
    """《现代汉语词典》, yì: 亿 义 艺 忆 …."""
    assert ordered(["翼", "意", "易", "亿", "异"]) == ["亿", "异", "易", "意", "翼"]


def test_characters_are_compared_one_by_one() -> None:
    """All words of one first character stand together, whatever the second sounds like."""
    assert ordered(["张衣", "章阿", "张阿"]) == ["张阿", "张衣", "章阿"]


@each(
    ("name", "letter", "syllable"),
    [
        ("单国强", "S", "shan"), ("曾明", "Z", "zeng"), ("仇英", "Q", "qiu"), ("解缙", "X", "xie"),
        ("区永祥", "O", "ou"), ("查良", "Z", "zha"), ("朴成", "P", "piao"), ("尉迟恭", "Y", "yu"),
        ("万俟卨", "M", "mo"), ("单于越", "C", "chan"), ("长孙明", "Z", "zhang"),
        ("尉明", "W", "wei"),
    ],
)  # fmt: skip
def test_surnames_have_their_own_readings(name: str, letter: str, syllable: str) -> None:
    found = sort_key(name, person=True)
    assert (found.letter, found.characters[0][0]) == (letter, syllable)


def test_the_same_characters_are_read_as_usual_in_other_words() -> None:
    assert sort_key("单位名录").letter == "D"
    assert sort_key("区政府").letter == "Q"
    assert sort_key("重庆大学").letter == "C"
    assert sort_key("长沙理工大学").letter == "C"


def test_marks_do_not_count_and_a_reading_may_be_given() -> None:
    assert sort_key("《办法》").letter == "B"
    assert sort_key("行知学院", reading="háng").characters[0][:2] == ("hang", 2)
    assert sort_key("绿城", reading="lù chéng").characters[0][:2] == ("lu", 4)


def test_digits_and_letters_stand_by_themselves() -> None:
    assert sort_key("2025年报").letter == "0—9"
    assert sort_key("AI平台").letter == "A"
    assert ordered(["阿里", "AI平台"]) == ["AI平台", "阿里"]
    assert sort_key("\U0002b5ee").letter  # a rare character ends well


def test_strokes_are_those_of_the_standard_forms() -> None:
    counts = stroke_counts()
    assert [counts[ord(char)] for char in "一乙人大王永鬱龘"] == [1, 1, 2, 3, 4, 5, 29, 48]
    assert len(counts) > 90_000


@each(
    ("name", "letters"),
    [
        ("单县人民政府", "shan"), ("长葛市委", "chang"), ("会稽山管委会", "kuai"),
        ("浚县一中", "xun"), ("应县县委", "ying"), ("乐陵市政府", "lao"), ("六合区教育局", "lu"),
        ("华阴市委", "hua"), ("会计学会", "kuai"), ("长江日报社", "chang"), ("六安市委", "lu"),
    ],
)  # fmt: skip
def test_places_are_read_as_they_are_called(name: str, letters: str) -> None:
    assert sort_key(name).characters[0][0] == letters


@pytest.mark.parametrize(
    ("name", "letter"), [("佴永", "N"), ("乜某", "N"), ("省之", "X"), ("贠靖", "Y"), ("适之", "K")]
)
def test_rare_surnames_stand_where_a_dictionary_has_them(name: str, letter: str) -> None:
    assert sort_key(name, person=True).letter == letter
    assert sort_key("单县", person=True).characters[1][0] == "xian"  # a person is no place
