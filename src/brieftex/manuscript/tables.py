"""A table that is written as lists, as passages in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from brieftex.manuscript.tokens import plain
from brieftex.manuscript.values import Scalars, items_of
from brieftex.manuscript.written import OF_CELL, WrittenText


def table_passages(values: Scalars, node: Any, path: str) -> list[WrittenText]:
    """Caption, unit, cells, notes and sources of the table at ``node``."""
    return [passage for passage in _passages(values, node, path) if passage is not None]


def _passages(values: Scalars, node: Any, path: str) -> Iterator[WrittenText | None]:
    fields = values.fields(node, "tableContent")
    yield values.passage(
        fields.get("caption"), f"{path}.caption", ("表题", "caption"), labelled=True
    )
    yield values.passage(fields.get("unit"), f"{path}.unit", OF_CELL, plain, labelled=True)
    for row, inner in _rows(fields, path):
        for k, cell in enumerate(items_of(row)):
            yield _cell(values, cell, f"{inner}[{k}]")
    for key in ("notes", "sources"):
        for i, line in enumerate(items_of(fields.get(key))):
            yield values.passage(line, f"{path}.{key}[{i}]", OF_CELL, labelled=True)


def _rows(fields: dict[str, Any], path: str) -> Iterator[tuple[Any, str]]:
    """The rows, those of the heads first, of which there may be one without a list of its own."""
    header = fields.get("header")
    if header is not None:
        heads = items_of(header)
        if heads and all(isinstance(row, yaml.SequenceNode) for row in heads):
            yield from ((row, f"{path}.header[{i}]") for i, row in enumerate(heads))
        else:
            yield header, f"{path}.header"
    yield from ((row, f"{path}.rows[{i}]") for i, row in enumerate(items_of(fields.get("rows"))))


def _cell(values: Scalars, cell: Any, path: str) -> WrittenText | None:
    """A cell, but for one that is a part of that beside or above it."""
    if isinstance(cell, yaml.MappingNode):
        cell = values.fields(cell, "cell").get("text")
    elif isinstance(cell, yaml.ScalarNode) and cell.value.strip() in ("<", "^"):
        return None
    return values.passage(cell, path, OF_CELL)
