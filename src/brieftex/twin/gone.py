"""Paragraphs that were deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brieftex.twin.changed import is_printed_in, printed_values
from brieftex.twin.comparing import Rewrite, TwinComparison
from brieftex.twin.sources import Holder
from brieftex.twin.wording import FileEdit, flow_removal


def gone_steps(comparison: TwinComparison) -> Iterator[Rewrite]:
    """Paragraphs that are not there any more: fields and entries all of whose text is gone go as a
    whole, of others the lines."""
    kept = set(comparison.pairs.values())
    absent = [i for i in range(len(comparison.base)) if i not in kept
              and i not in comparison.frozen and comparison.base[i].text.strip()]  # fmt: skip
    gone = [i for i in absent if comparison.written(i)]
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
        edit = _removal(comparison, holder)
        if edit is not None:
            done |= owners
            more = [e for i in owners for e in _value_removals(comparison, i, holder)]
            ways = [[edit, *more], [edit]] if more else [[edit]]
            yield Rewrite("gone", ways, old=frozenset(owners))
    for i in gone:
        if i in done:
            continue
        unit = comparison.unit(i)
        ways = [[without_lines(comparison, i, unit)]] if unit is not None else []
        yield Rewrite("gone", ways, old=frozenset([i]))
    for i in absent:
        values = [] if comparison.written(i) else list(_value_removals(comparison, i, None))
        if values:  # 第12期 is made of numbers alone
            yield Rewrite("gone", [values], old=frozenset([i]))


def _removal(comparison: TwinComparison, holder: Holder) -> FileEdit | None:
    """The edit that takes a field or an entry away: its lines, or what stands between commas."""
    lines = comparison.places.own_lines(holder.span)
    if lines is not None:
        return FileEdit(*lines, "")
    listed = holder.flow and holder.listed
    return flow_removal(comparison.places.text, holder.span) if listed else None


def _value_removals(
    comparison: TwinComparison, i: int, holder: Holder | None
) -> Iterator[FileEdit]:
    """The edits that take away the dates and numbers that a paragraph prints, but for those that
    go with ``holder``."""
    text = comparison.base[i].text
    for held, span in printed_values(comparison):
        inside = holder is not None and holder.span.start <= span.start < holder.span.end
        if inside or not is_printed_in(held, text):
            continue
        found = _holder_of(comparison.places.holders, span.start)
        lines = None if found is None else comparison.places.own_lines(found.span)
        if lines is not None:
            yield FileEdit(*lines, "")


def _holder_of(holders: Sequence[Holder], at: int) -> Holder | None:
    """The field whose value begins here."""
    for holder in holders:
        if holder.node.span.start == at and not holder.inner:
            return holder
        if holder.span.start <= at < holder.span.end:
            return _holder_of(holder.inner, at)
    return None


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
