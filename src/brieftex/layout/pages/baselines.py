"""The lines of a page as readers count them: those of the text, from the top."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brieftex.document.blocks import Document
from brieftex.layout.page import Page, Placed, PlacedLine
from brieftex.units import Sp

# Baselines nearer than this share of the grid's leading belong to one line: cells of a row.
_SAME = 5

# Lines in these structure elements are not numbered.
_ASIDE = frozenset(("Note", "Figure", "TOC", "RT"))


def body_baselines(page: Page, document: Document) -> Iterator[Sp]:
    """The baselines of the lines of body text, from the top."""
    least = document.page.leading // _SAME
    last: Sp | None = None
    for y in sorted(_heights(page.items, document)):
        if last is None or y - last >= least:
            yield y
            last = y


def _heights(items: Sequence[Placed], document: Document) -> Iterator[Sp]:
    nodes = document.nodes
    for item in items:
        if not isinstance(item, PlacedLine) or item.artifact or not item.line.runs:
            continue
        node = item.line.runs[0].node
        caption = node >= 0 and nodes[node].role == "Caption"
        while node >= 0 and (caption or nodes[node].role not in _ASIDE):
            node = nodes[node].parent
        if node < 0:
            yield item.y
