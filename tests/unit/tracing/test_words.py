"""The words of copies, and that chance is never thought smaller than it is."""

from __future__ import annotations

from math import comb

import pytest

from brieftex.tracing.words import agreement, chance, least_lines, word_of


def test_a_word_is_the_same_each_time_and_another_for_another_copy() -> None:
    word = word_of("seed", "000017", 188)
    assert word == word_of("seed", "000017", 188)
    assert word[:63] == word_of("seed", "000017", 63)
    assert set(word) == {-1, 1}
    words = [word_of("seed", f"{n:06}", 188) for n in range(1, 61)] + [
        word_of("seed2", "000001", 188)
    ]
    pairs = [
        sum(a != b for a, b in zip(one, other, strict=True))
        for k, one in enumerate(words)
        for other in words[:k]
    ]
    # BCH(63,24), three times over, would promise 45 of 189.
    assert min(pairs) > 60
    assert 90 < sum(pairs) / len(pairs) < 98


@pytest.mark.parametrize("count", [8, 26, 60])
def test_chance_is_at_least_what_counting_gives(count: int) -> None:
    for right in range(count // 2 + 1, count + 1):
        exact = sum(comb(count, k) for k in range(right, count + 1)) / 2**count
        assert chance([1.0, -1.0] * (count // 2), 2 * right - count) >= exact * 0.999999
    assert chance([1.0] * count, count) == pytest.approx(2.0**-count, rel=1e-6)
    assert chance([1.0] * count, -1) == 1.0
    assert chance([], 0.0) == 1.0


def test_a_line_that_was_hardly_read_weighs_little() -> None:
    """Ensures that what is illegible cannot outvote what was read."""
    assert chance([*[1.0] * 26, *[0.01] * 100], 26 - 1) < 1e-6
    assert chance([*[1.0] * 26, *[1.0] * 100], 26 - 100) == 1.0


def test_agreement_counts_signs() -> None:
    assert agreement((1, -1, 1), (0.5, -1.0, -0.25)) == 0.5 + 1.0 - 0.25


def test_more_copies_need_more_lines() -> None:
    assert [least_lines(copies) for copies in (1, 60, 1000, 10_000)] == [20, 26, 30, 34]
