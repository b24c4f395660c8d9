"""Columns of a table: how wide each is and how its cells stand, from what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from msgspec import Struct
from msgspec.structs import replace

from brieftex.diagnostics import Finding, Span
from brieftex.diagnostics.messages.setting import CELL_TOO_NARROW
from brieftex.document.blocks import Align, Cell, TableBlock, Text
from brieftex.layout.blocks.cell_needs import READABLE, Need, needs, scaled
from brieftex.layout.lines.paragraph import Setting, natural_line
from brieftex.units import SP_PER_PT, Sp

_NUMERIC = re.compile(r"[+\-−]?(?!\d{10})[\d,]*(\.\d+)?\s*[%％‰]?|[—–\-/]")
"""What the cells of a column of numbers hold: a number, or a dash for none. Ten digits without
a comma are a code: nobody reads off how many there are."""

_TAIL = re.compile(r"\.\d+\s*[%％‰]?|\s*[%％‰]")
"""What of a number stands right of its ones."""

SHORT = 8
"""Up to so many em, the cells of a column are centred; longer text is set from the left, and
justified where it takes several lines."""

_GIVEN = 3, 4
"""Columns up to SHORT are not broken at all while together they take no more than this share of
the table."""

_FAIR = 5, 4
"""How much of an equal share a column may take that needs it to keep something whole."""

_STEP = SP_PER_PT // 2
"""By how much the text of a table becomes smaller."""

_SLIGHTLY = 5, 6
"""By how much text may become smaller only to keep codes whole."""


class Column(Struct, frozen=True):
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
    levels: Sequence[Sequence[Sp]] = (),
) -> list[Sp]:
    """Widths that fill ``room``.

    Natural ones where they fit, with the rest shared out evenly. Where they do not, every
    column gets what it needs at the highest of the ``levels`` (widths by Need) for which there
    is room; then short columns what they need beyond that, level by level, and their natural
    width, the shortest first. What is left is shared among the others as their ``content`` is,
    the sum of what their cells would be wide, so that rows come out low. Where even the first
    level is too much, the widest columns are cut down to one common width.
    """
    count, total = len(natural), sum(natural)
    if total <= room:
        each, left = divmod(room - total, count)
        return [width + each + (k < left) for k, width in enumerate(natural)]
    levels = levels or [[min(width, em) for width in natural]]
    fitting = [level for level in levels if sum(level) <= room]
    if not fitting:
        return _cut(levels[0], room, em)
    widths = list(fitting[-1])
    for level in levels[len(fitting) :]:
        _raise(widths, level, room)
    part, whole = _GIVEN
    spare = room * part // whole - sum(widths)
    for k in sorted(range(count), key=natural.__getitem__):
        more = natural[k] - widths[k]
        if natural[k] <= SHORT * em and 0 < more <= spare:
            widths[k] += more
            spare -= more
    _share(widths, natural, room, content)
    return widths


def _raise(widths: list[Sp], level: Sequence[Sp], room: Sp) -> None:
    """Raise columns to ``level``, the shortest first and those that want alike together, as long
    as none takes much more than an equal share of what is left of ``room``."""
    spare, left = room - sum(widths), len(widths)
    order = sorted(range(len(widths)), key=level.__getitem__)
    for wanted, group in groupby(order, key=level.__getitem__):
        columns = list(group)
        more = sum(max(0, wanted - widths[k]) for k in columns)
        part, whole = _FAIR
        if more > spare or wanted * left * whole > room * part:
            return
        for k in columns:
            widths[k] = max(widths[k], wanted)
        spare -= more
        left -= len(columns)
        room -= wanted * len(columns)


def _share(widths: list[Sp], natural: Sequence[Sp], room: Sp, content: Sequence[Sp]) -> None:
    """Share what is left of ``room`` out among the columns that are not at their natural width."""
    spare = room - sum(widths)
    weights = content or [1] * len(widths)
    open_columns = [k for k in range(len(widths)) if widths[k] < natural[k]]
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


def _cut(natural: Sequence[Sp], room: Sp, em: Sp) -> list[Sp]:
    """Widths that fill ``room``, the widest columns cut down to one common width."""
    widths = [0] * len(natural)
    open_columns = sorted(range(len(natural)), key=natural.__getitem__)
    for done, k in enumerate(open_columns):
        widths[k] = min(natural[k], max(em, room // (len(natural) - done)))
        room -= widths[k]
    widths[open_columns[-1]] += max(room, 0)
    return widths


class _Measured:
    """A table's columns and how wide their cells would be."""

    def __init__(self, block: TableBlock, setting: Setting) -> None:
        self.block, self.setting = block, setting
        self.em = block.style.char.size
        self.heads = heads = len(block.header)
        self.cells = list(zip(*block.header, *block.rows, strict=True))
        self.aligns = [_align(column[heads:]) for column in self.cells]
        self.widths = [
            [natural_line(cell.text, setting).width for cell in column] for column in self.cells
        ]
        self.tails = [
            [tail_width(cell.text, setting) for cell in column[heads:]] if align is None else []
            for column, align in zip(self.cells, self.aligns, strict=True)
        ]
        self.bodies = [
            _natural(width[heads:], tail)
            for width, tail in zip(self.widths, self.tails, strict=True)
        ]
        self.natural = [
            max(*width[:heads], body, 0)
            for width, body in zip(self.widths, self.bodies, strict=True)
        ]
        self._levels: list[list[Sp]] = []

    @property
    def levels(self) -> list[list[Sp]]:
        """What the columns need, by Need."""
        if not self._levels:
            by_column = [self._needs(k) for k in range(len(self.cells))]
            self._levels = [list(level) for level in zip(*by_column, strict=True)]
        return self._levels

    def _needs(self, k: int) -> list[Sp]:
        heads, em, natural = self.heads, self.em, self.natural[k]
        found = [0 if self.aligns[k] else self.bodies[k]] * len(Need)  # no number is broken
        cells = self.cells[k] if self.aligns[k] else self.cells[k][:heads]
        for number, cell in enumerate(cells):
            wanted = needs(cell.text, self.setting, head=number < heads)
            found = [max(pair) for pair in zip(found, wanted, strict=True)]
        if natural > SHORT * em:
            for need, ems in READABLE.items():
                found[need] = max(found[need], ems * em)
        return found

    def columns(self, room: Sp) -> list[Column]:
        """The columns, together ``room`` wide without their padding."""
        em, padding = self.em, self.block.padding
        levels = self.levels if sum(self.natural) > room else []  # else nothing will be broken
        content = [sum(width) for width in self.widths]
        made: list[Column] = []
        for k, width in enumerate(column_widths(self.natural, room, em, content, levels)):
            tail = max(self.tails[k], default=0)
            align = self.aligns[k]
            if align is Align.JUSTIFY:  # nothing stated, no numbers
                align = _usual(self.natural[k], width, em)
            inset = max(0, width - self.bodies[k]) // 2 if align is None else 0
            cramped = k + 1 if levels and width < levels[Need.WORDS][k] else 0
            made.append(Column(width + 2 * padding, align, inset, tail, cramped))
        return made


def too_narrow(
    text: Text, column: Column, block: TableBlock, setting: Setting
) -> Iterator[Finding]:
    """What there is to say of a cell in which a word has to be broken where none should be;
    ``block`` has a header if the cell is one of it."""
    if not column.cramped:
        return
    wanted = needs(text, setting, head=bool(block.header))
    width = column.width - 2 * block.padding
    if wanted[Need.WORDS] > width >= wanted[Need.PIECES]:
        ems = round((wanted[Need.WORDS] - width) / block.style.char.size, 1)
        yield CELL_TOO_NARROW.at(Span(0, len(text.text)), column=column.cramped, excess=ems)


def fitted(block: TableBlock, measure: Sp, setting: Setting) -> tuple[TableBlock, list[Column]]:
    """``block`` in the size in which it fits ``measure``, and its columns, together as wide.

    Codes are kept whole by text that is slightly smaller, else they break; words and names are
    broken only where the least size that the theme allows is still too large for them.
    """
    measured = _Measured(block, setting)
    room = measure - 2 * block.padding * len(measured.cells)
    size = _size(measured, room)
    if size != block.style.char.size:
        block = scaled(block, size)
        measured = _Measured(block, setting)
    return block, measured.columns(room)


def _size(measured: _Measured, room: Sp) -> Sp:
    """The largest size in which columns have the most that they can have."""
    em = measured.em
    if sum(measured.natural) <= room:
        return em
    sizes: list[Sp] = [em, *range((em - 1) // _STEP * _STEP, measured.block.least_size - 1, -_STEP)]
    part, whole = _SLIGHTLY
    for need in reversed(Need):
        for size in sizes:
            if need is Need.CODES and size * whole < em * part:
                break
            # Lengths are rounded down one by one, and may come out higher together.
            if sum(measured.levels[need]) * size // em + len(measured.cells) <= room:
                return size
    return sizes[-1]


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
    """The width of what stands right of a number's ones, the call of a note included."""
    number = _number(text)
    match = _TAIL.search(number)
    ones = match.start() if match else len(number)
    if ones == len(text.text):
        return 0
    return natural_line(text, setting).width - natural_line(_until(text, ones), setting).width


def _until(text: Text, end: int) -> Text:
    """The first ``end`` characters of ``text``."""
    before = tuple(takewhile(lambda run: run.end < end, text.runs))
    last = replace(text.runs[len(before)], end=end)
    return Text(text.text[:end], (*before, last) if end else ())


def _number(text: Text) -> str:
    """The characters of a cell before the first call of a note."""
    return text.text[: text.calls[0][0]] if text.calls else text.text


def _align(cells: Sequence[Cell]) -> Align | None:
    """How a column stands: as stated; None for numbers; JUSTIFY where nothing says."""
    stated = cells[0].align if cells else None
    if stated is not None:
        return stated
    if all(_NUMERIC.fullmatch(_number(cell.text).strip()) for cell in cells):
        return None
    return Align.JUSTIFY
