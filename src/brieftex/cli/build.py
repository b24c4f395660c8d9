"""``brieftex build``: issue files become PDF files, each whole or not at all."""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct
from msgspec.structs import replace

from brieftex.cli.command import Command
from brieftex.cli.files import usual_issue
from brieftex.cli.findings import Reporter
from brieftex.cli.language import tr
from brieftex.cli.options import (
    bundled_option,
    draft_option,
    format_option,
    theme_option,
    watermark_of,
    watermark_option,
)
from brieftex.cli.password import ask_password
from brieftex.cli.progress import Progress
from brieftex.diagnostics import InputError, Severity
from brieftex.diagnostics.reasons import is_open_elsewhere, reason_of
from brieftex.output import (
    STANDARD_OUTPUT,
    flaw_of_name,
    is_stream,
    write_output,
)

if TYPE_CHECKING:
    from brieftex.pipeline import Typeset


class Job(Struct, frozen=True):
    """One file to build and where its PDF goes."""

    issue: Path
    target: Path
    edition: str | None = None


class BuildOptions(Struct, frozen=True):
    """How all files of a call are built."""

    theme: str | None
    watermark: str | None
    bundled_fonts: bool
    attach_source: bool
    password: str | None


@click.command(
    cls=Command,
    help=tr(
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
    help=tr(
        "输出文件，- 是标准输出；多个文件时为文件夹",
        "output file, - for standard output; a folder for several files",
    ),
)
@click.option(
    "--attach-source",
    is_flag=True,
    help=tr("把原稿（YAML）附在 PDF 里", "put the issue file into the PDF"),
)
@click.option(
    "--password",
    is_flag=True,
    help=tr("设打开密码（随后输入），不再是 PDF/A", "encrypt it (asks), no PDF/A any more"),
)
@click.option(
    "--edition",
    "editions",
    multiple=True,
    metavar="NAME",
    help=tr(
        "版本：print、mail、large、review，可写多次",
        "print, mail, large or review; may be given more than once",
    ),
)
@watermark_option
@draft_option
@theme_option
@bundled_option
@format_option
def command(  # noqa: PLR0913  # click passes every option by its name
    files: tuple[Path, ...],
    output: str | None,
    *,
    editions: tuple[str, ...],
    password: bool,
    draft: bool,
    style: str,
    **options: Any,
) -> int:
    """Build every file; the exit status tells whether all of them were written."""
    findings = Reporter(style)
    options["watermark"] = watermark_of(options["watermark"], draft=draft)
    jobs = plan(files or (usual_issue(Path()),), output, editions)
    if jobs[0].target == STANDARD_OUTPUT:
        _check_standard_output(style)
    secret = ask_password(twice=True) if password else None
    how = BuildOptions(password=secret, **options)
    with Progress(sys.stderr, len(jobs)) as progress:
        built = [_build(job, how, findings, progress) for job in jobs]
    findings.close()
    return 0 if all(built) else 1


def plan(files: tuple[Path, ...], output: str | None, editions: tuple[str, ...] = ()) -> list[Job]:
    """Where each PDF goes; one of an edition bears its name, so that they lie side by side.

    Raises UsageError where two would meet or an issue be replaced.
    """
    folder = Path("out")
    # Loads the themes' reader, so that help is immediate.
    from brieftex.input.theme.locate import edition_named  # noqa: PLC0415

    wanted = tuple(dict.fromkeys(map(edition_named, editions))) or (None,)
    if output is not None:
        named_folder = output.endswith(("/", os.sep)) or _is_folder(Path(output))
        if len(files) == len(wanted) == 1 and not named_folder:
            return _checked([Job(files[0], Path(output), wanted[0])])
        if Path(output) == STANDARD_OUTPUT:
            raise click.UsageError(
                tr(
                    "标准输出（-o -）只能接一个文件的一个版本",
                    "standard output (-o -) takes one edition of one file",
                )
            )
        if not named_folder and (os.path.lexists(output) or _is_pdf(Path(output))):
            raise click.UsageError(
                tr(
                    f"有多个文件或版本，-o 应当是文件夹，而不是 {output}",
                    f"with several files or editions -o is a folder, not {output}",
                )
            )
        folder = Path(output)
    return _checked(
        [
            Job(path, folder / f"{path.stem}{_ending(edition)}.pdf", edition)
            for path in files
            for edition in wanted
        ]
    )


def _ending(edition: str | None) -> str:
    return "" if edition is None else f"-{Path(edition).stem}"


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that the system cannot even look for
        return False


def _is_pdf(path: Path) -> bool:
    return path.suffix.lower() == ".pdf"


def _check_standard_output(style: str) -> None:
    """Raises UsageError where a PDF would get mixed with other output, or fill a screen."""
    if style not in ("full", "concise"):
        raise click.UsageError(
            tr(
                f"-o - 和 --format {style} 都要用标准输出，只能选一个",
                f"-o - and --format {style} both take standard output",
            )
        )
    if sys.stdout.isatty():
        raise click.UsageError(
            tr(
                "PDF 不能显示在终端里：请接 > 文件名，或者用 -o 文件名",
                "a terminal cannot show a PDF: send it to a file with > or -o",
            )
        )


def _check_target(target: Path) -> None:
    """Raises UsageError where no file of this name should be made."""
    if is_stream(target):
        return
    if (flaw := flaw_of_name(target.name)) is not None:
        raise click.UsageError(
            tr(f"不能写成 {target}：{flaw[0]}", f"cannot write {target}: {flaw[1]}")
        )
    if not _is_pdf(target):
        raise click.UsageError(
            tr(
                f"生成的是 PDF，文件名应以 .pdf 结尾：是不是 {target}.pdf？"
                f"（文件夹写成 {target}/）",
                f"a PDF's name ends in .pdf: did you mean {target}.pdf, or the folder {target}/?",
            )
        )


def _checked(jobs: list[Job]) -> list[Job]:
    issues = {_identity(job.issue): job.issue for job in jobs}
    targets: dict[str, Job] = {}
    for job in jobs:
        if job.target == STANDARD_OUTPUT:
            continue
        identity = _identity(job.target)
        if identity in issues:
            raise click.UsageError(
                tr(f"输出会覆盖 {issues[identity]}", f"output would replace {issues[identity]}")
            )
        if identity in targets:
            first = targets[identity].issue
            raise click.UsageError(
                tr(
                    f"{first} 和 {job.issue} 都会写成 {job.target}",
                    f"{first} and {job.issue} would both become {job.target}",
                )
            )
        _check_target(job.target)
        targets[identity] = job
    return jobs


def _identity(path: Path) -> str:
    # Names that differ in case or in composition are one file on macOS and Windows.
    # A link is written to where it leads.
    try:
        whole = os.path.realpath(path)
    except (OSError, ValueError):
        whole = str(path)
    return unicodedata.normalize("NFC", whole).casefold()


def _build(job: Job, options: BuildOptions, findings: Reporter, progress: Progress) -> bool:
    from brieftex.pipeline import typeset  # noqa: PLC0415  # help does without the typesetter

    progress.file(job.issue.name)
    try:
        result = typeset(
            job.issue,
            theme=options.theme,
            edition=job.edition,
            watermark=options.watermark,
            bundled_fonts=options.bundled_fonts,
            attach_source=options.attach_source,
            archival=options.password is None,
            progress=progress.stage,
        )
    except InputError as error:
        progress.hide()
        findings.show(error.findings, error.source)
        errors = sum(d.severity is Severity.ERROR for d in error.findings)
        click.echo(
            tr(
                f"{job.issue}：{errors} 个错误，没有生成 PDF",
                f"{job.issue}: {errors} error{'s' * (errors != 1)}, no PDF written",
            ),
            err=True,
        )
        return False
    progress.hide()
    findings.show(result.findings, result.source)
    if options.password is not None:
        result = _protected(result, options.password)
    try:
        write_output(job.target, result.pdf)
    except (OSError, ValueError) as error:
        click.echo(_unwritten(job.target, error), err=True)
        return False
    click.echo(summary(job.target, result), err=True)
    if options.password is not None:
        click.echo(
            tr(
                f"注意：{_name(job.target)} 设了密码，因此不是 PDF/A；归档请另存一份不设密码的",
                f"note: {_name(job.target)} is encrypted and therefore no PDF/A: keep another copy "
                "for the archive",
            ),
            err=True,
        )
    return True


def _unwritten(target: Path, error: OSError | ValueError) -> str:
    """Why a PDF could not be written."""
    zh, en = reason_of(error)
    if isinstance(error, OSError) and is_open_elsewhere(error):
        zh = "它正被占用：请先关闭打开它的程序；它若是单独挂载的文件，请改为挂载它所在的文件夹"
        en = "it is in use: close the program that has it open; mount a folder, not a single file"
    name = _name(target)
    return tr(f"错误：无法写入 {name}：{zh}", f"error: cannot write {name}: {en}")


def _name(target: Path) -> str:
    return tr("标准输出", "standard output") if target == STANDARD_OUTPUT else str(target)


def _protected(result: Typeset, password: str) -> Typeset:
    """The result with its PDF encrypted. Raises ClickException."""
    from brieftex.pipeline import protect  # noqa: PLC0415  # help does without the typesetter

    try:
        return replace(result, pdf=protect(result.pdf, password))
    except ImportError as error:
        raise click.ClickException(
            tr(
                "加密要用 cryptography 软件包：pip install 'brieftex[password]'",
                "encryption needs the package cryptography: pip install 'brieftex[password]'",
            )
        ) from error


def summary(target: Path, result: Typeset) -> str:
    """One line about a finished file."""
    pages = len(result.pages)
    sheets = (pages + 1) // 2
    warnings = sum(d.severity is Severity.WARNING for d in result.findings)
    size = _size(len(result.pdf))
    name = _name(target)
    return tr(
        f"{name}：{pages} 页，{sheets} 张（双面），{result.characters:,} 字，"
        f"{warnings} 个警告，{size}",
        f"{name}: {pages} pages, {sheets} sheets (duplex), {result.characters:,} characters, "
        f"{warnings} warnings, {size}",
    )


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"
