"""The JSON Schema of an issue file, made from the table of fields.

For editors that complete and check YAML while one types. It accepts every file that reading
accepts without a finding; Chinese names of keys are properties of their own.
"""

from __future__ import annotations

import re
from typing import Any

from brieftex.diagnostics import Source
from brieftex.input.issue.fields import (
    ALIGN_WORDS,
    BLOCKS,
    BREAKING_WORDS,
    CHART_WORDS,
    CONTENTS_WORDS,
    FLAG_WORDS,
    ISSUE,
    NUMBER_LIMIT,
    TRUE_WORDS,
    Field,
    Form,
    Record,
)
from brieftex.input.yaml import Mapping, Node, Sequence, parse

Schema = dict[str, Any]

# YAML reads an unquoted 2024 as a number and `no` as false; the program reads both as text.
_FILLED: Schema = {"type": ["string", "number", "boolean"], "minLength": 1}
_CELL: Schema = {"type": ["string", "number", "boolean", "null"]}
_DATE: Schema = {
    "type": "string",
    "pattern": r"^(\d{4}([-/.])\d{1,2}\2\d{1,2}|\d{4}年\d{1,2}月\d{1,2}[日号])$",
}
_PROSE: Schema = {"type": "string", "minLength": 1}
_URL: Schema = {
    "type": "string",
    "pattern": r"^([Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:)\S+$",
}


def json_schema() -> dict[str, Any]:
    """The schema, with descriptions and examples in Chinese.

    Draft 7: of the later ones VS Code's YAML extension says that it may not know all.
    """
    definitions: Schema = {"body": _body()}
    for record in (*BLOCKS, ISSUE):
        _define(record, definitions)
    top = definitions.pop(ISSUE.name)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "brieftex 简报",
        **top,
        "definitions": definitions,
    }


def _body() -> Schema:
    blocks = [{"$ref": f"#/definitions/{record.name}"} for record in BLOCKS]
    return {
        "description": "正文：Markdown 文本，或由若干块组成的列表",
        "oneOf": [
            {**_FILLED},
            {"type": "array", "minItems": 1, "items": {"anyOf": [_FILLED, *blocks]}},
        ],
    }


def _define(record: Record, definitions: Schema) -> None:
    """Add the definition of a record and of those inside it."""
    if record.name in definitions:
        return
    definitions[record.name] = {}  # holds its place while those inside are added
    properties: Schema = {}
    required: list[Schema] = []
    for field in record.fields:
        if field.record is not None:
            _define(field.record, definitions)
        value = {**_value(field), "description": field.about, "examples": [_example(field)]}
        properties[field.key] = value
        for name in field.names:
            properties[name] = {**value, "description": f"{field.about}（同 {field.key}）"}
        if field.required:
            keys = (field.key, *field.names)
            required.append({"anyOf": [{"required": [key]} for key in keys]})
    definitions[record.name] = {
        "type": "object",
        "description": record.label,
        "additionalProperties": False,
        "properties": properties,
        **({"allOf": required} if required else {}),
    }


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


def _value(field: Field) -> Schema:
    if field.form is Form.RECORD and field.record is not None:
        # Draft 7 ignores what stands beside a $ref: the description.
        return {"allOf": [{"$ref": f"#/definitions/{field.record.name}"}]}
    if field.form is Form.RECORDS and field.record is not None:
        items = {"$ref": f"#/definitions/{field.record.name}"}
        return {"type": "array", "items": items, **({"minItems": 1} if field.required else {})}
    return _FORMS[field.form]


def _choice(words: object) -> Schema:
    """The words, and the booleans that YAML 1.2 makes of true and false."""
    texts = [str(word) for word in words] if isinstance(words, dict | list) else []
    booleans = [word == "true" for word in texts if word in ("true", "false")]
    return {"enum": [*booleans, *(word for word in texts if word not in ("true", "false"))]}


def _list(items: Schema) -> Schema:
    return {"anyOf": [items, {"type": "array", "items": items}]}


_FORMS: dict[Form, Schema] = {
    Form.VERSION: {"const": 1},
    Form.TEXT: _FILLED,
    Form.TITLE: _FILLED,
    Form.MARKDOWN: _FILLED,
    Form.PATH: _PROSE,
    Form.INTEGER: {"type": "integer", "minimum": 1, "maximum": NUMBER_LIMIT},
    Form.DATE: _DATE,
    Form.URL: _URL,
    Form.FIT: {"allOf": [{"$ref": "#/definitions/fit"}], "minProperties": 1, "maxProperties": 1},
    Form.CONTENTS: _choice(CONTENTS_WORDS),
    Form.BREAKING: _choice(BREAKING_WORDS),
    Form.NAMES: _list(_FILLED),
    Form.TEXTS: _list(_FILLED),
    Form.CODES: _list({"type": "string", "pattern": r"^BT\d{3}$"}),
    Form.BODY: {"allOf": [{"$ref": "#/definitions/body"}]},
    Form.PROSE: _FILLED,
    Form.CELLS: {"type": "array", "items": _CELL},
    Form.ROWS: {"type": "array", "minItems": 1, "items": {"type": "array", "items": _CELL}},
    Form.ALIGNS: _list(_choice(ALIGN_WORDS)),
    Form.TRUE: _choice(sorted(TRUE_WORDS)),
    Form.FLAG: _choice(FLAG_WORDS),
    Form.CHART: _choice(CHART_WORDS),
    Form.AMOUNTS: _list(_CELL),
}
