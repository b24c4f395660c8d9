"""目录: an entry for every section, item and attachment."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from msgspec import Struct

from brieftex.compose.builder import Draft
from brieftex.compose.inline import add_plain
from brieftex.compose.known import add_known_parts
from brieftex.compose.sections import (
    attachment_anchor,
    attachment_label,
    item_anchor,
    item_numbers,
    section_anchor,
    section_numbers,
    words_of,
)
from brieftex.document.blocks import EntryBlock
from brieftex.document.paragraphs import TextBlock
from brieftex.input.theme import Theme
from brieftex.model.content import Inline
from brieftex.model.issue import Issue
from brieftex.styled.builder import TextBuilder
from brieftex.styled.text import TextRun

CONTENTS_ANCHOR = "contents"


WORTH_IT = 3
"""The least number of entries for contents that are added only because of the page count."""


def has_contents(issue: Issue, theme: Theme) -> bool:
    """Whether contents are printed regardless of the page count: as the issue says, otherwise if
    it has enough sections."""
    if not entry_count(issue):
        return False
    if issue.contents is not None:
        return issue.contents
    return len(issue.sections) >= theme.contents.from_sections > 0


def pages_for_contents(issue: Issue, theme: Theme) -> int:
    """The page count from which contents are printed if they are not anyway; 0 for never."""
    if issue.contents is not None or has_contents(issue, theme) or entry_count(issue) < WORTH_IT:
        return 0
    return theme.contents.from_pages


def entry_count(issue: Issue) -> int:
    """The number of entries in the contents of an issue."""
    items = sum(len(section.items) for section in issue.sections)
    titled = sum(section.title is not None for section in issue.sections)
    return titled + items + len(issue.attachments)


def add_contents(draft: Draft) -> None:
    """Add the heading and the entries, each of them a link."""
    entries = _entries(draft)
    titles = tuple([entry.title for entry in entries])
    # What stands within what, and in which style, follows from where the entries lead.
    words = tuple([(entry.words, entry.anchor) for entry in entries])
    make = partial(_add_contents, draft, entries)
    add_known_parts(draft, titles, (CONTENTS_ANCHOR, words), make)


def _add_contents(draft: Draft, entries: Sequence[_Entry]) -> None:
    draft.begin(CONTENTS_ANCHOR)
    style = draft.style("contents_heading")
    part = draft.node("Sect")
    words = draft.theme.labels["contents"]
    node = draft.heading_node(2, part)
    text = draft.words(words, style.char, node, draft.place())
    draft.add(TextBlock(text, style, CONTENTS_ANCHOR))
    draft.add_outline(0, words.replace("\u3000", ""), CONTENTS_ANCHOR)
    toc = items = draft.node("TOC", part)
    for entry in entries:
        _add_entry(draft, items if entry.within else toc, entry)
        if entry.holds:
            items = draft.node("TOC", toc)


class _Entry(Struct, frozen=True):
    """An entry, ``within`` the one before it that ``holds`` others, or beside it."""

    style: str
    words: str
    title: Inline
    anchor: str
    within: bool = False
    holds: bool = False


def _entries(draft: Draft) -> list[_Entry]:
    found: list[_Entry] = []
    numbers = section_numbers(draft.issue, draft.theme)
    for number, section in enumerate(draft.issue.sections, 1):
        titled = section.title is not None
        if section.title is not None:
            words, anchor = words_of(numbers[number - 1]), section_anchor(number)
            holds = bool(section.items)
            found.append(_Entry("contents_section", words, section.title, anchor, holds=holds))
        below = item_numbers(section, draft.theme)
        for count, item in enumerate(section.items, 1):
            words, anchor = words_of(below[count - 1]), item_anchor(number, count)
            found.append(_Entry("contents_item", words, item.title, anchor, within=titled))
    for number, attachment in enumerate(draft.issue.attachments, 1):
        words = attachment_label(draft, number) + "\u3000"
        anchor = attachment_anchor(number)
        found.append(_Entry("contents_section", words, attachment.title, anchor))
    return found


def _add_entry(draft: Draft, toc: int, entry: _Entry) -> None:
    """Add an entry, tagged TOCI > Reference > Link (ISO 32000-1, 14.8.4.3.3)."""
    style = draft.style(entry.style)
    node = draft.node("Link", draft.node("Reference", draft.node("TOCI", toc)))
    href = f"#{entry.anchor}"
    builder = TextBuilder()
    builder.add_number(entry.words, style.char, node, draft.place(entry.title), href)
    add_plain(builder, entry.title, style.char, node, href)
    # The same style for all numbers and leaders, so that they align vertically.
    folio = TextRun(0, draft.style("contents_item").char, node, href)
    draft.add(EntryBlock(builder.text(), entry.anchor, style, draft.theme.contents.leader, folio))
