"""Mappings of an issue file become dictionaries by field, whatever names the keys had."""

from __future__ import annotations

from typing import Any, TypeAlias

from brieftex.diagnostics import Span
from brieftex.diagnostics.messages import schema as messages
from brieftex.issue.fields import Field, Form, Record
from brieftex.issue.reading import Reading, example, is_empty, nearest
from brieftex.yamltree import Mapping, Node, Scalar, Sequence

Values: TypeAlias = dict[str, Any]
"""What was read of a record by key of its fields; a field that is absent or wrong is missing."""


def read_record(
    reading: Reading, node: Mapping, record: Record, path: str, owner: Span | None = None
) -> Values:
    """Read the fields of a mapping.

    Reports unknown, repeated, empty and missing fields; ``owner`` is where to show that one
    is missing (default: the mapping's first key).
    """
    found: Values = {}
    seen: dict[str, Scalar] = {}
    for key, value in node.entries:
        field = record.find(key.text)
        if field is None:
            _report_unknown(reading, key, record, path)
        elif field.key in seen:
            earlier = seen[field.key]
            line = reading.source.position(earlier.span.start)[0]
            reading.report(
                messages.REPEATED_FIELD, key.span, path,
                key=key.text, other=earlier.text, line=line,
            )  # fmt: skip
        else:
            seen[field.key] = key
            read = _read_field(reading, (key, value), field, f"{path}.{field.key}".lstrip("."))
            if read is not None:
                found[field.key] = read
    place = owner or (node.entries[0][0].span if node.entries else reading.first_line(node))
    for field in record.fields:
        if field.required and field.key not in seen:
            reading.report(
                messages.MISSING_FIELD, place, path, owner=record.label,
                label=field.label, key=field.key, example=example(field),
            )  # fmt: skip
    return found


def _read_field(reading: Reading, entry: tuple[Scalar, Node], field: Field, path: str) -> object:
    key, node = entry
    if is_empty(node):
        # An empty list says outright that there is none.
        if field.required or isinstance(node, Scalar):
            reading.empty(key.span, field, path)
        return None
    if field.form is Form.RECORD:
        return _read_one(reading, node, field, path, key.span)
    if field.form is Form.RECORDS:
        return _read_many(reading, node, field, path)
    return reading.readers[field.form](reading, node, field, path)


def _read_one(
    reading: Reading, node: Node, field: Field, path: str, owner: Span | None
) -> Values | None:
    if not isinstance(node, Mapping) or field.record is None:
        reading.wrong_type(node, field, path, single=True)
        return None
    return read_record(reading, node, field.record, path, owner)


def _read_many(reading: Reading, node: Node, field: Field, path: str) -> list[Values]:
    if not isinstance(node, Sequence):
        reading.wrong_type(node, field, path)
        return []
    found: list[Values] = []
    for i, item in enumerate(node.items):
        if is_empty(item):
            label = f"{field.label}的第 {i + 1} 项"
            reading.report(
                messages.EMPTY_VALUE, item.span, f"{path}[{i}]",
                label=label, key=field.key, example=f"`{field.key}: {field.example}`",
            )  # fmt: skip
            continue
        values = _read_one(reading, item, field, f"{path}[{i}]", None)
        if values is not None:
            found.append(values)
    return found


def _report_unknown(reading: Reading, key: Scalar, record: Record, path: str) -> None:
    known = {field.key: field.key for field in record.fields}
    known |= {name: name for field in record.fields for name in field.names}
    near = nearest(key.text, known)
    if near is not None:
        reading.report(messages.MISSPELT_KEY, key.span, path, key=key.text, near=near)
        return
    names = "、".join(f"{field.key}（{field.label}）" for field in record.fields)
    reading.report(messages.UNKNOWN_KEY, key.span, path, key=key.text[:40], known=names)
