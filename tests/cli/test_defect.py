"""A defect of brieftex ends in a message, a log and its own exit status."""

from __future__ import annotations

from pathlib import Path

import pytest

from brieftex import cli


@pytest.fixture(autouse=True)
def _defect(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail() -> None:
        raise ZeroDivisionError("here")

    monkeypatch.setattr(cli, "_group", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def test_the_traceback_goes_to_a_log(capsys: pytest.CaptureFixture, tmp_path: Path) -> None:
    assert cli.run(["build", "a b.yaml"]) == 3
    shown = capsys.readouterr().err
    (log,) = tmp_path.iterdir()
    assert "这是 brieftex 的缺陷" in shown
    assert "brieftex build 'a b.yaml'" in shown
    assert str(log) in shown
    assert "Traceback" not in shown
    assert "ZeroDivisionError: here" in log.read_text(encoding="utf-8")


def test_developers_may_see_it_at_once(
    capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BRIEFTEX_DEBUG", "1")
    assert cli.run(["build"]) == 3
    assert "ZeroDivisionError: here" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
