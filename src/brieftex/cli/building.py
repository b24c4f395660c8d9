"""The results of ``build`` on their way to the disk and to the user, in the order of the files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from brieftex.cli.findings import Reporter
from brieftex.cli.language import tr
from brieftex.cli.targets import Job, identity_of
from brieftex.diagnostics.reasons import is_open_elsewhere, reason_of
from brieftex.output import STANDARD_OUTPUT, write_output

if TYPE_CHECKING:
    from brieftex.batch.task import BuildResult

_DONE, _FAILED, _DEFECT = 0, 1, 3


class Landing:
    """Writes each PDF as soon as it is made, and reports on each file once all files before it
    have been reported."""

    def __init__(
        self,
        jobs: Sequence[Job],
        findings: Reporter,
        *,
        encrypted: bool = False,
    ) -> None:
        """``written`` is called for each PDF once it is on the disk."""
        self._jobs = jobs
        self._findings = findings
        self._encrypted = encrypted
        self.written: Callable[[int, BuildResult], None] = lambda _number, _result: None
        self._waiting: dict[int, tuple[BuildResult | None, list[str]]] = {}
        self._next = 0
        self._statuses = {_DONE}

    @property
    def status(self) -> int:
        """The exit status of all that has landed."""
        return max(self._statuses)

    def skip(self, number: int, warnings: int) -> None:
        """Take in a file that is up to date, with so many ``warnings`` when it was built."""
        name = _name(self._jobs[number].target)
        zh, en = f"没有变化，上次有 {warnings} 个警告", f"up to date, {warnings} warnings last time"
        self._waiting[number] = None, [tr(f"{name}：{zh}", f"{name}: {en}")] if warnings else []

    def land(self, number: int, result: BuildResult) -> None:
        """Take the result of one file, and write its PDF."""
        job = self._jobs[number]
        status, words = self._landed(job, result)
        if status == _DONE:
            self.written(number, result)
        self._statuses.add(status)
        self._waiting[number] = result, words

    def has_news(self) -> bool:
        """Whether there is something to report."""
        return self._next in self._waiting

    def tell(self) -> None:
        """Print the reports that are due."""
        while self._next in self._waiting:
            result, words = self._waiting.pop(self._next)
            self._next += 1
            if result is not None:
                self._findings.show_rendered(result.text, result.records)
            for line in words:
                click.echo(line, err=True)

    def _landed(self, job: Job, result: BuildResult) -> tuple[int, list[str]]:
        if result.defect:
            from brieftex.cli.defect import report_trace  # noqa: PLC0415  # seldom needed

            return _DEFECT, [f"{job.issue}：{report_trace(result.defect, sys.argv[1:])}"]
        if result.killed:
            zh = f"{job.issue}：排它的进程被系统结束了，可能是内存不够，没有生成 PDF"
            en = f"{job.issue}: its process was killed, perhaps for want of memory, no PDF written"
            return _FAILED, [tr(zh, en)]
        if not result.file:
            count = result.errors
            zh = f"{job.issue}：{count} 个错误，没有生成 {job.kind[0]}"
            en = f"{job.issue}: {count} error{'s' * (count != 1)}, no {job.kind[1]} written"
            return _FAILED, [tr(zh, en)]
        target = identity_of(job.target)
        if any(identity_of(opened.path) == target for opened in result.opened):
            # A PDF among the attachments, say.
            zh = f"错误：没有写 {job.target}：{job.issue} 要用这个文件；用 -o 另起名字"
            en = f"error: {job.target} is not replaced: {job.issue} uses it; choose a name with -o"
            return _FAILED, [tr(zh, en)]
        try:
            write_output(job.target, result.file)
        except (OSError, ValueError) as error:
            return _FAILED, [_unwritten(job.target, error)]
        words = [summary(job.target, result)]
        if self._encrypted:
            name = _name(job.target)
            zh = f"注意：{name} 设了密码，因此不是 PDF/A；归档请另存一份不设密码的"
            en = f"note: {name} is encrypted and therefore no PDF/A: keep another copy "
            words.append(tr(zh, f"{en}for the archive"))
        return _DONE, words


def _unwritten(target: Path, error: OSError | ValueError) -> str:
    """Why a PDF could not be written."""
    zh, en = reason_of(error)
    if isinstance(error, OSError) and is_open_elsewhere(error):
        zh = "它正被占用：请先关闭打开它的程序；它若是单独挂载的文件，请改为挂载它所在的文件夹"
        en = "it is in use: close the program that has it open; mount a folder, not a single file"
    name = _name(target)
    return tr(f"错误：无法写入 {name}：{zh}", f"error: cannot write {name}: {en}")


def _name(target: Path) -> str:
    return tr("标准输出", "standard output") if target == STANDARD_OUTPUT else f"{target}"


def summary(target: Path, result: BuildResult) -> str:
    """One line about a finished file."""
    pages, warnings = result.pages, result.warnings
    sheets = (pages + 1) // 2
    size = _size(len(result.file))
    name = _name(target)
    if result.file.startswith(b"PK"):
        return tr(
            f"{name}：Word 文件，{result.characters:,} 字，{warnings} 个警告，{size}",
            f"{name}: {result.characters:,} characters, {warnings} warnings, {size}",
        )
    return tr(
        f"{name}：{pages} 页，{sheets} 张（双面），{result.characters:,} 字，"
        f"{warnings} 个警告，{size}",
        f"{name}: {pages} pages, {sheets} sheets (duplex), {result.characters:,} characters, "
        f"{warnings} warnings, {size}",
    )


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"
