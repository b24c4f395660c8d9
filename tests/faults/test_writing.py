"""A file is the old one or the new one, whole, whatever fails while it is written and whenever its
process ends; what was left behind is swept by the next one that writes there."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from helpers import failing
from helpers.failing import Act, Call, Disk
from helpers.support import files

from brieftex.interruption import unfinished
from brieftex.output import write_whole

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its disks have other calls")

OLD, NEW = b"old", bytes(range(256)) * 400

# What tells of a file that it is the one and is safe: none of these may fail in silence.
MUST = {"create", "write", "fchmod", "replace"}


@pytest.fixture(params=[OLD, None], ids=["old", "none"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file in a folder of its own, with what is there before."""
    path = tmp_path / "folder" / "x.pdf"
    path.parent.mkdir()
    prepare(path, request.param)
    return path


def prepare(path: Path, before: bytes | None) -> None:
    shutil.rmtree(path.parent)
    path.parent.mkdir()
    if before is not None:
        path.write_bytes(before)
        path.chmod(0o640)


def content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def calls_of(path: Path) -> list[str]:
    """The calls of a write that succeeds."""
    with Disk(path.parent).between() as disk:
        write_whole(path, NEW)
    return disk.calls


def attempt(path: Path, act: Act) -> BaseException | None:
    try:
        with Disk(path.parent, act).between():
            write_whole(path, NEW)
    except (OSError, KeyboardInterrupt) as error:
        return error
    return None


def fails(number: int, code: int, *, for_ever: bool = False) -> Act:
    def act(now: int, name: str, call: Call, arguments: tuple[Any, ...]) -> Any:
        if now == number or (for_ever and now > number):
            if name == "close":  # a file is closed even where that is said to have failed
                call(*arguments)
            raise OSError(code, os.strerror(code), "x")
        return call(*arguments)

    return act


def interrupted(number: int, *, after: bool) -> Act:
    def act(now: int, _name: str, call: Call, arguments: tuple[Any, ...]) -> Any:
        if now == number and not after:
            raise KeyboardInterrupt
        with suppress(OSError if now == number else ()):
            result = call(*arguments)
        if now == number:
            raise KeyboardInterrupt
        return result

    return act


def check_after(path: Path, before: bytes | None, error: BaseException | None) -> None:
    """What holds after a write that ended with ``error``, or without."""
    assert content(path) in ((NEW,) if error is None else (before, NEW))
    assert not unfinished
    write_whole(path, b"next")
    assert files(path.parent) == {path.name}
    assert path.read_bytes() == b"next"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EEXIST])
def test_any_call_may_fail(target: Path, code: int) -> None:
    before = content(target)
    calls = calls_of(target)
    for number, name in enumerate(calls):
        prepare(target, before)
        error = attempt(target, fails(number, code))
        assert files(target.parent) <= {target.name}, (number, name)
        if error is not None:
            assert content(target) == before, (number, name)
        elif code != errno.EEXIST or name != "create":
            assert name not in MUST, (number, name)
        check_after(target, before, error)


def test_a_disk_may_go_away_at_any_call(target: Path) -> None:
    before = content(target)
    for number in range(len(calls_of(target))):
        prepare(target, before)
        check_after(target, before, attempt(target, fails(number, errno.EIO, for_ever=True)))


@pytest.mark.parametrize("after", [False, True])
def test_it_may_be_interrupted_at_any_call(target: Path, after: bool) -> None:
    before = content(target)
    calls = calls_of(target)
    for number, name in enumerate(calls):
        prepare(target, before)
        error = attempt(target, interrupted(number, after=after))
        assert isinstance(error, KeyboardInterrupt), (number, name)
        # The system has made the file, and the process does not know it yet.
        if name != "create" or not after:
            assert files(target.parent) <= {target.name}, (number, name)
        check_after(target, before, error)


def test_a_call_may_write_less_than_asked(target: Path) -> None:
    def act(_number: int, name: str, call: Call, arguments: tuple[Any, ...]) -> Any:
        if name == "write":
            arguments = (arguments[0], arguments[1][:4999])
        return call(*arguments)

    assert attempt(target, act) is None
    assert target.read_bytes() == NEW


def test_data_is_on_the_disk_before_its_name(target: Path) -> None:
    """Else the name may outlive a loss of power, and the data not. And the mode is set before the
    data: what was private is so at every moment."""
    calls = calls_of(target)
    assert calls.index("create") < calls.index("write") < calls.index("fsync")
    assert calls.index("fsync") < calls.index("replace") < len(calls) - calls[::-1].index("fsync")
    assert "write" not in calls[calls.index("fsync") :]
    assert "fchmod" not in calls[calls.index("write") :]


@pytest.mark.parametrize("odd", ["exists", "vanishes"])
def test_a_disk_that_gives_no_new_name_is_refused(tmp_path: Path, odd: str) -> None:
    """Some network disks say that a file exists which they have just been asked to make, or do
    not show one that they have made: neither is asked for ever."""

    def act(_number: int, name: str, call: Call, arguments: tuple[Any, ...]) -> Any:
        if odd == "exists" and name == "create":
            raise FileExistsError(errno.EEXIST, "File exists")
        if odd == "vanishes" and name == "create":
            handle = call(*arguments)
            Path(arguments[0]).unlink()
            return handle
        return call(*arguments)

    with Disk(tmp_path, act).between(), pytest.raises(FileExistsError):
        write_whole(tmp_path / "x.pdf", NEW)
    assert files(tmp_path) == set()


@pytest.mark.parametrize("swept", ["wholly", "halfway"])
def test_a_draft_may_be_swept_before_it_is_locked(tmp_path: Path, swept: str) -> None:
    """Ensures that of two builds that write at once into a folder none loses its file: the other
    may take a draft that is not locked yet for one that was left behind."""
    drafts: list[Path] = []
    others: list[int] = []

    def act(_number: int, name: str, call: Call, arguments: tuple[Any, ...]) -> Any:
        if name == "create":
            drafts.append(Path(arguments[0]))
        if name == "flock" and not others:
            others.append(os.open(drafts[0], os.O_RDWR))
            fcntl.flock(others[0], fcntl.LOCK_EX | fcntl.LOCK_NB)
            if swept == "wholly":
                drafts[0].unlink()
                os.close(others[0])
        if name == "write" and swept == "halfway":
            drafts[0].unlink(missing_ok=True)
        return call(*arguments)

    fcntl = pytest.importorskip("fcntl")
    with Disk(tmp_path, act).between():
        write_whole(tmp_path / "x.pdf", NEW)
    assert len(drafts) == 2
    assert (tmp_path / "x.pdf").read_bytes() == NEW
    assert files(tmp_path) == {"x.pdf"}
    if swept == "halfway":
        os.close(others[0])


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP])
def test_a_disk_need_not_know_locks(target: Path, code: int) -> None:
    def act(_number: int, name: str, call: Call, arguments: tuple[Any, ...]) -> Any:
        if name == "flock":
            raise OSError(code, os.strerror(code))
        return call(*arguments)

    assert attempt(target, act) is None
    assert target.read_bytes() == NEW
    assert files(target.parent) == {target.name}


def test_strace_sees_no_other_calls(tmp_path: Path, tool: Callable[[str], str]) -> None:
    """Ensures that a fault can be put at every call of the write."""
    log = tmp_path / "log"
    folder = tmp_path / "folder"
    folder.mkdir()
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from helpers.failing import Disk\n"
        "from brieftex.output import write_whole\n"
        "path = Path(sys.argv[2])\n"
        "write_whole(path, b'old')\n"
        "path.with_name('begin').exists()\n"
        "write_whole(path, bytes(100_000))\n"
        "path.with_name('end').exists()\n"
        "with Disk(path.parent).between() as disk: write_whole(path, bytes(100_000))\n"
        "print(*disk.calls)\n"
    )
    done = subprocess.run(
        [
            tool("strace"), "-y", "-e", "trace=file,desc", "-o", log,
            sys.executable, "-c", program, Path(failing.__file__).parents[1], folder / "x.pdf",
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if not log.exists() or "exited with 0" not in log.read_text():
        pytest.skip(f"strace may not look at a process here: {done.stderr}")
    text = log.read_text().partition("begin")[2].partition("end")[0].partition("\n")[2]
    text = re.sub(r"openat\([^\n]*O_DIRECTORY\).*?\nclose\(", "listdir(", text, flags=re.DOTALL)
    lines = [line for line in text.splitlines() if str(folder) in line]
    alike = {"newfstatat": "stat", "openat": "open", "rename": "replace"}
    seen = [alike.get(name, name) for name in (line.partition("(")[0] for line in lines[:-1])]
    other = {"create": "open", "lstat": "stat", "fstat": "stat"}
    assert seen == [other.get(name, name) for name in done.stdout.split()]
