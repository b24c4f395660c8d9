"""Scalars of an issue file that are Markdown become inline text and bodies.

What a text means is known from the last time, where it was read before (``Reading.memo``).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import TypeVar

from msgspec.structs import replace

from brieftex.diagnostics import OffsetMap
from brieftex.diagnostics.shift import recalled_at
from brieftex.input.fields import Field, Reading, is_empty
from brieftex.input.issue.titles import as_printed
from brieftex.input.markdown import parse_body, parse_inline
from brieftex.input.yaml import Node, Scalar, Sequence
from brieftex.model.content import Body, Inline

_Parsed = TypeVar("_Parsed")


def read_markdown(reading: Reading, node: Node, field: Field, path: str) -> Inline | None:
    """Read one line of Markdown, without what is printed before it."""
    if not isinstance(node, Scalar):
        reading.wrong_type(node, field, path)
        return None
    return as_printed(reading, parsed_line(reading, node.text, node.origin, path), field, path)


def parsed_line(
    reading: Reading, text: str, origin: OffsetMap, path: str, *, indented: bool = False
) -> Inline:
    """One line of Markdown, unless it is known already; what is odd about it is reported."""
    parse = partial(parse_inline, text, origin, indented=indented)
    inline, findings = _known(reading, ("line", indented), text, origin, parse)
    reading.add(findings, path)
    return inline


def _known(
    reading: Reading, how: Hashable, text: str, origin: OffsetMap, parse: Callable[[], _Parsed]
) -> _Parsed:
    """What ``parse`` makes of a text, read as ``how`` says."""
    if not reading.memo.keeps:
        return parse()
    at = origin.sources[0]
    key = how, text, origin.starts, tuple([source - at for source in origin.sources])
    known: _Parsed = recalled_at(reading.memo, key, at, parse)
    return known


def read_lines(reading: Reading, node: Node, field: Field, path: str) -> tuple[Inline, ...]:
    """Read a list of lines of Markdown, or one as a list of one."""
    items = node.items if isinstance(node, Sequence) else (node,)
    lines: list[Inline] = []
    for i, item in enumerate(items):
        if is_empty(item):
            reading.empty_item(item, i, field, f"{path}[{i}]")
        elif (line := read_markdown(reading, item, field, f"{path}[{i}]")) is not None:
            if len(items) > 1:  # they are numbered
                numbered = replace(field, titled="note")
                line = as_printed(reading, line, numbered, f"{path}[{i}]")
            lines.append(line)
    return tuple(lines)


def read_line_by_line(
    reading: Reading, node: Node, field: Field, path: str
) -> tuple[Inline, ...] | None:
    """Read each line of a text as one line of Markdown; blank ones are empty."""
    if not isinstance(node, Scalar):
        reading.wrong_type(node, field, path)
        return None
    text = _unfolded(node, reading.source.text).rstrip()
    lines: list[Inline] = []
    at = 0
    for line in text.split("\n"):
        start = at + len(line) - len(line.lstrip())
        origin = node.origin.window(start, at + len(line))
        lines.append(parsed_line(reading, line.strip(), origin, path))
        at += len(line) + 1
    return tuple(lines)


def read_prose(reading: Reading, node: Node, field: Field, path: str) -> Body | None:
    """Read a body that is Markdown text."""
    if not isinstance(node, Scalar):
        reading.wrong_type(node, field, path)
        return None
    text = _unfolded(node, reading.source.text)
    origin, manner = node.origin, reading.paragraphs
    body, findings = _known(reading, manner, text, origin, lambda: parse_body(text, origin, manner))
    reading.add(findings, path)
    return body


def _unfolded(node: Scalar, source: str) -> str:
    """The text with its line ends as in the file, where YAML has folded them into spaces: what
    they part is for Markdown to say."""
    if source.startswith("|", node.span.start) or " " not in node.text:
        return node.text
    # Each of these spaces has an entry of its own in the map.
    places = zip(node.origin.starts, node.origin.sources, strict=True)
    folded = [k for k, at in places if source[at : at + 1] in ("\r", "\n")]
    if not folded:
        return node.text
    text = list(node.text)
    for k in folded:
        if text[k] == " ":
            text[k] = "\n"
    return "".join(text)
