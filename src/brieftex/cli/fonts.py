"""``brieftex fonts``: which face plays which role, where it comes from and what it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from brieftex.cli.command import Command
from brieftex.cli.findings import Reporter
from brieftex.cli.language import language, tr
from brieftex.cli.options import bundled_option, theme_option
from brieftex.cli.paths import GivenPath
from brieftex.diagnostics import InputError, Source
from brieftex.diagnostics.render import width

if TYPE_CHECKING:
    from brieftex.fonts.report import FontRow


@click.command(
    cls=Command,
    help=tr(
        "列出每种用途的字体、来源和缺字\n\n"
        "给出简报文件时，用该文件的主题和它旁边的 fonts 文件夹。\n"
        "缺字按 GB/T 2312 的 6763 个汉字和常用标点计算。",
        "Lists the face of every role, its origin and what it lacks\n\n"
        "With FILE: in its theme, and with the folder fonts beside it.\n"
        "Looks for the 6,763 Han characters of GB/T 2312 and the usual marks.",
    ),
)
@click.argument("file", required=False, type=click.Path(path_type=GivenPath), metavar="[FILE]")
@theme_option
@bundled_option
def command(file: Path | None, theme: str | None, bundled_fonts: bool) -> int:
    """Print the table on standard output; the status is 1 when a role has no face."""
    # Help does without faces and themes.
    from brieftex.fonts.load import load_fonts  # noqa: PLC0415
    from brieftex.input.issue.file import read_issue  # noqa: PLC0415
    from brieftex.input.theme import load_theme  # noqa: PLC0415

    findings = Reporter("full")
    folder, name = None, "briefing"
    try:
        if file is not None:
            issue, _ = read_issue(file)
            folder, name = issue.folder, issue.theme
        chosen = load_theme(theme or name, folder or Path(), given=theme is not None)
    except InputError as error:
        findings.show(error.findings, error.source)
        return 1
    book = load_fonts(chosen.fonts, folder, bundled_fonts)
    for line in _aligned([_cells(row) for row in book.report()]):
        click.echo(line)
    findings.show(
        [*book.findings, *book.confusions(), *book.unusable], Source(str(file or name), "")
    )
    return 0 if all(choice.face for choice in book.choices) else 1


def _cells(row: FontRow) -> tuple[str, ...]:
    scripts = {"han": ("中文", "Han"), "latin": ("西文", "Latin"), "fallback": ("补字", "fallback")}
    use = (row.role, tr(*scripts[row.script]))
    if row.file is None or row.origin is None:
        return (*use, tr("（没有）", "(none)"), "", "", ", ".join(row.wanted))
    origin = row.origin.zh if language() == "zh" else row.origin.value
    lacks = f"{row.lacks} {row.sample}{'…' * (row.lacks > len(row.sample))}"
    lacks = tr(f"缺 {lacks}", f"lacks {lacks}") if row.lacks else ""
    return (*use, row.family, origin, str(row.file), lacks)


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows in columns, for a terminal in which a Han character is two columns wide."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (w - width(cell)) for cell, w in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
