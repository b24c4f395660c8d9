"""Findings on their way to the user, in the format that was asked for."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence

import click
from msgspec import Struct, field

from brieftex.cli.language import language
from brieftex.diagnostics import Finding, Source
from brieftex.diagnostics.render import in_order, records, render_findings


class Reporter(Struct):
    """Prints the findings of each file: for people on standard error, for programs (json,
    github) on standard output. All files together make one JSON array, printed by ``close``."""

    style: str
    _records: list[dict[str, object]] = field(default_factory=list)

    @property
    def is_for_people(self) -> bool:
        """Whether findings go to standard error."""
        return self.style in ("full", "concise")

    @property
    def color(self) -> bool:
        """Whether they are coloured."""
        return self.is_for_people and sys.stderr.isatty() and "NO_COLOR" not in os.environ

    def show(self, findings: Sequence[Finding], source: Source) -> None:
        """Print the findings of one file."""
        if self.style == "json":
            self.show_rendered("", records(in_order(findings), source, language()))
        else:
            text = render_findings(findings, source, self.style, language(), self.color)
            self.show_rendered(text, ())

    def show_rendered(self, text: str, rows: Sequence[dict[str, object]]) -> None:
        """Print findings of one file that were rendered where it was set."""
        self._records += rows
        click.echo(text, nl=False, err=self.is_for_people)

    def close(self) -> None:
        """Print what had to wait for the last file."""
        if self.style == "json":
            click.echo(json.dumps(self._records, ensure_ascii=False, indent=2))
