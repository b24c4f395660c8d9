"""An issue as pieces that can be matched: sections and items with their blocks, each a text."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from brieftex.changes.looks import list_form
from brieftex.compose.sections import attachment_anchor, item_anchor, section_anchor
from brieftex.diagnostics import Span
from brieftex.input.fields import Record
from brieftex.input.issue.fields import COLOPHON, MASTHEAD, SIGNATURE
from brieftex.model.content import (
    Body,
    BodyBlock,
    Chart,
    Figure,
    Heading,
    Inline,
    ListBlock,
    NameList,
    PageBreak,
    Panel,
    Paragraph,
    PdfPages,
    Quotation,
    Speech,
    Table,
    Verse,
)
from brieftex.model.issue import Issue, Item, Section, SourceNote


class TextPart(Struct, frozen=True):
    """A block as text: of what sort it is, where it stands in its file, the block itself for those
    that are compared by more than their text, and the text with its marks; ``form`` is what kind of
    list or the like it is."""

    sort: str
    text: str
    span: Span | None
    block: BodyBlock | None = None
    inline: Inline | None = None
    form: str = ""


class IssuePiece(Struct, frozen=True):
    """A piece with a title: an item, a section's own text, the foreword, an attachment. ``home`` is
    the number of its section, None outside of sections."""

    sort: str
    title: str
    parts: tuple[TextPart, ...]
    span: Span | None
    home: int | None = None


def piece_keys(pieces: Sequence[IssuePiece]) -> list[str]:
    """The names of pieces as a document has them (``Document.pieces``); empty for a piece that is
    none there."""
    found: list[str] = []
    items: dict[int | None, int] = {}
    attachments = 0
    for piece in pieces:
        if piece.sort == "section":
            found.append(section_anchor((piece.home or 0) + 1))
        elif piece.sort == "item":
            items[piece.home] = items.get(piece.home, 0) + 1
            found.append(item_anchor((piece.home or 0) + 1, items[piece.home]))
        elif piece.sort == "attachment":
            attachments += 1
            found.append(attachment_anchor(attachments))
        else:
            found.append({"foot": ""}.get(piece.sort, piece.sort))
    return found


def pieces_of(issue: Issue) -> list[IssuePiece]:
    """The pieces of an issue, in order."""
    found = [IssuePiece("head", "", tuple(_head(issue)), None)]
    if issue.foreword is not None:
        fore = issue.foreword
        parts = [*_line("称谓", fore.salutation), *_blocks(fore.body)]
        found.append(IssuePiece("foreword", _text(fore.title) or "卷首语", tuple(parts), None))
    own = [*_line("提要", issue.summary), *_line("主送机关", issue.salutation)]
    own += [*_blocks(issue.body), *_names("供稿", issue.contributors), *_sources(issue.sources)]
    if own:
        found.append(IssuePiece("body", "正文", tuple(own), None))
    for number, section in enumerate(issue.sections):
        found.append(_section(section, number))
        found += [_item(item, number) for item in section.items]
    for attachment in issue.attachments:
        parts = list(_blocks(attachment.body))
        span = attachment.title.span()
        found.append(IssuePiece("attachment", attachment.title.text, tuple(parts), span))
    found.append(IssuePiece("foot", "", tuple(_foot(issue)), None))
    return found


def _section(section: Section, number: int) -> IssuePiece:
    parts = [*_blocks(section.editor_note, "编者按"), *_blocks(section.body)]
    span = None if section.title is None else section.title.span()
    return IssuePiece("section", _text(section.title), tuple(parts), span, number)


def _item(item: Item, number: int) -> IssuePiece:
    parts = [
        *_line("提要", item.summary),
        *_blocks(item.editor_note, "编者按"),
        *_blocks(item.body),
    ]
    parts += [*_names("供稿", item.contributors), *_sources(item.sources)]
    return IssuePiece("item", item.title.text, tuple(parts), item.title.span(), number)


def _head(issue: Issue) -> Iterator[TextPart]:
    yield from _line("标题", issue.title)
    yield from _record(MASTHEAD, issue.masthead)


def _foot(issue: Issue) -> Iterator[TextPart]:
    for record, value in ((SIGNATURE, issue.signature), (COLOPHON, issue.colophon)):
        if value is not None:
            yield from _record(record, value)


def _record(record: Record, value: Struct) -> Iterator[TextPart]:
    places = getattr(value, "places", {})
    for field in record.fields:
        held = getattr(value, field.key, None)
        if held is None or held == () or held is False:
            continue
        span = held.span() if isinstance(held, Inline) else places.get(field.key)
        yield TextPart(f"{record.label}·{field.names[0]}", _shown(held), span)


def _shown(held: object) -> str:
    if isinstance(held, Inline):
        return held.text
    if isinstance(held, tuple):
        return "、".join(_shown(one) for one in held)
    if isinstance(held, datetime.date):
        return f"{held.year}年{held.month}月{held.day}日"
    return "是" if held is True else str(held)


def _text(inline: Inline | None) -> str:
    return "" if inline is None else inline.text.replace("\n", "")


def _line(sort: str, inline: Inline | None) -> Iterator[TextPart]:
    if inline is not None:
        yield TextPart(sort, inline.text, inline.span(), inline=inline)


def _names(sort: str, names: Sequence[Inline]) -> Iterator[TextPart]:
    if names:
        yield TextPart(sort, "、".join(name.text for name in names), names[0].span())


def _sources(sources: Sequence[SourceNote]) -> Iterator[TextPart]:
    for source in sources:
        parts = [source.name, source.title, source.url]
        texts = [part.text for part in parts if part is not None]
        texts += [_shown(day) for day in (source.date, source.accessed) if day is not None]
        yield TextPart("来源", "，".join(texts), source.name.span())


def _blocks(body: Body | None, sort: str = "段落") -> Iterator[TextPart]:
    if body is None:
        return
    for block in body.blocks:
        yield from _block(block, sort)
    for _, blocks in body.notes:  # a label may be another one and the note the same
        for block in blocks:
            yield from _block(block, "脚注")


def _block(  # noqa: C901, PLR0912  # one case for each sort of block
    block: BodyBlock, sort: str
) -> Iterator[TextPart]:
    match block:
        case Paragraph(inline=inline):
            yield TextPart(sort, inline.text, inline.span(), inline=inline)
        case Heading(inline=inline):
            yield TextPart("小标题", inline.text, inline.span(), block, inline)
        case ListBlock(items=items):
            form = list_form(block)
            for item in items:
                for inner in item:
                    for part in _block(inner, "列表"):
                        yield replace(part, form=part.form or form)
        case Quotation(blocks=blocks):
            for inner in blocks:
                yield from _block(inner, "引文")
        case Speech(speaker=speaker, role=role, blocks=blocks):
            who = speaker.text + (f"（{role.text}）" if role is not None else "")
            yield TextPart("发言人", who, speaker.span())
            for inner in blocks:
                yield from _block(inner, "发言")
        case Table(caption=caption, span=span):
            cells = [cell.inline.text for row in block.lines for cell in row]
            yield TextPart("表格", "|".join([_text(caption), *cells]), span, block)
            yield from _line("表格单位", block.unit)
            for line in block.notes:
                yield TextPart("表注", line.text, line.span(), inline=line)
            for line in block.sources:
                yield TextPart("资料来源", line.text, line.span())
        case Figure(caption=caption, path=path, beside=beside, span=span):
            yield TextPart("插图", f"{path}|{_text(caption)}", span, block)
            for one in beside:
                yield TextPart("插图", f"{one.path}|", span, one)
        case Chart(caption=caption, categories=categories, series=series, span=span):
            values = [a.typed.text if a else "" for one in series for a in one.values]
            names = [name.text for name in categories]
            yield TextPart("图表", "|".join([_text(caption), *names, *values]), span, block)
        case Panel(title=title, blocks=blocks):
            yield from _line("提要框", title)
            for inner in blocks:
                yield from _block(inner, "提要框")
        case Verse(lines=lines, span=span):
            yield TextPart("分行文字", "\n".join(line.text for line in lines), span, block)
        case NameList(names=names):
            yield from _names("名单", names)
        case PageBreak(span=span):
            yield TextPart("另起一页", "", span, block)
        case PdfPages(span=span):
            yield TextPart("外来页", block.words, span, block)
