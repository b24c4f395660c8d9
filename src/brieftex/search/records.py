"""An issue as it is searched: the passages of its pieces, and their places in the file."""

from __future__ import annotations

import re
from bisect import bisect_left
from pathlib import Path

from brieftex.checks.engine.corpus import RunningText, TextRole, running_texts
from brieftex.diagnostics import InputError, Source, Span
from brieftex.input.issue.file import ReadableError, read_issue
from brieftex.model.content import Inline
from brieftex.model.issue import Issue
from brieftex.search.passages import IssueRecord, PassageKind, SearchPiece, SearchText

_ITEM = r"(?:sections\[(\d+)\](?:\.items\[(\d+)\])?|attachments\[(\d+)\]|foreword)(?=\.)"


def span_in_file(issue: Issue, passage: SearchText, first: int, last: int) -> Span | None:
    """Where the characters ``first`` to ``last``, exclusive, of a passage stand in the file; None
    where the issue has no such passage any more."""
    for text in running_texts(issue):
        if text.inline.span(0, 1).start == passage.start and text.inline.text == passage.text:
            return text.inline.span(first, last)
    return None


def record_of(path: Path) -> IssueRecord | None:
    """The issue of a file as it is searched; None where the file cannot be read as one."""
    try:
        issue, _ = read_issue(path)
    except ReadableError as error:  # slips of YAML hide nothing
        issue = error.issue
    except (InputError, OSError):
        return None
    return IssueRecord(_name(issue), _numbering(issue), _date(issue), _pieces(issue))


def _name(issue: Issue) -> str:
    return issue.masthead.name.text.replace("\n", " ")


def _numbering(issue: Issue) -> str:
    head = issue.masthead
    if head.document_number is not None:
        return head.document_number.text
    if head.number_words is not None:
        return head.number_words.text
    if head.supplement is not None:
        return f"增刊第{head.supplement}期"
    number = f"第{head.number}期" if head.number is not None else ""
    year = f"{head.date.year}年" if head.date is not None and number else ""
    total = f"（总第{head.total}期）" if head.total is not None else ""
    return f"{year}{number}{total}"


def _date(issue: Issue) -> str:
    return issue.masthead.date.isoformat() if issue.masthead.date is not None else ""


def _pieces(issue: Issue) -> tuple[SearchPiece, ...]:
    gathered: dict[str, list[SearchText]] = {}
    for text in running_texts(issue):
        found = re.match(_ITEM, text.path)
        characters = text.inline.text
        if characters.strip():
            start = text.inline.span(0, 1).start
            passage = SearchText(_kind(text), characters, *_lines(text.inline, issue.source, start))
            gathered.setdefault(found[0] if found else "", []).append(passage)
    return tuple(
        SearchPiece(number, *_heads(issue, path), tuple(passages))
        for number, (path, passages) in enumerate(gathered.items())
    )


def _lines(inline: Inline, source: Source, start: int) -> tuple[int, int, tuple[int, ...]]:
    """The first line of a text, its offset, and where the next ones begin in the text."""

    def line(at: int) -> int:
        return source.position(inline.span(at, at + 1).start)[0]

    end = len(inline.text)
    first, last = line(0), line(end - 1)
    turns = (bisect_left(range(end), number, key=line) for number in range(first + 1, last + 1))
    return first, start, tuple(turns)


def _heads(issue: Issue, path: str) -> tuple[str, str]:
    """The titles of the section and of the item at ``path``."""
    found = re.match(_ITEM, f"{path}.")
    if found is None:
        return "", issue.title.text if issue.title is not None else ""
    section, item, attachment = found.groups()
    if attachment is not None:
        return "", issue.attachments[int(attachment)].title.text
    if section is None:
        title = issue.foreword.title if issue.foreword is not None else None
        return "", title.text if title is not None else ""
    there = issue.sections[int(section)]
    name = there.title.text if there.title is not None else ""
    return name, there.items[int(item)].title.text if item is not None else ""


def _kind(text: RunningText) -> PassageKind:
    if text.role is TextRole.TITLE:
        return PassageKind.TITLE
    if ".sources[" in f".{text.path}":
        return PassageKind.SOURCE
    # Names stand in bodies where somebody speaks, else in fields of their own.
    named = text.role is TextRole.NAME and not text.path.startswith(("masthead", "colophon"))
    return PassageKind.SPEAKER if named else PassageKind.BODY
