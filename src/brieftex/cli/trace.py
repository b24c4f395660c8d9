"""``brieftex trace``: whose copy a scan or photocopy was made from, by the ledger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brieftex.cli.command import Command
from brieftex.cli.language import tr
from brieftex.cli.ledger import entries_of_issue, opened_ledger
from brieftex.cli.paths import GivenPath
from brieftex.diagnostics.reasons import reason_of

if TYPE_CHECKING:
    from brieftex.delivery.ledger import Entry
    from brieftex.tracing.linemap import LineMap
    from brieftex.tracing.suspects import Judgement, MarkedCopy, PageFound


@click.command(
    cls=Command,
    help=tr(
        "查复印件是谁的：print --trace、mail --trace 加过暗记的\n\n"
        "扫描件是 PDF 或图片（PNG、JPEG、TIFF），可以歪、可以缩放；页数越多越有把握。\n"
        "认不准就说认不出，不会给错名字：错认的可能不到百万分之一。\n"
        "重新打字排过的、只有几行的，认不出。找到时退出码是 0，没有找到是 1。",
        "Tells whose copy a scan shows, if print --trace or mail --trace made it\n\n"
        "Scans are PDF or pictures (PNG, JPEG, TIFF), askew or scaled; more pages tell\n"
        "more. What is not certain is not named: one scan in a million may be wrong.\n"
        "Text typed again, or a few lines, tell nothing. The status is 0 if a copy is\n"
        "found and 1 if none is.",
    ),
)
@click.argument(
    "scans", nargs=-1, required=True, type=click.Path(path_type=GivenPath), metavar="SCAN..."
)
@click.option(
    "--ledger",
    type=click.Path(path_type=GivenPath),
    metavar="FILE",
    help=tr("登记的文件，默认“发行.db”", "the ledger, 发行.db by default"),
)
@click.option("--issue", metavar="NAME", help=tr("只在这一期里查", "look in this issue alone"))
@click.option("--json", "as_json", is_flag=True, help=tr("结果输出为 JSON", "print JSON"))
def command(
    scans: tuple[Path, ...], ledger: Path | None, issue: str | None, *, as_json: bool
) -> int:
    """Trace one scan; the status is 1 when nobody can be named."""
    from brieftex.pdf.raster import NoRasteriserError  # noqa: PLC0415  # help does without
    from brieftex.printing.scans import pages_of_scans  # noqa: PLC0415  # as above
    from brieftex.tracing.scans import ScanError  # noqa: PLC0415  # as above
    from brieftex.tracing.suspects import judged  # noqa: PLC0415  # as above

    entries, maps = _known(ledger, issue)
    copies = {_copy(entry): None for entry in entries}

    def tell(number: int, found: list[PageFound]) -> None:
        click.echo(_page_told(number, found, maps), err=True)

    path = None
    try:
        found: list[PageFound] = []
        for path in scans:
            found += pages_of_scans([path], maps, tell)
    except ScanError as error:
        raise click.ClickException(_no_scan(path, str(error))) from error
    except NoRasteriserError as error:
        raise click.ClickException(
            tr(
                "读 PDF 要装 pypdfium2：pip install 'brieftex[png]'；或把扫描件存成 PNG、TIFF",
                "PDF files want pypdfium2: pip install 'brieftex[png]', or scan as PNG or TIFF",
            )
        ) from error
    except OSError as error:
        zh, en = reason_of(error)
        raise click.ClickException(
            tr(f"无法读取 {path}：{zh}", f"cannot read {path}: {en}")
        ) from error
    judgement = judged(found, maps, list(copies))
    rows = [entry for entry in entries if _copy(entry) == judgement.copy]
    if as_json:
        click.echo(json.dumps(_record(judgement, rows), ensure_ascii=False, indent=2))
    else:
        click.echo(_told(judgement, rows))
    return 0 if judgement.copy is not None else 1


def _known(path: Path | None, issue: str | None) -> tuple[list[Entry], dict[str, LineMap]]:
    """The rows of marked copies, and their maps. Raises ClickException."""
    from brieftex.delivery.ledger import Result  # noqa: PLC0415  # as above
    from brieftex.tracing.linemap import UnknownMapError, unpacked_map  # noqa: PLC0415  # as above

    with opened_ledger(path, create=False) as ledger:
        try:
            out = (Result.PRINTED, Result.SENT, Result.SENDING)
            entries = [
                entry
                for entry in entries_of_issue(ledger, issue)
                if entry.trace and entry.result in out
            ]
            kept = ledger.maps()
        except OSError as error:
            zh, en = reason_of(error)
            raise click.ClickException(
                tr(f"读不了登记：{zh}", f"cannot read the ledger: {en}")
            ) from error
    if not entries:
        raise click.ClickException(
            tr(
                "登记里没有加过暗记的：付印或发邮件时加 --trace",
                "no copy of this ledger is marked: print or mail with --trace",
            )
        )
    try:
        maps = {e.trace: unpacked_map(kept[e.trace]) for e in entries}
    except (KeyError, UnknownMapError) as error:
        raise click.ClickException(
            tr(
                "登记里的暗记底图不见了或被改过：brieftex ledger verify",
                "the map of the marks is missing or changed: run brieftex ledger verify",
            )
        ) from error
    return entries, maps


def _copy(entry: Entry) -> MarkedCopy:
    from brieftex.delivery.register import copy_label  # noqa: PLC0415  # as above
    from brieftex.tracing.suspects import MarkedCopy  # noqa: PLC0415  # as above

    return MarkedCopy(entry.trace, copy_label(entry.copy) or entry.address.lower())


def _no_scan(path: Path | None, fault: str) -> str:
    if fault == "TOO_LARGE":
        return tr(
            f"{path} 太大：每页 1 亿像素以内", f"{path} is too large: 100 million pixels a page"
        )
    if fault == "TOO_MANY":
        return tr(f"{path} 页数太多：每个文件 2,000 页以内", f"{path} has more than 2,000 pages")
    if fault == "TOO_COSTLY":
        return tr(
            f"读 {path} 的一页要的时间或内存太多，停下了：来历不明的文件不要再打开，"
            "自己扫的请按 300 dpi 重扫",
            f"a page of {path} takes too much time or memory and was given up: do not open a file "
            "of unknown origin again, scan your own at 300 dpi",
        )
    return tr(
        f"{path} 不是能读的扫描件：要 PDF、PNG、JPEG 或 TIFF",
        f"{path} is no scan that can be read: PDF, PNG, JPEG or TIFF are",
    )


def _page_told(number: int, found: list[PageFound], maps: dict[str, LineMap]) -> str:
    if not found:
        return tr(
            f"扫描第 {number + 1} 页：不是加过暗记的哪一页，或看不清",
            f"scan, page {number + 1}: no page of a marked issue, or not legible",
        )
    told = []
    for page in found:
        name, lines = maps[page.trace].issue, len(page.reading.rows)
        at = page.reading.page + 1
        told.append(
            tr(f"{name}第 {at} 页，读出 {lines} 行", f"{name}, page {at}, {lines} lines read")
        )
    told = list(dict.fromkeys(told))
    return tr(
        f"扫描第 {number + 1} 页：{'；'.join(told)}", f"scan, page {number + 1}: {'; '.join(told)}"
    )


def _told(judgement: Judgement, rows: list[Entry]) -> str:
    if judgement.copy is None:
        return _not_told(judgement)
    lines = [
        tr(
            f"{row.issue}，{_who(row)}，{row.time[:10]}",
            f"{row.issue}, {_who(row)}, {row.time[:10]}",
        )
        for row in rows
    ]
    lines.append(
        tr(
            f"读出 {judgement.lines} 行，{judgement.right} 行相符；"
            f"碰巧这样相符的可能不到 {judgement.chance:.0e}",
            f"{judgement.right} of {judgement.lines} lines agree; "
            f"chance would do so less often than {judgement.chance:.0e}",
        )
    )
    return "\n".join(lines)


def _who(row: Entry) -> str:
    if row.copy:
        return tr(f"第 {row.copy:06} 份：{row.reader or '没有写给谁'}",
                  f"copy {row.copy:06}: {row.reader or 'nobody named'}")  # fmt: skip
    return tr(f"邮件：{row.reader} <{row.address}>", f"mail: {row.reader} <{row.address}>")


def _not_told(judgement: Judgement) -> str:
    from brieftex.tracing.suspects import TraceOutcome  # noqa: PLC0415  # as above

    lines, needed = judgement.lines, judgement.needed
    match judgement.outcome:
        case TraceOutcome.NO_PAGE:
            return tr(
                "认不出：没有一页对得上加过暗记的那些期",
                "nobody named: no page is one of a marked issue",
            )
        case TraceOutcome.NOT_MARKED:
            return tr(
                f"认不出：读出 {lines} 行，都没有移过，这一份没有加暗记",
                f"nobody named: {lines} lines were read and none is moved; this copy is not marked",
            )
        case TraceOutcome.TOO_FEW:
            return tr(
                f"认不出：只读出 {lines} 行，至少要 {needed} 行，请多扫几页",
                f"nobody named: {lines} lines were read, {needed} are needed; scan more pages",
            )
        case _:
            return tr(
                f"认不出：读出 {lines} 行，同登记里哪一份都不够相符",
                f"nobody named: {lines} lines were read and agree with no copy of the ledger",
            )


def _record(judgement: Judgement, rows: list[Entry]) -> dict[str, Any]:
    return {
        "outcome": judgement.outcome.value,
        "lines": judgement.lines,
        "right": judgement.right,
        "needed": judgement.needed,
        "chance": judgement.chance,
        "copies": [
            {
                "issue": row.issue,
                "edition": row.edition,
                "copy": row.copy,
                "reader": row.reader,
                "address": row.address,
                "way": row.way,
                "time": row.time,
            }
            for row in rows
        ],
    }
