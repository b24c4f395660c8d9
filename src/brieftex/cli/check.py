"""``brieftex check``: what an editor would mark, and the safe part of it mended."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from brieftex.cli.command import Command
from brieftex.cli.files import usual_issue, with_folders, write_unchanged
from brieftex.cli.findings import Reporter
from brieftex.cli.language import tr
from brieftex.cli.options import format_option
from brieftex.cli.paths import GivenPath
from brieftex.cli.progress import Progress
from brieftex.diagnostics import InputError, Severity, Source
from brieftex.source import decode_source, encode_like, read_bytes

if TYPE_CHECKING:
    from brieftex.checks.engine.run import Checked


@click.command(
    cls=Command,
    help=tr(
        "检查标点、数字用法和各期之间的一致\n\n"
        "写文件夹时，检查其中所有的简报文件；多个文件一起检查时，\n"
        "还核对期号、日期、重复刊登和前后写法。\n"
        "不写文件名时，与 build 相同。",
        "Checks punctuation, numbers and the agreement of several issues\n\n"
        "A folder stands for all issue files in it. Several files are also\n"
        "checked against each other: numbers, dates, items that ran before, names.\n"
        "Without FILES: the same file as build.",
    ),
)
@click.argument("files", nargs=-1, type=click.Path(path_type=GivenPath), metavar="[FILES…]")
@click.option("--fix", is_flag=True, help=tr("改正能放心改的", "mend what is safe to mend"))
@click.option(
    "--diff",
    is_flag=True,
    help=tr("只显示会怎样改，不写文件", "show the changes, write nothing"),
)
@click.option(
    "--strict", is_flag=True, help=tr("有警告也算不通过", "fail for warnings as for errors")
)
@format_option
def command(files: tuple[Path, ...], fix: bool, diff: bool, strict: bool, style: str) -> int:
    """Check every file; the exit status tells whether all of them are good."""
    # Help does without the rules.
    from brieftex.checks.engine.run import check_series  # noqa: PLC0415

    findings = Reporter(style)
    paths = with_folders(files or (usual_issue(Path()),))
    written = [_mend(path, diff) for path in paths] if fix or diff else []
    with Progress(sys.stderr, len(paths)) as progress:
        checked = check_series([_check(path, progress) for path in paths])
    counts: Counter[Severity] = Counter()
    for file in checked:
        findings.show(file.findings, file.source)
        counts.update(finding.severity for finding in dict.fromkeys(file.findings))
    findings.close()
    if style in ("full", "concise"):
        click.echo(_summary(checked, counts), err=True)
    bad = counts[Severity.ERROR] or (strict and counts[Severity.WARNING])
    return 1 if bad or not all(written) else 0


def _check(path: Path, progress: Progress) -> Checked:
    progress.file(path.name)
    progress.stage("check")
    from brieftex.checks.engine.run import check  # noqa: PLC0415  # as above

    return check(path)


def _mend(path: Path, diff: bool) -> bool:
    """Mend a file, or show how; False when it could not be written."""
    from brieftex.checks.engine.fixes import mend  # noqa: PLC0415  # most checks mend nothing

    try:
        data = read_bytes(path)
        source, _ = decode_source(str(path), data)
        mended = mend(source, path.parent)
    except InputError:
        return True  # checking says what is wrong with it
    if not mended.count:
        return True
    if diff:
        click.echo(_difference(source, mended.source), nl=False)
        return True
    after = encode_like(data, source.text, mended.source.text)
    problem = tr("文件的编码无法原样写回", "its encoding cannot be kept")
    if after is not None:
        problem = write_unchanged(path, data, after)
    if problem:
        click.echo(
            tr(f"错误：无法写入 {path}：{problem}", f"error: cannot write {path}: {problem}"),
            err=True,
        )
        return False
    click.echo(
        tr(
            f"{path}：改正了 {mended.count} 处",
            f"{path}: {mended.count} finding{'s' * (mended.count != 1)} mended",
        ),
        err=True,
    )
    return True


def _difference(before: Source, after: Source) -> str:
    """A unified diff of two texts."""
    from difflib import unified_diff  # noqa: PLC0415  # for --diff only

    old, new = (
        [text.line(number) + "\n" for number in range(1, text.line_count + 1)]
        for text in (before, after)
    )
    return "".join(unified_diff(old, new, before.name, after.name, n=1))


def _summary(checked: Sequence[Checked], counts: Counter[Severity]) -> str:
    files, fixable = len(checked), sum(f.fix is not None for c in checked for f in set(c.findings))
    errors, warnings, notes = (counts[severity] for severity in Severity)
    ends = ["s" * (n != 1) for n in (files, errors, warnings, notes)]
    zh = f"{files} 个文件：{errors} 个错误，{warnings} 个警告，{notes} 个提示"
    en = (
        f"{files} file{ends[0]}: {errors} error{ends[1]}, {warnings} warning{ends[2]}, "
        f"{notes} note{ends[3]}"
    )
    if fixable:
        zh += f"；{fixable} 处可用 --fix 改正"
        en += f"; --fix mends up to {fixable}"
    return tr(zh, en)
