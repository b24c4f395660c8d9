"""来源: the sources of an item, with their URLs as links."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from brieftex.compose.builder import Draft
from brieftex.compose.dates import format_date
from brieftex.compose.inline import TextBuilder
from brieftex.compose.qrcode import QUIET, qr_code
from brieftex.diagnostics.messages.compose import LONG_ADDRESS, PART_LEFT_OUT
from brieftex.document.blocks import CharStyle, Code, Text, TextBlock, TextRun, TextStyle
from brieftex.input.markdown import percent_encoded
from brieftex.model.content import Inline
from brieftex.model.issue import SourceNote
from brieftex.units import mm

_PARTS = {"name": "名称", "title": "标题", "date": "日期", "accessed": "查阅日期", "url": "网址"}

# The smallest module that phones read reliably from an office printer's output.
_LEAST_MODULE = mm("0.36")


def add_sources(draft: Draft, sources: tuple[SourceNote, ...], parent: int) -> None:
    """Add the sources in one block, each in the lines of the theme.

    In one block, only the sum of their small lines is rounded up to whole grid lines. With QR
    codes there is a block for each source.
    """
    if not sources:
        return
    _tell_what_is_left_out(draft, sources)
    style = draft.style("sources")
    node = draft.node("P", parent)
    parts = [(source,) for source in sources] if draft.theme.codes.size else [sources]
    for number, part in enumerate(parts):
        words = draft.theme.labels["sources"] if number == 0 else ""
        text = _text(draft, part, words, node)
        code = _code(draft, part[0]) if draft.theme.codes.size else None
        draft.add(TextBlock(text, style if number == 0 else _unlabelled(style), code=code))


def _tell_what_is_left_out(draft: Draft, sources: tuple[SourceNote, ...]) -> None:
    """A finding on the first part of each sort that the lines of the theme do not have."""
    lines = "".join(draft.theme.source_lines)
    for key, what in _PARTS.items():
        lacking = (source for source in sources if getattr(source, key) is not None)
        source = next(lacking, None)
        if source is not None and f"{{{key}}}" not in lines:
            finding = PART_LEFT_OUT.at(
                source.places.get(key), "", theme=draft.theme.name, what=f"来源的{what}",
                what_en=f"sources.{key}", key="source_lines",
            )  # fmt: skip
            draft.found.append(finding)


def _text(draft: Draft, sources: Sequence[SourceNote], words: str, node: int) -> Text:
    style = draft.style("sources").char
    builder = TextBuilder()
    builder.add_words(words, style, node, draft.place(sources[0].name))
    for index, source in enumerate(sources):
        if index:
            builder.add_words("\n", style, node, draft.place(source.name))
        _add_source(draft, builder, source, style, node)
    return builder.text()


def _unlabelled(style: TextStyle) -> TextStyle:
    """The style of sources below the one with the label, aligned with its name."""
    return replace(style, indent=style.indent + style.hang, space=0)


def _code(draft: Draft, source: SourceNote) -> Code | None:
    """The QR code of a source's URL, as large as the theme says, or larger if its modules would
    be too small to read."""
    if source.url is None:
        return None
    rules = draft.theme.codes
    found = qr_code(percent_encoded(source.url.text))
    if found is None:
        draft.found.append(LONG_ADDRESS.at(source.url.span()))
        return None
    count, outline = found
    module = max(-(-rules.size // count), _LEAST_MODULE)
    scaled = tuple((kind, tuple(v * module for v in points)) for kind, points in outline)
    return Code(scaled, module * count, module * QUIET, rules.gap)


def _add_source(
    draft: Draft, builder: TextBuilder, source: SourceNote, style: CharStyle, node: int
) -> None:
    started = False
    for form in draft.theme.source_lines:
        pieces = re.split(r"\{(\w+)\}", form)
        parts = [
            (before, key)
            for before, key in zip(pieces[::2], pieces[1::2], strict=False)
            if getattr(source, key) is not None
        ]
        if not parts:
            continue
        at = draft.place(source.name)
        builder.add_words("\n" * started, style, node, at)
        started = True
        for before, key in parts:
            builder.add_words(before, style, node, at)
            _add_part(draft, builder, (source, key), node)
        builder.add_words(pieces[-1], style, node, at)


def _add_part(draft: Draft, builder: TextBuilder, part: tuple[SourceNote, str], node: int) -> None:
    """Add the part of a source of this key, in the form of its label."""
    source, key = part
    style, labels = draft.style("sources").char, draft.theme.labels
    value = getattr(source, key)
    match key:
        case "name":
            draft.setter().add(builder, value, style, node)
        case "title":
            before, _, after = _title_form(labels["source_title"], value).partition("{title}")
            builder.add_words(before, style, node, draft.place(value))
            draft.setter().add(builder, value, style, node)
            builder.add_words(after, style, node, draft.place(value))
        case "url":
            look = replace(style, color=draft.theme.marks.link)
            link = TextRun(0, look, draft.node("Link", node), percent_encoded(value.text))
            builder.add_part(value, 0, len(value.text), link)
        case _:
            at = draft.place(source.name)
            builder.add_words(format_date(labels[f"source_{key}"], value), style, node, at)


def _title_form(form: str, title: Inline) -> str:
    """The format for a title, without 《》 if the title has its own."""
    return "{title}" if title.text.startswith(("《", "〈")) else form
