"""Paragraphs that are not there any more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brieftex.twin.comparing import Rewrite, TwinComparison
from brieftex.twin.sources import Holder
from brieftex.twin.wording import FileEdit, flow_removal


def gone_steps(comparison: TwinComparison) -> Iterator[Rewrite]:
    """Paragraphs that are not there any more: fields and entries all of whose text is gone go as a
    whole, of others the lines."""
    kept = set(comparison.pairs.values())
    gone = [i for i in range(len(comparison.base)) if i not in kept and comparison.written(i)
            and i not in comparison.frozen]  # fmt: skip
    characters: dict[int, set[int]] = {}
    for i in range(len(comparison.base)):
        for at in comparison.written(i):
            characters.setdefault(at, set()).add(i)
    lost = {at for at, owners in characters.items() if owners <= set(gone)}
    everywhere = sorted(characters)
    done: set[int] = set()
    for holder in _whole_holders(comparison.places.holders, everywhere, lost):
        inside = {at for at in lost if holder.span.start <= at < holder.span.end}
        owners = {i for i in gone if set(comparison.written(i)) & inside}
        lines = comparison.places.own_lines(holder.span)
        if lines is None:
            edit = None
            if holder.flow and holder.listed:
                edit = flow_removal(comparison.places.text, holder.span)
        else:
            edit = FileEdit(*lines, "")
        if edit is not None:
            done |= owners
            yield Rewrite("gone", [[edit]], old=frozenset(owners))
    for i in gone:
        if i in done:
            continue
        unit = comparison.unit(i)
        ways = [[without_lines(comparison, i, unit)]] if unit is not None else []
        yield Rewrite("gone", ways, old=frozenset([i]))


def _whole_holders(
    holders: Sequence[Holder], everywhere: Sequence[int], lost: set[int]
) -> Iterator[Holder]:
    for holder in holders:
        inside = [at for at in everywhere if holder.span.start <= at < holder.span.end]
        if not inside:
            continue
        if all(at in lost for at in inside):
            yield holder
        elif any(at in lost for at in inside):
            yield from _whole_holders(holder.inner, everywhere, lost)


def without_lines(comparison: TwinComparison, i: int, unit: tuple[int, int]) -> FileEdit:
    """The lines of a paragraph with the empty line behind it, or before it where its body ends."""
    places = comparison.places
    start, end = unit
    stop = min(end + 1, len(places.text))
    scalar = places.scalar(min(comparison.written(i)))
    body = stop if scalar is None else len(places.text[: scalar.span.end].rstrip()) + 1
    if stop < body:
        after = places.line(stop)
        blank = not places.text[slice(*after)].strip()
        before = places.line(max(start - 1, 0))
        if scalar is not None and before[0] > scalar.span.start:
            # An entry of a list stands close to the one before it.
            blank = blank and not places.text[slice(*before)].strip()
        return FileEdit(start, min(after[1] + 1, len(places.text)) if blank else stop, "")
    before = places.line(max(start - 1, 0))
    if start and not places.text[slice(*before)].strip():
        return FileEdit(before[0], stop, "")
    return FileEdit(start, stop, "")
