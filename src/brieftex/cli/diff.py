"""``brieftex diff``: what changed between two issues, by meaning."""

from __future__ import annotations

import datetime
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from brieftex.cli.command import Command
from brieftex.cli.findings import Reporter
from brieftex.cli.language import language, tr
from brieftex.cli.options import as_day, bundled_option, edition_option, theme_option
from brieftex.cli.paths import GivenPath
from brieftex.diagnostics import InputError
from brieftex.output import flaw_of_name

if TYPE_CHECKING:
    from brieftex.changes.comparison import Difference
    from brieftex.cli.drafts import Drafts


@click.command(
    cls=Command,
    help=tr(
        "比较两期，或一期的前后两稿，说明改了什么\n\n"
        "栏目和条目移动、改名也认得出；文字按词比较，不切开词语和数字；数字、人名的\n"
        "改动另外标出。表格按格比较，图表按数值，插图按文件。\n"
        "只写一个文件时，用 --git 与它在版本库里的旧稿比较，用 --docx 与改过的\n"
        "Word 稿比较，用 --approved 与定稿时的文字比较。\n"
        "-o 写成花脸稿：删去的字划掉，增加的字加横线，页边有竖线，前面有改动一览；\n"
        "加 --bars 则只排新稿，行和页与定稿一致，改动处页边有竖线。",
        "Compares two issues, or two drafts of one, and says what changed\n\n"
        "Sections and items are known although moved or renamed; texts are compared by\n"
        "words, and numbers and names are called out. Tables are compared by cell, charts\n"
        "by value, pictures by their files. With one FILE, --git compares it with an older\n"
        "draft in the repository, --docx with a document that was edited in Word,\n"
        "--approved with the text that was approved.\n"
        "-o writes pages that show what is gone and what is new, with bars in the margin and\n"
        "a list of the changes; with --bars those of the new draft, line by line as they will\n"
        "be, with bars alone.",
    ),
)
@click.argument("old", type=click.Path(path_type=GivenPath), metavar="OLD")
@click.argument("new", required=False, type=click.Path(path_type=GivenPath), metavar="[NEW]")
@click.option(
    "--git", "revision", metavar="REV",
    help=tr("旧稿是版本库里的这一版，如 HEAD~1", "the old draft is that of this revision"),
)  # fmt: skip
@click.option(
    "--docx", "edited", type=click.Path(path_type=GivenPath), metavar="EDITED",
    help=tr("新稿是这个 Word 文件", "the new draft is this document of Word"),
)  # fmt: skip
@click.option(
    "--approved", is_flag=True,
    help=tr("旧稿是定稿时的文字", "the old draft is the text that was approved"),
)  # fmt: skip
@click.option(
    "--format", "style", type=click.Choice(["text", "markdown", "json"]), default="text",
    metavar="text|markdown|json", help=tr("输出格式", "how it is written"),
)  # fmt: skip
@click.option(
    "-o", "--output", "outputs", type=click.Path(path_type=GivenPath), multiple=True,
    metavar="FILE.pdf|FILE.docx",
    help=tr(
        "另写成花脸稿，或带修订的 Word 文件；可写多次",
        "write pages or a document of Word with tracked changes as well; may be repeated",
    ),
)  # fmt: skip
@click.option(
    "--bars", is_flag=True,
    help=tr("PDF 只排新稿，改动处页边有竖线", "the PDF is the new draft with bars alone"),
)  # fmt: skip
@edition_option
@theme_option
@bundled_option
@click.option(
    "--author", default="brieftex", metavar="NAME",
    help=tr("Word 里的修订写作谁改的", "whose changes they are in Word"),
)  # fmt: skip
@click.option(
    "--date", "day", callback=as_day, metavar="YYYY-MM-DD",
    help=tr("Word 里的修订写作哪天改的，默认现在", "their day in Word; now by default"),
)  # fmt: skip
def command(  # noqa: PLR0913, PLR0917  # one for each option
    old: Path,
    new: Path | None,
    revision: str | None,
    edited: Path | None,
    approved: bool,
    style: str,
    outputs: tuple[Path, ...],
    bars: bool,
    edition: str | None,
    theme: str | None,
    bundled_fonts: bool,
    author: str,
    day: datetime.date | None,
) -> int:
    """Print the differences; the status is 0 whether there are any or not, 1 where a file cannot
    be read."""
    if sum((new is not None, revision is not None, edited is not None, approved)) != 1:
        raise click.UsageError(
            tr(
                "写两个文件，或一个文件加 --git、--docx、--approved 之一",
                "two files, or one and one of --git, --docx and --approved",
            )
        )
    _check_outputs(outputs, [path for path in (old, new, edited) if path], bars=bars)
    from brieftex.changes.comparison import issue_differences  # noqa: PLC0415  # help does without
    from brieftex.cli.drafts import DraftWish, opened_drafts  # noqa: PLC0415

    wish = DraftWish(old, new, revision, edited, approved)
    look = _Look(edition, theme, bundled_fonts, bars)
    said = author, day
    try:
        with opened_drafts(wish, for_pages=bool(outputs)) as drafts:
            found = issue_differences(drafts.old, drafts.told, drafts.digests())
            if not all(_written(path, drafts, look, said) for path in outputs):
                return 1
    except InputError as error:
        Reporter("full").show(error.findings, error.source)
        return 1
    _print(found, drafts, style)
    count = len(found)
    click.echo(tr(f"{count} 处不同", f"{count} difference{'s' * (count != 1)}"), err=True)
    return 0


class _Look(Struct, frozen=True):
    """How pages are made."""

    edition: str | None
    theme: str | None
    bundled_fonts: bool
    bars: bool


def _check_outputs(outputs: Sequence[Path], inputs: Sequence[Path], *, bars: bool) -> None:
    """Raises UsageError for another ending, and where a draft would be replaced."""
    taken = set(map(_place, inputs))
    for path in outputs:
        if path.suffix.lower() not in (".docx", ".pdf"):
            raise click.UsageError(
                tr(f"-o 只写 .pdf 和 .docx：{path}", f"-o writes .pdf and .docx: {path}")
            )
        if (flaw := flaw_of_name(path.name)) is not None:
            raise click.UsageError(
                tr(f"不能写成 {path}：{flaw[0]}", f"cannot write {path}: {flaw[1]}")
            )
        if _place(path) in taken:
            raise click.UsageError(tr(f"输出会覆盖 {path}", f"output would replace {path}"))
        taken.add(_place(path))
    if bars and all(path.suffix.lower() != ".pdf" for path in outputs):
        raise click.UsageError(tr("--bars 要与 -o 文件名.pdf 同用", "--bars goes with -o FILE.pdf"))


def _place(path: Path) -> str:
    """What a path leads to; that of links in a circle is said when it is opened."""
    return os.path.realpath(path)


def _print(found: Sequence[Difference], drafts: Drafts, style: str) -> None:
    from brieftex.changes.report import markdown_report, plain_report, records_of  # noqa: PLC0415

    sources = drafts.old.source, drafts.told.source
    if style == "json":
        click.echo(json.dumps(records_of(found, sources), ensure_ascii=False, indent=2))
    elif style == "markdown":
        click.echo(markdown_report(found, sources), nl=False)
    else:
        color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        click.echo(plain_report(found, sources, color=color, language=language()), nl=False)


def _written(
    path: Path, drafts: Drafts, look: _Look, said: tuple[str, datetime.date | None]
) -> bool:
    """Write a file; whether it is there now. Raises InputError where pages cannot be made."""
    from brieftex.diagnostics.reasons import reason_of  # noqa: PLC0415  # seldom asked for
    from brieftex.output import write_output  # noqa: PLC0415

    if path.suffix.lower() == ".pdf":
        data = _pages(drafts, look)
    else:
        from brieftex.twin.revised import revised_document  # noqa: PLC0415  # for Word alone

        author, day = said
        data = revised_document(
            drafts.old, drafts.new, (author, _time(day)),
            theme=look.theme, edition=look.edition, bundled_fonts=look.bundled_fonts,
        )  # fmt: skip
    try:
        write_output(path, data)
    except OSError as error:
        zh, en = reason_of(error)
        click.echo(
            tr(f"错误：无法写入 {path}：{zh}", f"error: cannot write {path}: {en}"), err=True
        )
        return False
    click.echo(tr(f"写了 {path}", f"wrote {path}"), err=True)
    return True


def _pages(drafts: Drafts, look: _Look) -> bytes:
    from brieftex.pipeline import Against, typeset  # noqa: PLC0415  # help does without

    against = Against(drafts.old, marked=not look.bars)
    made = typeset(
        drafts.new,
        theme=look.theme,
        edition=look.edition,
        bundled_fonts=look.bundled_fonts,
        against=against,
    )
    return made.pdf


def _time(day: datetime.date | None) -> str:
    """The time of the changes, as Word wants it: midday of a day that was given."""
    if day is not None:
        return f"{day:%Y-%m-%d}T12:00:00Z"
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(epoch) if epoch.isdecimal() and len(epoch) < 12 else None
    now = datetime.datetime.now(datetime.UTC)
    when = now if seconds is None else datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    return f"{when:%Y-%m-%dT%H:%M:%SZ}"
