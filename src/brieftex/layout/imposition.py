"""Imposition: which page lies where on which side of which sheet.

In: how many pages there are, their size, and on what paper. Out: sides, fronts and backs in turn.
Saddle stitch folds N = 4⌈n/4⌉ pages; sheet i, the outermost 0, has pages N−2i and 2i+1 on its front
and 2i+2 and N−2i−1 on its back, and is turned at its short edge. Inner sheets are pushed out by
the paper they are folded into, so their pages move towards the fold by its thickness (creep).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct

from brieftex.units import Rect, Size, Sp, mm

PAPERS = {
    "a5": Size(mm(148), mm(210)),
    "a4": Size(mm(210), mm(297)),
    "a3": Size(mm(297), mm(420)),
    "sra3": Size(mm(320), mm(450)),
}
"""Sheets of paper, upright."""

PAPER_THICKNESS = {60: mm("0.08"), 70: mm("0.09"), 80: mm("0.10"), 100: mm("0.125")}
"""How thick a sheet is, Sp, by its grams to the square metre."""

THOUSAND = 1000

PageIndex: TypeAlias = int | None
"""A page from 0, or None for a blank one."""


class Spot(Struct, frozen=True):
    """A page on a sheet: its trimmed size, scaled by ``scale`` thousandths, fills ``rect``."""

    page: int
    rect: Rect
    scale: int = THOUSAND


class SheetSide(Struct, frozen=True):
    """One side of a sheet of ``paper``; ``label`` is what a mark on it says, ``folds`` and ``cuts``
    are where it is folded and trimmed, which marks show where there is room for them."""

    paper: Size
    spots: tuple[Spot, ...]
    label: str = ""
    fold: Sp | None = None
    trim: Rect | None = None


def with_blanks(count: int, *, multiple: int, colophon: bool) -> list[PageIndex]:
    """The pages, with blanks that make their number a multiple: at the end, or before the page of
    the colophon, which is the last and belongs on the back of the issue (GB/T 9704-2012, 7.4)."""
    blanks: list[PageIndex] = [None] * (-count % multiple)
    pages: list[PageIndex] = list(range(count))
    return [*pages[:-1], *blanks, pages[-1]] if colophon and pages else [*pages, *blanks]


def halves(side: SheetSide) -> tuple[PageIndex, PageIndex]:
    """The pages on the left and on the right half of a side of a booklet."""
    middle = side.paper.width // 2
    found: dict[bool, PageIndex] = {
        spot.rect.x + spot.rect.width // 2 >= middle: spot.page for spot in side.spots
    }
    return found.get(False), found.get(True)


def booklet(
    pages: Sequence[PageIndex], trim: Size, paper: Size, thickness: Sp = 0
) -> list[SheetSide]:
    """The sides of a saddle-stitched booklet on sheets of ``paper``, lying. The number of
    ``pages`` is a multiple of four."""
    sheet = Size(paper.height, paper.width)
    scale = fitting_scale(trim, Size(sheet.width // 2, sheet.height))
    size = _scaled_size(trim, scale)
    count, middle = len(pages), sheet.width // 2
    top = (sheet.height - size.height) // 2
    cut = Rect(middle - size.width, top, 2 * size.width, size.height)
    sides = []
    for number in range(count // 4):
        creep = number * thickness
        left, right = middle - size.width + creep, middle - creep
        for back in (False, True):
            first, second = count - 2 * number - 1, 2 * number
            if back:
                first, second = 2 * number + 1, count - 2 * number - 2
            spots = [
                Spot(page, Rect(x, top, size.width, size.height), scale)
                for page, x in ((pages[first], left), (pages[second], right))
                if page is not None
            ]
            label = f"{number + 1}{'反' if back else '正'}"
            sides.append(SheetSide(sheet, tuple(spots), label, middle, cut))
    return sides


def several_up(pages: Sequence[PageIndex], trim: Size, paper: Size, number: int) -> list[SheetSide]:
    """Two pages side by side on lying sheets, or four on upright ones, in reading order: for
    reading proofs."""
    across = 2
    down = number // across
    sheet = paper if down == across else Size(paper.height, paper.width)
    cell = Size(sheet.width // across, sheet.height // down)
    scale = fitting_scale(trim, cell)
    size = _scaled_size(trim, scale)
    sides = []
    for start in range(0, len(pages), number):
        spots = []
        for place, page in enumerate(pages[start : start + number]):
            if page is None:
                continue
            x = place % across * cell.width + (cell.width - size.width) // 2
            y = place // across * cell.height + (cell.height - size.height) // 2
            spots.append(Spot(page, Rect(x, y, size.width, size.height), scale))
        sides.append(SheetSide(sheet, tuple(spots)))
    return sides


def plain_sides(pages: Sequence[PageIndex], trim: Size) -> list[SheetSide]:
    """Each page on a side of its own, as it is."""
    whole = Rect(0, 0, trim.width, trim.height)
    return [SheetSide(trim, () if page is None else (Spot(page, whole),)) for page in pages]


def for_one_sided(sides: Sequence[SheetSide]) -> tuple[list[SheetSide], list[SheetSide]]:
    """Fronts, and backs in reverse order, for a printer that prints one side: the pile goes in
    again as it came out, and the last sheet is the first to be taken."""
    fronts, backs = list(sides[::2]), list(sides[1::2])
    if len(backs) < len(fronts):
        backs.append(SheetSide(fronts[-1].paper, ()))
    return fronts, backs[::-1]


def fitting_scale(trim: Size, room: Size) -> int:
    """By how many thousandths pages are scaled to fit, 1000 at most. A millimetre more than there
    is room is not worth it: A5 is no exact half of A4."""
    if trim.width <= room.width + mm(1) and trim.height <= room.height + mm(1):
        return THOUSAND
    return min(room.width * THOUSAND // trim.width, room.height * THOUSAND // trim.height)


def _scaled_size(trim: Size, scale: int) -> Size:
    return Size(trim.width * scale // THOUSAND, trim.height * scale // THOUSAND)
