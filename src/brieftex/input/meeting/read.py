"""A meeting file → ``Meeting``, or every problem of the file at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from brieftex.diagnostics import Finding, InputError, Severity
from brieftex.diagnostics.messages.foreign import PAPER_OF_TWO
from brieftex.diagnostics.messages.schema import MISSING_FIELD
from brieftex.diagnostics.messages.structure import PLACEHOLDER_LEFT
from brieftex.input.fields import Reading, Values, read_record
from brieftex.input.fields.forms import example
from brieftex.input.fields.naming import with_names
from brieftex.input.fields.schema import document
from brieftex.input.issue.placeholders import PATTERN
from brieftex.input.meeting.fields import MEETING, MEETING_PAPER, meeting_homes, meeting_words
from brieftex.input.yaml import parse_all
from brieftex.model.content import Inline, PageFit, Paragraphs
from brieftex.model.meeting import AgendaItem, Meeting, Paper
from brieftex.patterns import late
from brieftex.source import SIZE_LIMIT, decode_source, read_regular, read_source

_MEETING = late(r"(?m)^(?:meeting|会议)\s*:")


def looks_like_meeting(path: Path) -> bool:
    """Whether the file is of a meeting, told by its first keys. Raises OSError."""
    try:
        source, _ = decode_source(str(path), read_regular(path, SIZE_LIMIT))
    except InputError:
        return False
    return _MEETING.search(source.text) is not None


def meeting_schema() -> dict[str, Any]:
    """The JSON Schema of meeting files."""
    return document(MEETING, "brieftex 会议材料")


def read_meeting(path: Path) -> tuple[Meeting, list[Finding]]:
    """The meeting that a file holds, and what is odd about it. Raises InputError."""
    source, findings = read_source(path)
    source = with_names(source, MEETING)
    parsed = parse_all(source, meeting_words())
    findings = [*findings, *parsed.problems]
    if parsed.tree is None or any(f.severity is Severity.ERROR for f in parsed.problems):
        raise InputError(source, findings)
    reading = Reading(source, path.parent, meeting_homes(), Paragraphs.AUTO)
    found = read_record(reading, parsed.tree, MEETING, "")
    for item in found.get("agenda", []):
        for paper in item.get("papers", []):
            if "issue" in paper and "pdf" in paper:
                reading.report(PAPER_OF_TWO, paper.places["pdf"], "agenda")
            for key in ("pages", "fit"):
                if key in paper and "pdf" not in paper:
                    field = MEETING_PAPER["pdf"]
                    reading.report(
                        MISSING_FIELD, paper.places[key], "agenda", owner=MEETING_PAPER.label,
                        label=field.label, key=field.key, example=example(field),
                    )  # fmt: skip
    findings += reading.findings
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise InputError(source, findings)
    head = found["meeting"]
    agenda = tuple(
        AgendaItem(
            item["title"],
            item.get("time"),
            item.get("presenters", ()),
            tuple(_paper(paper) for paper in item.get("papers", [])),
        )
        for item in found["agenda"]
    )
    findings += _unfilled(found)
    meeting = Meeting(
        source,
        path.parent,
        head["name"],
        agenda,
        theme=found.get("theme", "briefing"),
        **{key: head.get(key) for key in ("organizer", "date", "time", "place", "host", "remark")},
    )
    return meeting, findings


def _unfilled(found: Values) -> Iterator[Finding]:
    """That words of the form are left which nobody replaced, as ``check`` tells of an issue."""
    pattern = re.compile(PATTERN)
    left = [one for one in _texts(found) if pattern.fullmatch(one.text)]
    if left:
        yield PLACEHOLDER_LEFT.at(left[0].span(), count=len(left), first=left[0].text)


def _texts(value: object) -> Iterator[Inline]:
    """Every text of a meeting, in order."""
    if isinstance(value, Inline):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _paper(found: Values) -> Paper:
    key = "issue" if "issue" in found else "pdf"
    return Paper(
        found.places[key],
        found.get("issue"),
        found.get("pdf"),
        found.get("title"),
        found.get("pages", ()),
        found.get("fit", PageFit.INSIDE),
    )
