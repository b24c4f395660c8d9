"""Running brieftex within the process of the tests."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import Struct

from brieftex.cli import run


class Outcome(Struct, frozen=True):
    """What a command came to."""

    exit_code: int
    stdout: str
    stderr: str


@pytest.fixture
def brieftex(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Outcome]:
    """Run a command in an empty folder; ``given`` is standard input."""
    monkeypatch.chdir(tmp_path)

    def called(*arguments: object, given: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        capfdbinary.readouterr()
        status = run([str(argument) for argument in arguments])
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Outcome(status, out.decode(), err.decode())

    return called
