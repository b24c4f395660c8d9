"""Options that several commands share."""

from __future__ import annotations

import datetime

import click

from brieftex.cli.language import tr
from brieftex.diagnostics.render import FORMATS

format_option = click.option(
    "--format",
    "style",
    type=click.Choice(FORMATS),
    default="full",
    metavar="|".join(FORMATS),
    help=tr("问题的输出格式", "how findings are written"),
)

theme_option = click.option(
    "--theme", metavar="NAME", help=tr("改用另一个主题", "use another theme")
)

edition_option = click.option(
    "--edition",
    metavar="NAME",
    help=tr(
        "版本：print 印刷、mono 黑白、mail 邮件、large 大字或 review 送审",
        "edition: print, mono, mail, large or review",
    ),
)

watermark_option = click.option(
    "--watermark", metavar="TEXT", help=tr("通页的水印", "words across every page")
)

draft_option = click.option(
    "--draft",
    is_flag=True,
    help=tr("通页印“草稿”，同 --watermark 草稿", "mark every page as a draft"),
)

bundled_option = click.option(
    "--bundled-fonts",
    is_flag=True,
    help=tr("只用自带字体，不找系统字体", "use no fonts but the bundled ones"),
)


def watermark_of(watermark: str | None, *, draft: bool) -> str | None:
    """The words across the pages; None: those of the edition, if any."""
    if watermark is None:
        return "草稿" if draft else None
    return " ".join(watermark.split())


def as_day(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime.date | None:
    """The day that is written, as in an issue file. Raises BadParameter."""
    if value is None:
        return None
    from brieftex.input.issue.values import FIRST_YEAR, day_parts  # help needs none  # noqa: PLC0415

    parts = day_parts(value)
    try:
        if parts is not None and parts[0] >= FIRST_YEAR:
            return datetime.date(*parts)
    except ValueError:
        pass  # there is no such day
    zh, en = f"不是日期：{value}，例如 2026-06-22", f"is no date: {value}; try 2026-06-22"
    raise click.BadParameter(tr(zh, en), ctx, param)
