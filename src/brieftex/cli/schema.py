"""``brieftex schema``: what an editor needs to complete and check issue files and themes."""

from __future__ import annotations

import json

import click

from brieftex.cli.command import Command
from brieftex.cli.language import tr


@click.command(
    cls=Command,
    help=tr(
        "打印简报文件或主题文件的 JSON Schema，供编辑器补全和检查\n\n"
        "存成 brieftex.schema.json，并在简报文件第一行写\n"
        "# yaml-language-server: $schema=brieftex.schema.json",
        "Prints the JSON Schema of issue files, or of themes, for completion and checks\n\n"
        "Save it as brieftex.schema.json and begin the issue file with\n"
        "# yaml-language-server: $schema=brieftex.schema.json",
    ),
)
@click.option("--theme", is_flag=True, help=tr("主题文件的", "that of themes"))
@click.option("--meeting", is_flag=True, help=tr("会议文件的", "that of meeting files"))
@click.option(
    "--markdown",
    "as_markdown",
    is_flag=True,
    help=tr("打印各项的说明（Markdown）", "print the reference as Markdown"),
)
def command(theme: bool, meeting: bool, as_markdown: bool) -> int:
    """Print the schema, or the reference, on standard output."""
    # Help needs no schema, and the schema of issues needs no theme.
    if theme and meeting:
        raise click.UsageError(tr("--theme、--meeting 只用一个", "one of --theme and --meeting"))
    if meeting:
        from brieftex.input.meeting.read import meeting_schema  # noqa: PLC0415
        from brieftex.input.meeting.reference import meeting_markdown  # noqa: PLC0415

        markdown, schema = meeting_markdown, meeting_schema
    elif theme:
        from brieftex.input.theme.reference import theme_markdown, theme_schema  # noqa: PLC0415

        markdown, schema = theme_markdown, theme_schema
    else:
        from brieftex.input.issue.reference import issue_markdown  # noqa: PLC0415
        from brieftex.input.issue.schema import issue_schema  # noqa: PLC0415

        markdown, schema = issue_markdown, issue_schema
    if as_markdown:
        click.echo(markdown(), nl=False)
    else:
        click.echo(json.dumps(schema(), ensure_ascii=False, indent=2))
    return 0
