"""Which piece of the old issue is which of the new one, although moved or renamed.

First by the same title, then by how much of their text they share, in runs of three characters.
Blocks within a piece likewise: the same text first, then the most alike between two that are the
same, in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from brieftex.changes.edits import Change, rising, steps
from brieftex.changes.parts import IssuePiece, TextPart

_ALIKE = 0.25
"""The share of common runs from which two pieces are one that was edited."""

LEAST_MOVED = 8
"""Characters of the shortest block that is said to have moved: below, it may be chance."""

_LEAST_EDITED = 16
"""Those of the shortest that is said to have moved and been edited."""

_MOVED_ALIKE = 0.6
"""The share of common runs from which a block that was edited is one that moved."""

_PICTURES = frozenset(("插图", "图表", "名单", "外来页"))
"""Sorts of blocks one of which stands for another in its place whatever is in it."""

_MOST_EACH = 4000
"""Pairs of texts up to which each is compared with each."""

_FEW_HAVE = 12
"""A run that no more texts have tells which they are."""

_RUN = 3


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
    named: dict[str, list[int]] = {}
    for j in reversed(after):
        named.setdefault(new[j].title, []).append(j)
    for i in before:
        if old[i].title and named.get(old[i].title):
            pairs[i] = named[old[i].title].pop()
    taken = set(pairs.values())
    left = [j for j in after if j not in taken]
    open_ = [i for i in before if i not in pairs]
    texts, others = [_runs(old[i]) for i in open_], [_runs(new[j]) for j in left]
    found = [(share, -abs(open_[i] - left[j]), open_[i], left[j])
             for share, i, j in alikes(texts, others, _ALIKE)]  # fmt: skip
    for _, _, i, j in sorted(found, reverse=True):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def alikes(
    one: Sequence[frozenset[str]], two: Sequence[frozenset[str]], least: float
) -> Iterator[tuple[float, int, int]]:
    """The pairs of texts, given by their runs, that are at least so much alike: how much, and their
    numbers. Of many texts only those are looked at that share a run which few have."""
    if len(one) * len(two) <= _MOST_EACH:
        pairs: Iterable[tuple[int, int]] = product(range(len(one)), range(len(two)))
    else:
        having: dict[str, list[int]] = {}
        for j, runs in enumerate(two):
            for run in runs:
                having.setdefault(run, []).append(j)
        rare = {run: places for run, places in having.items() if len(places) <= _FEW_HAVE}
        pairs = (
            (i, j)
            for i, runs in enumerate(one)
            for j in sorted({j for run in runs & rare.keys() for j in rare[run]})
        )
    for i, j in pairs:
        share = likeness(one[i], two[j])
        if share >= least:
            yield share, i, j


def moved_parts(gone: Sequence[TextPart], added: Sequence[TextPart]) -> dict[int, int]:
    """Which of the blocks that are gone is which of those that were added: it stands elsewhere now,
    with the same text or with one that is much alike. By the numbers of those added."""
    found: dict[int, int] = {}
    same: dict[tuple[str, str], list[int]] = {}
    for i, part in enumerate(gone):
        if len(part.text) >= LEAST_MOVED:
            same.setdefault((part.sort, part.text), []).append(i)
    for j, part in enumerate(added):
        if places := same.get((part.sort, part.text)):
            found[j] = places.pop(0)
    taken = set(found.values())
    rest = [i for i, p in enumerate(gone) if i not in taken and len(p.text) >= _LEAST_EDITED]
    open_ = [j for j, p in enumerate(added) if j not in found and len(p.text) >= _LEAST_EDITED]
    runs = [runs_of(gone[i].text) for i in rest], [runs_of(added[j].text) for j in open_]
    ranked = sorted(alikes(*runs, _MOVED_ALIKE), key=lambda one: (-one[0], one[1:]))
    for _, a, b in ranked:
        i, j = rest[a], open_[b]
        if i not in taken and j not in found and gone[i].sort == added[j].sort:
            found[j] = i
            taken.add(i)
    return found


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
    if not gone or not added:
        return [*((i, None) for i in gone), *((None, j) for j in added)]
    before = [runs_of(old[i].text) for i in gone]
    after = [runs_of(new[j].text) for j in added]
    if len(gone) * len(added) > _MOST_EACH:
        return _anchored(old, new, (gone, added), (before, after))
    rows, columns = len(gone), len(added)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    share = [[0.0] * columns for _ in range(rows)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            same = old[gone[i]].sort == new[added[j]].sort
            alike = likeness(before[i], after[j]) if same else 0.0
            sort = old[gone[i]].sort
            if same and (sort in _PICTURES or _is_field(sort, alone=rows == columns == 1)):
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


def _anchored(
    old: Sequence[TextPart],
    new: Sequence[TextPart],
    places: tuple[Sequence[int], Sequence[int]],
    runs: tuple[Sequence[frozenset[str]], Sequence[frozenset[str]]],
) -> list[tuple[int | None, int | None]]:
    """The same for many blocks: those that are most alike are paired first, as many as stand in
    the same order, and what is between two of these pairs is aligned by itself."""
    gone, added = places
    partner: dict[int, int] = {}
    taken: set[int] = set()
    found = [
        one for one in alikes(*runs, _ALIKE) if old[gone[one[1]]].sort == new[added[one[2]]].sort
    ]
    for _, i, j in sorted(found, key=lambda one: (-one[0], one[1:])):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    firm = sorted(partner.items())
    astray = out_of_order([j for _, j in firm])
    firm = [pair for k, pair in enumerate(firm) if k not in astray]
    made: list[tuple[int | None, int | None]] = []
    a = b = 0
    for i, j in [*firm, (len(gone), len(added))]:
        between = gone[a:i], added[b:j]
        if firm and len(between[0]) * len(between[1]) <= _MOST_EACH:
            made += _aligned(old, new, *between)
        else:
            made += [*((k, None) for k in between[0]), *((None, k) for k in between[1])]
        if i < len(gone):
            made.append((gone[i], added[j]))
        a, b = i + 1, j + 1
    return made


def _is_field(sort: str, *, alone: bool) -> bool:
    """Whether there is one block of this sort only: a field of the masthead or the colophon, or
    what stands ``alone`` in its gap."""
    return "·" in sort or (alone and sort not in ("段落", "列表"))


def out_of_order(places: Sequence[int]) -> set[int]:
    """The places of a sequence that have to move to put it in order: as few as can be."""
    return set(range(len(places))) - set(rising(places))
