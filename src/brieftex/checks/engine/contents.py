"""What the blocks of an issue hold: its bodies, and its figures and tables with their numbers."""

from __future__ import annotations

from collections.abc import Iterator

from brieftex.diagnostics import Span
from brieftex.model.content import (
    Body,
    BodyBlock,
    Chart,
    Figure,
    Heading,
    ListBlock,
    PageBreak,
    Panel,
    Paragraph,
    Quotation,
    Speech,
    Table,
)
from brieftex.model.issue import Issue, Item, SourceNote


def items(issue: Issue) -> Iterator[tuple[str, Item]]:
    """Every item of an issue, with its path."""
    for s, section in enumerate(issue.sections):
        for i, item in enumerate(section.items):
            yield f"sections[{s}].items[{i}]", item


def source_lists(issue: Issue) -> Iterator[tuple[str, tuple[SourceNote, ...]]]:
    """The sources of the issue's own piece and of every item, with the path of the list."""
    yield "sources", issue.sources
    for path, item in items(issue):
        yield f"{path}.sources", item.sources


def sources(issue: Issue) -> Iterator[tuple[str, SourceNote]]:
    """Every source of an issue, with its path."""
    for path, notes in source_lists(issue):
        for n, note in enumerate(notes):
            yield f"{path}[{n}]", note


def bodies(issue: Issue) -> Iterator[tuple[str, Body]]:
    """Every body of an issue, with its path."""
    if issue.foreword is not None:
        yield "foreword.body", issue.foreword.body
    if issue.body is not None:
        yield "body", issue.body
    for s, section in enumerate(issue.sections):
        if section.body is not None:
            yield f"sections[{s}].body", section.body
        for i, item in enumerate(section.items):
            yield f"sections[{s}].items[{i}].body", item.body
    for a, attachment in enumerate(issue.attachments):
        yield f"attachments[{a}].body", attachment.body


def captioned(issue: Issue) -> tuple[list[tuple[Span, str]], list[tuple[Span, str]]]:
    """Place and path of every figure and of every table that gets a number, in order."""
    figures: list[tuple[Span, str]] = []
    tables: list[tuple[Span, str]] = []
    for path, body in bodies(issue):
        for block in _blocks(body.blocks):
            if isinstance(block, (Figure, Chart, Table)) and block.caption is not None:
                place = (block.caption.span(), path)
                (tables if isinstance(block, Table) else figures).append(place)
    return figures, tables


def _blocks(blocks: tuple[BodyBlock, ...]) -> Iterator[BodyBlock]:
    """All blocks but paragraphs, as most are."""
    for block in blocks:
        if isinstance(block, Paragraph):
            continue
        yield block
        if isinstance(block, (Quotation, Speech, Panel)):
            yield from _blocks(block.blocks)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _blocks(item)


def headings(body: Body) -> Iterator[tuple[Heading, BodyBlock | None]]:
    """The headings of a body, each with the block that comes next but for forced page breaks."""
    blocks = (*body.blocks, None)
    for number, block in enumerate(blocks, 1):
        if isinstance(block, Heading):
            while isinstance(blocks[number], PageBreak):
                number += 1
            yield block, blocks[number]
