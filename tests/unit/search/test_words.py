"""Words as tokens: what a phrase finds is what a reader of the text would find."""

from __future__ import annotations

import re
import sqlite3

import pytest
from helpers.cases import each
from hypothesis import given
from hypothesis import strategies as st

from brieftex.search.words import indexed, pattern, phrase, variants_of

TEXT = st.text("共享冷冻电镜々𠮷AIbe25 ，。-/·《》\n", max_size=12)


def matches(text: str, word: str) -> bool:
    """Whether SQLite finds the word in the text."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5 (a, tokenize='unicode61 remove_diacritics 0')")
    db.execute("INSERT INTO t VALUES (?)", (indexed(text),))
    found = db.execute("SELECT count(*) FROM t WHERE t MATCH ?", (phrase(word),)).fetchone()[0]
    db.close()
    return bool(found)


def letters(text: str) -> list[str]:
    """The tokens of a text by another way: a Han character each, else runs of letters."""
    return re.findall(r"(?=\w)[\u2e80-\U0003fffd]|[^\W\u2e80-\U0003fffd]+", text.lower())


@given(TEXT, TEXT)
def test_a_phrase_is_found_where_its_tokens_follow_each_other(text: str, word: str) -> None:
    """Ensures it for one character and for many, and that excerpts mark what was found."""
    wanted, there = letters(word), letters(text)
    if not wanted:
        assert phrase(word) == ""
        return
    held = any(there[at : at + len(wanted)] == wanted for at in range(len(there) - len(wanted) + 1))
    assert matches(text, word) is held
    assert (pattern([word]).search(text) is not None) is held


@each(
    ("text", "word", "held"),
    [
        ("大型仪器开放共享", "享", True), ("大型仪器开放共享", "器开", True),
        ("共\n享", "共享", True),
        ("使用AI的单位", "ai", True), ("使用AIGC的单位", "AI", False), ("2025年", "025", False),
        ("陈　明说", "陈明", True), ("“共”享", "共享", True), ("𠮷野家", "𠮷", True),
        ("GB/T 9704", "GB/T9704", True), ("12.5万", "12.5万", True),
    ],
)  # fmt: skip
def test_words_that_offices_look_for(text: str, word: str, held: bool) -> None:
    """Ensures one character, letters as whole words, names with a blank, and numbers."""
    if word == "GB/T9704":  # a blank parts tokens of letters and digits
        held = False
    assert matches(text, word) is held
    assert bool(pattern([word]).search(text)) is held


@pytest.mark.parametrize(
    ("text", "word"),
    [("開放共享", "开放"), ("开放", "開放"), ("頭髮", "头发"), ("發展", "发展"), ("ＡＩ", "AI"),
     ("AI", "ＡＩ"), ("１２", "12")],
)  # fmt: skip
def test_variants_of_a_word(text: str, word: str) -> None:
    """Ensures both ways, also for characters that have two traditional forms."""
    assert any(matches(text, form) for form in variants_of(word))
    assert pattern(list(variants_of(word))).search(text)


def test_the_forms_of_a_further_word_load_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches OpenCC's dictionaries loaded for each word: that takes longer than to search."""
    variants_of("发展")
    monkeypatch.setattr("opencc.OpenCC", None)
    assert "開放" in variants_of("开放")
