"""Which marks belong together."""

from __future__ import annotations

from helpers.cases import each
from hypothesis import given
from hypothesis import strategies as st

from brieftex.checks.engine.nesting import nest


@each(
    ("text", "unopened", "unclosed"),
    [
        ("“甲‘乙’（丙）《丁〈戊〉》”", [], []),
        ("“甲", [], [0]),
        ("甲”", [1], []),
        ("（甲《乙）", [], [2]),
        ("“甲\n乙”", [4], [0]),
        ("don’t, 90’s, the teachers’ room", [], []),
        ("‘AI’3项，‘5G’2个", [], []),
        ("分为：1）甲；2）乙", [], []),
        ("（甲)和(乙）", [], []),
        (":-) :-(", [], []),
    ],
)
def test_marks_without_partner(text: str, unopened: list[int], unclosed: list[int]) -> None:
    nesting = nest(text)
    assert (list(nesting.unopened), list(nesting.unclosed)) == (unopened, unclosed)


def test_a_pair_knows_what_is_around_it() -> None:
    pairs = {pair.start: pair for pair in nest("“甲‘乙’”").pairs}
    assert (pairs[0].end, pairs[0].parent, pairs[2].end, pairs[2].parent) == (5, -1, 4, 0)


@given(st.text("“”‘’（）()《》〈〉a1甲\n"))
def test_every_mark_is_counted_once(text: str) -> None:
    nesting = nest(text)
    places = [at for pair in nesting.pairs for at in (pair.start, pair.end)]
    places += [*nesting.unopened, *nesting.unclosed]
    assert len(places) == len(set(places))
    for pair in nesting.pairs:
        assert pair.parent < pair.start < pair.end
        assert "\n" not in text[pair.start : pair.end]
