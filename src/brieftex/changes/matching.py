"""Which piece of the old issue is which of the new one, although moved or renamed.

First by the same title, then by how much of their text they share, in runs of three characters.
Blocks within a piece likewise: the same text first, then the most alike between two that are the
same, in order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from brieftex.changes.edits import Change, steps
from brieftex.changes.parts import IssuePiece, TextPart

_ALIKE = 0.25
"""The share of common runs from which two pieces are one that was edited."""

_RUN = 3
_MOST_COMPARED = 400
"""Blocks of one gap up to which each is compared with each."""


def runs_of(text: str) -> frozenset[str]:
    """The runs of three characters of a text, or the text if it is shorter."""
    if len(text) <= _RUN:
        return frozenset([text] if text else [])
    return frozenset(text[i : i + _RUN] for i in range(len(text) - _RUN + 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of two texts is common, from 0 to 1: the share of the shorter one, so that a text
    that grew is still itself."""
    if not one or not other:
        return 0.0
    common = len(one & other)
    return (common / min(len(one), len(other)) + common / max(len(one), len(other))) / 2


def match_pieces(old: Sequence[IssuePiece], new: Sequence[IssuePiece]) -> list[tuple[int, int]]:
    """Pairs of numbers of pieces that are the same, in the order of the old issue."""
    pairs: dict[int, int] = {}
    for sort in dict.fromkeys(piece.sort for piece in old):
        before = [i for i, piece in enumerate(old) if piece.sort == sort]
        after = [j for j, piece in enumerate(new) if piece.sort == sort]
        if sort in ("head", "foot", "foreword", "body"):
            pairs |= dict(zip(before[:1], after[:1], strict=False))
            continue
        pairs |= _paired(before, after, old, new)
    return sorted(pairs.items())


def _paired(
    before: Sequence[int],
    after: Sequence[int],
    old: Sequence[IssuePiece],
    new: Sequence[IssuePiece],
) -> dict[int, int]:
    pairs: dict[int, int] = {}
    left = list(after)
    for i in before:
        same = next((j for j in left if new[j].title == old[i].title and old[i].title), None)
        if same is not None:
            pairs[i] = same
            left.remove(same)
    open_ = [i for i in before if i not in pairs]
    texts = {i: _runs(old[i]) for i in open_}
    others = {j: _runs(new[j]) for j in left}
    found = sorted(
        ((likeness(texts[i], others[j]), -abs(i - j), i, j) for i in open_ for j in left),
        reverse=True,
    )
    for share, _, i, j in found:
        if share >= _ALIKE and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _runs(piece: IssuePiece) -> frozenset[str]:
    found = set(runs_of(piece.title))
    for part in piece.parts:
        found |= runs_of(part.text)
    return frozenset(found)


def match_parts(
    old: Sequence[TextPart], new: Sequence[TextPart]
) -> list[tuple[int | None, int | None]]:
    """The blocks of a piece side by side: pairs, blocks that are gone and blocks that are new, so
    that both sides stand in their order."""
    keys = [[(part.sort, part.text) for part in side] for side in (old, new)]
    found: list[tuple[int | None, int | None]] = []
    gone: list[int] = []
    added: list[int] = []
    for change, i, j in steps(*keys):
        if change is Change.KEPT:
            found += _aligned(old, new, gone, added)
            gone, added = [], []
            found.append((i, j))
        elif change is Change.GONE:
            gone.append(i)
        else:
            added.append(j)
    return found + _aligned(old, new, gone, added)


def _aligned(
    old: Sequence[TextPart], new: Sequence[TextPart], gone: Sequence[int], added: Sequence[int]
) -> list[tuple[int | None, int | None]]:
    """Blocks of a gap, paired in order so that the sum of their likeness is greatest."""
    if not gone or not added or len(gone) * len(added) > _MOST_COMPARED**2 // 4:
        return [*((i, None) for i in gone), *((None, j) for j in added)]
    before = [runs_of(old[i].text) for i in gone]
    after = [runs_of(new[j].text) for j in added]
    rows, columns = len(gone), len(added)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    share = [[0.0] * columns for _ in range(rows)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            same = old[gone[i]].sort == new[added[j]].sort
            alike = likeness(before[i], after[j]) if same else 0.0
            if same and _is_field(old[gone[i]].sort, alone=rows == columns == 1):
                alike = max(alike, _ALIKE)  # a field that was given another value
            share[i][j] = alike if alike >= _ALIKE else 0.0
            pair = share[i][j] + best[i + 1][j + 1] if share[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], pair)
    found: list[tuple[int | None, int | None]] = []
    i = j = 0
    while i < rows or j < columns:
        if (
            i < rows
            and j < columns
            and share[i][j]
            and (best[i][j] == share[i][j] + best[i + 1][j + 1])
        ):
            found.append((gone[i], added[j]))
            i, j = i + 1, j + 1
        elif i < rows and (j == columns or best[i][j] == best[i + 1][j]):
            found.append((gone[i], None))
            i += 1
        else:
            found.append((None, added[j]))
            j += 1
    return found


def _is_field(sort: str, *, alone: bool) -> bool:
    """Whether there is one block of this sort only: a field of the masthead or the colophon, or
    what stands ``alone`` in its gap."""
    return "·" in sort or (alone and sort not in ("段落", "列表"))


def out_of_order(places: Sequence[int]) -> set[int]:
    """The places of a sequence that have to move to put it in order: as few as can be."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for k, place in enumerate(places):
        at = bisect_left(tails, place)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(place)
            ends.append(k)
        else:
            tails[at], ends[at] = place, k
    kept: set[int] = set()
    k = ends[-1] if ends else -1
    while k >= 0:
        kept.add(k)
        k = before[k]
    return set(range(len(places))) - kept
