"""``brieftex new``: an issue to fill in, empty or in the frame of the one before."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import click

from brieftex.cli.command import Command
from brieftex.cli.findings import Reporter
from brieftex.cli.language import language, tr
from brieftex.diagnostics import InputError, Source
from brieftex.diagnostics.reasons import reason_of
from brieftex.input.issue.fields import field_words
from brieftex.input.issue.file import read_issue, read_issue_text
from brieftex.input.issue.schema import issue_schema
from brieftex.input.issue.template import (
    ISSUE_KINDS,
    SCHEMA_FILE,
    Numbers,
    following,
    fresh,
    issue_date,
    kind_named,
    next_date,
    next_numbers,
    period,
    with_english_keys,
)
from brieftex.input.issue.values import FIRST_YEAR, day_parts
from brieftex.input.yaml import parse
from brieftex.model.issue import Issue
from brieftex.output import flaw_of_name, write_whole
from brieftex.source import read_source


def as_day(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime.date | None:
    """The day that is written, as in an issue file. Raises BadParameter."""
    if value is None:
        return None
    parts = day_parts(value)
    try:
        if parts is not None and parts[0] >= FIRST_YEAR:
            return datetime.date(*parts)
    except ValueError:
        pass  # there is no such day
    zh, en = f"不是日期：{value}，例如 2026-06-22", f"is no date: {value}; try 2026-06-22"
    raise click.BadParameter(tr(zh, en), ctx, param)


def _kind(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """The kind of issue of this name. Raises BadParameter."""
    if value is None:
        return None
    kind = kind_named(value)
    if kind is None:
        known = "、".join(f"{names[0]}（{key}）" for key, names in ISSUE_KINDS.items())
        zh, en = f"没有“{value}”这一种；可用：{known}", f"no such kind: {value}; there are {known}"
        raise click.BadParameter(tr(zh, en), ctx, param)
    return kind


@click.command(
    cls=Command,
    help=tr(
        "新建一期简报的文件\n\n"
        "不带 --from 时写一份带说明的空白简报，默认名为 issue.yaml；--kind 说明是哪一种。\n"
        "带 --from 时沿用上一期的报头、栏目名、落款和版记，期号、总期号加一；日期按\n"
        "最近两期的间隔推算，只有一期时看刊名：周报推后一周，其余推后一个月，遇周末顺延到\n"
        "星期一；跨年时期号从 1 编起；发文字号不沿用。发言、图表和表格留着空的格式。\n"
        "文件写在上一期旁边，如 2026-05.yaml。已有的文件不会被覆盖。",
        "Writes the file of a new issue\n\n"
        "Without --from: an empty one with comments, issue.yaml by default, of some --kind.\n"
        "With --from: masthead, section titles, signature and colophon are those of the\n"
        "last issue; number and total go up by one; the date is as far from the last as\n"
        "that was from the one before, or a week if its name says 周, or a month, and never\n"
        "moves to a weekend; with the year the number begins anew; no document number is\n"
        "carried over. Speeches, charts and tables keep empty forms.\n"
        "The file goes beside the last one, as 2026-05.yaml.\n"
        "No file is ever replaced.",
    ),
)
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@click.option(
    "--from",
    "last",
    type=click.Path(path_type=Path),
    metavar="LAST",
    help=tr("上一期的文件", "the file of the last issue"),
)
@click.option(
    "--kind",
    callback=_kind,
    metavar="KIND",
    help=tr(
        "种类：单篇、综合（默认）、周报、公文、纪要",
        "single, digest (the default), weekly, official or minutes",
    ),
)
@click.option(
    "--date",
    "day",
    callback=as_day,
    metavar="YYYY-MM-DD",
    help=tr("编发日期，也可以写 2026年6月22日", "the date of the issue"),
)
def command(
    file: Path | None, last: Path | None, kind: str | None, day: datetime.date | None
) -> int:
    """Write the file; the exit status tells whether it is there now."""
    if last is None:
        return _write_fresh(file, kind or "digest", day)
    if kind not in (None, "weekly"):
        zh = "--from 沿用上一期的样子，与它同用的 --kind 只有 周报（推后一周）"
        raise click.UsageError(tr(zh, "with --from, --kind can only be weekly"))
    try:
        issue, tree_source = _read(last)
    except InputError as error:
        Reporter("full").show(error.findings, error.source)
        message = f"{last} 有错误，先改正再新建", f"{last} has errors; mend them first"
        click.echo(tr(*message), err=True)
        return 1
    if day is None and issue.masthead.date is not None:
        head = issue.masthead
        usual = period("周" if kind else head.name.text)
        day = next_date(issue.masthead.date, _date_before(last, issue), usual)
    elif day is None and issue_date(issue) is not None:  # a document has no rhythm
        day = _today()
    numbers = next_numbers(issue, day)
    text = following(issue, parse(tree_source, field_words()), numbers)
    return _write(_target(file, last.with_name(_name_after(last, issue, numbers))), text, numbers)


def _write_fresh(file: Path | None, kind: str, day: datetime.date | None) -> int:
    """Write a form of a kind."""
    day = day or _today()
    text = fresh(kind, day)
    head = read_issue_text(Source("issue.yaml", text), [], Path())[0].masthead
    text = text if language() == "zh" else with_english_keys(text)
    return _write(_target(file, Path("issue.yaml")), text, Numbers(head.number, head.total, day))


def _today() -> datetime.date:
    """The day on which an editor starts an issue, which is no worse a guess than any."""
    return datetime.datetime.now().astimezone().date()


def _read(path: Path) -> tuple[Issue, Source]:
    """An issue whose lines end in newlines, and its source. Raises InputError."""
    source, findings = read_source(path)
    source = Source(source.name, re.sub(r"\r\n?", "\n", source.text))
    return read_issue_text(source, findings, path.parent)[0], source


def _date_before(last: Path, issue: Issue) -> datetime.date | None:
    """The date of the issue before ``issue``, if its file is in the same folder."""
    dates = []
    for path in sorted(last.parent.glob("*.y*ml")):
        try:
            head = read_issue(path)[0].masthead
        except InputError:
            continue
        if head.date and head.name.text == issue.masthead.name.text:
            dates.append(head.date)
    return max((d for d in dates if issue.masthead.date and d < issue.masthead.date), default=None)


def _name_after(last: Path, issue: Issue, numbers: Numbers) -> str:
    """The file name of the next issue: the last one's with its number and year moved on, or
    else the year and the number."""
    head, stem = issue.masthead, last.stem
    year = numbers.date.year if numbers.date else None
    for old, new in ((head.number, numbers.number), (head.total, numbers.total)):
        runs = [m for m in re.finditer(r"\d+", stem) if old and int(m[0]) == old]
        if runs and new:
            found = runs[-1]
            before = stem[: found.start()]
            moved = f"{new:0{1 if before.endswith('第') else len(found[0])}}"
            if head.date and year:
                before = before.replace(str(head.date.year), str(year))
            return f"{before}{moved}{stem[found.end() :]}{last.suffix}"
    if year and numbers.number:
        return f"{year}-{numbers.number:02}.yaml"
    number = numbers.number or numbers.total
    return f"{numbers.date or number or f'{stem}-2'}.yaml"


def _target(file: Path | None, usual: Path) -> Path:
    """Where the new issue goes. Raises UsageError for a name that no issue can have."""
    if file is None:
        return usual
    if file.is_dir():
        return file / usual.name
    if file.suffix.lower() not in (".yaml", ".yml"):
        if file.suffix and not re.fullmatch(r"\.\d+", file.suffix):
            message = f"简报文件的名字以 .yaml 结尾，不是 {file.suffix}"
            raise click.UsageError(
                tr(message, f"the file of an issue ends in .yaml, not in {file.suffix}")
            )
        return file.with_name(f"{file.name}.yaml")
    return file


def _write(target: Path, text: str, numbers: Numbers) -> int:
    if (flaw := flaw_of_name(target.name)) is not None:
        message = f"错误：不能写成 {target}：{flaw[0]}"
        click.echo(tr(message, f"error: cannot write {target}: {flaw[1]}"), err=True)
        return 1
    if target.exists() or target.is_symlink():
        name = "brieftex new 2026-05.yaml"
        message = f"错误：{target} 已经有了，不会覆盖；可以另起名字，如 {name}"
        click.echo(tr(message, f"error: {target} exists; choose a name: {name}"), err=True)
        return 1
    schema = target.with_name(SCHEMA_FILE)
    # Renewed each time: it belongs to the program, and newer ones know more fields. The issue comes
    # last: where it is, all is done.
    form = json.dumps(issue_schema(), ensure_ascii=False) + "\n"
    for path, content in ((schema, form), (target, text)):
        try:
            write_whole(path, content.encode())
        except OSError as error:
            zh, en = reason_of(error)
            message = f"错误：无法写入 {path}：{zh}"
            click.echo(tr(message, f"error: cannot write {path}: {en}"), err=True)
            return 1
    click.echo(_summary(target, numbers), err=True)
    return 0


def _summary(target: Path, numbers: Numbers) -> str:
    zh, en = [], []
    if numbers.number is not None:
        zh.append(f"第{numbers.number}期")
        en.append(f"number {numbers.number}")
    if numbers.total is not None:
        zh.append(f"总第{numbers.total}期")
        en.append(f"total {numbers.total}")
    if numbers.date is not None:
        day = numbers.date
        weekday = "一二三四五六日"[day.weekday()]
        zh.append(f"{day.year}年{day.month}月{day.day}日（星期{weekday}）")
        en.append(f"{day.isoformat()} ({day:%A})")
    return tr(
        f"{target}：{'，'.join(zh)}，请核对；写好后运行 brieftex build {target}",
        f"{target}: {', '.join(en)}; when it is written, run brieftex build {target}",
    )
