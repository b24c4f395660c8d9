"""Stage 4: an issue and a theme become a document, in which everything is decided except where
lines and pages end."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from brieftex.compose.attendance import add_attendance
from brieftex.compose.builder import Draft
from brieftex.compose.colophon import composed_colophon
from brieftex.compose.contents import add_contents, entry_count, has_contents, pages_for_contents
from brieftex.compose.furniture import furniture, metadata
from brieftex.compose.known import add_known_parts
from brieftex.compose.masthead import add_masthead
from brieftex.compose.room import notes_with_room, with_room
from brieftex.compose.sections import (
    add_attachment_list,
    add_attachments,
    add_foreword,
    add_own_piece,
    add_sections,
)
from brieftex.compose.signature import add_signature
from brieftex.diagnostics import Finding
from brieftex.document.blocks import Document, FootBlock, WithContents
from brieftex.document.paragraphs import TextBlock
from brieftex.input.theme import Theme
from brieftex.memory import FORGETFUL, Memo, Memory
from brieftex.model.issue import Colophon, Issue
from brieftex.styled.styles import LineRules

HEAD, END = "head", "end"
"""The first piece of a document, its masthead, and the one with what stands below the text."""


def compose(
    issue: Issue, theme: Theme, memory: Memory = FORGETFUL
) -> tuple[Document, list[Finding]]:
    """The document of ``issue`` in the style of ``theme``, both with and without contents if the
    number of pages decides between them.

    The findings are errors about pictures that cannot be used and are left out. No file is
    read here: pictures were examined when the issue was read.
    """
    memo = memory.stage("compose", (theme, issue.pictures))
    document, found = _composed(issue, theme, contents=has_contents(issue, theme), memo=memo)
    pages = pages_for_contents(issue, theme)
    if pages:
        longer, _ = _composed(issue, theme, contents=True, memo=memo)
        document = replace(document, with_contents=WithContents(pages, longer))
    return document, found


def _composed(
    issue: Issue, theme: Theme, *, contents: bool, memo: Memo
) -> tuple[Document, list[Finding]]:
    draft = Draft(issue, theme, memo=memo)
    draft.begin(HEAD)
    signature = issue.signature
    # What is printed in the signature is not printed above, wherever it stands in the file.
    signed = signature and (tuple([name.text for name in signature.names]), signature.date)
    parts = issue.masthead, issue.title, issue.summary
    add_known_parts(draft, parts, (HEAD, signed), partial(add_masthead, draft))
    if contents:
        add_contents(draft)
    # Short contents share their page with what follows.
    alone = contents and entry_count(issue) >= theme.contents.alone_from
    start = len(draft.blocks)
    if issue.foreword is not None:
        add_foreword(draft, issue.foreword, after_contents=alone)
    add_own_piece(draft, after_contents=alone)
    led = alone or issue.foreword is not None or issue.body is not None
    add_sections(draft, led=led)
    if contents:
        _set_off(draft, start)
    draft.begin(END)
    add_attachment_list(draft)
    add_attendance(draft)
    add_signature(draft)
    add_attachments(draft)
    foot = None if issue.colophon is None else _colophon(draft, issue.colophon)
    document = Document(
        blocks=with_room(draft.blocks, theme.marks.ruby),
        notes=notes_with_room(draft.notes, theme.marks.ruby),
        nodes=tuple(draft.nodes),
        outline=tuple(draft.outline),
        page=theme.page,
        furniture=furniture(issue, theme),
        note_style=theme.notes.area,
        lines=_line_rules(issue, theme),
        metadata=metadata(issue, theme),
        foot=foot,
        keep=issue.keep,
        breaks=replace(theme.pages, last_entries=theme.contents.alone_from),
        finish=theme.finish,
        resolution=theme.figures.resolution,
        compact=theme.compact,
        pieces=tuple(draft.pieces),
    )
    return document, draft.found


def _colophon(draft: Draft, colophon: Colophon) -> FootBlock | None:
    parts = colophon, draft.issue.masthead.name
    return add_known_parts(draft, parts, END, partial(composed_colophon, draft, colophon))


def _set_off(draft: Draft, start: int) -> None:
    """Put an empty line between the contents and what follows on the same page."""
    first = draft.blocks[start] if start < len(draft.blocks) else None
    if isinstance(first, TextBlock) and not first.style.space:
        draft.blocks[start] = replace(first, style=replace(first.style, space=1))


def _line_rules(issue: Issue, theme: Theme) -> LineRules:
    """The theme's rules for lines, with the issue's own line breaking if it has one."""
    if issue.line_breaking is None:
        return theme.lines
    return replace(theme.lines, breaking=issue.line_breaking)
