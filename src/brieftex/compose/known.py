"""What blocks of a body add to a document, kept for the next time that the same body is composed.

A block that is the same object as before, in a draft that has come as far as before, adds the same:
blocks, structure nodes, bookmarks. Kept are blocks that add nothing but these at the end, and that
depend on nothing else: no notes, no pictures, nothing that lies across a page.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Final

from msgspec import Struct

from brieftex.compose.builder import Draft
from brieftex.compose.context import Surroundings
from brieftex.diagnostics import Finding
from brieftex.document.blocks import Block, BreakBlock, OutlineEntry, StructureNode
from brieftex.model import content


class _Added(Struct, frozen=True):
    """What ``block`` added, and what the draft counted up to then."""

    block: content.BodyBlock
    blocks: tuple[Block, ...]
    nodes: tuple[StructureNode, ...]
    outline: tuple[OutlineEntry, ...]
    found: tuple[Finding, ...]
    counts: tuple[int, int, int]
    headings: tuple[list[int], int]


def add_known(
    draft: Draft, block: content.BodyBlock, around: Surroundings, make: Callable[[], None]
) -> None:
    """Add a block: as it was added before, or by ``make``."""
    if not draft.memo.keeps or not _may_be_kept(draft, block, around):
        make()
        return
    key = _key(draft, block, around)
    added: _Added | None = draft.memo.get(key)
    if added is not None:
        draft.blocks += added.blocks
        draft.nodes += added.nodes
        draft.outline += added.outline
        draft.found += added.found
        draft.tables, draft.figures, draft.heading = added.counts
        around.headings.counts, around.headings.total = [*added.headings[0]], added.headings[1]
        draft.lying = False
        return
    before, nodes, outline = [*draft.blocks], len(draft.nodes), len(draft.outline)
    found, notes, asked = len(draft.found), len(draft.notes), draft.asked
    make()
    start = len(before)
    if draft.blocks[:start] != before or (len(draft.notes), draft.asked) != (notes, asked):
        return
    headings = [*around.headings.counts], around.headings.total
    draft.memo.put(key, _Added(
        block, tuple(draft.blocks[start:]), tuple(draft.nodes[nodes:]),
        tuple(draft.outline[outline:]), tuple(draft.found[found:]),
        (draft.tables, draft.figures, draft.heading), headings,
    ))  # fmt: skip


_LEAVES: Final = (content.Table, content.Chart, content.Verse, content.NameList)


def _may_be_kept(draft: Draft, block: content.BodyBlock, around: Surroundings) -> bool:
    if around.in_note or draft.lying:
        return False
    if isinstance(block, content.Paragraph | content.Heading):
        return True
    if not isinstance(block, _LEAVES) or getattr(block, "turned", False):
        return False
    # An empty value at the very end of a file has no place of its own.
    return block.span.end + 1 < len(draft.issue.source.text)


def _key(draft: Draft, block: content.BodyBlock, around: Surroundings) -> Hashable:
    """How far a draft has come, and where the block stands. The block is known by what it is, not
    by its value: what is kept holds it."""
    headings = around.headings
    return (
        id(block), len(draft.nodes), len(draft.blocks) > 0, draft.tables, draft.figures,
        draft.heading, draft.outline[-1].level if draft.outline else -1,
        bool(draft.blocks) and isinstance(draft.blocks[-1], BreakBlock),
        around.parent, around.paragraph, around.font, around.left, around.right, around.depth,
        headings.forms, headings.styles, headings.tag, headings.outline, headings.anchor,
        headings.series, headings.above, tuple(headings.counts), headings.total,
    )  # fmt: skip
