"""The issue file by its places: the scalar, the lines and the text that a character belongs to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

from brieftex.diagnostics import OffsetMap, Source, Span
from brieftex.input.issue.fields import field_words
from brieftex.input.yaml import Mapping, Node, Scalar, Sequence, parse
from brieftex.model.content import Inline
from brieftex.model.issue import Issue
from brieftex.patterns import late

_PREFIX = late(
    r"[ \t]*(?:>[ \t]?)*(?:#{1,6}[ \t]+|\[\^[^\]\n]+\]:[ \t]*|(?:[-*+]|\d{1,9}[.)])[ \t]+)*"
)


class Holder(Struct, frozen=True):
    """A node of the file and where all of it stands: a value with its ``key``, or an entry of a
    list, which is ``listed``; ``flow``: within brackets."""

    node: Node
    key: str
    span: Span
    listed: bool
    flow: bool
    inner: tuple[Holder, ...]


class FilePlaces:
    """The places of one file. ``text`` is that of its source."""

    def __init__(self, source: Source, issue: Issue) -> None:
        """Read the tree once more, for the nodes."""
        self.source = source
        self.text = source.text
        self.tree = parse(source, field_words())
        self.holders = tuple(_holders(self.tree, self.text))
        self._scalars = sorted(_scalars(self.tree), key=lambda s: s.span.start)
        self._starts = [scalar.span.start for scalar in self._scalars]
        self.inlines: dict[int, tuple[Inline, int]] = {}
        for inline in _inlines(issue):
            for k in range(len(inline.text)):
                self.inlines.setdefault(inline.origin.source(k), (inline, k))

    def scalar(self, at: int) -> Scalar | None:
        """The value that holds a character."""
        k = bisect_right(self._starts, at) - 1
        found = self._scalars[k] if k >= 0 else None
        return (
            found if found is not None and at < max(found.span.end, found.span.start + 1) else None
        )

    def is_block(self, scalar: Scalar) -> bool:
        """Whether it is written as lines of their own, below ``|`` or ``>``."""
        return self.text[scalar.span.start : scalar.span.start + 1] in ("|", ">")

    def line(self, at: int) -> tuple[int, int]:
        """The line of a character: its start, and its end without the line break."""
        start = self.text.rfind("\n", 0, at) + 1
        end = self.text.find("\n", at)
        return start, len(self.text) if end < 0 else end

    def lines(self, first: int, last: int) -> tuple[int, int]:
        """The lines of two characters and those between."""
        return self.line(first)[0], self.line(last)[1]

    def content(self, start: int, first: int) -> int:
        """Where the text of a paragraph begins in the line that starts at ``start``: behind what
        makes it a heading, an entry or a quotation; not behind its ``first`` character."""
        found = _PREFIX.match(self.text, start)
        return min(found.end() if found else start, first)

    def indent(self, scalar: Scalar) -> int:
        """By how much the lines of a block are further in."""
        first, last = self.line(scalar.span.start)[1] + 1, scalar.span.end
        lines = [line for line in self.text[first:last].split("\n") if line.strip()]
        return min((len(line) - len(line.lstrip(" ")) for line in lines), default=0)

    def width(self, at: int, character: str) -> int:
        """How many characters of the file stand for this one, which is at ``at``."""
        written = self.text[at : at + 12]
        if written.startswith("\\") and character != "\\":
            return 2
        if written.startswith("\\\\"):
            return 2
        if written.startswith("&") and (entity := re.match(r"&#?\w{1,9};", written)):
            return entity.end()
        if written.startswith("''") and character == "'":
            scalar = self.scalar(at)
            if scalar is not None and self.text.startswith("'", scalar.span.start):
                return 2
        return 1

    def own_lines(self, span: Span) -> tuple[int, int] | None:
        """The whole lines of a holder, with their last line break; None where other things stand
        on them."""
        start, end = self.line(span.start)[0], max(span.end, span.start + 1)
        while end > span.start and self.text[end - 1] in " \n\r\t":
            end -= 1
        _, last = self.line(end - 1) if end > span.start else self.line(span.start)
        before, after = self.text[start : span.start], self.text[end:last]
        if before.strip() or (after.strip() and not after.strip().startswith("#")):
            return None
        return start, min(last + 1, len(self.text))


def _holders(node: Node, text: str) -> Iterator[Holder]:
    if isinstance(node, Mapping):
        flow = text.startswith("{", node.span.start)
        for key, value in node.entries:
            inner = tuple(_holders(value, text))
            end = max(value.span.end, key.span.end)
            yield Holder(value, key.text, Span(key.span.start, end), False, flow, inner)
    elif isinstance(node, Sequence):
        flow = text.startswith("[", node.span.start)
        for value in node.items:
            start = value.span.start
            if not flow:
                dash = text.rfind("-", 0, start)
                start = dash if dash >= 0 else start
            inner = tuple(_holders(value, text))
            yield Holder(value, "", Span(start, value.span.end), True, flow, inner)


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Mapping):
        for _, value in node.entries:
            yield from _scalars(value)
    else:
        for value in node.items:
            yield from _scalars(value)


def _inlines(value: object) -> Iterator[Inline]:
    if isinstance(value, Inline):
        if value.text:
            yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _inlines(one)
    elif isinstance(value, Struct) and not isinstance(value, Source | OffsetMap):
        for name in value.__struct_fields__:
            if name not in ("source", "pictures", "places", "span", "origin", "folder"):
                yield from _inlines(getattr(value, name))
