"""Stage 7, justification: the gaps of a line that fills its measure exactly.

CLREQ, Procedures for Line Adjustment: gaps shrink step by step, or stretch step by step; within a
step all gaps change by the same amount, and the next step begins only when this one is exhausted.
The remainder of a division goes to the first gaps, one scaled point each.
"""

from __future__ import annotations

from itertools import accumulate, compress, count, islice
from operator import add

from brieftex.text.clreq import SHRINK_ORDER
from brieftex.text.columns import (
    GAP_WEIGHT,
    SCRIPT_GAP,
    WORD_GAP,
    Columns,
    running_sums,
    stretch_weights,
)
from brieftex.units import Sp


def justify(columns: Columns, a: int, b: int, measure: Sp, left: Sp = 0) -> list[Sp]:
    """The origins of units a up to b, the first at ``left``, Sp, where the gaps between them make
    the line ``measure`` wide.

    A line that cannot shrink enough is shrunk as far as possible; one without a gap that may
    stretch keeps its natural width.
    """
    slack = measure - columns.natural(a, b)
    start = left - columns.sums[a]
    if slack < 0:
        moves = _shrink(columns, a, b, -slack, start)
    else:
        moves = _stretch(columns, a, b, slack, start)
    return list(map(add, columns.sums[a:b], moves))


def _shrink(columns: Columns, a: int, b: int, excess: Sp, start: Sp) -> list[Sp]:
    """How far each unit is from its place in the running sums, the first by ``start``, where the
    gaps shrink by ``excess``, if they can."""
    steps = columns.steps[a : b - 1]
    taken: list[tuple[int, Sp]] = []
    for step in SHRINK_ORDER:
        if step not in steps:
            continue
        places = _places(steps, step)
        room = [columns.shrinks[a + i] for i in places]
        for i, amount in zip(places, _share(excess, room), strict=True):
            taken.append((i, -amount))
            excess -= amount
        if not excess:
            break
    return running_sums(sorted(taken), len(steps), start)


def _stretch(columns: Columns, a: int, b: int, slack: Sp, start: Sp) -> list[Sp]:
    """The same where the gaps stretch by ``slack``, if one may."""
    kinds = columns.kinds[a : b - 1]
    given: list[tuple[int, Sp]] = []
    for kind, most in ((WORD_GAP, columns.word_most), (SCRIPT_GAP, columns.script_most)):
        if kind not in kinds:
            continue
        places = _places(kinds, kind)
        room = [max(0, most - columns.gaps[a + i]) for i in places]
        for i, amount in zip(places, _share(slack, room), strict=True):
            given.append((i, amount))
            slack -= amount
    weights = stretch_weights(kinds) if slack else b""
    whole = sum(weights)
    if not whole:
        return running_sums(sorted(given), len(kinds), start)
    if weights.count(GAP_WEIGHT) == len(weights):
        even = _even_moves(slack, len(weights), start)
    else:
        shares = {weight: slack * weight // whole for weight in set(weights)}
        stretches = list(map(shares.__getitem__, weights))
        for i in islice(compress(count(), weights), slack - sum(stretches)):
            stretches[i] += 1
        even = list(accumulate(stretches, initial=start))
    return list(map(add, even, running_sums(sorted(given), len(kinds)))) if given else even


def _even_moves(slack: Sp, gaps: int, start: Sp) -> list[Sp]:
    """The same where all ``gaps`` stretch alike."""
    share, more = divmod(slack, gaps)
    turn = start + more * (share + 1)  # here is the first unit behind a gap that gets no more
    less = range(turn, start + slack + 1, share) if share else [turn] * (gaps - more + 1)
    return [*range(start, turn, share + 1), *less]


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
