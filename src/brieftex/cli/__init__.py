"""The ``brieftex`` command.

Data goes to standard output, everything else to standard error. Exit status: 0 done, 1 the
document has errors or a file cannot be written, 2 the command was called wrongly, 3 a defect
of brieftex, 130 interrupted.
"""

from __future__ import annotations

import atexit
import contextlib
import errno
import os
import sys
import threading
from collections.abc import Sequence
from typing import NoReturn

from brieftex.patterns import STORE, late_patterns

with late_patterns("gettext", "locale", "platform"):
    import click

from brieftex import __version__
from brieftex.cli.command import Commands, complaint
from brieftex.cli.language import tr
from brieftex.cli.streams import prepare_streams

DONE, DOCUMENT_ERRORS, USAGE, DEFECT, INTERRUPTED = 0, 1, 2, 3, 130


def _group() -> Commands:
    summaries = {
        "approve": tr("定稿，写进简报文件", "make an issue final, in its file"),
        "build": tr("把简报文件排成 PDF", "set issue files as PDF"),
        "check": tr("检查标点、数字用法和各期之间的一致", "check the text, and issues together"),
        "collect": tr("把许多期合成一本：合订本", "make one file of many issues"),
        "diff": tr("说明两稿之间改了什么", "say what changed between two drafts"),
        "doctor": tr("检查这台机器，说明怎么办", "look at this machine, say what to do"),
        "dump": tr("把排好的版面打印成文本", "print the pages, line by line, as text"),
        "explain": tr("说明一种问题", "explain a finding"),
        "fonts": tr("列出所用字体、来源和缺字", "list the faces in use and what they lack"),
        "import": tr("把 Word 稿件读成简报文件", "read documents of Word as an issue file"),
        "ledger": tr("查对谁有哪一份，登记收回", "see who has which copy, note returns"),
        "mail": tr("用邮件发给读者", "mail an issue to its readers"),
        "new": tr("新建一期简报的文件", "write the file of a new issue"),
        "print": tr("付印：印刷文件、印刷单、份号", "make the printer's file and the ticket"),
        "readers": tr("检查读者名单，或加一位", "check the list of readers, or add one"),
        "search": tr("在各期里查找字词", "find words in all issues of a folder"),
        "schema": tr("打印简报文件的 JSON Schema", "print the JSON Schema of issue files"),
        "trace": tr("查复印件是谁的那一份", "tell whose copy a scan shows"),
        "verify": tr("核验 PDF 是否完整、能否归档", "verify that a PDF is whole and archival"),
        "watch": tr(
            "边写边看：保存后立即刷新预览", "show the pages in the browser, anew at each save"
        ),
    }
    group = Commands(
        __name__,
        summaries,
        name="brieftex",
        help=tr(
            "把一个 YAML 文件排成一期简报（PDF）", "Sets an office briefing from one YAML file"
        ),
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    version = tr("显示版本号", "show the version")
    click.version_option(__version__, message="brieftex %(version)s", help=version)(group)
    return group


def main() -> None:
    """The console script: run the command line's arguments and exit."""
    prepare_streams()
    STORE.load = _kept_patterns
    status = run(sys.argv[1:])
    if STORE.learnt and status in (DONE, DOCUMENT_ERRORS):
        from brieftex.cli.keeping import keep_patterns  # seldom needed  # noqa: PLC0415

        keep_patterns(STORE)
    _leave(status)


def _kept_patterns() -> bytes:
    from brieftex.cli.keeping import kept_patterns  # help has no patterns  # noqa: PLC0415

    return kept_patterns()


def _leave(status: int) -> NoReturn:
    """End the process; all that was printed is written out, or the status tells that it is not."""
    # Taking the interpreter down frees every value one by one, for nobody. What else it does at
    # its end, calling those who asked for it and writing out the streams, is done here. A thread
    # that still runs has to be waited for, and a profiler wants to print.
    if threading.active_count() > 1 or sys.getprofile() is not None:
        sys.exit(status)
    atexit._run_exitfuncs()  # noqa: SLF001  # there is no other way to call them early
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError) as error:
        status = _output_lost(error)
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):  # nobody hears what was to be said there
            sys.stderr.flush()
    os._exit(status)


_UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)


def _is_of_output(error: OSError) -> bool:
    """Whether ``error`` is of what was printed. Commands handle those of files themselves, and
    those that name a file are not."""
    return error.filename is None and error.errno in _UNWRITABLE


def _output_lost(error: OSError | ValueError) -> int:
    """Say that what was printed could not be written, print no more, and give the status."""
    from brieftex.diagnostics.reasons import reason_of  # seldom needed  # noqa: PLC0415

    sys.stdout = None
    zh, en = reason_of(error)
    with contextlib.suppress(OSError, ValueError):
        _complain(f"输出没有写完：{zh}", f"the output could not be written: {en}")
    return DOCUMENT_ERRORS


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status; prints every failure."""
    try:
        status = _group().main(list(arguments), "brieftex", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return USAGE
    except click.UsageError as error:
        _complain(complaint(error))
        if error.ctx is not None:
            call = f"{error.ctx.command_path} --help"
            click.echo(tr(f"用法见 {call}", f"see {call}"), err=True)
        return USAGE
    except click.ClickException as error:
        _complain(error.format_message())
        return DOCUMENT_ERRORS
    except (click.Abort, KeyboardInterrupt):
        click.echo(tr("已中断", "interrupted"), err=True)
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  # no input may end in a traceback
        return _failed(error, arguments)
    return status if isinstance(status, int) else DONE


def _failed(error: Exception, arguments: Sequence[str]) -> int:
    if isinstance(error, OSError) and _is_of_output(error):
        return _output_lost(error)
    from brieftex.cli.defect import report  # seldom needed  # noqa: PLC0415

    click.echo(report(error, arguments), err=True)
    return DEFECT


def _complain(zh: str, en: str | None = None) -> None:
    click.echo(tr(f"错误：{zh}", f"error: {zh if en is None else en}"), err=True)
