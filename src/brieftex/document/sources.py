"""来源: where an item was taken from, with its address as a link."""

from __future__ import annotations

from dataclasses import replace

from brieftex.content import Inline
from brieftex.document.blocks import CharStyle, TextBlock, TextRun
from brieftex.document.dates import written
from brieftex.document.draft import Draft
from brieftex.document.inline import TextBuilder
from brieftex.issue.model import SourceNote


def add_sources(draft: Draft, sources: tuple[SourceNote, ...], parent: int) -> None:
    """Add one block for all sources: each on a line of its own, its address on the next.

    One block, so that its small lines together, not each of them, fill whole grid lines.
    """
    if not sources:
        return
    style = draft.style("sources")
    node = draft.node("P", parent)
    builder = TextBuilder()
    at = draft.place(sources[0].name)
    builder.add_words(draft.theme.labels["sources"], style.char, node, at)
    for index, source in enumerate(sources):
        if index:
            builder.add_words("\n", style.char, node, draft.place(source.name))
        _add_source(draft, builder, source, style.char, node)
    draft.add(TextBlock(builder.text(), style))


def _add_source(
    draft: Draft, builder: TextBuilder, source: SourceNote, style: CharStyle, node: int
) -> None:
    labels, setter = draft.theme.labels, draft.setter()
    at = draft.place(source.name)
    setter.add(builder, source.name, style, node)
    if source.title is not None:
        before, _, after = _title_form(labels["source_title"], source.title).partition("{title}")
        builder.add_words(before, style, node, draft.place(source.title))
        setter.add(builder, source.title, style, node)
        builder.add_words(after, style, node, draft.place(source.title))
    if source.date is not None:
        builder.add_words(written(labels["source_date"], source.date), style, node, at)
    if source.accessed is not None:
        builder.add_words(written(labels["source_accessed"], source.accessed), style, node, at)
    if source.url is not None:  # last on its own line: a reader's software may take it whole
        builder.add_words("\n", style, node, draft.place(source.url))
        look = replace(style, color=draft.theme.marks.link)
        link = TextRun(0, look, draft.node("Link", node), source.url.text)
        builder.add_part(source.url, 0, len(source.url.text), link)


def _title_form(form: str, title: Inline) -> str:
    """The form for a title; one that brings its own 《》 is not given another pair."""
    return "{title}" if title.text.startswith(("《", "〈")) else form
