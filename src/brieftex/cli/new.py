"""``brieftex new``: an issue to fill in, empty or in the frame of the one before."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from brieftex.cli.command import Command
from brieftex.cli.language import tr
from brieftex.cli.options import as_day
from brieftex.cli.paths import GivenPath


def _kind(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """The kind of issue of this name. Raises BadParameter."""
    if value is None:
        return None
    # Help needs none of these.
    from brieftex.input.issue.template import ISSUE_KINDS, kind_named  # noqa: PLC0415
    from brieftex.input.meeting.template import MEETING_KIND  # noqa: PLC0415

    kind = MEETING_KIND[0] if value in MEETING_KIND else kind_named(value)
    if kind is None:
        names = [(key, *names) for key, names in ISSUE_KINDS.items()]
        known = "、".join(f"{name}（{key}）" for key, name, *_ in (*names, MEETING_KIND))
        zh, en = f"没有“{value}”这一种；可用：{known}", f"no such kind: {value}; there are {known}"
        raise click.BadParameter(tr(zh, en), ctx, param)
    return kind


@click.command(
    cls=Command,
    help=tr(
        "新建一期简报的文件\n\n"
        "不带 --from 时写一份带说明的空白简报，默认名为 issue.yaml；--kind 说明是哪一种。\n"
        "--kind 会议材料 写一个会议文件（会议.yaml）和两份材料，供 brieftex collect 合成一本。\n"
        "带 --from 时沿用上一期的报头、栏目名、落款和版记，期号、总期号加一；日期按\n"
        "最近两期的间隔推算，只有一期时看刊名：周报推后一周，其余推后一个月，遇周末顺延到\n"
        "星期一；跨年时期号从 1 编起；发文字号不沿用。发言、图表和表格留着空的格式。\n"
        "文件写在上一期旁边，如 2026-05.yaml。已有的文件不会被覆盖。",
        "Writes the file of a new issue\n\n"
        "Without --from: an empty one with comments, issue.yaml by default, of some --kind.\n"
        "--kind meeting writes a meeting file (会议.yaml) with two papers to collect.\n"
        "With --from: masthead, section titles, signature and colophon are those of the\n"
        "last issue; number and total go up by one; the date is as far from the last as\n"
        "that was from the one before, or a week if its name says 周, or a month, and never\n"
        "moves to a weekend; with the year the number begins anew; no document number is\n"
        "carried over. Speeches, charts and tables keep empty forms.\n"
        "The file goes beside the last one, as 2026-05.yaml.\n"
        "No file is ever replaced.",
    ),
)
@click.argument("file", required=False, type=click.Path(path_type=GivenPath), metavar="[FILE]")
@click.option(
    "--from",
    "last",
    type=click.Path(path_type=GivenPath),
    metavar="LAST",
    help=tr("上一期的文件", "the file of the last issue"),
)
@click.option(
    "--kind",
    callback=_kind,
    metavar="KIND",
    help=tr(
        "种类：单篇、综合（默认）、周报、公文、纪要、会议材料",
        "single, digest (the default), weekly, official, minutes or meeting",
    ),
)
@click.option(
    "--date",
    "day",
    callback=as_day,
    metavar="YYYY-MM-DD",
    help=tr("编发日期，也可以写 2026年6月22日", "the date of the issue"),
)
def command(
    file: Path | None, last: Path | None, kind: str | None, day: datetime.date | None
) -> int:
    """Write the file; the exit status tells whether it is there now."""
    from brieftex.cli.new_file import write_new  # help needs none of it  # noqa: PLC0415

    return write_new(file, last, kind, day)
