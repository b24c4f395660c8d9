"""Tables that are no Markdown: between bars without a rule, drawn with signs (+---+, ┌──┬──┐),
parted by tabs as a spreadsheet has them, or by spaces.

A rule in markdown-it's sense. The first row is the head.
"""

from __future__ import annotations

from markdown_it.rules_block import StateBlock
from msgspec import Struct

from brieftex.diagnostics import OffsetMap
from brieftex.input.markdown.places import BLANKS_OF_CELLS
from brieftex.input.markdown.sheet import cell_text, sheet_cells
from brieftex.input.markdown.spaced import cells_of
from brieftex.input.markdown.typed_line import TABBED
from brieftex.patterns import late

_LEAST_ROWS = 2
_BAR = "|│┃║"
_BARRED = late(rf"[{_BAR}][^{_BAR}]+[{_BAR}](?:[^{_BAR}]*[{_BAR}])+")
_BETWEEN = late(rf"([^{_BAR}]*)[{_BAR}]")
_DRAWN = late(
    r"\+(?:[-=]+\+)+|\|[-=]+(?:\+[-=]+)+\||[┌├└┏┣┗╔╠╚╭╰┝┠╞╟][─━═┬┼┴┳╋┻╦╬╩┯┿┷┰╂┸╤╪╧╥╫╨]+"
    r"[┐┤┘┓┫┛╗╣╝╮╯┥┨╡╢]"
)
# A quotation or a heading whose text has a tab in it.
_BLOCK = late(">|#{1,6} ")


class _Row(Struct, frozen=True):
    """A row: where it begins and ends, its cells, and how many lines it takes. Rows of a
    spreadsheet (``tabbed``) may have fewer cells than others."""

    begin: int
    end: int
    cells: list[tuple[int, int]]
    lines: int = 1
    tabbed: bool = False


def loose_table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Two rows or more that no rule of Markdown makes a table."""
    rows: list[_Row] = []
    line = start_line
    while line < end_line and (line == start_line or state.sCount[line] >= state.blkIndent):
        within = bool(rows) and rows[0].tabbed
        if _is_blank(state, line) if within else _is_drawn(state, line):
            line += 1
            continue
        row = _row(state, line, end_line, within)
        if row is None or (rows and not _is_alike(row, rows[0])):
            break
        rows.append(row)
        line += row.lines
    if len(rows) < _LEAST_ROWS:
        return False
    if silent:
        return True
    opening = state.push("table_open", "table", 1)
    opening.meta.update(pos=rows[0].begin, end=rows[-1].end, loose=True)
    columns = max(len(row.cells) for row in rows)
    for number, row in enumerate(rows):
        token = state.push("tr_open", "tr", 1)
        token.meta.update(pos=row.begin, end=row.end, cells=len(row.cells))
        kind = "td" if number else "th"
        for start, stop in (*row.cells, *[(row.end, row.end)] * (columns - len(row.cells))):
            state.push(f"{kind}_open", kind, 1)
            inline = state.push("inline", "", 0)
            inline.children = []
            if row.tabbed:
                inline.content, inline.meta["map"] = cell_text(state.src, start, stop)
            else:
                inline.content, inline.meta["map"] = state.src[start:stop], OffsetMap.at(start)
            state.push(f"{kind}_close", kind, -1)
        state.push("tr_close", "tr", -1)
    state.push("table_close", "table", -1)
    state.line = line
    return True


def _is_alike(row: _Row, first: _Row) -> bool:
    if row.tabbed or first.tabbed:
        return row.tabbed and first.tabbed
    return len(row.cells) == len(first.cells)


def _is_blank(state: StateBlock, line: int) -> bool:
    """Whether a line is a row of a spreadsheet with nothing in it."""
    return "\t" in state.src[state.bMarks[line] : state.eMarks[line]] and state.isEmpty(line)


def _is_drawn(state: StateBlock, line: int) -> bool:
    """Whether a line has nothing but the edges of cells."""
    begin, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    return _DRAWN.fullmatch(state.src[begin:end].rstrip()) is not None


def _row(state: StateBlock, line: int, end_line: int, within: bool) -> _Row | None:
    """The row that begins with a line, if one does. ``within`` a table of a spreadsheet all but
    one of its cells may be empty."""
    begin, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    text = state.src[begin:end]
    # An empty first cell is a tab; within a list blanks are its indent.
    first = begin if state.blkIndent else state.bMarks[line]
    tabbed = "\t" in (state.src[first:end] if within else text.strip()) or text.startswith('"')
    if tabbed and not TABBED.match(text) and not _BLOCK.match(text):
        cells = sheet_cells(state.src, first, end if state.level else state.eMarks[end_line - 1])
        if len(cells) > 1:
            end = cells[-1][1]
            lines = state.src.count("\n", first, end) + 1
            return _Row(first, end, cells, lines, tabbed=True)
    if line in state.env.get("rows", ()):
        parts = cells_of(text)
    elif _BARRED.fullmatch(text.rstrip()) and "\\|" not in text:
        parts = [match.span(1) for match in _BETWEEN.finditer(text.rstrip()) if match.start()]
    else:
        return None
    cells = []
    for a, b in parts:
        inner = text[a:b]
        lead = len(inner) - len(inner.lstrip(BLANKS_OF_CELLS))
        cells.append((begin + a + lead, begin + a + max(len(inner.rstrip()), lead)))
    return _Row(begin, end, cells) if len(cells) > 1 else None
