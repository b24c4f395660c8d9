"""QR codes in the outer margin, each level with the source whose address it encodes.

There they take no room from the text, so that an edition with codes has the lines and pages of one
without. Codes that would touch are moved apart; the paper's edge is kept free.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from brieftex.document.paragraphs import Code
from brieftex.document.styles import PAPER_EDGE, PageStyle
from brieftex.layout.page import PlacedPath
from brieftex.units import BLACK, Sp
from brieftex.vector import Paint

Beside: TypeAlias = tuple[Sp, Code]
"""A code, and the height on the page at which its middle should be."""


def set_codes(
    wanted: Sequence[Beside], page: PageStyle, *, at_left: bool
) -> tuple[list[PlacedPath], list[Code]]:
    """The codes of a page from the top, and those for which its height has no room.

    They are artifacts, since the addresses that they encode are printed beside them as text.
    """
    fitting = list(wanted)
    while (tops := _tops(fitting, page.trim.height)) and tops[0] < PAPER_EDGE:
        fitting.pop()
    area, paint = page.type_area, Paint(fill=BLACK, even_odd=True)
    placed: list[PlacedPath] = []
    for (_, code), top in zip(fitting, tops, strict=True):
        gap = max(code.gap, code.quiet)
        x = area.x - gap - code.size if at_left else area.x + area.width + gap
        placed.append(PlacedPath(x, top, code.outline, paint, -1))
    return placed, [code for _, code in wanted[len(fitting) :]]


def _tops(wanted: Sequence[Beside], height: Sp) -> list[Sp]:
    """Where codes begin: as near to what is wanted as their quiet zones and the foot allow."""
    tops: list[Sp] = []
    free = 0
    for middle, code in wanted:
        tops.append(max(middle - code.size // 2, free + code.quiet if tops else PAPER_EDGE))
        free = tops[-1] + code.size
    foot = height - PAPER_EDGE
    for k in reversed(range(len(tops))):
        code = wanted[k][1]
        tops[k] = min(tops[k], foot - code.size)
        foot = tops[k] - code.quiet
    return tops
