"""``brieftex build``: issue files become PDF files, each whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brieftex.cli.building import Landing
from brieftex.cli.command import Command
from brieftex.cli.files import usual_issue
from brieftex.cli.findings import Reporter
from brieftex.cli.language import language, tr
from brieftex.cli.options import (
    bundled_option,
    draft_option,
    format_option,
    theme_option,
    watermark_of,
    watermark_option,
)
from brieftex.cli.paths import GivenPath
from brieftex.cli.progress import Progress
from brieftex.cli.targets import Job, check_standard_output, plan
from brieftex.output import STANDARD_OUTPUT

if TYPE_CHECKING:
    from brieftex.batch.run import Crew
    from brieftex.batch.task import BuildManner, BuildTask

_WORTH_PROCESSES = 4
"""Files that are worth the start of processes, if nobody says how many."""


@click.command(
    cls=Command,
    help=tr(
        "把简报文件排成 PDF，写到 out 文件夹\n\n"
        "写文件夹时，排其中所有的简报文件，out 里也有同样的子文件夹。\n"
        "不写文件名时，排当前文件夹里的 issue.yaml 或 briefing.yaml，\n"
        "或唯一的 YAML 文件。带 --docx 时写成 Word 文件，送领导修改；改好后用\n"
        "brieftex import 改稿.docx --onto 把改动写回来。",
        "Sets issue files as PDF, in the folder out\n\n"
        "A folder stands for all issue files in it; out gets the same sub-folders.\n"
        "Without FILES: issue.yaml or briefing.yaml of the current folder,\n"
        "or its only YAML file. With --docx a document of Word is written instead, to be\n"
        "edited; brieftex import EDITED.docx --onto brings the changes back.",
    ),
)
@click.argument("files", nargs=-1, type=click.Path(path_type=GivenPath), metavar="[FILES…]")
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    help=tr(
        "输出文件，- 是标准输出；多个文件时为文件夹",
        "output file, - for standard output; a folder for several files",
    ),
)
@click.option(
    "--attach-source",
    is_flag=True,
    help=tr("把原稿（YAML）附在 PDF 里", "put the issue file into the PDF"),
)
@click.option(
    "--password",
    is_flag=True,
    help=tr("设打开密码（随后输入），不再是 PDF/A", "encrypt it (asks), no PDF/A any more"),
)
@click.option(
    "--edition",
    "editions",
    multiple=True,
    metavar="NAME",
    help=tr(
        "版本：print、mail、large、review，可写多次",
        "print, mail, large or review; may be given more than once",
    ),
)
@click.option(
    "-j",
    "--jobs",
    "count",
    type=click.IntRange(1),
    metavar="N",
    help=tr("同时排几个文件；不写时按处理器个数", "files set at once; the processors by default"),
)
@click.option(
    "--dask",
    "address",
    metavar="ADDRESS",
    help=tr(
        "交给这个 Dask 集群去排，如 tcp://10.0.0.5:8786",
        "set on this Dask cluster, such as tcp://10.0.0.5:8786",
    ),
)
@click.option(
    "--rebuild",
    type=click.Choice(("all", "changed")),
    default="all",
    metavar="all|changed",
    help=tr(
        "changed：略过没有变化的（原稿、图片、主题、字体和程序都没变）",
        "changed: leave out those of which nothing has changed",
    ),
)
@click.option(
    "--docx",
    "word",
    is_flag=True,
    help=tr("写成 Word 文件（-o 的文件名以 .docx 结尾时也是）", "write a document of Word"),
)
@watermark_option
@draft_option
@theme_option
@bundled_option
@format_option
def command(  # noqa: PLR0913  # click passes every option by its name
    files: tuple[Path, ...],
    output: str | None,
    *,
    editions: tuple[str, ...],
    password: bool,
    draft: bool,
    word: bool,
    style: str,
    count: int | None,
    address: str | None,
    rebuild: str,
    **options: Any,
) -> int:
    """Build every file; the exit status tells whether all of them were written."""
    findings = Reporter(style)
    options["watermark"] = watermark_of(options["watermark"], draft=draft)
    word = word or (output is not None and output.lower().endswith(".docx"))
    if word and (password or options["attach_source"]):
        raise click.UsageError(
            tr("--password 和 --attach-source 只用于 PDF",
               "--password and --attach-source are for PDF only")
        )  # fmt: skip
    if address is not None and (count is not None or password):
        raise click.UsageError(
            tr("--dask 不能和 -j 一起用：几个工作进程由集群定",
               "--dask and -j: the cluster has as many workers as it has")
            if not password
            else tr("--dask 不能和 --password 一起用：密码不送到别的机器上",
                    "--dask and --password: a password is not sent to other machines")
        )  # fmt: skip
    jobs = plan(files or (usual_issue(Path()),), output, editions, word=word)
    if jobs[0].target == STANDARD_OUTPUT:
        check_standard_output(style)
    if password and rebuild == "changed":
        raise click.UsageError(
            tr("--rebuild changed 不能和 --password 一起用：加密的文件每次都不同",
               "--rebuild changed and --password: an encrypted file is another each time")
        )  # fmt: skip
    secret = None
    if password:
        from brieftex.cli.password import ask_password  # noqa: PLC0415  # few builds ask

        secret = ask_password(twice=True)
    # Help does without the typesetter.
    from brieftex.batch.task import BuildManner  # noqa: PLC0415

    manner = BuildManner(
        password=secret,
        style=style,
        language=language(),
        color=findings.color,
        recorded=rebuild == "changed",
        word=word,
        **options,
    )
    landing = Landing(jobs, findings, encrypted=password)
    try:
        _build(jobs, manner, landing, count, address)
    except ImportError as error:
        if secret is None or error.name is not None:
            raise
        raise click.ClickException(
            tr(
                "加密要用 cryptography 软件包：pip install 'brieftex[password]'",
                "encryption needs the package cryptography: pip install 'brieftex[password]'",
            )
        ) from error
    findings.close()
    return landing.status


def _build(
    jobs: Sequence[Job],
    manner: BuildManner,
    landing: Landing,
    count: int | None,
    address: str | None,
) -> None:
    # As above.
    from brieftex.batch.task import BuildTask  # noqa: PLC0415

    tasks = {number: BuildTask(job.issue, job.edition) for number, job in enumerate(jobs)}
    records = None
    if manner.recorded:
        from brieftex.batch.uptodate import BuildRecords  # noqa: PLC0415  # it needs SQLite

        records = BuildRecords(manner)
        for number, job in enumerate(jobs):
            warnings = records.warnings_if_current(tasks[number], job.target)
            if warnings is not None:
                landing.skip(number, warnings)
                del tasks[number]
        landing.written = lambda number, made: records.note(
            tasks[number], jobs[number].target, made
        )
    if skipped := len(jobs) - len(tasks):
        many = "s are" if skipped > 1 else " is"
        zh, en = f"{skipped} 个文件没有变化，略过", f"{skipped} file{many} up to date"
        click.echo(tr(zh, en), err=True)
    landing.tell()
    if count is None:
        count = _processor_count() if len(tasks) >= _WORTH_PROCESSES else 1
    count = min(count, len(tasks))
    if address is not None and tasks:
        _on_cluster(address, tasks, manner, landing)
    elif count > 1:
        # One file needs no multiprocessing, which is seventeen modules.
        from brieftex.batch.processes import processes  # noqa: PLC0415

        with processes(count, manner) as crew:
            _at_once(tasks, crew, landing)
    else:
        _one_by_one(tasks, manner, landing)
    if records is not None:
        records.close()


def _processor_count() -> int:
    """How many processes can run at once."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on Windows and macOS
        return os.cpu_count() or 1


class _Weights:
    """How much of the work is done, by the size of the files."""

    def __init__(self, tasks: Mapping[int, BuildTask]) -> None:
        self._sizes = {number: _size(task.issue) for number, task in tasks.items()}
        self._done = 0

    def add(self, number: int) -> float:
        """The share that is done, with one more."""
        self._done += self._sizes[number]
        return self._done / sum(self._sizes.values())


def _size(path: Path) -> int:
    """Bytes of a file; 1 at least, and where it cannot be read."""
    try:
        return max(path.stat().st_size, 1)
    except (OSError, ValueError):
        return 1


def _one_by_one(tasks: Mapping[int, BuildTask], manner: BuildManner, landing: Landing) -> None:
    # As above.
    from brieftex.batch.services import SeriesServices, SharedServices  # noqa: PLC0415
    from brieftex.batch.task import built  # noqa: PLC0415

    # One issue has no use for what another one left.
    services = SeriesServices() if len(tasks) > 1 else SharedServices()
    weights = _Weights(tasks)
    with Progress(sys.stderr, len(tasks)) as progress:
        for number, task in tasks.items():
            progress.file(task.issue.name)
            landing.land(number, built(task, manner, services, progress.stage))
            progress.share(weights.add(number))
            progress.hide()
            landing.tell()


def _on_cluster(
    address: str, tasks: Mapping[int, BuildTask], manner: BuildManner, landing: Landing
) -> None:
    try:
        # As above, and an extra.
        from brieftex.batch.cluster import NoClusterError, cluster  # noqa: PLC0415
    except ImportError as error:
        if error.name is None or error.name.partition(".")[0] not in ("dask", "distributed"):
            raise
        raise click.ClickException(
            tr("--dask 要用 distributed 软件包：pip install 'brieftex[dask]'",
               "--dask needs the package distributed: pip install 'brieftex[dask]'")
        ) from error  # fmt: skip
    try:
        with cluster(address, manner) as crew:
            for told in crew.begin():
                click.echo(tr(told.zh, told.en), err=True)
            _at_once(tasks, crew, landing)
    except NoClusterError as error:
        raise click.ClickException(tr(error.zh, error.en)) from error


def _at_once(tasks: Mapping[int, BuildTask], crew: Crew, landing: Landing) -> None:
    # As above.
    from brieftex.batch.run import Landed, Told, carried_out  # noqa: PLC0415

    weights, done = _Weights(tasks), 0
    with Progress(sys.stderr, len(tasks)) as progress:
        for news in carried_out(tasks, crew):
            if isinstance(news, Told):
                progress.hide()
                click.echo(tr(news.zh, news.en), err=True)
                continue
            if not isinstance(news, Landed):
                progress.files([tasks[number].issue.name for number in news.numbers], done)
                continue
            landing.land(news.number, news.result)
            done += 1
            progress.share(weights.add(news.number))
            if landing.has_news():
                progress.hide()
                landing.tell()
