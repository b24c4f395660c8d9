"""Running brieftex the way its users do: as a process, in a folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from helpers.support import ISSUE

Result: TypeAlias = subprocess.CompletedProcess[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder, the current one of every command."""
    return tmp_path


@pytest.fixture
def issue(folder: Path) -> Path:
    """A small good issue in the folder."""
    path = folder / "issue.yaml"
    path.write_text(ISSUE, encoding="utf-8")
    return path


@pytest.fixture
def brieftex(folder: Path) -> Callable[..., Result]:
    """Run brieftex with these arguments; keywords are environment variables."""

    def run(*arguments: str, **environment: str) -> Result:
        return subprocess.run(
            [sys.executable, "-m", "brieftex", *arguments],
            cwd=folder,
            env={**os.environ, **environment},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return run
