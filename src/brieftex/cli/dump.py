"""``brieftex dump``: the pages as text, to see what was set where."""

from __future__ import annotations

from pathlib import Path

import click

from brieftex.cli.command import Command
from brieftex.cli.findings import Findings
from brieftex.cli.options import bundled_option, theme_option
from brieftex.cli.words import words
from brieftex.diagnostics import InputError
from brieftex.layout.dump import dump
from brieftex.pipeline import typeset_pages


@click.command(
    cls=Command,
    help=words("把排好的版面打印成文本", "Prints the pages, line by line, as text"),
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@theme_option
@bundled_option
def command(file: Path, theme: str | None, bundled_fonts: bool) -> int:
    """Print the dump on standard output."""
    findings = Findings("full")
    try:
        result = typeset_pages(file, theme=theme, bundled_fonts=bundled_fonts)
    except InputError as error:
        findings.show(error.diagnostics, error.source)
        return 1
    findings.show(result.diagnostics, result.source)
    click.echo(dump(result.pages), nl=False)
    return 0
