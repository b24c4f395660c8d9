"""What parts of an issue add to a document, kept for the next time that they are composed.

A part is known by what it is and by how far the draft has come: then it adds the same blocks,
notes, structure nodes, bookmarks. A part whose lines are a piece of the file is known by their
characters, any other by being the same object. Kept is what depends on nothing else, and only adds.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

from msgspec import Struct

from brieftex.compose.builder import Draft
from brieftex.compose.context import Headings, Surroundings
from brieftex.diagnostics import Finding, Span
from brieftex.diagnostics.shift import recalled_at
from brieftex.document.blocks import Block, BreakBlock, OutlineEntry, StructureNode
from brieftex.document.paragraphs import TextBlock
from brieftex.model import content

_Given = TypeVar("_Given")


class _Added(Struct, frozen=True):
    """What a part added, what the draft and ``Headings`` counted up to then, and what whoever
    added it was ``given``. ``pieces`` are counted from its first block."""

    blocks: tuple[Block, ...]
    notes: tuple[tuple[TextBlock, ...], ...]
    nodes: tuple[StructureNode, ...]
    outline: tuple[OutlineEntry, ...]
    found: tuple[Finding, ...]
    pieces: tuple[tuple[str, int], ...]
    counts: tuple[int, int, int]
    headings: tuple[tuple[int, ...], int]
    given: Any

    def add(self, draft: Draft, headings: Headings | None) -> None:
        """Add the same again."""
        start = len(draft.blocks)
        draft.blocks += self.blocks
        draft.notes += self.notes
        draft.nodes += self.nodes
        draft.outline += self.outline
        draft.found += self.found
        draft.pieces += [(name, start + at) for name, at in self.pieces]
        draft.tables, draft.figures, draft.heading = self.counts
        draft.lying = False
        if headings is not None:
            headings.counts, headings.total = [*self.headings[0]], self.headings[1]


def add_known_piece(
    draft: Draft, piece: Span | None, what: Hashable, make: Callable[[], None]
) -> None:
    """Add a part of the issue whose lines are this ``piece``: as it was added before, or by
    ``make``; ``what`` is all that it depends on besides."""
    text = draft.issue.source.text
    # An empty value at the very end of a file has no place of its own.
    if piece is None or not draft.memo.keeps or draft.lying or piece.end >= len(text):
        make()
        return
    key = text[piece.start : piece.end], draft.issue.paragraphs, what, _progress(draft)
    begun = len(draft.nodes)  # each part has a node of its own

    def made() -> _Added | None:
        added = _recorded(draft, None, make)
        return None if added is None or added.found else added

    added: _Added | None = recalled_at(draft.memo, key, piece.start, made)
    if added is not None and len(draft.nodes) == begun:
        added.add(draft, None)


def add_known_block(
    draft: Draft, block: content.BodyBlock, around: Surroundings, make: Callable[[], None]
) -> None:
    """Add a block of a body, likewise; it is known by what it is."""
    if not _may_be_kept(draft, block, around):
        make()
        return
    what = (
        around.parent, around.paragraph, around.font, around.left, around.right, around.depth,
        around.leading, progress_of(around.headings),
    )  # fmt: skip
    add_known_parts(draft, (block,), what, make, around.headings)


def add_known_parts(
    draft: Draft,
    parts: tuple[object, ...],
    what: Hashable,
    make: Callable[[], _Given],
    headings: Headings | None = None,
) -> _Given:
    """Add what is made of these ``parts``, likewise, and give what ``make`` gives, which counts on
    in ``headings``."""
    if not draft.memo.keeps or draft.lying:
        return make()
    given: list[_Given] = []

    def record() -> _Given:
        given.append(make())
        return given[0]

    def made() -> tuple[tuple[object, ...], _Added] | None:
        asked = draft.asked
        added = _recorded(draft, headings, record)
        return None if added is None or draft.asked != asked else (parts, added)

    key = tuple(map(id, parts)), what, _progress(draft)
    known: tuple[tuple[object, ...], _Added] | None = draft.memo.recall_whole(key, made)
    if known is not None and not given:
        known[1].add(draft, headings)
        given.append(known[1].given)
    return given[0]


def _recorded(draft: Draft, headings: Headings | None, make: Callable[[], object]) -> _Added | None:
    """What is added now; None where that is not all that was done."""
    blocks, start = [*draft.blocks], len(draft.blocks)
    notes, nodes, outline = len(draft.notes), len(draft.nodes), len(draft.outline)
    found, pieces = len(draft.found), len(draft.pieces)
    given = make()
    added = tuple(draft.blocks[start:])
    across = any(isinstance(block, BreakBlock) and block.turned for block in added)
    if draft.blocks[:start] != blocks or draft.lying or across or draft.due:
        return None
    return _Added(
        added,
        tuple(draft.notes[notes:]),
        tuple(draft.nodes[nodes:]),
        tuple(draft.outline[outline:]),
        tuple(draft.found[found:]),
        tuple((name, at - start) for name, at in draft.pieces[pieces:]),
        (draft.tables, draft.figures, draft.heading),
        ((), 0) if headings is None else (tuple(headings.counts), headings.total),
        given,
    )


_LEAVES: Final = (content.Table, content.Chart, content.Verse, content.NameList)


def _may_be_kept(draft: Draft, block: content.BodyBlock, around: Surroundings) -> bool:
    if around.in_note:
        return False
    if isinstance(block, content.Paragraph | content.Heading):
        return True
    if not isinstance(block, _LEAVES) or getattr(block, "turned", False):
        return False
    # An empty value at the very end of a file has no place of its own.
    return block.span.end + 1 < len(draft.issue.source.text)


def _progress(draft: Draft) -> Hashable:
    """How far a draft has come."""
    last = draft.blocks[-1] if draft.blocks else None
    return (
        len(draft.nodes), len(draft.notes), isinstance(last, BreakBlock),
        draft.tables, draft.figures, draft.heading,
        draft.outline[-1].level if draft.outline else -1,
        frozenset([finding.kind.code for finding in draft.found]),
    )  # fmt: skip


def progress_of(headings: Headings) -> Hashable:
    """How the headings of a part go on."""
    return (
        headings.forms, headings.styles, headings.tag, headings.outline, headings.anchor,
        headings.series, headings.above, tuple(headings.counts), headings.total,
    )  # fmt: skip
