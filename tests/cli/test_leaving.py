"""The process ends early, and with nothing lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

WAITING = """
import threading, time
def late():
    threading.main_thread().join()
    print("late")
threading.Thread(target=late).start()
"""


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
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    whole = subprocess.run(
        [sys.executable, "-m", "brieftex", "explain", "--markdown"], capture_output=True, check=True
    )
    assert len(whole.stdout) > 65_536  # more than a pipe holds
    assert done.stdout.decode().removesuffix("\n" if last else "") == whole.stdout.decode() + last


def test_the_status_is_that_of_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "brieftex", "explain", "BT999"], capture_output=True, check=False
    )
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
        done = subprocess.run(
            [sys.executable, "-m", "brieftex", *arguments],
            stdout=sink, stderr=subprocess.PIPE, check=False, text=True, encoding="utf-8",
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "错误：输出没有写完：磁盘已满\n")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_file_is_not_cut_off_in_silence(tmp_path: Path, unbuffered: str) -> None:
    """Ensures that a write of which the system takes the first part only is no success."""
    resource = pytest.importorskip("resource")
    with (tmp_path / "schema.json").open("wb") as file:
        done = subprocess.run(
            [sys.executable, "-m", "brieftex", "schema"],
            stdout=file, stderr=subprocess.PIPE, check=False, text=True, encoding="utf-8",
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)),
        )  # fmt: skip
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
        done = subprocess.run(
            [sys.executable, "-c", program],
            stdout=sink, stderr=subprocess.PIPE, check=False, text=True, encoding="utf-8",
            env=environment,
        )  # fmt: skip
    assert "输出没有写完：磁盘已满" in done.stderr
