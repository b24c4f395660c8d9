"""Where each file of a build goes, a PDF or a document of Word; what would meet or replace
something is refused."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from msgspec import Struct

from brieftex.cli.files import is_folder, with_places
from brieftex.cli.language import tr
from brieftex.cli.paths import GivenPath
from brieftex.output import STANDARD_OUTPUT, flaw_of_name, is_stream


class Job(Struct, frozen=True):
    """One file to build and where the result goes, a PDF or a document of Word."""

    issue: Path
    target: Path
    edition: str | None = None
    word: bool = False

    @property
    def kind(self) -> tuple[str, str]:
        """What the result is called, in Chinese and in English."""
        return ("Word 文件", "document of Word") if self.word else ("PDF", "PDF")

    @property
    def suffix(self) -> str:
        """The ending of its name."""
        return ".docx" if self.word else ".pdf"


def plan(
    files: Sequence[Path],
    output: str | None,
    editions: Sequence[str] = (),
    *,
    word: bool = False,
) -> list[Job]:
    """Where each file goes; one of an edition bears its name, so that they lie side by side. The
    issues of a folder go into folders like those that they lie in.

    Raises UsageError where two would meet or an issue be replaced.
    """
    folder, suffix = GivenPath("out"), ".docx" if word else ".pdf"
    # Loads the themes' reader, so that help is immediate.
    from brieftex.input.theme.locate import edition_named  # noqa: PLC0415

    wanted = tuple(dict.fromkeys(map(edition_named, editions))) or (None,)
    found = with_places(files)
    if output is not None:
        named_folder = output.endswith(("/", os.sep)) or is_folder(Path(output))
        one = len(files) == len(wanted) == 1 and found[0][0] == files[0]
        if one and not named_folder:
            return _checked([Job(files[0], GivenPath(output), wanted[0], word)])
        if Path(output) == STANDARD_OUTPUT:
            raise click.UsageError(
                tr(
                    "标准输出（-o -）只能接一个文件的一个版本",
                    "standard output (-o -) takes one edition of one file",
                )
            )
        if not named_folder and (os.path.lexists(output) or _is_file_name(output)):
            raise click.UsageError(
                tr(
                    f"有多个文件或版本，-o 应当是文件夹，而不是 {GivenPath(output)}",
                    f"with several files or editions -o is a folder, not {GivenPath(output)}",
                )
            )
        folder = GivenPath(output)
    return _checked(
        [
            Job(path, folder / place / f"{path.stem}{_ending(edition)}{suffix}", edition, word)
            for path, place in found
            for edition in wanted
        ]
    )


def _ending(edition: str | None) -> str:
    return "" if edition is None else f"-{Path(edition).stem}"


def _is_file_name(name: str) -> bool:
    return name.lower().endswith((".pdf", ".docx"))


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


def _check_target(job: Job) -> None:
    """Raises UsageError where no file of this name should be made."""
    target, suffix = job.target, job.suffix
    if is_stream(target):
        return
    if (flaw := flaw_of_name(target.name)) is not None:
        raise click.UsageError(
            tr(f"不能写成 {target}：{flaw[0]}", f"cannot write {target}: {flaw[1]}")
        )
    if target.suffix.lower() != suffix:
        zh, en = job.kind
        raise click.UsageError(
            tr(
                f"生成的是 {zh}，文件名应以 {suffix} 结尾：是不是 {target}{suffix}？"
                f"（文件夹写成 {target}/）",
                f"a {en}'s name ends in {suffix}: did you mean {target}{suffix}, "
                f"or the folder {target}/?",
            )
        )


def _checked(jobs: list[Job]) -> list[Job]:
    issues = {identity_of(job.issue): job.issue for job in jobs}
    targets: dict[str, Job] = {}
    for job in jobs:
        if job.target == STANDARD_OUTPUT:
            continue
        identity = identity_of(job.target)
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
        _check_target(job)
        targets[identity] = job
    return jobs


def keep_inputs(targets: Iterable[Path], inputs: Iterable[Path]) -> None:
    """Raises UsageError where a target leads to a file that is read."""
    taken = {identity_of(path): path for path in inputs}
    for target in targets:
        if (found := taken.get(identity_of(target))) is not None:
            raise click.UsageError(tr(f"输出会覆盖 {found}", f"output would replace {found}"))


def identity_of(path: Path) -> str:
    """What a path leads to, for comparison: names that differ in case or in composition are one
    file on macOS and Windows."""
    try:
        whole = os.path.realpath(path)
    except (OSError, ValueError):
        whole = str(path)
    return unicodedata.normalize("NFC", whole).casefold()
