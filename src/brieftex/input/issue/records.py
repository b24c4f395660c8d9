"""Mappings of an issue file become dictionaries by field, whatever names the keys had."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeAlias

from brieftex.diagnostics import Span
from brieftex.diagnostics.messages import schema as messages
from brieftex.input.issue.context import Reading, example, is_empty, nearest
from brieftex.input.issue.fields import ISSUE, Field, Form, Record, holders
from brieftex.input.issue.suggest import unquoted
from brieftex.input.yaml import Mapping, Node, Scalar, Sequence

Values: TypeAlias = dict[str, Any]
"""What was read of a record by key of its fields; a field that is absent or wrong is missing."""

_QUOTED = (Form.TEXT, Form.TITLE)
_UNQUOTED = (
    Form.VERSION, Form.INTEGER, Form.DATE, Form.URL, Form.PATH, Form.CONTENTS, Form.BREAKING,
    Form.TRUE,
)  # fmt: skip


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
        field = record.find(key.text) or _report_unknown(reading, key, node, record, path)
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
            read = _read_field(reading, (key, value), field, f"{path}.{field.key}".lstrip("."))
            if read is not None:
                found[field.key] = read
    place = owner or (node.entries[0][0].span if node.entries else reading.first_line(node))
    chinese = any(not key.text.isascii() for key in seen.values())
    for field in record.fields:
        if field.required and field.key not in seen:
            shown = replace(field, key=field.label) if chinese else field
            reading.report(
                messages.MISSING_FIELD, place, path, owner=record.label,
                label=field.label, key=shown.key, example=example(shown),
            )  # fmt: skip
    return found


def _read_field(reading: Reading, entry: tuple[Scalar, Node], field: Field, path: str) -> object:
    key, node = entry
    if key.text != field.key:
        # Messages call a field what the editor calls it.
        field = replace(field, key=key.text if key.text in field.names else field.key)
    if is_empty(node):
        # An empty list says outright that there is none.
        if field.required or isinstance(node, Scalar):
            reading.empty(key.span, field, path)
        return None
    if isinstance(node, Scalar) and _quoted(reading, node, field, path):
        return None
    if field.form is Form.RECORD:
        return _read_one(reading, node, field, path, key.span)
    if field.form is Form.RECORDS:
        return _read_many(reading, node, field, path)
    return reading.readers[field.form](reading, node, field, path)


def _quoted(reading: Reading, node: Scalar, field: Field, path: str) -> bool:
    """Report curly quotation marks around a value: False where they may stay."""
    inner = unquoted(node.text) if node.plain else ""
    if not inner or field.form not in (*_QUOTED, *_UNQUOTED):
        return False
    kind = messages.QUOTED_TEXT if field.form in _QUOTED else messages.SMART_QUOTED
    values = {"label": field.label, "key": field.key}
    if kind is messages.SMART_QUOTED:
        values["inner"] = inner[:40]
    reading.report(kind, reading.first_line(node), path, **values)
    return kind is messages.SMART_QUOTED


def _read_one(
    reading: Reading, node: Node, field: Field, path: str, owner: Span | None
) -> Values | None:
    if isinstance(node, Sequence) and all(isinstance(item, Mapping) for item in node.items):
        reading.report(
            messages.SUPERFLUOUS_DASH, reading.first_line(node), path,
            label=field.label, key=field.key,
        )  # fmt: skip
        return None
    if not isinstance(node, Mapping) or field.record is None:
        reading.wrong_type(node, field, path, single=True)
        return None
    return read_record(reading, node, field.record, path, owner)


def _read_many(reading: Reading, node: Node, field: Field, path: str) -> list[Values]:
    record = field.record
    if (
        isinstance(node, Mapping)
        and record is not None
        and any(record.find(k.text) for k, _ in node.entries)
    ):
        first = node.entries[0][0].text
        reading.report(
            messages.ITEM_WITHOUT_DASH, reading.first_line(node), path,
            label=field.label, key=field.key, first=first,
        )  # fmt: skip
        return [read_record(reading, node, record, f"{path}[0]")]
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


def _report_unknown(
    reading: Reading, key: Scalar, node: Mapping, record: Record, path: str
) -> Field | None:
    """Report a key that a record does not have; returns the field that was meant, if it has."""
    if _report_misplaced(reading, key, node, record, path):
        return None
    known = {field.key: field.key for field in record.fields}
    known |= {name: name for field in record.fields for name in field.names}
    near = nearest(key.text, known)
    if near is not None:
        reading.report(messages.MISSPELT_KEY, key.span, path, key=key.text, near=near)
        return record.find(near)
    names = "、".join(f"{field.key}（{field.label}）" for field in record.fields)
    reading.report(messages.UNKNOWN_KEY, key.span, path, key=key.text[:40], known=names)
    return None


def _report_misplaced(
    reading: Reading, key: Scalar, node: Mapping, record: Record, path: str
) -> bool:
    """Report a key that is right in another place of the file."""
    homes = [(holder, home) for holder, home in holders() if home.find(key.text)]
    if not homes:
        return False
    empty = {k.text for k, value in node.entries if is_empty(value)}
    # Fields below a heading of theirs that they are not indented under.
    above = [(h, r) for h, r in homes if h is not None and empty & {h.key, *h.names}]
    holder, _ = (above or homes)[0]
    if holder is None:
        advice, advice_en = "顶格写，前面不空格", "write it at the very left"
    else:
        advice = f"写到 `{holder.key}:` 下面，比它多空两格"
        advice_en = f"write it below `{holder.key}:`, two spaces deeper"
    names = dict.fromkeys("最外层" if h is None else r.label for h, r in (above or homes)[:3])
    names_en = dict.fromkeys(r.name for _, r in (above or homes)[:3])
    reading.report(
        messages.MISPLACED_KEY, key.span, path, key=key.text,
        home="、".join(names), home_en=", ".join(names_en),
        owner="最外层" if record is ISSUE else f"{record.label}里",
        advice=advice, advice_en=advice_en,
    )  # fmt: skip
    for field, _ in above:
        # That it is empty is but the other half of this.
        wanted = f"{path}.{field.key}".lstrip(".")
        reading.findings[:] = [
            f for f in reading.findings if f.kind is not messages.EMPTY_VALUE or f.path != wanted
        ]
    return True
