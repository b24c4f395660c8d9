from __future__ import annotations

import unicodedata

import pytest

from brieftex.text.classify import classify
from brieftex.text.clreq import (
    CELL,
    CELL_OF,
    NOT_AT_LINE_END,
    NOT_AT_LINE_START,
    SHRINK_ORDER,
    STEP_OF,
    UNIT_SQUARES,
    CharClass,
    Gap,
    ShrinkStep,
)
from brieftex.text.columns import stretch_weights


@pytest.mark.parametrize(
    ("level", "start", "end"),
    [
        ("basic", "),.!~m/q", "(p"),
        ("gb", "),.!~m/q", "(p/"),
        ("strict", "),.!~m/qDE", "(p/"),
    ],
)
def test_prohibition_levels(level: str, start: str, end: str) -> None:
    """Ensures CLREQ's table of levels: GB/T 15834 5.1.9 adds the solidus at the end, strict
    the dash and the ellipsis at the start."""
    assert set(NOT_AT_LINE_START[level]) == set(start)
    assert set(NOT_AT_LINE_END[level]) == set(end)


def test_steps_of_shrinking_are_in_the_order_of_clreq() -> None:
    """Ensures that word spaces give first and 。？！ last (CLREQ, line adjustment)."""
    assert SHRINK_ORDER == (
        ShrinkStep.WORD,
        ShrinkStep.BRACKET,
        ShrinkStep.PAUSE,
        ShrinkStep.SCRIPT,
        ShrinkStep.STOP,
    )
    assert STEP_OF[CharClass.STOP] is STEP_OF[CharClass.EXCLAMATION] is ShrinkStep.STOP
    assert STEP_OF[CharClass.PAUSE] is ShrinkStep.PAUSE
    assert STEP_OF[CharClass.OPENING] is STEP_OF[CharClass.CLOSING] is ShrinkStep.BRACKET


def test_cells_are_those_of_the_standard() -> None:
    """Ensures that —— and …… are two em, 一字线 and 浪纹线 one, 间隔号 and 分隔号
    half of one (GB/T 15834 5.1.4 to 5.1.9), whatever the face says."""
    assert CELL == {
        CharClass.DASH: 1000,
        CharClass.ELLIPSIS: 1000,
        CharClass.CONNECTOR: 1000,
        CharClass.INTERPUNCT: 500,
        CharClass.SOLIDUS: 500,
    }
    assert CELL_OF == {"⸺": 2000, "⸻": 3000}


def test_squares_of_units_are_those_that_hold_letters() -> None:
    """Ensures that ㎡ and its like are units, and neither ㍿ nor ㏠ nor ㍘, in which Han stand; by
    what Unicode says they are short for."""
    block = range(0x3371, 0x3400)
    letters = [
        code
        for code in block
        if not any(c >= "\u3040" for c in unicodedata.normalize("NFKC", chr(code)))
    ]
    assert [code for low, high in UNIT_SQUARES for code in range(low, high + 1)] == letters


@pytest.mark.parametrize(
    ("first", "last"),
    [(0x2200, 0x22FF), (0x20A0, 0x20C0), (0x2120, 0x2122), (0x2150, 0x215F), (0x207A, 0x207E)],
)
def test_signs_of_western_text_are_whole_blocks(first: int, last: int) -> None:
    """Ensures that operators, currencies, fractions and exponents are Western from the first to the
    last, and that what stands beside them in the code, ← and Ⅰ and ⌀, stands in a Han cell."""
    signs = "".join(map(chr, range(first, last + 1))).replace("⋯", "")  # which is an ellipsis
    assert set(classify(signs)) == {CharClass.WESTERN}
    beside = {first - 1, last + 1} & {0x21FF, 0x2300, 0x211F, 0x2123, 0x2160}
    assert all(classify(chr(code)) == CharClass.HAN for code in beside)


def test_gaps_stretch_alike_but_for_those_in_addresses() -> None:
    """Ensures that a gap in an address takes a quarter of what others take, and those inside words
    and marks nothing."""
    kinds = "".join(kind.value for kind in (Gap.FIXED, Gap.HAN, Gap.SCRIPT, Gap.WORD, Gap.URL))
    assert list(stretch_weights(kinds)) == [0, 4, 4, 4, 1]
