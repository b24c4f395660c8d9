"""A document that is one of several: its piece as an item of a section."""

from __future__ import annotations

from brieftex.model.content import Body, Heading, Inline, Paragraph
from brieftex.model.issue import Item
from brieftex.word.facts import Facts, TableFacts
from brieftex.word.shape import NAME, Shaped


def as_item(shaped: Shaped) -> Item:
    """The single piece of a document as an item of a section. What only an issue has, a
    salutation or a signature, becomes paragraphs; attachments become headings."""
    issue = shaped.issue
    body = issue.body or Body()
    blocks = list(body.blocks)
    if issue.salutation is not None:
        blocks.insert(0, Paragraph(issue.salutation))
    notes = list(body.notes)
    for section in issue.sections:
        if section.title is not None:
            blocks.append(Heading(1, section.title))
        blocks += (section.body or Body()).blocks
        for item in section.items:
            blocks += [Heading(2, item.title), *item.body.blocks]
            notes += item.body.notes
    if issue.signature is not None:
        blocks += [Paragraph(name) for name in issue.signature.names]
        day = issue.signature.date
        if day is not None:
            blocks.append(Paragraph(Inline(f"{day.year}年{day.month}月{day.day}日")))
    for attachment in issue.attachments:
        blocks += [Heading(1, attachment.title), *attachment.body.blocks]
        notes += attachment.body.notes
    title = issue.title or Inline(NAME)
    return Item(
        title, Body(tuple(blocks), tuple(dict(notes).items())), issue.sources,
        summary=issue.summary, contributors=issue.contributors,
    )  # fmt: skip


def holds_nothing(facts: Facts) -> bool:
    """Whether there is nothing to import."""
    return not any(
        isinstance(block, TableFacts) or block.text.strip() or block.pieces
        for block in facts.blocks
    )
