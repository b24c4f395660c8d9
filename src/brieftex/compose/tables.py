"""Tables, with their numbered captions (表1), the unit above them and the notes below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from brieftex.compose.builder import Draft
from brieftex.compose.figures import numbered_caption
from brieftex.compose.inline import one_line
from brieftex.compose.numbering import label
from brieftex.document.paragraphs import Numbered, TextBlock
from brieftex.document.tables import Cell, TableBlock, TableNotes, TableWidth
from brieftex.model import content
from brieftex.model.content import ColumnWidth, TableCell
from brieftex.styled.styles import Align
from brieftex.units import mm

_ALIGN = {"left": Align.LEFT, "center": Align.CENTER, "right": Align.RIGHT, None: None}


def add_table(draft: Draft, table: content.Table, parent: int) -> None:
    """Add a table; one with a caption is numbered."""
    rules, style = draft.theme.tables, draft.style("table")
    node = draft.node("Table", parent)
    caption, number = None, None
    if table.caption is not None:
        draft.tables += 1
        number = draft.tables
        form = draft.theme.labels["table"]
        counted = Numbered(form, number, "table", length=len(label(form, number)))
        caption = numbered_caption(draft, table.caption, counted, "table_caption", node)
    unit = _unit(draft, table, node, caption)
    header, heads = _rows(draft, table.header, node, heads=True)
    rows, cells = _rows(draft, table.rows, node, heads=False)
    _name_heads(draft, heads, cells)
    draft.add(
        TableBlock(
            caption,
            header,
            rows,
            tuple(_ALIGN[align] for align in table.align),
            style,
            rules.padding,
            rules.heavy,
            rules.light,
            rules.grid or table.grid,
            rules.color,
            rules.least_size,
            tuple(map(_width, table.widths)),
            TableNotes(unit, tuple(_below(draft, table, parent)), _continued(draft, number)),
        )
    )


def _rows(
    draft: Draft, rows: Sequence[Sequence[TableCell]], parent: int, *, heads: bool
) -> tuple[tuple[tuple[Cell, ...], ...], list[tuple[TableCell, int]]]:
    """Rows of cells, and each cell with its node."""
    look = draft.style("table").char
    style = replace(look, font=draft.theme.tables.header) if heads else look
    made: list[tuple[Cell, ...]] = []
    nodes: list[tuple[TableCell, int]] = []
    for row in rows:
        of_row = draft.node("TR", parent)
        cells: list[Cell] = []
        for cell in row:
            node = draft.node("TH" if heads else "TD", of_row)
            draft.nodes[node] = replace(
                draft.nodes[node], colspan=cell.colspan, rowspan=cell.rowspan
            )
            text = draft.text(cell.inline, style, node)
            align = _ALIGN[cell.align]
            cells.append(Cell(text, cell.column, cell.colspan, cell.rowspan, align))
            nodes.append((cell, node))
        made.append(tuple(cells))
    return tuple(made), nodes


def _name_heads(
    draft: Draft, heads: Sequence[tuple[TableCell, int]], cells: Sequence[tuple[TableCell, int]]
) -> None:
    """Give the cells of a table whose heads are merged or in several rows the nodes of their heads:
    what belongs to a cell is then no matter of the readers' rules (ISO 14289-1, 7.5)."""
    if all(head.colspan == 1 for head, _ in heads):
        return
    for cell, node in cells:
        over = tuple(
            k
            for head, k in heads
            if head.column < cell.column + cell.colspan and cell.column < head.column + head.colspan
        )
        draft.nodes[node] = replace(draft.nodes[node], headers=over)


def _width(width: ColumnWidth | None) -> TableWidth | None:
    if width is None:
        return None
    match width.unit:
        case "mm":
            return TableWidth(length=mm(width.amount))
        case "em":
            return TableWidth(ems=int(width.amount * 1000))
    return TableWidth(share=int(width.amount * 10))


def _unit(
    draft: Draft, table: content.Table, node: int, caption: TextBlock | None
) -> TextBlock | None:
    """The line above a table that names the unit of its numbers, as part of its caption."""
    if table.unit is None:
        return None
    style = draft.style("table_unit")
    place = caption.text.runs[0].node if caption is not None and caption.text.runs else -1
    if place < 0:
        place = draft.node("Caption", node)
    words = draft.theme.labels["table_unit"].format(unit=one_line(table.unit.text))
    return TextBlock(draft.words(words, style.char, place, draft.place(table.unit)), style)


def _below(draft: Draft, table: content.Table, parent: int) -> Iterator[TextBlock]:
    """The notes and the sources below a table, several of them with numbers; all begin behind the
    word before the first, and so do their further lines."""
    style, labels = draft.style("table_note"), draft.theme.labels
    for lines, word in ((table.notes, "table_note"), (table.sources, "table_source")):
        for number, line in enumerate(lines, 1):
            first = labels[word] if number == 1 else ""
            count = label(labels["table_note_number"], number) if len(lines) > 1 else ""
            text = draft.text(line, style.char, draft.node("P", parent), first + count)
            behind = len(labels[word]) * style.char.size
            left = 0 if number == 1 else behind
            hang = behind - left + (style.char.size if count else 0)
            yield TextBlock(text, replace(style, left=style.left + left, hang=hang))


def _continued(draft: Draft, number: int | None) -> TextBlock | None:
    """The line above the head of a table where it is continued: 续表1."""
    form, style = draft.theme.labels["table_continued"], draft.style("table_continued")
    words = label(form, number) if number else label_without_number(form)
    if not words.strip():
        return None
    return TextBlock(draft.words(words, style.char, -1, draft.place()), style)


def label_without_number(form: str) -> str:
    """The words of a label without its number."""
    for field in ("{han}", "{arabic}", "{circled}"):
        form = form.replace(field, "")
    return form
