"""``brieftex watch``: a live preview in the browser."""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import sys
import webbrowser
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import click

from brieftex.cli.command import Command
from brieftex.cli.files import usual_issue
from brieftex.cli.findings import Reporter
from brieftex.cli.language import tr
from brieftex.cli.options import (
    bundled_option,
    edition_option,
    theme_option,
    watermark_option,
)
from brieftex.cli.paths import GivenPath
from brieftex.diagnostics import InputError, Severity
from brieftex.diagnostics.reasons import reason_of
from brieftex.patterns import STORE
from brieftex.source import read_bytes

if TYPE_CHECKING:
    from brieftex.preview.session import Outcome

_NEEDED = ("websockets", "watchdog")


@click.command(
    cls=Command,
    help=tr(
        "在浏览器里预览简报，每次保存后立即刷新\n\n"
        "不写文件名时，取当前文件夹里的 issue.yaml 或 briefing.yaml，\n"
        "或唯一的 YAML 文件。按 Ctrl-C 结束。",
        "Shows an issue in the browser, anew at each save\n\n"
        "Without FILE: issue.yaml or briefing.yaml of the current folder,\n"
        "or its only YAML file. Ctrl-C ends it.",
    ),
)
@click.argument("file", required=False, type=click.Path(path_type=GivenPath), metavar="[FILE]")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="N",
    help=tr("端口号；不写则自动选择", "port; without it, any free one"),
)
@click.option("--no-open", is_flag=True, help=tr("不自动打开浏览器", "do not open the browser"))
@click.option(
    "--against",
    type=click.Path(path_type=GivenPath),
    metavar="OLD",
    help=tr("与旧稿不同的行，页边有竖线", "bars beside what differs from this issue"),
)
@edition_option
@watermark_option
@theme_option
@bundled_option
def command(
    file: Path | None, port: int, no_open: bool, against: Path | None, **options: Any
) -> int:
    """Serve the preview until interrupted."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise click.ClickException(_how_to_install(missing))
    path = file or usual_issue(Path())
    try:
        for name in (path, against):
            if name is not None:
                read_bytes(name)
    except InputError as error:  # a mistyped name is not worth waiting for
        Reporter("full").show(error.findings, error.source)
        return 1
    show(path, options, port=port, unopened=no_open, against=against)
    return 0


def show(  # noqa: PLR0913  # all but two are named
    path: Path,
    options: Mapping[str, Any],
    *,
    at: tuple[int, int] | None = None,
    port: int = 0,
    unopened: bool = False,
    against: Path | None = None,
) -> None:
    """Serve the preview of an issue until interrupted; the window opens ``at`` these characters of
    the file. ``options`` are those of ``typeset_pages``; ``against`` is an earlier issue. Raises
    ClickException."""
    # Imported here: they load the typesetter.
    from brieftex.cli.defect import report  # noqa: PLC0415
    from brieftex.cli.keeping import keep_patterns  # noqa: PLC0415
    from brieftex.preview.server import Listeners, PortError, preview  # noqa: PLC0415
    from brieftex.preview.session import Session  # noqa: PLC0415

    def opened(address: str) -> None:
        if at is not None:
            address += f"#at={at[0]}-{at[1]}"
        _say(tr(f"预览：{address}", f"preview: {address}"))
        _say(tr("按 Ctrl-C 结束", "Ctrl-C ends it"))
        if not unopened:
            _open(address)

    def made(outcome: Outcome) -> None:
        _tell(outcome)
        if outcome.number == 1 and STORE.learnt:
            keep_patterns(STORE)  # a preview ends by Ctrl-C, when nothing is kept any more

    session = Session(path, options, lambda error: report(error, sys.argv[1:]), against)
    # The window is told that the server ends, so that it does not go on calling it.
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        asyncio.run(preview(session, port, Listeners(opened, made)))
    except PortError as error:
        zh, en = reason_of(error)
        raise click.ClickException(
            tr(f"无法使用端口 {port}：{zh}", f"cannot use port {port}: {en}")
        ) from error


def _how_to_install(missing: list[str]) -> str:
    install = f"{shlex.quote(sys.executable)} -m pip install {' '.join(_NEEDED)}"
    return tr(
        f"预览要另装组件（缺少 {'、'.join(missing)}）。请运行：\n\n    {install}",
        f"the preview needs more libraries ({', '.join(missing)} missing):\n\n    {install}",
    )


def _open(address: str) -> None:
    # Without a screen webbrowser would look for a browser that takes over the terminal.
    screen = sys.platform in ("win32", "darwin") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    )
    if screen:
        Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _tell(outcome: Outcome) -> None:
    """Report one attempt in the terminal."""
    if outcome.findings:
        Reporter("concise").show(outcome.findings, outcome.source)
    time = f"{outcome.at.astimezone():%H:%M:%S}"
    if outcome.defect:
        _say(outcome.defect)
    elif not outcome.good:
        errors = sum(d.severity is Severity.ERROR for d in outcome.findings)
        _say(
            tr(
                f"{time} {errors} 个错误，版面没有更新",
                f"{time} {errors} error{'s' * (errors != 1)}, the pages are as before",
            )
        )
    elif outcome.drawn is not None:
        pages = len(outcome.drawn.names)
        _say(
            tr(
                f"{time} 已更新：{pages} 页，{outcome.seconds:.2f} 秒",
                f"{time} updated: {pages} pages, {outcome.seconds:.2f} s",
            )
        )


def _say(text: str) -> None:
    click.echo(text, err=True)
