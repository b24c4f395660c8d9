"""``brieftex diff``: what changed between two issues, by meaning."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from brieftex.cli.command import Command
from brieftex.cli.findings import Reporter
from brieftex.cli.language import language, tr
from brieftex.diagnostics import InputError

if TYPE_CHECKING:
    from brieftex.model.issue import Issue


@click.command(
    cls=Command,
    help=tr(
        "比较两期，或一期的前后两稿，说明改了什么\n\n"
        "栏目和条目移动、改名也认得出；文字按词比较，不切开词语和数字；数字、人名的\n"
        "改动另外标出。表格按格比较，图表按数值，插图按文件。\n"
        "只写一个文件时，用 --git 与它在版本库里的旧稿比较，或用 --docx 与改过的\n"
        "Word 稿比较。",
        "Compares two issues, or two drafts of one, and says what changed\n\n"
        "Sections and items are known although moved or renamed; texts are compared by\n"
        "words, and numbers and names are called out. Tables are compared by cell, charts\n"
        "by value, pictures by their files. With one FILE, --git compares it with an older\n"
        "draft in the repository, --docx with a document that was edited in Word.",
    ),
)
@click.argument("old", type=click.Path(path_type=Path), metavar="OLD")
@click.argument("new", required=False, type=click.Path(path_type=Path), metavar="[NEW]")
@click.option(
    "--git", "revision", metavar="REV",
    help=tr("旧稿是版本库里的这一版，如 HEAD~1", "the old draft is that of this revision"),
)  # fmt: skip
@click.option(
    "--docx", "edited", type=click.Path(path_type=Path), metavar="EDITED",
    help=tr("新稿是这个 Word 文件", "the new draft is this document of Word"),
)  # fmt: skip
@click.option(
    "--format", "style", type=click.Choice(["text", "markdown", "json"]), default="text",
    metavar="text|markdown|json", help=tr("输出格式", "how it is written"),
)  # fmt: skip
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE.docx",
    help=tr("另写成带修订的 Word 文件", "write a document of Word with tracked changes as well"),
)  # fmt: skip
@click.option(
    "--author", default="brieftex", metavar="NAME",
    help=tr("修订写作谁改的", "whose changes they are"),
)  # fmt: skip
def command(  # noqa: PLR0913, PLR0917  # one for each option
    old: Path,
    new: Path | None,
    revision: str | None,
    edited: Path | None,
    style: str,
    output: Path | None,
    author: str,
) -> int:
    """Print the differences; 0 whether there are any or not, 1 where a file cannot be read."""
    if sum(given is not None for given in (new, revision, edited)) != 1:
        raise click.UsageError(
            tr(
                "写两个文件，或一个文件加 --git、--docx 之一",
                "two files, or one and --git or --docx",
            )
        )
    from brieftex.changes.comparison import issue_differences  # noqa: PLC0415  # help does without
    from brieftex.changes.report import markdown_report, plain_report, records_of  # noqa: PLC0415

    try:
        before, after = _issues(old, new, revision, edited)
    except InputError as error:
        Reporter("full").show(error.findings, error.source)
        return 1
    pictures = _digests(before), _digests(after)
    found = issue_differences(before, after, ({}, {}) if revision or edited else pictures)
    sources = before.source, after.source
    if output is not None and not _write_tracked(output, before, after, author):
        return 1
    if style == "json":
        click.echo(json.dumps(records_of(found, sources), ensure_ascii=False, indent=2))
        return 0
    if style == "markdown":
        click.echo(markdown_report(found, sources), nl=False)
    else:
        color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        click.echo(plain_report(found, sources, color=color, language=language()), nl=False)
    count = len(found)
    click.echo(tr(f"{count} 处不同", f"{count} difference{'s' * (count != 1)}"), err=True)
    return 0


def _write_tracked(output: Path, before: Issue, after: Issue, author: str) -> bool:
    """Write the document; whether it is there now. Raises UsageError for another ending."""
    from brieftex.changes.tracked import tracked_document  # noqa: PLC0415  # seldom asked for
    from brieftex.diagnostics.reasons import reason_of  # noqa: PLC0415
    from brieftex.output import write_output  # noqa: PLC0415

    if output.suffix.lower() != ".docx":
        raise click.UsageError(tr("-o 只写 .docx", "-o writes .docx only"))
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(epoch) if epoch.isdecimal() and len(epoch) < 12 else None
    now = datetime.datetime.now(datetime.UTC)
    day = now if seconds is None else datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    try:
        write_output(output, tracked_document(before, after, author, f"{day:%Y-%m-%dT%H:%M:%SZ}"))
    except OSError as error:
        zh, en = reason_of(error)
        message = f"错误：无法写入 {output}：{zh}"
        click.echo(tr(message, f"error: cannot write {output}: {en}"), err=True)
        return False
    return True


def _issues(
    old: Path, new: Path | None, revision: str | None, edited: Path | None
) -> tuple[Issue, Issue]:
    """The old and the new issue. Raises InputError."""
    from brieftex.input.issue.file import read_issue, read_issue_text  # noqa: PLC0415

    if new is not None:
        return read_issue(old)[0], read_issue(new)[0]
    after = read_issue(old)[0]
    if revision is not None:
        from brieftex.source import decode_source  # noqa: PLC0415

        source, findings = decode_source(f"{old.name}@{revision}", _committed(old, revision))
        return read_issue_text(source, findings, old.parent)[0], after
    assert edited is not None
    return after, _edited(after, edited)


def _committed(path: Path, revision: str) -> bytes:
    """A file as it was in a revision of the repository. Raises UsageError."""
    if revision.startswith("-"):
        raise click.UsageError(tr(f"不是版本：{revision}", f"is no revision: {revision}"))
    call = ["git", "-C", str(path.resolve().parent), "show", f"{revision}:./{path.name}"]
    try:
        done = subprocess.run(call, capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.SubprocessError):
        raise click.UsageError(tr("没有装 git", "git is not installed")) from None
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        shown = reason[-1] if reason else ""
        raise click.UsageError(
            tr(
                f"版本库里没有 {revision} 的 {path.name}：{shown}",
                f"{revision} has no {path.name}: {shown}",
            )
        )
    return done.stdout


def _edited(issue: Issue, path: Path) -> Issue:
    """The issue that an edited document is; what no document holds is that of ``issue``."""
    from brieftex.input.theme import load_theme  # noqa: PLC0415
    from brieftex.source import read_bytes  # noqa: PLC0415
    from brieftex.word.incoming import read_document  # noqa: PLC0415
    from brieftex.word.package import LARGEST_FILE  # noqa: PLC0415
    from brieftex.word.shape import HeadingForms  # noqa: PLC0415

    theme = load_theme(issue.theme, issue.folder)
    forms = HeadingForms(theme.headings, theme.body_headings)
    data = read_bytes(path, LARGEST_FILE)
    read = read_document(str(path), data, issue, forms)
    from msgspec.structs import replace  # noqa: PLC0415

    return replace(read.shaped.issue, source=read.source)


def _digest(path: Path) -> str:
    from brieftex.picture import PICTURE_LIMIT  # noqa: PLC0415
    from brieftex.source import read_regular  # noqa: PLC0415

    return hashlib.sha256(read_regular(path, PICTURE_LIMIT)).hexdigest()


def _digests(issue: Issue) -> dict[str, str]:
    """What identifies the bytes of each picture of an issue."""
    from brieftex.input.issue.figures import figure_path  # noqa: PLC0415

    found = {}
    for name in issue.pictures:
        try:
            path = figure_path(issue.folder, name)
            found[name] = "" if path is None else _digest(path)
        except (OSError, ValueError):
            found[name] = ""
    return found
