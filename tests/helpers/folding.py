"""A printed booklet, folded again."""

from __future__ import annotations

from collections.abc import Sequence

from brieftex.layout.imposition import PageIndex, SheetSide, halves


def folded_order(sides: Sequence[SheetSide]) -> list[PageIndex]:
    """The pages of a booklet as a reader turns them, from the sides that were printed."""
    fronts, backs = sides[::2], sides[1::2]
    first: list[PageIndex] = []
    last: list[PageIndex] = []
    for front, back in zip(fronts, backs, strict=True):
        first += [halves(front)[1], halves(back)[0]]
        last += [halves(front)[0], halves(back)[1]]
    return [*first, *reversed(last)]
