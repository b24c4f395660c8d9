"""``brieftex ledger``: who has which copy, whether a row is missing, and which copies came back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from brieftex.cli.command import Command
from brieftex.cli.language import tr
from brieftex.cli.paths import GivenPath
from brieftex.cli.readers import in_columns
from brieftex.diagnostics.reasons import reason_of

if TYPE_CHECKING:
    from brieftex.delivery.ledger import Entry, Ledger


@click.command(
    cls=Command,
    help=tr(
        "发行登记：list 列出，verify 核对，export 导出，return 登记收回\n\n"
        "登记在简报文件旁边的“发行.db”里，由 print 和 mail 写。每一行与前一行扣在一起，\n"
        "verify 查得出哪一行被改过、哪几行不见了。\n"
        "export 导出 CSV（Excel 直接打开），或 PDF 登记簿。\n"
        "return 后面写份号：17，或 17,40-45。",
        "The ledger: list it, verify it, export it, note a return\n\n"
        "It is 发行.db beside the issues, written by print and mail. Each row is chained to\n"
        "the one before: verify finds what was changed or removed. export writes CSV or a\n"
        "PDF register. return takes copies: 17, or 17,40-45.",
    ),
)
@click.argument(
    "action",
    type=click.Choice(["list", "verify", "export", "return"]),
    metavar="list|verify|export|return",
)
@click.argument("copies", required=False, metavar="[COPIES]")
@click.option(
    "--ledger",
    "path",
    type=click.Path(path_type=GivenPath),
    metavar="FILE",
    help=tr("登记的文件，默认“发行.db”", "the ledger, 发行.db by default"),
)
@click.option("--issue", metavar="NAME", help=tr("只看这一期", "this issue alone"))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=GivenPath),
    metavar="PATH",
    help=tr("导出到 .csv 或 .pdf", "a .csv or .pdf file"),
)
def command(
    action: str, copies: str | None, path: Path | None, issue: str | None, output: Path | None
) -> int:
    """Read or add to a ledger; the status is 1 when it is not whole."""
    if (action == "return") != (copies is not None):
        raise click.UsageError(
            tr("份号只写在 return 后面，也必须写", "return, and it alone, takes copies")
        )
    if output is not None and action != "export":
        raise click.UsageError(tr("-o 只用于 export", "-o is for export"))
    if issue is not None and action == "verify":
        raise click.UsageError(tr("verify 总是核对全部", "verify always looks at all rows"))
    with opened_ledger(path, create=False) as ledger:
        try:
            match action:
                case "verify":
                    return _verify(ledger)
                case "return":
                    assert copies is not None
                    return _return(ledger, copies, issue)
                case "list":
                    return _list(entries_of_issue(ledger, issue))
                case _:
                    return _export(ledger, issue, output or Path("发行登记.csv"))
        except OSError as error:
            if error.filename is None:  # of what is printed
                raise
            zh, en = reason_of(error)
            raise click.ClickException(
                tr(f"读不了登记：{zh}", f"cannot read the ledger: {en}")
            ) from error


def opened_ledger(path: Path | None, *, create: bool = True) -> Ledger:
    """The ledger at ``path`` or in the current folder. Raises ClickException."""
    from brieftex.delivery.ledger import (  # noqa: PLC0415  # help does without sqlite
        LEDGER_NAME,
        Ledger,
        NoLedgerError,
    )

    path = path or Path(LEDGER_NAME)
    try:
        return Ledger(path, create=create)
    except NoLedgerError as error:
        raise click.ClickException(
            tr(f"{path} 不是发行登记", f"{path} is no ledger of brieftex")
        ) from error
    except (OSError, UnicodeEncodeError) as error:
        zh, en = reason_of(error)
        raise click.ClickException(
            tr(f"打不开 {path}：{zh}", f"cannot open {path}: {en}")
        ) from error


def entries_of_issue(ledger: Ledger, issue: str | None) -> list[Entry]:
    """All rows, or those of the one issue whose name has ``issue`` in it. Raises UsageError and
    OSError."""
    entries = ledger.entries()
    known = dict.fromkeys(entry.issue for entry in entries)
    if issue is None:
        return entries
    wanted = [name for name in known if issue in name]
    if len(wanted) != 1:
        names = "、".join(wanted or known)
        raise click.UsageError(
            tr(f"--issue {issue} 指的是哪一期？有：{names}", f"--issue {issue}: which of {names}?")
        )
    return [entry for entry in entries if entry.issue == wanted[0]]


def _verify(ledger: Ledger) -> int:
    faults = ledger.faults()
    for fault in faults:
        at = tr(f"第 {fault.number} 行：", f"row {fault.number}: ") if fault.number else ""
        click.echo(tr(f"错误：{at}{fault.zh}", f"error: {at}{fault.en}"), err=True)
    number, digest = ledger.head()
    if faults:
        click.echo(tr("登记不完整", "the ledger is not whole"), err=True)
        return 1
    click.echo(
        tr(
            f"登记完整：{number} 行，末行校验 {digest[:16]}（可抄在别处，日后对照）",
            f"whole: {number} rows, last hash {digest[:16]} (note it elsewhere to compare)",
        ),
        err=True,
    )
    return 0


def _list(entries: list[Entry]) -> int:
    from brieftex.delivery.register import (  # noqa: PLC0415  # as above
        RESULTS,
        WAYS,
        copy_label,
        returned_on,
        settled,
    )

    back = returned_on(entries)
    rows = [
        [
            e.time[:16].replace("T", " "), e.issue, copy_label(e.copy), e.reader,
            tr(WAYS.get(e.way, e.way), e.way), tr(RESULTS[e.result], e.result.value),
            back.get((e.issue, e.copy, e.reader), "")[:10], e.note,
        ]
        for e in settled(entries)
    ]  # fmt: skip
    zh = ["时间", "刊物", "份号", "读者", "方式", "结果", "收回", "备注"]
    en = ["time", "issue", "copy", "reader", "way", "result", "returned", "note"]
    heads = [tr(a, b) for a, b in zip(zh, en, strict=True)]
    click.echo(in_columns([heads, *rows]))
    return 0


def _return(ledger: Ledger, copies: str, issue: str | None) -> int:
    from msgspec.structs import replace  # noqa: PLC0415  # as above

    from brieftex.delivery.copies import returned_copies  # noqa: PLC0415  # as above
    from brieftex.delivery.ledger import Result, copies_out  # noqa: PLC0415  # as above

    try:
        numbers = returned_copies(copies)
    except ValueError as error:
        raise click.UsageError(
            tr(f"不是份号：{copies}，例如 17 或 17,40-45", f"no copies: {copies}")
        ) from error
    entries = entries_of_issue(ledger, issue)
    numbered = [entry for entry in entries if entry.copy]
    if not numbered:
        raise click.ClickException(tr("登记里没有编了份号的", "no copy has a number"))
    name = numbered[-1].issue
    out = copies_out(entries, name)
    back = []
    for number in numbers:
        entry = out.get((name, number))
        if entry is None or entry.result is Result.RETURNED:
            why = (
                tr("没有发出过", "was never given out")
                if entry is None
                else tr(f"已于 {entry.time[:10]} 收回", f"came back on {entry.time[:10]}")
            )
            raise click.ClickException(
                tr(f"{name} 第 {number} 份{why}", f"{name}, copy {number} {why}")
            )
        back.append(replace(entry, result=Result.RETURNED, time="", note=""))
    try:
        ledger.add(*back)
    except OSError as error:
        raise click.ClickException(tr(*reason_of(error))) from error
    click.echo(
        tr(f"{name}：收回 {len(back)} 份", f"{name}: {len(back)} copies came back"), err=True
    )
    return 0


def _check_output(output: Path, ledger: Path) -> None:
    """Raises UsageError where no file of this name should be made, or what is there is neither
    an earlier export nor a PDF: a list of readers is a table, too."""
    from brieftex.cli.targets import keep_inputs  # noqa: PLC0415  # as above
    from brieftex.delivery.register import is_register  # noqa: PLC0415  # as above
    from brieftex.output import flaw_of_name, is_stream  # noqa: PLC0415  # as above

    if is_stream(output):
        return
    if (flaw := flaw_of_name(output.name)) is not None:
        raise click.UsageError(
            tr(f"不能写成 {output}：{flaw[0]}", f"cannot write {output}: {flaw[1]}")
        )
    keep_inputs([output], [ledger])
    if output.suffix.lower() == ".csv" and not is_register(output):
        raise click.UsageError(
            tr(
                f"{output} 不是以前导出的登记，不会覆盖；用 -o 另起名字",
                f"{output} is no earlier export and is kept; choose a name with -o",
            )
        )


def _export(ledger: Ledger, issue: str | None, output: Path) -> int:
    from brieftex.delivery.register import ledger_csv, ledger_issue  # noqa: PLC0415  # as above
    from brieftex.output import write_output  # noqa: PLC0415  # as above

    entries = entries_of_issue(ledger, issue)
    if not entries:
        raise click.ClickException(tr("登记是空的", "the ledger is empty"))
    if output.suffix.lower() not in (".csv", ".pdf"):
        raise click.UsageError(tr("导出的文件是 .csv 或 .pdf", "export writes .csv or .pdf"))
    _check_output(output, ledger.path)
    if output.suffix.lower() == ".csv":
        data = ledger_csv(entries)
    else:
        from brieftex.diagnostics import Source  # noqa: PLC0415  # as above
        from brieftex.pipeline import typeset  # noqa: PLC0415  # as above

        text = ledger_issue(entries, ledger.head())
        data = typeset(Source("登记簿.yaml", text), bundled_fonts=True).pdf
    try:
        write_output(output, data)
    except OSError as error:
        zh, en = reason_of(error)
        raise click.ClickException(
            tr(f"无法写入 {output}：{zh}", f"cannot write {output}: {en}")
        ) from error
    click.echo(tr(f"已导出 {output}", f"written: {output}"), err=True)
    return 0
