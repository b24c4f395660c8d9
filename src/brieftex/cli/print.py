"""``brieftex print``: the printer's file, the ticket, and the ledger of numbered copies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from brieftex.cli.command import Command
from brieftex.cli.copies import (
    PrintOrders,
    enter_copies,
    ordered_files,
    own_files,
    owner_of,
    send_to_printer,
    slip_of,
    written,
)
from brieftex.cli.files import usual_issue
from brieftex.cli.findings import Reporter
from brieftex.cli.language import tr
from brieftex.cli.ledger import opened_ledger
from brieftex.cli.options import bundled_option, theme_option
from brieftex.cli.paths import GivenPath
from brieftex.cli.release import released, too_few_lines
from brieftex.cli.targets import keep_inputs
from brieftex.diagnostics import InputError
from brieftex.source import FileLog

if TYPE_CHECKING:
    from brieftex.delivery.ticket import Ticket


@click.command(
    cls=Command,
    help=tr(
        "付印：印刷用的 PDF 和印刷单\n\n"
        "文件写到 out 文件夹：<文件名>-print.pdf，拼版时是 -booklet、-2up、-4up，\n"
        "印刷单是 -ticket.pdf（A5）。编了份号的记入“发行.db”。\n"
        "--copies 60 是第 1 到 60 份；--copies 17,40-45 只补印这七份。",
        "Prints: the printer's PDF and the ticket\n\n"
        "They go to the folder out, as <name>-print.pdf, -booklet, -2up or -4up, and\n"
        "-ticket.pdf (A5). Numbered copies are entered into the ledger 发行.db.\n"
        "--copies 60 are copies 1 to 60, --copies 17,40-45 these seven.",
    ),
)
@click.argument("file", required=False, type=click.Path(path_type=GivenPath), metavar="[FILE]")
@click.option("--booklet", is_flag=True, help=tr("骑马订小册子", "a saddle-stitched booklet"))
@click.option("--2up", "two_up", is_flag=True, help=tr("每面两页，供审阅", "two pages a side"))
@click.option("--4up", "four_up", is_flag=True, help=tr("每面四页，供审阅", "four pages a side"))
@click.option(
    "--paper",
    type=click.Choice(["a3", "a4", "sra3"]),
    metavar="a3|a4|sra3",
    help=tr("拼版用的纸，小册子默认 a3", "the paper of sheets, a3 for booklets"),
)
@click.option(
    "--weight",
    type=click.Choice(["60", "70", "80", "100"]),
    default="80",
    metavar="60|70|80|100",
    help=tr("纸的克重，折厚按它让版", "grams of the paper, for creep"),
)
@click.option(
    "--simplex",
    is_flag=True,
    help=tr("打印机只能印单面：正面、反面各一个文件", "fronts and backs in two files"),
)
@click.option("--copies", metavar="N|LIST", help=tr("编份号：60 或 17,40-45", "numbered copies"))
@click.option(
    "--unnumbered",
    type=click.IntRange(1, 10_000),
    metavar="N",
    help=tr("不编份号，印这么多份，默认是版记里的份数", "so many without numbers, else 共印N份"),
)
@click.option(
    "--to",
    "readers",
    type=click.Path(path_type=GivenPath),
    metavar="READERS",
    help=tr("按读者名单编份号，登记里写明谁", "number them for the readers of a list"),
)
@click.option(
    "--personal",
    is_flag=True,
    help=tr("每份每页淡印读者姓名和份号", "name and number faintly across each page"),
)
@click.option(
    "--trace",
    is_flag=True,
    help=tr(
        "加暗记：正文隔行移 0.25 磅，复印件查得出是谁的",
        "move lines by 0.25 pt, so that a photocopy tells whose it was",
    ),
)
@click.option("--separate", is_flag=True, help=tr("每份一个文件", "a file for each copy"))
@click.option(
    "--send-to", "printer", metavar="PRINTER", help=tr("交给这台打印机（CUPS）", "hand it to CUPS")
)
@click.option("--json", "as_json", is_flag=True, help=tr("印刷单输出为 JSON", "ticket as JSON"))
@click.option("--edition", metavar="NAME", default="print", help=tr("版本", "the edition"))
@click.option("--force", is_flag=True, help=tr("没有定稿也印", "print what is not final"))
@click.option(
    "--ledger",
    type=click.Path(path_type=GivenPath),
    metavar="FILE",
    help=tr("登记的文件", "the ledger"),
)
@click.option("--output", "-o", type=click.Path(path_type=GivenPath), default=Path("out"),
              metavar="FOLDER", help=tr("输出文件夹", "the folder"))  # fmt: skip
@theme_option
@bundled_option
def command(  # noqa: PLR0913  # click passes every option by its name
    file: Path | None,
    *,
    paper: str | None,
    weight: str,
    simplex: bool,
    copies: str | None,
    unnumbered: int | None,
    readers: Path | None,
    separate: bool,
    personal: bool,
    trace: bool,
    printer: str | None,
    as_json: bool,
    edition: str,
    force: bool,
    ledger: Path | None,
    output: Path,
    theme: str | None,
    bundled_fonts: bool,
    **folds: bool,
) -> int:
    """Print one issue; the status is 1 when it has errors or something could not be written."""
    from brieftex.printing.plan import PrintWish, print_plan  # noqa: PLC0415  # help does without
    from brieftex.printing.press import (  # noqa: PLC0415  # as above
        NoCopyNumberError,
        Press,
        PressSettings,
    )
    from brieftex.printing.traced import TooFewLinesError  # noqa: PLC0415  # as above

    path = file or usual_issue(Path())
    fold = _fold(folds, paper)
    findings = Reporter("full")
    owners = _owners(readers, edition, findings)
    if owners is None:
        return 1
    numbers = _numbers(copies) or tuple(owners)
    _check_copies(numbers, owners, unnumbered, separate=separate, personal=personal, trace=trace)
    alone = personal or (trace and separate)  # files that are whole documents
    settings = PressSettings(theme, edition, None, bundled_fonts, len(numbers) if trace else 0)
    try:
        with FileLog() as log:
            press = Press(path, settings)
            run = press.run(numbers[:1] if alone else numbers)
    except InputError as error:
        findings.show(error.findings, error.source)
        click.echo(tr(f"{path}：有错误，没有付印", f"{path}: errors, not printed"), err=True)
        return 1
    except NoCopyNumberError as error:
        raise click.ClickException(
            tr(
                "这个样式的报头不印份号：在样式的 masthead.arrangement 里加上 copy_number",
                "this theme prints no copy number: add copy_number to masthead.arrangement",
            )
        ) from error
    except TooFewLinesError as error:
        raise click.ClickException(too_few_lines(error.lines, error.needed)) from error
    findings.show(run.made.findings, run.made.source)
    if numbers:
        note = released(run.made.issue, force=force)
    colophon = run.made.issue.colophon
    many = unnumbered or (None if colophon is None else colophon.copies) or 1
    wish = PrintWish(fold, paper or "", int(weight), simplex, numbers, many)
    plan = print_plan(run, wish, edition)
    kind = "print" if fold.value == "none" else fold.value
    orders = PrintOrders(
        output, f"{path.stem}-{kind}", separate, printer, force,
        ledger or path.parent / "发行.db", edition, unnumbered or 1,
    )  # fmt: skip
    traces = dict(run.traces)
    if alone:
        orders = replace(orders, separate=True)
        made = own_files(press, plan, wish, orders, owners if personal else None, traces)
    else:
        made = ordered_files(run, plan, wish, orders)
    if numbers:  # no numbered file without a ledger to enter it into
        opened_ledger(orders.ledger).close()
    slip = output / f"{path.stem}-ticket.pdf"
    keep_inputs((*dict(made), slip), filter(None, (path, readers, orders.ledger, *log.opened)))
    for name, data in (*made, (slip, slip_of(plan.ticket))):
        written(name, data)
    _tell(plan.ticket, as_json=as_json)
    if numbers:
        enter_copies(run, orders, made, note, [(n, owner_of(owners, n)) for n in numbers], traces)
    click.echo(tr("已写：", "written: ") + "、".join(f"{n}" for n in (*dict(made), slip)), err=True)
    return send_to_printer(made, plan, orders) if printer else 0


def _fold(folds: dict[str, bool], paper: str | None) -> Any:
    from brieftex.printing.plan import Fold  # noqa: PLC0415  # help does without

    names = {"booklet": Fold.BOOKLET, "two_up": Fold.TWO_UP, "four_up": Fold.FOUR_UP}
    wanted = [fold for name, fold in names.items() if folds[name]]
    if len(wanted) > 1:
        raise click.UsageError(
            tr("--booklet、--2up、--4up 只用一个", "one of --booklet, --2up and --4up")
        )
    if paper is not None and not wanted:
        raise click.UsageError(tr("--paper 用于拼版", "--paper is for sheets"))
    return wanted[0] if wanted else Fold.NONE


def _numbers(copies: str | None) -> tuple[int, ...]:
    from brieftex.delivery.copies import copy_numbers  # noqa: PLC0415  # help does without

    try:
        return () if copies is None else copy_numbers(copies)
    except ValueError as error:
        raise click.UsageError(
            tr(
                f"不是份号：{copies}，例如 60 或 17,40-45",
                f"no copies: {copies}; try 60 or 17,40-45",
            )
        ) from error


def _check_copies(  # noqa: PLR0913  # options that have to go together
    numbers: tuple[int, ...],
    owners: dict[int, str],
    unnumbered: int | None,
    *,
    separate: bool,
    personal: bool,
    trace: bool,
) -> None:
    if unnumbered is not None and numbers:
        raise click.UsageError(
            tr(
                "--unnumbered 不编份号，不能同 --copies、--to 一起用",
                "--unnumbered goes without --copies and --to",
            )
        )
    if personal and not owners:
        raise click.UsageError(tr("--personal 要同 --to 一起用", "--personal wants --to"))
    if separate and not numbers:
        raise click.UsageError(tr("--separate 要同 --copies 一起用", "--separate wants --copies"))
    if trace and not numbers:
        raise click.UsageError(
            tr("--trace 要同 --copies 或 --to 一起用", "--trace wants --copies or --to")
        )


def _owners(path: Path | None, edition: str, findings: Reporter) -> dict[int, str] | None:
    """Who gets which copy on paper: numbers go by the order of the list, each reader has as many
    as are wanted, and those who want another ``edition`` keep theirs. None, told, if the list has
    faults."""
    if path is None:
        return {}
    from brieftex.delivery.readers import read_readers  # noqa: PLC0415  # help does without

    try:
        readers, found, source = read_readers(path)
    except InputError as error:
        findings.show(error.findings, error.source)
        click.echo(tr(f"{path}：有错误，没有付印", f"{path}: errors, not printed"), err=True)
        return None
    findings.show(found, source)
    wanted = [reader for reader in readers for _ in range(reader.printed)]
    if not wanted:
        raise click.ClickException(tr("名单里没有要纸的", "nobody wants paper"))
    others = dict.fromkeys(
        reader.paper_edition for reader in wanted if reader.paper_edition not in ("", edition)
    )
    for other in others:
        count = sum(reader.paper_edition == other for reader in wanted)
        click.echo(
            tr(
                f"名单里有 {count} 份要 {other} 版，这次不印：份号留着，另用 --edition {other} 印",
                f"{count} copies are wanted in the edition {other}: they keep their numbers, print "
                f"them with --edition {other}",
            ),
            err=True,
        )
    owners = {
        number: reader.whole_name
        for number, reader in enumerate(wanted, 1)
        if reader.paper_edition in ("", edition)
    }
    if not owners:
        raise click.ClickException(
            tr(f"名单里没有要 {edition} 版的", f"nobody wants the edition {edition}")
        )
    return owners


def _tell(ticket: Ticket, *, as_json: bool) -> None:
    import msgspec  # noqa: PLC0415  # as above

    from brieftex.cli.readers import in_columns  # noqa: PLC0415  # as above
    from brieftex.delivery.ticket import ticket_rows  # noqa: PLC0415  # as above

    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(ticket), ensure_ascii=False, indent=2))
    else:
        click.echo(in_columns([list(row) for row in ticket_rows(ticket)]))
