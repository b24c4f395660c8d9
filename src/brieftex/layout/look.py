"""What pages look like, whatever place in the issue file their texts have.

Pages of one look are drawn alike, and the same is to be said about them, at other places.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial

from msgspec import Struct

from brieftex.layout.page import Page, Placed, PlacedLine, PlacedPicture
from brieftex.memory import Memo
from brieftex.units import Size


class PageLook(Struct, frozen=True, cache_hash=True):
    """Everything of a page that is seen or copied."""

    trim: Size
    turned: bool
    whole: bool
    items: tuple[Hashable, ...]


def looks_of(pages: Sequence[Page], memo: Memo) -> Sequence[PageLook | None]:
    """The looks of pages, by which ``memo`` knows them; none where it keeps nothing. A page that is
    the same object as before need not be looked at."""
    if not memo.keeps:
        return [None] * len(pages)
    return [memo.recall(id(page), partial(_seen, page))[1] for page in pages]


def _seen(page: Page) -> tuple[Page, PageLook]:
    items = tuple([_look(item) for item in page.items])
    return page, PageLook(page.trim, page.turned, page.whole, items)


def _look(item: Placed) -> Hashable:
    if isinstance(item, PlacedLine):
        line, above = item.line, item.line.above
        ruby = None if above is None else (above.runs, above.dots, above.links, above.width)
        look = item.x, item.y, item.artifact, item.turn
        return *look, line.runs, line.dots, line.links, line.width, ruby
    if isinstance(item, PlacedPicture):
        return item.rect, item.picture, item.node, item.turned
    return item
