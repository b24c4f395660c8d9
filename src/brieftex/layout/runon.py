"""Contents that leave a few entries on a page of their own: what follows runs on below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from brieftex.layout.pagebreak import PagePlan
from brieftex.layout.pagecosts import FORBIDDEN
from brieftex.layout.slug import Galley, Slug
from brieftex.units import Sp


def run_on(galley: Galley, plans: Sequence[PagePlan], least: int, leading: Sp) -> Galley | None:
    """``galley`` without the page break behind the contents, an empty line in its place, where
    the contents' last page holds fewer than ``least`` entries and nothing else; else None."""
    slugs = galley.slugs
    last = max((k for k, slug in enumerate(slugs) if slug.entry), default=len(slugs))
    after = last + 1
    if after >= len(slugs) or not slugs[after].forced:
        return None
    page = next(plan for plan in plans if any(j <= last < k for j, k in plan.spans))
    there = [slug for j, k in page.spans for slug in slugs[j:k]]
    if any(slug.anchors for slug in there) or sum(bool(slug.entry) for slug in there) >= least:
        return None
    first = replace(slugs[after], forced=False)
    gap = () if first.blank else (Slug(leading, after=FORBIDDEN, blank=True),)
    return replace(galley, slugs=(*slugs[:after], *gap, first, *slugs[after + 1 :]))
