"""Tables of a document become tables of an issue."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from brieftex.diagnostics import Span
from brieftex.diagnostics.messages import incoming as messages
from brieftex.model.content import Inline, Table
from brieftex.word.facts import Look, Para, RunKind, TableFacts
from brieftex.word.inlines import Account, common_look, inline_of

_NOWHERE = Span(0, 0)


def table_of(account: Account, table: TableFacts, caption: Inline | None, used: set[str]) -> Table:
    """A table without spans, which repeats what stood over several cells; ``used`` gains the
    notes that it calls."""
    grid: list[list[Inline]] = [[Inline("")] * table.columns for _ in table.rows]
    repeated = 0
    # A row of heads is bold or in another face as a whole.
    bases = [
        common_look(p for row in rows for _, cell in row for p in cell.blocks)
        for rows in (table.rows[:1], table.rows[1:] or table.rows)
    ]
    for i, row in enumerate(table.rows):
        for column, cell in row:
            inline = _cell(account, cell.blocks, bases[bool(i)], used)
            for down in range(min(cell.down, len(table.rows) - i)):
                for across in range(min(cell.across, table.columns - column)):
                    grid[i + down][column + across] = inline
                    if down or across:
                        account.added.append(inline.text)
                        repeated += bool(inline.text)
    if repeated:
        account.findings.append(messages.SPANS_REPEATED.at(
            account.span(table.number), "", count=repeated
        ))  # fmt: skip
    rows = [tuple(row) for row in grid]
    header: tuple[Inline, ...] = ()
    if len(rows) > 1 and all(cell.text for cell in rows[0]):
        header, rows = rows[0], rows[1:]
    return Table(header, tuple(rows), (None,) * table.columns, caption, _NOWHERE)


def _cell(account: Account, blocks: Sequence[Para], base: Look, used: set[str]) -> Inline:
    texts = []
    for paragraph in blocks:
        if any(piece.kind is RunKind.PICTURE for piece in paragraph.pieces):
            account.findings.append(messages.ROLE_GUESSED.at(
                account.span(paragraph.number), "", role="表格", role_en="a table",
                other="插图", other_en="a figure", signs="格里有图，没有收进",
            ))  # fmt: skip
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
