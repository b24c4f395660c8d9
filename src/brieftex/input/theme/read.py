"""A theme file as text, its keys known and every value with its place.

Values stay text here: what ``2em`` or ``red`` comes to depends on the theme that extends
this one, so they are read after the files are merged (``theme.resolve``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeAlias

from brieftex.diagnostics import Finding, Source, Span
from brieftex.diagnostics.messages.theme import UNKNOWN_THEME_KEY, WRONG_THEME_SHAPE
from brieftex.input import yaml
from brieftex.input.theme.values import Items, Keys, Leaf, Named, Shape


@dataclass(frozen=True, slots=True)
class Value:
    """A scalar as written, and where."""

    text: str
    span: Span
    source: Source


Raw: TypeAlias = "Value | tuple[Value, ...] | dict[str, Raw]"


def read(tree: yaml.Mapping, shape: Keys, source: Source) -> tuple[Raw, list[Finding]]:
    """The values of a theme file, and everything wrong with its keys and their shapes."""
    reader = _Reader(source, [])
    return reader.mapping(tree, shape, ""), reader.found


def merged(base: Raw, over: Raw) -> Raw:
    """``over`` laid on ``base``: mappings key by key, anything else replaced whole."""
    if not (isinstance(base, dict) and isinstance(over, dict)):
        return over
    result = dict(base)
    for key, value in over.items():
        result[key] = merged(base[key], value) if key in base else value
    return result


def nearest(key: str, known: Iterable[str]) -> str:
    """The known word most like ``key``; some word even when none is like it."""
    return get_close_matches(key, list(known), n=1, cutoff=0.0)[0]


@dataclass(frozen=True, slots=True)
class _Reader:
    source: Source
    found: list[Finding]

    def mapping(self, tree: yaml.Mapping, shape: Keys | Named, path: str) -> dict[str, Raw]:
        values: dict[str, Raw] = {}
        for key, node in tree.entries:
            here = f"{path}.{key.text}" if path else key.text
            if isinstance(shape, Named):
                inner = shape.shape
            elif key.text in shape.known:
                inner = shape.known[key.text]
            else:
                near, known = nearest(key.text, shape.known), "、".join(shape.known)
                self.found.append(
                    UNKNOWN_THEME_KEY.at(key.span, here, key=key.text, nearest=near, known=known)
                )
                continue
            value = self.value(node, inner, here)
            if value is None:
                example = _example(key.text, inner)
                self.found.append(
                    WRONG_THEME_SHAPE.at(node.span, here, key=key.text, example=example)
                )
            else:
                values[key.text] = value
        return values

    def value(self, node: yaml.Node, shape: Shape, path: str) -> Raw | None:
        """The node as ``shape`` wants it, or None when it is of another kind."""
        if isinstance(shape, Leaf):
            if isinstance(node, yaml.Scalar):
                return Value(node.text, node.span, self.source)
        elif isinstance(shape, Items):
            if isinstance(node, yaml.Sequence):
                items = [item for item in node.items if isinstance(item, yaml.Scalar)]
                whole = len(items) == len(node.items) and len(items) == (shape.count or len(items))
                if items and whole:
                    return tuple(Value(item.text, item.span, self.source) for item in items)
        elif isinstance(node, yaml.Mapping):
            return self.mapping(node, shape, path)
        return None


def _example(key: str, shape: Shape) -> str:
    if isinstance(shape, Leaf):
        return f"{key}: …"
    if isinstance(shape, Items):
        return f"{key}: [{', '.join('…' * shape.count or '…')}]"
    return f"{key}: {{…: …}}"
