"""What ``brieftex new`` does: the text of the issue, the name of its file, the file."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import click

from brieftex.cli.findings import Reporter
from brieftex.cli.language import language, tr
from brieftex.diagnostics import InputError, Source
from brieftex.diagnostics.reasons import reason_of
from brieftex.input.issue.fields import field_words
from brieftex.input.issue.file import ReadableError, read_issue, read_issue_text, worded_issue
from brieftex.input.issue.schema import issue_schema
from brieftex.input.issue.template import (
    SCHEMA_FILE,
    Numbers,
    following,
    fresh,
    issue_date,
    next_date,
    next_numbers,
    period,
    with_english_keys,
)
from brieftex.input.meeting.fields import MEETING
from brieftex.input.meeting.read import meeting_schema
from brieftex.input.meeting.template import (
    MEETING_KIND,
    MEETING_SCHEMA_FILE,
    SAMPLE_PAPERS,
    meeting_form,
)
from brieftex.input.yaml import parse
from brieftex.model.issue import Issue
from brieftex.output import flaw_of_name, write_whole
from brieftex.source import read_source


def write_new(
    file: Path | None, last: Path | None, kind: str | None, day: datetime.date | None
) -> int:
    """Write the file; the exit status tells whether it is there now."""
    if last is None and kind == MEETING_KIND[0]:
        return _write_meeting(file, day or _today())
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
    """Write the empty form of a kind of issue."""
    day = day or _today()
    text = fresh(kind, day)
    head = read_issue_text(Source("issue.yaml", text), [], Path())[0].masthead
    text = text if language() == "zh" else with_english_keys(text)
    return _write(_target(file, Path("issue.yaml")), text, Numbers(head.number, head.total, day))


def _write_meeting(file: Path | None, day: datetime.date) -> int:
    """Write a meeting file, and its papers beside it."""
    target = _target(file, Path("会议.yaml"))
    chinese = language() == "zh"
    text = meeting_form("meeting.yaml", day)
    written = {
        MEETING_SCHEMA_FILE: _json(meeting_schema()),
        SCHEMA_FILE: _json(issue_schema()),
    }
    for name, form in SAMPLE_PAPERS.items():
        paper = meeting_form(form, day)
        written[name] = paper if chinese else with_english_keys(paper)
    # The meeting comes last: where it is, all is done.
    written[target.name] = text if chinese else with_english_keys(text, MEETING)
    schemas = {MEETING_SCHEMA_FILE, SCHEMA_FILE}
    for name in written:
        example = "brieftex new --kind 会议材料 6月/会议.yaml"
        if name not in schemas and (problem := _unwritable(target.parent / name, example)):
            click.echo(problem, err=True)
            return 1
    for name, content in written.items():
        path = target.parent / name
        if target.parent.is_dir():  # else writing says what is wrong with it
            path.parent.mkdir(exist_ok=True)
        if problem := _written(path, content):
            click.echo(problem, err=True)
            return 1
    papers = "、".join(SAMPLE_PAPERS)
    zh = f"{target}，材料 {papers}；写好后运行 brieftex collect {target}"
    en = f"{target}, papers {papers}; when they are written, run brieftex collect {target}"
    click.echo(tr(zh, en), err=True)
    return 0


def _json(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False) + "\n"


def _today() -> datetime.date:
    """The day on which an editor starts an issue, which is no worse a guess than any."""
    return datetime.datetime.now().astimezone().date()


def _read(path: Path) -> tuple[Issue, Source]:
    """An issue whose lines end in newlines, and its source. Raises InputError."""
    source, findings = read_source(path)
    source = Source(source.name, re.sub(r"\r\n?", "\n", source.text))
    try:
        return read_issue_text(source, findings, path.parent)[0], source
    except InputError as error:
        return worded_issue(error), source


def _date_before(last: Path, issue: Issue) -> datetime.date | None:
    """The date of the issue before ``issue``, if its file is in the same folder."""
    dates = []
    for path in sorted(last.parent.glob("*.y*ml")):
        try:
            head = read_issue(path)[0].masthead
        except ReadableError as error:
            head = error.issue.masthead
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
    if problem := _unwritable(target):
        click.echo(problem, err=True)
        return 1
    schema = target.with_name(SCHEMA_FILE)
    # Renewed each time: it belongs to the program, and newer ones know more fields. The issue comes
    # last: where it is, all is done.
    for path, content in ((schema, _json(issue_schema())), (target, text)):
        if problem := _written(path, content):
            click.echo(problem, err=True)
            return 1
    click.echo(_summary(target, numbers), err=True)
    return 0


def _unwritable(target: Path, example: str = "brieftex new 2026-05.yaml") -> str:
    """Why no file of this name is written, with an ``example``; empty where one can be."""
    if (flaw := flaw_of_name(target.name)) is not None:
        message = f"错误：不能写成 {target}：{flaw[0]}"
        return tr(message, f"error: cannot write {target}: {flaw[1]}")
    if target.exists() or target.is_symlink():
        message = f"错误：{target} 已经有了，不会覆盖；可以另起名字，如 {example}"
        return tr(message, f"error: {target} exists; choose a name: {example}")
    return ""


def _written(path: Path, content: str) -> str:
    """Write a file; why that failed, or ""."""
    try:
        write_whole(path, content.encode())
    except OSError as error:
        zh, en = reason_of(error)
        return tr(f"错误：无法写入 {path}：{zh}", f"error: cannot write {path}: {en}")
    return ""


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
