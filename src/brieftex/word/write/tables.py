"""Tables: columns as wide as their contents, heads that are repeated, cells that span others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from brieftex.document.blocks import Align, Cell, TableBlock, TextStyle
from brieftex.patterns import late
from brieftex.units import Sp
from brieftex.word.write.markup import properties, tag, twips
from brieftex.word.write.paragraphs import BodyWriter, Placing, line_count, text_width

_NUMBER = late(r"[-+−±]?[\d,，.]+\s*(?:%|％|‰|万|亿|元)?|[—–-]+")
_FEW = 12
"""Characters of short words, which are centred in their column."""


def add_word_table(writer: BodyWriter, block: TableBlock) -> None:
    """Add a table below its caption and unit, its notes and sources below it."""
    for above in (block.caption, block.notes.unit):
        if above is not None:
            writer.text_block(above)
    rows = [*block.header, *block.rows]
    if not rows:
        return
    widths = _widths(block, rows, writer.grid.measure)
    aligns = tuple(_aligns(block))
    insets = tuple(_inset(block, k, widths[k], aligns[k]) for k in range(len(widths)))
    columns = _Columns(tuple(map(twips, widths)), tuple(widths), aligns, insets)
    held = [_row(writer, block, rows, k, columns) for k in range(len(rows))]
    grid = tag("tblGrid", *(tag("gridCol", w=width) for width in columns.twips))
    padding = twips(block.padding)
    own = properties("tblPr", {
        "tblW": tag("tblW", w=sum(columns.twips), type="dxa"),
        "jc": tag("jc", val="center"),
        "tblBorders": tag("tblBorders", *_outer(block)),
        "tblLayout": tag("tblLayout", type="fixed"),
        "tblCellMar": tag(
            "tblCellMar", tag("left", w=padding, type="dxa"), tag("right", w=padding, type="dxa")
        ),
    })  # fmt: skip
    writer.add(tag("tbl", own, grid, *held))
    for below in block.notes.below:
        writer.text_block(below)
    if not block.notes.below:
        writer.add(_after(writer, block.style))


class _Columns(Struct, frozen=True):
    """The widths of columns, in twips and in Sp, how their cells are aligned, and how far those
    of numbers stand from the right, so that the numbers are in the middle."""

    twips: tuple[int, ...]
    widths: tuple[Sp, ...]
    aligns: tuple[Align, ...]
    insets: tuple[Sp, ...]


def _after(writer: BodyWriter, size: TextStyle) -> str:
    """The paragraph that has to part a table from what follows: as low as can be."""
    low = {
        "spacing": tag("spacing", before=0, after=0, line=20, lineRule="exact"),
        "snapToGrid": tag("snapToGrid", val=0),
    }
    return writer.empty(size, low)


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
    writer: BodyWriter, block: TableBlock, rows: Sequence[Sequence[Cell]], at: int,
    columns: _Columns,
) -> str:  # fmt: skip
    """A row: cells that begin in it, and the places below those of earlier rows that cover them."""
    head = at < len(block.header)
    covered = {cell.column: cell for k in range(at) for cell in rows[k] if k + cell.rowspan > at}
    own = {cell.column: cell for cell in rows[at]}
    made: list[str] = []
    most = 1
    for column in sorted(own.keys() | covered.keys()):
        begun = own.get(column)
        cell = begun or covered[column]
        span = slice(column, column + cell.colspan)
        held = _cell_properties(cell, sum(columns.twips[span]), goes_on=begun is None)
        if head and at + (cell.rowspan if begun else 1) >= len(block.header) < len(rows):
            rule = border("bottom", block.light, str(block.color))
            held["tcBorders"] = tag("tcBorders", rule)
        align = _align(cell, columns, head=head)
        inset = columns.insets[column] if align is Align.RIGHT and cell.colspan == 1 else 0
        style = replace(block.style, align=align, right=inset)
        if begun is None:
            inner = writer.empty(style, _tight(style))
        else:
            content = writer.content(style)
            content.text(cell.text)
            inner = writer.paragraph(style, content, Placing(more=_tight(style)))
            room = sum(columns.widths[span]) - 2 * block.padding
            lines = line_count(cell.text.text, replace(block.style, right=0), room)
            most = max(most, lines if cell.rowspan == 1 else 1)
        made.append(tag("tc", properties("tcPr", held), inner))
    # As on the page, rows are whole lines of the grid.
    pitch = writer.grid.pitch
    height = -(-most * twips(block.style.leading) // pitch) * pitch
    tall = tag("trHeight", val=height, hRule="atLeast")
    return tag("tr", tag("trPr", tag("cantSplit"), tall, tag("tblHeader") * head), *made)


def _cell_properties(cell: Cell, width: int, *, goes_on: bool) -> dict[str, str]:
    held = {"tcW": tag("tcW", w=width, type="dxa"), "vAlign": tag("vAlign", val="center")}
    if cell.colspan > 1:
        held["gridSpan"] = tag("gridSpan", val=cell.colspan)
    if cell.rowspan > 1:
        held["vMerge"] = tag("vMerge", val="continue" if goes_on else "restart")
    return held


def _align(cell: Cell, columns: _Columns, *, head: bool) -> Align:
    align = cell.align or (Align.CENTER if head else columns.aligns[cell.column])
    if cell.colspan > 1 and cell.align is None and align is Align.RIGHT:
        return Align.CENTER
    return Align.LEFT if align is Align.JUSTIFY else align


def _tight(style: TextStyle) -> dict[str, str]:
    """The spacing of cells: their own leading, not rounded to the grid of the page."""
    line = twips(style.leading)
    spacing = tag("spacing", before=0, after=0, line=line, lineRule="exact")
    return {"spacing": spacing, "snapToGrid": tag("snapToGrid", val=0)}


def _widths(block: TableBlock, rows: Sequence[Sequence[Cell]], measure: Sp) -> list[Sp]:
    """The widths of columns: those that are given, and of others what their contents need; what is
    lacking is taken from the widest."""
    size, padding = block.style.char.size, 2 * block.padding
    natural = [3 * size + padding] * len(block.aligns)
    for cell in sorted((c for row in rows for c in row), key=lambda c: c.colspan):
        own = max((text_width(line, size) for line in cell.text.text.split("\n")), default=0)
        wanted = own + padding + size // 2
        span = range(cell.column, cell.column + cell.colspan)
        lacking = wanted - sum(natural[k] for k in span)
        for k in span:
            natural[k] += max(0, lacking) // cell.colspan
    for k, width in enumerate(block.widths):
        if width is not None:
            share = measure * width.share // 1000
            natural[k] = width.length or share or width.ems * size // 1000 + padding
    if sum(natural) <= measure:
        spare = 0 if any(block.widths) else (measure - sum(natural)) // len(natural)
        return [width + spare for width in natural]
    low, high = 1, max(natural)
    while low < high:  # the widest columns share what is left
        middle = (low + high + 1) // 2
        if sum(min(width, middle) for width in natural) <= measure:
            low = middle
        else:
            high = middle - 1
    return [min(width, low) for width in natural]


def _inset(block: TableBlock, column: int, width: Sp, align: Align) -> Sp:
    """How far the numbers of a column stand from its right edge."""
    if align is not Align.RIGHT or block.aligns[column] is not None:
        return 0
    size = block.style.char.size
    numbers = [
        text_width(cell.text.text, size)
        for row in block.rows
        for cell in row
        if cell.column == column and cell.colspan == 1
    ]
    return max(0, width - 2 * block.padding - max(numbers, default=0)) // 2


def _aligns(block: TableBlock) -> list[Align]:
    """How columns are aligned that do not say: numbers at the right, short words in the middle,
    others at the left."""
    found = []
    for k, align in enumerate(block.aligns):
        texts = [c.text.text.strip() for row in block.rows for c in row if c.column == k]
        filled = [text for text in texts if text]
        if align is not None:
            found.append(align)
        elif filled and all(_NUMBER.fullmatch(text) for text in filled):
            found.append(Align.RIGHT)
        elif filled and max(map(len, filled)) <= _FEW:
            found.append(Align.CENTER)
        else:
            found.append(Align.LEFT)
    return found
