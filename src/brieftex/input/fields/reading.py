"""What all readers of one file share: its source, its folder and what was found so far."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from brieftex.diagnostics import Finding, Kind, Source, Span
from brieftex.diagnostics.messages import schema as messages
from brieftex.diagnostics.messages import yaml as yaml_messages
from brieftex.input.fields.forms import Field, Form, Record
from brieftex.input.fields.suggest import nearest
from brieftex.input.yaml import Mapping, Node, Scalar, Sequence
from brieftex.model.content import Paragraphs
from brieftex.picture import Picture
from brieftex.vector import Drawing


@dataclass(slots=True)
class Reading:
    """One run of reading. ``folder`` is where relative paths start; ``holders`` are all records
    of the file with the field that holds each, so that a key in the wrong place is known;
    ``paragraphs`` says what parts those of the file's texts; ``pictures`` are those that figures
    named so far, by their paths as written."""

    source: Source
    folder: Path
    holders: tuple[tuple[Field | None, Record], ...] = ()
    paragraphs: Paragraphs = Paragraphs.AUTO
    findings: list[Finding] = field(default_factory=list)
    pictures: dict[str, Picture | Drawing] = field(default_factory=dict)

    def report(self, kind: Kind, span: Span, path: str = "", **values: object) -> None:
        """Add a finding."""
        self.findings.append(kind.at(span, path, **values))

    def add(self, findings: Iterable[Finding], path: str) -> None:
        """Add findings of another module, which does not know the path."""
        self.findings += [finding.within(path) for finding in findings]

    def lacks(self, node: Node) -> bool:
        """Whether a field with this value holds nothing."""
        return is_empty(node)

    def wrong_type(self, node: Node, field: Field, path: str, form: Form | None = None) -> None:
        """Report a list, mapping or text where something else belongs: a ``form``, or what
        the field holds."""
        record = field.form.record
        words = set() if record is None else {word for f in record.fields for word in f.words}
        if isinstance(node, Scalar) and self.mistyped_field(node, words, path):
            return
        (expected, expected_en), (found, found_en) = (form or field.form).expected, _found(node)
        self.report(
            messages.WRONG_TYPE, self.first_line(node), path, label=field.label, key=field.key,
            expected=expected, expected_en=expected_en,
            found=found, found_en=found_en, example=example(field),
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
        if field.required:
            self.report(
                messages.EMPTY_VALUE, key, path,
                label=field.label, key=field.key, example=example(field),
            )  # fmt: skip
        else:
            self.report(messages.EMPTY_FIELD, key, path, label=field.label, key=field.key)

    def empty_item(self, node: Node, index: int, field: Field, path: str) -> None:
        """Report an item of a list that is not there; ``index`` counts from 0."""
        self.report(
            messages.EMPTY_VALUE, node.span, path, label=f"{field.label}的第 {index + 1} 项",
            key=field.key, example=f"`{field.key}: {field.example}`",
        )  # fmt: skip

    def missing(self, field: Field, record: Record, place: Span, path: str) -> None:
        """Report a field that is not written."""
        self.report(
            messages.MISSING_FIELD, place, path, owner=record.label,
            label=field.label, key=field.key, example=example(field),
        )  # fmt: skip

    def unknown_key(self, key: Scalar, node: Mapping, record: Record, path: str) -> Field | None:
        """Report a key that a record does not have; the field that was meant, if it has."""
        if self._misplaced(key, node, record, path):
            return None
        known = {field.key: field.key for field in record.fields}
        known |= {name: name for field in record.fields for name in field.names}
        near = nearest(key.text, known)
        if near is not None:
            self.report(messages.MISSPELT_KEY, key.span, path, key=key.text, near=near)
            return record.find(near)
        names = "、".join(f"{field.key}（{field.label}）" for field in record.fields)
        self.report(messages.UNKNOWN_KEY, key.span, path, key=key.text[:40], known=names)
        return None

    def first_line(self, node: Node) -> Span:
        """The place of a node as far as one line shows it."""
        start = node.span.start
        line = self.source.position(start)[0]
        end = self.source.line_start(line) + len(self.source.line(line))
        return Span(start, max(min(node.span.end, end), start))

    def _misplaced(self, key: Scalar, node: Mapping, record: Record, path: str) -> bool:
        """Report a key that is right in another place of the file."""
        homes = [(holder, home) for holder, home in self.holders if home.find(key.text)]
        if not homes:
            return False
        empty = {k.text for k, value in node.entries if is_empty(value)}
        # Fields below a heading of theirs that they are not indented under.
        above = [(h, r) for h, r in homes if h is not None and empty & set(h.words)]
        likely = [*above] or homes
        holder, _ = likely[0]
        if holder is None:
            advice, advice_en = "顶格写，前面不空格", "write it at the very left"
        else:
            advice = f"写到 `{holder.key}:` 下面，比它多空两格"
            advice_en = f"write it below `{holder.key}:`, two spaces deeper"
        names = dict.fromkeys("最外层" if h is None else r.label for h, r in likely[:3])
        names_en = dict.fromkeys(r.name for _, r in likely[:3])
        outermost = any(holder is None and home is record for holder, home in self.holders)
        self.report(
            messages.MISPLACED_KEY, key.span, path, key=key.text,
            home="、".join(names), home_en=", ".join(names_en),
            owner="最外层" if outermost else f"{record.label}里",
            advice=advice, advice_en=advice_en,
        )  # fmt: skip
        for home, _ in above:
            # That it is empty is but the other half of this.
            wanted = f"{path}.{home.key}".lstrip(".")
            self.findings[:] = [
                f for f in self.findings if f.kind is not messages.EMPTY_VALUE or f.path != wanted
            ]
        return True


def example(field: Field) -> str:
    """A field as an editor would type it."""
    if field.example == "|":
        return f"`{field.key}: |`，下一行缩进两个空格写正文"
    return f"`{field.key}: {field.example}`"


def is_empty(node: Node) -> bool:
    """Whether nothing is written: no text, an empty list."""
    if isinstance(node, Scalar):
        return not node.text.strip()
    return isinstance(node, Sequence) and not node.items


def _found(node: Node) -> tuple[str, str]:
    if isinstance(node, Scalar):
        return "文字", "text"
    return ("列表", "a list") if isinstance(node, Sequence) else ("一组字段", "a mapping")
