"""The three sorts of node in a YAML tree, and one that is being read."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct, field

from brieftex.diagnostics import OffsetMap, Span


class Scalar(Struct, frozen=True):
    """Text. ``plain`` is False when it was quoted or a block (``|``, ``>``).

    ``origin`` maps each character of ``text`` to the file; what stands for no character of
    the file (the space of a folded line) maps to the line break, an escape to its backslash.
    A missing value is a plain scalar with empty text.
    """

    text: str
    span: Span
    origin: OffsetMap
    plain: bool


class Sequence(Struct, frozen=True):
    """A list of nodes."""

    items: tuple[Node, ...]
    span: Span


class Mapping(Struct, frozen=True):
    """Keys and their values, in the order of the file; no key occurs twice."""

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span

    def get(self, key: str) -> Node | None:
        """The value of a key, or None."""
        return next((node for name, node in self.entries if name.text == key), None)


Node: TypeAlias = Scalar | Sequence | Mapping


class OpenNode(Struct):
    """A list or mapping whose end has not come yet."""

    start: int
    column: int
    mapping: bool
    items: list[Node] = field(default_factory=list)
    entries: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)
    key: Scalar | None = None
    wants_key: bool = True

    def close(self, end: int) -> Node:
        """The finished node."""
        span = Span(self.start, max(end, self.start))
        if self.mapping:
            return Mapping(tuple(self.entries.values()), span)
        return Sequence(tuple(self.items), span)
