"""``brieftex dump``: the pages as text, to see what was set where."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from brieftex.cli.command import Command
from brieftex.cli.findings import Reporter
from brieftex.cli.language import tr
from brieftex.cli.options import (
    bundled_option,
    edition_option,
    theme_option,
    watermark_option,
)
from brieftex.cli.paths import GivenPath
from brieftex.diagnostics import InputError


@click.command(
    cls=Command,
    help=tr("把排好的版面打印成文本", "Prints the pages, line by line, as text"),
)
@click.argument("file", type=click.Path(path_type=GivenPath), metavar="FILE")
@edition_option
@watermark_option
@theme_option
@bundled_option
def command(file: Path, **options: Any) -> int:
    """Print the dump on standard output."""
    # Help does without the typesetter.
    from brieftex.layout.dump import dump  # noqa: PLC0415
    from brieftex.pipeline import typeset_pages  # noqa: PLC0415

    findings = Reporter("full")
    try:
        result = typeset_pages(file, **options)
    except InputError as error:
        findings.show(error.findings, error.source)
        return 1
    findings.show(result.findings, result.source)
    click.echo(dump(result.pages), nl=False)
    return 0
