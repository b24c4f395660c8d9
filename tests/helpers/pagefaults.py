"""Faults of finished pages, found on the pages and in the document's structure alone: nothing
here knows what the page breaker looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from brieftex.document.blocks import BreakBlock, Document, MastheadBlock, StructureNode
from brieftex.document.paragraphs import TextBlock
from brieftex.layout.blocks.box import baseline
from brieftex.layout.dump import line_text
from brieftex.layout.page import Page, Placed, PlacedFrame, PlacedLine, PlacedPicture
from brieftex.units import Sp

_BLOCKS = {
    "P",
    "LBody",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "TD",
    "TH",
    "Caption",
    "TOCI",
    "Figure",
}
_HEADINGS = {"H1", "H2", "H3", "H4", "H5", "H6"}
_SHARE = 5


@dataclass(frozen=True)
class Row:
    """What stands at one height of a page: its top and foot, the block it belongs to (of a
    table also the row, else the block again), the structure roles around it, its words."""

    top: Sp
    foot: Sp
    block: int
    line: int
    roles: tuple[str, ...]
    words: str
    size: Sp
    y: Sp | None

    @property
    def role(self) -> str:
        """The block's role."""
        return self.roles[0]


@dataclass(frozen=True)
class Sheet:
    """A page's body from the top, and where its notes begin (or the type area ends)."""

    number: int
    rows: tuple[Row, ...]
    foot: Sp


def sheets(pages: Sequence[Page], document: Document) -> list[Sheet]:
    """The pages as rows of text, without furniture, notes and colophon."""
    return [_sheet(page, document) for page in pages]


def _roles(nodes: Sequence[StructureNode], node: int) -> tuple[int, int, tuple[str, ...]]:
    """The block that a node belongs to, its table row, and the roles from it upwards."""
    while nodes[node].role not in _BLOCKS and nodes[node].parent > 0:
        node = nodes[node].parent
    block, line, roles = node, node, []
    while node > 0:
        roles.append(nodes[node].role)
        line = node if nodes[node].role == "TR" else line
        node = nodes[node].parent
    return block, line, tuple(roles)


def _sheet(page: Page, document: Document) -> Sheet:
    area = document.page.type_area
    rows, foot = [], area.y + area.height
    for item in page.items:
        row = _row(item, document)
        if row is None:
            continue
        if "Note" in row.roles:
            foot = min(foot, row.top)
        else:
            rows.append(row)
    last = _colophon(document)
    kept = sorted((row for row in rows if row.block < last), key=lambda row: row.top)
    foot = min([foot, *(row.top for row in rows if row.block >= last)])
    return Sheet(page.number, tuple(kept), foot)


def _nodes_of(block: object) -> set[int]:
    """The nodes of structure of a block's texts."""
    parts = getattr(block, "blocks", None) or getattr(block, "parts", None) or (block,)
    texts = [
        getattr(part, name, None) for part in parts for name in ("text", "left", "right", "label")
    ]
    return {run.node for text in texts if text is not None for run in text.runs}


def _colophon(document: Document) -> int:
    """The first node of the colophon: it stands last in the document."""
    foot = document.foot
    return len(document.nodes) if foot is None else min(_nodes_of(foot))


def _row(item: Placed, document: Document) -> Row | None:
    nodes = document.nodes
    if isinstance(item, PlacedLine):
        if item.artifact is not None or not item.line.runs:
            return None
        block, line, roles = _roles(nodes, item.line.runs[0].node)
        size = max(run.size for run in item.line.runs)
        top = item.y - size
        return Row(top, item.y + size // 4, block, line, roles, line_text(item.line), size, item.y)
    if not isinstance(item, PlacedPicture | PlacedFrame):  # rules, the inside of charts
        return None
    block, line, roles = _roles(nodes, item.node)
    rect = item.rect
    return Row(rect.y, rect.y + rect.height, block, line, roles, "", 0, None)


def faults(pages: Sequence[Page], document: Document) -> Counter[str]:
    """How many widows, orphans, headings at the foot, lines off the grid and pages more than
    a fifth empty without cause there are, with the pages they are on as keys' ends."""
    body = sheets(pages, document)
    found: Counter[str] = Counter()
    for fault in (
        *_lone(body),
        *_headings(body),
        *_off_grid(body, document),
        *_empty(body, document),
    ):
        found[fault] += 1
    return found


def _lone(body: Sequence[Sheet]) -> Iterator[str]:
    """Widows and orphans: the parts of every paragraph on its pages."""
    parts: dict[int, list[int]] = {}
    for sheet in body:
        lines = {(row.block, row.y) for row in sheet.rows if row.role in {"P", "LBody"}}
        for block, many in Counter(block for block, _ in lines).items():
            parts.setdefault(block, []).extend([sheet.number, many])
    for found in parts.values():
        numbers, counts = found[::2], found[1::2]
        if len(counts) > 1:
            if counts[0] == 1:
                yield f"orphan on {numbers[0]}"
            if counts[-1] == 1:
                yield f"widow on {numbers[-1]}"


def _headings(body: Sequence[Sheet]) -> Iterator[str]:
    for sheet in body[:-1]:
        if sheet.rows and (sheet.rows[-1].role in _HEADINGS or _table_caption(sheet.rows[-1])):
            yield f"heading at the foot of {sheet.number}"


def _table_caption(row: Row) -> bool:
    return row.role == "Caption" and "Table" in row.roles


def _off_grid(body: Sequence[Sheet], document: Document) -> Iterator[str]:
    """Lines of body text between two lines of the grid, which facing pages share."""
    page = document.page
    em = page.type_area.width // round(page.type_area.width / _body_size(document))
    base = page.type_area.y - page.overhang + baseline(page.leading, em)
    first = document.blocks[0]
    masthead = _nodes_of(first) if isinstance(first, MastheadBlock) else set()
    # A masthead at exact places pushes the first page off the grid.
    exact = isinstance(first, MastheadBlock) and first.name_top is not None
    for sheet in body[exact:]:
        for row in sheet.rows:
            if row.block in masthead:
                continue
            # Sources and the like are smaller; what is in a table keeps to its rows.
            body = row.role in {"P", "LBody"} and row.size == em
            if body and row.y is not None and (row.y - base) % page.leading:
                yield f"off the grid on {sheet.number}: {row.words}"


def _body_size(document: Document) -> Sp:
    sizes = Counter(
        run.style.size
        for block in document.blocks
        if isinstance(block, TextBlock)
        for run in block.text.runs
        for _ in range(len(block.text.text))
    )
    return sizes.most_common(1)[0][0]


def _empty(body: Sequence[Sheet], document: Document) -> Iterator[str]:
    """Pages more than a fifth empty on which what begins the next page had room."""
    area = document.page.type_area
    asked = _after_breaks(document)
    for sheet, following in pairwise(body):
        if not sheet.rows or not following.rows or following.rows[0].block in asked:
            continue
        used = max(row.foot for row in sheet.rows)
        room = sheet.foot - used
        if room * _SHARE <= area.height:
            continue
        first, moved = _chunk(following.rows)
        if first <= room or moved:
            yield f"page {sheet.number} is {100 * room // area.height} % empty"


def _after_breaks(document: Document) -> set[int]:
    """The blocks of structure before which a new page is asked for."""
    found = set()
    for before, block in pairwise(document.blocks):
        if isinstance(before, BreakBlock) and isinstance(block, TextBlock):
            found.add(_roles(document.nodes, block.text.runs[0].node)[0])
    return found


def _chunk(rows: Sequence[Row]) -> tuple[Sp, bool]:
    """The height of what begins a page and cannot be parted: headings with two lines of what
    follows, a figure with its caption, a table's caption, head and two rows. And whether it
    is a figure with text after it, which could have come before it."""
    top, k = rows[0].top, 0
    while k < len(rows) - 1 and (rows[k].role in _HEADINGS or _table_caption(rows[k])):
        k += 1
    if "Figure" in rows[k].roles:
        end = k
        while end + 1 < len(rows) and "Figure" in rows[end + 1].roles:
            end += 1
        after = rows[end + 1] if end + 1 < len(rows) else None
        return rows[end].foot - top, k == 0 and after is not None and after.role == "P"
    if "Table" in rows[k].roles:
        whole = [list(group) for _, group in groupby(rows[k:], key=lambda row: row.line)]
        heads = rows[k].role == "TH"
        return max(row.foot for line in whole[: 2 + heads] for row in line) - top, False
    lines = [list(group) for _, group in groupby(rows[k:], key=lambda row: row.top)]
    return max(row.foot for line in lines[:2] for row in line) - top, False
