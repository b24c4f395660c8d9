"""What ``brieftex approve`` does: an issue is read, set, marked and written."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from brieftex.cli.files import usual_issue, write_unchanged
from brieftex.cli.findings import Reporter
from brieftex.cli.language import tr
from brieftex.diagnostics import InputError
from brieftex.diagnostics.reasons import reason_of
from brieftex.input.issue.approval import (
    approval_mark,
    approved_units,
    kept_text,
    with_approval,
)
from brieftex.input.issue.fields import field_words
from brieftex.input.issue.file import read_issue_text
from brieftex.input.yaml import parse
from brieftex.model.issue import Approval, State
from brieftex.output import write_whole
from brieftex.pipeline import typeset_pages
from brieftex.source import decode_source, encode_like, read_bytes


def approve(
    file: Path | None, by: str, day: datetime.date | None, bundled_fonts: bool, style: str
) -> int:
    """Approve one issue; the status is 1 when it has errors or cannot be written."""
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
    mark = approval_mark(approved_units(tree, path.parent, made.issue.files))
    when = day or datetime.datetime.now().astimezone().date()
    text = with_approval(source.text, tree, Approval(name, when, mark))
    after = None if text is None else encode_like(data, source.text, text)
    if after is None or not _is_approved(path, after, mark):
        problem = tr("这几行写不进去", "there is no place for these lines")
    else:
        problem = write_unchanged(path, data, after)
    if problem:
        raise click.ClickException(
            tr(f"无法写入 {path}：{problem}", f"cannot write {path}: {problem}")
        )
    assert after is not None
    _keep(path, mark, after)
    click.echo(tr(f"{path}：{name} {when} 定稿", f"{path}: approved by {name}, {when}"), err=True)
    return 0


def _keep(path: Path, mark: str, data: bytes) -> None:
    """Keep the approved text, so that ``brieftex diff --approved`` can show what changed since."""
    kept = kept_text(path, mark)
    try:
        kept.parent.mkdir(exist_ok=True)
        write_whole(kept, data)
    except OSError as error:
        zh, en = reason_of(error)
        message = f"注意：定稿的文字没能另存为 {kept}：{zh}"
        click.echo(tr(message, f"note: no copy of it at {kept}: {en}"), err=True)


def _is_approved(path: Path, after: bytes, mark: str) -> bool:
    """Whether the new file reads as the approved one; then nothing else changed in it."""
    try:
        source, _ = decode_source(str(path), after)
        issue, _ = read_issue_text(source, [], path.parent)
    except InputError:
        return False
    return issue.state is State.FINAL and issue.approval.mark == mark and not issue.approval.changed
