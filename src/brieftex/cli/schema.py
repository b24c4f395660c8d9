"""``brieftex schema``: what an editor needs to complete and check issue files."""

from __future__ import annotations

import json

import click

from brieftex.cli.command import Command
from brieftex.cli.words import words
from brieftex.issue.schema import json_schema


@click.command(
    cls=Command,
    help=words("打印简报文件的 JSON Schema", "Prints the JSON Schema of issue files"),
)
def command() -> int:
    """Print the schema on standard output."""
    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
    return 0
