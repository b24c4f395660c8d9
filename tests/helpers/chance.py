"""Values of many parts, dealt by plain chance from a seed that Hypothesis draws: to draw, record
and vary each part takes it ten times as long as most of our tests take to try the whole."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

Value = TypeVar("Value")

SEEDS = st.integers(0, 1 << 32)
MORE = (0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 8, 10, 13, 18, 26, 40)
"""Most lists are short, as those that Hypothesis makes: what is wrong with a long one is seldom not
wrong with a short one, which tests that try every way can afford."""


def dealt(make: Callable[[Random], Value]) -> st.SearchStrategy[Value]:
    """What a function makes by chance."""
    return SEEDS.map(lambda seed: make(Random(seed)))


def several(
    part: Callable[[Random], Value], most: int, least: int = 1
) -> st.SearchStrategy[list[Value]]:
    """Parts that a function makes by chance. Of one seed, a shorter list is the beginning of a
    longer one, so that of what fails the shortest is told, as usual."""
    counts = [*(least + more for more in MORE if least + more < most), most]

    def parts(drawn: tuple[int, int]) -> list[Value]:
        chance = Random(drawn[1])
        return [part(chance) for _ in range(drawn[0])]

    return st.tuples(st.sampled_from(counts), SEEDS).map(parts)
