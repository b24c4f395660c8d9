"""Which blocks of a document are set together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brieftex.document.blocks import Block, EntryBlock
from brieftex.document.paragraphs import TextBlock


def groups_of(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Groups of blocks: the entries of the contents; texts that stand below another one and change
    nothing above them, whose boxes are those of each; every other block alone."""
    group: list[Block] = []
    kind = below = ""
    for block in blocks:
        last = kind
        if isinstance(block, TextBlock):  # most
            kind = below if not block.style.keep_previous else ""
            below = "texts"
        else:
            kind = "entries" if isinstance(block, EntryBlock) and not block.aside else ""
            below = ""
        if group and not (kind and kind == last):
            yield group
            group = []
        group.append(block)
    if group:
        yield group
