"""The rows of a table as lists of an issue file, for those that write one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from brieftex.model.content import ColumnWidth, TableCell
from brieftex.model.merging import Merge

ALIGN_WORDS = {"left": "左", "center": "中", "right": "右", None: "自动"}
"""How the alignment of a column is written."""


def written_rows(
    rows: Sequence[Sequence[TableCell]], columns: int, write: Callable[[TableCell], str]
) -> list[str]:
    """Each row as a list in brackets: ``write`` gives a cell, places that are merged into it have
    their marks."""
    places = [["''"] * columns for _ in rows]
    for r, row in enumerate(rows):
        for cell in row:
            for line in places[r : r + cell.rowspan]:
                line[cell.column] = Merge.ABOVE.value
                end = cell.column + cell.colspan
                line[cell.column + 1 : end] = [Merge.LEFT.value] * (cell.colspan - 1)
            places[r][cell.column] = write(cell)
    return [f"[{', '.join(row)}]" for row in places]


def width_words(width: ColumnWidth | None) -> str:
    """A width of a column as it would be typed."""
    if width is None:
        return "自动"
    amount = f"{float(width.amount):.3f}".rstrip("0").rstrip(".")
    return f"{amount}{'字' if width.unit == 'em' else width.unit}"
