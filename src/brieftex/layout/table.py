"""Tables: column widths from the content, rows as slugs, the head repeated on each page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from brieftex.document.blocks import Align, Cell, TableBlock
from brieftex.layout.page import Artifact, Line, Placed, PlacedLine, PlacedRule
from brieftex.layout.paragraph import Setting, natural_line, set_text
from brieftex.layout.slug import FORBIDDEN, Slug, baseline, moved, raised
from brieftex.units import Rect, Sp

_NUMERIC = re.compile(r"[+\-−]?[\d,.]+\s*[%％‰]?|[—–\-/]|")
"""What the cells of a column of numbers hold: a number, or a dash for none."""

SHORT = 8
"""Up to so many em, the cells of a column are centred; longer text is set from the left."""

_INSIDE = 30
"""A page break between two rows: better before the table, if it costs nothing."""

_LONE = 1_000_000
"""A page break that leaves one row alone."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its width with padding, how its cells stand (None: numbers, flush
    right), and how far numbers keep from the right so that the column is centred. Sp."""

    width: Sp
    align: Align | None
    inset: Sp


def set_table(block: TableBlock, measure: Sp, grid: Sp, setting: Setting) -> list[Slug]:
    """The rows of ``block``, each raised to whole lines of ``grid``, rules included."""
    columns = _columns(block, measure, setting)
    heads = [_row(row, columns, block, grid, setting) for row in block.header]
    plain = replace(block, header=())
    rows = [_row(row, columns, plain, grid, setting) for row in block.rows]
    return _ruled(heads, rows, block, columns)


def column_widths(natural: Sequence[Sp], room: Sp, em: Sp) -> list[Sp]:
    """Widths that fill ``room``: natural ones with the rest shared out evenly, or, where they
    do not fit, the wide columns cut down to one common width first."""
    total = sum(natural)
    if total <= room:
        each, left = divmod(room - total, len(natural))
        return [width + each + (k < left) for k, width in enumerate(natural)]
    widths = [0] * len(natural)
    open_columns = sorted(range(len(natural)), key=natural.__getitem__)
    for done, k in enumerate(open_columns):
        widths[k] = min(natural[k], max(em, room // (len(natural) - done)))
        room -= widths[k]
    widths[open_columns[-1]] += max(room, 0)
    return widths


def _columns(block: TableBlock, measure: Sp, setting: Setting) -> list[Column]:
    cells = list(zip(*block.header, *block.rows, strict=True))
    widest = [max(natural_line(cell.text, setting).width for cell in column) for column in cells]
    em = block.style.char.size
    room = measure - 2 * block.padding * len(cells)
    made: list[Column] = []
    for width, natural, column in zip(column_widths(widest, room, em), widest, cells, strict=True):
        align = _align(column[len(block.header) :], natural, em)
        inset = max(0, width - natural) // 2 if align is None else 0
        made.append(Column(width + 2 * block.padding, align, inset))
    return made


def _align(cells: Sequence[Cell], widest: Sp, em: Sp) -> Align | None:
    """How a column stands; None is for numbers."""
    stated = cells[0].align if cells else None
    if stated is not None:
        return stated
    if all(_NUMERIC.fullmatch(cell.text.text.strip()) for cell in cells):
        return None
    return Align.CENTER if widest <= SHORT * em else Align.LEFT


def _row(
    cells: Sequence[Cell], columns: Sequence[Column], block: TableBlock, grid: Sp, setting: Setting
) -> Slug:
    """A row without its rules; ``block.header`` is empty for a row of the body."""
    style = block.style
    done: list[tuple[Sp, list[Line]]] = []
    x = block.padding
    for cell, column in zip(cells, columns, strict=True):
        # A heading over numbers is centred over them; over text it stands as the text does.
        numbers = Align.CENTER if block.header else Align.RIGHT
        look = replace(
            style, align=column.align or numbers, right=0 if block.header else column.inset
        )
        lines = set_text(cell.text, look, column.width - 2 * block.padding, setting)
        done.append((x, lines))
        x += column.width
    tallest = max((len(lines) for _, lines in done), default=0)
    height = raised(max(tallest, 1) * style.leading + block.padding, grid)
    base = baseline(style.leading, style.char.size)
    items: list[Placed] = []
    for left, lines in done:
        top = (height - len(lines) * style.leading) // 2 + base
        items.extend(
            PlacedLine(left + line.shift, top + k * style.leading, line)
            for k, line in enumerate(lines)
        )
    return Slug(height, tuple(items))


def _ruled(
    heads: list[Slug], rows: list[Slug], block: TableBlock, columns: Sequence[Column]
) -> list[Slug]:
    """The rows with their rules: three lines, or a grid. The head stays with the first row,
    and neither the first nor the last row is left alone on a page."""
    edges = (0, *accumulate(column.width for column in columns))

    def rule(y: Sp, thickness: Sp) -> PlacedRule:
        return PlacedRule(Rect(0, y - thickness // 2, edges[-1], thickness), block.color)

    def rules(slug: Slug, *, first: bool, light: bool, last: bool) -> Iterator[PlacedRule]:
        if first:
            yield rule(0, block.heavy)
        if light:
            yield rule(slug.height, block.light)
        if last:
            yield rule(slug.height, block.heavy)
        if block.grid:
            for x in edges:
                rect = Rect(x - block.light // 2, 0, block.light, slug.height)
                yield PlacedRule(rect, block.color)

    slugs: list[Slug] = []
    count = len(heads) + len(rows)
    for k, slug in enumerate((*heads, *rows)):
        last = k == count - 1
        light = k == len(heads) - 1 or (block.grid and not last)
        drawn = tuple(rules(slug, first=k == 0, light=light and not last, last=last))
        slugs.append(replace(slug, items=(*slug.items, *drawn), after=FORBIDDEN))
    head = _repeated(slugs[: len(heads)]) if heads else Slug(0, (rule(0, block.heavy),))
    for k in range(len(heads), count):
        inner = _LONE if k in (len(heads), count - 2) else _INSIDE
        slugs[k] = replace(
            slugs[k],
            after=0 if k == count - 1 else inner,
            head=None if k == len(heads) else head,
            closing=() if k == count - 1 else (rule(slugs[k].height, block.heavy),),
        )
    return slugs


def _repeated(slugs: Sequence[Slug]) -> Slug:
    """The head rows as one slug, drawn again on later pages and no part of the text there."""
    items: list[Placed] = []
    y = 0
    for slug in slugs:
        for item in slug.items:
            placed = moved(item, 0, y)
            if isinstance(placed, PlacedLine):
                placed = replace(placed, artifact=Artifact.LAYOUT)
            items.append(placed)
        y += slug.height
    return Slug(y, tuple(items))
