"""Mappings become dictionaries by field, whatever names the keys had; lists become tuples."""

from __future__ import annotations

from functools import partial
from typing import Any

from msgspec.structs import replace

from brieftex.diagnostics import Span
from brieftex.diagnostics.messages import schema as messages
from brieftex.diagnostics.shift import further_on
from brieftex.input.fields.forms import (
    Definitions,
    Field,
    Form,
    Quotes,
    Reading,
    Record,
    Schema,
    is_empty,
)
from brieftex.input.fields.typed import unquoted
from brieftex.input.yaml import Mapping, Node, Scalar, Sequence
from brieftex.input.yaml.pieces import piece_of

_MARKS = frozenset("[]{},:：#&*!|>'\"%@`")
"""What may mean something to YAML, or to an editor who mistyped it."""


class Values(dict[str, Any]):
    """What was read of a record by key of its fields; a field that is absent or wrong is
    missing. ``places`` says where the value of each stands, ``piece`` which lines are the record's
    (``piece_of``)."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self.places: dict[str, Span] = {}
        self.piece: Span | None = None

    def further_on(self, step: int) -> Values:
        """The same of a record that stands ``step`` characters further on in its file."""
        moved = Values()
        moved.update(further_on(dict(self), step))
        moved.places, moved.piece = further_on((self.places, self.piece), step)
        return moved


def read_record(
    reading: Reading, node: Mapping, record: Record, path: str, owner: Span | None = None
) -> Values:
    """Read the fields of a mapping.

    Reports unknown, repeated, empty and missing fields; ``owner`` is where to show that one
    is missing (default: the mapping's first key).
    """
    found = Values()
    seen: dict[str, Scalar] = {}
    keys = {key.text for key, _ in node.entries}
    choices = [key for key in record.either if keys & set(record[key].words)]
    for key, value in node.entries:
        field = record.find(key.text) or reading.unknown_key(key, node, record, path)
        if field is None:
            continue
        if field.key in seen:
            earlier = seen[field.key]
            line = reading.source.position(earlier.span.start)[0]
            finding = messages.REPEATED_FIELD.at(
                key.span, path, key=key.text, other=earlier.text, line=line
            )
            reading.findings.append(finding.also(earlier.span))
        else:
            seen[field.key] = key
            if choices == [field.key]:
                field = replace(field, required=True)
            read = _read_field(reading, (key, value), field, f"{path}.{field.key}".lstrip("."))
            if read is not None:
                found[field.key] = read
                found.places[field.key] = reading.first_line(value)
    place = owner or (node.entries[0][0].span if node.entries else reading.first_line(node))
    for field in record.fields:
        if field.required and field.key not in seen and field.instead not in seen:
            reading.missing(field, record, place, path)
    if record.either and not choices:
        reading.missing(record[record.either[0]], record, place, path)
    return found


def _read_field(reading: Reading, entry: tuple[Scalar, Node], field: Field, path: str) -> object:
    key, node = entry
    if key.text != field.key:
        # Messages call a field what the editor calls it.
        field = replace(field, key=key.text if key.text in field.names else field.key)
    if reading.lacks(node):
        if field.required or isinstance(node, Scalar):
            reading.empty(key.span, field, path)
        elif not _takes_lists(field.form):  # else it says outright that there is none
            reading.wrong_type(node, field, path)
        return None
    if isinstance(node, Scalar) and _quoted(reading, node, field, path):
        return None
    if isinstance(field.form, RecordOf):
        return field.form.read_at(reading, node, field, path, key.span)
    return field.form.read(reading, node, field, path)


def _takes_lists(form: Form) -> bool:
    """Whether a value may be a list, by its schema."""
    definitions: Definitions = {}
    waiting = [form.schema(definitions)]
    for schema in waiting:
        for way in ("anyOf", "oneOf", "allOf"):
            waiting += schema.get(way, ())
        if "$ref" in schema:
            waiting.append(definitions[schema["$ref"].rpartition("/")[2]])
    return any(schema.get("type") == "array" for schema in waiting)


def _quoted(reading: Reading, node: Scalar, field: Field, path: str) -> bool:
    """Report curly quotation marks around a value: False where they may stay."""
    quotes = field.form.quotes
    inner = unquoted(node.text) if node.plain and quotes is not Quotes.FREE else ""
    if not inner:
        return False
    place = reading.first_line(node)
    if quotes is Quotes.PRINTED:
        reading.report(messages.QUOTED_TEXT, place, path, label=field.label, key=field.key)
        return False
    reading.report(
        messages.SMART_QUOTED, place, path, label=field.label, key=field.key, inner=inner[:40]
    )
    if not set(inner) & _MARKS:
        reading.propose(node, inner)
    return True


class RecordOf(Form):
    """A mapping with the fields of a record."""

    record: Record
    expected = ("一组字段", "a mapping")

    def __init__(self, record: Record) -> None:
        """``record`` has the fields."""
        self.record = record

    def read(self, reading: Reading, node: Node, field: Field, path: str) -> Values | None:
        """Read the mapping."""
        return self.read_at(reading, node, field, path, None)

    def read_at(
        self, reading: Reading, node: Node, field: Field, path: str, owner: Span | None
    ) -> Values | None:
        """The same; ``owner`` is where to show that a field is missing."""
        if isinstance(node, Mapping):
            make = partial(self._values, reading, node, path, owner)
            return reading.recalled(node, self.record.name, make)
        if isinstance(node, Sequence) and all(isinstance(n, Mapping) for n in node.items):
            reading.report(
                messages.SUPERFLUOUS_DASH, reading.first_line(node), path,
                label=field.label, key=field.key,
            )  # fmt: skip
        else:
            reading.wrong_type(node, field, path, self)
        return None

    def _values(self, reading: Reading, node: Mapping, path: str, owner: Span | None) -> Values:
        values = read_record(reading, node, self.record, path, owner)
        values.piece = piece_of(reading.source.text, node.span)
        return values

    def schema(self, definitions: Definitions) -> Schema:
        """A reference; draft 7 ignores what stands beside one, so that it stands alone."""
        return {"allOf": [reference(self.record, definitions)]}

    def told(self) -> str:
        """Its label."""
        return self.record.label


class RecordsOf(Form):
    """A list of such mappings."""

    record: Record
    expected = ("一个列表", "a list")

    def __init__(self, record: Record) -> None:
        """``record`` has the fields."""
        self.record = record

    def read(self, reading: Reading, node: Node, field: Field, path: str) -> list[Values]:
        """Read each mapping; what is none is reported and left out."""
        if isinstance(node, Mapping) and any(self.record.find(k.text) for k, _ in node.entries):
            first = node.entries[0][0].text
            reading.report(
                messages.ITEM_WITHOUT_DASH, reading.first_line(node), path,
                label=field.label, key=field.key, first=first,
            )  # fmt: skip
            return [read_record(reading, node, self.record, f"{path}[0]")]
        if not isinstance(node, Sequence):
            reading.wrong_type(node, field, path)
            wanted = [inner for inner in self.record.fields if inner.required]
            if isinstance(node, Scalar) and len(wanted) == 1 and not set(node.text) & _MARKS:
                name = wanted[0].key if field.key.isascii() else wanted[0].label
                reading.propose(node, f"[{{{name}: {node.text}}}]")
            return []
        found: list[Values] = []
        one = RecordOf(self.record)
        for i, item in enumerate(node.items):
            if is_empty(item):
                reading.empty_item(item, i, field, f"{path}[{i}]")
                continue
            values = one.read(reading, item, field, f"{path}[{i}]")
            if values is not None:
                found.append(values)
        return found

    def schema(self, definitions: Definitions) -> Schema:
        """An array of references."""
        return {"type": "array", "items": reference(self.record, definitions)}

    def told(self) -> str:
        """A list of what."""
        return f"列表，每项是{self.record.label}"


class ListOf(Form):
    """A list of texts."""

    expected = ("一个列表", "a list")

    def __init__(self, item: Form, count: int = 0, *, may_be_empty: bool = False) -> None:
        """``count`` of them, 0 for any number, and for none if it ``may_be_empty``."""
        self.item = item
        self.count = count
        self.may_be_empty = may_be_empty

    def read(
        self, reading: Reading, node: Node, field: Field, path: str
    ) -> tuple[object, ...] | None:
        """Read each item."""
        items = node.items if isinstance(node, Sequence) else ()
        if isinstance(node, Sequence) and not items and self.may_be_empty:
            return ()
        if not items or (self.count and len(items) != self.count):
            reading.wrong_type(node, field, path)
            return None
        if any(not isinstance(item, Scalar) for item in items):
            reading.wrong_type(node, field, path)
            return None
        return tuple(
            self.item.read(reading, item, field, f"{path}[{i}]") for i, item in enumerate(items)
        )

    def schema(self, definitions: Definitions) -> Schema:
        """An array."""
        size = {"minItems": int(not self.may_be_empty)}
        if self.count:
            size = {"minItems": self.count, "maxItems": self.count}
        return {"type": "array", "items": self.item.schema(definitions), **size}

    def told(self) -> str:
        """A list of what."""
        count = f"{self.count} 项" if self.count else ""
        return f"{count}列表：{self.item.told()}"


class NamedOf(Form):
    """A mapping from names of the file's own to values."""

    expected = ("一组字段", "a mapping")

    def __init__(self, inner: Form, needed: tuple[str, ...] = ()) -> None:
        """``needed`` must be among the names."""
        self.inner = inner
        self.needed = needed

    def read(self, reading: Reading, node: Node, field: Field, path: str) -> Values | None:
        """Read every value."""
        if not isinstance(node, Mapping):
            reading.wrong_type(node, field, path)
            return None
        found = Values()
        for key, value in node.entries:
            one = Field(key.text, (), self.inner, "")
            read = self.inner.read(reading, value, one, f"{path}.{key.text}")
            if read is not None:
                found[key.text] = read
        return found

    def schema(self, definitions: Definitions) -> Schema:
        """An object of any names."""
        return {"type": "object", "additionalProperties": self.inner.schema(definitions)}

    def told(self) -> str:
        """Names of what."""
        return f"名称: {self.inner.told()}"


def reference(record: Record, definitions: Definitions) -> Schema:
    """A reference to the definition of a record, which is added with those inside it."""
    from brieftex.input.fields.schema import define  # noqa: PLC0415  # reading needs none

    define(record, definitions)
    return {"$ref": f"#/definitions/{record.name}"}
