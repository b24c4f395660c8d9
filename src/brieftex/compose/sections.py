"""The parts of an issue: foreword, sections with their items, attachments."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from brieftex.compose.body import add_body, add_label, heading_label
from brieftex.compose.builder import Draft
from brieftex.compose.context import Headings, Label, Surroundings
from brieftex.compose.inline import TextBuilder, add_plain
from brieftex.compose.numbering import label, label_numbering
from brieftex.compose.sources import add_sources
from brieftex.document.blocks import TextBlock
from brieftex.model.content import Body, Inline
from brieftex.model.issue import Attachment, Foreword, Item
from brieftex.model.theme import ForewordStart

FOREWORD_ANCHOR = "foreword"
_BELOW_ITEM = ("heading1", "heading2", "heading3")
_IN_ATTACHMENT = ("attachment_heading1", "attachment_heading2", "attachment_heading3")


def section_anchor(number: int) -> str:
    """The destination of a section, counted from 1."""
    return f"section-{number}"


def item_anchor(section: int, number: int) -> str:
    """The destination of an item, counted from 1 in its section."""
    return f"section-{section}-item-{number}"


def attachment_anchor(number: int) -> str:
    """The destination of an attachment, counted from 1."""
    return f"attachment-{number}"


def attachment_label(draft: Draft, number: int) -> str:
    """附件1, or 附件 when it is the only one (GB/T 9704-2012 7.3.7)."""
    labels = draft.theme.labels
    if len(draft.issue.attachments) == 1:
        return labels["attachment"]
    return label(labels["attachment_number"], number)


def add_foreword(draft: Draft, foreword: Foreword, *, after_contents: bool) -> None:
    """Add the foreword, whose headings are not numbered."""
    wanted = draft.theme.start.foreword
    if wanted is ForewordStart.ALWAYS or (wanted is ForewordStart.CONTENTS and after_contents):
        draft.start_page()
    node = draft.node("Sect")
    start, entry, tag = len(draft.blocks), len(draft.outline), 2
    title = draft.theme.labels["foreword"] if foreword.title is None else foreword.title.text
    draft.add_outline(0, title, FOREWORD_ANCHOR)
    if foreword.title is not None:
        _add_heading(draft, _Heading("foreword_title", foreword.title), tag, node)
        tag = 3
    if foreword.salutation is not None:
        style = draft.style("salutation")
        text = draft.text(foreword.salutation, style.char, draft.node("P", node))
        draft.add(TextBlock(text, style))
    headings = Headings(None, ("foreword_heading",), tag, 1, FOREWORD_ANCHOR)
    # A foreword titled 编者按 is set like an editor's note.
    called = "" if foreword.title is None else foreword.title.text.rstrip("：: ")
    paragraph = "editor_note" if called in {"编者按", "按语", "按"} else "foreword"
    add_body(draft, foreword.body, Surroundings(node, headings, paragraph))
    anchor = draft.anchor_first(start, FOREWORD_ANCHOR)
    if anchor is None:
        del draft.outline[entry]  # there is nothing for the bookmark to lead to
    else:
        draft.outline[entry] = replace(draft.outline[entry], anchor=anchor)


def add_sections(draft: Draft, *, led: bool) -> None:
    """Add the sections, each on a new page if the theme wants it.

    ``led``: something other than the masthead comes before them. If not, the first one begins
    below the masthead, which would otherwise have a page to itself.
    """
    for number, section in enumerate(draft.issue.sections, 1):
        if draft.theme.start.sections and (number > 1 or led):
            draft.start_page()
        node = draft.node("Sect")
        words, anchor = heading_label(draft, 0, number), section_anchor(number)
        _add_heading(draft, _Heading("section", section.title, words, anchor), 2, node)
        draft.add_outline(0, words + section.title.text, anchor)
        _add_editor_note(draft, section.editor_note, node, anchor)
        for count, item in enumerate(section.items, 1):
            if draft.theme.start.items and count > 1:
                draft.start_page()
            _add_item(draft, item, node, count, item_anchor(number, count))


def _add_item(draft: Draft, item: Item, section: int, number: int, anchor: str) -> None:
    node = draft.node("Sect", section)
    words = heading_label(draft, 1, number)
    _add_heading(draft, _Heading("item", item.title, words, anchor), 3, node)
    draft.add_outline(1, words + item.title.text, anchor)
    _add_editor_note(draft, item.editor_note, node, anchor)
    headings = Headings(2, _BELOW_ITEM, 4, 2, anchor)
    add_body(draft, item.body, Surroundings(node, headings))
    add_sources(draft, item.sources, node)


def _add_editor_note(draft: Draft, note: Body | None, parent: int, anchor: str) -> None:
    """Add 编者按, with its label before the first words unless the editor has written one."""
    if note is None:
        return
    node, start = draft.node("Sect", parent), len(draft.blocks)
    headings = Headings(None, ("foreword_heading",), 4, 2, f"{anchor}-note")
    add_body(draft, note, Surroundings(node, headings, "editor_note"))
    first = draft.blocks[start]
    if not isinstance(first, TextBlock) or first.text.text.startswith(("编者按", "按：", "【")):
        return
    run = first.text.runs[0]
    style = replace(draft.style("editor_note_label").char, size=run.style.size)
    builder = TextBuilder()
    at = draft.clamped(first.text.origin.source(0))
    builder.add_words(draft.theme.labels["editor_note"], style, run.node, at)
    draft.blocks[start] = replace(first, text=builder.before(first.text))


def add_attachments(draft: Draft) -> None:
    """Add the attachments, each on new pages: label, title, body, with numbering restarted."""
    for number, attachment in enumerate(draft.issue.attachments, 1):
        draft.start_page()
        _add_attachment(draft, attachment, number)


def _add_attachment(draft: Draft, attachment: Attachment, number: int) -> None:
    node = draft.node("Sect")
    anchor = attachment_anchor(number)
    words = attachment_label(draft, number)
    style = draft.style("attachment_label")
    at = draft.place(attachment.title)
    mark = draft.words(words, style.char, draft.node("P", node), at)
    draft.add(TextBlock(mark, style, anchor))
    _add_heading(draft, _Heading("attachment_title", attachment.title), 2, node)
    draft.add_outline(0, f"{words}\u3000{attachment.title.text}", anchor)
    headings = Headings(0, _IN_ATTACHMENT, 3, 1, anchor)
    add_body(draft, attachment.body, Surroundings(node, headings))


def add_attachment_list(draft: Draft) -> None:
    """Add ``附件：1. ×××`` after the text, turnover lines below the name, no mark at the end.

    GB/T 9704-2012 7.3.4. Omitted if the theme does not want it.
    """
    attachments = draft.issue.attachments
    if not (draft.theme.attachment_list and attachments):
        return
    labels, gap = draft.theme.labels, draft.theme.lists.gap
    form = labels["attachment_list_number"] if len(attachments) > 1 else ""
    top = draft.node("L", numbering=label_numbering(form))
    for number, attachment in enumerate(attachments, 1):
        style = draft.style("attachment_list")
        words = labels["attachment_list"] if number == 1 else ""
        if len(attachments) == 1:
            _add_sole_attachment(draft, attachment.title, top)
            return
        words += label(form, number)
        if number > 1:
            style = replace(style, space=0)
        item = draft.node("LI", top)
        mark, body = draft.node("Lbl", item), draft.node("Link", draft.node("LBody", item))
        start = len(draft.blocks)
        builder = TextBuilder()
        add_plain(builder, attachment.title, style.char, body, f"#{attachment_anchor(number)}")
        draft.add(TextBlock(builder.text(), style))
        add_label(draft, start, style, Label(words, mark, gap))


def _add_sole_attachment(draft: Draft, title: Inline, parent: int) -> None:
    """Add a sole attachment, without a number. The label is part of the line, as in the
    colophon."""
    style, words = draft.style("attachment_list"), draft.theme.labels["attachment_list"]
    hang = len(words) * style.char.size
    left = style.left - style.char.size - hang
    item = draft.node("LI", parent)
    builder = TextBuilder()
    builder.add_words(words, style.char, draft.node("Lbl", item), draft.place(title))
    body = draft.node("Link", draft.node("LBody", item))
    add_plain(builder, title, style.char, body, f"#{attachment_anchor(1)}")
    draft.add(TextBlock(builder.text(), replace(style, left=left, hang=hang)))


class _Heading(Struct, frozen=True):
    """A title with its number and destination, in a style of the theme."""

    style: str
    title: Inline
    words: str = ""
    anchor: str | None = None


def _add_heading(draft: Draft, heading: _Heading, level: int, parent: int) -> None:
    style = draft.style(heading.style)
    node = draft.heading_node(level, parent)
    text = draft.text(heading.title, style.char, node, heading.words)
    draft.add(TextBlock(text, style, heading.anchor))
