"""QR codes in the margin: beside their sources, apart from one another and on the paper."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brieftex.diagnostics import Span
from brieftex.document.paragraphs import Code
from brieftex.document.styles import PAPER_EDGE, PageStyle
from brieftex.layout.pages.marginal import set_codes
from brieftex.units import Rect, Size, mm

PAGE = PageStyle(Size(mm(210), mm(297)), Rect(mm(28), mm(37), mm(156), mm(225)), mm(10), 22)
SIZE, QUIET = mm(15), mm(2)


def code(gap: int) -> Code:
    return Code(0, 1, Span(0, 1), (), SIZE, QUIET, gap)


@pytest.mark.parametrize("gap", [mm(1), mm(2), mm(5)])
def test_codes_stand_beside_the_type_area(gap: int) -> None:
    """Ensures that a code is as far from the text as it should be, its quiet zone at least, at
    either side."""
    for at_left in (False, True):
        (placed,), _ = set_codes([(mm(100), code(gap))], PAGE, at_left=at_left)
        away = max(gap, QUIET)
        left = mm(28) - away - SIZE if at_left else mm(28) + mm(156) + away
        assert (placed.x, placed.y) == (left, mm(100) - SIZE // 2)


@given(st.lists(st.integers(0, 297).map(mm), max_size=22).map(sorted))
def test_codes_keep_apart(middles: list[int]) -> None:
    """Ensures that codes keep their order and their quiet zones, and stay on the paper; that some
    are left out only if the page is full; and that one with room around it is level with its
    source."""
    placed, left = set_codes([(middle, code(0)) for middle in middles], PAGE, at_left=True)
    tops = [one.y for one in placed]
    assert all(b - a >= SIZE + QUIET for a, b in pairwise(tops))
    assert all(top + SIZE <= mm(297) - PAPER_EDGE for top in tops)
    assert len(placed) + len(left) == len(middles)
    assert not tops or tops[0] >= PAPER_EDGE
    room = mm(297) - 2 * PAPER_EDGE
    assert not left or (len(placed) + 1) * (SIZE + QUIET) - QUIET > room
    for k, (middle, top) in enumerate(zip(middles, tops, strict=False)):
        free = all(abs(middle - other) >= 3 * SIZE for other in middles[:k] + middles[k + 1 :])
        if free and 2 * SIZE < middle < mm(297) - 2 * SIZE and len(middles) < 4:
            assert top == middle - SIZE // 2
