"""``brieftex search``: words in all issues of a folder."""

from __future__ import annotations

import datetime
import json
import os
import re
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click
from msgspec import Struct

from brieftex.cli.command import Command
from brieftex.cli.language import tr
from brieftex.cli.paths import GivenPath
from brieftex.cli.progress import Progress
from brieftex.names import shown_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from brieftex.search.index import FoundPiece, Query
    from brieftex.search.passages import SearchText

_KINDS = {
    "title": "title", "标题": "title", "body": "body", "正文": "body",
    "source": "source", "来源": "source", "speaker": "speaker", "人名": "speaker",
}  # fmt: skip

PagesByPlace: TypeAlias = "dict[tuple[str, int], int]"
"""Pages by the path of a file and an offset there."""

_MOST_EXCERPTS = 5  # shown of one item; json has all
_AROUND = 24  # characters shown on either side of a hit


@click.command(
    cls=Command,
    help=tr(
        "在一个文件夹的各期里查找字词\n\n"
        "写几个词，就找同时有这几个词的文章；词里有空格时用引号括起来。\n"
        "第一次先为文件夹建索引，以后只读改过的文件。",
        "Finds words in all issues of a folder\n\n"
        "Several words are looked for in one item; quote a word with a blank.\n"
        "The first run makes an index, later ones read what has changed.",
    ),
)
@click.argument("words", nargs=-1, required=True, metavar="WORDS…")
@click.option(
    "--in",
    "folder",
    type=click.Path(path_type=GivenPath),
    default=Path(),
    metavar="FOLDER",
    help=tr("在哪个文件夹里找（默认当前文件夹）", "the folder (the current one)"),
)
@click.option(
    "--since",
    default="",
    metavar="DATE",
    help=tr("从哪年、哪月、哪天起：2024、2024-05", "from 2024, 2024-05 or 2024-05-17 on"),
)
@click.option(
    "--section", default="", metavar="NAME", help=tr("只在这个栏目里找", "in this section alone")
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="NAME",
    help=tr("还要有这个人名或单位名，字间的空格不计", "and this name, whatever its blanks"),
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(tuple(_KINDS)),
    metavar="KIND",
    help=tr("只找标题、正文、来源或人名", "title, body, source or speaker alone"),
)
@click.option(
    "--variants",
    is_flag=True,
    help=tr("全角半角、简体繁体都算", "whatever the width, simplified or traditional"),
)
@click.option(
    "--pages",
    is_flag=True,
    help=tr("写出每处在第几页（要把各期排一遍）", "tell the pages; sets the issues"),
)
@click.option(
    "--most",
    type=click.IntRange(1),
    default=50,
    metavar="N",
    help=tr("最多列出几篇（默认 50）", "the most items to list (50)"),
)
@click.option(
    "--open",
    "opened",
    is_flag=True,
    help=tr("在预览里打开第一篇的这一处", "show the place in the first item in the preview"),
)
@click.option(
    "--item",
    type=click.IntRange(1),
    metavar="N",
    help=tr("同 --open 一起用：打开列出的第几篇", "with --open: of the item with this number"),
)
@click.option(
    "--no-window",
    is_flag=True,
    help=tr("同 --open 一起用：不自动打开浏览器", "with --open: do not open the browser"),
)
@click.option(
    "--format",
    "style",
    type=click.Choice(("text", "json")),
    default="text",
    metavar="text|json",
    help=tr("输出格式", "how hits are written"),
)
def command(  # noqa: PLR0913  # click passes every option by its name
    *,
    words: tuple[str, ...],
    folder: Path,
    pages: bool,
    most: int,
    opened: bool,
    item: int | None,
    no_window: bool,
    style: str,
    **options: Any,
) -> int:
    """Print what is found, and show a place of it; the status is 1 when nothing is."""
    if not opened and (item is not None or no_window):
        raise click.UsageError(
            tr("--item、--no-window 要同 --open 一起用", "--item and --no-window want --open")
        )
    # Help does without the index.
    from brieftex.search.index import SearchIndex  # noqa: PLC0415

    query = _query(words, **options)
    if not folder.is_dir():
        raise click.UsageError(tr(f"没有文件夹 {folder}", f"there is no folder {folder}"))
    index = SearchIndex(folder)
    with Progress(sys.stderr) as progress:
        index.update(lambda done, of: _tell(progress, done, of))
    hits, count = index.find(query, most)
    index.close()
    if index.busy:
        click.echo(
            tr(
                "索引正被另一个程序占用，这次没有用它，直接读了各期",
                "another program keeps the index: this search read the issues themselves",
            ),
            err=True,
        )
    if index.broken:
        names = "、".join(map(shown_name, index.broken[:3]))
        names += "……" if len(index.broken) > 3 else ""
        count_broken = len(index.broken)
        click.echo(
            tr(
                f"{count_broken} 个文件有错误，或大于 4 MB，没有搜"
                f"（brieftex check 说明原因）：{names}",
                f"{count_broken} files have errors, or are larger than 4 MB, and were left out: "
                f"{names}",
            ),
            err=True,
        )
    found = [FoundExcerpts(hit, _excerpts(hit, query)) for hit in hits]
    places = _pages(folder, found) if pages else {}
    if style == "json":
        click.echo(json.dumps([_record(f, places) for f in found], ensure_ascii=False, indent=2))
    else:
        _print(found, places)
        _say_count(len(hits), count)
    if opened and hits:
        _open(folder, found, item or 1, unopened=no_window)
    return 0 if hits else 1


def _open(folder: Path, found: Sequence[FoundExcerpts], item: int, *, unopened: bool) -> None:
    """Show the first place of an item in the preview, until interrupted. Raises UsageError."""
    # A search does without the preview and the reader of issues.
    from brieftex.cli.watch import show  # noqa: PLC0415
    from brieftex.diagnostics import InputError  # noqa: PLC0415
    from brieftex.input.issue.file import ReadableError, read_issue  # noqa: PLC0415
    from brieftex.search.records import span_in_file  # noqa: PLC0415

    if item > len(found):
        zh, en = f"只列出了 {len(found)} 篇", f"only {len(found)} items are listed"
        raise click.UsageError(tr(f"--item {item}：{zh}", f"--item {item}: {en}"))
    chosen = found[item - 1]
    path, span = folder / chosen.hit.path, None
    try:
        issue = read_issue(path)[0]
    except ReadableError as error:
        issue = error.issue
    except InputError:
        issue = None  # the preview says what is wrong with it
    if issue is not None and chosen.excerpts:
        passage, (first, last), _ = chosen.excerpts[0]
        span = span_in_file(issue, passage, first, last)
    show(path, {}, at=(span.start, span.end) if span else None, unopened=unopened)


class FoundExcerpts(Struct, frozen=True):
    """A hit, and of each passage with a word from where to where the first stands and the excerpt
    around it: words stand between U+0001 and U+0002."""

    hit: FoundPiece
    excerpts: tuple[tuple[SearchText, tuple[int, int], str], ...]


def _tell(progress: Progress, done: int, of: int) -> None:
    progress.file(f"{done}/{of}")
    progress.stage("index")


def _query(  # noqa: PLR0913  # one for each option
    words: Sequence[str], *, names: Sequence[str], kinds: Sequence[str], since: str, section: str,
    variants: bool,
) -> Query:  # fmt: skip
    # Help does without these, and without the reader of issues.
    from brieftex.search.index import Query  # noqa: PLC0415
    from brieftex.search.passages import PassageKind  # noqa: PLC0415
    from brieftex.search.words import phrase, variants_of  # noqa: PLC0415

    wanted = (*words, *names)
    for word in (*wanted, *filter(None, (section,))):
        if not phrase(word):
            raise click.UsageError(
                tr(f"“{word}”里没有可以查找的字", f"nothing in {word!r} can be looked for")
            )
    try:
        forms = tuple(variants_of(word) if variants else (word,) for word in wanted)
    except ImportError as error:
        install = f"{shlex.quote(sys.executable)} -m pip install opencc"
        zh = f"简繁对照要另装组件。请运行：\n\n    {install}"
        raise click.ClickException(
            tr(zh, f"--variants needs a library:\n\n    {install}")
        ) from error
    within = tuple(PassageKind(_KINDS[kind]) for kind in dict.fromkeys(kinds))
    return Query(forms, within, _day(since), section)


def _day(since: str) -> str:
    """The beginning of a date as ISO 8601 has it. Raises UsageError."""
    parts = re.findall(r"\d+", since)
    written = re.fullmatch(r"\d{4}(?:[-/.年月]\d{1,2}){0,2}[年月日]?", since.strip())
    if since and not (written and _is_day(*map(int, parts))):
        wanted = "2024、2024-05 或 2024-05-17"
        raise click.UsageError(
            tr(f"--since {since} 看不懂，请写 {wanted}", f"--since {since}: write 2024-05-17")
        )
    return "-".join(part.zfill(2) for part in parts)


def _is_day(year: int, month: int = 1, day: int = 1) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def _excerpts(hit: FoundPiece, query: Query) -> tuple[tuple[SearchText, tuple[int, int], str], ...]:
    """Of each passage in which a word stands, what is around it."""
    from brieftex.search.words import pattern  # noqa: PLC0415  # as above

    finder = pattern([form for word in query.words for form in word])
    shown = []
    for passage in hit.passages:
        found = finder.search(passage.text)
        if found is None or (query.kinds and passage.kind not in query.kinds):
            continue
        start, end = max(found.start() - _AROUND, 0), found.end() + _AROUND
        text = finder.sub(lambda match: f"\x01{match[0]}\x02", passage.text[start:end])
        before, after = "…" if start else "", "…" if end < len(passage.text) else ""
        excerpt = f"{before}{text}{after}".replace("\n", " ")
        shown.append((passage, found.span(), excerpt))
    return tuple(shown)


def _pages(folder: Path, found: Sequence[FoundExcerpts]) -> PagesByPlace:
    """The page of each passage."""
    # A search does without the typesetter.
    from brieftex.checks.engine.corpus import running_texts  # noqa: PLC0415
    from brieftex.diagnostics import InputError  # noqa: PLC0415
    from brieftex.pipeline import typeset_pages  # noqa: PLC0415
    from brieftex.preview.sync import mark_of  # noqa: PLC0415
    from brieftex.services import Services  # noqa: PLC0415

    services = Services()
    places: PagesByPlace = {}
    for path in dict.fromkeys(one.hit.path for one in found):
        try:
            made = typeset_pages(folder / path, services=services)
        except InputError:
            continue  # it has been told of
        texts = {text.inline.span(0, 1).start: text for text in running_texts(made.issue)}
        for one in found:
            for passage, (at, _), _ in one.excerpts if one.hit.path == path else ():
                text = texts.get(passage.start)
                mark = mark_of(made.pages, text.inline.span(at, at + 1)) if text else None
                if mark is not None:
                    places[path, passage.start] = mark.page
    return places


def _record(found: FoundExcerpts, places: PagesByPlace) -> dict[str, object]:
    hit = found.hit
    passages: list[dict[str, object]] = []
    for passage, (at, _), excerpt in found.excerpts:
        text = excerpt.replace("\x01", "【").replace("\x02", "】")
        page = places.get((hit.path, passage.start))
        record = {
            "kind": passage.kind.value,
            "line": passage.line(at),
            "page": page,
            "excerpt": text,
        }
        passages.append({key: value for key, value in record.items() if value is not None})
    return {
        "file": hit.path, "name": hit.name, "numbering": hit.numbering, "date": hit.date,
        "section": hit.section, "title": hit.title, "passages": passages,
    }  # fmt: skip


def _print(found: Sequence[FoundExcerpts], places: PagesByPlace) -> None:
    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    begin, end = ("\x1b[1;31m", "\x1b[0m") if color else ("【", "】")
    issue = None
    for number, one in enumerate(found, 1):
        hit = one.hit
        if hit.path != issue:
            place = f"{hit.name} {hit.numbering}  {shown_name(hit.path)}"
            click.echo(f"{'' if issue is None else chr(10)}{place}")
            issue = hit.path
        heads = " › ".join(head.replace("\n", "") for head in (hit.section, hit.title) if head)
        click.echo(f"  {number}. {heads}".rstrip())
        for passage, (at, _), excerpt in one.excerpts[:_MOST_EXCERPTS]:
            page = places.get((hit.path, passage.start))
            zh, en = f"第{passage.line(at)}行", f"line {passage.line(at)}"
            if page is not None:
                zh, en = f"第{page}页，{zh}", f"page {page}, {en}"
            text = excerpt.replace("\x01", begin).replace("\x02", end)
            click.echo(f"    {tr(zh, en)}：{text}")
        more = len(one.excerpts) - _MOST_EXCERPTS
        if more > 0:
            click.echo(tr(f"    另有 {more} 处", f"    {more} more"))


def _say_count(shown: int, count: int) -> None:
    zh, en = f"共 {count} 篇", f"{count} items"
    if not count:
        zh, en = "没有找到", "nothing found"
    elif shown < count:
        zh, en = f"{zh}，列出最近的 {shown} 篇；--most 多列", f"{en}, {shown} shown, see --most"
    click.echo(tr(zh, en), err=True)
