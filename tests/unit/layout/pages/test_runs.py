"""Upright and turned pages: each run is to the page breaker what it would be by itself."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from helpers.chance import several
from helpers.galleys import LINE, galley
from hypothesis import given
from msgspec.structs import replace

from brieftex.layout.blocks.box import Box
from brieftex.layout.pages.columns import PageColumns
from brieftex.layout.pages.feasible import PagePlan
from brieftex.layout.pages.pagebreak import break_pages
from brieftex.layout.pages.runs import page_runs

FLAGS = ("turned", "blank", "forced", "heading", "foot")


def box(chance: Random) -> dict[str, object]:
    return {
        **{name: chance.random() < 0.5 for name in FLAGS},
        "height": chance.randint(1, 4),
        "after": chance.choice((0, 30)),
        "head": chance.choice((0, 10)),
        "float": chance.choice((0, 1)),
        "notes": chance.choice(((), ((7,),), ((7, 7), (5,)))),
    }


def columns_of(boxes: list[dict[str, object]]) -> PageColumns:
    def places(name: str) -> list[int]:
        return [k for k, one in enumerate(boxes) if one[name]]

    def values(name: str) -> dict[int, object]:
        return {k: one[name] for k, one in enumerate(boxes)}

    return galley(
        heights=[one["height"] for one in boxes],  # type: ignore[misc]
        after=values("after"),  # type: ignore[arg-type]
        blanks=places("blank"),
        forced=places("forced"),
        heads=values("head"),  # type: ignore[arg-type]
        floats=values("float"),  # type: ignore[arg-type]
        headings=places("heading"),
        feet=places("foot"),
        notes=values("notes"),  # type: ignore[arg-type]
        gap=1,
        space=5,
    )


@given(several(box, 9))
def test_a_run_is_what_its_boxes_are_alone(drawn: list[dict[str, object]]) -> None:
    """Ensures that runs are as long as can be and that their columns are those of a galley of
    these boxes and their notes, and nothing else."""
    columns = columns_of(drawn)
    runs = page_runs([Box(1, turned=bool(one["turned"])) for one in drawn], columns)
    assert [run.start for run in runs] == [0, *(run.end for run in runs[:-1])]
    assert runs[-1].end == len(drawn)
    assert all(a.turned != b.turned for a, b in pairwise(runs))
    note = 0
    for run in runs:
        part = drawn[run.start : run.end]
        assert {bool(one["turned"]) for one in part} == {run.turned}
        assert run.columns == columns_of(part)
        assert run.note == note
        note += run.columns.called[-1]
    assert note == columns.called[-1]


@pytest.mark.parametrize("turned_ones", [{3, 4, 5, 10, 11}, {0, 1, 2, 9}, set(range(15)), set()])
def test_plans_of_runs_are_plans_of_the_galley(turned_ones: set[int]) -> None:
    """Ensures that boxes and lines of notes are counted from the galley's first where runs are put
    together, and from the run's own where they are taken apart again."""
    notes = {0: [[LINE] * 3], 4: [[LINE] * 5], 7: [[LINE] * 2, [LINE] * 6], 11: [[LINE] * 4]}
    columns = galley(15, notes=notes)
    turned = [k in turned_ones for k in range(15)]
    runs = page_runs([Box(LINE, turned=is_so) for is_so in turned], columns)
    own = [break_pages(run.columns, 8 * LINE) for run in runs]
    whole: list[PagePlan] = []
    for run, plans in zip(runs, own, strict=True):
        whole += run.in_galley(plans)
    held = [k for plan in whole for span in plan.spans for k in range(*span)]
    assert held == list(range(15))
    lines = [plan.notes for plan in whole]
    assert lines[0][0] == 0
    assert lines[-1][1] == columns.called[-1]
    assert all(a[1] == b[0] for a, b in pairwise(lines))
    assert [plan.end for plan in whole if plan.spans] == [p.spans[-1][1] for p in whole if p.spans]
    for plan in whole:
        assert {turned[k] for span in plan.spans for k in range(*span)} <= {plan.turned}
    for run, plans in zip(runs, own, strict=True):
        assert run.own(whole) == [replace(plan, turned=run.turned) for plan in plans]
