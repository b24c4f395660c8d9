"""Titles against all paths through their breaks, priced by the rules as they are stated."""

from __future__ import annotations

from itertools import combinations, pairwise
from random import Random

from helpers.chance import dealt, several
from hypothesis import assume, example, given
from hypothesis import strategies as st
from property.strategies import EM, items

from brieftex.layout.lines.linebreak import Measures
from brieftex.layout.lines.titlebreak import MOST_LINES, break_title
from brieftex.text import parameters as costs
from brieftex.text.columns import Columns

# Words of half an em and gaps of a fourth: lines differ by less than an em, too.
WORDS = ("中文", "字", "1", "23", "简报", "，", "a")
words = several(lambda chance: chance.choice(WORDS), most=12, least=3).map("".join)


def prices(chance: Random) -> list[int]:
    return [chance.choice((chance.randint(0, 2_000), costs.TITLE_IN_WORD)) for _ in range(24)]


class Oracle:
    """The price of the lines of a title."""

    def __init__(self, columns: Columns, joints: list[int], measure: int) -> None:
        self.columns, self.joints, self.measure = columns, joints, measure
        self.count = len(columns)
        self.penalties = dict(zip(columns.breaks, columns.penalties, strict=True))

    def lines(self, breaks: list[int]) -> list[int]:
        return [self.columns.natural(a, b) for a, b in pairwise((0, *breaks))]

    def fewest(self) -> int:
        """As few lines as hold it, by trying all; 0 if none do."""
        for count in range(1, MOST_LINES):
            if any(True for _ in self.paths(count)):
                return count
        return 0

    def paths(self, count: int):  # type: ignore[no-untyped-def]
        inner = [b for b in self.columns.breaks if b != self.count]
        for chosen in combinations(inner, count - 1):
            breaks = [*chosen, self.count]
            if max(self.lines(breaks)) <= self.measure:
                yield breaks

    def price(self, breaks: list[int]) -> int:
        lines = self.lines(breaks)
        total = sum(self.end(b) for b in breaks[:-1])
        full = self.columns.full
        total += sum(costs.TITLE_LONE for a, b in pairwise((0, *breaks)) if sum(full[a:b]) < 2)
        narrowed = False
        for above, line in pairwise(lines):
            step = line - above
            total += self.step(abs(step))
            seen = 2 * abs(step) > EM  # half an em of difference is not seen
            if step > 0 and seen and narrowed:
                total += costs.TITLE_WAIST + step * costs.TITLE_STEEP // self.measure
            narrowed = narrowed or (step < 0 and seen)
        return total

    def end(self, b: int) -> int:
        penalty, joint = self.penalties[b], self.joints[b]
        if penalty == costs.CODE:
            return max(joint, costs.TITLE_ENCLOSED_SHORT)
        return max(joint, costs.TITLE_IN_WORD) if penalty >= costs.TOKEN_BREAK else joint

    def step(self, size: int) -> int:
        share = size * 1000 // self.measure
        over = max(share - costs.TITLE_STEP_MOST, 0)
        price = share * costs.TITLE_STEP // 1000 + over * over * costs.TITLE_STEEP // 1_000_000
        return price + (costs.TITLE_EQUAL if 2 * size < EM else 0)

    def best(self) -> int:
        """The lowest price in the fewest lines, or in one more where those end too badly."""
        count = self.fewest()
        found = [min(map(self.price, self.paths(count)))]
        if found[0] >= costs.TITLE_NEVER:
            found.append(min(map(self.price, self.paths(count + 1)), default=found[0]))
        return min(found)


NARROWED = (
    "中文中文中文字简报，23，中文",
    [100, 0, 100, 500, 0, 200, 300, 0, 500, 500, 0, 200, 0, 0, 100, 300, *[0] * 8],
    9,
)
"""A line is shorter than the one above it, the next as long, and only the one after it longer."""
HOURGLASS = (
    "23字简报中文简报简报1字23a",
    [0, 0, 500, 500, 500, 100, 500, 500, 200, 200, 200, 500, 100, 100, *[0] * 10],
    7,
)
"""A shallow waist against a deep one."""
HALF_LESS = (
    "a中文中文中文23，1简报简报，23，",
    [100, 0, 500, 0, 0, 200, 0, 500, 500, 200, 100, 0, 100, 200, 500, 300, 100, *[0] * 7],
    9,
)
"""A line shorter than the one above it by so little that it is not seen."""
HALF_MORE = (
    "23，字23简报简报，aaa中文简报",
    [300, 0, 200, 500, 100, 200, 100, 100, 500, 300, 0, 200, 300, 100, *[0] * 10],
    9,
)
"""A line longer than a waist by so little that it is not seen."""


@given(words, dealt(prices), st.integers(4, 24))
@example(*NARROWED)
@example(*HOURGLASS)
@example(*HALF_LESS)
@example(*HALF_MORE)
def test_a_title_is_broken_at_the_lowest_price(text: str, joints: list[int], halves: int) -> None:
    """Ensures that the search finds the best of all paths, with the waist (a line that is
    seen to be shorter than both its neighbours) priced as it is stated."""
    columns, measure = items(text).columns, halves * EM // 2
    assume(len(columns) < len(joints))
    oracle = Oracle(columns, joints, measure)
    assume(oracle.fewest() > 1)
    found = break_title(columns, Measures(measure, measure, justified=False), lambda: joints)
    assert found[-1] == len(columns)
    assert max(oracle.lines(found)) <= measure
    assert oracle.price(found) == oracle.best()
