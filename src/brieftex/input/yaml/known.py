"""Items of lists that a text has as the last one had them are not read again.

The parser is given an abridged text, in which a word stands for each of these items: the lines of
the last text before the first change, and those behind the last, wherever they stand now. What it
finds there is at other places than in the text; ``AbridgedText.place`` tells which.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct

from brieftex.diagnostics import Span
from brieftex.diagnostics.shift import further_on
from brieftex.input.yaml.nodes import Node
from brieftex.input.yaml.pieces import piece_of

WORD = "0"
"""Stands for an item."""


class KnownItem(Struct, frozen=True):
    """An item of a list, its lines, the column of its dash, the last scalar in it, and how far it
    has moved since these were found."""

    node: Node
    piece: Span
    column: int
    last: Span | None
    step: int = 0

    @property
    def start(self) -> int:
        """Where its lines begin now."""
        return self.piece.start + self.step

    @property
    def end(self) -> int:
        """Where its lines end now."""
        return self.piece.end + self.step

    def placed(self) -> KnownItem:
        """The same with its places as they are now."""
        if not self.step:
            return self
        node, piece, last = further_on((self.node, self.piece, self.last), self.step)
        return KnownItem(node, piece, self.column, last)


def known_item(text: str, node: Node, last: Span | None) -> KnownItem | None:
    """What is to be known of an item of a list; None where its lines are not its own."""
    piece = piece_of(text, node.span)
    if piece is None:
        return None
    dash = text.find("-", piece.start, node.span.start)
    return None if dash < 0 else KnownItem(node, piece, dash - piece.start, last)


class KnownItems(Struct, frozen=True):
    """The items of lists of a text."""

    text: str
    items: Sequence[KnownItem]

    def common(self, text: str) -> tuple[int, int]:
        """How many characters at the beginning and at the end of another text are the same."""
        before = _common(self.text, text)
        behind = _common(self.text[::-1], text[::-1])
        return before, min(behind, min(len(text), len(self.text)) - before)

    def still_in(self, text: str, common: tuple[int, int]) -> list[KnownItem]:
        """The items that another text has, too. What follows an item must begin as it did, or it
        might be more of it; nothing of the line before it may have changed."""
        before, behind = common
        last, step = len(self.text) - behind, len(text) - len(self.text)
        found: list[KnownItem] = []
        for item in self.items:
            if item.start > last:
                found.append(_moved(item, step))
            elif item.end + len(_indent(self.text, item.end)) < before:
                found.append(item)
        return found


class AbridgedText:
    """A text in which ``WORD`` stands for each of the items that are in no other."""

    def __init__(self, text: str, items: Sequence[KnownItem]) -> None:
        """``items`` are those known, all of which are in ``text``."""
        self.items: dict[int, int] = {}
        """Those left out, by the place of the word; each by its number among the ``items``."""
        self._starts, self._places = [0], [0]
        parts: list[str] = []
        at = length = 0
        for number in sorted(range(len(items)), key=lambda n: (items[n].start, -items[n].end)):
            item = items[number]
            if item.start < at:
                continue
            word = f"{' ' * item.column}- {WORD}\n"
            self.items[item.start + item.column + 2] = number
            parts += [text[at : item.start], word]
            length += item.start - at + len(word)
            at = item.end
            self._starts.append(length)
            self._places.append(at)
        self.text = "".join([*parts, text[at:]])

    def place(self, offset: int) -> int:
        """The place in the text of what is at ``offset`` here."""
        k = bisect_right(self._starts, offset) - 1
        return self._places[k] + offset - self._starts[k]


def _moved(item: KnownItem, step: int) -> KnownItem:
    return KnownItem(item.node, item.piece, item.column, item.last, item.step + step)


def _indent(text: str, start: int) -> str:
    end = start
    while text.startswith((" ", "\t"), end):
        end += 1
    return text[start:end]


def _common(one: str, other: str) -> int:
    """How many characters are the same in both, from the first on."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if other.startswith(one[least:middle], least):
            least = middle
        else:
            most = middle - 1
    return least
