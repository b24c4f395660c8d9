"""Entries of lists, which Word counts one by one, become lists within lists by their levels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from brieftex.model.content import BodyBlock, Inline, ListBlock, Paragraph
from brieftex.word.facts import Para

ReadInline: TypeAlias = Callable[[Para], Inline]
"""Reads the text of a paragraph."""


def word_lists(held: Sequence[Para], inline: ReadInline) -> Iterator[BodyBlock]:
    """The lists of entries, one in another by their levels; what has no number goes on with
    the entry above."""
    at = 0
    while at < len(held):
        if held[at].label is None:
            yield Paragraph(inline(held[at]))
            at += 1
            continue
        end = _list_end(held, at)
        yield _list(held[at:end], inline)
        at = end


def _list_end(held: Sequence[Para], at: int) -> int:
    """Where the list ends that begins here: before an entry that is not its next one."""
    first = held[at].label
    assert first is not None
    number = first.value
    end = at + 1
    while end < len(held):
        label = held[end].label
        if label is not None and label.level <= first.level:
            if label.level < first.level or label.bullet is not first.bullet:
                break
            if not first.bullet and label.value != number + 1:
                break
            number = label.value
        end += 1
    return end


def _list(held: Sequence[Para], inline: ReadInline) -> ListBlock:
    first = held[0].label
    assert first is not None
    items: list[tuple[BodyBlock, ...]] = []
    at = 0
    while at < len(held):
        end = at + 1
        while end < len(held) and not _is_entry(held[end], first.level):
            end += 1
        inner: list[BodyBlock] = [Paragraph(inline(held[at]))]
        inner += word_lists(held[at + 1 : end], inline)
        items.append(tuple(inner))
        at = end
    bracket = first.text.rstrip().endswith((")", "）")) and first.text[:1].isdigit()
    return ListBlock(None if first.bullet else first.value, tuple(items), bracket)


def _is_entry(block: Para, level: int) -> bool:
    return block.label is not None and block.label.level <= level
