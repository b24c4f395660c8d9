"""What is kept of an issue once its pages are written: what contents, index, statistics need."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from brieftex.collection.heads import IssueHead
from brieftex.compose.inline import one_line
from brieftex.compose.sections import (
    FOREWORD_ANCHOR,
    attachment_anchor,
    item_anchor,
    section_anchor,
)
from brieftex.document.blocks import Document, OutlineEntry
from brieftex.model.content import Inline
from brieftex.model.issue import Issue, Item
from brieftex.pipeline import TypesetPages


class PieceRecord(Struct, frozen=True):
    """A piece of an issue that has a line in the contents: its section, its title, its anchor, its
    continuous folio."""

    section: str
    title: str
    anchor: str
    folio: int


class VolumeRecord(Struct, frozen=True):
    """An issue that is in the volume: the name of its part, its head, its first folio, its pages,
    its characters; its bookmarks; who sent in, whose news was quoted."""

    part: str
    head: IssueHead
    first: int
    pages: int
    characters: int
    pieces: tuple[PieceRecord, ...]
    outline: tuple[OutlineEntry, ...]
    contributors: tuple[str, ...]
    sources: tuple[str, ...]


def volume_record(part: str, head: IssueHead, made: TypesetPages, first: int) -> VolumeRecord:
    """The record of an issue whose first page has the folio ``first``."""
    places = {anchor.name: page.number for page in made.pages for anchor in page.anchors}
    pieces = tuple(
        PieceRecord(section, one_line(title.text), anchor, first + places[anchor] - 1)
        for section, title, anchor in _pieces(made.issue, made.document)
        if anchor in places
    )
    issue = made.issue
    texts: list[Issue | Item] = [issue]
    texts += [item for section in issue.sections for item in section.items]
    return VolumeRecord(
        part,
        head,
        first,
        len(made.pages),
        made.characters,
        pieces,
        made.document.outline,
        tuple(one_line(n.text) for piece in texts for n in piece.contributors),
        tuple(one_line(n.name.text) for piece in texts for n in piece.sources),
    )


def _pieces(issue: Issue, document: Document) -> Iterator[tuple[str, Inline, str]]:
    """Section, title and anchor of each piece."""
    if issue.foreword is not None and document.outline:
        title = issue.foreword.title or Inline("卷首语")
        anchors = [entry.anchor for entry in document.outline]
        anchor = next((a for a in anchors if a.startswith(FOREWORD_ANCHOR)), None)
        if anchor is not None:
            yield "", title, anchor
    if issue.body is not None and issue.title is not None and document.outline:
        yield "", issue.title, document.outline[0].anchor
    for number, section in enumerate(issue.sections, 1):
        name = "" if section.title is None else one_line(section.title.text)
        if not section.items and section.title is not None:
            yield name, section.title, section_anchor(number)
        for count, item in enumerate(section.items, 1):
            yield name, item.title, item_anchor(number, count)
    for number, attachment in enumerate(issue.attachments, 1):
        yield "附件", attachment.title, attachment_anchor(number)
