"""Tables of a document become tables of an issue."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from brieftex.diagnostics import Span
from brieftex.diagnostics.messages import incoming as messages
from brieftex.model.content import Inline, Table
from brieftex.model.merging import Merge, PlacedCell, TablePlace, merge_cells
from brieftex.word.facts import Look, Para, RunKind, TableFacts
from brieftex.word.inlines import Account, common_look, inline_of

_NOWHERE = Span(0, 0)


def table_of(account: Account, table: TableFacts, caption: Inline | None) -> Table:
    """A table with its merged cells."""
    # Rows of heads are bold or in another face as a whole.
    first = max(table.heads, 1)
    bases = [
        common_look(p for row in rows for _, cell in row for p in cell.blocks)
        for rows in (table.rows[:first], table.rows[first:] or table.rows)
    ]
    places: list[list[TablePlace | None]] = [[None] * table.columns for _ in table.rows]
    for i, row in enumerate(table.rows):
        for column, cell in row:
            if places[i][column] is not None:
                continue
            across = _free(places[i], column, min(cell.across, table.columns - column))
            for down in range(min(cell.down, len(table.rows) - i)):
                line = places[i + down]
                if any(line[column : column + across]):
                    break
                line[column : column + across] = [Merge.ABOVE, *[Merge.LEFT] * (across - 1)]
            places[i][column] = PlacedCell(_cell(account, cell.blocks, bases[i >= first]))
    empty = PlacedCell(Inline(""))
    rows = [[place or empty for place in row] for row in places]
    # A row that cells above cover as a whole cannot be written, and shows nothing.
    rows = [row for row in rows if any(isinstance(place, PlacedCell) for place in row)]
    heads = max(table.heads, 1) if len(rows) > 1 and _is_head(rows[0]) else 0
    made = merge_cells(rows, heads)
    heads = made.heads if made.heads < len(made.rows) else 0
    aligns = (None,) * table.columns
    return Table(made.rows[:heads], made.rows[heads:], aligns, caption, _NOWHERE)


def _free(row: Sequence[TablePlace | None], column: int, wanted: int) -> int:
    """How many places from ``column`` on are free, up to those wanted, at least one."""
    free = 1
    while free < wanted and row[column + free] is None:
        free += 1
    return free


def _is_head(row: Sequence[TablePlace]) -> bool:
    """Whether each cell of a first row has words: then it is taken for the head."""
    return all(place.inline.text for place in row if isinstance(place, PlacedCell))


def calls_of(table: Table) -> list[str]:
    """The labels of the notes that a table calls, in order."""
    return [call.label for row in table.lines for cell in row for call in cell.inline.calls]


def _cell(account: Account, blocks: Sequence[Para], base: Look) -> Inline:
    texts = []
    for paragraph in blocks:
        if any(piece.kind is RunKind.PICTURE for piece in paragraph.pieces):
            account.findings.append(messages.PICTURE_IN_CELL.at(account.span(paragraph.number), ""))
        inline = inline_of(account, paragraph, base)
        if inline.text or inline.calls:
            texts.append(inline)
    if len(texts) == 1 and "\n" not in texts[0].text:
        return texts[0]
    text, calls = "", []
    for k, inline in enumerate(texts):
        text += "\n" * (k > 0)
        calls += [replace(call, at=call.at + len(text)) for call in inline.calls]
        text += inline.text
    return Inline(text, calls=tuple(calls))
