from __future__ import annotations

import pytest
from helpers.cases import each

from brieftex.text import parameters
from brieftex.text.tokens import LONG_WORD, grouping_spaces, tokens, western_breaks


def found(text: str, keep: tuple[str, ...] = ()) -> list[str]:
    return [text[start:end] for start, end in tokens(text, keep)]


@each(
    ("text", "whole"),
    [
        ("于2024年3月5日印发", "2024年3月5日"),
        ("截至2024年3月", "2024年3月"),
        ("在2024年", "2024年"),
        ("每年3月5日", "3月5日"),
        ("国办发〔2024〕3号文", "国办发〔2024〕3号"),
        ("刊于第12期", "第12期"),
        ("于第十二届", "第十二届"),
        ("有12.6万人次", "12.6万人次"),
        ("为15%～30%", "15%～30%"),
        ("是2021—2025年", "2021—2025年"),
        ("涨3个百分点", "3个百分点"),
        ("计1,286份", "1,286份"),
        ("重5 kg", "5 kg"),
        ("速60 km/h", "60 km/h"),
        ("面20 m²", "20 m²"),
        ("热37.5 ℃", "37.5 ℃"),
        ("占50%", "50%"),
        ("自8：30至", "8：30"),
        ("在8：30—17：30", "8：30—17：30"),
        ("比1：500", "1：500"),
        ("占比：15%～30%", "15%～30%"),
        ("付￥5～￥6", None),
        ("约300余人", "300余人"),
        ("重5公斤", "5公斤"),
        ("计12万平方米", "12万平方米"),
        ("发3亿千瓦时", "3亿千瓦时"),
        ("达2亿美元", "2亿美元"),
        ("在20世纪80年代", "20世纪80年代"),
        ("销3万辆", "3万辆"),
        ("厚5毫米", "5毫米"),
        ("量5㎎", "5㎎"),
        ("容500千伏安", "500千伏安"),
        ("约3000吨标准煤", "3000吨标准煤"),
        ("速60公里/小时", "60公里/小时"),
        ("共6 000米", "6 000米"),
        ("计12 345 678.90元整", "12 345 678.90元"),
        ("圆周0.123 456米", "0.123 456米"),
        ("约5\u2009000 万元", "5\u2009000 万元"),
        ("第二章", "第二章"),
        ("第十二届", "第十二届"),
        ("HP-3000型", "3000型"),
        ("歼-20飞机", None),
        ("速100 Mbps", "100 Mbps"),
        ("力9.8 m/s²", "9.8 m/s²"),
        ("依京政办发〔2024〕12号", "京政办发〔2024〕12号"),
        ("根据教高厅函〔2024〕5号", "教高厅函〔2024〕5号"),
        ("见国卫办医政函〔2023〕12号", "国卫办医政函〔2023〕12号"),
        ("投3亿建", "3亿"),
        ("12时5分18秒", "12时5分18秒"),
        ("用3～5个工作日", "3～5个工作日"),
        ("图1 全市", "图1"),
        ("2024和2025", None),
        ("见附件2", "附件2"),
        ("见表1", "表1"),
        ("如图10所", "图10"),
        ("一千多人", None),
        ("见Word", None),
    ],
)
def test_what_stays_whole(text: str, whole: str | None) -> None:
    """Ensures that dates, document numbers, numbers with their units and references to
    figures are one token each (typography.md 1.2), and that words are none."""
    assert found(text) == ([whole] if whole else [])


def test_words_of_the_issue() -> None:
    """Ensures that every occurrence of every word to keep is found, also where one word
    begins with another."""
    assert sorted(found("甲乙丙甲乙", ("甲乙", "甲乙丙"))) == ["甲乙", "甲乙", "甲乙丙"]
    assert found("甲甲甲甲甲(", ("甲甲", "(")) == ["甲甲", "甲甲", "("]


def test_digits_are_not_swallowed_by_words_behind_them() -> None:
    """Ensures that a Latin word after a number is not taken for its unit."""
    assert found("在2024 word里") == []


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("word", ["word"]),
        ("well-known", ["well-", "known"]),
        ("e-mail", ["e-mail"]),
        ("2024-03-20", ["2024-03-20"]),
        ("COVID-19", ["COVID-19"]),
        ("up-to-date", ["up-", "to-", "date"]),
        ("re\u0301sume\u0301-book", ["re\u0301sume\u0301-", "book"]),
    ],
)
def test_words_break_after_their_hyphens(word: str, parts: list[str]) -> None:
    """Ensures that a word breaks for nothing after a hyphen between two letters on each
    side, and that numbers and single letters keep theirs."""
    cuts = western_breaks(word)
    assert [demerits for _, demerits in cuts] == [0] * len(cuts)
    assert split(word, cuts) == parts


@each(
    ("word", "parts"),
    [
        ("Windows/Linux/macOS", ["Windows/", "Linux/", "macOS"]),
        ("target/debug/build", ["target/", "debug/", "build"]),
        ("C:\\Users\\abc", ["C:\\", "Users\\", "abc"]),
        ("HLDX-2024-03-GJC", ["HLDX-", "2024-", "03-", "GJC"]),
        ("978-7-115-54608-1", ["978-7-115-54608-1"]),
        ("12/05/2024", ["12/05/2024"]),
        ("TCP/IP", ["TCP/IP"]),
        ("km/h", ["km/h"]),
        ("a/b/c", ["a/b/c"]),
    ],
)
def test_slashes_and_codes(word: str, parts: list[str]) -> None:
    """Ensures that words joined by slashes and paths break after a slash, codes after a hyphen,
    units, dates and book numbers nowhere."""
    assert split(word, western_breaks(word)) == parts


def test_no_part_of_a_formula_begins_with_an_exponent() -> None:
    """Ensures that a row too long for a line breaks after its operators, elsewhere dearly, and
    never before what is raised or lowered."""
    row = "f(x)=a₀+a₁x+a₂x²+a₃x³+a₄x⁴"
    cuts = western_breaks(row)
    assert split(row, [cut for cut in cuts if cut[1] == parameters.URL_POINT]) == [
        "f(x)=", "a₀+", "a₁x+", "a₂x²+", "a₃x³+", "a₄x⁴",
    ]  # fmt: skip
    assert not {row[offset] for offset, _ in cuts} & set("₀₁₂₃₄²³⁴)+=")


def split(word: str, cuts: list[tuple[int, int]]) -> list[str]:
    ends = [offset for offset, _ in cuts]
    return [word[a:b] for a, b in zip((0, *ends), (*ends, len(word)), strict=True)]


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("https://a.org/b", ["https://a.", "org/", "b"]),
        ("http://a.cn/b?c=d&e=f#g", ["http://a.", "cn/", "b?", "c=", "d&", "e=", "f#", "g"]),
        ("https://x-y.org", ["https://x", "-y.", "org"]),
        ("www.a.cn/b", ["www.", "a.", "cn/", "b"]),
        ("mailto:ab@cd.cn", ["mailto:ab@", "cd.", "cn"]),
        ("ab@cd.cn", ["ab@", "cd.", "cn"]),
        ("https://a.org/b?c&=d", ["https://a.", "org/", "b?", "c&=", "d"]),
    ],
)
def test_urls_break_after_their_marks(url: str, parts: list[str]) -> None:
    """Ensures the good places of a URL: after a mark or the last of several, before a hyphen
    (a reader of the PDF would drop one at a line's end), and never inside ``://``."""
    assert (
        split(url, [cut for cut in western_breaks(url) if cut[1] == parameters.URL_POINT]) == parts
    )


def test_urls_break_anywhere_else_dearly() -> None:
    """Ensures that a URL longer than any measure still breaks, but not before a mark that may
    not begin a line, nor after a hyphen."""
    url = "https://abc.d-e"
    dear = [offset for offset, demerits in western_breaks(url) if demerits == parameters.URL_INSIDE]
    assert [url[:offset] for offset in dear] == ["https://a", "https://ab"]


def test_rows_too_long_for_a_line() -> None:
    """Ensures that a row without spaces and hyphens cannot stick out of the page, and that
    a long word of usual length is left whole."""
    assert LONG_WORD == 24
    assert western_breaks("x" * 24) == []
    cuts = western_breaks("x" * 25)
    assert cuts == [(offset, parameters.URL_INSIDE) for offset in range(1, 25)]


@each("url", ["https://ab.cn/x-y", "www.ab.cn/x", "mailto:ab@cd.cn"])
@each("before", ["(", "x:", "（a)("])
def test_an_address_breaks_alike_behind_other_marks(url: str, before: str) -> None:
    """Ensures that the breaks of an address move with it, and that there are none before it."""
    own = western_breaks(url)
    assert western_breaks(before + url) == [(len(before) + at, cost) for at, cost in own]


def test_no_line_ends_right_behind_the_scheme() -> None:
    """Ensures that a character of the address stays with its scheme."""
    assert western_breaks("mailto:ab@cd.cn")[0][0] == len("mailto:a")
    assert western_breaks("https://ab.cn")[0][0] == len("https://a")


@pytest.mark.parametrize(
    ("path", "offsets"),
    [("ab/c/def/gh", [9]), ("ab/cd/efg", [3, 6]), ("a/bcd/efg", [6]), ("ab/cd/e", [3])],
)
def test_paths_part_between_parts_of_two_characters(path: str, offsets: list[int]) -> None:
    """Ensures that no part of a single character is cut off on either side."""
    assert [at for at, _ in western_breaks(path)] == offsets


@pytest.mark.parametrize(
    ("text", "offsets"),
    [
        ("共 12 345 678.90 元和3 000", [5, 9, 20]),
        ("12 345", [3]),
        ("于 2024 年 3 月", []),
        ("0.123 456 789", [6, 10]),
    ],
)
def test_spaces_that_group_digits(text: str, offsets: list[int]) -> None:
    """Ensures that of all spaces those are found that stand in a number (GB/T 15835-2011 5.1.1),
    each by the digit behind it."""
    assert sorted(grouping_spaces(text)) == offsets


def test_no_part_of_a_long_row_ends_with_an_opening_mark() -> None:
    """Ensures that neither ( nor $ nor # is left behind at a line's end, and that a line may end
    before them."""
    for mark in "([{$#":
        offsets = [offset for offset, _ in western_breaks(f"{'x' * 13}{mark}{'y' * 16}")]
        assert 13 in offsets
        assert 14 not in offsets


def test_the_name_of_an_office_is_seven_characters_at_most() -> None:
    assert found("甲乙丙丁戊己庚辛〔2024〕3号") == ["乙丙丁戊己庚辛〔2024〕3号"]
