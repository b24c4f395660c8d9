"""``brieftex collect``: many issues in one file."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from brieftex.cli.command import Command
from brieftex.cli.files import with_folders
from brieftex.cli.findings import Reporter
from brieftex.cli.language import tr
from brieftex.cli.options import bundled_option, edition_option, format_option, theme_option
from brieftex.cli.paths import GivenPath
from brieftex.cli.progress import Progress
from brieftex.cli.targets import identity_of
from brieftex.diagnostics import InputError, Source
from brieftex.diagnostics.reasons import reason_of
from brieftex.names import shown_name
from brieftex.output import flaw_of_name, is_stream

if TYPE_CHECKING:
    import datetime

    from brieftex.collection.heads import IssueHead
    from brieftex.collection.nouns import NounList
    from brieftex.collection.volume import CollectionError
    from brieftex.collection.yearbook import Yearbook


class _Call(Struct, frozen=True):
    """What a call asks for."""

    paths: list[Path]
    output: Path | None
    name: str
    kind: str
    nouns: Path | None
    run_on: bool
    index: bool
    statistics: bool
    theme: str | None
    edition: str | None
    bundled_fonts: bool


@click.command(
    cls=Command,
    help=tr(
        "把许多期合成一本：合订本，或会议材料\n\n"
        "封面，分期和分栏的目录，各期原样（行和页都不变，每页另印全书的页码），\n"
        "全年统计，人名、单位、篇名按拼音排的索引，书签和链接。\n"
        "文件按日期排先后；也可以写文件夹。写到 out 文件夹，或 -o 说的地方。\n"
        "写一个会议文件（有 meeting 和 agenda）时，把议程和各份材料合成一本，\n"
        "材料可以是简报文件，也可以是别的程序做的 PDF。",
        "Makes one file of many issues: a yearbook, or a meeting's papers\n\n"
        "Cover, contents by issue and by section, each issue as it was with a continuous\n"
        "folio beside its own, statistics, an index of persons, units and titles,\n"
        "bookmarks and links. Files are taken by date; folders will do.\n"
        "It goes to the folder out, or where -o says.\n"
        "Of a meeting file (with meeting and agenda) it makes a volume of the agenda and\n"
        "its papers, which are issue files, or PDF files of other programs.",
    ),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=GivenPath),
                metavar="FILES…")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=GivenPath), metavar="PATH",
              help=tr("输出文件", "output file"))  # fmt: skip
@click.option("--name", default="", metavar="NAME",
              help=tr("封面上的刊名，默认从各期来", "the name on the cover"))  # fmt: skip
@click.option("--kind", default="", metavar="WORDS",
              help=tr("封面上的书名，默认“2026年合订本”", "what the cover calls it"))  # fmt: skip
@click.option(
    "--names",
    "nouns",
    type=click.Path(path_type=GivenPath),
    metavar="FILE",
    help=tr("索引的词表：每行 名称，种类，拼音", "words for the index: name, kind, pinyin"),
)
@click.option(
    "--run-on",
    is_flag=True,
    help=tr("各期接着排，不都从右页起", "issues begin on any page, not on right ones alone"),
)
@click.option("--no-index", is_flag=True, help=tr("不要索引", "no index"))
@click.option("--no-statistics", is_flag=True, help=tr("不要统计", "no statistics"))
@edition_option
@theme_option
@bundled_option
@format_option
def command(  # noqa: PLR0913  # click passes every option by its name
    files: tuple[Path, ...],
    *,
    output: Path | None,
    name: str,
    kind: str,
    nouns: Path | None,
    run_on: bool,
    no_index: bool,
    no_statistics: bool,
    edition: str | None,
    theme: str | None,
    bundled_fonts: bool,
    style: str,
) -> int:
    """Make the volume; the status is 1 when it could not be made."""
    paths, again = _once(files)
    _check_no_meeting(paths)
    if again:
        names = "、".join(f"{path}" for path in again)
        zh, en = f"注意：写了不止一次，只收一次：{names}", f"note: named twice, taken once: {names}"
        click.echo(tr(zh, en), err=True)
    call = _Call(
        paths, output, name, kind, nouns, run_on, not no_index, not no_statistics,
        theme, edition, bundled_fonts,
    )  # fmt: skip
    findings = Reporter(style)
    meeting = len(call.paths) == 1 and _is_meeting(call.paths[0])
    status = _meeting(call, findings) if meeting else _yearbook(call, findings)
    findings.close()
    return status


def _once(files: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """The files that are named, by themselves or by their folders, each once; and those that were
    named again, links to one that is there included."""
    kept: dict[Path, Path] = {}
    again: dict[Path, None] = {}
    for path in (path for name in files for path in with_folders((name,))):
        try:
            real = path.resolve()
        except (OSError, RuntimeError, ValueError):
            real = path  # reading it says what it is
        if real in kept:
            again[path] = None
        else:
            kept[real] = path
    return list(kept.values()), list(again)


def _check_no_meeting(paths: Sequence[Path]) -> None:
    """Raises UsageError for a meeting file among several: its papers make a volume of its own."""
    for path in paths if len(paths) > 1 else ():
        if _is_meeting(path):
            zh = f"{path} 是会议文件，不是一期；单独合它：brieftex collect {path}"
            en = f"{path} is a meeting and no issue: collect it by itself"
            raise click.UsageError(tr(zh, en))


def _is_meeting(path: Path) -> bool:
    from brieftex.input.meeting.read import looks_like_meeting  # noqa: PLC0415  # help does without

    try:
        return looks_like_meeting(path)
    except OSError:
        return False  # reading it as an issue says why


def _meeting(call: _Call, findings: Reporter) -> int:
    # Help does without the typesetter.
    from brieftex.collection.meeting import collect_meeting  # noqa: PLC0415
    from brieftex.collection.volume import CollectionError, LookWish  # noqa: PLC0415

    path = call.paths[0]
    _check_meeting(call)
    look = LookWish(call.theme, call.edition, call.bundled_fonts, not call.run_on)
    try:
        with Progress(sys.stderr) as progress:
            made = collect_meeting(
                path, _target(call, path.stem), look,
                lambda stage, done, of: _tell(progress, stage, done, of),
            )  # fmt: skip
    except CollectionError as error:
        return _failed(error, findings)
    except InputError as error:
        findings.show(error.findings, error.source)
        return 1
    except OSError as error:
        raise _unwritten(error) from error
    findings.show(made.findings, made.source)
    size = f"{made.size / 1e6:.1f} MB"
    zh = f"{made.target}：{made.papers} 份材料，{made.pages} 页，{size}"
    en = f"{made.target}: {made.papers} papers, {made.pages} pages, {size}"
    if made.warnings:
        zh += f"；各份简报共有 {made.warnings} 个警告（brieftex check 说明是哪些）"
        en += f"; {made.warnings} warnings in the issues, which brieftex check shows"
    click.echo(tr(zh, en), err=True)
    return 0


def _check_meeting(call: _Call) -> None:
    """Raises UsageError for options that are of yearbooks alone."""
    given = {
        "--name": bool(call.name), "--kind": bool(call.kind), "--names": call.nouns is not None,
        "--no-index": not call.index, "--no-statistics": not call.statistics,
    }  # fmt: skip
    wrong = [name for name, there in given.items() if there]
    if wrong:
        raise click.UsageError(tr(f"{wrong[0]} 只用于合订本", f"{wrong[0]} is for yearbooks alone"))


def _unwritten(error: OSError) -> click.ClickException:
    zh, en = reason_of(error)
    return click.ClickException(tr(f"写不成：{zh}", f"cannot be written: {en}"))


def _yearbook(call: _Call, findings: Reporter) -> int:
    # Help does without the typesetter.
    from brieftex.collection.pinyin import NoPinyinError, need_pinyin  # noqa: PLC0415
    from brieftex.collection.volume import CollectionError  # noqa: PLC0415
    from brieftex.collection.yearbook import YearbookWish, collect_yearbook  # noqa: PLC0415

    nouns = _nouns(call.nouns, findings)
    if nouns is None:
        return 1
    wish = YearbookWish(
        call.name, call.kind, call.theme, call.edition, call.bundled_fonts, not call.run_on,
        call.index, call.statistics, nouns,
    )  # fmt: skip
    try:
        if call.index:
            need_pinyin()
        with Progress(sys.stderr) as progress:
            made = collect_yearbook(
                call.paths, _target(call, call.kind or "合订本"), wish,
                lambda stage, done, of: _tell(progress, stage, done, of),
            )  # fmt: skip
    except CollectionError as error:
        return _failed(error, findings)
    except InputError as error:  # of the theme
        findings.show(error.findings, error.source)
        return 1
    except NoPinyinError as error:
        install = f"{shlex.quote(sys.executable)} -m pip install pypinyin"
        raise click.ClickException(
            tr(
                f"索引要另装组件（不要索引加 --no-index）。请运行：\n\n    {install}",
                f"the index needs a library (or say --no-index):\n\n    {install}",
            )
        ) from error
    except OSError as error:
        raise _unwritten(error) from error
    findings.show(made.findings, Source(str(made.target), ""))
    _say(made)
    return 0


def _target(call: _Call, usual: str) -> Path:
    """Where the volume goes. Raises UsageError where no file of this name should be made."""
    target = call.output or Path("out") / f"{usual}.pdf"
    if is_stream(target):
        raise click.UsageError(
            tr(
                "合订本边排边写、写完再核对，要写成文件，不能接管道",
                "a volume is written piece by piece and read back: it needs a file, no pipe",
            )
        )
    if (flaw := flaw_of_name(target.name)) is not None:
        raise click.UsageError(
            tr(f"不能写成 {target}：{flaw[0]}", f"cannot write {target}: {flaw[1]}")
        )
    if target.suffix.lower() != ".pdf" or target.is_dir():
        raise click.UsageError(
            tr(f"-o 要写 .pdf 文件，不是 {target}", f"-o names a .pdf file, not {target}")
        )
    for path in (*call.paths, *([call.nouns] if call.nouns else [])):
        if identity_of(path) == identity_of(target):
            raise click.UsageError(tr(f"输出会覆盖 {path}", f"output would replace {path}"))
    return target


def _tell(progress: Progress, stage: str, done: int, of: int) -> None:
    progress.file(f"{done}/{of}")
    progress.stage(stage)


def _nouns(path: Path | None, findings: Reporter) -> NounList | None:
    """The list of words; None, told, if it has faults."""
    from brieftex.collection.nouns import (  # noqa: PLC0415  # help does without
        BadNounLineError,
        NounList,
        read_nouns,
    )

    if path is None:
        return NounList()
    try:
        return read_nouns(path)
    except InputError as error:
        findings.show(error.findings, error.source)
        return None
    except BadNounLineError as error:
        zh = f"{path} 第{error.number}行看不懂：{error.line}（写成 名称，种类，拼音）"
        raise click.ClickException(
            tr(zh, f"{path}, line {error.number}: {error.line}; write: name, kind, pinyin")
        ) from error


def _failed(error: CollectionError, findings: Reporter) -> int:
    for file in error.unread:
        findings.show(file.findings, file.source)
    count = len(error.unread)
    click.echo(
        tr(f"{count} 个文件有错误，没有合订", f"{count} files have errors, nothing was made"),
        err=True,
    )
    return 1


def _say(made: Yearbook) -> None:
    size = f"{made.size / 1e6:.1f} MB"
    zh = f"{made.target}：{len(made.issues)} 期，{made.pages} 页，{size}"
    en = f"{made.target}: {len(made.issues)} issues, {made.pages} pages, {size}"
    if made.warnings:
        zh += f"；各期共有 {made.warnings} 个警告（brieftex check 说明是哪些）"
        en += f"; {made.warnings} warnings in the issues, which brieftex check shows"
    click.echo(tr(zh, en), err=True)
    for same in _issues_twice(made.issues):
        names = "、".join(shown_name(head.path.name) for head in same)
        what = f"{same[0].name} {same[0].words}".strip()
        zh, en = f"注意：{names} 都是{what}，都收了", f"note: {names} are all {what}"
        click.echo(tr(zh, en), err=True)
    drafts = [
        shown_name(head.path.name)
        for head in made.issues
        if head.state is not None and head.state != "final"
    ]
    if drafts:
        names = "、".join(drafts[:3]) + ("……" if len(drafts) > 3 else "")
        click.echo(
            tr(f"注意：{len(drafts)} 期还没有定稿：{names}", f"note: not final: {names}"), err=True
        )


def _issues_twice(heads: Sequence[IssueHead]) -> list[list[IssueHead]]:
    """Files that say they are the same issue."""
    alike: dict[tuple[str, str, datetime.date | None], list[IssueHead]] = {}
    for head in heads:
        if head.number:
            alike.setdefault((head.name, head.words, head.date), []).append(head)
    return [same for same in alike.values() if len(same) > 1]
