"""``brieftex approve``: an issue becomes final, and its file records who approved it."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from brieftex.cli.command import Command
from brieftex.cli.language import tr
from brieftex.cli.options import as_day, bundled_option, format_option
from brieftex.cli.paths import GivenPath


@click.command(
    cls=Command,
    help=tr(
        "定稿：把状态、定稿人、日期和全文的印记写进简报文件\n\n"
        "只写这几行，别处一个字节也不动。此后改了字，排版时会指出是哪几行；\n"
        "要重新定稿，再运行一次。",
        "Makes an issue final: writes state, name, date and a mark of the text into it\n\n"
        "No other byte changes. What is changed afterwards is told at each build;\n"
        "run it again to approve the new text.",
    ),
)
@click.argument("file", required=False, type=click.Path(path_type=GivenPath), metavar="[FILE]")
@click.option("--by", required=True, metavar="NAME", help=tr("定稿人", "who approves it"))
@click.option(
    "--date",
    "day",
    callback=as_day,
    metavar="YYYY-MM-DD",
    help=tr("定稿日期，默认今天", "the day, today by default"),
)
@bundled_option
@format_option
def command(
    file: Path | None, by: str, day: datetime.date | None, bundled_fonts: bool, style: str
) -> int:
    """Approve one issue; the status is 1 when it has errors or cannot be written."""
    from brieftex.cli.approving import approve  # help needs none of it  # noqa: PLC0415

    return approve(file=file, by=by, day=day, bundled_fonts=bundled_fonts, style=style)
