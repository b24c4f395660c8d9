"""``brieftex import EDITED.docx --onto ISSUE``: changes made in Word, back in the issue file."""

from __future__ import annotations

from pathlib import Path

import click

from brieftex.cli.findings import Reporter
from brieftex.cli.language import tr
from brieftex.diagnostics import InputError
from brieftex.diagnostics.reasons import reason_of
from brieftex.output import write_whole


def write_back(path: Path, onto: Path, *, accept: bool, reporter: Reporter) -> int:
    """Write the changes of a document into ``onto``; 0 whether there are any or not, 1 where a
    file cannot be read or written."""
    from brieftex.input.issue.file import read_issue  # noqa: PLC0415  # help does without
    from brieftex.source import decode_source, encode_like, read_bytes  # noqa: PLC0415
    from brieftex.twin.returned import written_back  # noqa: PLC0415
    from brieftex.word.package import LARGEST_FILE  # noqa: PLC0415

    try:
        issue, _ = read_issue(onto)  # a file with errors is not touched
        before = read_bytes(onto, LARGEST_FILE)
        source, _ = decode_source(str(onto), before)
        data = read_bytes(path, LARGEST_FILE)
        made = written_back(source, issue, str(path), data, accept=accept)
    except InputError as error:
        reporter.show(error.findings, error.source)
        return 1
    reporter.show(made.findings, made.facts.source)
    if made.text != source.text:
        after = encode_like(before, source.text, made.text)
        try:
            if read_bytes(onto, LARGEST_FILE) != before:
                raise click.ClickException(
                    tr(f"无法写入 {onto}：文件刚刚被改过",
                       f"cannot write {onto}: it was changed meanwhile")
                )  # fmt: skip
            write_whole(onto, made.text.encode() if after is None else after)
        except OSError as error:
            zh, en = reason_of(error)
            message = tr(f"错误：无法写入 {onto}：{zh}", f"error: cannot write {onto}: {en}")
            click.echo(message, err=True)
            return 1
    counts = made.counts
    lost = sum(finding.kind.code in ("BT559", "BT561") for finding in made.findings)
    zh = (
        f"{onto}：改 {counts['changed']} 段，加 {counts['added']} 段，删 {counts['gone']} 段，"
        f"移 {counts['moved']} 段，{lost} 处没有写进去"
    )
    en = (
        f"{onto}: {counts['changed']} changed, {counts['added']} added, {counts['gone']} removed, "
        f"{counts['moved']} moved, {lost} not written"
    )
    click.echo(tr(zh, en), err=True)
    return 0
