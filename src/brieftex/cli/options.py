"""Options that several commands share."""

from __future__ import annotations

import click

from brieftex.cli.words import words
from brieftex.diagnostics.render import FORMATS

format_option = click.option(
    "--format",
    "style",
    type=click.Choice(FORMATS),
    default="full",
    metavar="|".join(FORMATS),
    help=words("问题的输出格式", "how findings are written"),
)

theme_option = click.option(
    "--theme", metavar="NAME", help=words("改用另一个主题", "use another theme")
)

bundled_option = click.option(
    "--bundled-fonts",
    is_flag=True,
    help=words("只用自带字体，不找系统字体", "use no fonts but the bundled ones"),
)
