"""Tables: column widths from the content, rows as slugs, the head repeated on each page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from brieftex.document.blocks import Align, Cell, TableBlock, TextStyle
from brieftex.layout.page import Artifact, Line, Placed, PlacedLine, PlacedRule
from brieftex.layout.paragraph import Setting, natural_line, set_text
from brieftex.layout.slug import Slug, baseline, moved, raised
from brieftex.units import Rect, Sp

_NUMERIC = re.compile(r"[+\-−]?[\d,.]+\s*[%％‰]?|[—–\-/]|")
"""What the cells of a column of numbers hold: a number, or a dash for none."""

SHORT = 8
"""Up to so many em, the cells of a column are centred; longer text is set from the left."""


def set_table(block: TableBlock, measure: Sp, grid: Sp, setting: Setting) -> list[Slug]:
    """The rows of ``block``, each raised to whole grid lines, rules included."""
    columns = list(zip(*block.header, *block.rows, strict=True))
    body = [column[len(block.header) :] for column in columns]
    natural = [[natural_line(cell.text, setting).width for cell in column] for column in columns]
    em = block.style.char.size
    widths = column_widths([max(w) for w in natural], measure - 2 * block.padding * len(columns), em)
    widths = [width + 2 * block.padding for width in widths]
    aligns = [_align(cells, max(w), em) for cells, w in zip(body, natural, strict=True)]
    insets = [
        max(0, (width - 2 * block.padding - max(w)) // 2) if align is None else 0
        for width, w, align in zip(widths, natural, aligns, strict=True)
    ]
    rows = [
        _row(row, widths, aligns, insets, block, grid, setting, head=k < len(block.header))
        for k, row in enumerate((*block.header, *block.rows))
    ]
    return _ruled(rows, block, widths)


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


def _align(cells: Sequence[Cell], widest: Sp, em: Sp) -> Align | None:
    """How a column stands; None is for numbers: flush right, the column centred as a whole."""
    stated = cells[0].align if cells else None
    if stated is not None:
        return stated
    if all(_NUMERIC.fullmatch(cell.text.text.strip()) for cell in cells):
        return None
    return Align.CENTER if widest <= SHORT * em else Align.LEFT


def _row(
    cells: Sequence[Cell],
    widths: Sequence[Sp],
    aligns: Sequence[Align | None],
    insets: Sequence[Sp],
    block: TableBlock,
    grid: Sp,
    setting: Setting,
    *,
    head: bool,
) -> Slug:
    style = block.style
    set_cells: list[tuple[list[Line], Sp]] = []
    x = 0
    for cell, width, align, inset in zip(cells, widths, aligns, insets, strict=True):
        # A heading over numbers is centred; over text it stands as the text does.
        how = Align.CENTER if align is None and head else align or Align.RIGHT
        cell_style = _cell_style(style, how)
        room = width - 2 * block.padding
        right = inset if align is None and not head else 0
        lines = set_text(cell.text, cell_style, room - right, setting)
        set_cells.append((lines, x + block.padding))
        x += width
    tallest = max((len(lines) for lines, _ in set_cells), default=1)
    height = raised(max(tallest, 1) * style.leading + block.padding, grid)
    base = baseline(style.leading, style.char.size)
    items: list[Placed] = []
    for lines, left in set_cells:
        top = (height - len(lines) * style.leading) // 2
        for k, line in enumerate(lines):
            items.append(PlacedLine(left + line.shift, top + k * style.leading + base, line))
    return Slug(height, tuple(items))


def _cell_style(style: TextStyle, align: Align) -> TextStyle:
    return replace(style, align=align, indent=0, hang=0, left=0, right=0, space=0)


def _ruled(rows: list[Slug], block: TableBlock, widths: Sequence[Sp]) -> list[Slug]:
    """The rows with their rules: three lines, or a grid."""
    span = sum(widths)
    heads = len(block.header)

    def rule(y: Sp, thickness: Sp) -> PlacedRule:
        return PlacedRule(Rect(0, y - thickness // 2, span, thickness), block.color)

    def uprights(height: Sp) -> list[Placed]:
        if not block.grid:
            return []
        edges = [sum(widths[:k]) for k in range(len(widths) + 1)]
        return [
            PlacedRule(Rect(x - block.light // 2, 0, block.light, height), block.color)
            for x in edges
        ]

    slugs: list[Slug] = []
    for k, row in enumerate(rows):
        items = [*row.items, *uprights(row.height)]
        if k == 0:
            items.append(rule(0, block.heavy))
        if k == heads - 1 or (block.grid and k < len(rows) - 1):
            items.append(rule(row.height, block.light))
        if k == len(rows) - 1:
            items.append(rule(row.height, block.heavy))
        slugs.append(replace(row, items=tuple(items)))
    head = _joined(slugs[:heads]) if heads else None
    body = [
        replace(
            slug,
            head=None if k == 0 else head or Slug(0, (rule(0, block.heavy),)),
            closing=() if k == len(slugs) - heads - 1 else (rule(slug.height, block.heavy),),
        )
        for k, slug in enumerate(slugs[heads:])
    ]
    if not body:
        return slugs
    # The head stays with the first row, and the last row is not left alone.
    first = slugs[:heads]
    body = [replace(slug, after=_LONE if k in (0, len(body) - 2) else _INSIDE)
            for k, slug in enumerate(body[:-1])] + body[-1:]  # fmt: skip
    return [*(replace(slug, after=_LONE * 1000) for slug in first), *body]


_INSIDE = 30
"""A page break between two rows: better before the table, if it costs nothing."""

_LONE = 1_000_000
"""A page break that leaves one row alone."""


def _joined(slugs: Sequence[Slug]) -> Slug:
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
