"""来源: the sources of an item, with their URLs as links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from brieftex.compose.builder import Draft
from brieftex.compose.dates import format_date
from brieftex.compose.qrcode import QUIET, qr_code
from brieftex.diagnostics.messages.compose import LONG_ADDRESS, PART_LEFT_OUT
from brieftex.diagnostics.messages.editions import NO_ROOM_FOR_CODES
from brieftex.document.paragraphs import Code, TextBlock
from brieftex.document.styles import PAPER_EDGE
from brieftex.input.markdown import percent_encoded
from brieftex.model.content import Inline
from brieftex.model.issue import SourceNote
from brieftex.model.theme import Theme
from brieftex.styled.builder import TextBuilder
from brieftex.styled.styles import CharStyle
from brieftex.styled.text import Text, TextRun
from brieftex.units import Sp, mm, to_mm

_PARTS = {"name": "名称", "title": "标题", "date": "日期", "accessed": "查阅日期", "url": "网址"}

# The smallest module that phones read reliably from an office printer's output.
_LEAST_MODULE = mm("0.36")


def add_sources(draft: Draft, sources: tuple[SourceNote, ...], parent: int) -> None:
    """Add the sources in one block, each in the lines of the theme, with their codes beside it.

    In one block, only the sum of their small lines is rounded up to whole grid lines.
    """
    if not sources:
        return
    _tell_what_is_left_out(draft, sources)
    style = draft.style("sources")
    node = draft.node("P", parent)
    text, ends = _text(draft, sources, draft.theme.labels["sources"], node)
    draft.add(TextBlock(text, style, codes=tuple(_codes(draft, sources, ends))))


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


def _text(
    draft: Draft, sources: Sequence[SourceNote], words: str, node: int
) -> tuple[Text, list[int]]:
    """The text of the sources after ``words``, and the offset at which each ends."""
    style = draft.style("sources").char
    builder, ends = TextBuilder(), list[int]()
    builder.add_words(words, style, node, draft.place(sources[0].name))
    for index, source in enumerate(sources):
        if index:
            builder.add_words("\n", style, node, draft.place(source.name))
        _add_source(draft, builder, source, style, node)
        ends.append(builder.length)
    return builder.text(), ends


def _codes(draft: Draft, sources: Sequence[SourceNote], ends: Sequence[int]) -> Iterator[Code]:
    """The QR codes of the sources' URLs, as large as the theme says, or larger if their modules
    would be too small to read: as large as the outer margin is wide at most."""
    rules, room = draft.theme.codes, _code_room(draft.theme)
    urls = [source.url for source in sources]
    if not rules.size or not any(urls):
        return
    if room < rules.size:
        if all(finding.kind is not NO_ROOM_FOR_CODES for finding in draft.found):
            at = next(url.span() for url in urls if url is not None)
            size, left = f"{to_mm(rules.size):g}", f"{max(0, to_mm(room)):.0f}"
            draft.found.append(NO_ROOM_FOR_CODES.at(at, size=size, room=left))
        return
    starts = (0, *(end + 1 for end in ends))  # a line end parts two sources
    for url, start, end in zip(urls, starts, ends, strict=False):
        if url is None:
            continue
        found = qr_code(percent_encoded(url.text), room // _LEAST_MODULE)
        if found is None:
            draft.found.append(LONG_ADDRESS.at(url.span()))
            continue
        count, outline = found
        module = min(max(-(-rules.size // count), _LEAST_MODULE), room // count)
        scaled = tuple((kind, tuple(v * module for v in points)) for kind, points in outline)
        yield Code(start, end, url.span(), scaled, module * count, module * QUIET, rules.gap)


def _code_room(theme: Theme) -> Sp:
    """The width that the outer margin has for codes, Sp: line numbers stand there, too."""
    finish = theme.finish
    room = finish.binding.outer(theme.page) - theme.codes.gap - PAPER_EDGE
    numbers = finish.line_numbers
    return 0 if numbers.every else room


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
