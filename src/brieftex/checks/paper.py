"""Stage 10: nothing is printed beyond the paper, and running head and folio keep off the text.

What is judged are lines, by the part of their em boxes that holds most ink. The finished file
is looked at again, glyph by glyph (``pdf.read.overlap``); here each fault has its place.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import TypeAlias

from brieftex.diagnostics import Finding, Span
from brieftex.diagnostics.messages import makeup as messages
from brieftex.layout.dump import line_text
from brieftex.layout.page import (
    Artifact,
    Page,
    Placed,
    PlacedFrame,
    PlacedLine,
    PlacedPicture,
    PlacedRule,
)
from brieftex.memory import NOTHING_KEPT, Memo
from brieftex.units import Sp

_ABOVE, _BELOW = 75, 5
"""Of an em, in hundredths, above and below the baseline."""

_Edges: TypeAlias = tuple[Sp, Sp, Sp, Sp]
"""Of what is printed: left, top, right, bottom."""

_FURNITURE = {
    Artifact.HEADER: ("页眉", "running head"),
    Artifact.FOOTER: ("页码", "folio"),
}


def check_paper(
    pages: Sequence[Page], looks: Sequence[Hashable], memo: Memo = NOTHING_KEPT
) -> Iterator[Finding]:
    """The first thing that leaves the paper on each page, and the first page of the running head
    and of the folio on which they lie on the text. ``memo`` may know that pages of such ``looks``
    have no faults."""
    told: set[Artifact] = set()
    for page, look in zip(pages, looks, strict=True):
        key = "on paper", look
        if memo.get(key):
            continue
        found = [*_faults(page, told)]
        if not found and not told:
            memo.put(key, "no fault")
        yield from found


def _faults(page: Page, told: set[Artifact]) -> Iterator[Finding]:
    """What is wrong with a page, but for what was ``told`` of another."""
    printed = [(item, edges) for item in page.items if (edges := _edges(item)) is not None]
    width, height = page.trim.width, page.trim.height
    beyond = [
        item
        for item, (left, top, right, bottom) in printed
        if left < 0 or top < 0 or right > width or bottom > height
    ]
    if beyond:
        at = next((span for item in beyond if (span := _span(item)) is not None), None)
        yield messages.OFF_PAPER.at(at, page=page.number)
    yield from _out_of_drawings(page, printed)
    for artifact, (what, what_en) in _FURNITURE.items():
        own = [edges for item, edges in printed if getattr(item, "artifact", None) is artifact]
        if artifact in told or not own:
            continue
        # Few lines are as high or as low on the page.
        head = min(top for _, top, _, _ in own)
        foot = max(bottom for _, _, _, bottom in own)
        over = [
            item
            for item, edges in printed
            if edges[1] < foot
            and edges[3] > head
            and isinstance(item, PlacedLine | PlacedPicture)
            and not (page.whole and isinstance(item, PlacedPicture))  # meant so
            and getattr(item, "artifact", None) not in _FURNITURE
            and any(_meet(edges, other) for other in own)
        ]
        if over:
            told.add(artifact)
            at = next((span for item in over if (span := _span(item)) is not None), None)
            yield messages.FURNITURE_OVERPRINTED.at(
                at, page=page.number, what=what, what_en=what_en
            )


def _out_of_drawings(page: Page, printed: Sequence[tuple[Placed, _Edges]]) -> Iterator[Finding]:
    """The first text of each drawing that reaches out of it by more than half a character: what
    stands there is printed over."""
    frames = {item.node: item.rect for item in page.items if isinstance(item, PlacedFrame)}
    for item, (left, top, right, bottom) in printed if frames else ():
        if not isinstance(item, PlacedLine) or item.line.runs[0].node not in frames:
            continue
        frame, half = frames[item.line.runs[0].node], (bottom - top) // 2
        if not (
            frame.x - half <= left
            and right <= frame.x + frame.width + half
            and frame.y - half <= top
            and bottom <= frame.y + frame.height + half
        ):
            del frames[item.line.runs[0].node]
            yield messages.OUT_OF_DRAWING.at(_span(item), text=line_text(item.line)[:12])


def _edges(item: Placed) -> _Edges | None:
    """What of an item is printed; None for outlines and what is turned by no quarter."""
    if not isinstance(item, PlacedLine):  # as few are
        rect = item.rect if isinstance(item, PlacedRule | PlacedPicture) else None
        return rect if rect is None else (rect.x, rect.y, rect.x + rect.width, rect.y + rect.height)
    x, y, line = item.x, item.y, item.line
    if not line.runs:
        return None
    size = max([run.size for run in line.runs])
    above, below = size * _ABOVE // 100, size * _BELOW // 100
    match item.turn:
        case None:
            return x, y - above, x + line.width, y + below
        case 0, 1_000_000:  # downwards
            return x - below, y, x + above, y + line.width
        case 0, -1_000_000:  # upwards
            return x - above, y - line.width, x + below, y
    return None


def _span(item: Placed) -> Span | None:
    """Where an item stands in the file."""
    if not isinstance(item, PlacedLine) or item.artifact in _FURNITURE:
        return None
    return item.line.text.origin.span(item.line.start, max(item.line.end, item.line.start + 1))


def _meet(a: _Edges, b: _Edges) -> bool:
    across = min(a[2], b[2]) > max(a[0], b[0])
    return across and min(a[3], b[3]) > max(a[1], b[1])
