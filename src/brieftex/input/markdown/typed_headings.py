"""Paragraphs that stand as headings do though they were typed as text: 一、总体情况.

So a text comes from Word when only its words are copied. It is printed as it was typed, but no page
ends with such a line (CLREQ 6.3.3), and ``check`` tells of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from brieftex.model.content import BodyBlock, Paragraph
from brieftex.patterns import late

_HAN = "一二三四五六七八九十"
_BEGINNINGS = f"{_HAN}第（0123456789"
# Chapters, and the numbers of GB/T 9704-2012 7.3.3, by their level; then up to a line of words
# without an end.
_NUMBERED = late(
    rf"(?:第[{_HAN}\d]{{1,3}}[编章篇](?= |\u3000)()|第[{_HAN}\d]{{1,3}}节(?= |\u3000)()"
    rf"|[{_HAN}]{{1,3}}、()|（[{_HAN}]{{1,3}}）()|\d{{1,2}}[.．、](?!\d)()|（\d{{1,2}}）())"
    r"[^。！？；：\n]{1,30}(?<![，、…,;:.])"
)


def typed_headings(blocks: Sequence[BodyBlock]) -> Mapping[int, int]:
    """The indices of the paragraphs that stand as headings, with their levels, from 1: something
    is below them, and not the next number. What is numbered alike right above is a list."""
    levels = [_level(block) if isinstance(block, Paragraph) else 0 for block in blocks]
    if not any(levels):
        return {}
    found: dict[int, int] = {}
    for k, level in enumerate(levels[:-1]):
        above, below = levels[k - 1] if k else 0, levels[k + 1]
        if level and above != level and not 0 < below <= level:
            found[k] = level
    return found


def _level(paragraph: Paragraph) -> int:
    """The level of the number with which a paragraph begins that may be a heading; 0 for none."""
    text = paragraph.inline.text
    if text[:1] not in _BEGINNINGS:
        return 0
    match = _NUMBERED.fullmatch(text)
    return 0 if match is None or match.lastindex is None else match.lastindex
