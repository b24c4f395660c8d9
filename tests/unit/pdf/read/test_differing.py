"""Texts in parts held against each other: the same characters, or the first that are not."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from helpers.specimens import plain
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from brieftex.diagnostics import Finding, OffsetMap, Span
from brieftex.pdf.read.differing import (
    ComparedPart,
    bare_text,
    differences_apart,
    joined_parts,
    text_difference,
)

BLANK = " \n\u3000\u00ad\u200b\u2060\ufeff"
words = st.lists(st.sampled_from("甲乙丙" * 4 + BLANK), max_size=40).map("".join)
edits = st.none() | st.tuples(
    st.integers(0, 8), st.integers(0, 2), st.sampled_from(["", "甲", "丙", "乙 "])
)
cuts = st.lists(st.integers(0, 40), max_size=6).map(sorted)


def parts_of(text: str, places: list[int]) -> list[str]:
    """The text, cut at some places."""
    edges = [0, *(min(place, len(text)) for place in places), len(text)]
    return [text[a:b] for a, b in pairwise(edges)]


def of_file(text: str, places: list[int]) -> list[ComparedPart]:
    """A text of which each part stands on the next page."""
    return [ComparedPart(part, page) for page, part in enumerate(parts_of(text, places))]


def of_document(text: str, places: list[int]) -> list[ComparedPart]:
    """A text that begins at byte 7 of its file; its parts know where they are in it."""
    whole = replace(plain(text), origin=OffsetMap((0,), (7,)))
    made, start = [], 0
    for part in parts_of(text, places):
        made.append(ComparedPart(part, (whole, start)))
        start += len(part)
    return made


def test_blanks_and_what_has_no_ink_do_not_count() -> None:
    assert bare_text(f"甲{BLANK}乙") == "甲乙"
    assert joined_parts(of_file(f"{BLANK}甲乙 丙{BLANK}", [1, 9, 9, 10])) == "甲乙丙"


@given(words, edits, cuts, cuts)
def test_the_first_difference_is_told(
    one: str, edit: tuple[int, int, str] | None, here: list[int], there: list[int]
) -> None:
    """Ensures that texts differ if their characters do, however they are cut, and that the first
    of these is shown in its context, with its page and its place in the source."""
    other = one
    if edit is not None:
        at, gone, new = edit
        other = one[:at] + new + one[at + gone :]
    wanted, found = of_document(one, here), of_file(other, there)
    told = list(text_difference(wanted, found))
    mine, theirs = bare_text(one), bare_text(other)
    if mine == theirs:
        assert told == []
        return
    at = 0
    while at < min(len(mine), len(theirs)) and mine[at] == theirs[at]:
        at += 1
    (finding,) = told
    values = dict(finding.values)
    assert values["wanted"] == mine[max(0, at - 12) : at + 12]
    assert values["found"] == theirs[max(0, at - 12) : at + 12]
    pages = [part.place for part in found for _ in bare_text(part.text)]
    page = pages[min(at, len(pages) - 1)] if pages else None
    assert values["where"] == ("" if page is None else f"第 {page + 1} 页")  # type: ignore[operator]
    if at < len(mine):
        offset = [k for k, char in enumerate(one) if bare_text(char)][at]
        assert finding.span == Span(7 + offset, 8 + offset)


short = st.lists(st.sampled_from("甲乙 "), max_size=3).map("".join)


@given(st.lists(short, max_size=4), st.lists(short.filter(str.strip), max_size=4))
def test_texts_in_any_order_are_matched(wanted: list[str], found: list[str]) -> None:
    """Ensures that each text is matched by one of the same characters once, and that of the others
    as many are told as there are on the side that has more."""
    told: list[Finding] = list(
        differences_apart(
            [of_document(text, [3]) for text in wanted], [of_file(text, [5]) for text in found]
        )
    )
    mine, theirs = (Counter(filter(None, map(bare_text, texts))) for texts in (wanted, found))
    lost, more = (mine - theirs).total(), (theirs - mine).total()
    assert len(told) == max(lost, more)


def test_a_difference_is_shown_where_it_is_in_the_source() -> None:
    """Ensures it for each character of a text in parts of all lengths, blanks among them, and that
    what is too much behind the text is shown at its last character."""
    one = "甲 乙丙\u3000丁戊己庚 "
    for places in ([], [1], [4], [2, 3], [0, 1, 2, 7], [9, 10], [6, 8]):
        for offset, char in enumerate(one):
            if not bare_text(char):
                continue
            other = one[:offset] + "丑" + one[offset + 1 :]
            (finding,) = text_difference(of_document(one, places), of_file(other, [3]))
            assert finding.span == Span(7 + offset, 8 + offset), (places, offset)
        whole = one.rstrip()
        (finding,) = text_difference(of_document(whole, places), of_file(whole + "丑", [3]))
        assert finding.span == Span(7 + len(whole) - 1, 7 + len(whole))


def test_parts_end_anywhere() -> None:
    """Ensures that texts are the same if the last characters of one stand in a part of their own,
    and are not if those of the other are missing."""
    one, other = of_document("甲乙丙", [2]), of_file("甲乙丙", [1])
    assert list(text_difference(one, other)) == []
    assert len(list(text_difference(one, other[:1]))) == 1
    assert len(list(text_difference(one[:1], other))) == 1


def test_a_difference_in_a_reading_is_shown_within_its_text() -> None:
    """Ensures it where the reading of a word has more letters than there are characters from there
    on: it is of the place of the word."""
    whole = replace(plain("甲乙"), origin=OffsetMap((0,), (7,)))
    parts = [ComparedPart("甲乙", (whole, 0)), ComparedPart("jiǎyǐ", (whole, 0))]
    for letter, offset in ((0, 0), (1, 1), (2, 1), (4, 1)):
        reading = "jiǎyǐ"[:letter] + "x" + "jiǎyǐ"[letter + 1 :]
        (finding,) = text_difference(parts, of_file("甲乙" + reading, []))
        assert finding.span == Span(7 + offset, 8 + offset)
