"""The columns of a table: their widths and alignment are found from their contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from msgspec import Struct
from msgspec.structs import replace

from brieftex.diagnostics import Finding, Span
from brieftex.diagnostics.messages.setting import CELL_TOO_NARROW
from brieftex.document.blocks import Align, Cell, TableBlock, Text
from brieftex.layout.blocks.cell_needs import READABLE, Need, needs, scaled
from brieftex.layout.lines.paragraph import Setting, natural_line
from brieftex.patterns import late
from brieftex.units import SP_PER_PT, Sp

_NUMERIC = late(r"[+\-−]?(?!\d{10})[\d,]*(\.\d+)?\s*[%％‰]?|[—–\-/]")
"""A cell of a numeric column: a number, or a dash for none. Ten digits without a comma are taken
for a code, since no reader can count them at a glance."""

_TAIL = late(r"\.\d+\s*[%％‰]?|\s*[%％‰]")
"""The part of a number to the right of its units digit."""

SHORT = 8
"""Cells are centred in columns whose texts are up to this many em wide; longer text is set flush
left, or justified where it takes several lines."""

_GIVEN = 3, 4
"""Columns up to SHORT are not broken as long as together they take no more than this share of the
table's width."""

_FAIR = 5, 4
"""How many equal shares of the width a column may take to keep its words whole."""

_STEP = SP_PER_PT // 2
"""The steps by which the text of a table is reduced."""

_SLIGHTLY = 5, 6
"""By how much text may be reduced if only codes would be broken otherwise."""


class Column(Struct, frozen=True):
    """A column of a table, lengths in Sp. ``width`` includes padding. ``align`` is None for
    numbers aligned on their units digit; ``inset`` is their distance from the right edge that
    centres them as a block, and ``tail`` the width kept to the right of the units digit.
    ``cramped`` is the column's number, from 1, if words may have to be broken in it, else 0."""

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
    """Widths that fill ``room``, Sp.

    These are the natural widths where they fit, with the rest shared out evenly. Otherwise
    every column gets what it needs at the highest of the ``levels`` (widths by Need) that fits
    for all; then short columns get what they need beyond that, level by level, and their natural
    width, the shortest first. What is left is divided among the others in proportion to their
    ``content``, the sum of their cells' natural widths, which keeps rows low. Where even the
    first level does not fit, the widest columns are cut down to one common width.
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
    """Raise columns to ``level``, the narrowest first and equal ones together, as long as none
    takes much more than an equal share of what is left of ``room``."""
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
    """Divide what is left of ``room`` among the columns narrower than their natural width."""
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
    """Widths that fill ``room``, with the widest columns cut down to one common width."""
    widths = [0] * len(natural)
    open_columns = sorted(range(len(natural)), key=natural.__getitem__)
    for done, k in enumerate(open_columns):
        widths[k] = min(natural[k], max(em, room // (len(natural) - done)))
        room -= widths[k]
    widths[open_columns[-1]] += max(room, 0)
    return widths


class _Measured:
    """The measured columns of a table: the natural widths of their cells."""

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
        """The widths that the columns need, by Need."""
        if not self._levels:
            by_column = [self._needs(k) for k in range(len(self.cells))]
            self._levels = [list(level) for level in zip(*by_column, strict=True)]
        return self._levels

    def _needs(self, k: int) -> list[Sp]:
        heads, em, natural = self.heads, self.em, self.natural[k]
        found = [0 if self.aligns[k] else self.bodies[k]] * len(Need)  # numbers are never broken
        cells = self.cells[k] if self.aligns[k] else self.cells[k][:heads]
        for number, cell in enumerate(cells):
            wanted = needs(cell.text, self.setting, head=number < heads)
            found = [max(pair) for pair in zip(found, wanted, strict=True)]
        if natural > SHORT * em:
            for need, ems in READABLE.items():
                found[need] = max(found[need], ems * em)
        return found

    def columns(self, room: Sp) -> list[Column]:
        """The columns, which together are ``room`` wide without their padding."""
        em, padding = self.em, self.block.padding
        levels = self.levels if sum(self.natural) > room else []  # else nothing breaks
        content = [sum(width) for width in self.widths]
        made: list[Column] = []
        for k, width in enumerate(column_widths(self.natural, room, em, content, levels)):
            tail = max(self.tails[k], default=0)
            align = self.aligns[k]
            if align is Align.JUSTIFY:  # alignment not stated, and no numbers
                align = _usual(self.natural[k], width, em)
            inset = max(0, width - self.bodies[k]) // 2 if align is None else 0
            cramped = k + 1 if levels and width < levels[Need.WORDS][k] else 0
            made.append(Column(width + 2 * padding, align, inset, tail, cramped))
        return made


def too_narrow(
    text: Text, column: Column, block: TableBlock, setting: Setting
) -> Iterator[Finding]:
    """Findings on a cell that is too narrow for a word that should be kept whole. ``block`` has a
    header if the cell belongs to it."""
    if not column.cramped:
        return
    wanted = needs(text, setting, head=bool(block.header))
    width = column.width - 2 * block.padding
    if wanted[Need.WORDS] > width >= wanted[Need.PIECES]:
        ems = round((wanted[Need.WORDS] - width) / block.style.char.size, 1)
        yield CELL_TOO_NARROW.at(Span(0, len(text.text)), column=column.cramped, excess=ems)


def fitted(block: TableBlock, measure: Sp, setting: Setting) -> tuple[TableBlock, list[Column]]:
    """``block`` in the text size at which it fits ``measure``, and its columns, which fill it.

    To keep codes whole the text is reduced slightly, otherwise they break; words and names are
    broken only where even the smallest size that the theme allows is too large.
    """
    measured = _Measured(block, setting)
    room = measure - 2 * block.padding * len(measured.cells)
    size = _size(measured, room)
    if size != block.style.char.size:
        block = scaled(block, size)
        measured = _Measured(block, setting)
    return block, measured.columns(room)


def _size(measured: _Measured, room: Sp) -> Sp:
    """The largest size at which the highest attainable level of need is met."""
    em = measured.em
    if sum(measured.natural) <= room:
        return em
    sizes: list[Sp] = [em, *range((em - 1) // _STEP * _STEP, measured.block.least_size - 1, -_STEP)]
    part, whole = _SLIGHTLY
    for need in reversed(Need):
        for size in sizes:
            if need is Need.CODES and size * whole < em * part:
                break
            # Each length is rounded by itself, so the sum may be slightly larger.
            if sum(measured.levels[need]) * size // em + len(measured.cells) <= room:
                return size
    return sizes[-1]


def _usual(natural: Sp, width: Sp, em: Sp) -> Align:
    """The default alignment of text: short words are centred, single lines are set flush left,
    and text that takes several lines of some length is justified."""
    if natural <= SHORT * em:
        return Align.CENTER
    return Align.JUSTIFY if natural > width >= SHORT * em else Align.LEFT


def _natural(widths: Sequence[Sp], tails: Sequence[Sp]) -> Sp:
    """The width of cells without line breaks, numbers aligned on their units digit."""
    if not tails:
        return max(widths, default=0)
    return max(w - t for w, t in zip(widths, tails, strict=True)) + max(tails)


def tail_width(text: Text, setting: Setting) -> Sp:
    """The width to the right of a number's units digit, the call of a note included, Sp."""
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
    """A column's alignment: as stated, None for numbers, JUSTIFY if neither applies."""
    stated = cells[0].align if cells else None
    if stated is not None:
        return stated
    if all(_NUMERIC.fullmatch(_number(cell.text).strip()) for cell in cells):
        return None
    return Align.JUSTIFY
