"""Texts that should be the same, and where they are not.

They come in parts, of the document and of the file, and are held against each other part by part:
neither is put together unless they differ. What parts are of does not matter here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest

from msgspec import Struct

from brieftex.diagnostics import Finding, Span
from brieftex.diagnostics.messages import verification as say
from brieftex.patterns import FORMAT, late
from brieftex.styled.text import Text

_NOTHING = late(f"[{FORMAT}]+")
_SELECTORS = late("[\ufe00-\ufe0f\U000e0100-\U000e01ef]+")

_CONTEXT = 12
"""Characters shown on each side of the first difference."""


class ComparedPart(Struct, frozen=True):
    """Characters that stand together. ``place`` is what they come from: on one side the text
    and the offset in it, on the other the index of a page."""

    text: str
    place: tuple[Text, int] | int


def bare_text(text: str) -> str:
    """The characters that are compared."""
    bare = "".join(text.split())
    return bare if bare.isprintable() else _NOTHING.sub("", bare)


def joined_parts(parts: Sequence[ComparedPart]) -> str:
    """The characters of all parts."""
    return bare_text("".join([part.text for part in parts]))


def _same(wanted: Sequence[ComparedPart], found: Sequence[ComparedPart]) -> bool:
    """Whether the characters are the same; neither text is put together for that."""
    ones, others = (
        filter(None, (bare_text(part.text) for part in parts)) for parts in (wanted, found)
    )
    one = other = ""
    at = there = 0
    while True:
        if at == len(one):
            one, at = next(ones, ""), 0
        if there == len(other):
            other, there = next(others, ""), 0
        if not one or not other:
            return one == other
        step = min(len(one) - at, len(other) - there)
        if one[at : at + step] != other[there : there + step]:
            return False
        at, there = at + step, there + step


def text_difference(
    wanted: Sequence[ComparedPart], found: Sequence[ComparedPart]
) -> Iterator[Finding]:
    """The first difference between two texts, if there is any."""
    if _same(wanted, found):
        return
    one, other = joined_parts(wanted), joined_parts(found)
    if _SELECTORS.sub("", one) == _SELECTORS.sub("", other):
        return  # one that began a run of another style had no glyph to go with
    pairs = enumerate(zip(one, other, strict=False))
    at = next((k for k, (a, b) in pairs if a != b), min(len(one), len(other)))
    start, end = max(0, at - _CONTEXT), at + _CONTEXT
    page = _place(found, at)
    number = page + 1 if isinstance(page, int) and page >= 0 else 0
    last = min(at, len(one) - 1)  # what is too much behind a text is shown at its end
    yield say.TEXT_DIFFERS.at(
        _span(_place(wanted, last), last, wanted),
        wanted=one[start:end],
        found=other[start:end],
        where=f"第 {number} 页" if number else "",
        where_en=f" on page {number}" if number else "",
    )


def differences_apart(
    wanted: Sequence[Sequence[ComparedPart]], found: Sequence[Sequence[ComparedPart]]
) -> Iterator[Finding]:
    """Texts that are missing and texts that are too many, in any order."""
    there: dict[str, list[Sequence[ComparedPart]]] = {}
    for parts in found:
        there.setdefault(joined_parts(parts), []).append(parts)
    lost = []
    for parts in wanted:
        text = joined_parts(parts)
        if same := there.get(text):
            same.pop()
        elif text:
            lost.append(parts)
    rest = chain.from_iterable(there.values())
    for one, other in zip_longest(lost, rest, fillvalue=()):
        yield from text_difference(one, other)


def _place(parts: Sequence[ComparedPart], at: int) -> tuple[Text, int] | int | None:
    """Where the bare character ``at`` of the parts comes from; the last place beyond them."""
    place = None
    for part in parts:
        count = len(bare_text(part.text))
        if count:
            place = part.place
        if at < count:
            break
        at -= count
    return place


def _span(
    place: tuple[Text, int] | int | None, at: int, parts: Sequence[ComparedPart]
) -> Span | None:
    """The place in the source of the bare character ``at`` of the parts."""
    if place is None or isinstance(place, int):
        return None
    text, start = place
    for part in parts:
        count = len(bare_text(part.text))
        if at < count:
            break
        at -= count
    offset = start
    while offset < len(text.text) and (at > 0 or not bare_text(text.text[offset])):
        at -= bool(bare_text(text.text[offset]))
        offset += 1
    offset = min(offset, max(0, len(text.text) - 1))
    return text.origin.span(offset, offset + 1) if text.text else None
