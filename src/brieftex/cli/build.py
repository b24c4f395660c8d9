"""``brieftex build``: issue files become PDF files, each whole or not at all."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import click

from brieftex.cli.command import Command
from brieftex.cli.files import usual_issue, write_whole
from brieftex.cli.findings import Findings
from brieftex.cli.options import bundled_option, format_option, theme_option
from brieftex.cli.words import words
from brieftex.diagnostics import InputError, Severity
from brieftex.pipeline import Typeset, typeset


@dataclass(frozen=True, slots=True)
class Job:
    """One file to build and where its PDF goes."""

    issue: Path
    target: Path


@click.command(
    cls=Command,
    help=words(
        "把简报文件排成 PDF，写到 out 文件夹\n\n"
        "不写文件名时，排当前文件夹里的 issue.yaml 或 briefing.yaml，\n"
        "或唯一的 YAML 文件。",
        "Sets issue files as PDF, in the folder out\n\n"
        "Without FILES: issue.yaml or briefing.yaml of the current folder,\n"
        "or its only YAML file.",
    ),
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILES…]")
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    help=words("输出文件；多个文件时为文件夹", "output file, or folder for several files"),
)
@theme_option
@bundled_option
@format_option
def command(
    files: tuple[Path, ...],
    output: str | None,
    theme: str | None,
    bundled_fonts: bool,
    style: str,
) -> int:
    """Build every file; the exit status tells whether all of them were written."""
    findings = Findings(style)
    built = [
        _build(job, theme, bundled_fonts, findings)
        for job in plan(files or (usual_issue(Path()),), output)
    ]
    findings.close()
    return 0 if all(built) else 1


def plan(files: tuple[Path, ...], output: str | None) -> list[Job]:
    """Where each PDF goes. Raises UsageError where two would meet or an issue be replaced."""
    folder = Path("out")
    if output is not None:
        named_folder = output.endswith(("/", os.sep)) or Path(output).is_dir()
        if len(files) == 1 and not named_folder:
            return _checked([Job(files[0], Path(output))])
        if not named_folder and (Path(output).exists() or Path(output).suffix.lower() == ".pdf"):
            raise click.UsageError(
                words(
                    f"有多个文件，-o 应当是文件夹，而不是 {output}",
                    f"with several files -o is a folder, not {output}",
                )
            )
        folder = Path(output)
    return _checked([Job(path, folder / f"{path.stem}.pdf") for path in files])


def _checked(jobs: list[Job]) -> list[Job]:
    issues = {_identity(job.issue): job.issue for job in jobs}
    targets: dict[str, Job] = {}
    for job in jobs:
        identity = _identity(job.target)
        if identity in issues:
            raise click.UsageError(
                words(f"输出会覆盖 {issues[identity]}", f"output would replace {issues[identity]}")
            )
        if identity in targets:
            first = targets[identity].issue
            raise click.UsageError(
                words(
                    f"{first} 和 {job.issue} 都会写成 {job.target}",
                    f"{first} and {job.issue} would both become {job.target}",
                )
            )
        targets[identity] = job
    return jobs


def _identity(path: Path) -> str:
    # Names that differ in case or in composition are one file on macOS and Windows.
    return unicodedata.normalize("NFC", os.path.abspath(path)).casefold()  # noqa: PTH100


def _build(job: Job, theme: str | None, bundled_fonts: bool, findings: Findings) -> bool:
    try:
        result = typeset(job.issue, theme=theme, bundled_fonts=bundled_fonts)
    except InputError as error:
        findings.show(error.diagnostics, error.source)
        errors = sum(d.severity is Severity.ERROR for d in error.diagnostics)
        click.echo(
            words(
                f"{job.issue}：{errors} 个错误，没有生成 PDF",
                f"{job.issue}: {errors} error{'s' * (errors != 1)}, no PDF written",
            ),
            err=True,
        )
        return False
    findings.show(result.diagnostics, result.source)
    try:
        write_whole(job.target, result.pdf)
    except OSError as error:
        reason = error.strerror or str(error)
        click.echo(
            words(
                f"错误：无法写入 {job.target}：{reason}（文件是否正被其他程序打开？）",
                f"error: cannot write {job.target}: {reason} (is it open in another program?)",
            ),
            err=True,
        )
        return False
    click.echo(summary(job.target, result), err=True)
    return True


def summary(target: Path, result: Typeset) -> str:
    """One line about a finished file."""
    pages = len(result.pages)
    sheets = (pages + 1) // 2
    warnings = sum(d.severity is Severity.WARNING for d in result.diagnostics)
    size = _size(len(result.pdf))
    return words(
        f"{target}：{pages} 页，{sheets} 张（双面），{result.characters:,} 字，"
        f"{warnings} 个警告，{size}",
        f"{target}: {pages} pages, {sheets} sheets (duplex), {result.characters:,} characters, "
        f"{warnings} warnings, {size}",
    )


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"
