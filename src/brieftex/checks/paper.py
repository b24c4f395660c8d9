"""Stage 10: nothing is printed beyond the paper, and running head and folio keep off the text.

What is judged are lines, by the part of their em boxes that holds most ink. The finished file
is looked at again, glyph by glyph (``pdf.read.overlap``); here each fault has its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brieftex.diagnostics import Finding, Span
from brieftex.diagnostics.messages import makeup as messages
from brieftex.layout.dump import line_text
from brieftex.layout.look import looks_of
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
from brieftex.units import Rect

_ABOVE, _BELOW = 75, 5
"""Of an em, in hundredths, above and below the baseline."""

_FURNITURE = {
    Artifact.HEADER: ("页眉", "running head"),
    Artifact.FOOTER: ("页码", "folio"),
}


def check_paper(pages: Sequence[Page], memo: Memo = NOTHING_KEPT) -> Iterator[Finding]:
    """The first thing that leaves the paper on each page, and the first page of the running head
    and of the folio on which they lie on the text. ``memo`` may know pages without faults."""
    told: set[Artifact] = set()
    for page, look in zip(pages, looks_of(pages, memo), strict=True):
        key = "on paper", look
        if memo.get(key):
            continue
        found = [*_faults(page, told)]
        if not found and not told:
            memo.put(key, "no fault")
        yield from found


def _faults(page: Page, told: set[Artifact]) -> Iterator[Finding]:
    """What is wrong with a page, but for what was ``told`` of another."""
    boxes = [(item, box) for item in page.items if (box := _box(item)) is not None]
    width, height = page.trim.width, page.trim.height
    beyond = [
        item
        for item, box in boxes
        if box.x < 0 or box.y < 0 or box.x + box.width > width or box.y + box.height > height
    ]
    if beyond:
        at = next((span for item in beyond if (span := _span(item)) is not None), None)
        yield messages.OFF_PAPER.at(at, page=page.number)
    yield from _out_of_drawings(page, boxes)
    for artifact, (what, what_en) in _FURNITURE.items():
        own = [box for item, box in boxes if getattr(item, "artifact", None) is artifact]
        if artifact in told or not own:
            continue
        # Few lines are as high or as low on the page.
        top = min(box.y for box in own)
        foot = max(box.y + box.height for box in own)
        over = [
            item
            for item, box in boxes
            if box.y < foot
            and box.y + box.height > top
            and isinstance(item, PlacedLine | PlacedPicture)
            and not (page.whole and isinstance(item, PlacedPicture))  # meant so
            and getattr(item, "artifact", None) not in _FURNITURE
            and any(_meet(box, other) for other in own)
        ]
        if over:
            told.add(artifact)
            at = next((span for item in over if (span := _span(item)) is not None), None)
            yield messages.FURNITURE_OVERPRINTED.at(
                at, page=page.number, what=what, what_en=what_en
            )


def _out_of_drawings(page: Page, boxes: Sequence[tuple[Placed, Rect]]) -> Iterator[Finding]:
    """The first text of each drawing that reaches out of it by more than half a character: what
    stands there is printed over."""
    frames = {item.node: item.rect for item in page.items if isinstance(item, PlacedFrame)}
    for item, box in boxes if frames else ():
        if not isinstance(item, PlacedLine) or item.line.runs[0].node not in frames:
            continue
        frame, half = frames[item.line.runs[0].node], box.height // 2
        if not (
            frame.x - half <= box.x
            and box.x + box.width <= frame.x + frame.width + half
            and frame.y - half <= box.y
            and box.y + box.height <= frame.y + frame.height + half
        ):
            del frames[item.line.runs[0].node]
            yield messages.OUT_OF_DRAWING.at(_span(item), text=line_text(item.line)[:12])


def _box(item: Placed) -> Rect | None:
    """What of an item is printed; None for outlines and what is turned by no quarter."""
    if not isinstance(item, PlacedLine):  # as few are
        return item.rect if isinstance(item, PlacedRule | PlacedPicture) else None
    if not item.line.runs:
        return None
    size = max([run.size for run in item.line.runs])
    top, bottom, width = size * _ABOVE // 100, size * _BELOW // 100, item.line.width
    match item.turn:
        case None:
            return Rect(item.x, item.y - top, width, top + bottom)
        case 0, 1_000_000:  # downwards
            return Rect(item.x - bottom, item.y, top + bottom, width)
        case 0, -1_000_000:  # upwards
            return Rect(item.x - top, item.y - width, top + bottom, width)
    return None


def _span(item: Placed) -> Span | None:
    """Where an item stands in the file."""
    if not isinstance(item, PlacedLine) or item.artifact in _FURNITURE:
        return None
    return item.line.text.origin.span(item.line.start, max(item.line.end, item.line.start + 1))


def _meet(a: Rect, b: Rect) -> bool:
    across = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    return across > 0 and min(a.y + a.height, b.y + b.height) > max(a.y, b.y)
