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


def table_of(account: Account, table: TableFacts, caption: Inline | None, used: set[str]) -> Table:
    """A table with its merged cells; ``used`` gains the notes that it calls."""
    # A row of heads is bold or in another face as a whole.
    bases = [
        common_look(p for row in rows for _, cell in row for p in cell.blocks)
        for rows in (table.rows[:1], table.rows[1:] or table.rows)
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
            places[i][column] = PlacedCell(_cell(account, cell.blocks, bases[bool(i)], used))
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


def _cell(account: Account, blocks: Sequence[Para], base: Look, used: set[str]) -> Inline:
    texts = []
    for paragraph in blocks:
        if any(piece.kind is RunKind.PICTURE for piece in paragraph.pieces):
            account.findings.append(messages.PICTURE_IN_CELL.at(account.span(paragraph.number), ""))
        inline = inline_of(account, paragraph, base)
        for call in inline.calls:
            _leave_note(account, call.label, paragraph.number, used)
        if inline.text:
            texts.append(replace(inline, calls=()))
    if len(texts) == 1:
        return texts[0] if "\n" not in texts[0].text else Inline(texts[0].text)
    return Inline("\n".join(inline.text for inline in texts))


def _leave_note(account: Account, label: str, number: int, used: set[str]) -> None:
    if label in used:
        return
    used.add(label)
    reason = "表格里的脚注，程序不能排", "notes of tables, which cannot be set"
    for name, paragraphs in account.facts.notes:
        if name == label:
            account.leave("".join(p.text for p in paragraphs), reason, number)
