"""The line that says what takes so long."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest
from helpers.processes import started

from brieftex.cli.progress import DELAY, Progress


class Terminal(io.StringIO):
    """A stream that people read."""

    def isatty(self) -> bool:
        return True


class Clock:
    """A clock that stands still until it is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_nothing_is_said_of_what_is_quick() -> None:
    clock = Clock()
    progress = Progress(Terminal(), 1, clock)
    progress.file("issue.yaml")
    clock.now = DELAY - 0.01
    assert progress.line() == ""


def test_the_line_names_the_file_and_the_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    progress = Progress(Terminal(), 12, clock)
    progress.file("01.yaml")
    progress.file("02.yaml")
    progress.stage("draw")
    clock.now = 3.2
    assert progress.line() == "2/12 02.yaml：生成 PDF……已用 3 秒"
    monkeypatch.setenv("BRIEFTEX_LANG", "en")
    assert progress.line() == "2/12 02.yaml: drawing… 3 s"


def test_the_line_tells_how_long_it_will_take(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    progress = Progress(Terminal(), 120, clock)
    progress.files(("07.yaml", "08.yaml"), 5)
    progress.share(0.25)
    clock.now = 20.0
    bar = "[#####...............] 5/120"
    assert progress.line() == f"{bar} 07.yaml、08.yaml：排版……已用 20 秒，还要约 60 秒"
    clock.now = 300.0
    monkeypatch.setenv("BRIEFTEX_LANG", "en")
    progress.files(("1", "2", "3", "4"), 6)
    end = "1, 2, 3 …: setting… 300 s, about 15 min to go"
    assert progress.line() == f"[#####...............] 6/120 {end}"
    clock.now = 9000.0
    assert progress.line().endswith("about 7.5 h to go")


def test_the_line_leaves_nothing_behind() -> None:
    """Ensures that what is printed next begins on a clean line, however wide the last was."""
    clock, terminal = Clock(), Terminal()
    with Progress(terminal, 1, clock) as progress:
        clock.now = 60.0
        for name in ("一个很长的名字.yaml", "b.yaml"):
            progress.file(name)
            progress._draw()
        progress.hide()
        progress._draw()
    written = terminal.getvalue()
    assert "一个很长的名字.yaml" in written
    *_, last, end = written.split("\r")
    assert (last.strip(), end) == ("", "")
    assert len(last) >= len("b.yaml：读入……已用 60 秒") + 5  # a Han character is two wide


def test_a_pipe_has_no_thread() -> None:
    stream = io.StringIO()
    with Progress(stream) as progress:
        progress.file("a")
        assert progress._thread is None
    assert stream.getvalue() == ""


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_terminal_sees_the_summary_whole(folder: Path, issue: Path) -> None:
    import pty  # noqa: PLC0415  # not on Windows

    main, sub = pty.openpty()
    call = ["build", issue.name, "--bundled-fonts"]
    process = started(*call, cwd=folder, stdin=sub, stdout=sub, stderr=sub)
    os.close(sub)
    seen = b""
    try:
        while data := os.read(main, 4096):
            seen += data
    except OSError:  # Linux says so when the other side is gone
        pass
    os.close(main)
    assert process.wait() == 0
    lines = seen.decode().replace("\r\n", "\n").split("\n")
    assert lines[-2].rsplit("\r", 1)[-1].startswith("out/issue.pdf：1 页")
