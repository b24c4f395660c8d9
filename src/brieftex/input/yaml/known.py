"""Items of lists that a text has as the last one had them: their nodes are the same objects.

The parser reads all of the text each time, so that what is wrong with it is found; only the events
of such items are passed over. They are those before the first change: nodes know their places.
"""

from __future__ import annotations

from msgspec import Struct

from brieftex.diagnostics import Span
from brieftex.input.yaml.nodes import Node


class KnownItem(Struct, frozen=True):
    """An item of a list: how many events it took, its last scalar, and where what follows
    begins."""

    node: Node
    events: int
    last: Span | None
    after: int


class KnownItems(Struct, frozen=True):
    """The items of lists of a text in order, by where they begin."""

    text: str
    items: dict[int, KnownItem]

    def before_change(self, text: str) -> dict[int, KnownItem]:
        """Those that another text has, too, because it is the same up to what follows them."""
        least, most = 0, min(len(text), len(self.text))
        while least < most:
            middle = (least + most + 1) // 2
            if text.startswith(self.text[least:middle], least):
                least = middle
            else:
                most = middle - 1
        return {start: item for start, item in self.items.items() if item.after < least}
