"""Contents whose last page holds few entries: what follows runs on below them, or does not."""

from __future__ import annotations

from typing import Any

import pytest
from helpers.specimens import CHAR, LEADING, plain, set_lines, style

from brieftex.document.blocks import EntryBlock
from brieftex.layout.blocks.box import Box, Galley
from brieftex.layout.pages.contents_break import run_on
from brieftex.layout.pages.feasible import PagePlan
from brieftex.layout.pages.parameters import FORBIDDEN
from brieftex.styled.text import TextRun

LINE = Box(LEADING)
START = Box(LEADING, forced=True)


def entry(aside: bool = False) -> Box:
    """A line of the contents; one that stands ``aside`` belongs to no contents."""
    (line,) = set_lines("一", 5)
    block = EntryBlock(plain("一"), "a", style(), "…", TextRun(0, CHAR, 0), aside=aside)
    return Box(LEADING, entry=(block, line, 0))


def plans(*ends: int) -> list[PagePlan]:
    """Pages that end before these boxes."""
    starts = (0, *ends[:-1])
    return [PagePlan(((a, b),), (0, 0), b) for a, b in zip(starts, ends, strict=True)]


@pytest.mark.parametrize(
    ("least", "runs"), [(0, False), (1, False), (2, False), (3, True), (9, True)]
)
@pytest.mark.parametrize("blank", [False, True])
def test_what_follows_few_entries_runs_on(least: int, runs: bool, blank: bool) -> None:
    """Ensures that the page break behind the contents goes if their last page, which has two
    entries here, should have more, and that an empty line that is kept stands in its place, where
    there is none."""
    first = Box(LEADING, forced=True, blank=blank)
    boxes = (Box(LEADING), entry(), entry(), entry(), entry(), first, LINE, entry(aside=True), LINE)
    found = run_on(Galley(boxes, ()), plans(3, 5, 9), least, LEADING)
    assert (found is not None) is runs
    if found is not None:
        gap = () if blank else (Box(LEADING, after=FORBIDDEN, blank=True),)
        assert found.boxes == (*boxes[:5], *gap, Box(LEADING, blank=blank), *boxes[6:])


@pytest.mark.parametrize(
    "boxes",
    [
        (entry(), entry(), LINE, LINE),  # no page break behind them
        (LINE, entry(), entry()),  # nothing behind them
        (LINE, START, LINE),  # no contents
        (START, entry(aside=True), START),
        (Box(LEADING, anchors=("a",)), entry(), START),  # something else on their page
    ],
)
def test_there_is_nothing_to_run_on(boxes: tuple[Any, ...]) -> None:
    assert run_on(Galley(boxes, ()), plans(len(boxes)), 9, LEADING) is None
