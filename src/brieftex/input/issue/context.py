"""What all readers of an issue file share: its source, its folder and what was found so far."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from brieftex.diagnostics import Finding, Kind, OffsetMap, Source, Span
from brieftex.diagnostics.messages import schema as messages
from brieftex.diagnostics.messages import yaml as yaml_messages
from brieftex.input.issue.fields import Field, Form
from brieftex.input.yaml import Node, Scalar, Sequence
from brieftex.model.content import Inline

# What each form should be, for people.
_EXPECTED = {
    Form.BODY: ("一段文字或一个列表", "text or a list of blocks"),
    Form.RECORD: ("一组字段", "a mapping"),
    Form.FIT: ("一组字段", "a mapping"),
    Form.RECORDS: ("一个列表", "a list"),
    Form.CELLS: ("一个列表", "a list"),
    Form.ROWS: ("由各行组成的列表", "a list of rows"),
}
_TEXT = ("一段文字", "text")


@dataclass(slots=True)
class Reading:
    """One run of reading; ``readers`` say how each form of value is read."""

    source: Source
    folder: Path
    readers: Mapping[Form, Reader]
    findings: list[Finding] = field(default_factory=list)

    def report(self, kind: Kind, span: Span, path: str = "", **values: object) -> None:
        """Add a finding."""
        self.findings.append(kind.at(span, path, **values))

    def add(self, findings: Iterable[Finding], path: str) -> None:
        """Add findings of another module, which does not know the path."""
        self.findings += [finding.within(path) for finding in findings]

    def wrong_type(self, node: Node, field: Field, path: str, single: bool = False) -> None:
        """Report a list, mapping or text where something else belongs.

        ``single`` asks for a mapping though the field itself is a list of them.
        """
        keys = () if field.record is None else tuple(f.key for f in field.record.fields)
        names = (
            () if field.record is None else tuple(n for f in field.record.fields for n in f.names)
        )
        if isinstance(node, Scalar) and self.mistyped_field(node, {*keys, *names}, path):
            return
        form = Form.RECORD if single and field.form is Form.RECORDS else field.form
        expected, expected_en = _EXPECTED.get(form, _TEXT)
        self.report(
            messages.WRONG_TYPE, self.first_line(node), path, label=field.label, key=field.key,
            expected=expected, expected_en=expected_en,
            found=_found(node)[0], found_en=_found(node)[1], example=example(field),
        )  # fmt: skip

    def mistyped_field(self, node: Scalar, keys: set[str], path: str) -> bool:
        """Report text such as ``name：资政参考`` where a mapping with that key belongs."""
        match = re.match(r"([\w]+)[ \t]*([：:])", node.text) if node.plain else None
        if match is None or match[1] not in keys:
            return False
        span = node.origin.span(match.start(2), match.end(2))
        if match[2] == "：":
            self.report(yaml_messages.FULLWIDTH_COLON, span, path, key=match[1])
        else:
            value = node.text[match.end() :].splitlines()[0][:12]
            self.report(yaml_messages.NO_SPACE_AFTER_COLON, span, path, key=match[1], value=value)
        return True

    def empty(self, key: Span, field: Field, path: str) -> None:
        """Report a value that is not there."""
        kind = messages.EMPTY_VALUE if field.required else messages.EMPTY_FIELD
        self.report(kind, key, path, label=field.label, key=field.key, example=example(field))

    def first_line(self, node: Node) -> Span:
        """The place of a node as far as one line shows it."""
        start = node.span.start
        line = self.source.position(start)[0]
        end = self.source.line_start(line) + len(self.source.line(line))
        return Span(start, max(min(node.span.end, end), start))


Reader: TypeAlias = Callable[[Reading, Node, Field, str], object]
"""Reads the value of a field at a path; None when there is nothing usable."""


def example(field: Field) -> str:
    """A field as an editor would type it."""
    if field.form in (Form.BODY, Form.PROSE) and field.example == "|":
        return f"`{field.key}: |`，下一行缩进两个空格写正文"
    return f"`{field.key}: {field.example}`"


def is_empty(node: Node) -> bool:
    """Whether nothing is written: no text, an empty list."""
    if isinstance(node, Scalar):
        return not node.text.strip()
    return isinstance(node, Sequence) and not node.items


def trimmed(node: Scalar) -> Inline:
    """The text of a scalar without white space around it."""
    text = node.text.strip()
    start = len(node.text) - len(node.text.lstrip()) if text else 0
    origin = node.origin if start == 0 else node.origin.through(OffsetMap((0,), (start,)))
    return Inline(text, origin)


def _found(node: Node) -> tuple[str, str]:
    if isinstance(node, Scalar):
        return "文字", "text"
    return ("列表", "a list") if isinstance(node, Sequence) else ("一组字段", "a mapping")


def nearest(key: str, known: Mapping[str, str]) -> str | None:
    """The known word most like ``key``, or None when none is like it.

    ``known`` maps each accepted word to the one to propose.
    """
    from difflib import SequenceMatcher, get_close_matches  # a good file never needs it  # noqa: PLC0415

    word = key.strip(" “”‘’\"'").lower()
    # Of two Han characters one is enough: 期好 is 期号.
    cutoff = 0.6 if word.isascii() else 0.5
    found = get_close_matches(word, known, n=4, cutoff=cutoff)
    if not found:
        return None
    best = SequenceMatcher(None, found[0], word).ratio()
    alike = [near for near in known if SequenceMatcher(None, near, word).ratio() >= best]
    return known[alike[0] if alike else found[0]]
