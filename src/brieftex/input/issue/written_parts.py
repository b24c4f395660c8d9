"""A body as the pieces in which an issue file has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TypeAlias

from brieftex.input.markdown.write import is_markdown
from brieftex.model.content import (
    Body,
    BodyBlock,
    Heading,
    ListBlock,
    Panel,
    Paragraph,
    PdfPages,
    Quotation,
    Speech,
    Table,
)

LabelledNotes: TypeAlias = tuple[tuple[str, tuple[BodyBlock, ...]], ...]
"""Footnotes by their labels."""


def markdown_parts(body: Body) -> Iterator[Body | BodyBlock]:
    """The body as pieces of Markdown, and blocks between them that need fields."""
    own = [block for block in body.blocks if not isinstance(block, PdfPages)]  # fields say them
    for markdown, blocks in groupby(own, is_markdown):
        if markdown:
            yield Body(tuple(blocks))
        else:
            yield from blocks


def notes_of(part: Body | BodyBlock, body: Body) -> LabelledNotes:
    """The notes of a body that a part of it calls: they stand where they are called."""
    labels = set(_calls(part.blocks if isinstance(part, Body) else (part,)))
    return tuple(note for note in body.notes if note[0] in labels)


def _calls(blocks: Sequence[BodyBlock]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(inline=inline) | Heading(inline=inline):
                yield from (call.label for call in inline.calls)
            case Quotation(blocks=inner) | Speech(blocks=inner) | Panel(blocks=inner):
                yield from _calls(inner)
            case ListBlock(items=items):
                for item in items:
                    yield from _calls(item)
            case Table():
                for row in block.lines:
                    yield from (call.label for cell in row for call in cell.inline.calls)
