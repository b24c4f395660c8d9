"""Which lines of an issue carry a sign, and the pages of a copy with these lines moved.

Every second line of body text is moved up or down by a quarter of a point; those between, and
everything that is no body text, stay and are what it is measured by (J. T. Brassil, S. Low,
N. F. Maxemchuk and L. O'Gorman, Electronic marking and identification techniques to discourage
document copying, IEEE JSAC 13, 1995). Tables, notes, contents, headings, captions and figures are
never moved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from brieftex.document.blocks import Document
from brieftex.document.paragraphs import TextBlock
from brieftex.layout.blocks.box import moved
from brieftex.layout.page import Link, Page, Placed, PlacedLine
from brieftex.units import Sp, pt

SHIFT = pt("0.25")
"""How far a line is moved: 0.09 mm, half a pixel at 150 dpi."""

LEAST_EMS = 6
"""What is shorter is neither moved nor measured by."""

_FAR = 5, 2  # what stands farther off than so many leadings is no neighbour
_BODY = frozenset((
    "BlockQuote", "Document", "L", "LBody", "LI", "Lbl", "Link", "P", "RB", "RT", "Reference",
    "Ruby", "Sect", "Span",
))  # fmt: skip
"""The structure elements, ISO 32000-1, 14.8.4, that body text stands in."""


class TextRow(Struct, frozen=True):
    """The lines of a page on one baseline, as indices of ``Page.items``; ``sign`` is which sign of
    the word it carries, -1 for a row that stays."""

    y: Sp
    items: tuple[int, ...]
    sign: int = -1


def rows_of(pages: Sequence[Page], document: Document) -> tuple[tuple[TextRow, ...], ...]:
    """The rows of text of each page from its top, with the signs in the order of reading."""
    body = _Body(document)
    size = body.size(pages)
    count = 0
    made = []
    for page in pages:
        rows = _rows(page, body)
        found: list[TextRow] = []
        for index, row in enumerate(rows):
            above = found[-1] if found else None
            below = rows[index + 1] if index + 1 < len(rows) else None
            if (
                above is not None
                and below is not None
                and above.sign < 0
                and _moves(page, row, body, size)
                and _measures(page, above, row.y, document)
                and _measures(page, below, row.y, document)
            ):
                row = replace(row, sign=count)
                count += 1
            found.append(row)
        made.append(tuple(found))
    return tuple(made)


def signs_in(rows: Sequence[Sequence[TextRow]]) -> int:
    """How many signs an issue carries."""
    return sum(row.sign >= 0 for page in rows for row in page)


def shifted(
    pages: Sequence[Page], rows: Sequence[Sequence[TextRow]], word: Sequence[int]
) -> tuple[Page, ...]:
    """The pages with the rows moved as the signs of ``word`` say: 1 is down."""
    return tuple(
        _shifted(page, own, word) if any(row.sign >= 0 for row in own) else page
        for page, own in zip(pages, rows, strict=True)
    )


def _shifted(page: Page, rows: Sequence[TextRow], word: Sequence[int]) -> Page:
    items = list(page.items)
    links = list(page.links)
    for row in rows:
        if row.sign >= 0:
            by = word[row.sign] * SHIFT
            for index in row.items:
                links = [_with(link, items[index], by) for link in links]
                items[index] = moved(items[index], 0, by)
    return replace(page, items=tuple(items), links=tuple(links))


def _with(link: Link, item: Placed, by: Sp) -> Link:
    """A link moved along with its line."""
    assert isinstance(item, PlacedLine)
    if not any(node == link.node and href == link.href for _, _, href, node in item.line.links):
        return link
    if not link.rect.y < item.y < link.rect.y + link.rect.height:
        return link
    return replace(link, rect=replace(link.rect, y=link.rect.y + by))


def _rows(page: Page, body: _Body) -> list[TextRow]:
    """The rows of the running text: a masthead, which copies differ in, cells and notes are none
    of it."""
    heights: dict[Sp, list[int]] = {}
    for index, item in enumerate(page.items):
        if isinstance(item, PlacedLine) and item.turn is None and item.line.runs:
            heights.setdefault(item.y, []).append(index)
    rows = [TextRow(y, tuple(items)) for y, items in sorted(heights.items())]
    return [row for row in rows if any(map(body.is_running, _lines(page, row)))]


def _lines(page: Page, row: TextRow) -> Iterator[PlacedLine]:
    for index in row.items:
        item = page.items[index]
        assert isinstance(item, PlacedLine)
        yield item


class _Body:
    """Tells lines of body text from others."""

    def __init__(self, document: Document) -> None:
        self._nodes = document.nodes
        self._texts = {b.text.text for b in document.blocks if isinstance(b, TextBlock)}

    def size(self, pages: Sequence[Page]) -> Sp:
        """The size of most body text."""
        sizes: Counter[Sp] = Counter()
        for page in pages:
            for item in page.items:
                if isinstance(item, PlacedLine) and self.has(item):
                    for run in item.line.runs:
                        sizes[run.size] += len(run.glyphs)
        return max(sizes, key=lambda size: sizes[size], default=0)

    def has(self, item: PlacedLine) -> bool:
        """Whether a line is text of a paragraph of the body."""
        return self.is_running(item) and self.may_hold(item)

    def is_running(self, item: PlacedLine) -> bool:
        """Whether a line is running text: of the body, a heading, sources."""
        return item.artifact is None and item.line.text.text in self._texts

    def may_hold(self, item: PlacedLine) -> bool:
        """Whether a line, the label of a list among them, is tagged as body text."""
        node = -1 if item.artifact else item.line.runs[0].node
        if node < 0:
            return False
        while node >= 0:
            if self._nodes[node].role not in _BODY:
                return False
            node = self._nodes[node].parent
        return True


def _moves(page: Page, row: TextRow, body: _Body, size: Sp) -> bool:
    """Whether a row may be moved: body text of the usual size, and nothing else."""
    lines = list(_lines(page, row))
    sizes = [run.size for line in lines for run in line.line.runs]
    return (
        all(map(body.may_hold, lines))
        and any(body.has(line) and line.line.width >= LEAST_EMS * size for line in lines)
        and size * 9 // 10 <= max(sizes) <= size * 11 // 10
    )


def _measures(page: Page, row: TextRow, y: Sp, document: Document) -> bool:
    """Whether the row at ``y`` can be measured by this one."""
    part, whole = _FAR
    if abs(row.y - y) * whole > part * document.page.leading:
        return False
    return any(line.line.width >= LEAST_EMS * line.line.runs[0].size for line in _lines(page, row))
