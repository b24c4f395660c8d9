"""An issue file → ``Issue``: stages 1 and 2 in one call."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from brieftex.diagnostics import Finding, InputError, Severity, Source
from brieftex.diagnostics.messages import markup
from brieftex.diagnostics.messages import schema as messages
from brieftex.diagnostics.messages.typed import LINES_JOINED, LINES_PARTED, MARKS_READ
from brieftex.input.fields.naming import with_names
from brieftex.input.issue.fields import ISSUE, field_words
from brieftex.input.issue.read import OF_FILES, FilesError, read
from brieftex.input.yaml import Parsed, parse, parse_all
from brieftex.input.yaml.recovery import Repair
from brieftex.memory import FORGETFUL, NOTHING_KEPT, Memo, Memory
from brieftex.model.issue import Issue
from brieftex.source import Given, source_of

# What may be missing or displaced only because a broken line could not be read.
_OF_ABSENCE = frozenset({
    messages.WRONG_TYPE, messages.MISSING_FIELD, messages.EMPTY_VALUE, messages.EMPTY_FIELD,
    messages.UNKNOWN_BLOCK, messages.MISSING_ALT, messages.ROW_LENGTH,
    messages.ALIGN_LENGTH, markup.NOTE_UNDEFINED, markup.NOTE_UNUSED,
    markup.NOTE_EMPTY, markup.ROW_TOO_SHORT,
})  # fmt: skip


# What may only be the typing of a repair: a mark that YAML forbids becomes full-width.
_OF_TYPING = (LINES_PARTED, LINES_JOINED, MARKS_READ)


class ReadableError(InputError):
    """A file whose only errors are slips of YAML, or about other files that it names: ``issue`` is
    what it holds but for these."""

    def __init__(self, parsed: Parsed, issue: Issue, findings: Sequence[Finding]) -> None:
        """``findings`` are those of the file, at their places in it."""
        self._parsed = parsed
        self.issue = issue
        super().__init__(parsed.mending.unmended, findings)

    def certain(self, findings: Sequence[Finding]) -> list[Finding]:
        """What was found in ``issue`` and was not brought about by the slips, at its places in
        the file; nothing when some of the file had to be left out."""
        return [] if self._parsed.mending.lossy else _certain(self._parsed, findings)


def worded_issue(error: InputError) -> Issue:
    """The issue of a file of which only the text is wanted, if all that is wrong with it is that
    other files cannot be used: a draft that was sent alone lacks its pictures. Raises ``error``
    otherwise."""
    wrong = {found.kind for found in error.findings if found.severity is Severity.ERROR}
    if isinstance(error, ReadableError) and wrong <= OF_FILES:
        return error.issue
    raise error


def read_issue(
    issue: Given, folder: Path | str | None = None, memory: Memory = FORGETFUL
) -> tuple[Issue, list[Finding]]:
    """The issue that a file holds, with what is odd about it; ``folder`` is where its figures
    and themes are looked for, if that is not the file's.

    Raises ReadableError, an InputError, where slips of YAML and files that cannot be used are all
    that is wrong, and InputError with everything that is wrong otherwise.
    """
    source, findings, own = source_of(issue)
    memo = memory.stage("read")
    return read_issue_text(source, findings, own if folder is None else Path(folder), memo)


def read_issue_text(
    source: Source, findings: list[Finding], folder: Path, memo: Memo = NOTHING_KEPT
) -> tuple[Issue, list[Finding]]:
    """The same of a source; ``findings`` are those made when it was read from its bytes.

    Raises ReadableError, an InputError, likewise.
    """
    source = with_names(source, ISSUE, memo)
    parsed = parse_all(source, field_words(), memo)
    findings = [*findings, *parsed.problems]
    if parsed.tree is None:
        raise InputError(source, findings)
    try:
        issue, odd = read(parsed.tree, parsed.mending.source, folder, memo)
    except InputError as error:
        if (meeting := _meeting_in(parsed)) is not None:
            raise InputError(source, [meeting]) from None
        findings += _certain(parsed, error.findings)
        again = (
            error.issue
            if isinstance(error, FilesError)
            else _with_fixes(parsed, error.findings, folder)
        )
        if again is None:
            raise InputError(source, findings) from None
        raise ReadableError(parsed, again, findings) from None
    if any(d.severity is Severity.ERROR for d in parsed.problems):
        raise ReadableError(parsed, issue, [*findings, *_certain(parsed, odd)])
    return issue, [*findings, *odd]


def _meeting_in(parsed: Parsed) -> Finding | None:
    """What to say of a file whose keys are those of a meeting."""
    places = {key.text: key.span for key, _ in (parsed.tree.entries if parsed.tree else ())}
    agenda = next((places[word] for word in ("agenda", "议程") if word in places), None)
    if agenda is None or not places.keys() & {"meeting", "会议"}:
        return None
    return parsed.mending.original([messages.MEETING_FILE.at(agenda)])[0]


def _with_fixes(parsed: Parsed, findings: Sequence[Finding], folder: Path) -> Issue | None:
    """The issue, if a fix is known for every error of its fields: a number written as 第12期
    need not hide what else there is to say."""
    wrong = [finding for finding in findings if finding.severity is Severity.ERROR]
    errors = [finding for finding in wrong if finding.kind not in OF_FILES]
    fixes = {finding.fix for finding in errors if finding.fix is not None}
    if any(finding.fix is None for finding in errors):
        return None
    mending = parsed.mending
    edits = [edit for fix in fixes for edit in fix.edits]
    for span, text in sorted(edits, key=lambda edit: edit[0].start, reverse=True):
        mending.apply(Repair(span.start, span.end, text, sure=True))
    try:
        return read(parse(mending.source, field_words()), mending.source, folder)[0]
    except FilesError as error:
        return error.issue
    except InputError:
        return None


def _certain(parsed: Parsed, findings: Sequence[Finding]) -> list[Finding]:
    """The findings about fields that no broken line can have brought about, at their places
    in the file."""
    mending = parsed.mending
    return mending.original(
        finding
        for finding in findings
        if finding.kind is not messages.NO_CONTENT
        and not (mending.touched and finding.kind in _OF_TYPING)
        and not (mending.lossy and finding.kind in _OF_ABSENCE)
        and not mending.is_doubtful(finding.span)
    )
