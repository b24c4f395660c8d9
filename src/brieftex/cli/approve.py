"""``brieftex approve``: an issue becomes final; who says so stands in its file."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from brieftex.cli.command import Command
from brieftex.cli.files import usual_issue
from brieftex.cli.findings import Reporter
from brieftex.cli.language import tr
from brieftex.cli.new import as_day
from brieftex.cli.options import bundled_option, format_option
from brieftex.diagnostics import InputError
from brieftex.diagnostics.reasons import reason_of
from brieftex.input.issue.approval import approval_mark, approved_units, with_approval
from brieftex.input.issue.fields import field_words
from brieftex.input.issue.file import read_issue_text
from brieftex.input.yaml import parse
from brieftex.model.issue import Approval, State
from brieftex.output import write_whole
from brieftex.source import decode_source, encode_like, read_bytes


@click.command(
    cls=Command,
    help=tr(
        "定稿：把状态、定稿人、日期和全文的印记写进简报文件\n\n"
        "只写这几行，别处一个字节也不动。此后改了字，排版时会指出是哪几行；\n"
        "要重新定稿，再运行一次。",
        "Makes an issue final: writes state, name, date and a mark of the text into it\n\n"
        "No other byte changes. What is changed afterwards is told at each build;\n"
        "run it again to approve the new text.",
    ),
)
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@click.option("--by", required=True, metavar="NAME", help=tr("定稿人", "who approves it"))
@click.option(
    "--date",
    "day",
    callback=as_day,
    metavar="YYYY-MM-DD",
    help=tr("定稿日期，默认今天", "the day, today by default"),
)
@bundled_option
@format_option
def command(
    file: Path | None, by: str, day: datetime.date | None, bundled_fonts: bool, style: str
) -> int:
    """Approve one issue; the status is 1 when it has errors or cannot be written."""
    from brieftex.pipeline import typeset_pages  # noqa: PLC0415  # help does without it

    name = " ".join(by.split())
    if not name.isprintable() or not name:
        raise click.UsageError(tr("--by 后面写定稿人的姓名", "--by wants a name"))
    path = file or usual_issue(Path())
    findings = Reporter(style)
    try:
        data = read_bytes(path)
        made = typeset_pages(path, bundled_fonts=bundled_fonts)
        source, _ = decode_source(str(path), data)
        tree = parse(source, field_words())
    except InputError as error:
        findings.show(error.findings, error.source)
        findings.close()
        click.echo(tr(f"{path}：有错误，没有定稿", f"{path}: has errors, not approved"), err=True)
        return 1
    findings.show([f for f in made.findings if not f.kind.code.startswith("BT60")], made.source)
    findings.close()
    mark = approval_mark(approved_units(tree, path.parent, tuple(made.issue.pictures)))
    when = day or datetime.datetime.now().astimezone().date()
    text = with_approval(source.text, tree, Approval(name, when, mark))
    after = None if text is None else encode_like(data, source.text, text)
    if after is None or not _is_approved(path, after, mark):
        problem = tr("这几行写不进去", "there is no place for these lines")
    else:
        problem = _written(path, data, after)
    if problem:
        raise click.ClickException(
            tr(f"无法写入 {path}：{problem}", f"cannot write {path}: {problem}")
        )
    click.echo(tr(f"{path}：{name} {when} 定稿", f"{path}: approved by {name}, {when}"), err=True)
    return 0


def _is_approved(path: Path, after: bytes, mark: str) -> bool:
    """Whether the new file reads as the approved one; then nothing else changed in it."""
    try:
        source, _ = decode_source(str(path), after)
        issue, _ = read_issue_text(source, [], path.parent)
    except InputError:
        return False
    return issue.state is State.FINAL and issue.approval.mark == mark and not issue.approval.changed


def _written(path: Path, before: bytes, after: bytes) -> str:
    """Write a file that still holds ``before``; what went wrong, or ""."""
    try:
        if read_bytes(path) != before:
            return tr("文件刚刚被改过", "it was changed meanwhile")
        write_whole(path, after)
    except InputError:
        return tr("文件刚刚被改过", "it was changed meanwhile")
    except OSError as error:
        return tr(*reason_of(error))
    return ""
