"""The blocks of a body: paragraphs, headings, lists, quotations, speeches."""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from brieftex.compose.builder import Draft
from brieftex.compose.charts import add_chart
from brieftex.compose.context import Headings, Label, Surroundings
from brieftex.compose.figures import add_figure
from brieftex.compose.known import add_known_block
from brieftex.compose.numbering import bullet_numbering, deeper, label, label_numbering
from brieftex.compose.panels import add_names, add_verse, panel_block
from brieftex.compose.pdf_pages import add_pdf_pages
from brieftex.compose.tables import add_table
from brieftex.diagnostics.messages.compose import FIGURE_IN_NOTE
from brieftex.document.blocks import call_anchor, note_anchor
from brieftex.document.paragraphs import Numbered, TextBlock
from brieftex.input.markdown.typed_headings import typed_headings
from brieftex.model import content
from brieftex.styled.builder import TextBuilder
from brieftex.styled.styles import TextStyle


def add_body(draft: Draft, body: content.Body, around: Surroundings) -> None:
    """Add the blocks of a body and the footnotes that it calls."""
    with draft.body(body):
        add_blocks(draft, body.blocks, around)


def add_blocks(draft: Draft, blocks: tuple[content.BodyBlock, ...], around: Surroundings) -> None:
    """Add blocks, each followed by the footnotes it calls. Notes called within a note are added
    after it, so that notes are not nested."""
    leading = typed_headings(blocks)
    rest = list(enumerate(blocks))[::-1]
    while rest:
        index, block = rest.pop()
        after = rest[-1][1] if rest else None
        if around.in_note and _add_to_note(draft, block, around):
            pass
        elif isinstance(block, content.Heading) and _runs_in(draft, block, after, around):
            assert isinstance(after, content.Paragraph)
            _add_run_in(draft, block, after, around)
            rest.pop()
        else:
            here = replace(around, leading=True) if index in leading else around
            make = partial(_add_block, draft, block, here, first=index == 0)
            add_known_block(draft, block, here, make)
        if not around.in_note:
            add_notes(draft, around.parent)


def _add_block(  # noqa: C901  # one case for each sort of block
    draft: Draft, block: content.BodyBlock, around: Surroundings, *, first: bool
) -> None:
    match block:
        case content.Paragraph():
            _add_paragraph(draft, block.inline, around)
        case content.Heading():
            _add_heading(draft, block, around)
        case content.ListBlock():
            _add_list(draft, block, around)
        case content.Quotation():
            _add_quotation(draft, block, around)
        case content.Speech():
            _add_speech(draft, block, around, first=first)
        case content.Table() | content.Figure() | content.Chart():
            turned = block.turned and not around.in_note
            with draft.turned_page() if turned else nullcontext():
                _add_exhibit(draft, block, around.parent)
        case content.Verse():
            add_verse(draft, block, around.parent)
        case content.NameList():
            add_names(draft, block, around.parent)
        case content.Panel():
            _add_panel(draft, block, around)
        case content.PageBreak():
            draft.start_page()
        case content.PdfPages():
            add_pdf_pages(draft, block, around.parent, here=first)


def _add_panel(draft: Draft, block: content.Panel, around: Surroundings) -> None:
    """Add a box; in a footnote, which has none, what it holds."""
    inner = around if around.in_note else replace(around, paragraph="box", left=0, right=0)
    if around.in_note:
        add_blocks(draft, block.blocks, inner)
        return
    node = draft.node("Div", around.parent)
    with draft.aside() as blocks:
        if block.title is not None:
            style = draft.style("box_title")
            text = draft.text(block.title, style.char, draft.node("P", node))
            draft.add(TextBlock(text, style))
        add_blocks(draft, block.blocks, replace(inner, parent=node))
    draft.add(panel_block(draft, blocks))


def _add_exhibit(
    draft: Draft, block: content.Table | content.Figure | content.Chart, parent: int
) -> None:
    match block:
        case content.Table():
            add_table(draft, block, parent)
        case content.Figure():
            add_figure(draft, block, parent)
        case content.Chart():
            add_chart(draft, block, parent)


def _add_to_note(draft: Draft, block: content.BodyBlock, around: Surroundings) -> bool:
    """Add a block that is composed differently in a note than in a body; False if it is not."""
    match block:
        case content.Heading():
            _add_paragraph(draft, block.inline, around)
        case content.Table():
            _add_rows(draft, block, around)
        case content.Figure():
            draft.found.append(FIGURE_IN_NOTE.at(block.span, file=block.path))
        case content.PageBreak():
            pass
        case _:
            return False
    return True


def _add_paragraph(draft: Draft, inline: content.Inline, around: Surroundings) -> None:
    style = around.style(draft, around.paragraph)
    if around.leading:
        style = replace(style, keep_next=True)
    node = draft.node("P", around.parent)
    draft.add(TextBlock(draft.text(inline, style.char, node), style))


def _add_rows(draft: Draft, table: content.Table, around: Surroundings) -> None:
    """Add a table in a footnote, where tables cannot be set, as a paragraph for each row."""
    style = around.style(draft, around.paragraph)
    for row in table.lines:
        if not row:
            continue
        builder, node = TextBuilder(), draft.node("P", around.parent)
        for index, cell in enumerate(row):
            if index:
                builder.add_words("\u3000", style.char, node, draft.place(cell.inline))
            draft.setter().add(builder, cell.inline, style.char, node)
        draft.add(TextBlock(builder.text(), style))


class _Head(Struct, frozen=True):
    """A heading's number, its node and its destination."""

    words: str
    node: int
    anchor: str
    number: Numbered | None


def _headed(draft: Draft, block: content.Heading, around: Surroundings) -> _Head:
    """Number a heading and add its bookmark."""
    headings = around.headings
    number = headings.count(block.level)
    words, counted = "", None
    if headings.forms:
        form = deeper(headings.forms, block.level - 1)[0]
        words = label(form, number)
        level = headings.above + block.level - 1
        counted = Numbered(form, number, headings.series, level, len(words))
    node = draft.heading_node(headings.tag + block.level - 1, around.parent)
    anchor = f"{headings.anchor}-heading-{headings.total}"
    title = words + block.inline.text.removesuffix("。")
    draft.add_outline(headings.outline + block.level - 1, title, anchor)
    return _Head(words, node, anchor, counted)


def _add_heading(draft: Draft, block: content.Heading, around: Surroundings) -> None:
    style = _heading_style(draft, block, around)
    head = _headed(draft, block, around)
    text = draft.text(block.inline, style.char, head.node, head.words)
    draft.add(TextBlock(text, style, head.anchor, number=head.number))


def _runs_in(
    draft: Draft, heading: content.Heading, after: content.BodyBlock | None, around: Surroundings
) -> bool:
    """Whether a heading runs in, with its paragraph in the same line: because the theme says so,
    or because the editor ended it with a full stop, which other headings do not have."""
    if not isinstance(after, content.Paragraph):
        return False
    return heading.inline.text.endswith("。") or _heading_style(draft, heading, around).run_in


def _heading_style(draft: Draft, heading: content.Heading, around: Surroundings) -> TextStyle:
    names = around.headings.styles
    return around.style(draft, names[min(heading.level, len(names)) - 1])


def _add_run_in(
    draft: Draft, heading: content.Heading, after: content.Paragraph, around: Surroundings
) -> None:
    """Add a run-in heading together with its paragraph."""
    head = _headed(draft, heading, around)
    style = around.style(draft, around.paragraph)
    char = replace(_heading_style(draft, heading, around).char, size=style.char.size)
    builder, setter = TextBuilder(), draft.setter()
    builder.add_number(head.words, char, head.node, draft.place(heading.inline))
    setter.add(builder, heading.inline, char, head.node)
    if not heading.inline.text.endswith(("。", "？", "！", "……")):
        end = draft.theme.labels["run_in_end"]
        builder.add_words(end, char, head.node, draft.place(after.inline))
    setter.add(builder, after.inline, style.char, draft.node("P", around.parent))
    draft.add(TextBlock(builder.text(), style, head.anchor, number=head.number))


def _add_quotation(draft: Draft, block: content.Quotation, around: Surroundings) -> None:
    node = draft.node("BlockQuote", around.parent)
    inner = _inside(draft, around, "quotation", node)
    add_blocks(draft, block.blocks, replace(inner, font=draft.style("quotation").char.font))


def _inside(draft: Draft, around: Surroundings, paragraph: str, parent: int) -> Surroundings:
    """The surroundings within a list or quotation that is itself in ``around``."""
    if around.in_note:
        return replace(around, parent=parent)
    left, right = around.left, around.right
    # The indent of the outer block is part of its style, which does not apply inside; only a
    # list in a list has it already.
    if around.paragraph == "quotation" or (around.paragraph == "list" != paragraph):
        left += draft.style(around.paragraph).left
        right += draft.style(around.paragraph).right
    return replace(around, parent=parent, paragraph=paragraph, left=left, right=right)


def _add_speech(draft: Draft, block: content.Speech, around: Surroundings, *, first: bool) -> None:
    """Add the speaker's line, name and office each in its face, and then the speech."""
    style = around.style(draft, "speaker")
    if first:  # the heading above has its own space below
        style = replace(style, space=0)
    role = around.style(draft, "speaker_role").char
    node = draft.node("P", around.parent)
    builder, setter = TextBuilder(), draft.setter()
    setter.add(builder, block.speaker, style.char, node)
    if block.role is not None:
        gap = draft.theme.labels["speaker_gap"]
        builder.add_words(gap, role, node, draft.place(block.role))
        setter.add(builder, block.role, role, node)
    draft.add(TextBlock(builder.text(), style))
    add_blocks(draft, block.blocks, replace(around, paragraph="speech"))


def _add_list(draft: Draft, block: content.ListBlock, around: Surroundings) -> None:
    rules = draft.theme.lists
    depth = around.depth + 1
    bullet = rules.bullets[min(depth, len(rules.bullets)) - 1]
    form = rules.ordered[min(depth, len(rules.ordered)) - 1]
    if block.bracket and form.endswith("."):  # 1) stays as it was written
        form = f"{form[:-1]})"
    numbering = bullet_numbering(bullet) if block.start is None else label_numbering(form)
    node = draft.node("L", around.parent, numbering=numbering)
    for index, blocks in enumerate(block.items):
        words = bullet if block.start is None else label(form, block.start + index)
        item = draft.node("LI", node)
        mark = draft.node("Lbl", item)
        inner = _inside(draft, around, "list", draft.node("LBody", item))
        inner = replace(inner, left=inner.left + rules.step, depth=depth)
        start = len(draft.blocks)
        add_blocks(draft, blocks, inner)
        style = inner.style(draft, inner.paragraph)
        gap = rules.bullet_gap if block.start is None else rules.gap
        counted = Numbered(bullet, 0, "bullets", depth - 1)
        if block.start is not None:
            counted = Numbered(form, block.start + index, "list", depth - 1)
        add_label(draft, start, style, Label(words, mark, gap, number=counted))


def add_label(draft: Draft, start: int, style: TextStyle, mark: Label) -> None:
    """Set a label to the left of the block at ``start``.

    If there is no text to set it beside, it gets a line of its own.
    """
    first = draft.blocks[start] if start < len(draft.blocks) else None
    if isinstance(first, TextBlock) and first.label is None and first.text.text:
        at = draft.clamped(first.text.origin.source(0))
        text = draft.words(mark.words, style.char, mark.node, at, mark.href)
        number = mark.number or first.number
        draft.blocks[start] = replace(first, label=text, label_gap=mark.gap, number=number)
    else:
        text = draft.words(mark.words, style.char, mark.node, draft.place(), mark.href)
        number = mark.number and replace(mark.number, length=len(mark.words))
        draft.blocks.insert(start, TextBlock(text, style, number=number))


def add_notes(draft: Draft, parent: int) -> None:
    """Compose the footnotes called so far; those called by a note follow it."""
    style = draft.style("note")
    while draft.due:
        index, name = draft.due.pop(0)
        node = draft.node("Note", parent)
        mark = draft.node("Link", draft.node("Lbl", node))
        plain = Headings((), ("note",), 1, 0, f"note-{index + 1}")
        around = Surroundings(node, plain, paragraph="note", in_note=True)
        with draft.aside() as blocks:
            add_blocks(draft, draft.note_bodies[name], around)
            words = label(draft.theme.notes.label, index + 1)
            gap, back = draft.theme.notes.gap, f"#{call_anchor(index)}"
            add_label(draft, 0, style, Label(words, mark, gap, back))
        first, *rest = (block for block in blocks if isinstance(block, TextBlock))
        draft.notes[index] = (replace(first, anchor=note_anchor(index)), *rest)
