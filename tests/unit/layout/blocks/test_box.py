from __future__ import annotations

import pytest
from helpers.specimens import EM, LEADING, set_lines

from brieftex.layout.blocks.box import baseline, moved, raised
from brieftex.layout.page import PlacedLine, PlacedRule
from brieftex.units import BLACK, Rect


@pytest.mark.parametrize(
    ("height", "lines"), [(1, 1), (LEADING, 1), (LEADING + 1, 2), (0, 0), (3 * LEADING, 3)]
)
def test_heights_are_raised_to_whole_lines(height: int, lines: int) -> None:
    """Ensures that what fits a line exactly takes one, not two."""
    assert raised(height, LEADING) == lines * LEADING
    assert raised(height, None) == height


def test_the_em_box_stands_in_the_middle_of_its_line() -> None:
    """Ensures that white above and below a line are alike: half an em above the em box."""
    assert baseline(LEADING, EM) == EM // 2 + EM * 880 // 1000


def test_moving() -> None:
    """Ensures that lines and rules move alike and keep their size."""
    (line,) = set_lines("中文", 5)
    assert moved(PlacedLine(1, 2, line), 10, 20) == PlacedLine(11, 22, line)
    assert moved(PlacedRule(Rect(1, 2, 3, 4), BLACK), 10, 20).rect == Rect(11, 22, 3, 4)
