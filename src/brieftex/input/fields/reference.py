"""Tables of the reference, as Markdown, made from records; ``schema`` is for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from brieftex.input.fields.forms import Field

ReferenceColumn: TypeAlias = tuple[str, Callable[[Field], str]]
"""The head of a column, and what stands in it for a field."""


def table(columns: Sequence[ReferenceColumn], fields: Iterable[Field]) -> str:
    """A row for each field."""
    return rows([head for head, _ in columns], ([cell(f) for _, cell in columns] for f in fields))


def rows(heads: Sequence[str], cells: Iterable[Sequence[str]]) -> str:
    """A table of cells, none of which may hold a bare pipe."""
    lines = [heads, ["---"] * len(heads), *cells]
    head, rule, *body = lines
    text = "| " + " | ".join(head) + " |\n|" + "|".join(rule) + "|\n"
    return text + "".join(
        "| " + " | ".join(cell.replace("\n", " ") for cell in row) + " |\n" for row in body
    )


KEY: ReferenceColumn = ("字段", lambda f: f"**`{f.key}`**" if f.required else f"`{f.key}`")
NAMES_COLUMN: ReferenceColumn = ("中文名", lambda f: "、".join(f.names))
ABOUT_COLUMN: ReferenceColumn = ("说明", lambda f: f.about)
EXAMPLE_COLUMN: ReferenceColumn = (
    "例",
    lambda f: f"`{f.key}: {f.example.replace('|', chr(92) + '|')}`",
)
