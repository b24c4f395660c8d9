"""Where each PDF of a build goes; what would meet or replace something is refused."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import click
from msgspec import Struct

from brieftex.cli.files import is_folder, with_places
from brieftex.cli.language import tr
from brieftex.output import STANDARD_OUTPUT, flaw_of_name, is_stream


class Job(Struct, frozen=True):
    """One file to build and where its PDF goes."""

    issue: Path
    target: Path
    edition: str | None = None


def plan(files: Sequence[Path], output: str | None, editions: Sequence[str] = ()) -> list[Job]:
    """Where each PDF goes; one of an edition bears its name, so that they lie side by side. The
    issues of a folder go into folders like those that they lie in.

    Raises UsageError where two would meet or an issue be replaced.
    """
    folder = Path("out")
    # Loads the themes' reader, so that help is immediate.
    from brieftex.input.theme.locate import edition_named  # noqa: PLC0415

    wanted = tuple(dict.fromkeys(map(edition_named, editions))) or (None,)
    found = with_places(files)
    if output is not None:
        named_folder = output.endswith(("/", os.sep)) or is_folder(Path(output))
        one = len(files) == len(wanted) == 1 and found[0][0] == files[0]
        if one and not named_folder:
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
            Job(path, folder / place / f"{path.stem}{_ending(edition)}.pdf", edition)
            for path, place in found
            for edition in wanted
        ]
    )


def _ending(edition: str | None) -> str:
    return "" if edition is None else f"-{Path(edition).stem}"


def _is_pdf(path: Path) -> bool:
    return path.suffix.lower() == ".pdf"


def check_standard_output(style: str) -> None:
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
