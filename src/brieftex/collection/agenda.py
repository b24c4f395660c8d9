"""The agenda of a meeting as contents of its volume: when, what, by whom, and the papers with
their folios."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from brieftex.collection.matter import MatterMaker
from brieftex.compose.inline import one_line
from brieftex.compose.numbering import label
from brieftex.document.blocks import Document, Elsewhere, EntryBlock
from brieftex.document.paragraphs import TextBlock
from brieftex.model.meeting import Meeting
from brieftex.styled.text import TextRun

AGENDA = "agenda"
"""The anchor of its first page."""


class PaperEntry(Struct, frozen=True):
    """A paper that is in the volume: which point of the agenda it belongs to, from 0, its number,
    its title, the part that holds it and its first folio."""

    item: int
    number: int
    title: str
    part: str
    folio: int


def agenda(maker: MatterMaker, meeting: Meeting, papers: Sequence[PaperEntry]) -> Document:
    """The document of the agenda."""
    draft = maker.draft()
    styles = maker.theme.styles
    heading = styles["contents_heading"]
    node = draft.heading_node(1, 0)
    draft.add(TextBlock(draft.words("议　程", heading.char, node, 0), heading, AGENDA))
    draft.add_outline(0, "议程", AGENDA)
    body = replace(styles["body"], indent=0)
    for words in _particulars(meeting):
        draft.add(TextBlock(draft.words(words, body.char, draft.node("P"), 0), body))
    elsewhere: dict[str, Elsewhere] = {}
    toc = draft.node("TOC")
    form = maker.theme.headings[0]
    digits = max([3, *(len(str(paper.folio)) for paper in papers)])
    item_style = replace(styles["contents_section"], leading=styles["body"].leading, space=0)
    for index, item in enumerate(meeting.agenda):
        words = label(form, index + 1) + one_line(item.title.text)
        if item.time is not None:
            words = f"{one_line(item.time.text)}　{words}"
        if item.presenters:
            names = "、".join(one_line(name.text) for name in item.presenters)
            words += f"（{names}）"
        node = draft.node("P", draft.node("TOCI", toc))
        own = [paper for paper in papers if paper.item == index]
        style = replace(item_style, keep_next=bool(own))
        draft.add(TextBlock(draft.words(words, style.char, node, 0), style))
        for paper in own:
            target = f"{paper.part}/page-1"
            elsewhere[target] = Elsewhere(paper.folio, paper.title)
            node = draft.node("Link", draft.node("Reference", draft.node("TOCI", toc)))
            style = styles["contents_item"]
            href = f"#{target}"
            text = draft.words(f"材料{paper.number}　{paper.title}", style.char, node, 0, href)
            folio = TextRun(0, style.char, node, href)
            leader = maker.theme.contents.leader
            draft.add(EntryBlock(text, target, style, leader, folio, digits))
    document = maker.document(draft, "议程", elsewhere=elsewhere)
    return replace(document, outline=())


def _particulars(meeting: Meeting) -> Iterator[str]:
    """When and where the meeting is, and who presides."""
    date = meeting.date
    day = "" if date is None else f"{date.year}年{date.month}月{date.day}日"
    when = day + ("" if meeting.time is None else one_line(meeting.time.text))
    for name, words in (
        ("时间", when),
        ("地点", "" if meeting.place is None else one_line(meeting.place.text)),
        ("主持", "" if meeting.host is None else one_line(meeting.host.text)),
    ):
        if words:
            yield f"{name}：{words}"
