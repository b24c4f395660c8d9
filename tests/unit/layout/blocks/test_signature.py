"""Signatures and joint names: GB/T 9704-2012 7.2.4 and 7.3.5."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from helpers.specimens import EM, LEADING, plain, setting, style
from msgspec.structs import replace

from brieftex.document.blocks import JointBlock, SignatureBlock
from brieftex.layout.blocks.joint import set_joint
from brieftex.layout.blocks.signature import APART, set_signature
from brieftex.layout.page import PlacedLine

MEASURE = 28 * EM
SEAL = 7 * EM


def signed(*names: str, **fields: Any) -> list[list[tuple[int, int, int]]]:
    """For each line that holds something, where its texts begin, end and stand, by line."""
    look = replace(style(right=4 * EM), leading=LEADING)
    block = SignatureBlock(
        tuple(map(plain, names)), plain("二〇二六年"), look, sealed=True, seal=SEAL, **fields
    )
    rows = set_signature(block, MEASURE, setting()).rows
    return [
        [(item.x, item.x + item.line.width, number) for item in row if isinstance(item, PlacedLine)]
        for number, row in enumerate(rows)
        if row
    ]


def test_two_names_stand_side_by_side_and_the_date_below_the_last() -> None:
    (first, last), (date,) = signed("青溪县应急局", "青溪县消防队")
    assert first[2] == last[2] == date[2] - 1
    assert date[1] == MEASURE - 4 * EM
    assert last[0] + last[1] == date[0] + date[1]  # one middle
    assert (last[0] + last[1] - first[0] - first[1]) // 2 >= SEAL + APART


@pytest.mark.parametrize("count", [2, 3, 4, 5, 7])
def test_seals_never_touch_and_stay_in_the_type_area(count: int) -> None:
    """Catches rows too close for seals, and a column beyond the edge."""
    rows = signed(*["青溪县局"] * count)[:-1]
    middles = [(x + end) // 2 for row in rows for x, end, _ in row]
    assert min(middles) >= SEAL // 2
    assert max(middles) <= MEASURE - SEAL // 2
    assert sum(map(len, rows)) == count
    for above, below in pairwise(rows):
        assert (below[0][2] - above[0][2]) * LEADING >= SEAL + APART
    for row in rows:
        for one, other in pairwise(row):
            assert other[0] + other[1] - one[0] - one[1] >= 2 * (SEAL + APART)


def test_a_person_signs_behind_the_office_and_above_the_date() -> None:
    """7.3.5.3: two characters between office and name, an empty line above the date."""
    (office, name), (date,) = signed("陈望", office=plain("县长"))
    assert name[1] == date[1] == MEASURE - 4 * EM
    assert name[0] - office[1] == 2 * EM
    assert date[2] - name[2] == 2


def test_joint_names_are_equally_wide() -> None:
    names = tuple(map(plain, ("县应急局", "县消防救援大队")))
    box = set_joint(JointBlock(names, plain("文件"), style()), MEASURE, setting())
    short, long, suffix = (item for item in box.items if isinstance(item, PlacedLine))
    assert (short.x, short.line.width) == (long.x, long.line.width)
    assert short.line.runs[-1].xs[-1] == long.line.runs[-1].xs[-1]
    assert suffix.y == (short.y + long.y) // 2
    assert short.x == MEASURE - suffix.x - suffix.line.width
    alone = set_joint(JointBlock(names, plain(""), style()), MEASURE, setting())
    assert len(alone.items) == 2
