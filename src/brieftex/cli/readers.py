"""``brieftex readers``: the list of readers, looked through, shown, added to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from brieftex.cli.command import Command
from brieftex.cli.findings import Reporter
from brieftex.cli.language import tr
from brieftex.cli.options import format_option
from brieftex.cli.paths import GivenPath
from brieftex.diagnostics import InputError
from brieftex.diagnostics.reasons import reason_of
from brieftex.diagnostics.render import width
from brieftex.source import read_bytes

USUAL_LISTS = ("readers.csv", "readers.yaml")

_FIELDS = ("name", "office", "post", "address", "copies", "form", "edition", "language")


def usual_list(folder: Path) -> Path:
    """The list of readers of a folder. Raises UsageError when there is none."""
    for name in USUAL_LISTS:
        if (folder / name).is_file():
            return folder / name
    raise click.UsageError(
        tr("这个文件夹里没有 readers.csv", "there is no readers.csv in this folder")
    )


@click.command(
    cls=Command,
    help=tr(
        "读者名单：check 检查，list 列出，add 加一位\n\n"
        "名单是 readers.csv（Excel、WPS 另存的就行，UTF-8 或 GBK）或 readers.yaml，\n"
        "列名：姓名、单位、职务、邮箱、份数、方式（纸、邮件、都要）、版本、称谓语言。",
        "The list of readers: check it, list it, add one\n\n"
        "readers.csv as Excel and WPS write it, UTF-8 or GBK, or readers.yaml; columns:\n"
        "name, office, post, address, copies, form (paper, mail, both), edition, language.",
    ),
)
@click.argument("action", type=click.Choice(["check", "list", "add"]), metavar="check|list|add")
@click.argument("file", required=False, type=click.Path(path_type=GivenPath), metavar="[FILE]")
@click.option("--name", metavar="NAME", help=tr("姓名", "the name"))
@click.option("--office", metavar="OFFICE", help=tr("单位", "the office"))
@click.option("--post", metavar="POST", help=tr("职务", "the post"))
@click.option("--address", metavar="ADDRESS", help=tr("邮箱", "the mail address"))
@click.option("--copies", metavar="N", help=tr("份数", "how many copies"))
@click.option("--form", metavar="FORM", help=tr("纸、邮件或都要", "paper, mail or both"))
@click.option("--edition", metavar="NAME", help=tr("版本", "the edition"))
@click.option("--language", metavar="zh|en", help=tr("称谓语言", "language of the salutation"))
@format_option
def command(action: str, file: Path | None, style: str, **given: Any) -> int:
    """Look at or add to one list; the status is 1 when it has errors."""
    from brieftex.delivery.readers import read_readers  # noqa: PLC0415  # help does without

    fields = {key: str(value) for key, value in given.items() if value is not None}
    if action == "add":
        if "name" not in fields:
            raise click.UsageError(tr("add 要写 --name", "add wants --name"))
        return _add(file or _list_to_be(Path()), fields)
    if fields:
        raise click.UsageError(tr("这些选项只用于 add", "these options are for add"))
    path = file or usual_list(Path())
    findings = Reporter(style)
    try:
        readers, found, source = read_readers(path)
    except InputError as error:
        findings.show(error.findings, error.source)
        findings.close()
        count = len(error.findings)
        click.echo(tr(f"{path}：{count} 个问题", f"{path}: {count} findings"), err=True)
        return 1
    findings.show(found, source)
    findings.close()
    if action == "list":
        rows = [[str(getattr(r, key)) for key in _FIELDS] for r in readers]
        click.echo(in_columns([_heads(), *rows]))
    paper, mail = sum(r.printed for r in readers), sum(r.mailed for r in readers)
    click.echo(
        tr(
            f"{path}：{len(readers)} 位读者，纸 {paper} 份，邮件 {mail} 封",
            f"{path}: {len(readers)} readers, {paper} copies on paper, {mail} by mail",
        ),
        err=True,
    )
    return 0


def _heads() -> list[str]:
    from brieftex.delivery.columns import READER_COLUMNS  # noqa: PLC0415  # as above

    return [tr(READER_COLUMNS[key][0], key) for key in _FIELDS]


def in_columns(rows: list[list[str]]) -> str:
    """Rows as text in columns, a Han character two wide."""
    widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = (
        "  ".join(cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)


def _list_to_be(folder: Path) -> Path:
    return next((folder / n for n in USUAL_LISTS if (folder / n).is_file()), folder / "readers.csv")


def _add(path: Path, fields: dict[str, str]) -> int:
    """Add a reader at the end; nothing is written if the list would have a fault."""
    from brieftex.delivery.adding import with_reader  # noqa: PLC0415  # as above
    from brieftex.output import write_whole  # noqa: PLC0415  # as above

    try:
        before = read_bytes(path) if path.exists() else None
        after = with_reader(path, before, fields)
        if before is not None and read_bytes(path) != before:
            problem = tr("文件刚刚被改过", "it was changed meanwhile")
            raise click.ClickException(
                tr(f"无法写入 {path}：{problem}", f"cannot write {path}: {problem}")
            )
        write_whole(path, after)
    except InputError as error:
        findings = Reporter("full")
        findings.show(error.findings, error.source)
        click.echo(tr(f"{path} 没有改动", f"{path} was not changed"), err=True)
        return 1
    except OSError as error:
        zh, en = reason_of(error)
        raise click.ClickException(
            tr(f"无法写入 {path}：{zh}", f"cannot write {path}: {en}")
        ) from error
    name = fields["name"]
    click.echo(tr(f"{path}：加上了{name}", f"{path}: added {name}"), err=True)
    return 0
