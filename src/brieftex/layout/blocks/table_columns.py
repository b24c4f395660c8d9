"""The columns of a table: their widths and alignment are found from their contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from brieftex.document.tables import Cell, TableBlock, TableWidth
from brieftex.layout.blocks.cell_lines import CellLines, cell_number
from brieftex.layout.blocks.cell_needs import READABLE, Need, needs, scaled
from brieftex.layout.blocks.table_widths import SHORT, column_widths
from brieftex.layout.lines.paragraph import Setting
from brieftex.patterns import late
from brieftex.styled.styles import Align
from brieftex.units import SP_PER_PT, Sp

_NUMERIC = late(r"[+\-−]?(?!\d{10})[\d,]*(\.\d+)?\s*[%％‰]?|[—–\-/]")
"""A cell of a numeric column: a number, or a dash for none. Ten digits without a comma are taken
for a code, since no reader can count them at a glance."""

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


class TableColumns(Struct, frozen=True):
    """The columns of a table. ``excess`` is by how much those whose widths are given leave too
    little room, Sp."""

    columns: list[Column]
    excess: Sp = 0


class _Measured:
    """The measured columns of a table: the natural widths of their cells. Those of several columns
    are measured when these are known, and make them wider if they have to."""

    def __init__(self, block: TableBlock, measure: Sp, lines: CellLines) -> None:
        self.block, self.measure, self.lines = block, measure, lines
        self.em = em = block.style.char.size
        cells = [(cell, head) for cell, head in _cells(block)]
        count = len(block.aligns)
        single: list[list[tuple[Cell, bool]]] = [[] for _ in range(count)]
        for cell, head in cells:
            if cell.colspan == 1:
                single[cell.column].append((cell, head))
        self.wide = sorted((c for c in cells if c[0].colspan > 1), key=lambda c: c[0].colspan)
        self.single = single
        self.heads = [[cell for cell, head in column if head] for column in single]
        bodies = [[cell for cell, head in column if not head] for column in single]
        self.aligns = [
            _align(stated, [cell for cell in column if cell.align is None])
            for stated, column in zip(block.aligns, bodies, strict=True)
        ]
        widths = [[self._natural(cell) for cell in column] for column in bodies]
        self.tails = [
            [lines.tail(cell.text) for cell in column] if align is None else []
            for column, align in zip(bodies, self.aligns, strict=True)
        ]
        self.bodies = [
            _natural(width, tail) for width, tail in zip(widths, self.tails, strict=True)
        ]
        self.content = [
            sum(width) + sum(map(self._natural, heads))
            for width, heads in zip(widths, self.heads, strict=True)
        ]
        self.natural = [
            max((*map(self._natural, heads), body, 0))
            for heads, body in zip(self.heads, self.bodies, strict=True)
        ]
        given = block.widths or (None,) * count
        self.fixed = [None if w is None else self._fixed(w, em) for w in given]
        self.open = [k for k in range(count) if given[k] is None]
        for cell, _ in self.wide:
            self._widen(self.natural, cell, self._natural(cell))
        self._levels: list[list[Sp]] = []

    def _natural(self, cell: Cell) -> Sp:
        return self.lines.natural(cell.text).width

    def _fixed(self, width: TableWidth, size: Sp) -> Sp:
        """The width of a column without its padding, for text of this size."""
        if width.ems:
            return width.ems * size // 1000
        outer = width.length or width.share * self.measure // 1000
        return max(outer - 2 * self.block.padding, 1)

    def _widen(self, widths: list[Sp], cell: Cell, wanted: Sp) -> None:
        """Make the columns of a cell wide enough for it, alike."""
        columns = range(cell.column, cell.column + cell.colspan)
        inner = 2 * self.block.padding * (cell.colspan - 1)
        lacking = wanted - inner - sum(self.fixed[k] or widths[k] for k in columns)
        free = [k for k in columns if self.fixed[k] is None]
        for n, k in enumerate(free):
            if lacking > 0:
                widths[k] += -(-lacking // (len(free) - n))
                lacking -= -(-lacking // (len(free) - n))

    @property
    def levels(self) -> list[list[Sp]]:
        """The widths that the columns need, by Need."""
        if not self._levels:
            by_column = [self._needs(k) for k in range(len(self.single))]
            levels = [list(level) for level in zip(*by_column, strict=True)]
            for cell, head in self.wide:
                wanted = needs(cell.text, self.lines.setting, head=head)
                for need in Need:
                    self._widen(levels[need], cell, wanted[need])
            self._levels = levels
        return self._levels

    def _needs(self, k: int) -> list[Sp]:
        em, natural = self.em, self.natural[k]
        found = [0 if self.aligns[k] else self.bodies[k]] * len(Need)  # numbers are never broken
        for cell, head in self.single[k]:
            if head or self.aligns[k] or cell.align:
                wanted = needs(cell.text, self.lines.setting, head=head)
                found = [max(pair) for pair in zip(found, wanted, strict=True)]
        if natural > SHORT * em:
            for need, ems in READABLE.items():
                found[need] = max(found[need], ems * em)
        return found

    def room(self, size: Sp) -> Sp:
        """The room for the text of the columns whose widths are not given, in text of this size."""
        given = self.block.widths or (None,) * len(self.single)
        fixed = sum(self._fixed(width, size) for width in given if width is not None)
        return self.measure - 2 * self.block.padding * len(self.single) - fixed

    def holds(self, need: Need | None, size: Sp) -> bool:
        """Whether the columns fit in text of this ``size`` if this is kept whole in them, or, if
        ``need`` is None, every cell in one line. In a column whose width is given no more than
        pairs of characters are: its editor wants it narrow."""
        widths = self.natural if need is None else self.levels[need]
        fixed = self.natural if need is None else self.levels[min(need, Need.PAIRS)]
        given = self.block.widths or (None,) * len(self.single)
        for width, wanted in zip(given, fixed, strict=True):
            if width is not None and wanted * size // self.em > self._fixed(width, size):
                return False
        # Each length is rounded by itself, so the sum may be slightly larger.
        slack = 0 if size == self.em else len(self.single)
        wide = sum(widths[k] for k in self.open) * size // self.em + slack
        return not self.open or wide <= self.room(size)

    def columns(self) -> TableColumns:
        """The columns: as wide as the measure together, unless all their widths are given."""
        room, least = self.room(self.em), self.em * len(self.open)
        if room < least:
            return TableColumns(self._made([self.em] * len(self.single), []), least - room)
        # Where all cells fit in one line, nothing breaks.
        levels = [] if self.holds(None, self.em) else self.levels
        widths = [fixed or 0 for fixed in self.fixed]
        if self.open:
            found = column_widths(
                [self.natural[k] for k in self.open], room, self.em,
                [self.content[k] for k in self.open],
                [[level[k] for k in self.open] for level in levels],
            )  # fmt: skip
            for k, width in zip(self.open, found, strict=True):
                widths[k] = width
        return TableColumns(self._made(widths, levels))

    def _made(self, widths: Sequence[Sp], levels: Sequence[Sequence[Sp]]) -> list[Column]:
        em, padding = self.em, self.block.padding
        made: list[Column] = []
        for k, width in enumerate(widths):
            tail = max(self.tails[k], default=0)
            align = self.aligns[k]
            if align is Align.JUSTIFY:  # alignment not stated, and no numbers
                align = _usual(self.natural[k], width, em)
            inset = max(0, width - self.bodies[k]) // 2 if align is None else 0
            cramped = k + 1 if levels and width < levels[Need.WORDS][k] else 0
            made.append(Column(width + 2 * padding, align, inset, tail, cramped))
        return made


def _cells(block: TableBlock) -> Iterator[tuple[Cell, bool]]:
    """The cells of a table, and whether they are heads."""
    for rows, head in ((block.header, True), (block.rows, False)):
        for row in rows:
            for cell in row:
                yield cell, head


def lacking_room(
    cell: Cell, column: Column, block: TableBlock, setting: Setting, *, head: bool
) -> Sp:
    """How much room a word of a cell lacks that should be kept whole, 0 where none does."""
    if not column.cramped or cell.colspan > 1:
        return 0
    wanted = needs(cell.text, setting, head=head)
    width = column.width - 2 * block.padding
    return wanted[Need.WORDS] - width if wanted[Need.WORDS] > width >= wanted[Need.PIECES] else 0


def fitted(block: TableBlock, measure: Sp, lines: CellLines) -> tuple[TableBlock, TableColumns]:
    """``block`` in the text size at which it fits ``measure``, and its columns.

    To keep codes whole the text is reduced slightly, otherwise they break; words and names are
    broken only where even the smallest size that the theme allows is too large.
    """
    if block.settled:
        widths = [width.length for width in block.widths if width is not None]
        pairs = zip(widths, block.aligns, strict=True)
        return block, TableColumns([Column(width, align) for width, align in pairs])
    measured = _Measured(block, measure, lines)
    size = _size(measured)
    if size != block.style.char.size:
        block = scaled(block, size)
        measured = _Measured(block, measure, lines)
    return block, measured.columns()


def _size(measured: _Measured) -> Sp:
    """The largest size at which the highest attainable level of need is met."""
    em = measured.em
    if measured.holds(None, em):
        return em
    sizes: list[Sp] = [
        em,
        *range((em - 1) // _STEP * _STEP, max(measured.block.least_size, _STEP) - 1, -_STEP),
    ]
    part, whole = _SLIGHTLY
    for need in reversed(Need):
        for size in sizes:
            if need is Need.CODES and size * whole < em * part:
                break
            if measured.holds(need, size):
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


def _align(stated: Align | None, cells: Sequence[Cell]) -> Align | None:
    """A column's alignment: None for numbers below their ones, in the middle of the column as its
    head is, whether it is stated that they stand at the right or in the middle or not at all; as
    stated; LEFT where a cell is set in; JUSTIFY if none applies."""
    numeric = all(_NUMERIC.fullmatch(cell_number(cell.text).strip()) for cell in cells)
    if cells and numeric and stated is not Align.LEFT:
        return None
    set_in = any(cell.text.text.startswith("\u3000") for cell in cells)
    return stated or (Align.LEFT if set_in else Align.JUSTIFY)
