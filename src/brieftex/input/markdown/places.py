"""Where the content of a leaf block stood in the text that was parsed.

Each function runs right after markdown-it's rule, while the state still has the marks of the
enclosing quotations and lists, and puts an OffsetMap into the meta of every inline token.
"""

from __future__ import annotations

from markdown_it.common.utils import MD_TRIM_CHARS
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from brieftex.diagnostics import OffsetBuilder, OffsetMap
from brieftex.patterns import late

BLANKS_OF_CELLS = MD_TRIM_CHARS.replace("\u3000", "")
"""What the text in a cell is freed of at its beginning: U+3000 sets it in (　　其中：税收)."""


_ITEM = late(r"([-*+]|\d{1,9}[.)])([ \t]+)")
NO_CODE = 3  # spaces
_BEHIND_MARK = 4  # spaces; with more of them its text is code


def number_places(state: StateBlock, tokens: list[Token], line: int) -> None:
    """Where the numbers of a list's items are written, each with its mark."""
    for token in tokens:
        if token.type == "list_item_open" and token.level == tokens[0].level + 1 and token.map:
            first = token.map[0]
            token.meta["pos"] = state.bMarks[first] + state.tShift[first]
            token.meta["end"] = token.meta["pos"] + len(token.info) + 1


def settle_columns(state: StateBlock, lines: frozenset[int]) -> None:
    """Move ``lines``, and items within lists, so far to the left that they are no code where they
    stand: in the item above them where they are as far in as its text, else in none."""
    around: list[int] = []  # where the texts of the items begin that a line may be part of
    for line in range(state.lineMax):
        indent, empty = state.sCount[line], state.isEmpty(line)
        item = _ITEM.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])
        moved = line in lines or (item is not None and bool(around))
        while around and (around[-1] > indent if moved else indent == 0 and not empty):
            around.pop()
        if moved:
            column = max((column for column in around if column <= indent), default=0)
            state.sCount[line] = indent = min(indent, column + NO_CODE)
        if item:
            blanks = len(item[2])
            around.append(indent + len(item[1]) + (blanks if blanks <= _BEHIND_MARK else 1))


def paragraph_map(state: StateBlock, tokens: list[Token], start_line: int) -> None:
    """Map a paragraph line by line: what stands before each line's content is skipped."""
    places = OffsetBuilder()
    raw: list[str] = []
    for line in range(start_line, state.line):
        piece = state.getLines(line, line + 1, state.blkIndent, False)
        # A piece is the rest of its line; a tab cut in half leaves spaces before it.
        places.add(len(piece) + 1, state.eMarks[line] - len(piece))
        raw.append(piece)
    text = "\n".join(raw)
    trimmed = len(text) - len(text.lstrip(MD_TRIM_CHARS))
    tokens[1].meta["map"] = places.map().without(trimmed)


def heading_map(state: StateBlock, tokens: list[Token], start_line: int) -> None:
    """Map a heading: its content begins after the hashes and the space behind them."""
    at = state.bMarks[start_line] + state.tShift[start_line] + len(tokens[0].markup)
    while at < state.eMarks[start_line] and state.src[at] in MD_TRIM_CHARS:
        at += 1
    tokens[1].meta["map"] = OffsetMap.at(at)


def table_maps(state: StateBlock, tokens: list[Token], start_line: int) -> None:
    """Map the cells of a table; a row's token gets the extra cells GFM would drop silently."""
    cells: list[tuple[int, ...]] = []
    column = begin = 0
    for token in tokens:
        if token.type == "tr_open" and token.map:
            line = token.map[0]
            begin, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
            cells = _cells(state.src, begin, end)
            column = 0
            token.meta.update(pos=begin, end=end, cells=len(cells))
        elif token.type == "inline":
            places = cells[column] if column < len(cells) else ()
            token.meta["map"] = OffsetMap.of(places) if places else OffsetMap.at(begin)
            if places and state.src[places[0]] == "\u3000":
                token.content = "".join(state.src[at] for at in places)
            column += 1


def _cells(text: str, begin: int, end: int) -> list[tuple[int, ...]]:
    """The offsets of each cell's characters in the row ``text[begin:end]``.

    A backslash before a pipe is dropped, as GFM prescribes; the ends of cells are trimmed, but for
    what sets them in.
    """
    while begin < end and text[begin] in MD_TRIM_CHARS:
        begin += 1
    while begin < end and text[end - 1] in MD_TRIM_CHARS:
        end -= 1
    cells: list[list[int]] = [[]]
    for at in range(begin, end):
        if text[at] != "|":
            cells[-1].append(at)
        elif at > begin and text[at - 1] == "\\":
            cells[-1][-1:] = [at]
        else:
            cells.append([])
    if not cells[0]:
        del cells[0]
    if cells and not cells[-1]:
        del cells[-1]
    return [_trimmed(text, cell) for cell in cells]


def _trimmed(text: str, places: list[int]) -> tuple[int, ...]:
    first, last = 0, len(places)
    while first < last and text[places[last - 1]] in MD_TRIM_CHARS:
        last -= 1
    while first < last and text[places[first]] in BLANKS_OF_CELLS:
        first += 1
    return tuple(places[first:last])
