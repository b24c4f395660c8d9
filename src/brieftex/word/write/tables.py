"""Tables: columns as wide as their contents, heads that are repeated, cells that span others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from brieftex.document.blocks import PanelBlock
from brieftex.document.tables import Cell, TableBlock
from brieftex.styled.styles import Align, TextStyle
from brieftex.units import Sp
from brieftex.word.write.markup import properties, tag, twips
from brieftex.word.write.measuring import WordTable
from brieftex.word.write.paragraphs import BodyWriter, Placing
from brieftex.word.write.styles import Grid, blank_line

_WHOLE = 4
"""A row of up to this many lines of the grid stays on one page, as in ours."""


_SLACK = 10
"""Twips by which cells have less white at their sides than they should: a column that is as wide
as its words must not be too narrow for them by what was rounded."""


def add_word_table(writer: BodyWriter, block: TableBlock) -> None:
    """Add a table below its caption and unit, its notes and sources below it."""
    if block.caption is None and block.notes.unit is None and writer.touches:
        writer.add(writer.empty(block.style, blank_line(writer.grid)))
    for above in (block.caption, block.notes.unit):
        if above is not None:
            writer.text_block(above)
    rows = [*block.header, *block.rows]
    if not rows:
        return
    made = writer.measure.table(block, writer.grid.measure, writer.grid.leading)
    block, rows = made.block, [*made.block.header, *made.block.rows]
    widths = tuple(map(twips, made.widths))
    held = [_row(writer, made, rows, k, widths) for k in range(len(rows))]
    grid = tag("tblGrid", *(tag("gridCol", w=width) for width in widths))
    padding = max(twips(block.padding) - _SLACK, 0)
    own = properties("tblPr", {
        "tblW": tag("tblW", w=sum(widths), type="dxa"),
        "jc": tag("jc", val="center"),
        "tblBorders": tag("tblBorders", *_outer(block)),
        "tblLayout": tag("tblLayout", type="fixed"),
        "tblCellMar": tag(
            "tblCellMar", tag("left", w=padding, type="dxa"), tag("right", w=padding, type="dxa")
        ),
    })  # fmt: skip
    writer.add(tag("tbl", own, grid, *held))
    _add_below(writer, block)


def _add_below(writer: BodyWriter, block: TableBlock) -> None:
    """Add notes and sources, which fill whole lines of the grid together, and an empty line."""
    grid, notes = writer.grid, block.notes.below
    after = blank_line(grid)
    if notes:
        gap = grid.leading // 8  # below the last rule
        lines = [writer.measure.lines(one.text, one.style, grid.measure) for one in notes]
        heights = [n * one.style.leading for n, one in zip(lines, notes, strict=True)]
        rest = -(sum(heights) + gap) % grid.leading
        for k, (n, one) in enumerate(zip(lines, notes, strict=True)):
            line, last = twips(one.style.leading), k == len(notes) - 1
            spare = heights[k] * grid.pitch // grid.leading - n * line
            above = twips(gap) if k == 0 else 0
            below = spare + (twips(rest) if last else 0)
            spacing = tag("spacing", before=above, after=max(below, 0), line=line,
                          lineRule="exact")  # fmt: skip
            held = {"spacing": spacing, "snapToGrid": tag("snapToGrid", val=0)}
            if not last:
                held["keepNext"] = tag("keepNext")
            writer.add(writer.text_paragraph(one, held))
    writer.add(writer.empty(block.style, after))


def boxed(held: Sequence[str], block: PanelBlock, grid: Grid) -> str:
    """A table of one cell around these elements. Word wants a paragraph at the end of a cell."""
    width = twips(grid.measure)
    color = str(block.color)
    own = {
        "tblW": tag("tblW", w=width, type="dxa"),
        "jc": tag("jc", val="center"),
        "tblLayout": tag("tblLayout", type="fixed"),
        "tblCellMar": tag("tblCellMar", *(
            tag(side, w=twips(block.padding), type="dxa") for side in ("left", "right")
        )),
    }  # fmt: skip
    if block.thickness:
        sides = ("top", "left", "bottom", "right")
        own["tblBorders"] = tag(
            "tblBorders", *(border(side, block.thickness, color) for side in sides)
        )
    cell = {"tcW": tag("tcW", w=width, type="dxa")}
    if block.shade is not None:
        cell["shd"] = tag("shd", val="clear", color="auto", fill=str(block.shade)[1:])
    inner = tag("tr", tag("tc", properties("tcPr", cell), *held))
    return tag("tbl", properties("tblPr", own), tag("tblGrid", tag("gridCol", w=width)), inner)


def _outer(block: TableBlock) -> Iterator[str]:
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        outer = side in ("top", "bottom")
        if outer or block.grid:
            yield border(side, block.heavy if outer else block.light, str(block.color))


def border(side: str, thickness: Sp, color: str, space: int = 0, kind: str = "single") -> str:
    """A rule at a side, in eighths of a point; Word draws none thinner than a quarter."""
    if not thickness:
        return tag(side, val="nil")
    eighths = max(2, min(96, thickness * 8 // 65_536))
    return tag(side, val=kind, sz=eighths, space=space, color=color[1:])


def _row(
    writer: BodyWriter, table: WordTable, rows: Sequence[Sequence[Cell]], at: int,
    widths: Sequence[int],
) -> str:  # fmt: skip
    """A row: cells that begin in it, and the places below those of earlier rows that cover them.
    As on the page, it is as high as whole lines of the grid."""
    block = table.block
    head = at < len(block.header)
    covered = {cell.column: cell for k in range(at) for cell in rows[k] if k + cell.rowspan > at}
    own = {cell.column: cell for cell in rows[at]}
    made: list[str] = []
    for column in sorted(own.keys() | covered.keys()):
        begun = own.get(column)
        cell = begun or covered[column]
        held = _cell_properties(
            cell, sum(widths[column : column + cell.colspan]), goes_on=begun is None
        )
        if head and at + (cell.rowspan if begun else 1) >= len(block.header) < len(rows):
            rule = border("bottom", block.light, str(block.color))
            held["tcBorders"] = tag("tcBorders", rule)
        align = _align(cell, table, head=head)
        inset = table.insets[column] if align is Align.RIGHT and cell.colspan == 1 else 0
        style = replace(block.style, align=align, right=inset)
        if begun is None:
            inner = writer.empty(style, _tight(style))
        else:
            content = writer.content(style)
            content.text(cell.text)
            inner = writer.paragraph(style, content, Placing(more=_tight(style)))
        made.append(tag("tc", properties("tcPr", held), inner))
    lines = table.heights[at] // writer.grid.leading
    tall = tag("trHeight", val=lines * writer.grid.pitch, hRule="atLeast")
    whole = tag("cantSplit") * (lines <= _WHOLE)
    return tag("tr", tag("trPr", whole, tall, tag("tblHeader") * head), *made)


def _cell_properties(cell: Cell, width: int, *, goes_on: bool) -> dict[str, str]:
    held = {"tcW": tag("tcW", w=width, type="dxa"), "vAlign": tag("vAlign", val="center")}
    if cell.colspan > 1:
        held["gridSpan"] = tag("gridSpan", val=cell.colspan)
    if cell.rowspan > 1:
        held["vMerge"] = tag("vMerge", val="continue" if goes_on else "restart")
    return held


def _align(cell: Cell, table: WordTable, *, head: bool) -> Align:
    align = cell.align or (Align.CENTER if head else table.aligns[cell.column])
    if cell.colspan > 1 and cell.align is None and align is Align.RIGHT:
        return Align.CENTER
    return Align.LEFT if align is Align.JUSTIFY else align


def _tight(style: TextStyle) -> dict[str, str]:
    """The spacing of cells: their own leading, not rounded to the grid of the page."""
    line = twips(style.leading)
    spacing = tag("spacing", before=0, after=0, line=line, lineRule="exact")
    return {"spacing": spacing, "snapToGrid": tag("snapToGrid", val=0)}
