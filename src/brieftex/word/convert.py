"""Old formats are converted by LibreOffice, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

_SECONDS = 120


def converted(data: bytes, ending: str) -> bytes | None:
    """A document as .docx; None where LibreOffice is not there or cannot read it."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"document.{ending}")
        source.write_bytes(data)
        # A profile of its own: one that runs already would take the call and do nothing.
        call = [
            program, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless",
            "--convert-to", "docx", "--outdir", folder, str(source),
        ]  # fmt: skip
        try:
            subprocess.run(call, capture_output=True, timeout=_SECONDS, check=True)
        except (OSError, subprocess.SubprocessError):
            return None
        target = source.with_suffix(".docx")
        return target.read_bytes() if target.is_file() else None
