"""The files of a print run: made, written, entered into the ledger, handed to a printer."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct
from msgspec.structs import replace

from brieftex.cli.language import tr
from brieftex.cli.ledger import opened_ledger
from brieftex.diagnostics import Source
from brieftex.diagnostics.reasons import reason_of

if TYPE_CHECKING:
    from brieftex.delivery.ticket import Ticket
    from brieftex.layout.imposition import SheetSide
    from brieftex.printing.plan import PrintPlan, PrintWish
    from brieftex.printing.press import Press, PressRun
    from brieftex.printing.traced import TracedIssue


class PrintOrders(Struct, frozen=True):
    """The part of a call that is not about the sheets."""

    folder: Path
    stem: str
    separate: bool
    printer: str | None
    force: bool
    ledger: Path | None
    edition: str
    sets: int = 1
    """How many of each file the printer is to print."""


def owner_of(owners: dict[int, str], number: int) -> str:
    """Who gets the copy with this number, "" if the list does not say."""
    return owners.get(number, "")


def own_files(  # noqa: PLR0913, PLR0917  # what they are made of
    press: Press,
    plan: PrintPlan,
    wish: PrintWish,
    orders: PrintOrders,
    owners: dict[int, str] | None,
    traces: dict[int, TracedIssue],
) -> list[tuple[Path, bytes]]:
    """A file for each copy, set for its reader, if ``owners`` says who that is. By what lines are
    moved is entered into ``traces``."""
    made = []
    for number in wish.numbers:
        copy = press.run((number,), None if owners is None else owner_of(owners, number))
        traces |= copy.traces
        made += ordered_files(copy, plan, replace(wish, numbers=(number,)), orders)
    return made


def ordered_files(
    run: PressRun, plan: PrintPlan, wish: PrintWish, orders: PrintOrders
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


def slip_of(ticket: Ticket) -> bytes:
    """The ticket as a PDF of A5."""
    from brieftex.delivery.ticket import SLIP_THEME, ticket_issue  # noqa: PLC0415  # as above
    from brieftex.pipeline import typeset  # noqa: PLC0415  # as above

    source = Source("印刷单.yaml", ticket_issue(ticket))
    return typeset(source, theme=str(SLIP_THEME), bundled_fonts=True).pdf


def written(path: Path, data: bytes) -> None:
    """Write a file. Raises ClickException."""
    from brieftex.output import write_output  # noqa: PLC0415  # as above

    try:
        write_output(path, data)
    except OSError as error:
        zh, en = reason_of(error)
        raise click.ClickException(
            tr(f"无法写入 {path}：{zh}", f"cannot write {path}: {en}")
        ) from error


def enter_copies(  # noqa: PLR0913, PLR0917  # what a row is made of
    run: PressRun,
    orders: PrintOrders,
    made: list[tuple[Path, bytes]],
    note: str,
    copies: list[tuple[int, str]],
    traces: dict[int, TracedIssue],
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
            note="；".join(filter(None, (note, "加了暗记" if number in traces else ""))),
            trace=traces[number].digest if number in traces else "",
        )
        for index, (number, reader) in enumerate(copies)
    ]
    with opened_ledger(orders.ledger) as ledger:
        try:
            ledger.add(*entries, maps={trace.digest: trace.map for trace in traces.values()})
        except OSError as error:
            zh, en = reason_of(error)
            raise click.ClickException(
                tr(f"没有登记上：{zh}", f"not entered into the ledger: {en}")
            ) from error


def send_to_printer(made: list[tuple[Path, bytes]], plan: PrintPlan, orders: PrintOrders) -> int:
    """Hand the files to CUPS, or say how."""
    from brieftex.delivery.spooler import (  # noqa: PLC0415  # as above
        NoSpoolerError,
        PrintJob,
        RefusedJobError,
        hand_over,
        media_name,
    )

    ticket = plan.ticket
    one = "单面" in ticket.duplex
    sides = (
        "one-sided" if one else f"two-sided-{'short' if '短边' in ticket.duplex else 'long'}-edge"
    )
    media = media_name(plan.sides[0].paper)
    for number, (path, _) in enumerate(made):
        if one and number % 2 == 1 and not _turned(path):
            return 0
        job = PrintJob(orders.printer or "", path, ticket.issue, sides, media, orders.sets)
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


def _turned(backs: Path) -> bool:
    """Whether the fronts are printed and lie in the tray again, so that the backs may follow; with
    nobody to ask, it is told how."""
    if sys.stdin is not None and sys.stdin.isatty():
        question = tr(
            "正面印好，整摞翻过来放回纸盒了吗？", "are the fronts printed and back in the tray?"
        )
        if click.confirm(question, err=True):
            return True
    click.echo(
        tr(
            f"只交出了正面：印好后整摞翻过来放回纸盒，再印 {backs}",
            f"only the fronts were handed over: put the pile back, turned, then print {backs}",
        ),
        err=True,
    )
    return False
