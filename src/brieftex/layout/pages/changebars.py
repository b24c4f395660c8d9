"""What tells changes apart on made-up pages: lines along words, and bars in the margin.

Which words and which lines is known from the structure nodes that they belong to
(``Document.changes``), so that nothing before this stage knows of changes: neither where lines end
nor how they are justified.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, takewhile

from msgspec import Struct
from msgspec.structs import replace

from brieftex.document.blocks import Decoration, Document
from brieftex.document.changes import ChangedPart
from brieftex.document.styles import Finish, Sides
from brieftex.layout.page import (
    GlyphRun,
    Line,
    Page,
    Placed,
    PlacedFrame,
    PlacedLine,
    PlacedPicture,
    PlacedRule,
)
from brieftex.layout.pages.baselines import body_baselines
from brieftex.units import Rect, Sp

_BELOW, _MIDDLE = 150, 330
"""How far a line runs below the baseline, and how far above it through Han characters, 1/1000 of
their size: a little below their middle, where it would hide 一."""

_THICKNESS = 55
"""Of these lines, 1/1000 of the size."""

_ASCENT, _DESCENT = 880, 120
"""The em box of Chinese faces above and below the baseline, 1/1000."""


_UPWARDS = 0, -1_000_000
"""The turn of lines that read upwards, on pages whose content lies across them."""


class ChangedLine(Struct, frozen=True):
    """A line or picture that holds a change, from ``top`` to ``bottom`` of a page; ``base`` is the
    baseline of a line. On a page whose content lies across it they are counted from its left."""

    part: ChangedPart
    top: Sp
    bottom: Sp
    base: Sp


def with_changes(page: Page, document: Document) -> Page:
    """The page with its changes marked; the page itself if there are none."""
    style = document.finish
    if style is None or document.changes is None:
        return page
    added = [rule for item in page.items for rule in _decorations(item, document)]
    added += _bars(page, document, style)
    return replace(page, items=(*page.items, *added)) if added else page


def changed_lines(page: Page, document: Document) -> Iterator[ChangedLine]:
    """The lines and pictures of a page that differ from the earlier draft, in reading order; one
    that holds several changes comes several times."""
    marks = document.changes
    if marks is None:
        return
    for item in page.items:
        if isinstance(item, PlacedLine) and item.artifact is None and item.line.runs:
            size = max(run.size for run in item.line.runs)
            base = item.x if page.turned else item.y
            top, bottom = base - size * _ASCENT // 1000, base + size * _DESCENT // 1000
            for part in _parts_in(item.line, document, marks.parts):
                yield ChangedLine(part, top, bottom, base)
        elif isinstance(item, PlacedPicture | PlacedFrame):
            rect = item.rect
            start, length = (rect.x, rect.width) if page.turned else (rect.y, rect.height)
            for part in marks.parts.get(item.node, ()):
                yield ChangedLine(part, start, start + length, start + length)


def change_places(pages: tuple[Page, ...], document: Document) -> dict[int, tuple[int, int, Sp]]:
    """Where each entry of the list of changes first stands: the number of its page, its line there
    as ``body_baselines`` counts, 0 where it is none of them, and its height, Sp from the top."""
    found: dict[int, tuple[int, int, Sp]] = {}
    for page in pages:
        lines: list[Sp] | None = None
        for changed in changed_lines(page, document):
            entry = changed.part.entry
            if entry < 0 or entry in found:
                continue
            if lines is None:
                lines = list(body_baselines(page, document))
            number = lines.index(changed.base) + 1 if changed.base in lines else 0
            found[entry] = (page.number, number, changed.top)
    return found


def _parts_in(
    line: Line, document: Document, parts: Mapping[int, tuple[ChangedPart, ...]]
) -> Iterator[ChangedPart]:
    seen: set[ChangedPart] = set()
    for node in dict.fromkeys(run.node for run in line.runs):
        while node >= 0 and node not in parts:
            node = document.nodes[node].parent
        for part in _near(parts.get(node, ()), line):
            if part not in seen and _holds(line, part):
                seen.add(part)
                yield part


def _near(parts: Sequence[ChangedPart], line: Line) -> Iterator[ChangedPart]:
    """Those of the parts of a node (``ChangeMarks``) that a line may hold."""
    whole = list(takewhile(lambda part: part.all, parts))
    yield from whole
    text = line.text.text
    first = bisect_left(
        parts, (text, line.start), len(whole), key=lambda part: (part.text or "", part.end)
    )
    yield from takewhile(
        lambda part: part.text == text and part.start <= line.end, islice(parts, first, None)
    )


def _holds(line: Line, part: ChangedPart) -> bool:
    if part.text is None:
        return True
    if part.text != line.text.text:
        return False
    if part.start < part.end:
        return line.start < part.end and part.start < line.end
    at_end = part.start == len(part.text) == line.end
    return line.start <= part.start < line.end or at_end


def _decorations(item: Placed, document: Document) -> Iterator[PlacedRule]:
    """The lines along the words of an item, one for neighbours that have the same."""
    if not isinstance(item, PlacedLine) or item.turn not in (None, _UPWARDS):
        return
    runs = item.line.runs
    open_: tuple[Sp, Sp, Decoration, GlyphRun] | None = None
    for k, run in enumerate(runs):
        kind = document.nodes[run.node].decoration if run.node >= 0 and run.glyphs else None
        if kind is None:
            if open_ is not None:
                yield _drawn(item, *open_)
            open_ = None
            continue
        start, end = _extent(run, runs[k + 1].xs[0] if k + 1 < len(runs) else None)
        if start == end:
            continue
        if open_ is not None and open_[2] is kind and _alike(open_[3], run):
            open_ = (open_[0], end, kind, run)
            continue
        if open_ is not None:
            yield _drawn(item, *open_)
        open_ = (start, end, kind, run)
    if open_ is not None:
        yield _drawn(item, *open_)


def _alike(one: GlyphRun, other: GlyphRun) -> bool:
    return (one.size, one.color, one.rise) == (other.size, other.color, other.rise)


def _extent(run: GlyphRun, following: Sp | None) -> tuple[Sp, Sp]:
    """The edges of a run without blanks at its ends; the right one is that of its last glyph, or
    where the next run begins before that."""
    inked = [k for k, text in enumerate(run.texts) if not text.isspace()]
    if not inked:
        return 0, 0
    first, last = inked[0], inked[-1]
    face = run.face
    wide = face.advance(run.glyphs[last]) * run.size * run.stretch // (1000 * face.upem)
    end = run.xs[last] + wide
    if following is not None:
        end = max(min(end, following), run.xs[last])
    return run.xs[first], end


def _drawn(item: PlacedLine, start: Sp, end: Sp, kind: Decoration, run: GlyphRun) -> PlacedRule:
    thick = run.size * _THICKNESS // 1000
    if kind is Decoration.UNDERLINE:
        down = run.size * _BELOW // 1000 - run.rise
    else:
        down = -run.size * _MIDDLE // 1000 - thick // 2 - run.rise
    if item.turn is not None:
        return PlacedRule(Rect(item.x + down, item.y - end, thick, end - start), run.color)
    return PlacedRule(Rect(item.x + start, item.y + down, end - start, thick), run.color)


class _Bar(Struct, frozen=True):
    """A stretch of the margin; ``moved``: nothing else happened there."""

    top: Sp
    bottom: Sp
    moved: bool


def _bars(page: Page, document: Document, style: Finish) -> Iterator[PlacedRule]:
    """The bars beside the lines that differ: one for changes, two thin ones for what only moved."""
    look, area = style.changes, document.page.type_area
    even = style.binding.sides is Sides.MIRRORED and page.number % 2 == 0
    room = area.x if even else page.trim.width - area.x - area.width
    gap = max(min(look.gap, room - look.bar), 0)
    x = area.x - gap - look.bar if even else area.x + area.width + gap
    if page.turned:  # beside the ends of its lines, which are above the type area
        x = area.y - gap - look.bar
    for bar in _joined(page, document):
        thin = max(look.bar // 3, 1)
        rules = ((x, thin), (x + look.bar, thin)) if bar.moved else ((x, look.bar),)
        for left, thick in rules:
            rect = Rect(left, bar.top, thick, bar.bottom - bar.top)
            if page.turned:
                rect = Rect(bar.top, left, bar.bottom - bar.top, thick)
            yield PlacedRule(rect, look.bar_color)


def _joined(page: Page, document: Document) -> list[_Bar]:
    """The bars of a page from its top, those of neighbouring lines in one."""
    found: dict[tuple[Sp, Sp], bool] = {}
    for changed in changed_lines(page, document):
        key = changed.top, changed.bottom
        found[key] = found.get(key, True) and changed.part.moved
    bars: list[_Bar] = []
    apart = document.page.leading // 2
    for (top, bottom), moved in sorted(found.items()):
        last = bars[-1] if bars else None
        if last is not None and top - last.bottom <= apart:
            if last.moved == moved:
                bars[-1] = _Bar(last.top, max(last.bottom, bottom), moved)
                continue
            top = max(top, last.bottom)
            if top >= bottom:
                continue
        bars.append(_Bar(top, bottom, moved))
    return bars
