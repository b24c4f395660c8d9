"""One issue of many: what is to be built, what came of it.

Both are values that another process can be sent. Findings come rendered, since the process that
set the issue has the text that they stand in.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from brieftex.batch.services import BatchServices
from brieftex.diagnostics import Finding, InputError, Severity, Source
from brieftex.diagnostics.render import in_order, records, render_findings
from brieftex.model.issue import Issue
from brieftex.pipeline import TypesetPages, protect, typeset
from brieftex.services import Services
from brieftex.source import FileLog, OpenedFile


class BuildTask(Struct, frozen=True):
    """An issue file to be set in an edition, or in the one it has."""

    issue: Path
    edition: str | None = None


class BuildManner(Struct, frozen=True):
    """How all issues of a run are built, as PDF or as documents of ``word``, and how their
    findings are told: ``style`` is one of ``FORMATS``, ``language`` is ``zh`` or ``en``, ``color``
    for a terminal. What is ``recorded`` has ``looks``."""

    theme: str | None = None
    watermark: str | None = None
    bundled_fonts: bool = False
    attach_source: bool = False
    password: str | None = None
    style: str = "full"
    language: str = "zh"
    color: bool = False
    recorded: bool = False
    word: bool = False


class BuildResult(Struct, frozen=True):
    """What came of a task.

    ``file`` is empty where there are errors, where ``defect`` holds the traceback of a failure of
    brieftex itself, or where the process that set the issue was ``killed``. ``text`` are the
    findings as rendered, ``records`` those for JSON. ``opened`` are the files that were opened
    beside those of themes and faces, ``theme`` is what the issue calls its theme, and ``looks``
    the digest of theme and faces.
    """

    file: bytes = b""
    pages: int = 0
    characters: int = 0
    errors: int = 0
    warnings: int = 0
    findings: int = 0
    text: str = ""
    records: tuple[dict[str, Any], ...] = ()
    defect: str = ""
    killed: bool = False
    opened: tuple[OpenedFile, ...] = ()
    theme: str = ""
    looks: str = ""


class IssueRead(Struct, frozen=True):
    """An issue as it was read from its file, and what was found in it."""

    issue: Issue
    findings: tuple[Finding, ...]


def _silent(stage: str) -> None:
    """Say nothing."""


def built(
    task: BuildTask,
    manner: BuildManner,
    services: BatchServices,
    progress: Callable[[str], None] = _silent,
    read: IssueRead | None = None,
) -> BuildResult:
    """Build an issue, which may have been ``read`` already. Raises NoCipherError where a password
    is wanted and cannot be set."""
    services.begin()
    try:
        with FileLog() as log:
            data, made, findings = _made(task, manner, services, read, progress)
    except InputError as error:
        from brieftex.batch.causes import with_cause  # for errors only  # noqa: PLC0415

        error = with_cause(error, services, lambda means: _made(task, manner, means, read))
        return told(error.findings, error.source, manner)
    except Exception:  # noqa: BLE001  # a defect met in one issue is no reason to leave out others
        return BuildResult(defect=traceback.format_exc())
    result = told(findings, made.source, manner)
    return replace(
        result,
        file=data if manner.password is None else protect(data, manner.password),
        pages=len(made.pages),
        characters=made.characters,
        opened=tuple(log.opened.values()),
        theme=made.issue.theme,
        looks=services.looks() if manner.recorded else "",
    )


def _made(
    task: BuildTask,
    manner: BuildManner,
    services: Services,
    read: IssueRead | None,
    progress: Callable[[str], None] = _silent,
) -> tuple[bytes, TypesetPages, tuple[Finding, ...]]:
    """The bytes of the file, the pages of the issue and what is to be said. Raises InputError."""
    given: Path | Issue = task.issue if read is None else read.issue
    found = () if read is None else read.findings
    if manner.word:
        from brieftex.twin.make import word_document  # noqa: PLC0415  # few builds need it

        document = word_document(
            given,
            found=found,
            theme=manner.theme,
            edition=task.edition,
            watermark=manner.watermark,
            bundled_fonts=manner.bundled_fonts,
            services=services,
        )
        return document.twin.data, document.made, document.findings
    made = typeset(
        given,
        found=found,
        theme=manner.theme,
        edition=task.edition,
        watermark=manner.watermark,
        bundled_fonts=manner.bundled_fonts,
        attach_source=manner.attach_source,
        archival=manner.password is None,
        progress=progress,
        services=services,
    )
    return made.pdf, made, made.findings


def told(findings: tuple[Finding, ...], source: Source, manner: BuildManner) -> BuildResult:
    """A result without a PDF: what was found, in the manner that was asked for."""
    severities = [finding.severity for finding in findings]
    result = BuildResult(
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
        findings=len(findings),
    )
    if manner.style == "json":
        rows = tuple(records(in_order(findings), source, manner.language))
        return replace(result, records=rows)
    text = render_findings(findings, source, manner.style, manner.language, manner.color)
    return replace(result, text=text)
