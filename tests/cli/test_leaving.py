"""The process ends early, and with nothing lost."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from helpers import processes
from helpers.processes import COMMAND
from helpers.support import ISSUE

from brieftex.cli import run

WAITING = """
import threading, time
def late():
    threading.main_thread().join()
    print("late")
threading.Thread(target=late).start()
"""


@cache
def explained() -> str:
    """What a whole run of a command with much to say gives."""
    whole: str = processes.run("explain", "--markdown", check=True).stdout
    assert len(whole.encode()) > 65_536  # more than a pipe holds
    return whole


@pytest.mark.parametrize(
    ("before", "last"),
    [
        ("import atexit; atexit.register(print, 'asked')", "asked"),
        (WAITING, "late"),
        ("import sys; sys.stderr = None", ""),
    ],
)
def test_nothing_is_lost_at_the_end(before: str, last: str) -> None:
    """Ensures that exit functions are called, threads waited for and streams written out."""
    program = f"{before}\nimport sys; sys.argv = ['brieftex', 'explain', '--markdown']\n"
    program += "from brieftex.cli import main; main()"
    done = processes.run(program=program, check=True)
    assert done.stdout.removesuffix("\n" if last else "") == explained() + last


def test_the_status_is_that_of_the_command() -> None:
    done = processes.run("explain", "BT999")
    assert done.returncode not in (0, 3)
    assert done.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", [["schema"], ["explain", "BT309"]])
def test_output_that_cannot_be_written_is_told(arguments: list[str], unbuffered: str) -> None:
    """Catches a file that is cut off in silence, or called a defect of the program: short output
    fails when the process ends, long output before."""
    full = Path("/dev/full")
    if not full.is_char_device():
        pytest.skip("this system has no device that is always full")
    with full.open("wb") as sink:
        env = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
        done = processes.run(*arguments, stdout=sink, env=env)
    assert (done.returncode, done.stderr) == (1, "错误：输出没有写完：磁盘已满\n")


def test_what_nobody_hears_stops_no_work(tmp_path: Path) -> None:
    """Catches a build of many files that ends with the first where its log is on a full disk."""
    full = Path("/dev/full")
    if not full.is_char_device():
        pytest.skip("this system has no device that is always full")
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(ISSUE, "utf-8")
    call = ["build", "a.yaml", "b.yaml", "-o", "out", "--bundled-fonts", "-j", "1"]
    with full.open("wb") as sink:
        done = processes.run(*call, cwd=tmp_path, stderr=sink)
    assert done.returncode == 0
    assert len(list((tmp_path / "out").iterdir())) == 2


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_file_is_not_cut_off_in_silence(tmp_path: Path, unbuffered: str) -> None:
    """Ensures that a write of which the system takes the first part only is no success."""
    pytest.importorskip("resource")
    bound = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))\n"
    env = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with (tmp_path / "schema.json").open("wb") as file:
        done = processes.run("schema", program=bound + COMMAND, stdout=file, env=env)
    assert done.returncode == 1
    assert "输出没有写完" in done.stderr


def test_what_is_still_unwritten_at_the_end_is_told() -> None:
    """Ensures it for output that waits in the buffer until the process leaves."""
    full = Path("/dev/full")
    if not full.is_char_device():
        pytest.skip("this system has no device that is always full")
    program = "import atexit, sys; atexit.register(print, 'late')\n"
    program += "sys.argv = ['brieftex', 'explain', 'BT999']; from brieftex.cli import main; main()"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with full.open("wb") as sink:
        done = processes.run(program=program, stdout=sink, env=environment)
    assert "输出没有写完：磁盘已满" in done.stderr


def ran(*arguments: str, closed: tuple[int, ...] = (), **environment: str) -> tuple[int, str, str]:
    """Run the command with some of its descriptors closed: status, output and messages."""
    shut = "".join(f" {number}>&-" for number in closed)
    done = subprocess.run(
        ["sh", "-c", f'exec "$@"{shut}', "sh", sys.executable, "-m", "brieftex", *arguments],
        capture_output=True, check=False, env={**os.environ, **environment},
    )  # fmt: skip
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_output_that_nobody_takes_is_told() -> None:
    """Catches data that is lost with status 0 where standard output is closed (``>&-``)."""
    said = "错误：输出没有写完：已经关闭\n"
    assert ran("schema", closed=(1,)) == (1, "", said)
    assert ran("explain", "BT309", closed=(0, 1)) == (1, "", said)
    assert ran("schema", closed=(1, 2)) == (1, "", "")


def test_closed_streams_do_not_get_into_files(tmp_path: Path) -> None:
    """Catches messages inside the PDF: the next file that is opened gets the number of a stream
    that is closed."""
    path = tmp_path / "issue.yaml"
    path.write_text(ISSUE.replace("title: ", "title: 等等...", 1), "utf-8")
    whole = tmp_path / "a.pdf"
    assert run(["build", str(path), "-o", str(whole), "--bundled-fonts"]) == 0
    for closed in ((2,), (1, 2), (0, 1, 2)):
        target = tmp_path / f"{len(closed)}.pdf"
        status = ran("build", str(path), "-o", str(target), "--bundled-fonts", closed=closed)[0]
        assert status == 0
        assert target.read_bytes() == whole.read_bytes()
    assert ran("build", str(tmp_path / "no.yaml"), closed=(0, 1, 2)) == (1, "", "")


def test_no_file_gets_the_number_of_a_closed_stream(tmp_path: Path) -> None:
    """Ensures it for the word that a signal writes to the second descriptor, too."""
    program = "import os; [os.close(number) for number in range(3)]\n"
    program += "from brieftex.cli.streams import prepare_streams; prepare_streams()\n"
    program += "file = open('a', 'w'); file.write(str(file.fileno()))"
    processes.run(program=program, cwd=tmp_path, check=True)
    assert int((tmp_path / "a").read_text("utf-8")) > 2


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "ascii:strict", "utf-16"])
def test_data_and_messages_are_utf8_where_no_console_is(encoding: str) -> None:
    """Ensures it whatever the environment says, and that no character ends in a traceback."""
    status, out, said = ran("explain", "BT309", PYTHONIOENCODING=encoding)
    assert (status, said) == (0, "")
    assert "省略号" in out
    status, out, said = ran("explain", "BT𠮷", PYTHONIOENCODING=encoding)
    assert status not in (0, 3)
    assert "𠮷" in said


@pytest.mark.parametrize(("encoding", "shown"), [("gbk", "gbk"), ("ascii", "utf-8")])
def test_a_terminal_is_spoken_to_in_its_encoding(encoding: str, shown: str) -> None:
    """Ensures that Chinese can be read in a console of GBK, and that a character which it lacks
    does not end the command; a system without a locale shows UTF-8."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    env = {**os.environ, "PYTHONIOENCODING": encoding}
    done = processes.started("explain", "BT𠮷", stdout=theirs, stderr=theirs, env=env)
    os.close(theirs)
    said = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # what Linux says at the end of a terminal
            break
        if not part:
            break
        said += part
    os.close(ours)
    assert done.wait() not in (0, 3)
    assert "没有" in said.decode(shown)
    assert (r"\U00020bb7" if shown == "gbk" else "𠮷") in said.decode(shown)


def test_without_any_stream_the_work_is_done(tmp_path: Path) -> None:
    """Ensures it where Python gives none, as ``pythonw`` does."""
    (tmp_path / "issue.yaml").write_text(ISSUE, "utf-8")
    program = "import sys; sys.stdin = sys.stdout = sys.stderr = None; "
    program += "from brieftex.__main__ import start; start()"
    call = ["build", "issue.yaml", "-o", "a.pdf", "--bundled-fonts"]
    done = processes.run(*call, program=program, cwd=tmp_path)
    assert done.returncode == 0
    assert (tmp_path / "a.pdf").stat().st_size > 1000
