"""Columns of a table: how wide each is and how its cells stand, from what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from brieftex.diagnostics import Finding, Span
from brieftex.diagnostics.messages.setting import CELL_TOO_NARROW
from brieftex.document.blocks import Align, Cell, TableBlock, Text
from brieftex.layout.lines.paragraph import Setting, natural_line, unbroken
from brieftex.units import Sp

_NUMERIC = re.compile(r"[+\-−]?[\d,]*(\.\d+)?\s*[%％‰]?|[—–\-/]")
"""What the cells of a column of numbers hold: a number, or a dash for none."""

_TAIL = re.compile(r"\.\d+\s*[%％‰]?|\s*[%％‰]")
"""What of a number stands right of its ones."""

SHORT = 8
"""Up to so many em, the cells of a column are centred; longer text is set from the left, and
justified where it takes several lines. A column as narrow as that is not made narrower while
wider ones can give."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its width with padding, how its cells stand (None: numbers, ones
    below ones), how far numbers keep from the right so that the column is centred, and the
    width kept for what stands right of the ones. Sp. ``cramped``, its number from 1, is not 0
    where a word may have to be broken in it that should not be."""

    width: Sp
    align: Align | None
    inset: Sp = 0
    tail: Sp = 0
    cramped: int = 0


def column_widths(
    natural: Sequence[Sp],
    room: Sp,
    em: Sp,
    content: Sequence[Sp] = (),
    least: Sequence[Sp] = (),
) -> list[Sp]:
    """Widths that fill ``room``.

    Natural ones where they fit, with the rest shared out evenly. Where they do not, the
    columns that are wider than SHORT share what the narrow ones leave as their ``content``
    is, the sum of what their cells would be wide, so that rows come out low; none gets less
    than its ``least``, the widest piece that cannot be broken. Where even that is too much,
    the widest columns are cut down to one common width.
    """
    count, total = len(natural), sum(natural)
    if total <= room:
        each, left = divmod(room - total, count)
        return [width + each + (k < left) for k, width in enumerate(natural)]
    widths = _floors(natural, least, SHORT * em, em)
    if sum(widths) * 4 > room * 3:
        widths = _floors(natural, least, room // (2 * count), em)
    spare = room - sum(widths)
    if spare < 0:
        return _cut(least or natural, room, em)
    weights = content or [1] * count
    open_columns = [k for k in range(count) if widths[k] < natural[k]]
    while spare and open_columns:
        shares = sum(weights[k] for k in open_columns)
        given = 0
        for k in open_columns:
            more = min(natural[k] - widths[k], max(1, spare * weights[k] // max(1, shares)))
            more = min(more, spare - given)
            widths[k] += more
            given += more
        spare -= given
        open_columns = [k for k in open_columns if widths[k] < natural[k]]
    return widths


def _floors(natural: Sequence[Sp], least: Sequence[Sp], short: Sp, em: Sp) -> list[Sp]:
    """What each column has at least: all it wants up to ``short``."""
    if not least:
        return [min(width, max(em, short)) for width in natural]
    return [min(width, max(em, short, floor)) for width, floor in zip(natural, least, strict=True)]


def _cut(natural: Sequence[Sp], room: Sp, em: Sp) -> list[Sp]:
    """Widths that fill ``room``, the widest columns cut down to one common width."""
    widths = [0] * len(natural)
    open_columns = sorted(range(len(natural)), key=natural.__getitem__)
    for done, k in enumerate(open_columns):
        widths[k] = min(natural[k], max(em, room // (len(natural) - done)))
        room -= widths[k]
    widths[open_columns[-1]] += max(room, 0)
    return widths


def table_columns(block: TableBlock, measure: Sp, setting: Setting) -> list[Column]:
    """The columns of ``block``, together as wide as ``measure``."""
    heads = len(block.header)
    cells = list(zip(*block.header, *block.rows, strict=True))
    aligns = [_align(column[heads:]) for column in cells]
    widths = [[natural_line(cell.text, setting).width for cell in column] for column in cells]
    tails = [
        [tail_width(cell.text, setting) for cell in column[heads:]] if align is None else []
        for column, align in zip(cells, aligns, strict=True)
    ]
    natural = [
        max(*width[:heads], _natural(width[heads:], tail), 0)
        for width, tail in zip(widths, tails, strict=True)
    ]
    em = block.style.char.size
    room = measure - 2 * block.padding * len(cells)
    least: list[Sp] = []
    if sum(natural) > room:  # else nothing will be broken
        least = [
            max(unbroken(cell.text, setting) for cell in column) if align else width
            for column, align, width in zip(cells, aligns, natural, strict=True)
        ]
    content = [sum(width) for width in widths]
    made: list[Column] = []
    for k, width in enumerate(column_widths(natural, room, em, content, least)):
        tail = max(tails[k], default=0)
        align = aligns[k]
        if align is Align.JUSTIFY:  # nothing stated, no numbers
            align = _usual(natural[k], width, em)
        block_width = _natural(widths[k][heads:], tails[k])
        inset = max(0, width - block_width) // 2 if align is None else 0
        cramped = k + 1 if least and width < least[k] else 0
        made.append(Column(width + 2 * block.padding, align, inset, tail, cramped))
    return made


def too_narrow(text: Text, column: Column, width: Sp, setting: Setting) -> Iterator[Finding]:
    """What there is to say of a cell in which a word has to be broken where none should be;
    ``width`` is the column's without padding."""
    excess = unbroken(text, setting, hyphens=True) - width if column.cramped else 0
    if excess > 0:
        ems = round(excess / text.runs[0].style.size, 1)
        yield CELL_TOO_NARROW.at(Span(0, len(text.text)), column=column.cramped, excess=ems)


def _usual(natural: Sp, width: Sp, em: Sp) -> Align:
    """How text stands when nobody says: short words in the middle, one line at the left, and
    what takes several lines of some length with both edges flush."""
    if natural <= SHORT * em:
        return Align.CENTER
    return Align.JUSTIFY if natural > width >= SHORT * em else Align.LEFT


def _natural(widths: Sequence[Sp], tails: Sequence[Sp]) -> Sp:
    """How wide cells are without a break, numbers with their ones below each other."""
    if not tails:
        return max(widths, default=0)
    return max(w - t for w, t in zip(widths, tails, strict=True)) + max(tails)


def tail_width(text: Text, setting: Setting) -> Sp:
    """The width of what stands right of a number's ones."""
    match = _TAIL.search(text.text)
    if match is None:
        return 0
    words = match[0]
    last = replace(text.runs[-1], end=len(words))
    return natural_line(Text(words, (last,)), setting).width


def _align(cells: Sequence[Cell]) -> Align | None:
    """How a column stands: as stated; None for numbers; JUSTIFY where nothing says."""
    stated = cells[0].align if cells else None
    if stated is not None:
        return stated
    if all(_NUMERIC.fullmatch(cell.text.text.strip()) for cell in cells):
        return None
    return Align.JUSTIFY
