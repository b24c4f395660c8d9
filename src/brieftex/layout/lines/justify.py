"""Stage 7, justification: the gaps of a line that fills its measure exactly.

CLREQ, Procedures for Line Adjustment: gaps shrink step by step, or stretch step by step; within a
step all gaps change by the same amount, and the next step begins only when this one is exhausted.
The remainder of a division goes to the first gaps, one scaled point each.
"""

from __future__ import annotations

from itertools import compress, count, islice
from operator import add

from brieftex.text.clreq import SHRINK_ORDER, Gap
from brieftex.text.columns import Columns, stretch_weights
from brieftex.units import Sp


def justify(columns: Columns, a: int, b: int, measure: Sp) -> list[Sp]:
    """The gaps after units a up to b - 1 (without the last) that make the line ``measure``
    wide, Sp.

    A line that cannot shrink enough is shrunk as far as possible; one without a gap that may
    stretch keeps its natural width.
    """
    gaps = columns.gaps[a : b - 1]
    slack = measure - columns.natural(a, b)
    if slack < 0:
        _shrink(columns, a, b, gaps, -slack)
    elif slack > 0:
        _stretch(columns, a, b, gaps, slack)
    return gaps


def _shrink(columns: Columns, a: int, b: int, gaps: list[Sp], excess: Sp) -> None:
    steps = columns.steps[a : b - 1]
    for step in SHRINK_ORDER:
        if step not in steps:
            continue
        places = _places(steps, step)
        room = [columns.shrinks[a + i] for i in places]
        for i, amount in zip(places, _share(excess, room), strict=True):
            gaps[i] -= amount
            excess -= amount
        if not excess:
            return


def _stretch(columns: Columns, a: int, b: int, gaps: list[Sp], slack: Sp) -> None:
    kinds = columns.kinds[a : b - 1]
    for kind, most in ((Gap.WORD, columns.word_most), (Gap.SCRIPT, columns.script_most)):
        if kind not in kinds:
            continue
        places = _places(kinds, kind)
        room = [max(0, most - gaps[i]) for i in places]
        for i, amount in zip(places, _share(slack, room), strict=True):
            gaps[i] += amount
            slack -= amount
    weights = stretch_weights(kinds)
    whole = sum(weights)
    if not whole:
        return
    shares = {weight: slack * weight // whole for weight in set(weights)}
    stretches = list(map(shares.__getitem__, weights))
    gaps[:] = map(add, gaps, stretches)
    for i in islice(compress(count(), weights), slack - sum(stretches)):
        gaps[i] += 1


def _places(letters: str, letter: str) -> list[int]:
    places: list[int] = []
    i = letters.find(letter)
    while i >= 0:
        places.append(i)
        i = letters.find(letter, i + 1)
    return places


def _share(amount: Sp, room: list[Sp]) -> list[Sp]:
    """``amount``, or as much of it as fits, in equal parts, each limited by its ``room``."""
    if amount >= sum(room):
        return room
    shares = [0] * len(room)
    open_places = sorted(range(len(room)), key=room.__getitem__)
    for done, i in enumerate(open_places):
        # Gaps are served from the least room up, so that the rest still divides evenly; those with
        # more room than a share take what the division leaves.
        share = min(room[i], amount // (len(open_places) - done))
        shares[i] = share
        amount -= share
    return shares
