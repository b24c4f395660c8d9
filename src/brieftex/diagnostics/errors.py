"""The end of a run that cannot go on."""

from __future__ import annotations

from collections.abc import Sequence

from brieftex.diagnostics.core import Finding, Source


class InputError(Exception):
    """The input cannot be set. Carries every finding of the run, errors and warnings; as text,
    a line for each, with its file, line, column and code."""

    def __init__(self, source: Source, findings: Sequence[Finding]) -> None:
        """``findings`` holds at least one error."""
        super().__init__(source, findings)
        self.source = source
        self.findings = tuple(findings)

    def __str__(self) -> str:
        # Few ask for it, and it needs json.
        from brieftex.diagnostics.render import render_findings  # noqa: PLC0415

        return render_findings(self.findings, self.source, "concise").rstrip("\n")
