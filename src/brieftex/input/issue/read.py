"""YAML tree → ``Issue``, or every problem of the file at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from brieftex.diagnostics import Finding, InputError, OffsetMap, Severity, Source, Span
from brieftex.diagnostics.messages import foreign
from brieftex.diagnostics.messages import schema as messages
from brieftex.diagnostics.messages.delivery import (
    APPROVAL_MARK_DAMAGED,
    CHANGED_SINCE_APPROVAL,
    MORE_CHANGED,
)
from brieftex.input.fields import Reading, Values, read_record
from brieftex.input.fields.forms import example
from brieftex.input.issue.approval import approval_changes, approved_units, is_approval_mark
from brieftex.input.issue.fields import ATTACHMENT, ISSUE, MASTHEAD, homes
from brieftex.input.issue.figures import read_picture
from brieftex.input.issue.pdf_pages import FoundPages, find_pages
from brieftex.input.issue.values import PARAGRAPHS
from brieftex.input.yaml import Mapping, Scalar
from brieftex.memory import NOTHING_KEPT, Memo
from brieftex.model.content import Body, Inline, PageFit, Paragraphs, PdfPages
from brieftex.model.issue import (
    Approval,
    Attachment,
    Attendance,
    Colophon,
    Foreword,
    Issue,
    Item,
    Masthead,
    Section,
    Signature,
    SourceNote,
)

OF_FILES = frozenset({
    messages.FIGURE_OUTSIDE, messages.FIGURE_MISSING, messages.FIGURE_FORMAT,
    messages.FIGURE_DAMAGED, messages.FIGURE_TOO_LARGE, messages.FIGURE_UNREADABLE,
    messages.DRAWING_UNUSABLE, foreign.PAPER_MISSING, foreign.PAPER_UNREADABLE,
    foreign.PAPER_LOCKED, foreign.PAPER_TOO_COSTLY, foreign.PAPER_WITHOUT_PAGE,
    foreign.PAPER_OF_TOO_MANY_PAGES,
})  # fmt: skip
"""Why a picture or the pages of a PDF file cannot be taken: what the text says is not touched."""

MOST_CHANGES = 12
"""Places shown at which a text differs from the approved one."""


class FilesError(InputError):
    """A file whose errors are all about other files that it names; ``issue`` is the rest of it."""

    def __init__(self, issue: Issue, findings: Sequence[Finding]) -> None:
        """``findings`` are those of the file."""
        self.issue = issue
        super().__init__(issue.source, findings)


def read(
    tree: Mapping, source: Source, folder: Path, memo: Memo = NOTHING_KEPT
) -> tuple[Issue, list[Finding]]:
    """Read the tree of an issue file into the model; ``memo`` may know what texts mean.

    ``folder`` is where relative paths start; no figure may lie outside it. The diagnostics
    are warnings and notes, in file order. Raises InputError with all findings of the file
    when any of them is an error: FilesError where they hide nothing of its text.
    """
    reading = Reading(source, folder, homes(), _paragraphs(tree), memo=memo)
    # What the whole file lacks is shown at its first key.
    found = read_record(reading, tree, ISSUE, "")
    head = found.get("masthead") or Values()
    if "retention" in head and "classification" not in head:
        field = MASTHEAD["classification"]
        reading.report(
            messages.MISSING_FIELD, head["retention"].span(), "masthead", owner=MASTHEAD.label,
            label=field.label, key=field.key, example="`classification: 机密`",
        )  # fmt: skip
    if "name_picture" in head:
        read_picture(reading, head["name_picture"], head.places["name_picture"], "masthead")
    signed = found.get("signature") or Values()
    if len(signed.get("seals", ())) > len(signed.get("names", ())):
        reading.report(messages.SEAL_WITHOUT_NAME, signed.places["seals"], "signature.seals")
    for seal in signed.get("seals", ()):
        read_picture(reading, seal, signed.places["seals"], "signature", words=False)
    if "attachments" in found:
        found["attachments"] = [
            {**attached, **_attached_pages(reading, attached, f"attachments[{index}]")}
            for index, attached in enumerate(found["attachments"])
        ]
    wrong = {d.kind for d in reading.findings if d.severity is Severity.ERROR}
    if not wrong and not any(
        key in found for key in ("foreword", "body", "sections", "attachments")
    ):
        reading.report(messages.NO_CONTENT, Span(tree.span.start, tree.span.start))
    approval = _approval(reading, found, tree, folder)
    findings = sorted(reading.findings, key=lambda d: d.span.start if d.span else -1)
    if wrong <= OF_FILES:
        issue = _issue(found, reading, approval)
        if wrong:
            raise FilesError(issue, findings)
        return issue, findings
    raise InputError(source, findings)


def _attached_pages(reading: Reading, attached: Values, path: str) -> dict[str, object]:
    """The title and body of an attachment whose pages are those of a PDF file: they follow the
    text. Nothing for any other."""
    name = attached.get("pdf")
    for key in ("pages", "fit"):
        if key in attached and "pdf" not in attached:
            field = ATTACHMENT["pdf"]
            reading.report(
                messages.MISSING_FIELD, attached.places[key], path, owner=ATTACHMENT.label,
                label=field.label, key=field.key, example=example(field),
            )  # fmt: skip
    if name is None:
        return {}
    at = attached.places["pdf"]
    title = attached.get("title")
    if title is None:
        stem = Path(name.replace("\\", "/")).stem
        start = at.start + max(reading.source.text[at.start : at.end].find(stem), 0)
        title = Inline(stem, OffsetMap.at(start))
    body = attached.get("body", Body())
    ranges, fit = attached.get("pages", ()), attached.get("fit", PageFit.INSIDE)
    made = find_pages(reading.folder, name, ranges, at)
    if isinstance(made, Finding):
        reading.findings.append(made.within(path))
        made = FoundPages((), "")
    elif foreign.ATTACHED_PAGES not in {d.kind for d in reading.findings}:  # once says it
        reading.report(foreign.ATTACHED_PAGES, at, path, file=name)
    plain = title.text.replace("\n", "")
    pages = PdfPages(name, plain, made.pages, at, made.digest, ranges, fit)
    return {"title": title, "body": Body((*body.blocks, pages), body.notes)}


def _approval(reading: Reading, found: Values, tree: Mapping, folder: Path) -> Approval:
    """The approval of an issue; reports where its text is no longer that which was approved."""
    mark = found.get("approved_text")
    by, day = found.get("approved_by"), found.get("approved_on")
    changes: list[Span | None] = []
    if mark is not None and not is_approval_mark(mark):
        reading.report(APPROVAL_MARK_DAMAGED, found.places["approved_text"])
        return Approval(by and by.text, day, mark, changed=True)
    if mark is not None:
        units = approved_units(tree, folder, (*reading.pictures, *_attached_files(found)))
        changes = approval_changes(mark, units)
    for span in changes[:MOST_CHANGES]:
        who = "" if by is None else by.text
        place = found.places["approved_text"] if span is None else span
        reading.report(CHANGED_SINCE_APPROVAL, place, who=who, day="" if day is None else f"{day}")
    if (more := len(changes) - MOST_CHANGES) > 0:
        reading.report(
            MORE_CHANGED, changes[MOST_CHANGES] or found.places["approved_text"], count=more
        )
    return Approval(by and by.text, day, mark, bool(changes))


def _attached_files(found: Values) -> list[str]:
    """The PDF files of the attachments."""
    return [one["pdf"] for one in found.get("attachments", []) if "pdf" in one]


def _paragraphs(tree: Mapping) -> Paragraphs:
    """What parts paragraphs, read ahead because it says how every body is read."""
    for key, value in tree.entries:
        if key.text in ISSUE["paragraphs"].words and isinstance(value, Scalar):
            meant = PARAGRAPHS.words.get(value.text.strip().lower())
            return meant if isinstance(meant, Paragraphs) else Paragraphs.AUTO
    return Paragraphs.AUTO


def _issue(found: Values, reading: Reading, approval: Approval) -> Issue:
    """The model of an issue without errors, so that every required field is there."""
    colophon, signature, memo = found.get("colophon"), found.get("signature"), reading.memo
    return Issue(
        source=reading.source,
        folder=reading.folder,
        masthead=_placed(Masthead, found["masthead"], memo),
        theme=found.get("theme", "briefing"),
        title=found.get("title"),
        summary=found.get("summary"),
        contents=found.get("contents"),
        foreword=_foreword(found["foreword"], memo) if "foreword" in found else None,
        salutation=found.get("salutation"),
        body=found.get("body"),
        sources=_sources(found, memo),
        contributors=found.get("contributors", ()),
        sections=tuple([_section(section, memo) for section in found.get("sections", [])]),
        attendance=_attendance(found["attendance"], memo) if "attendance" in found else None,
        signature=None if signature is None else _placed(Signature, signature, memo),
        attachments=tuple(
            Attachment(a["title"], a.get("body", _NO_BODY), odd_page=a.get("odd_page", False))
            for a in found.get("attachments", [])
        ),
        colophon=None if colophon is None else _placed(Colophon, colophon, memo),
        line_breaking=found.get("line_breaking"),
        paragraphs=found.get("paragraphs", Paragraphs.AUTO),
        fit=found.get("fit"),
        keep=found.get("keep", ()),
        allow=found.get("allow", frozenset()),
        pictures=reading.pictures,
        state=found.get("state"),
        approval=approval,
    )


_NO_BODY = Body()

_Made = TypeVar("_Made")


def _known(kind: type[_Made], found: Values, memo: Memo, make: Callable[[], _Made]) -> _Made:
    """A record of the model: the same object where that of the same values is known."""
    known: tuple[Values, _Made] = memo.recall_whole((kind, id(found)), lambda: (found, make()))
    return known[1]


def _foreword(found: Values, memo: Memo) -> Foreword:
    return _known(Foreword, found, memo, lambda: Foreword(**found, span=found.piece))


def _attendance(found: Values, memo: Memo) -> Attendance:
    return _known(Attendance, found, memo, lambda: Attendance(**found))


def _section(found: Values, memo: Memo) -> Section:
    def make() -> Section:
        items = tuple([_item(item, memo) for item in found.get("items", [])])
        return Section(found.get("title"), items, found.get("editor_note"), found.get("body"))

    return _known(Section, found, memo, make)


def _item(found: Values, memo: Memo) -> Item:
    def make() -> Item:
        return Item(
            title=found["title"],
            body=found.get("body", _NO_BODY),
            sources=_sources(found, memo),
            editor_note=found.get("editor_note"),
            summary=found.get("summary"),
            contributors=found.get("contributors", ()),
            span=found.piece,
        )

    return _known(Item, found, memo, make)


def _sources(found: Values, memo: Memo) -> tuple[SourceNote, ...]:
    return tuple([_placed(SourceNote, note, memo) for note in found.get("sources", [])])


_Placed = TypeVar("_Placed", Masthead, Signature, Colophon, SourceNote)


def _placed(kind: type[_Placed], found: Values, memo: Memo) -> _Placed:
    """A record that knows where its numbers and dates stand."""
    return _known(kind, found, memo, lambda: kind(**found, places=found.places))
