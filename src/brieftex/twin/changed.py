"""Paragraphs whose words or marks were changed: each with the ways to write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import zip_longest

from brieftex.diagnostics import Span
from brieftex.input.markdown.write import alike, paragraph_markdown
from brieftex.model.content import Inline
from brieftex.patterns import late
from brieftex.twin.comparing import Rewrite, TwinComparison, new_inline
from brieftex.twin.shown import marked_text
from brieftex.twin.wording import (
    EditedPair,
    FileEdit,
    character_edits,
    new_wording,
    rewriting,
    wordings,
)

_DAY = late(r"(\d{4})\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*日?")
_DATES = ("date", "accessed", "printed_on")
_NUMBERS = ("number", "total", "supplement", "copy_number", "copies")


def change_steps(comparison: TwinComparison, moved: set[int]) -> Iterator[Rewrite]:
    """A step for each paragraph that stayed where it was and reads or looks otherwise."""
    for j, i in sorted(comparison.pairs.items()):
        if j in moved or i in comparison.frozen:
            continue
        pair = comparison.pair(j)
        if marked_text(pair.base) == marked_text(pair.edited):
            continue
        ways = list(_ways(comparison, pair))
        if ways or pair.base.text != pair.edited.text:
            yield Rewrite("changed", ways, frozenset([j]), frozenset([i]))


def _ways(comparison: TwinComparison, pair: EditedPair) -> Iterator[list[FileEdit]]:
    places = comparison.places
    found = character_edits(pair, places)
    if found:
        yield found
    anew: list[list[list[FileEdit]]] = []
    for wording in wordings(pair, places):
        now = new_wording(pair, wording, places, comparison.notes)
        if not alike(now, wording.inline) and now.text:
            more = list(new_notes(comparison, pair, wording.inline))
            anew.append([[*way, *more] for way in rewriting(places, wording, now)])
    for parts in zip_longest(*anew):
        whole = [edit for k, part in enumerate(parts) for edit in (part or anew[k][0])]
        if whole:
            yield whole
    yield from _values(comparison, pair)


def new_notes(comparison: TwinComparison, pair: EditedPair, inline: Inline) -> Iterator[FileEdit]:
    """The texts of notes that the twin did not have, behind the body that calls them."""
    places = comparison.places
    scalar = places.scalar(inline.origin.source(0))
    if scalar is None or not places.is_block(scalar):
        return
    indent = " " * places.indent(scalar)
    for _, number in pair.edited.calls:
        label = comparison.notes.get(number, "")
        if f"[^{label}]" in places.text:
            continue
        held = [one for one in comparison.edited if one.note == number]
        if held:
            written, _ = paragraph_markdown(new_inline(comparison, held[0]))
            end = len(places.text[: scalar.span.end].rstrip())
            yield FileEdit(end, end, f"\n\n{indent}[^{label}]: {written}")


def _values(comparison: TwinComparison, pair: EditedPair) -> Iterator[list[FileEdit]]:
    """Dates and numbers, which are printed otherwise than they are written: each that stands in
    the paragraph, with what may stand there now."""
    text = comparison.places.text
    days = [d for found in _DAY.finditer(pair.edited.text) if (d := _day(found))]
    numbers = dict.fromkeys(int(n) for n in re.findall(r"\d{1,9}", pair.edited.text))
    for held, span in printed_values(comparison):
        if not is_printed_in(held, pair.base.text):
            continue
        if isinstance(held, date):
            for day in days:
                if day != held:
                    yield [_value_edit(text, span, _like(text, span, day))]
        elif isinstance(held, int):
            for number in numbers:
                if number != held:
                    yield [_value_edit(text, span, str(number))]


def is_printed_in(value: object, text: str) -> bool:
    """Whether a date or a number may be what stands in a text."""
    if isinstance(value, date):
        return any(_day(found) == value for found in _DAY.finditer(text))
    return isinstance(value, int) and str(value) in text


def printed_values(comparison: TwinComparison) -> Iterator[tuple[object, Span]]:
    """The dates and numbers of the issue, and where they are written."""
    issue = comparison.issue
    records: list[object] = [issue.masthead, issue.signature, issue.colophon, *issue.sources]
    records += [s for section in issue.sections for item in section.items for s in item.sources]
    for record in records:
        for key in (*_DATES, *_NUMBERS):
            span = getattr(record, "places", {}).get(key)
            held = getattr(record, key, None)
            if held is not None and span is not None:
                yield held, span


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def _like(text: str, span: Span, day: date) -> str:
    """A day as the one at this place is written."""
    if "年" in text[span.start : span.end]:
        return f"{day.year}年{day.month}月{day.day}日"
    return day.isoformat()


def _value_edit(text: str, span: Span, value: str) -> FileEdit:
    written = text[span.start : span.end]
    quote = written[:1] if written[:1] in "'\"" and written[:1] else ""
    return FileEdit(span.start, span.end, f"{quote}{value}{quote}")
