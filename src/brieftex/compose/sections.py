"""The parts of an issue: foreword, its own body, sections with their items, attachments."""

from __future__ import annotations

from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from brieftex.compose.body import add_body, add_label
from brieftex.compose.builder import Draft
from brieftex.compose.context import Headings, Label, Surroundings
from brieftex.compose.inline import add_plain
from brieftex.compose.known import add_known_parts, add_known_piece, progress_of
from brieftex.compose.numbering import deeper, label, label_numbering
from brieftex.compose.sources import add_sources
from brieftex.document.blocks import BreakBlock
from brieftex.document.paragraphs import Numbered, TextBlock
from brieftex.model.content import Body, Heading, Inline, PageFit, PdfPages
from brieftex.model.issue import Attachment, Foreword, Issue, Item, Section
from brieftex.model.theme import ForewordStart, Theme
from brieftex.styled.builder import TextBuilder
from brieftex.styled.text import Text

FOREWORD_ANCHOR = "foreword"
BODY_ANCHOR = "body"
_BELOW_ITEM = ("heading1", "heading2", "heading3")
_IN_FOREWORD = ("foreword_heading", "body_heading2", "body_heading3")
_IN_BODY = ("body_heading1", "body_heading2", "body_heading3")
_IN_ATTACHMENT = ("attachment_heading1", "attachment_heading2", "attachment_heading3")


def section_anchor(number: int) -> str:
    """The destination of a section, counted from 1."""
    return f"section-{number}"


def item_anchor(section: int, number: int) -> str:
    """The destination of an item, counted from 1 in its section."""
    return f"section-{section}-item-{number}"


def section_numbers(issue: Issue, theme: Theme) -> list[Numbered | None]:
    """The number before the title of each section, None where there is no title.

    Sections go on where the headings of the issue's own body end, if both count alike.
    """
    form, numbers = theme.headings[0], list[Numbered | None]()
    number = _counted(issue.body) if form == theme.body_headings[0] else 0
    for section in issue.sections:
        number += section.title is not None
        numbers.append(None if section.title is None else _numbered(form, number, 0))
    return numbers


def _numbered(form: str, number: int, level: int) -> Numbered:
    return Numbered(form, number, "headings", level, len(label(form, number)))


def words_of(number: Numbered | None) -> str:
    """A number as it is printed; empty where there is none."""
    return "" if number is None else label(number.form, number.value)


def item_numbers(section: Section, theme: Theme) -> list[Numbered | None]:
    """The number before the title of each item of a section: none for a sole one.

    Items go on where the headings of the section's own body end, if both count alike.
    """
    form = deeper(theme.headings, 1)[0]
    before = 0
    if section.body is not None:
        above = deeper(theme.body_headings, _own_level(section))[0]
        before = _counted(section.body) if above == form else 0
        if before == 0 and len(section.items) == 1:
            return [None]
    elif len(section.items) == 1:
        return [None]
    return [_numbered(form, before + number, 1) for number in range(1, len(section.items) + 1)]


def _counted(body: Body | None) -> int:
    """The headings of the first level in a body."""
    blocks = () if body is None else body.blocks
    return sum(isinstance(block, Heading) and block.level == 1 for block in blocks)


def _own_level(section: Section) -> int:
    """The level from which headings directly below a section count."""
    return 0 if section.title is None else 1


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
    make = partial(_add_foreword, draft, foreword, after_contents=after_contents)
    add_known_piece(draft, foreword.span, (FOREWORD_ANCHOR, after_contents), make)


def _add_foreword(draft: Draft, foreword: Foreword, *, after_contents: bool) -> None:
    _start_opening(draft, after_contents=after_contents)
    draft.begin(FOREWORD_ANCHOR)
    node = draft.node("Sect")
    start, entry, tag = len(draft.blocks), len(draft.outline), 2
    title = draft.theme.labels["foreword"] if foreword.title is None else foreword.title.text
    draft.add_outline(0, title, FOREWORD_ANCHOR)
    if foreword.title is not None:
        _add_heading(draft, _Heading("foreword_title", foreword.title), tag, node)
        tag = 3
    _add_salutation(draft, foreword.salutation, node)
    headings = Headings((), _IN_FOREWORD, tag, 1, FOREWORD_ANCHOR)
    # A foreword titled 编者按 is set like an editor's note.
    called = "" if foreword.title is None else foreword.title.text.rstrip("：: ")
    paragraph = "editor_note" if called in {"编者按", "按语", "按"} else "foreword"
    add_body(draft, foreword.body, Surroundings(node, headings, paragraph))
    anchor = draft.anchor_first(start, FOREWORD_ANCHOR)
    if anchor is None:
        del draft.outline[entry]  # there is nothing for the bookmark to lead to
    else:
        draft.outline[entry] = replace(draft.outline[entry], anchor=anchor)


def _start_opening(draft: Draft, *, after_contents: bool) -> None:
    """Start a page for what opens the issue if the theme wants it."""
    wanted = draft.theme.start.foreword
    if wanted is ForewordStart.ALWAYS or (wanted is ForewordStart.CONTENTS and after_contents):
        draft.start_page()


def add_own_piece(draft: Draft, *, after_contents: bool) -> None:
    """Add the piece that the issue itself is: to whom, its text, who wrote it and its sources.
    Its title and summary stand in the masthead."""
    issue = draft.issue
    if issue.foreword is None and issue.body is not None and after_contents:
        _start_opening(draft, after_contents=True)
    draft.begin(BODY_ANCHOR)
    node = draft.node("Sect")
    _add_salutation(draft, issue.salutation, node)
    if issue.body is not None:
        # The title's bookmark holds the headings, unless other parts follow it on their level.
        below_title = issue.title is not None and len(draft.outline) == 1
        outline = int(below_title and not issue.sections)
        forms = draft.theme.body_headings
        headings = Headings(forms, _IN_BODY, 2, outline, BODY_ANCHOR, "body_headings")
        add_body(draft, issue.body, Surroundings(node, headings))
    _add_contributors(draft, issue.contributors, node)
    add_sources(draft, issue.sources, node)


def _add_salutation(draft: Draft, salutation: Inline | None, parent: int) -> None:
    if salutation is not None:
        style = draft.style("salutation")
        text = draft.text(salutation, style.char, draft.node("P", parent))
        draft.add(TextBlock(text, style))


def add_sections(draft: Draft, *, led: bool) -> None:
    """Add the sections, each on a new page if the theme wants it.

    ``led``: something other than the masthead comes before them. If not, the first one begins
    below the masthead, which would otherwise have a page to itself.
    """
    numbers = section_numbers(draft.issue, draft.theme)
    for number, section in enumerate(draft.issue.sections, 1):
        if draft.theme.start.sections and (number > 1 or led):
            draft.start_page()
        _add_section(draft, section, numbers[number - 1], number)


def _add_section(draft: Draft, section: Section, counted: Numbered | None, number: int) -> None:
    node, anchor = draft.node("Sect"), section_anchor(number)
    draft.begin(anchor)
    level = _own_level(section)
    tag = 2 + level
    head = partial(_add_section_head, draft, section, counted, (anchor, node))
    add_known_parts(draft, (section.title, section.editor_note), (counted, anchor, node), head)
    forms = deeper(draft.theme.body_headings, level)
    own = Headings(forms, _IN_BODY[level:], tag, level, anchor, "body_headings", level)
    if section.body is not None:
        add_body(draft, section.body, Surroundings(node, own))
    numbers = item_numbers(section, draft.theme)
    for count, (item, numbered) in enumerate(zip(section.items, numbers, strict=True), 1):
        if draft.theme.start.items and count > 1:
            draft.start_page()
        anchor = item_anchor(number, count)
        below = Headings(
            deeper(draft.theme.headings, 2), _BELOW_ITEM, tag + 1, level + 1, anchor, "headings", 2
        )
        if numbered is None:  # the headings go on from what has a number above
            below = replace(own, tag=tag + 1, outline=level + 1, anchor=anchor)
        add = partial(_add_item, draft, item, node, numbered, below)
        add_known_piece(draft, item.span, (node, numbered, progress_of(below)), add)


def _add_section_head(
    draft: Draft, section: Section, counted: Numbered | None, at: tuple[str, int]
) -> None:
    """Add the title and the editor's note of a section, ``at`` its anchor and in its node."""
    anchor, node = at
    if section.title is not None:
        _add_heading(draft, _Heading("section", section.title, counted, anchor), 2, node)
        draft.add_outline(0, words_of(counted) + section.title.text, anchor)
    _add_editor_note(draft, section.editor_note, node, anchor)


def _add_item(
    draft: Draft, item: Item, section: int, number: Numbered | None, below: Headings
) -> None:
    """Add an item; ``below`` is how the headings in it go on, from which its own level follows."""
    node = draft.node("Sect", section)
    draft.begin(below.anchor)
    title = _Heading("item", item.title, number, below.anchor)
    _add_heading(draft, title, below.tag - 1, node)
    draft.add_outline(below.outline - 1, words_of(number) + item.title.text, below.anchor)
    if item.summary is not None:
        draft.add(summary_block(draft, item.summary, node))
    _add_editor_note(draft, item.editor_note, node, below.anchor)
    add_body(draft, item.body, Surroundings(node, below))
    _add_contributors(draft, item.contributors, node)
    add_sources(draft, item.sources, node)


def summary_block(draft: Draft, summary: Inline, parent: int) -> TextBlock:
    """提要 with its label, unless the editor has written one."""
    style, node = draft.style("summary"), draft.node("P", parent)
    words = draft.theme.labels["summary"]
    builder = TextBuilder()
    if not summary.text.startswith((words, "提要", "摘要", "【")):
        char = replace(draft.style("summary_label").char, size=style.char.size)
        builder.add_words(words, char, node, draft.place(summary))
    draft.setter().add(builder, summary, style.char, node)
    return TextBlock(builder.text(), style)


def _add_contributors(draft: Draft, names: tuple[Inline, ...], parent: int) -> None:
    """Add 供稿, who sent in the piece above."""
    if not names:
        return
    style, labels = draft.style("contributors"), draft.theme.labels
    node, builder = draft.node("P", parent), TextBuilder()
    before, _, after = labels["contributors"].partition("{names}")
    builder.add_words(before, style.char, node, draft.place(names[0]))
    for index, name in enumerate(names):
        words = labels["people_separator"] if index else ""
        builder.add_words(words, style.char, node, draft.place(name))
        draft.setter().add(builder, name, style.char, node)
    builder.add_words(after, style.char, node, draft.place(names[-1]))
    draft.add(TextBlock(builder.text(), style))


def _add_editor_note(draft: Draft, note: Body | None, parent: int, anchor: str) -> None:
    """Add 编者按, with its label before the first words unless the editor has written one."""
    if note is None:
        return
    node, start = draft.node("Sect", parent), len(draft.blocks)
    headings = Headings((), _IN_FOREWORD, 4, 2, f"{anchor}-note")
    add_body(draft, note, Surroundings(node, headings, "editor_note"))
    if start < len(draft.blocks) and isinstance(last := draft.blocks[-1], TextBlock):
        # It stays with the beginning of what it introduces.
        draft.blocks[-1] = replace(last, style=replace(last.style, keep_next=True))
    first = draft.blocks[start] if start < len(draft.blocks) else None
    if not isinstance(first, TextBlock) or first.text.text.startswith(("编者按", "按：", "【")):
        return
    run = first.text.runs[0]
    style = replace(draft.style("editor_note_label").char, size=run.style.size)
    builder = TextBuilder()
    at = draft.clamped(first.text.origin.source(0))
    builder.add_words(draft.theme.labels["editor_note"], style, run.node, at)
    builder.copy(first.text, 0, len(first.text.text))
    draft.blocks[start] = replace(first, text=builder.text())


def add_attachments(draft: Draft) -> None:
    """Add the attachments, each on new pages: label, title, body, with numbering restarted."""
    for number, attachment in enumerate(draft.issue.attachments, 1):
        draft.start_page()
        if attachment.odd_page:
            draft.blocks[-1] = BreakBlock(odd=True)
        anchor, words = attachment_anchor(number), attachment_label(draft, number)
        add = partial(_add_attachment, draft, attachment, anchor, words)
        add_known_parts(draft, (attachment.title, attachment.body), (anchor, words), add)


def _add_attachment(draft: Draft, attachment: Attachment, anchor: str, words: str) -> None:
    node = draft.node("Sect")
    style = draft.style("attachment_label")
    at = draft.place(attachment.title)
    draft.begin(anchor)
    if _covered(attachment):  # no room for a title, but links to it need a destination
        draft.add(TextBlock(Text("", ()), style, anchor))
    else:
        mark = draft.words(words, style.char, draft.node("P", node), at)
        draft.add(TextBlock(replace(mark, lead=len(words)), style, anchor))
        _add_heading(draft, _Heading("attachment_title", attachment.title), 2, node)
    draft.add_outline(0, f"{words}\u3000{attachment.title.text}", anchor)
    forms = draft.theme.body_headings
    headings = Headings(forms, _IN_ATTACHMENT, 3, 1, anchor, "body_headings")
    add_body(draft, attachment.body, Surroundings(node, headings))


def _covered(attachment: Attachment) -> bool:
    """Whether the first page is covered by one of another file."""
    first = attachment.body.blocks[0] if attachment.body.blocks else None
    return isinstance(first, PdfPages) and first.fit is PageFit.WHOLE


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
        if number > 1:  # a long list may go on over the page
            style = replace(style, space=0, keep_previous=False)
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
    number: Numbered | None = None
    anchor: str | None = None


def _add_heading(draft: Draft, heading: _Heading, level: int, parent: int) -> None:
    style = draft.style(heading.style)
    node = draft.heading_node(level, parent)
    text = draft.text(heading.title, style.char, node, words_of(heading.number))
    draft.add(TextBlock(text, style, heading.anchor, number=heading.number))
