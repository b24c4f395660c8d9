"""Boxes kept from one run to the next over the same issue, as lines are (``layout.lines.cache``).

The boxes of a paragraph depend on its characters and their styles, but not on its place in the
file: where that is another, they get it. Those of any other block are known by all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from brieftex.document.blocks import Block, FootBlock
from brieftex.document.paragraphs import TextBlock
from brieftex.layout.blocks.box import Box
from brieftex.layout.lines.paragraph import Setting
from brieftex.layout.page import PlacedLine
from brieftex.memory import NOTHING_KEPT, Memo
from brieftex.styled.text import Text

_Made = TypeVar("_Made")


def known_boxes(
    block: Block | FootBlock, room: Hashable, setting: Setting, make: Callable[[], list[Box]]
) -> list[Box]:
    """The boxes of a block, which depend on the ``room`` that it has besides. Most blocks are the
    same objects as before: what such a one holds need not be looked at."""
    memo = _memo(setting)
    if not memo.keeps:
        return make()

    def made() -> Sequence[Box]:
        if isinstance(block, TextBlock):
            return _known_paragraph(block, room, memo, make)
        return memo.recall((block, room), lambda: tuple(make()))

    return [*known_of((block,), room, setting, made)]


def adapted(box: Box, setting: Setting, **changes: object) -> Box:
    """``box`` with these attributes: the box itself where it has them, and the same object as
    before where one was made of it before."""
    if all(getattr(box, name) == value for name, value in changes.items()):
        return box
    memo = _memo(setting)
    if not memo.keeps:
        return replace(box, **changes)
    key = id(box), *changes.items()
    known: tuple[Box, Box] = memo.recall(key, lambda: (box, replace(box, **changes)))
    return known[1]


def known_of(
    parts: Sequence[object], room: Hashable, setting: Setting, make: Callable[[], _Made]
) -> _Made:
    """What is made of ``parts``, which are known by what they are, and depends on the ``room`` that
    it has besides."""
    memo = _memo(setting)
    if not memo.keeps:
        return make()
    key = room, *map(id, parts)
    known: tuple[Sequence[object], _Made] = memo.recall_whole(key, lambda: (parts, make()))
    return known[1]


def _memo(setting: Setting) -> Memo:
    return NOTHING_KEPT if setting.cache is None else setting.cache.blocks


def _known_paragraph(
    block: TextBlock, room: Hashable, memo: Memo, make: Callable[[], list[Box]]
) -> Sequence[Box]:
    text = block.text
    # What stands beside the lines has places of its own, and so have readings above them.
    if block.label is not None or block.codes or text.rubies:
        return make()
    key = (text.text, text.runs, text.calls, block.style, block.anchor, room)
    first, boxes = memo.recall(key, lambda: (text, make()))
    return boxes if first == text else [_with_text(box, text) for box in boxes]


def _with_text(box: Box, text: Text) -> Box:
    """A box of one line as one of ``text``, which has other places."""
    if box.line is None:
        return box
    line = replace(box.line, text=text)
    items = [replace(i, line=line) if isinstance(i, PlacedLine) else i for i in box.items]
    return replace(box, items=tuple(items), line=line)
