"""What a field holds, described once: how it is read, its JSON Schema, its name for people.

What all readers of one file share stands here too: a form is read into it, and it tells of
fields and records.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Iterator
from enum import Enum, auto
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import msgspec
from msgspec import Struct

from brieftex.diagnostics import Finding, Fix, Kind, Source, Span
from brieftex.diagnostics.messages import schema as messages
from brieftex.diagnostics.messages import yaml as yaml_messages
from brieftex.diagnostics.shift import recalled_at
from brieftex.input.fields.suggest import nearest
from brieftex.input.yaml import Mapping, Node, Scalar, Sequence
from brieftex.input.yaml.pieces import piece_of
from brieftex.memory import NOTHING_KEPT, Memo
from brieftex.model.content import Paragraphs
from brieftex.picture import Picture
from brieftex.vector import Drawing

_Read = TypeVar("_Read")

Schema: TypeAlias = dict[str, Any]
"""A JSON Schema, draft 7."""

Definitions: TypeAlias = dict[str, Schema]
"""The schemas that others refer to by name; a form adds those it needs."""


class Quotes(Enum):
    """What curly quotation marks around a whole value mean."""

    FREE = auto()  # nothing: they belong to it
    PRINTED = auto()  # they are printed, which is worth a remark
    REFUSED = auto()  # the value cannot be read with them


class Form(ABC):
    """What a value looks like in the file."""

    expected: tuple[str, str] = ("一段文字", "text")
    """What belongs here, in Chinese and English, where something else was found."""

    quotes: Quotes = Quotes.FREE

    record: Record | None = None
    """The record that the value is, or is a list of."""

    @property
    def records(self) -> tuple[Record, ...]:
        """Every record that may stand directly in the value."""
        return () if self.record is None else (self.record,)

    @abstractmethod
    def read(self, reading: Reading, node: Node, field: Field, path: str) -> object:
        """The value, or None when there is nothing usable; why is then in ``reading``."""

    @abstractmethod
    def schema(self, definitions: Definitions) -> Schema:
        """The JSON Schema of the value."""

    @abstractmethod
    def told(self) -> str:
        """What the reference calls it, as Markdown."""


Reader: TypeAlias = "Callable[[Reading, Node, Field, str], object]"
"""``Form.read`` as a function."""


class Plain(Form):
    """A form with a reader of its own."""

    def __init__(
        self,
        reader: Reader,
        json: Schema,
        name: str,
        expected: tuple[str, str] = Form.expected,
        quotes: Quotes = Quotes.FREE,
    ) -> None:
        """``json`` is its schema, ``name`` is what the reference calls it."""
        self.reader = reader
        self.json = json
        self.name = name
        self.expected = expected
        self.quotes = quotes

    def read(self, reading: Reading, node: Node, field: Field, path: str) -> object:
        """As the reader reads it."""
        return self.reader(reading, node, field, path)

    def schema(self, definitions: Definitions) -> Schema:  # noqa: ARG002  # refers to none
        """The schema given."""
        return self.json

    def told(self) -> str:
        """The name given."""
        return self.name


class Field(Struct, frozen=True, eq=False):
    """One key. ``names`` are its Chinese names, all accepted; the first is shown.

    ``example`` is YAML as an editor would type it. ``titled`` says whose title this is, or
    whose sub-headings are in this body, when they lose a number typed by hand. ``before`` and
    ``behind`` are patterns of the words that are printed around the value, which it loses likewise;
    with both, there are brackets around it. A ``required`` one need not be there where the field
    ``instead`` is, which takes what this one does not.
    """

    key: str
    names: tuple[str, ...]
    form: Form
    about: str
    example: str = "…"
    required: bool = False
    titled: str = ""
    instead: str = ""
    before: str = ""
    behind: str = ""

    @property
    def label(self) -> str:
        """The Chinese name in messages, or the key where there is none."""
        return self.names[0] if self.names else self.key

    @property
    def words(self) -> tuple[str, ...]:
        """Every name that is accepted."""
        return (self.key, *self.names)


class Record(Struct, frozen=True, eq=False):
    """A mapping: its name in the schema, in messages, and its fields. One of the fields
    ``either`` names must be there; the first is missed where none is."""

    name: str
    label: str
    fields: tuple[Field, ...]
    either: tuple[str, ...] = ()

    def find(self, key: str) -> Field | None:
        """The field of that key or Chinese name, or None."""
        for field in self.fields:
            if key == field.key or key in field.names:
                return field
        return None

    def __getitem__(self, key: str) -> Field:
        """The field of that key. Raises KeyError."""
        for field in self.fields:
            if key == field.key:
                return field
        raise KeyError(key)


def inside(record: Record) -> Iterator[Record]:
    """A record and all within it, each after the one that holds it; some may come twice."""
    yield record
    for field in record.fields:
        if field.form.record is not None:
            yield from inside(field.form.record)


def holders(top: Record) -> tuple[tuple[Field | None, Record], ...]:
    """``top`` and every record within it, each once, with the field that holds it: None for
    ``top`` itself."""
    found: list[tuple[Field | None, Record]] = [(None, top)]
    for _, record in found:
        for field in record.fields:
            known = [inner for _, inner in found]
            found += [(field, inner) for inner in field.form.records if inner not in known]
    return tuple(found)


class Reading(Struct):
    """One run of reading. ``folder`` is where relative paths start; ``holders`` are all records
    of the file with the field that holds each, so that a key in the wrong place is known;
    ``paragraphs`` says what parts those of the file's texts; ``pictures`` are those that figures
    named so far, by their paths as written, ``looked`` how often one was asked for; ``memo`` may
    know what texts mean."""

    source: Source
    folder: Path
    holders: tuple[tuple[Field | None, Record], ...] = ()
    paragraphs: Paragraphs = Paragraphs.AUTO
    findings: list[Finding] = msgspec.field(default_factory=list)
    pictures: dict[str, Picture | Drawing] = msgspec.field(default_factory=dict)
    looked: int = 0
    memo: Memo = NOTHING_KEPT

    def recalled(self, node: Node, what: Hashable, make: Callable[[], _Read]) -> _Read:
        """What is read of a node, known by what it is or by the characters of its piece, and by
        ``what`` it is read as. Nothing is kept where there is something to say about it, or
        another file to look at."""
        if not self.memo.keeps:
            return make()
        made: list[_Read] = []

        def read() -> tuple[Node, _Read] | None:
            known, kept = self._recalled_text(node, what, make)
            made.append(known)
            return (node, known) if kept else None

        # Most nodes are the same objects as before: their text need not be looked at.
        key = id(node), what, self.paragraphs
        found: tuple[Node, _Read] | None = self.memo.recall_whole(key, read)
        return made[0] if found is None else found[1]

    def _recalled_text(
        self, node: Node, what: Hashable, make: Callable[[], _Read]
    ) -> tuple[_Read, bool]:
        """What is read of a node, and whether it may be kept."""
        piece = piece_of(self.source.text, node.span)
        if piece is None:
            return make(), False
        made: list[_Read] = []

        def make_to_keep() -> _Read | None:
            found, looked = [*self.findings], self.looked
            made.append(make())
            return made[0] if (self.findings, self.looked) == (found, looked) else None

        key = what, self.paragraphs, self.source.text[piece.start : piece.end]
        known: _Read | None = recalled_at(self.memo, key, piece.start, make_to_keep)
        return (made[0], False) if known is None else (known, True)

    def report(self, kind: Kind, span: Span, path: str = "", **values: object) -> None:
        """Add a finding."""
        self.findings.append(kind.at(span, path, **values))

    def propose(self, node: Scalar, text: str) -> None:
        """Say of the last finding that ``text`` in place of a plain value in one line mends it."""
        at, end = node.span.start, node.span.end
        if node.plain and end > at and "\n" not in self.source.text[at:end]:
            self.findings[-1] = msgspec.structs.replace(
                self.findings[-1], fix=Fix(((node.span, text),))
            )

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
        names = "、".join(f"`{field.key}`（{field.label}）" for field in record.fields)
        self.report(messages.UNKNOWN_KEY, key.span, path, key=key.text[:40], known=names)
        return None

    def first_line(self, node: Node) -> Span:
        """The place of a node as far as one line shows it."""
        start = node.span.start
        line = self.source.position(start)[0]
        end = self.source.line_bounds(line).end
        return Span(start, max(min(node.span.end, end), start))

    def _misplaced(self, key: Scalar, node: Mapping, record: Record, path: str) -> bool:
        """Report a key that is right in another place of the file."""
        homes = [(holder, home) for holder, home in self.holders if home.find(key.text)]
        if not homes:
            return False
        empty = {k.text for k, value in node.entries if is_empty(value)}
        # Fields below a heading of theirs that they are not indented under.
        above = [(h, r) for h, r in homes if h is not None and empty & set(h.words)]
        written = {k.text for k, _ in node.entries}
        beside = [(h, r) for h, r in homes if h is not None and written & set(h.words)]
        likely = above or beside or homes
        holder, _ = likely[0]
        if holder is None:
            advice, advice_en = "顶格写，前面不空格", "write it at the very left"
        else:
            advice = f"写到 `{holder.key}:` 下面，比它多空两格"
            advice_en = f"write it below `{holder.key}:`, two spaces deeper"
        names = dict.fromkeys("最外层" if h is None else r.label for h, r in likely[:3])
        names_en = dict.fromkeys(r.name for _, r in likely[:3])
        outermost = any(holder is None and home is record for holder, home in self.holders)
        owner = "最外层" if outermost else f"{record.label}里"
        if record.label in names:  # the record around it has the same name
            owner = "它旁边"
        self.report(
            messages.MISPLACED_KEY, key.span, path, key=key.text,
            home="、".join(names), home_en=", ".join(names_en),
            owner=owner,
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
