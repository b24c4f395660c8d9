"""``brieftex import``: documents of Word, Markdown and plain text become an issue file."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from brieftex.cli.command import Command
from brieftex.cli.findings import Reporter
from brieftex.cli.language import tr
from brieftex.cli.options import format_option
from brieftex.cli.paths import GivenPath
from brieftex.diagnostics import InputError, Severity
from brieftex.diagnostics.reasons import reason_of
from brieftex.output import STANDARD_OUTPUT, flaw_of_name, is_stream, write_output, write_whole

if TYPE_CHECKING:
    from brieftex.diagnostics import Finding
    from brieftex.model.issue import Issue, Item
    from brieftex.word.incoming import Incoming
    from brieftex.word.shape import HeadingForms

_ENDINGS = (".docx", ".docm", ".md", ".markdown", ".txt", ".doc", ".wps", ".rtf", ".odt")


@click.command(
    cls=Command,
    help=tr(
        "把 Word 稿件（.docx）、Markdown 和文本读成简报文件\n\n"
        "一份稿件成为一期；几份稿件，或一个文件夹里的稿件，各成一条，放在一个栏目里。\n"
        "“-”读标准输入的文字。带 --into 时加到已有的文件里，其余一字不动。\n"
        "图片存在旁边的 images 里；没有收进的字、看不准的地方都列出来。\n"
        "修订按接受处理，除非写 --changes reject。带 --onto 时，把 build --docx 写出、又在\n"
        "Word 里改过的文件写回原来的简报文件：只改改动过的地方，写不回去的列出来。",
        "Reads documents of Word (.docx), Markdown and text as an issue file\n\n"
        "One document becomes an issue; several, or those of a folder, become the items\n"
        "of a section. - reads text from standard input. With --into they are put into a\n"
        "file that there is, and nothing else in it changes. Pictures go into images/\n"
        "beside it; characters left out and doubtful places are listed. Tracked changes\n"
        "are accepted unless --changes says reject. With --onto a document that build --docx\n"
        "wrote and that was edited is written back into its issue file: only what was changed\n"
        "changes, and what cannot be written is listed.",
    ),
)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=GivenPath), metavar="FILES…"
)
@click.option(
    "-o", "--output", type=click.Path(path_type=GivenPath), metavar="FILE",
    help=tr("写成这个文件；默认与稿件同名", "the file to write; by default named as the document"),
)  # fmt: skip
@click.option(
    "--into", type=click.Path(path_type=GivenPath), metavar="FILE",
    help=tr("加到这个简报文件里", "the issue file to put the documents into"),
)  # fmt: skip
@click.option(
    "--onto", type=click.Path(path_type=GivenPath), metavar="FILE",
    help=tr("把 build --docx 写出、又改过的 Word 文件写回这个简报文件",
            "the issue file that an edited document of build --docx is written back into"),
)  # fmt: skip
@click.option(
    "--section", metavar="TITLE",
    help=tr("放在这个栏目里；没有就新建", "the section for them, made if it is missing"),
)  # fmt: skip
@click.option(
    "--from", "last", type=click.Path(path_type=GivenPath), metavar="LAST",
    help=tr("报头、版记沿用上一期，期号加一", "masthead and colophon of the last issue"),
)  # fmt: skip
@click.option(
    "--changes", type=click.Choice(["accept", "reject"]), default="accept", show_default=False,
    help=tr("修订：accept 接受（默认），reject 拒绝", "tracked changes; accept by default"),
)  # fmt: skip
@format_option
def command(  # noqa: PLR0913, PLR0917  # one for each option
    files: tuple[Path, ...], output: Path | None, into: Path | None, onto: Path | None,
    section: str | None, last: Path | None, changes: str, style: str,
) -> int:  # fmt: skip
    """Import the documents; the exit status tells whether all of them are in the file now."""
    if into is not None and (output is not None or last is not None):
        raise click.UsageError(
            tr("--into 不能与 -o、--from 同用", "--into goes with neither -o nor --from")
        )
    paths = _documents(files)
    reporter = Reporter(style)
    if onto is not None:
        if len(paths) != 1 or any(given is not None for given in (output, into, section, last)):
            raise click.UsageError(
                tr("--onto 只接一个文件，不与 -o、--into、--section、--from 同用",
                   "--onto takes one file and goes with none of -o, --into, --section, --from")
            )  # fmt: skip
        from brieftex.cli.import_back import write_back  # noqa: PLC0415  # help does without

        status = write_back(paths[0], onto, accept=changes == "accept", reporter=reporter)
        reporter.close()
        return status
    target = _target(paths, output, into)
    if into is None and not is_stream(target) and (problem := _unusable(target)):
        click.echo(problem, err=True)
        return 1
    try:
        wish = _Wish(target, into, section, last, changes == "accept")
        status = _run(paths, wish, reporter)
    except InputError as error:
        reporter.show(error.findings, error.source)
        status = 1
    reporter.close()
    return status


class _Wish(Struct, frozen=True):
    """Where the documents go and how they are read."""

    target: Path
    into: Path | None
    section: str | None
    last: Path | None
    accept: bool


def _run(paths: Sequence[Path], wish: _Wish, reporter: Reporter) -> int:
    from brieftex.word.incoming import (  # noqa: PLC0415  # help does without the reader
        empty_issue,
        issue_text,
        item_of,
        read_document,
    )  # fmt: skip

    target, into, section = wish.target, wish.into, wish.section
    folder = Path() if is_stream(target) else target.parent
    base = empty_issue(folder) if wish.last is None else _from_last(wish.last, folder)
    forms = _forms(base)
    read: list[Incoming] = []
    for path in paths:
        name, data = _bytes(path)
        read.append(read_document(name, data, base, forms, accept=wish.accept))
    before = b"" if into is None else _bytes(into)[1]
    if into is not None:
        text, odd = _into(into, section or "来稿", [item_of(one) for one in read])
    elif len(read) == 1 and section is None:
        text, odd = issue_text(read[0])
    else:
        text, odd = _collected(read, base, section or "来稿")
    try:
        if not is_stream(target):
            _save(read, folder)
        _write(target, text, into, before)
    except OSError as error:
        zh, en = reason_of(error)
        message = f"错误：无法写入 {target}：{zh}"
        click.echo(tr(message, f"error: cannot write {target}: {en}"), err=True)
        return 1
    for i, one in enumerate(read):
        reporter.show([*one.shaped.findings, *(odd if i == 0 else [])], one.source)
    _summary(target, read)
    return 0


def _documents(files: Sequence[Path]) -> list[Path]:
    """The documents to be imported. Raises UsageError for a folder without any."""
    found: list[Path] = []
    for path in files:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(
            p for p in path.iterdir()
            if p.suffix.lower() in _ENDINGS and not p.name.startswith((".", "~$"))
        )  # fmt: skip
        if not inside:
            raise click.UsageError(tr(f"{path} 里没有稿件", f"there is no document in {path}"))
        found += inside
    return found


def _bytes(path: Path) -> tuple[str, bytes]:
    from brieftex.source import SIZE_LIMIT, read_bytes  # noqa: PLC0415
    from brieftex.word.package import LARGEST_FILE  # noqa: PLC0415

    if path == STANDARD_OUTPUT:
        return "-", sys.stdin.buffer.read(SIZE_LIMIT)
    return str(path), read_bytes(path, LARGEST_FILE)


def _target(paths: Sequence[Path], output: Path | None, into: Path | None) -> Path:
    if into is not None:
        return into
    if output is not None and not is_stream(output):
        if output.is_dir():
            raise click.UsageError(
                tr(f"-o 要写文件名，{output} 是文件夹", f"-o names a file, {output} is a folder")
            )
        named = output.suffix.lower() in (".yaml", ".yml")
        return output if named else output.with_name(f"{output.name}.yaml")
    if output is not None:
        return output
    if len(paths) == 1 and paths[0] != STANDARD_OUTPUT:
        return paths[0].with_suffix(".yaml")
    return Path("issue.yaml")


def _unusable(target: Path) -> str:
    if (flaw := flaw_of_name(target.name)) is not None:
        return tr(f"错误：不能写成 {target}：{flaw[0]}", f"error: cannot write {target}: {flaw[1]}")
    if target.exists() or target.is_symlink():
        return tr(
            f"错误：{target} 已经有了，不会覆盖；用 -o 另起名字，或用 --into 加进去",
            f"error: {target} exists; choose a name with -o, or put it in with --into",
        )
    return ""


def _forms(base: Issue) -> HeadingForms:
    from brieftex.input.theme import load_theme  # noqa: PLC0415
    from brieftex.word.shape import HeadingForms  # noqa: PLC0415

    theme = load_theme(base.theme, base.folder)
    return HeadingForms(theme.headings, theme.body_headings)


def _from_last(last: Path, folder: Path) -> Issue:
    """The frame of the issue after ``last``: masthead, theme, colophon. Raises InputError."""
    from msgspec.structs import replace  # noqa: PLC0415

    from brieftex.input.issue.file import read_issue, worded_issue  # noqa: PLC0415
    from brieftex.input.issue.template import next_date, next_numbers  # noqa: PLC0415
    from brieftex.word.incoming import empty_issue  # noqa: PLC0415

    try:
        issue, _ = read_issue(last)
    except InputError as error:
        issue = worded_issue(error)
    day = None if issue.masthead.date is None else next_date(issue.masthead.date, None)
    numbers = next_numbers(issue, day)
    masthead = replace(
        issue.masthead, number=numbers.number, total=numbers.total, date=numbers.date,
        copy_number=None, document_number=None, places={},
    )  # fmt: skip
    return replace(
        empty_issue(folder), theme=issue.theme, masthead=masthead,
        colophon=None if issue.colophon is None else replace(issue.colophon, places={}),
    )  # fmt: skip


def _collected(read: Sequence[Incoming], base: Issue, section: str) -> tuple[str, list[Finding]]:
    """Several documents as the items of one section of a new issue."""
    from msgspec.structs import replace  # noqa: PLC0415

    from brieftex.model.content import Inline  # noqa: PLC0415
    from brieftex.model.issue import Section  # noqa: PLC0415
    from brieftex.word.incoming import issue_text, item_of  # noqa: PLC0415

    first = read[0].shaped.issue
    issue = replace(
        base, masthead=first.masthead, colophon=first.colophon,
        sections=(Section(Inline(section), tuple(item_of(one) for one in read)),),
    )  # fmt: skip
    comments = {k: v for k, v in read[0].shaped.comments.items() if k.startswith("masthead")}
    whole = replace(
        read[0], shaped=replace(read[0].shaped, issue=issue, comments=comments),
        pictures=tuple(picture for one in read for picture in one.pictures),
    )  # fmt: skip
    return issue_text(whole)


def _into(into: Path, section: str, items: Sequence[Item]) -> tuple[str, list[Finding]]:
    from brieftex.diagnostics.messages import incoming as messages  # noqa: PLC0415
    from brieftex.input.issue.file import read_issue  # noqa: PLC0415
    from brieftex.source import read_source  # noqa: PLC0415
    from brieftex.word.into import NoPlaceError, with_items  # noqa: PLC0415

    read_issue(into)  # a file with errors is not touched
    source, _ = read_source(into)
    try:
        text, inexact = with_items(source, section, items)
    except NoPlaceError:
        raise InputError(source, [messages.NO_PLACE.at(None, section=section)]) from None
    return text, [messages.NOT_EXACT.at(None, "", text=one[:60]) for one in inexact]


def _save(read: Sequence[Incoming], folder: Path) -> None:
    from brieftex.word.pictures import save  # noqa: PLC0415

    for one in read:
        save(one.pictures, folder)


def _write(target: Path, text: str, into: Path | None, before: bytes) -> None:
    """Write the issue; one that it goes into must still hold ``before``."""
    from brieftex.input.issue.schema import issue_schema  # noqa: PLC0415
    from brieftex.input.issue.template import SCHEMA_FILE  # noqa: PLC0415
    from brieftex.source import decode_source, encode_like, read_bytes  # noqa: PLC0415

    if into is not None:
        source, _ = decode_source(str(into), before)
        if read_bytes(into) != before:
            raise click.ClickException(
                tr(
                    f"无法写入 {into}：文件刚刚被改过",
                    f"cannot write {into}: it was changed meanwhile",
                )
            )
        after = encode_like(before, source.text, text)
        write_whole(into, text.encode() if after is None else after)
        return
    if not is_stream(target):  # first: where the issue is, all is done
        schema = json.dumps(issue_schema(), ensure_ascii=False) + "\n"
        write_whole(target.with_name(SCHEMA_FILE), schema.encode())
    head = f"# yaml-language-server: $schema={SCHEMA_FILE}\n"
    write_output(target, (head + text).encode())


def _summary(target: Path, read: Sequence[Incoming]) -> None:
    findings = [finding for one in read for finding in one.shaped.findings]
    doubts = sum(finding.severity is Severity.WARNING for finding in findings)
    pictures = sum(len(one.pictures) for one in read)
    zh = f"{target}：读入 {len(read)} 份稿件，{pictures} 幅图，{doubts} 处要核对"
    en = f"{target}: {len(read)} read, {pictures} pictures, {doubts} places to look at"
    if not is_stream(target):
        zh += f"；改好后运行 brieftex build {target}"
        en += f"; then run brieftex build {target}"
    click.echo(tr(zh, en), err=True)
