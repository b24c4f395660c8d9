"""An issue file → ``Issue``: stages 1 and 2 in one call."""

from __future__ import annotations

from pathlib import Path

from brieftex.diagnostics import Diagnostic, InputError, Source
from brieftex.issue.model import Issue
from brieftex.issue.read import read
from brieftex.sourcefile import read_source
from brieftex.yamltree import parse


def read_issue(path: Path) -> tuple[Issue, list[Diagnostic]]:
    """The issue that a file holds, with what is odd about it.

    Raises InputError with everything that is wrong.
    """
    source, findings = read_source(path)
    return read_issue_text(source, findings, path.parent)


def read_issue_text(
    source: Source, findings: list[Diagnostic], folder: Path
) -> tuple[Issue, list[Diagnostic]]:
    """The same of a source; ``findings`` are those made when it was read from its bytes."""
    try:
        issue, odd = read(parse(source), source, folder)
    except InputError as error:
        raise InputError(source, [*findings, *error.diagnostics]) from None
    return issue, [*findings, *odd]
