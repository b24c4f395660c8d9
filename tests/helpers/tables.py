"""Tables of the model without merged cells, made from their texts."""

from __future__ import annotations

from collections.abc import Sequence

from brieftex.diagnostics import Span
from brieftex.model.content import Inline, Table, TableCell


def plain_table(
    header: Sequence[Inline],
    rows: Sequence[Sequence[Inline]],
    align: tuple[str | None, ...],
    caption: Inline | None = None,
) -> Table:
    """A table with one row of heads, or none."""

    def row(cells: Sequence[Inline]) -> tuple[TableCell, ...]:
        return tuple(TableCell(inline, column) for column, inline in enumerate(cells))

    heads = (row(header),) if header else ()
    return Table(heads, tuple(map(row, rows)), align, caption, Span(0, 1))


def words_of(rows: Sequence[Sequence[TableCell]]) -> list[list[str]]:
    """The texts of rows."""
    return [[cell.inline.text for cell in row] for row in rows]
