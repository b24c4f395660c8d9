"""Items of lists and fields of a file that a text has as the last one had them are read once.

The parser is given an abridged text, in which a word stands for each of these items: the lines of
the last text before the first change, and those behind the last, wherever they stand now. What it
finds there is at other places than in the text; ``AbridgedText.place`` tells which.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from brieftex.diagnostics import Span
from brieftex.diagnostics.shift import further_on
from brieftex.input.yaml.nodes import Node, Scalar
from brieftex.input.yaml.pieces import piece_of

WORD = "0"
"""Stands for an item."""


class KnownItem(Struct, frozen=True):
    """An item of a list or a field of the file, whose lines, ``start`` up to ``end``, are its own,
    and the items within it. Its ``mark``, a dash or a colon, stands ``column`` characters behind
    its start. It is the same as long as nothing changes before ``margin``: what follows might be
    more of it if that did not begin as it does. The places of ``node``, and of ``last``, the last
    scalar in it, are so many characters ``late``, and those of the ``inner`` items
    ``inner_late``."""

    node: Node
    last: Span | None
    start: int
    end: int
    margin: int
    mark: str
    column: int
    inner: Sequence[KnownItem] = ()
    late: int = 0
    inner_late: int = 0

    def placed(self) -> KnownItem:
        """The same with the places of its node as they are now."""
        if not self.late:
            return self
        node, last = further_on((self.node, self.last), self.late)
        return self._with(node, last, 0, 0)

    def moved(self, step: int) -> KnownItem:
        """The same further on in its text."""
        return self._with(self.node, self.last, self.late + step, step) if step else self

    def _with(self, node: Node, last: Span | None, late: int, step: int) -> KnownItem:
        return KnownItem(
            node, last, self.start + step, self.end + step, self.margin + step,
            self.mark, self.column, self.inner, late, self.inner_late + step,
        )  # fmt: skip


def known_item(
    text: str, node: Node, last: Span | None, key: Scalar | None, before: list[KnownItem]
) -> KnownItem | None:
    """What is to be known of an item of a list, or of the value of a ``key``; None where its lines
    are not its own. What is known ``before`` is taken from there if it is within."""
    first = node.span.start if key is None else key.span.start
    piece = piece_of(text, Span(first, node.span.end))
    if piece is None:
        return None
    start, end = piece.start, piece.end
    mark, at = (":", key.span.end) if key is not None else ("-", text.find("-", start, first))
    if at < 0:
        return None
    margin = end
    while text.startswith((" ", "\t"), margin):
        margin += 1
    k = len(before)
    while k and before[k - 1].start >= start:
        k -= 1
    inner, before[k:] = tuple(before[k:]), ()
    return KnownItem(node, last, start, end, margin, mark, at - start, inner)


class KnownItems(Struct, frozen=True):
    """The items of a text, in their order."""

    text: str
    items: Sequence[KnownItem]

    def common(self, text: str) -> tuple[int, int]:
        """How many characters at the beginning and at the end of another text are the same."""
        before = _common(self.text, text)
        behind = _common(self.text[::-1], text[::-1])
        return before, min(behind, min(len(text), len(self.text)) - before)

    def still_in(self, text: str, common: tuple[int, int]) -> list[KnownItem]:
        """The items that another text has, too, but for those within another one. Nothing of the
        line before an item may have changed."""
        before, behind = common
        step = len(text) - len(self.text)
        return [*_still(self.items, before, len(self.text) - behind, step)]


def _still(items: Sequence[KnownItem], before: int, last: int, step: int) -> Iterator[KnownItem]:
    for item in items:
        if item.start > last:
            yield item.moved(step)
        elif item.margin < before:
            yield item
        else:
            inner = [one.moved(item.inner_late) for one in item.inner]
            yield from _still(inner, before, last, step)


class AbridgedText:
    """A text in which ``WORD`` stands for each of the items that are known."""

    def __init__(self, text: str, items: Sequence[KnownItem]) -> None:
        """The ``items`` are in ``text``, in this order, none within another."""
        self.items: dict[int, KnownItem] = {}
        """Those left out, by the places of their words."""
        self._starts, self._steps, self._end = [0], [0], len(text)
        parts: list[str] = []
        at = length = 0
        for item in items:
            place = item.start + item.column
            self.items[place + 2] = item
            parts += [text[at:place], f"{item.mark} {WORD}\n"]
            length += place - at + len(parts[-1])
            at = item.end
            self._starts.append(length)
            self._steps.append(at - length)
        self.text = "".join([*parts, text[at:]])

    def place(self, offset: int) -> int:
        """The place in the text of what is at ``offset`` here."""
        return min(offset + self._steps[bisect_right(self._starts, offset) - 1], self._end)


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
