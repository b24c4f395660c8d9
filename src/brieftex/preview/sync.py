"""From a place on a page to the place in the file, and back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from brieftex.diagnostics import OffsetMap, Span
from brieftex.layout.blocks.box import ASCENT
from brieftex.layout.page import Line, Page, PlacedLine
from brieftex.units import Rect, Sp


class SourceMark(Struct, frozen=True):
    """What stands for a stretch of the file: areas of one page."""

    page: int
    areas: tuple[Rect, ...]


def source_at(page: Page, x: Sp, y: Sp) -> tuple[Span, SourceMark] | None:
    """The character nearest to a point of ``page``: its span in the file, and its line there.

    None on a page without text.
    """
    found = min(
        _lines(page),
        key=lambda item: _distance(_area(item, 0, item.line.width), x, y),
        default=None,
    )
    if found is None:
        return None
    along = found.y - y if _lies(found) else x - found.x
    start, end = _character(found.line, along)
    return found.line.text.origin.span(start, end), SourceMark(
        page.number, (_area(found, 0, found.line.width),)
    )


def mark_of(pages: Sequence[Page], span: Span) -> SourceMark | None:
    """Where the characters of ``span`` stand; if they were not set, the line nearest to them.

    A title stands in the contents, too; its own place counts. None without any text.
    """
    ranked = [
        ((_away(item.line, span), _leads(item.line), page.number), item)
        for page in pages
        for item in _lines(page)
    ]
    if not ranked:
        return None
    best = min(rank for rank, _ in ranked)
    areas = [
        _area(item, *((0, item.line.width) if best[0] else _extent(item.line, span)))
        for rank, item in ranked
        if rank == best
    ]
    return SourceMark(best[2], tuple(areas))


def carried(offset: int, before: str, after: str) -> int:
    """An offset of ``before`` in ``after``, a text that is the same but for one stretch."""
    head = _shared(before, after)
    if offset <= head:
        return offset
    most = min(len(before), len(after)) - head
    ends = (text[len(text) - most :][::-1] for text in (before, after))
    tail = _shared(*ends)
    if len(before) - offset <= tail:
        return len(after) - (len(before) - offset)
    return min(offset, len(after) - tail)


def _shared(a: str, b: str) -> int:
    """How many characters two texts begin with alike."""
    least, most = 0, min(len(a), len(b))
    while least < most:
        middle = (least + most + 1) // 2
        if a[least:middle] == b[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def _lines(page: Page) -> Iterator[PlacedLine]:
    """The lines whose text is the editor's."""
    nowhere = OffsetMap()
    for item in page.items:
        if isinstance(item, PlacedLine) and item.line.runs and item.line.text.origin != nowhere:
            yield item


def _leads(line: Line) -> bool:
    """Whether the line leads to its text elsewhere, as those of the contents do; the call of a
    note is a small part of its line."""
    reach = sum(end - start for start, end, href, _ in line.links if href.startswith("#"))
    return 2 * reach > line.width


def _span(line: Line) -> tuple[int, int]:
    """The first and the last character of the file that the line stands for, roughly: what
    Markdown moves about stays within its paragraph."""
    first, last = (
        line.text.origin.source(line.start),
        line.text.origin.source(max(line.end - 1, line.start)),
    )
    return min(first, last), max(first, last)


def _away(line: Line, span: Span) -> int:
    """How many characters lie between a line and a span, 0 where they meet."""
    first, last = _span(line)
    end = max(span.end - 1, span.start)
    return max(first - end, span.start - last, 0)


def _area(item: PlacedLine, start: Sp, end: Sp) -> Rect:
    size = max(run.size for run in item.line.runs)
    above = size * ASCENT // 1000
    if _lies(item):
        return Rect(item.x - above, item.y - end, size, end - start)
    return Rect(item.x + start, item.y - above, end - start, size)


def _lies(item: PlacedLine) -> bool:
    """Whether a line is read upwards, across its page."""
    return item.turn is not None and item.turn[0] == 0 and item.turn[1] < 0


def _distance(area: Rect, x: Sp, y: Sp) -> tuple[Sp, Sp]:
    return (
        max(area.y - y, y - area.y - area.height, 0),
        max(area.x - x, x - area.x - area.width, 0),
    )


def _places(line: Line) -> list[tuple[Sp, int]]:
    """Where each glyph that stands for text begins, and its first character's offset. Spaces
    that gave way to gaps have no glyph."""
    found: list[tuple[Sp, int]] = []
    at = line.start
    for run in line.runs:
        for x, text in zip(run.xs, run.texts, strict=True):
            here = line.text.text.find(text, at, line.end) if text else -1
            if here >= 0:
                found.append((x, here))
                at = here + len(text)
    return found


def _character(line: Line, x: Sp) -> tuple[int, int]:
    """The character of the glyph at ``x``."""
    at = [at for left, at in _places(line) if left <= x]
    start = at[-1] if at else line.start
    return start, min(start + 1, line.end)


def _extent(line: Line, span: Span) -> tuple[Sp, Sp]:
    """From where to where the characters of ``span`` reach."""
    places = _places(line)
    ends = [*(x for x, _ in places[1:]), line.width]
    meant = [
        (x, end)
        for (x, at), end in zip(places, ends, strict=True)
        if span.start <= line.text.origin.source(at) < max(span.end, span.start + 1)
    ]
    return (meant[0][0], meant[-1][1]) if meant else (0, line.width)
