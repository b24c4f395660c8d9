"""Values that one stage hands to the next: nobody changes them, and they cost little."""

from __future__ import annotations

import ast

import pytest
from helpers.sources import nodes, parsed

from brieftex.document.blocks import OutlineEntry


def test_a_value_cannot_be_changed() -> None:
    """Catches a Struct whose base lost ``frozen``: mypy would still believe the annotation."""
    entry = OutlineEntry(0, "标题", "a")
    with pytest.raises(AttributeError):
        entry.level = 1  # type: ignore[misc]


def test_values_are_structs() -> None:
    """A dataclass takes forty times as long to define, at every start."""
    slow = [
        path
        for path in parsed()
        for node in nodes(path)
        if isinstance(node, ast.ImportFrom) and node.module == "dataclasses"
    ]
    assert slow == []
