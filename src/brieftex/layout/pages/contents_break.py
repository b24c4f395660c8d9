"""A table of contents with only a few entries on its last page: the text runs on below them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from brieftex.layout.blocks.box import Box, Galley
from brieftex.layout.pages.feasible import PagePlan
from brieftex.layout.pages.parameters import FORBIDDEN
from brieftex.units import Sp


def run_on(galley: Galley, plans: Sequence[PagePlan], least: int, leading: Sp) -> Galley | None:
    """``galley`` with an empty line in place of the page break after the contents, if their last
    page holds fewer than ``least`` entries and nothing else; otherwise None."""
    boxes = galley.boxes
    entries = [k for k, box in enumerate(boxes) if box.entry and not box.entry[0].aside]
    last = max(entries, default=len(boxes))
    after = last + 1
    if after >= len(boxes) or not boxes[after].forced:
        return None
    page = next(plan for plan in plans if any(j <= last < k for j, k in plan.spans))
    there = [box for j, k in page.spans for box in boxes[j:k]]
    if any(box.anchors for box in there) or sum(bool(box.entry) for box in there) >= least:
        return None
    first = replace(boxes[after], forced=False)
    gap = () if first.blank else (Box(leading, after=FORBIDDEN, blank=True),)
    return replace(galley, boxes=(*boxes[:after], *gap, first, *boxes[after + 1 :]))
