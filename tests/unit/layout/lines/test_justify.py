from __future__ import annotations

from collections.abc import Sequence

import pytest
from helpers.cases import each
from helpers.specimens import justified_gaps

from brieftex.text.columns import Columns

EM = 1000


def columns(
    gaps: Sequence[int],
    steps: str,
    shrinks: Sequence[int],
    kinds: str = "",
    word_most: int = 500,
    script_most: int = 250,
) -> Columns:
    """Units of one em with these gaps between them."""
    count = len(gaps) + 1
    return Columns(
        em=EM, widths=[EM] * count, gaps=[*gaps, 0], shrinks=[*shrinks, 0], steps=steps + "-",
        kinds=(kinds or "h" * len(gaps)) + "h", trim_start=[0] * count, trim_end=[0] * count,
        hyphens={}, breaks=[count], penalties=[0], forced=(count,), full=bytes([1] * count),
        word_most=word_most, script_most=script_most, script_natural=125,
    )  # fmt: skip


# One gap of each step of shrinking, in an order that is not theirs: stop, script, pause,
# bracket, word.
EACH = columns([0, 125, 0, 0, 500], "76542", [500, 100, 500, 500, 250], "hxhhw")
NATURAL = 6 * EM + 625


@each(
    ("less", "gaps"),
    [
        (0, [0, 125, 0, 0, 500]),
        (100, [0, 125, 0, 0, 400]),
        (250, [0, 125, 0, 0, 250]),
        (251, [0, 125, 0, -1, 250]),
        (750, [0, 125, 0, -500, 250]),
        (751, [0, 125, -1, -500, 250]),
        (1250, [0, 125, -500, -500, 250]),
        (1251, [0, 124, -500, -500, 250]),
        (1350, [0, 25, -500, -500, 250]),
        (1351, [-1, 25, -500, -500, 250]),
        (1850, [-500, 25, -500, -500, 250]),
        (9999, [-500, 25, -500, -500, 250]),
    ],
)
def test_shrinking_goes_step_by_step(less: int, gaps: list[int]) -> None:
    """Ensures CLREQ's order: word spaces, brackets, pauses, script gaps, stops, each only
    when all before it have given what they can, and nothing beyond its least."""
    assert justified_gaps(EACH, 0, 6, NATURAL - less) == gaps


@pytest.mark.parametrize(
    ("more", "gaps"),
    [
        (60, [0, 0, 310, 125, 0]),
        (250, [0, 0, 500, 125, 0]),
        (300, [0, 0, 500, 175, 0]),
        (375, [0, 0, 500, 250, 0]),
        (379, [1, 1, 501, 251, 0]),
        (775, [100, 100, 600, 350, 0]),
    ],
)
def test_stretching_goes_step_by_step(more: int, gaps: list[int]) -> None:
    """Ensures CLREQ's order: word spaces to half an em, script gaps to their most, then all
    gaps alike; a fixed gap never."""
    made = columns([0, 0, 250, 125, 0], "--26-", [0] * 5, "hhwx-")
    assert justified_gaps(made, 0, 6, 6 * EM + 375 + more) == gaps


def test_places_of_a_step_give_alike() -> None:
    """Ensures that two commas share what is taken, and the odd scaled point goes to one."""
    made = columns([0, 0, 0], "555", [500, 500, 500])
    assert justified_gaps(made, 0, 4, 4 * EM - 300) == [-100, -100, -100]
    assert sorted(justified_gaps(made, 0, 4, 4 * EM - 301)) == [-101, -100, -100]


def test_a_narrow_place_gives_what_it_has_and_the_others_the_rest() -> None:
    """Ensures that equal shares do not press a squeezed mark below its ink."""
    made = columns([0, 0, 0], "555", [50, 500, 500])
    assert justified_gaps(made, 0, 4, 4 * EM - 450) == [-50, -200, -200]


def test_a_full_word_space_leaves_its_share_to_the_others() -> None:
    """Ensures that equal shares of stretch stop at the most, and the rest goes on."""
    made = columns([480, 250], "22", [0, 0], "ww")
    assert justified_gaps(made, 0, 3, 3 * EM + 730 + 100) == [500, 330]


def test_a_gap_wider_than_its_most_stays() -> None:
    """Ensures that stretching never narrows a gap that is wide by nature."""
    made = columns([600, 0], "2-", [0, 0], "wh")
    assert justified_gaps(made, 0, 3, 3 * EM + 600 + 10) == [605, 5]


def test_what_division_leaves_goes_to_the_first_places() -> None:
    """Ensures that a line is exact to the scaled point, the same way each time."""
    made = columns([0, 0, 0], "---", [0, 0, 0])
    assert justified_gaps(made, 0, 4, 4 * EM + 5) == [2, 2, 1]
    assert justified_gaps(made, 0, 4, 4 * EM + 2) == [1, 1, 0]


def test_only_the_line_is_looked_at() -> None:
    """Ensures that gaps outside the line, the one after its last unit among them, neither
    count nor change."""
    made = columns([0, 0, 0, 0], "5555", [500] * 4)
    assert justified_gaps(made, 1, 3, 2 * EM - 200) == [-200]
    assert justified_gaps(made, 1, 2, 5 * EM) == []


def test_nothing_stretches_where_nothing_may() -> None:
    """Ensures that —— alone in a line is not torn apart."""
    made = columns([0], "-", [0], "-")
    assert justified_gaps(made, 0, 2, 5 * EM) == [0]
