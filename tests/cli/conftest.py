"""Running brieftex the way its users do, in a folder."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from helpers import processes
from helpers.support import ISSUE

from brieftex.cli import run

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
def process(folder: Path) -> Callable[..., Result]:
    """Run brieftex with these arguments as a process; keywords are environment variables."""

    def called(*arguments: str, **environment: str) -> Result:
        return processes.run(*arguments, cwd=folder, env={**os.environ, **environment})

    return called


@pytest.fixture
def brieftex(folder: Path, process: Callable[..., Result]) -> Callable[..., Result]:
    """Run brieftex with these arguments, in the process of the tests. It is one of its own with
    other environment variables, since help is worded when its module is imported, and for
    ``verify``, which forks, as no process with a Java machine or a browser in it should."""

    def call(*arguments: str, **environment: str) -> Result:
        if environment or "verify" in arguments:
            return process(*arguments, **environment)
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2))
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(folder)
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            status = run(arguments)
        printed = []
        for stream in (out, err):
            stream.seek(0)
            printed.append(stream.read())
        return subprocess.CompletedProcess(arguments, status, *printed)

    return call
