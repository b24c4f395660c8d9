"""Which paragraph of a document that came back is which of the twin, although edited or moved.

By its bookmark; where programs lost these by the same text, in order; then by likeness between two
that are known.
"""

from __future__ import annotations

from collections.abc import Sequence

from brieftex.changes.edits import Change, steps
from brieftex.changes.matching import alikes, out_of_order, runs_of
from brieftex.twin.shown import Shown

_LEAST = 0.25
_SAME_CELL = 0.2


def matched(base: Sequence[Shown], edited: Sequence[Shown]) -> dict[int, int]:
    """Numbers of paragraphs of the document that came back, with those of the twin's."""
    known = {one.mark: i for i, one in enumerate(base) if one.mark}
    pairs: dict[int, int] = {}
    for j, one in enumerate(edited):
        i = known.get(one.mark)
        if one.mark and i is not None and _may_be(base[i], one):
            pairs[j] = i
            del known[one.mark]
    _match_same(base, edited, pairs)
    _match_cells(base, edited, pairs)
    _match_alike(base, edited, pairs)
    return pairs


def moved_paragraphs(pairs: dict[int, int]) -> set[int]:
    """Those of the document that came back that have moved: as few as can be."""
    order = sorted(pairs)
    return {order[k] for k in out_of_order([pairs[j] for j in order])}


def _may_be(one: Shown, other: Shown) -> bool:
    """Whether a bookmark may be believed: a note stays a note, a cell a cell."""
    return bool(one.note) == bool(other.note) and (one.cell is None) == (other.cell is None)


def _match_same(base: Sequence[Shown], edited: Sequence[Shown], pairs: dict[int, int]) -> None:
    """Pair paragraphs of the same text, in order."""
    taken = set(pairs.values())
    old = [i for i in range(len(base)) if i not in taken]
    new = [j for j in range(len(edited)) if j not in pairs]
    for change, a, b in steps([_key(base[i]) for i in old], [_key(edited[j]) for j in new]):
        if change is Change.KEPT and base[old[a]].text.strip():
            pairs[new[b]] = old[a]
    # What is left of the same text has moved.
    taken = set(pairs.values())
    homes: dict[object, list[int]] = {}
    for i in range(len(base)):
        if i not in taken and len(base[i].text) > 6:
            homes.setdefault(_key(base[i]), []).append(i)
    for j in range(len(edited)):
        if j not in pairs and homes.get(_key(edited[j])):
            pairs[j] = homes[_key(edited[j])].pop(0)


def _key(one: Shown) -> object:
    return one.text, bool(one.note), one.cell is None


def _match_cells(base: Sequence[Shown], edited: Sequence[Shown], pairs: dict[int, int]) -> None:
    """Pair cells that are left and stand at the same place of the same table."""
    taken = set(pairs.values())
    homes = {base[i].cell: i for i in range(len(base)) if i not in taken and base[i].cell}
    for j, one in enumerate(edited):
        if j not in pairs and one.cell is not None and one.cell in homes:
            pairs[j] = homes.pop(one.cell)


def _match_alike(base: Sequence[Shown], edited: Sequence[Shown], pairs: dict[int, int]) -> None:
    """Pair what lies between two neighbours that are known, the most alike first."""
    taken = set(pairs.values())
    old = [i for i in range(len(base)) if i not in taken and base[i].text.strip()]
    new = [j for j in range(len(edited)) if j not in pairs and edited[j].text.strip()]
    before = [runs_of(base[i].text) for i in old]
    after = [runs_of(edited[j].text) for j in new]
    found = []
    for share, a, b in alikes(before, after, _LEAST - _SAME_CELL):
        i, j = old[a], new[b]
        if _may_be(base[i], edited[j]):
            same_cell = base[i].cell == edited[j].cell is not None
            found.append((share + _SAME_CELL * same_cell, -abs(i - j), i, j))
    found.sort(reverse=True)
    for share, _, i, j in found:
        if share >= _LEAST and j not in pairs and i not in taken:
            pairs[j] = i
            taken.add(i)
