"""What a field holds, described once: how it is read, its JSON Schema, its name for people."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, TypeAlias

from brieftex.input.yaml import Node

if TYPE_CHECKING:
    from brieftex.input.fields.reading import Reading

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


@dataclass(frozen=True, eq=False)
class Plain(Form):
    """A form with a reader of its own. ``names`` is what the reference calls it."""

    reader: Reader
    json: Schema
    name: str
    expected: tuple[str, str] = ("一段文字", "text")
    quotes: Quotes = Quotes.FREE

    def read(self, reading: Reading, node: Node, field: Field, path: str) -> object:
        """As the reader reads it."""
        return self.reader(reading, node, field, path)

    def schema(self, definitions: Definitions) -> Schema:  # noqa: ARG002  # refers to none
        """The schema given."""
        return self.json

    def told(self) -> str:
        """The name given."""
        return self.name


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One key. ``names`` are its Chinese names, all accepted; the first is shown.

    ``example`` is YAML as an editor would type it. ``titled`` says whose title this is, or
    whose sub-headings are in this body, when they lose a number typed by hand.
    """

    key: str
    names: tuple[str, ...]
    form: Form
    about: str
    example: str = "…"
    required: bool = False
    titled: str = ""

    @property
    def label(self) -> str:
        """The Chinese name in messages, or the key where there is none."""
        return self.names[0] if self.names else self.key

    @property
    def words(self) -> tuple[str, ...]:
        """Every name that is accepted."""
        return (self.key, *self.names)


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """A mapping: its name in the schema, in messages, and its fields."""

    name: str
    label: str
    fields: tuple[Field, ...]

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
