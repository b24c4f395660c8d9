"""Bodies: Markdown text, or a list of blocks whose texts are Markdown."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from brieftex.diagnostics import Span
from brieftex.diagnostics.messages import schema as messages
from brieftex.diagnostics.messages.table import FIGURES_BESIDE
from brieftex.input.fields import Field, Form, Reading, Values, is_empty, read_record
from brieftex.input.fields.forms import Definitions, Record, Schema
from brieftex.input.fields.records import reference
from brieftex.input.issue.blocks import BLOCKS, CHART, FIGURE, SPEECH, TEXT_BLOCK
from brieftex.input.issue.charts import read_chart
from brieftex.input.issue.figures import read_figures
from brieftex.input.issue.prose import read_prose
from brieftex.input.issue.tables import read_table
from brieftex.input.issue.titles import as_printed
from brieftex.input.issue.values import FILLED, TEXT
from brieftex.input.yaml import Mapping, Node, Scalar, Sequence
from brieftex.model.content import (
    Body,
    BodyBlock,
    Figure,
    Heading,
    Inline,
    NameList,
    PageBreak,
    Panel,
    Paragraph,
    Quotation,
    Speech,
    Verse,
)

(_CAPTION,) = (field for field in FIGURE.fields if field.key == "caption")


class _Body(Form):
    """Markdown, or a list of blocks. The footnotes of all its parts are one list."""

    expected = ("一段文字或一个列表", "text or a list of blocks")
    records = BLOCKS

    def read(self, reading: Reading, node: Node, field: Field, path: str) -> Body | None:
        """Read the text or the blocks."""
        return _read_body(reading, node, field, path)

    def schema(self, definitions: Definitions) -> Schema:
        """A reference: a body may be text or a list."""
        if "body" not in definitions:
            definitions["body"] = {}  # holds its place, the first
            blocks = [reference(record, definitions) for record in BLOCKS]
            definitions["body"] = {
                "description": "正文：Markdown 文本，或由若干块组成的列表",
                "oneOf": [
                    {**FILLED},
                    {"type": "array", "minItems": 1, "items": {"anyOf": [FILLED, *blocks]}},
                ],
            }
        return {"allOf": [{"$ref": "#/definitions/body"}]}

    def told(self) -> str:
        """The name."""
        return "正文"


BODY = _Body()


def _read_body(reading: Reading, node: Node, field: Field, path: str) -> Body | None:
    """Read a body: Markdown, or a list of blocks. Footnotes of all its parts are one list."""
    if isinstance(node, Scalar):
        body = read_prose(reading, node, field, path)
    elif isinstance(node, Mapping):
        # One block, without the dash that would make it a list of one.
        body = _merged(reading, [(_read_block(reading, node, path), node.span)], path)
    else:
        parts = [
            (_known_part(reading, item, field, f"{path}[{i}]"), item.span)
            for i, item in enumerate(node.items)
        ]
        body = _merged(reading, parts, path)
    if body is None:
        return None
    read_figures(reading, body, path)
    return _without_numbers(reading, body, field, path)


def _known_part(reading: Reading, node: Node, field: Field, path: str) -> Body | None:
    make = partial(_read_part, reading, node, field, path)
    return reading.recalled(node, "part", make) if isinstance(node, Mapping) else make()


def _read_part(reading: Reading, node: Node, field: Field, path: str) -> Body | None:
    if isinstance(node, Mapping):
        return _read_block(reading, node, path)
    if isinstance(node, Sequence) or is_empty(node):
        part = replace(field, names=(f"{field.label}里的一块",), form=TEXT)
        if is_empty(node):
            reading.empty(node.span, part, path)
        else:
            reading.wrong_type(node, part, path)
        return None
    # Only English keys: a paragraph may well begin with 引文：.
    if reading.mistyped_field(node, {f.key for record in BLOCKS for f in record.fields}, path):
        return None
    return read_prose(reading, node, field, path)


def _read_block(reading: Reading, node: Mapping, path: str) -> Body | None:
    """One block written as a mapping. Its first own key says which."""
    record = _sort(node)
    if record is None:
        known = "、".join(f"`{r.fields[0].key}`（{r.label}）" for r in BLOCKS)
        place = node.entries[0][0].span if node.entries else reading.first_line(node)
        reading.report(messages.UNKNOWN_BLOCK, place, path, known=known)
        return None
    start = len(reading.findings)
    values = read_record(reading, node, record, path)
    if record is FIGURE:
        _explain_alt(reading, start)
        # The error is out; the file can be checked in the same run.
        values.setdefault("alt", Inline(""))
    if any(field.required and field.key not in values for field in record.fields):
        return None
    return _block(reading, record, values, node.span, path)


def _sort(node: Mapping) -> Record | None:
    """The sort of block by its own field; without one, by a field that only it has."""
    keys = {key.text for key, _ in node.entries}
    # {role, text} is a speech that lacks its speaker, {caption, alt} a figure without a file.
    telling = [(record, record.fields[:1]) for record in BLOCKS if record is not TEXT_BLOCK]
    telling += [
        (SPEECH, SPEECH.fields[1:2]),
        (CHART, CHART.fields[1:6]),
        (FIGURE, FIGURE.fields[1:]),
        (TEXT_BLOCK, TEXT_BLOCK.fields),
    ]
    for record, fields in telling:
        if any(keys & {field.key, *field.names} for field in fields):
            return record
    return None


def _explain_alt(reading: Reading, start: int) -> None:
    """Say of a missing alternative text how to write one, instead of that it is missing."""
    for i in range(start, len(reading.findings)):
        found = reading.findings[i]
        lacks = found.kind in (messages.MISSING_FIELD, messages.EMPTY_VALUE)
        if lacks and dict(found.values).get("key") == "alt":
            reading.findings[i] = messages.MISSING_ALT.at(found.span, found.path)


def _block(  # noqa: PLR0911  # one case for each sort of block
    reading: Reading, record: Record, values: Values, span: Span, path: str
) -> Body | None:
    """The block of a record whose required fields were all read, with its footnotes."""
    text: Body = values.get("text") or values.get("quote") or Body()
    match record.name:
        case "speech":
            speech = Speech(values["speaker"], values.get("role"), text.blocks)
            return Body((speech,), text.notes)
        case "quote":
            return Body((Quotation(text.blocks),), text.notes)
        case "figure":
            alt, caption = values["alt"].text, values.get("caption")
            turned = values.get("orientation", False)
            beside = _beside(reading, values, span, path)
            return Body((Figure(values["figure"], alt, caption, span, turned, beside),))
        case "box":
            boxed: Body = values["box"]
            return Body((Panel(values.get("title"), boxed.blocks, span),), boxed.notes)
        case "verse":
            return Body((Verse(values["lines"], values.get("align"), span),))
        case "names":
            return Body((NameList(values["names"], span),))
        case "table":
            made: BodyBlock | None = read_table(reading, values["table"], span, f"{path}.table")
        case "chart":
            made = read_chart(reading, values, span, path)
        case "pageBreak":
            made = PageBreak(span)
        case _:
            return text
    return None if made is None else Body((made,))


BESIDE_LIMIT = 2
"""The most figures beside another one: of more, none can be seen."""


def _beside(reading: Reading, values: Values, span: Span, path: str) -> tuple[Figure, ...]:
    """The figures at the right of another one."""
    found = tuple(
        Figure(one["figure"], one["alt"].text, None, span)
        for one in values.get("beside", ())
        if "figure" in one and "alt" in one
    )
    if len(found) > BESIDE_LIMIT:
        place = values.places["beside"]
        reading.report(
            FIGURES_BESIDE, place, f"{path}.beside", count=len(found), limit=BESIDE_LIMIT
        )
    return found[:BESIDE_LIMIT]


def _merged(reading: Reading, parts: list[tuple[Body | None, Span]], path: str) -> Body:
    """One body of all parts; a footnote label may stand in only one of them."""
    blocks: list[BodyBlock] = []
    notes: dict[str, tuple[BodyBlock, ...]] = {}
    places: dict[str, Span] = {}
    for i, (part, span) in enumerate(parts):
        if part is None:
            continue
        blocks += part.blocks
        for label, note in part.notes:
            place = _place(note) or span
            if label in notes:
                finding = messages.DUPLICATE_NOTE.at(place, f"{path}[{i}]", label=label)
                reading.findings.append(finding.also(places[label]))
            notes[label], places[label] = note, place
    return Body(tuple(blocks), tuple(notes.items()))


def _place(blocks: tuple[BodyBlock, ...]) -> Span | None:
    return next((b.inline.span() for b in blocks if isinstance(b, Paragraph)), None)


def _without_numbers(reading: Reading, body: Body, field: Field, path: str) -> Body:
    """A body whose figures have lost the numbers typed before their captions, and its sub-headings
    theirs where they are counted."""
    heading = replace(field, titled="heading") if field.titled else None
    if not any(isinstance(block, Heading | Figure) for block in body.blocks):
        return body
    blocks: list[BodyBlock] = []
    for block in body.blocks:
        made = block
        if isinstance(block, Heading) and heading:
            made = replace(block, inline=as_printed(reading, block.inline, heading, path))
        elif isinstance(block, Figure) and block.caption:
            made = replace(block, caption=as_printed(reading, block.caption, _CAPTION, path))
        blocks.append(made)
    return replace(body, blocks=tuple(blocks))
