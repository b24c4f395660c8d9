"""``brieftex verify``: a PDF is read back and compared with its issue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from brieftex.cli.command import Command
from brieftex.cli.findings import Reporter
from brieftex.cli.language import tr
from brieftex.cli.options import bundled_option, edition_option, format_option, theme_option
from brieftex.cli.password import ask_password
from brieftex.cli.paths import GivenPath
from brieftex.diagnostics import Finding, InputError, Severity, Source
from brieftex.diagnostics.reasons import reason_of


@click.command(
    cls=Command,
    help=tr(
        "核验 PDF 是否完整、能否归档\n\n"
        "查字体、标签、链接、书签、归档标记和缺字；写了 --against，\n"
        "还逐字核对 PDF 与原稿。build 生成每个文件时都已经核验过。",
        "Verifies that a PDF is complete and fit for an archive\n\n"
        "Looks at faces, tags, links, bookmarks, archive marks and missing glyphs;\n"
        "with --against, also compares every character with the issue.\n"
        "A build has verified each file that it wrote.",
    ),
)
@click.argument("file", type=click.Path(path_type=GivenPath), metavar="FILE.pdf")
@click.option(
    "--against",
    type=click.Path(path_type=GivenPath),
    metavar="ISSUE.yaml",
    help=tr("与这份原稿逐字核对", "compare it with this issue"),
)
@click.option(
    "--password", is_flag=True, help=tr("文件有密码（随后输入）", "the file has a password")
)
@click.option(
    "--seconds",
    type=click.IntRange(1),
    metavar="N",
    help=tr(
        "最多用多少秒（默认 10，大文件多些；Windows 上不限）",
        "the most seconds to spend (10, more for big files; no bound on Windows)",
    ),
)
@click.option(
    "--memory",
    type=click.IntRange(16),
    metavar="MIB",
    help=tr(
        "最多用多少内存，MiB（默认 512；只在 Linux 上限）",
        "the most memory to use, MiB (512; bounded on Linux alone)",
    ),
)
@edition_option
@theme_option
@bundled_option
@format_option
def command(file: Path, against: Path | None, password: bool, style: str, **options: Any) -> int:
    """Verify one file; the status is 1 when something is wrong with it."""
    # Help does without the typesetter.
    from brieftex.verification import verify_file  # noqa: PLC0415

    findings = Reporter(style)
    secret = ask_password(twice=False) if password else None
    try:
        found, source = verify_file(file, against, password=secret, **options)
    except InputError as error:
        findings.show(error.findings, error.source)
        findings.close()
        return 1
    except OSError as error:
        zh, en = reason_of(error)
        raise click.ClickException(
            tr(f"无法读取 {file}：{zh}", f"cannot read {file}: {en}")
        ) from error
    # What has a place is shown in the issue, what has none belongs to the file.
    findings.show([d for d in found if d.span is None], Source(str(file), ""))
    if source is not None:
        findings.show([d for d in found if d.span is not None], source)
    findings.close()
    click.echo(_summary(file, found, compared=source is not None), err=True)
    return int(any(d.severity is Severity.ERROR for d in found))


def _summary(file: Path, found: list[Finding], *, compared: bool) -> str:
    errors = sum(d.severity is Severity.ERROR for d in found)
    if errors:
        return tr(f"{file}：{errors} 个错误，核验没有通过", f"{file}: {errors} errors, not good")
    if compared:
        return tr(f"{file}：核验通过，与原稿一致", f"{file}: good, and the same as the issue")
    return tr(f"{file}：核验通过", f"{file}: good")
