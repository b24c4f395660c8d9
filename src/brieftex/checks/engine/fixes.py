"""Mending a file where rules know how, and nowhere else.

In: the source of an issue without errors. Out: the source with every fix made that leaves the
issue the same but for the characters it names. Each fix is tried: the mended text is read
again and the two issues are compared whole. So a comma that would turn a title's first words
into a number, or a quotation mark that YAML would take for its own, stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from brieftex.checks.engine.registry import check_issue
from brieftex.diagnostics import Finding, Fix, InputError, OffsetMap, Severity, Source, Span
from brieftex.input.issue.fields import field_words
from brieftex.input.issue.read import FilesError, read
from brieftex.input.yaml import parse, parse_all
from brieftex.model.content import Inline
from brieftex.model.issue import Issue

_ROUNDS = 20
"""Most rounds of fixes; one fix may open the way for another, three deep at most so far."""


class Mended(Struct, frozen=True):
    """A source after ``count`` fixes."""

    source: Source
    count: int


def mend(source: Source, folder: Path) -> Mended:
    """Make every fix that is safe. Raises InputError when the source is no issue and no slip of
    the keyboard was mended either."""
    source, count = _without_slips(source, folder)
    try:
        issue, _ = _read(source, folder)
    except InputError:
        if count:
            return Mended(source, count)
        raise
    for _ in range(_ROUNDS):
        made = _safe(issue, disjoint(issue.without_allowed(check_issue(issue))))
        if not made:
            break
        issue, _ = _read(Source(source.name, applied(issue.source.text, made)), folder)
        count += len(made)
    return Mended(issue.source, count)


def _without_slips(source: Source, folder: Path) -> tuple[Source, int]:
    """The file with the slips mended that are sure, of YAML, of single values and of what tears a
    paragraph apart; how many."""
    count = 0
    for _ in range(_ROUNDS):
        text, made = parse_all(source, field_words()).mending.righted()
        if not made:
            try:
                found = _read(source, folder)[1]
            except InputError as error:
                found = [f for f in error.findings if f.severity is Severity.ERROR]
            fixes = disjoint(found)
            text, made = applied(source.text, fixes), len(fixes)
        if not made:
            break
        source, count = Source(source.name, text), count + made
    return source, count


def disjoint(findings: Iterable[Finding]) -> list[Fix]:
    """The fixes of findings; where two would change one character, the first in the file."""
    fixes = {finding.fix for finding in findings if finding.fix is not None}
    kept: list[Fix] = []
    taken: set[int] = set()
    for fix in sorted(fixes, key=lambda fix: [(s.start, s.end, new) for s, new in fix.edits]):
        touched = {at for span, _ in fix.edits for at in range(span.start, span.end)}
        if not touched & taken:
            taken |= touched
            kept.append(fix)
    return kept


def applied(text: str, fixes: Iterable[Fix]) -> str:
    """``text`` with the edits of all fixes, none of which overlap."""
    pieces, at = [], 0
    for span, new in _edits(fixes):
        pieces += [text[at : span.start], new]
        at = span.end
    return "".join([*pieces, text[at:]])


def _edits(fixes: Iterable[Fix]) -> list[tuple[Span, str]]:
    return sorted((edit for fix in fixes for edit in fix.edits), key=lambda edit: edit[0].start)


def _read(source: Source, folder: Path) -> tuple[Issue, Sequence[Finding]]:
    """The issue and what is said of it: its text is mended whether its pictures are there or
    not."""
    try:
        return read(parse(source), source, folder)
    except FilesError as error:
        return error.issue, error.findings


def _safe(issue: Issue, fixes: Sequence[Fix]) -> list[Fix]:
    """Those of the fixes that are safe together; halves are tried where the whole is not."""
    if not fixes or _is_safe(issue, fixes):
        return list(fixes)
    if len(fixes) == 1:
        return []
    middle = len(fixes) // 2
    first, last = _safe(issue, fixes[:middle]), _safe(issue, fixes[middle:])
    return [*first, *last] if not (first and last) or _is_safe(issue, [*first, *last]) else first


def _is_safe(issue: Issue, fixes: Sequence[Fix]) -> bool:
    source = Source(issue.source.name, applied(issue.source.text, fixes))
    try:
        after, _ = _read(source, issue.folder)
    except InputError:
        return False
    return _values(issue, _edits(fixes)) == _values(after, [])


def _values(value: object, edits: Sequence[tuple[Span, str]]) -> object:
    """A value without its places, every text as the edits make it."""
    if isinstance(value, Inline):
        return _mended(value, edits)
    if isinstance(value, tuple):
        return tuple(_values(part, edits) for part in value)
    if isinstance(value, Source | Span | OffsetMap | dict):
        return None
    if isinstance(value, Struct):
        fields = value.__struct_fields__
        return (type(value), *(_values(getattr(value, name), edits) for name in fields))
    return value


def _mended(inline: Inline, edits: Sequence[tuple[Span, str]]) -> object:
    """The text of an inline, its marked stretches, the places of its calls, its ruby texts."""
    here: list[tuple[int, int, str]] = []
    span = inline.span()
    for place, new in edits:
        if span.start <= place.start and place.end <= span.end:
            start = inline.origin.offset(place.start, len(inline.text))
            if start is not None:
                here.append((start, start + place.end - place.start, new))
    pieces, at = [], 0
    for start, end, new in here:
        pieces += [inline.text[at:start], new]
        at = end

    def moved(offset: int) -> int:
        return offset + sum(len(new) - (end - start) for start, end, new in here if end <= offset)

    return (
        "".join([*pieces, inline.text[at:]]),
        tuple((moved(s.start), moved(s.end), s.marks, s.href) for s in inline.stretches),
        tuple((moved(call.at), call.label) for call in inline.calls),
        tuple((moved(r.start), moved(r.end), r.reading) for r in inline.rubies),
    )
