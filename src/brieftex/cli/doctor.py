"""``brieftex doctor``: what keeps brieftex from its work here, and what to do about it."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from brieftex.cli.command import Command
from brieftex.cli.files import with_folders
from brieftex.cli.language import language, tr
from brieftex.cli.paths import GivenPath

if TYPE_CHECKING:
    from brieftex.doctor.checkup import Checkup

_MARKS = {"good": ("√", "ok"), "limited": ("注意", "note"), "bad": ("×", "bad")}
_COLORS = {"good": "32", "limited": "33", "bad": "31"}


@click.command(
    cls=Command,
    help=tr(
        "检查这台机器：版本、字体、权限、打印机、邮件、速度\n\n"
        "每一项都写明怎么办。给出简报文件或文件夹时，检查它们用的主题和字体。\n"
        "加 --report 则打印一份可以发给帮忙的人的报告，不含密码、邮箱和用户名。",
        "Looks at this machine: versions, faces, permissions, printer, mail, speed\n\n"
        "Each thing is told with what to do. With issue files or folders it looks at\n"
        "their themes and faces. --report prints a report for whoever helps, without\n"
        "passwords, addresses and the name of the user.",
    ),
)
@click.argument("files", nargs=-1, type=click.Path(path_type=GivenPath), metavar="[FILES…]")
@click.option(
    "--report", is_flag=True, help=tr("打印给帮忙的人看的报告", "print a report for others")
)
@click.option(
    "--server", metavar="HOST", help=tr("试一下这个邮件服务器", "try this mail server as well")
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="N",
    help=tr("端口，默认 465，--starttls 时 587", "465, or 587 with --starttls"),
)
@click.option("--starttls", is_flag=True, help=tr("用 STARTTLS", "use STARTTLS"))
@click.option(
    "--ca",
    type=click.Path(path_type=GivenPath),
    metavar="FILE",
    help=tr("单位自己的根证书", "certificates of your own"),
)
def command(  # noqa: PLR0913  # click passes every option by its name
    files: tuple[Path, ...],
    *,
    report: bool,
    server: str | None,
    port: int | None,
    starttls: bool,
    ca: Path | None,
) -> int:
    """Print what was found; the status is 1 when brieftex cannot do its work here."""
    # Help does without these.
    from brieftex.delivery.smtp import MailServer  # noqa: PLC0415
    from brieftex.doctor import faces, outside, places, program, speed  # noqa: PLC0415

    if server is None and (port or starttls or ca):
        raise click.UsageError(
            tr("--port、--starttls、--ca 要同 --server 一起用",
               "--port, --starttls and --ca want --server")
        )  # fmt: skip
    mail = None
    if server is not None:
        mail = MailServer(server, port or (587 if starttls else 465), not starttls, ca=ca)
    issues = with_folders(files)
    folder = issues[0].parent if issues else Path()
    looks: list[Callable[[], Iterator[Checkup]]] = [
        program.look_at_program,
        lambda: faces.look_at_fonts(issues),
        lambda: places.look_at_folders(Path()),
        outside.look_at_printer,
        lambda: outside.look_at_mail(folder, mail),
        outside.look_at_preview,
        lambda: speed.look_at_speed(issues[0] if issues else None),
    ]
    found: list[Checkup] = []
    for look in looks:
        news = _looked(look)
        if not report:
            _print(news, found[-1] if found else None)
        found += news
    if report:
        click.echo("\n".join(_report(found)))
    else:
        _sum_up(found)
    return 1 if any(one.state == "bad" for one in found) else 0


def _looked(look: Callable[[], Iterator[Checkup]]) -> list[Checkup]:
    """What one examination finds; one that fails is itself a finding, and the others go on."""
    from brieftex.doctor.checkup import Checkup, Health, Topic  # noqa: PLC0415  # as above

    try:
        return list(look())
    except Exception as error:  # noqa: BLE001  # whatever is wrong here is what is looked for
        name = f"{type(error).__name__}: {error}"
        return [
            Checkup(
                Topic.PROGRAM, Health.BAD, (f"检查时出错：{name}", f"looking failed: {name}"),
                ("重新安装 brieftex；再出现就把报告发给帮忙的人", "install brieftex again"),
            )
        ]  # fmt: skip


def _print(news: Sequence[Checkup], last: Checkup | None) -> None:
    topic = last.topic if last else None
    for one in news:
        if one.topic != topic:
            topic = one.topic
            click.echo(tr(topic.zh, topic.value))
        click.echo(
            "\n".join(_lines(one, color=sys.stdout.isatty() and "NO_COLOR" not in os.environ))
        )


def _lines(one: Checkup, *, color: bool = False) -> Iterator[str]:
    """A finding, and below it what to do."""
    mark = tr(*_MARKS[one.state])
    if color:
        mark = f"\x1b[1;{_COLORS[one.state]}m{mark}\x1b[0m"
    yield f"  {mark} {tr(*one.found)}"
    if one.advice[0]:
        yield tr(f"      怎么办：{one.advice[0]}", f"      to do: {one.advice[1]}")


def _sum_up(found: Sequence[Checkup]) -> None:
    bad = sum(one.state == "bad" for one in found)
    notes = sum(one.state == "limited" for one in found)
    zh = f"{bad} 个要处理，{notes} 个注意" if bad else f"可以用，{notes} 个注意"
    en = f"{bad} to mend, {notes} notes" if bad else f"ready, {notes} notes"
    click.echo(tr(zh, en), err=True)
    if bad:
        more = "需要别人帮忙时：brieftex doctor --report > 报告.txt"
        click.echo(tr(more, "for whoever helps: brieftex doctor --report > report.txt"), err=True)


def _report(found: Sequence[Checkup]) -> Iterator[str]:
    """All of it as plain text, in both languages' order: what is wrong first."""
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    yield tr(f"brieftex doctor 报告 {today}", f"brieftex doctor, {today}")
    for state in ("bad", "limited", "good"):
        for one in found:
            if one.state == state:
                topic = one.topic.zh if language() == "zh" else one.topic.value
                first, *rest = _lines(one)
                yield f"[{topic}] {first.strip()}"
                yield from rest
