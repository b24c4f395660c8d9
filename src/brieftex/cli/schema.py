"""``brieftex schema``: what an editor needs to complete and check issue files and themes."""

from __future__ import annotations

import json

import click

from brieftex.cli.command import Command
from brieftex.cli.words import words
from brieftex.issue.schema import json_schema


@click.command(
    cls=Command,
    help=words(
        "打印简报文件或主题文件的 JSON Schema",
        "Prints the JSON Schema of issue files, or of themes",
    ),
)
@click.option("--theme", is_flag=True, help=words("主题文件的", "that of themes"))
@click.option(
    "--markdown",
    "as_markdown",
    is_flag=True,
    help=words("主题各项的说明（Markdown）", "the reference of themes as Markdown"),
)
def command(theme: bool, as_markdown: bool) -> int:
    """Print the schema, or the reference, on standard output."""
    if not (theme or as_markdown):
        click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
        return 0
    # A schema of issues needs no theme.
    from brieftex.theme import reference  # noqa: PLC0415

    if as_markdown:
        click.echo(reference.markdown(), nl=False)
    else:
        click.echo(json.dumps(reference.json_schema(), ensure_ascii=False, indent=2))
    return 0
