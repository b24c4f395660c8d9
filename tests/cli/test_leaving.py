"""The process ends early, and with nothing lost."""

from __future__ import annotations

import subprocess
import sys

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
