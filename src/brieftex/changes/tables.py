"""Two tables as one, row by row and cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from brieftex.changes.blocktexts import block_texts
from brieftex.changes.edits import Change, TextEdit
from brieftex.changes.matching import match_parts
from brieftex.changes.parts import TextPart
from brieftex.changes.texts import GonePlace
from brieftex.changes.told import ToldTexts
from brieftex.document.tables import Cell, TableBlock
from brieftex.styled.text import Text

_FORMS = {"widths": "列宽", "aligns": "对齐", "grid": "线"}


class TableMarker(ToldTexts, frozen=True):
    """Marks the cells of tables."""

    def merged(self, old: TableBlock, new: TableBlock, at: int) -> TableBlock | None:
        """The new table with the rows that are gone between its own, as if these stood at ``at``
        of the file; None for one that has to be shown as another table: its columns are others, or
        rows that cells go through."""
        if not mergeable(old, new):
            return None
        through = _through(old) or _through(new)
        wish = _Rows(at, through)
        last = self._first_sibling(new)
        head, last = self._rows((old.header, new.header), last, wish, "表头")
        rows, _ = self._rows((old.rows, new.rows), last, wish, "")
        first = next((cell.text for row in (*head, *rows) for cell in row if cell.text.runs), None)
        for what, said in _FORMS.items():
            if first is not None and getattr(old, what) != getattr(new, what):
                self.form(first, "表格", f"原来的{said}", "现在的")
        if not new.header:
            head, rows = (), (*head, *rows)
        return replace(new, header=head, rows=rows)

    def _rows(
        self,
        sides: tuple[Sequence[Sequence[Cell]], Sequence[Sequence[Cell]]],
        last: int,
        wish: _Rows,
        head: str,
    ) -> tuple[tuple[tuple[Cell, ...], ...], int]:
        """The rows of the head or of the body, behind the node ``last``; the last of theirs."""
        old, new = sides
        ways = list(_ways(old, new, in_order=wish.in_order))
        for i, j in ways:
            if i is not None and j is not None:
                self._pair_rows(old[i], new[j])
        found: list[tuple[Cell, ...]] = []
        above: Text | None = None
        for i, j in ways:
            if j is None:
                assert i is not None
                node = self._row(old[i], old=True)
                if node >= 0 and last >= 0:
                    table = self.texts.nodes.above(last, "Table")
                    self.texts.nodes.copied(node, table, last)
                if above is not None:
                    self.texts.beside(above, self.teller.begin(), end=True)
                found.append(self._gone_row(old[i], head or f"原第{i + 1}行", wish.at))
                continue
            node = self._row(new[j], old=False)
            last = node if node >= 0 else last
            above = next((cell.text for cell in new[j] if cell.text.text), above)
            was = None if i is None else old[i]
            found.append(self._kept_row(was, new[j], head or f"第{j + 1}行"))
        return tuple(found), last

    def _pair_rows(self, old: Sequence[Cell], new: Sequence[Cell]) -> None:
        one, two = self._row(old, old=True), self._row(new, old=False)
        if one >= 0 and two >= 0:
            self.texts.nodes.pair(one, two)
            self.texts.nodes.pair_children(one, two)

    def _first_sibling(self, table: TableBlock) -> int:
        """The node behind which the first row stands: the caption, or the table."""
        if table.caption is not None and table.caption.text.runs:
            return self.texts.nodes.block(table.caption.text.runs[0].node)
        texts = [text for text in block_texts(table) if text.runs]
        return self.texts.nodes.above(texts[0].runs[0].node, "Table") if texts else -1

    def _row(self, row: Sequence[Cell], *, old: bool) -> int:
        cell = next((cell for cell in row if cell.text.runs), None)
        return -1 if cell is None else self.texts.nodes.above(cell.text.runs[0].node, "TR", old=old)

    def _gone_row(self, row: Sequence[Cell], where: str, at: int) -> tuple[Cell, ...]:
        entry = self.teller.begin()
        said = "|".join(cell.text.text for cell in row)
        self.teller.tell("gone", "表格", [TextEdit(Change.GONE, said)], where)
        return tuple(
            replace(cell, text=self.texts.gone(cell.text, GonePlace(self._cell(cell), at, entry)))
            for cell in row
        )

    def _cell(self, cell: Cell) -> int:
        """The copy of the node of an old cell."""
        nodes = self.texts.nodes
        runs = cell.text.runs
        return nodes.of_old(nodes.block(runs[0].node, old=True)) if runs else 0

    def _kept_row(
        self, was: Sequence[Cell] | None, row: Sequence[Cell], where: str
    ) -> tuple[Cell, ...]:
        if was is None:
            entry = self.teller.begin()
            said = "|".join(cell.text.text for cell in row)
            self.teller.tell("added", "表格", [TextEdit(Change.ADDED, said)], where)
            return tuple(replace(c, text=self.texts.added(c.text, entry)) for c in row)
        return tuple(
            replace(
                cell, text=self.text(one.text, cell.text, "表格", f"{where}第{cell.column + 1}列")
            )
            for one, cell in zip(was, row, strict=True)
        )


def mergeable(old: TableBlock, new: TableBlock) -> bool:
    """Whether two tables can be shown as one."""
    same = [*map(_shape, old.header)] == [*map(_shape, new.header)] and [
        *map(_shape, old.rows)
    ] == [*map(_shape, new.rows)]
    through = _through(old) or _through(new)
    return len(old.aligns) == len(new.aligns) and (same or not through)


def _through(table: TableBlock) -> bool:
    """Whether cells go through several rows."""
    return any(cell.rowspan > 1 for row in (*table.header, *table.rows) for cell in row)


def _parts(rows: Sequence[Sequence[Cell]]) -> list[TextPart]:
    return [TextPart("行", "|".join(cell.text.text for cell in row), None) for row in rows]


class _Rows(Struct, frozen=True):
    """Where in the file rows that are gone stand, and whether rows are the same by their number."""

    at: int
    in_order: bool


def _shape(row: Sequence[Cell]) -> list[tuple[int, int, int]]:
    return [(cell.column, cell.colspan, cell.rowspan) for cell in row]


def _ways(
    old: Sequence[Sequence[Cell]], new: Sequence[Sequence[Cell]], *, in_order: bool
) -> Iterator[tuple[int | None, int | None]]:
    """Which row is which: rows whose cells cover other columns are not the same."""
    if in_order:
        yield from ((k, k) for k in range(len(new)))
        return
    for i, j in match_parts(_parts(old), _parts(new)):
        if i is not None and j is not None and _shape(old[i]) != _shape(new[j]):
            yield from ((i, None), (None, j))
        else:
            yield i, j
