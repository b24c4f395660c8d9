"""Tables written as lists of rows."""

from __future__ import annotations

from collections.abc import Sequence as Seq
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from brieftex.diagnostics import Span
from brieftex.diagnostics.messages import schema as messages
from brieftex.diagnostics.messages import table as merging
from brieftex.diagnostics.messages.typed import ROWS_READ
from brieftex.input.fields import Choice, Field, Form, Plain, Reading, Values, read_record
from brieftex.input.fields.forms import Definitions, Record, Schema
from brieftex.input.fields.records import reference
from brieftex.input.fields.schema import one_or_list
from brieftex.input.fields.typed import clean, short
from brieftex.input.issue.prose import parsed_line, read_prose
from brieftex.input.issue.values import CELL_SCHEMA, INTEGER, MARKDOWN
from brieftex.input.yaml import Mapping, Node, Scalar, Sequence
from brieftex.model.content import ColumnWidth, Inline, Table
from brieftex.model.merging import MERGE_SIDES, Merge, PlacedCell, TablePlace, merge_cells
from brieftex.patterns import late

_WIDTH_FORM = r"(\d{1,4}(?:\.\d{1,3})?)\s*(mm|毫米|cm|厘米|字|em|[%％])"
_WIDTH = late(_WIDTH_FORM)
_UNITS = {
    "mm": (1, "mm"), "毫米": (1, "mm"), "cm": (10, "mm"), "厘米": (10, "mm"),
    "字": (1, "em"), "em": (1, "em"), "%": (1, "%"), "％": (1, "%"),
}  # fmt: skip

_ALIGN = Choice({
    "left": "left", "center": "center", "right": "right", "auto": None,
    "左": "left", "中": "center", "右": "right", "自动": None,
    "居左": "left", "居中": "center", "居右": "right",
})  # fmt: skip

TABLE_CELL = Record("cell", "单元格", (
    Field("text", ("文字", "内容"), MARKDOWN, "格里的文字，一行 Markdown", "合计", required=True),
    Field("colspan", ("跨列", "占列"), INTEGER, "这一格占几列", "2"),
    Field("rowspan", ("跨行", "占行"), INTEGER, "这一格占几行", "2"),
    Field("align", ("对齐",), _ALIGN, "这一格的对齐，不随本列", "right"),
))  # fmt: skip


class _Written(Struct, frozen=True):
    """A cell as it is written: a place, how many columns and rows it is to cover, where it is."""

    place: TablePlace
    across: int
    down: int
    span: Span


class Row(Struct, frozen=True):
    """The cells of one row as written, and its place."""

    cells: tuple[_Written, ...]
    span: Span
    path: str


class PastedRows(Struct, frozen=True):
    """The rows of a table that was pasted as text: so many of them are heads where no others are
    written, and how each column is aligned where nothing else says it."""

    rows: list[Row]
    heads: int
    aligns: tuple[str | None, ...]


class Aligns(Struct, frozen=True):
    """The alignment of each column, and where it is written."""

    words: tuple[str | None, ...]
    span: Span


class Widths(Struct, frozen=True):
    """The width of each column, and where it is written."""

    widths: tuple[ColumnWidth | None, ...]
    span: Span


def read_table(reading: Reading, values: Values, span: Span, path: str) -> Table | None:
    """Make a table of its fields as read; every row must be as long as the first one, that of the
    header if there is one. None when a row is missing or wrong."""
    written: PastedRows | list[Row] = values.get("rows", [])
    header: list[Row] = values.get("header", [])
    pasted = written if isinstance(written, PastedRows) else PastedRows(written, 0, ())
    rows = pasted.rows
    if not rows:
        return None
    if not header:
        header, rows = rows[: pasted.heads], rows[pasted.heads :]
    before = len(reading.findings)
    places = _places(reading, [*header, *rows])
    columns = len(places[0])
    aligns: Aligns | None = values.get("align")
    words = aligns.words if aligns else pasted.aligns or (None,) * columns
    if aligns and len(words) != columns:
        place = aligns.span
        reading.report(
            messages.ALIGN_LENGTH, place, f"{path}.align", cells=len(words), columns=columns
        )
    widths: Widths | None = values.get("widths")
    if widths and len(widths.widths) != columns:
        count = len(widths.widths)
        reading.report(
            merging.WIDTH_LENGTH, widths.span, f"{path}.widths", cells=count, columns=columns
        )
    if len(reading.findings) > before:
        return None
    made = merge_cells(places, len(header))
    _report_merges(reading, [*header, *rows], places, made.stray)
    for row, cells in zip([*header, *rows], made.rows, strict=True):
        if not cells and not made.stray:
            reading.report(merging.ROW_COVERED, row.span, row.path)
    return Table(
        made.rows[: made.heads],
        made.rows[made.heads :],
        words,
        values.get("caption"),
        span,
        values.get("grid", False),
        widths.widths if widths else (),
        values.get("unit"),
        values.get("notes", ()),
        values.get("sources", ()),
        values.get("orientation", False),
    )


def _places(reading: Reading, rows: Seq[Row]) -> list[list[TablePlace]]:
    """The rows as places: a cell of several columns and rows stands in its first one, and marks
    that merge the others into it in these."""
    kept: dict[tuple[int, int], Merge] = {}
    places: list[list[TablePlace]] = []
    for r, row in enumerate(rows):
        line: list[TablePlace] = []
        for cell in row.cells:
            while (r, len(line)) in kept:
                line.append(kept[r, len(line)])
            c = len(line)
            taken = any((r, c + j) in kept for j in range(cell.across))
            if taken or r + cell.down > len(rows):
                reading.report(
                    merging.SPAN_OUTSIDE, cell.span, row.path, rows=cell.down, columns=cell.across
                )
                return [[PlacedCell(Inline(""))]]
            line += [cell.place, *[Merge.LEFT] * (cell.across - 1)]
            for i in range(1, cell.down):
                kept[r + i, c] = Merge.ABOVE
                kept.update(((r + i, c + j), Merge.LEFT) for j in range(1, cell.across))
        while (r, len(line)) in kept:
            line.append(kept[r, len(line)])
        if places and len(line) != len(places[0]):
            reading.report(
                messages.ROW_LENGTH, row.span, row.path, cells=len(line), columns=len(places[0])
            )
        places.append(line)
    return places


def _report_merges(
    reading: Reading,
    rows: Seq[Row],
    places: Seq[Seq[TablePlace]],
    stray: Seq[tuple[int, int]],
) -> None:
    """Report marks that merge nothing, where they are written."""
    for r, c in stray:
        mark = places[r][c]
        assert isinstance(mark, Merge)
        at, row = 0, rows[r]
        for cell in row.cells:  # the cell that is written at this place
            if at + cell.across > c:
                break
            at += cell.across
        side, side_en = MERGE_SIDES[mark]
        place = cell.span if row.cells else row.span
        reading.report(
            merging.MERGES_NOTHING, place, row.path, mark=mark.value, side=side, side_en=side_en
        )


SPAN_LIMIT = 63
"""The most columns of a cell, those of a table in Word; and rows."""


def _read_cell(reading: Reading, node: Node, field: Field, path: str) -> _Written:
    """One cell: a line of Markdown, a mark that merges, or a mapping. An empty one for what is
    none, so that the row is not also reported as too short."""
    place = reading.first_line(node)
    if isinstance(node, Mapping):
        values = read_record(reading, node, TABLE_CELL, path)
        across, down = values.get("colspan", 1), values.get("rowspan", 1)
        if max(across, down) > SPAN_LIMIT:
            reading.report(merging.SPAN_OUTSIDE, place, path, rows=down, columns=across)
            across = down = 1
        cell = PlacedCell(values.get("text", Inline("")), values.get("align"))
        return _Written(cell, across, down, place)
    if not isinstance(node, Scalar):
        reading.wrong_type(node, field, path)
        return _Written(PlacedCell(Inline("")), 1, 1, place)
    text = node.text.strip()
    if text in (Merge.LEFT.value, Merge.ABOVE.value):
        return _Written(Merge(text), 1, 1, place)
    inline = parsed_line(reading, node.text, node.origin, path, indented=True)
    return _Written(PlacedCell(inline), 1, 1, place)


def _read_cells(reading: Reading, node: Node, field: Field, path: str) -> Row | None:
    """Read one row."""
    if not isinstance(node, Sequence):
        reading.wrong_type(node, field, path)
        return None
    cells = [_read_cell(reading, cell, field, f"{path}[{i}]") for i, cell in enumerate(node.items)]
    return Row(tuple(cells), reading.first_line(node), path)


def _read_header(reading: Reading, node: Node, field: Field, path: str) -> list[Row]:
    """Read the heads: the cells of one row, or a list of rows."""
    if isinstance(node, Sequence) and all(isinstance(item, Sequence) for item in node.items):
        return _listed_rows(reading, node, field, path)
    row = _read_cells(reading, node, field, path)
    return [] if row is None else [row]


def _read_pasted(reading: Reading, node: Scalar, field: Field, path: str) -> PastedRows | list[Row]:
    """Read rows as a spreadsheet, a web page or Markdown has them: what is a table in a body."""
    before = len(reading.findings)
    body = read_prose(reading, node, field, path)
    table = body.blocks[0] if body is not None and len(body.blocks) == 1 else None
    found = reading.findings[before:]
    del reading.findings[before:]
    if not isinstance(table, Table):
        reading.wrong_type(node, field, path)
        return []
    # That it is a table needs no telling here.
    reading.findings += [one for one in found if one.kind is not ROWS_READ]
    rows = [
        tuple(
            _Written(PlacedCell(cell.inline, cell.align), cell.colspan, cell.rowspan, table.span)
            for cell in row
        )
        for row in table.lines
    ]
    read = [Row(cells, table.span, path) for cells in rows]
    return PastedRows(read, len(table.header), table.align)


def _read_rows(reading: Reading, node: Node, field: Field, path: str) -> PastedRows | list[Row]:
    """Read the rows of a table."""
    if isinstance(node, Scalar):
        return _read_pasted(reading, node, field, path)
    return _listed_rows(reading, node, field, path)


def _listed_rows(reading: Reading, node: Node, field: Field, path: str) -> list[Row]:
    """Read a list of rows."""
    if not isinstance(node, Sequence):
        reading.wrong_type(node, field, path)
        return []
    one = replace(field, names=("表格的一行",), form=ROWS.row)
    rows = (_read_cells(reading, row, one, f"{path}[{i}]") for i, row in enumerate(node.items))
    return [row for row in rows if row is not None]


def _read_aligns(reading: Reading, node: Node, field: Field, path: str) -> Aligns:
    """Read a list of left, center, right and auto, or one word as a list of one."""
    items = node.items if isinstance(node, Sequence) else (node,)
    words = [_ALIGN.read(reading, item, field, f"{path}[{i}]") for i, item in enumerate(items)]
    return Aligns(tuple(None if w is None else str(w) for w in words), reading.first_line(node))


def _read_widths(reading: Reading, node: Node, field: Field, path: str) -> Widths:
    """Read a list of widths, or one as a list of one."""
    items = node.items if isinstance(node, Sequence) else (node,)
    widths: list[ColumnWidth | None] = []
    for i, item in enumerate(items):
        if not isinstance(item, Scalar):
            reading.wrong_type(item, field, f"{path}[{i}]")
            continue
        text = clean(item.text)
        match = _WIDTH.fullmatch(text)
        if match is None or not Fraction(match[1]):
            if text not in ("自动", "auto"):
                place = reading.first_line(item)
                reading.report(merging.NOT_A_WIDTH, place, f"{path}[{i}]", text=short(text))
            widths.append(None)
            continue
        factor, unit = _UNITS[match[2]]
        widths.append(ColumnWidth(Fraction(match[1]) * factor, unit))
    return Widths(tuple(widths), reading.first_line(node))


class _Cells(Form):
    """Rows of cells: texts, marks that merge, mappings. ``header``: one row may stand alone."""

    record = TABLE_CELL

    def __init__(self, row: Form | None, *, header: bool = False) -> None:
        """``row`` is the form of a row if this is one of rows."""
        self.row = row
        self.header = header
        self.expected = (
            ("由各行组成的列表，或粘贴来的表格", "a list of rows, or a table that was pasted")
            if row and not header
            else ("一个列表", "a list")
        )

    def read(self, reading: Reading, node: Node, field: Field, path: str) -> object:
        """Read rows, heads or a row."""
        if self.header:
            return _read_header(reading, node, field, path)
        if self.row is None:
            return _read_cells(reading, node, field, path)
        return _read_rows(reading, node, field, path)

    def schema(self, definitions: Definitions) -> Schema:
        """Arrays of what a cell may be."""
        cells = {
            "type": "array",
            "items": {"anyOf": [CELL_SCHEMA, reference(TABLE_CELL, definitions)]},
        }
        rows = {"type": "array", "minItems": 1, "items": cells}
        if self.header:
            return {"anyOf": [cells, rows]}
        return cells if self.row is None else {"anyOf": [rows, {"type": "string", "minLength": 1}]}

    def told(self) -> str:
        """The name."""
        if self.header:
            return "列表，或各行的列表"
        return "列表" if self.row is None else "各行的列表，或粘贴来的表格"


ROWS = _Cells(_Cells(None))
HEADER = _Cells(ROWS.row, header=True)
ALIGNS = Plain(_read_aligns, one_or_list(_ALIGN.schema({})), _ALIGN.told())
WIDTHS = Plain(
    _read_widths,
    one_or_list({"type": "string", "pattern": f"^({_WIDTH_FORM}|自动|auto)$"}),
    "列表，每项是 `3字`、`20mm`、`15%` 或 `自动`",
)
