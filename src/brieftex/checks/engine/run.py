"""An issue, or several of one briefing, checked: everything that is said about each file.

Unlike a build, which stops at errors, a check goes on behind slips of YAML: the text of such a
file is as good to check as any.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from brieftex.checks.engine.registry import check_issue, compare_issues
from brieftex.diagnostics import Finding, InputError, Severity, Source
from brieftex.input.issue.file import ReadableError, read_issue
from brieftex.model.issue import Issue
from brieftex.source import Given


class Checked(Struct, frozen=True):
    """One file: what was found in it, in no order, and the issue unless it has errors."""

    source: Source
    findings: tuple[Finding, ...]
    issue: Issue | None

    @property
    def good(self) -> bool:
        """Whether there is no error."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


def check(issue: Given, folder: Path | str | None = None) -> Checked:
    """Check one issue: the path of a file, its bytes, or a ``Source``. Figures are looked for
    in ``folder``: that of the file, or the current one. Never raises."""
    try:
        read, found = read_issue(issue, folder)
    except ReadableError as error:
        found = [*error.findings, *error.certain(check_issue(error.issue))]
        return Checked(error.source, tuple(error.issue.without_allowed(found)), None)
    except InputError as error:
        return Checked(error.source, error.findings, None)
    found = read.without_allowed([*found, *check_issue(read)])
    return Checked(read.source, tuple(found), read)


def check_series(issues: Iterable[Given | Checked]) -> tuple[Checked, ...]:
    """Check issues, and those without errors against each other: numbers, dates, items that ran
    before, names. Each may have been checked by itself already."""
    checked = [one if isinstance(one, Checked) else check(one) for one in issues]
    readable = [k for k, one in enumerate(checked) if one.issue is not None]
    if len(readable) > 1:
        together = compare_issues([one.issue for one in checked if one.issue is not None])
        for k, found in zip(readable, together, strict=True):
            one = checked[k]
            assert one.issue is not None
            more = one.issue.without_allowed(found)
            checked[k] = replace(one, findings=(*one.findings, *more))
    return tuple(checked)
