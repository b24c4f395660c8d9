"""``brieftex print``: the printer's file, the ticket, and the ledger of numbered copies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct
from msgspec.structs import replace

from brieftex.cli.command import Command
from brieftex.cli.files import usual_issue
from brieftex.cli.findings import Reporter
from brieftex.cli.language import tr
from brieftex.cli.ledger import opened_ledger
from brieftex.cli.options import bundled_option, theme_option
from brieftex.cli.release import released
from brieftex.diagnostics import InputError, Source
from brieftex.diagnostics.reasons import reason_of

if TYPE_CHECKING:
    from brieftex.delivery.ticket import Ticket
    from brieftex.layout.imposition import SheetSide
    from brieftex.printing.plan import PrintPlan, PrintWish
    from brieftex.printing.press import PressRun, PressSettings


class _Orders(Struct, frozen=True):
    """What of a call is not about the sheets."""

    folder: Path
    stem: str
    separate: bool
    printer: str | None
    force: bool
    ledger: Path | None
    edition: str


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
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
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
    "--to",
    "readers",
    type=click.Path(path_type=Path),
    metavar="READERS",
    help=tr("按读者名单编份号，登记里写明谁", "number them for the readers of a list"),
)
@click.option(
    "--personal",
    is_flag=True,
    help=tr("每份每页淡印读者姓名和份号", "name and number faintly across each page"),
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
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=tr("登记的文件", "the ledger"),
)
@click.option("--output", "-o", type=click.Path(path_type=Path), default=Path("out"),
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
    readers: Path | None,
    separate: bool,
    personal: bool,
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
        PressSettings,
        set_for_press,
    )

    path = file or usual_issue(Path())
    fold = _fold(folds, paper)
    findings = Reporter("full")
    owners = _owners(readers, findings)
    if owners is None:
        return 1
    numbers = _numbers(copies) or tuple(range(1, len(owners) + 1))
    _check_copies(numbers, owners, separate=separate, personal=personal)
    try:
        settings = PressSettings(theme, edition, None, bundled_fonts)
        run = set_for_press(path, numbers[:1] if personal else numbers, settings)
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
    findings.show(run.made.findings, run.made.source)
    if numbers:
        note = released(run.made.issue, force=force)
    wish = PrintWish(fold, paper or "", int(weight), simplex, numbers)
    plan = print_plan(run, wish, edition)
    kind = "print" if fold.value == "none" else fold.value
    orders = _Orders(
        output, f"{path.stem}-{kind}", separate, printer, force,
        ledger or path.parent / "发行.db", edition,
    )  # fmt: skip
    if personal:
        orders = replace(orders, separate=True)
        made = _personal_files(path, plan, wish, orders, settings, owners)
    else:
        made = _files(run, plan, wish, orders)
    for name, data in made:
        _write(name, data)
    slip = output / f"{path.stem}-ticket.pdf"
    _write(slip, _slip(plan.ticket))
    _tell(plan.ticket, as_json=as_json)
    if numbers:
        _enter(run, orders, made, note, [(n, _owner(owners, n)) for n in numbers])
    click.echo(tr("已写：", "written: ") + "、".join(str(n) for n in (*dict(made), slip)), err=True)
    return _send(made, plan, orders) if printer else 0


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


def _check_copies(
    numbers: tuple[int, ...], owners: list[str], *, separate: bool, personal: bool
) -> None:
    if personal and not owners:
        raise click.UsageError(tr("--personal 要同 --to 一起用", "--personal wants --to"))
    if separate and not numbers:
        raise click.UsageError(tr("--separate 要同 --copies 一起用", "--separate wants --copies"))


def _owners(path: Path | None, findings: Reporter) -> list[str] | None:
    """The readers of a list in its order, each as often as copies on paper are wanted: the first
    has copy 1. None, told, if the list has faults."""
    if path is None:
        return []
    from brieftex.delivery.readers import read_readers  # noqa: PLC0415  # help does without

    try:
        readers, found, source = read_readers(path)
    except InputError as error:
        findings.show(error.findings, error.source)
        click.echo(tr(f"{path}：有错误，没有付印", f"{path}: errors, not printed"), err=True)
        return None
    findings.show(found, source)
    owners = [reader.whole_name for reader in readers for _ in range(reader.printed)]
    if not owners:
        raise click.ClickException(tr("名单里没有要纸的", "nobody wants paper"))
    return owners


def _personal_files(  # noqa: PLR0913, PLR0917  # what they are made of
    path: Path,
    plan: PrintPlan,
    wish: PrintWish,
    orders: _Orders,
    settings: PressSettings,
    owners: list[str],
) -> list[tuple[Path, bytes]]:
    """A file for each copy, set for its reader."""
    from brieftex.printing.press import set_for_press  # noqa: PLC0415  # help does without

    made = []
    for number in wish.numbers:
        own = settings.for_reader(_owner(owners, number), number)
        copy = set_for_press(path, (number,), own)
        made += _files(copy, plan, replace(wish, numbers=(number,)), orders)
    return made


def _owner(owners: list[str], number: int) -> str:
    return owners[number - 1] if number <= len(owners) else ""


def _files(
    run: PressRun, plan: PrintPlan, wish: PrintWish, orders: _Orders
) -> list[tuple[Path, bytes]]:
    """The files to be written, with their names."""
    from brieftex.layout.imposition import for_one_sided  # noqa: PLC0415  # help does without
    from brieftex.printing.plan import printed_file  # noqa: PLC0415  # as above

    parts: list[tuple[str, list[SheetSide]]] = [("", list(plan.sides))]
    if wish.one_sided:
        fronts, backs = for_one_sided(plan.sides)
        parts = [("-正面", fronts), ("-反面", backs)]
    groups = [(f"-{n:06}", (n,)) for n in wish.numbers] if orders.separate else [("", wish.numbers)]
    if wish.one_sided and len(wish.numbers) > 1 and not orders.separate:
        raise click.UsageError(
            tr("单面印多份请加 --separate", "with --simplex, several copies want --separate")
        )
    title = plan.ticket.issue
    return [
        (
            orders.folder / f"{orders.stem}{number}{part}.pdf",
            printed_file(run, sides, wish, numbers, title),
        )
        for number, numbers in groups
        for part, sides in parts
    ]


def _slip(ticket: Ticket) -> bytes:
    from brieftex.delivery.ticket import SLIP_THEME, ticket_issue  # noqa: PLC0415  # as above
    from brieftex.pipeline import typeset  # noqa: PLC0415  # as above

    source = Source("印刷单.yaml", ticket_issue(ticket))
    return typeset(source, theme=str(SLIP_THEME), bundled_fonts=True).pdf


def _tell(ticket: Ticket, *, as_json: bool) -> None:
    import msgspec  # noqa: PLC0415  # as above

    from brieftex.cli.readers import in_columns  # noqa: PLC0415  # as above
    from brieftex.delivery.ticket import ticket_rows  # noqa: PLC0415  # as above

    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(ticket), ensure_ascii=False, indent=2))
    else:
        click.echo(in_columns([list(row) for row in ticket_rows(ticket)]))


def _enter(
    run: PressRun,
    orders: _Orders,
    made: list[tuple[Path, bytes]],
    note: str,
    copies: list[tuple[int, str]],
) -> None:
    """Enter the copies, numbers and readers, into the ledger, all or none."""
    from hashlib import sha256  # noqa: PLC0415  # as above

    from brieftex.delivery.ledger import Entry, Result  # noqa: PLC0415  # as above
    from brieftex.delivery.naming import issue_name  # noqa: PLC0415  # as above

    digests = [sha256(data).hexdigest() for _, data in made]
    step = len(digests) // len(copies) if orders.separate else 0
    entries = [
        Entry(
            issue=issue_name(run.made.issue.masthead),
            edition=orders.edition,
            sha256=digests[index * step],
            pages=run.count,
            copy=number,
            reader=reader,
            address="",
            way="paper",
            result=Result.PRINTED,
            note=note,
        )
        for index, (number, reader) in enumerate(copies)
    ]
    with opened_ledger(orders.ledger) as ledger:
        try:
            ledger.add(*entries)
        except OSError as error:
            zh, en = reason_of(error)
            raise click.ClickException(
                tr(f"没有登记上：{zh}", f"not entered into the ledger: {en}")
            ) from error


def _write(path: Path, data: bytes) -> None:
    from brieftex.output import write_output  # noqa: PLC0415  # as above

    try:
        write_output(path, data)
    except OSError as error:
        zh, en = reason_of(error)
        raise click.ClickException(
            tr(f"无法写入 {path}：{zh}", f"cannot write {path}: {en}")
        ) from error


def _send(made: list[tuple[Path, bytes]], plan: PrintPlan, orders: _Orders) -> int:
    """Hand the files to CUPS, or say how."""
    from brieftex.delivery.spooler import (  # noqa: PLC0415  # as above
        NoSpoolerError,
        PrintJob,
        RefusedJobError,
        hand_over,
    )

    ticket = plan.ticket
    one = "单面" in ticket.duplex
    sides = (
        "one-sided" if one else f"two-sided-{'short' if '短边' in ticket.duplex else 'long'}-edge"
    )
    for path, _ in made:
        media = ticket.paper if ticket.paper in ("A3", "A4", "A5", "SRA3") else "A4"
        job = PrintJob(orders.printer or "", path, ticket.issue, sides, media)
        try:
            said = hand_over(job)
        except NoSpoolerError:
            raise click.ClickException(
                tr(
                    f"这台机器上没有 CUPS：请用阅读器打开 {path} 打印，实际大小，{ticket.duplex}",
                    f"there is no CUPS here: open {path} and print it at its actual size",
                )
            ) from None
        except RefusedJobError as error:
            raise click.ClickException(
                tr(f"打印机 {orders.printer} 没有收下：{error}", f"{orders.printer}: {error}")
            ) from error
        click.echo(said, err=True)
    return 0
