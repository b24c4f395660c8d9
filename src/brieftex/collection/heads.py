"""What is known of the issues of a yearbook before the first one is set, and their order.

Every file is read at the beginning, so that one with errors is told of at once and not after
minutes. Of each only its head is kept.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from brieftex.collection.nouns import NamedNoun, nouns_of
from brieftex.compose.inline import one_line
from brieftex.delivery.naming import issue_words
from brieftex.diagnostics import Finding, InputError, Source
from brieftex.input.issue.file import read_issue
from brieftex.model.issue import Issue, State


class IssueHead(Struct, frozen=True):
    """An issue by its name, its words (2026年第4期（总第58期）), its date and number; ``theme`` is
    that of its file, ``state`` how far it is, ``issuer`` who publishes it."""

    path: Path
    name: str
    words: str
    date: datetime.date | None
    number: int
    issuer: str
    theme: str
    state: State | None


class UnreadIssue(Struct, frozen=True):
    """A file that has errors."""

    path: Path
    findings: Sequence[Finding]
    source: Source


def read_heads(
    paths: Sequence[Path],
) -> Iterator[tuple[IssueHead, tuple[NamedNoun, ...]] | UnreadIssue]:
    """The head of each file and the nouns for an index; or what is wrong with it."""
    for path in paths:
        try:
            issue, _ = read_issue(path)
        except InputError as error:
            yield UnreadIssue(path, error.findings, error.source)
            continue
        yield head_of(path, issue), tuple(nouns_of(issue))


def head_of(path: Path, issue: Issue) -> IssueHead:
    """The head of an issue."""
    masthead = issue.masthead
    return IssueHead(
        path,
        one_line(masthead.name.text),
        issue_words(masthead, total=True),
        masthead.date,
        masthead.total or masthead.number or 0,
        one_line(masthead.issuer.text) if masthead.issuer is not None else "",
        issue.theme,
        issue.state,
    )


def in_order_of_issue(heads: Sequence[IssueHead]) -> list[IssueHead]:
    """The issues by date and number; as they were given where one has no date."""
    if any(head.date is None for head in heads):
        return list(heads)
    return sorted(heads, key=lambda head: (head.date or datetime.date.min, head.number))


def period_words(heads: Sequence[IssueHead]) -> str:
    """2026年, or 2025—2026年; empty where no issue has a date."""
    years = sorted({head.date.year for head in heads if head.date is not None})
    if not years:
        return ""
    return f"{years[0]}年" if len(years) == 1 else f"{years[0]}—{years[-1]}年"


def range_words(heads: Sequence[IssueHead]) -> str:
    """From which issue to which: 2026年第1期（总第55期）—2026年第12期（总第66期）."""
    words = [head.words for head in heads if head.words]
    if not words:
        return ""
    return words[0] if len(words) == 1 else f"{words[0]}—{words[-1]}"
