"""Tables written as lists of rows."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from brieftex.diagnostics import Span
from brieftex.diagnostics.messages import schema as messages
from brieftex.input.fields import Choice, Field, Plain, Reading, Values
from brieftex.input.fields.schema import one_or_list
from brieftex.input.issue.values import CELL_SCHEMA
from brieftex.input.markdown import parse_inline
from brieftex.input.yaml import Node, Scalar, Sequence
from brieftex.model.content import Inline, Table


class Row(Struct, frozen=True):
    """The cells of one row, and its place."""

    cells: tuple[Inline, ...]
    span: Span
    path: str


class Aligns(Struct, frozen=True):
    """The alignment of each column, and where it is written."""

    words: tuple[str | None, ...]
    span: Span


def read_table(reading: Reading, values: Values, span: Span, path: str) -> Table | None:
    """Make a table of its fields as read; every row must have the length of the header.

    Without a header the first row sets the length. None when a row is missing or wrong.
    """
    rows: list[Row] = values.get("rows", [])
    header: Row | None = values.get("header")
    if not rows:
        return None
    columns = len((header or rows[0]).cells)
    for row in rows:
        if len(row.cells) != columns:
            reading.report(
                messages.ROW_LENGTH, row.span, row.path, cells=len(row.cells), columns=columns
            )
    aligns: Aligns | None = values.get("align")
    words = aligns.words if aligns else (None,) * columns
    if aligns and len(words) != columns:
        place = aligns.span
        reading.report(
            messages.ALIGN_LENGTH, place, f"{path}.align", cells=len(words), columns=columns
        )
    cells = tuple(row.cells for row in rows)
    grid = values.get("grid", False)
    return Table(header.cells if header else (), cells, words, values.get("caption"), span, grid)


def read_cells(reading: Reading, node: Node, field: Field, path: str) -> Row | None:
    """Read one row, each cell one line of Markdown."""
    if not isinstance(node, Sequence):
        reading.wrong_type(node, field, path)
        return None
    cells: list[Inline] = []
    for i, cell in enumerate(node.items):
        if not isinstance(cell, Scalar):
            reading.wrong_type(cell, field, f"{path}[{i}]")
            cells.append(Inline(""))  # so that the row is not also reported as too short
            continue
        inline, findings = parse_inline(cell.text, cell.origin)
        reading.add(findings, f"{path}[{i}]")
        cells.append(inline)
    return Row(tuple(cells), reading.first_line(node), path)


def read_rows(reading: Reading, node: Node, field: Field, path: str) -> list[Row]:
    """Read the rows of a table."""
    if not isinstance(node, Sequence):
        reading.wrong_type(node, field, path)
        return []
    one = replace(field, names=("表格的一行",), form=CELLS)
    rows = (read_cells(reading, row, one, f"{path}[{i}]") for i, row in enumerate(node.items))
    return [row for row in rows if row is not None]


def read_aligns(reading: Reading, node: Node, field: Field, path: str) -> Aligns | None:
    """Read a list of left, center and right, or one word as a list of one."""
    items = node.items if isinstance(node, Sequence) else (node,)
    words = (_ALIGN.read(reading, item, field, f"{path}[{i}]") for i, item in enumerate(items))
    return Aligns(tuple(None if w is None else str(w) for w in words), reading.first_line(node))


_ALIGN = Choice({
    "left": "left", "center": "center", "right": "right",
    "左": "left", "中": "center", "右": "right",
    "居左": "left", "居中": "center", "居右": "right",
})  # fmt: skip
_LIST = ("一个列表", "a list")
_ROW = {"type": "array", "items": CELL_SCHEMA}
CELLS = Plain(read_cells, _ROW, "列表", _LIST)
ROWS = Plain(
    read_rows,
    {"type": "array", "minItems": 1, "items": _ROW},
    "各行的列表",
    ("由各行组成的列表", "a list of rows"),
)
ALIGNS = Plain(read_aligns, one_or_list(_ALIGN.schema({})), _ALIGN.told())
