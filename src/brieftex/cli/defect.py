"""What the user sees when brieftex itself fails: no traceback, but where to find it."""

from __future__ import annotations

import os
import platform
import shlex
import tempfile
import traceback
from collections.abc import Sequence

from brieftex import __version__
from brieftex.cli.language import tr


def report(error: Exception, arguments: Sequence[str]) -> str:
    """A message about an internal error; its traceback goes to a log file.

    With BRIEFTEX_DEBUG=1 the traceback is part of the message instead.
    """
    return report_trace("".join(traceback.format_exception(error)), arguments)


def report_trace(trace: str, arguments: Sequence[str]) -> str:
    """The same for an error that happened in another process."""
    facts = (
        f"brieftex {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
        f"brieftex {shlex.join(arguments)}\n"
    )
    if os.environ.get("BRIEFTEX_DEBUG") == "1":
        return f"{trace}{_summary()}\n{facts}".rstrip("\n")
    try:
        handle, path = tempfile.mkstemp(prefix="brieftex-", suffix=".log")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as log:
            log.write(facts + trace)
    except OSError:
        again = tr("设 BRIEFTEX_DEBUG=1 再运行可看到详情", "BRIEFTEX_DEBUG=1 shows the details")
        return f"{_summary()}\n{facts}{again}"
    details = tr(f"详情记录在 {path}，请连同简报文件一起反馈", f"details are in {path}")
    return f"{_summary()}\n{facts}{details}"


def _summary() -> str:
    return tr(
        "这是 brieftex 的缺陷，不是简报文件的问题",
        "this is a defect of brieftex, not of your file",
    )
