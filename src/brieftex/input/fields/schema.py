"""The JSON Schema of a file, made from its record, for editors that complete and check YAML.

It accepts every file that reading accepts without a finding; Chinese names of keys are
properties of their own.
"""

from __future__ import annotations

import re
from typing import Any

from brieftex.diagnostics import Source
from brieftex.input.fields.forms import Definitions, Field, Record, Schema
from brieftex.input.yaml import Mapping, Node, Sequence, parse


def document(record: Record, title: str, *, whole: bool = True) -> dict[str, Any]:
    """The schema of a file that is ``record``, with descriptions and examples in Chinese; unless
    it is a ``whole``, nothing is required: another file may have it.

    Draft 7: of the later ones VS Code's YAML extension says that it may not know all.
    """
    definitions: Definitions = {}
    define(record, definitions)
    if not whole:
        for definition in definitions.values():
            definition.pop("allOf", None)
    top = definitions.pop(record.name)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        **top,
        "definitions": definitions,
    }


def define(record: Record, definitions: Definitions) -> None:
    """Add the definition of a record and of those inside it."""
    if record.name in definitions:
        return
    definitions[record.name] = {}  # holds its place while those inside are added
    properties: Schema = {}
    required: list[Schema] = []
    for field in record.fields:
        value = {**field.form.schema(definitions)}
        if field.required and value.get("type") == "array":
            value |= {"minItems": 1}
        if field.about:
            value["description"] = field.about
        if field.example != "…":
            value["examples"] = [_example(field)]
        properties[field.key] = value
        for name in field.names:
            properties[name] = {**value, "description": f"{field.about}（同 {field.key}）"}
        if field.required:
            words = (*field.words, *(record[field.instead].words if field.instead else ()))
            required.append({"anyOf": [{"required": [key]} for key in words]})
    if record.either:
        words = tuple(word for key in record.either for word in record[key].words)
        required.append({"anyOf": [{"required": [word]} for word in words]})
    definitions[record.name] = {
        "type": "object",
        "description": record.label,
        "additionalProperties": False,
        "properties": properties,
        **({"allOf": required} if required else {}),
    }


def one_or_list(items: Schema) -> Schema:
    """A value, or a list of such."""
    return {"anyOf": [items, {"type": "array", "items": items}]}


def _example(field: Field) -> object:
    """A field's example as the value that an editor program would insert."""
    if field.example == "|":
        return "第一段。\n\n## 小标题\n\n第二段。\n"
    return _plain(parse(Source(field.key, f"{field.key}: {field.example}")).entries[0][1])


def _plain(node: Node) -> object:
    """A node as JSON, its plain scalars as YAML 1.2 reads them."""
    if isinstance(node, Mapping):
        return {key.text: _plain(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    if node.plain and re.fullmatch(r"\d+(\.\d+)?", node.text):
        return float(node.text) if "." in node.text else int(node.text)
    return {"true": True, "false": False}.get(node.text, node.text) if node.plain else node.text
