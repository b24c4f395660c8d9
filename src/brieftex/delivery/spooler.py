"""CUPS: a file is handed to a printer by ``lp``."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from msgspec import Struct

from brieftex.layout.imposition import PAPERS
from brieftex.units import Size, to_mm

_SECONDS = 60


class PrintJob(Struct, frozen=True):
    """A file and how it is to be printed; ``sides`` and ``media`` as CUPS names them."""

    printer: str
    file: Path
    title: str
    sides: str
    media: str
    copies: int = 1

    def command(self) -> list[str]:
        """The call of ``lp``."""
        return [
            "lp", "-d", self.printer, "-n", str(self.copies), "-t", self.title,
            "-o", f"sides={self.sides}", "-o", f"media={self.media}",
            "-o", "print-scaling=none", "--", str(self.file),
        ]  # fmt: skip


def media_name(paper: Size) -> str:
    """What CUPS calls sheets of this size, upright or lying (its manual, options: media)."""
    upright = Size(min(paper.width, paper.height), max(paper.width, paper.height))
    known = next((name for name, size in PAPERS.items() if size == upright), None)
    width, height = round(to_mm(upright.width)), round(to_mm(upright.height))
    return f"Custom.{width}x{height}mm" if known is None else known.upper()


class NoSpoolerError(Exception):
    """There is no ``lp`` on this machine."""


class RefusedJobError(Exception):
    """CUPS did not take the job; the text says why."""


def hand_over(job: PrintJob) -> str:
    """Hand a job to CUPS; what ``lp`` says, with the number of the job. Raises NoSpoolerError,
    RefusedJobError."""
    if shutil.which("lp") is None:
        raise NoSpoolerError
    try:
        made = subprocess.run(
            job.command(), capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RefusedJobError(str(error)) from error
    if made.returncode:
        raise RefusedJobError(made.stderr.strip() or made.stdout.strip())
    return made.stdout.strip()
