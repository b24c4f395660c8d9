"""The continuous folio of a volume, beside that of the issue.

It stands on the line of the issue's own folio: at the outer edge where that stands in the middle,
else in the middle; where this would lie on something, in another place of that line or below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from msgspec.structs import replace

from brieftex.document.blocks import Document
from brieftex.layout.lines.paragraph import Setting, natural_line
from brieftex.layout.page import Artifact, Line, Page, PlacedLine, PlacedPicture, PlacedRule
from brieftex.layout.pages.makeup import LEAST_FOOT
from brieftex.layout.pages.postprocess import binding_shift
from brieftex.styled.text import Text, TextRun
from brieftex.units import Rect, Sp

_ABOVE, _BELOW = 88, 12
"""Of an em, in hundredths, above and below the baseline."""


def with_folios(
    pages: Sequence[Page], document: Document, setting: Setting, words: Sequence[str]
) -> tuple[Page, ...]:
    """``pages`` with ``words`` as the continuous folio of each, none where they are empty. Odd
    pages, by their own numbers, are right ones."""
    lines = [_line(text, document, setting) for text in words]
    whole = [page.whole for page in pages]
    if any(whole) and not all(whole):
        return _each_way(pages, document, setting, words)
    base = _baseline(pages, document)
    sides = ("outer", "middle", "inner")
    if not document.furniture.folio[1]:
        sides = ("middle", "outer", "inner")
    size = document.furniture.folio_style.size
    lowest = document.page.trim.height - LEAST_FOOT
    heights = [y for y in (base, base + 2 * size) if y <= lowest] or [lowest]
    if all(whole) and pages:  # clear of the folio that the page of another file may have
        heights, sides = [lowest], ("outer", "inner", "middle")
    found = (
        placed
        for y, side in product(heights, sides)
        if (placed := _placed(pages, document, lines, side, y)) is not None
    )
    last = [
        _at(page, document, line, "outer", lowest) for page, line in zip(pages, lines, strict=True)
    ]
    items = next(found, last)
    return tuple(
        page if item is None else replace(page, items=(*page.items, item))
        for page, item in zip(pages, items, strict=True)
    )


def _each_way(
    pages: Sequence[Page], document: Document, setting: Setting, words: Sequence[str]
) -> tuple[Page, ...]:
    """Folios of pages that other files cover in a place of their own."""
    made = dict[int, Page]()
    for whole in (False, True):
        own = [k for k, page in enumerate(pages) if page.whole is whole]
        numbered = with_folios([pages[k] for k in own], document, setting, [words[k] for k in own])
        made.update(zip(own, numbered, strict=True))
    return tuple(made[k] for k in range(len(pages)))


def _line(text: str, document: Document, setting: Setting) -> Line | None:
    if not text:
        return None
    style = document.furniture.folio_style
    return natural_line(Text(text, (TextRun(len(text), style, -1),)), setting)


def _baseline(pages: Sequence[Page], document: Document) -> Sp:
    """That of the issue's own folio, which may be measured from ink."""
    own = [
        item.y
        for page in pages
        for item in page.items
        if isinstance(item, PlacedLine) and item.artifact is Artifact.FOOTER
    ]
    return own[0] if own else document.furniture.folio_baseline


def _at(page: Page, document: Document, line: Line | None, side: str, y: Sp) -> PlacedLine | None:
    if line is None:
        return None
    shift = 0
    if document.finish is not None:
        shift = binding_shift(document.page, document.finish.binding, page.number)
    area, inset = document.page.type_area, document.furniture.folio_inset
    left = area.x + shift
    room = area.width - line.width
    right_page = page.number % 2 == 1
    x = left + room // 2
    if side != "middle":
        x = left + room - inset if (side == "outer") == right_page else left + inset
    return PlacedLine(x, y, line, Artifact.FOOTER)


def _placed(
    pages: Sequence[Page], document: Document, lines: Sequence[Line | None], side: str, y: Sp
) -> list[PlacedLine | None] | None:
    """The folios of all pages at one place of theirs; None if one lies on something."""
    made = []
    for page, line in zip(pages, lines, strict=True):
        item = _at(page, document, line, side, y)
        if item is not None and any(_meet(_box(item), box) for box in _boxes(page)):
            return None
        made.append(item)
    return made


def _box(item: PlacedLine) -> Rect:
    size = max((run.size for run in item.line.runs), default=0)
    beside = size // 2  # white that keeps two folios apart
    top = item.y - size * _ABOVE // 100
    return Rect(item.x - beside, top, item.line.width + 2 * beside, size * (_ABOVE + _BELOW) // 100)


def _boxes(page: Page) -> Iterator[Rect]:
    """Where there is something on a page; outlines are the watermark's, or of figures that lie in
    the type area. What covers the paper is not seen here: there is no way around it."""
    for item in page.items:
        if isinstance(item, PlacedLine) and item.turn is None:
            yield _box(item)
        elif isinstance(item, PlacedRule) or (isinstance(item, PlacedPicture) and not page.whole):
            yield item.rect


def _meet(one: Rect, other: Rect) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )
