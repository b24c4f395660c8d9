"""Values that one stage hands to the next: nobody changes them, and they cost little."""

from __future__ import annotations

import ast

import pytest
from helpers.sources import SOURCE, nodes, parsed

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


SHARED = ("text", "document", "model", "vector", "units")
"""Rooms whose values are held by many others."""


def test_what_is_shared_is_frozen() -> None:
    """Ensures of each class in rooms whose values others hold that none can be changed: a piece of
    a character stands in all lines that have it."""
    thawed = [
        node.name
        for path in parsed()
        if path.relative_to(SOURCE).parts[0].removesuffix(".py") in SHARED
        for node in nodes(path)
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == "Struct" for base in node.bases)
        and "frozen=True" not in map(ast.unparse, node.keywords)
    ]
    assert thawed == []
