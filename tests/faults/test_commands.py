"""What the commands write is the old file or the new one, and their status tells which, whatever
the disk does and whenever they are killed."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from helpers import failing, processes
from helpers.failing import Act, Call, Disk
from helpers.mounts import among
from helpers.processes import COMMAND, HELPERS
from helpers.support import ISSUE, files
from msgspec import Struct

import brieftex.batch.task
import brieftex.pipeline
from brieftex.cli import run
from brieftex.delivery.ledger import Entry, Ledger, Result
from brieftex.fonts.index import FontIndex
from brieftex.input.issue.schema import issue_schema
from brieftex.output import write_whole
from brieftex.pipeline import Typeset, typeset
from brieftex.printing.press import Press, PressRun, PressSettings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its disks have other calls")

SLIP = ISSUE.replace("只有一段话。", "只有一段话,没有了。")
FONT = "BriefTest.ttf"
RUN = Press.run  # as it is before tests replace it
CHANGES = {"create", "fchmod", "write", "fsync", "replace"}

Files = dict[str, bytes]


class Case(Struct, frozen=True):
    """A command, what is in its folder before, and the files that are its work."""

    arguments: tuple[str, ...]
    before: dict[str, str | bytes]
    work: str
    more: tuple[str, ...] = ()

    @property
    def works(self) -> tuple[str, ...]:
        """All that it writes, but for help such as a schema."""
        return (self.work, *self.more)


@cache
def ledger() -> bytes:
    """A ledger with two rows."""
    entry = Entry("试排", "print", "0" * 64, 3, 1, "李明", "", "paper", Result.PRINTED)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "发行.db"
        with Ledger(path) as made:
            made.add(entry, entry)
        return path.read_bytes()


MAILED = "姓名,邮箱,方式\n甲,a@b.cn,邮件\n乙,c@d.cn,邮件\n"


CASES = {
    "build": Case(("build", "issue.yaml"), {"issue.yaml": ISSUE}, "out/issue.pdf"),
    "build over": Case(
        ("build", "issue.yaml", "-o", "x.pdf"), {"issue.yaml": ISSUE, "x.pdf": "old"}, "x.pdf"
    ),
    "fix": Case(("check", "--fix", "issue.yaml"), {"issue.yaml": SLIP}, "issue.yaml"),
    "new": Case(("new", "a.yaml", "--date", "2026-01-05"), {}, "a.yaml"),
    "approve": Case(("approve", "issue.yaml", "--by", "甲"), {"issue.yaml": ISSUE}, "issue.yaml"),
    "readers": Case(
        ("readers", "add", "--name", "乙"), {"readers.csv": "姓名,单位\n甲,校办\n"}, "readers.csv"
    ),
    "import": Case(("import", "a.md"), {"a.md": "# 题\n\n一段话。\n"}, "a.yaml"),
    "import into": Case(
        ("import", "a.md", "--into", "issue.yaml"),
        {"a.md": "# 题\n\n一段话。\n", "issue.yaml": ISSUE},
        "issue.yaml",
    ),
    "next": Case(("new", "--from", "1.yaml"), {"1.yaml": ISSUE}, "2.yaml"),
    "print": Case(
        ("print", "issue.yaml"),
        {"issue.yaml": ISSUE, "out/issue-print.pdf": "old"},
        "out/issue-print.pdf",
        ("out/issue-ticket.pdf",),
    ),
    "drafts": Case(
        ("mail", "issue.yaml"),
        {"issue.yaml": ISSUE, "readers.csv": MAILED, "out/mail/001-甲.eml": "old"},
        "out/mail/001-甲.eml",
        ("out/mail/002-乙.eml",),
    ),
    "export": Case(("ledger", "export", "-o", "a.csv"), {"发行.db": ledger()}, "a.csv"),
    "export as PDF": Case(("ledger", "export", "-o", "a.pdf"), {"发行.db": ledger()}, "a.pdf"),
    "changes": Case(
        ("diff", "issue.yaml", "b.yaml", "-o", "a.docx", "--date", "2026-04-01"),
        {"issue.yaml": ISSUE, "b.yaml": SLIP, "a.docx": "old"},
        "a.docx",
    ),
}


@cache
def made() -> Typeset:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "issue.yaml"
        path.write_text(ISSUE, "utf-8")
        return typeset(path, bundled_fonts=True)


@cache
def pressed() -> PressRun:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "issue.yaml"
        path.write_text(ISSUE, "utf-8")
        return RUN(Press(path, PressSettings(None, "print", None, True)), ())


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages are the same each time."""
    for home in (brieftex.pipeline, brieftex.batch.task):  # the latter has taken the name
        monkeypatch.setattr(home, "typeset", lambda *_, **__: made())
    monkeypatch.setattr(Press, "run", lambda *_, **__: pressed())


@pytest.fixture(params=CASES.values(), ids=CASES.keys())
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder."""
    path = tmp_path / "folder"
    path.mkdir()
    monkeypatch.chdir(path)
    return path


def contents(folder: Path) -> Files:
    return {name: (folder / name).read_bytes() for name in files(folder)}


def put(folder: Path, content: Files) -> None:
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, data in content.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def before(case: Case) -> Files:
    return {
        name: text if isinstance(text, bytes) else text.encode()
        for name, text in case.before.items()
    }


def succeed(case: Case, folder: Path, act: Act = failing.as_asked) -> tuple[Files, list[str]]:
    """The files after the command, and its calls."""
    put(folder, before(case))
    with Disk(folder, act).between() as disk:
        assert run(case.arguments) == 0
    return contents(folder), disk.calls


def test_a_failure_is_told_and_leaves_what_was_there(
    case: Case, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ensures that the status is never that of success without the file, nor that of failure
    with it."""
    after, calls = succeed(case, folder)
    for number, name in enumerate(calls):
        if name not in CHANGES:
            continue

        def act(now: int, _: str, call: Call, arguments: tuple[Any, ...], at: int = number) -> Any:
            if now == at:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return call(*arguments)

        put(folder, before(case))
        capsys.readouterr()
        with Disk(folder, act).between():
            status = run(case.arguments)
        said = capsys.readouterr().err
        now = contents(folder)
        if status == 0:
            # What was approved is copied aside, which may fail and is told.
            aside = {work: data for work, data in after.items() if ".approved/" not in work}
            told = "没能另存" in said
            assert now == (aside if told else after), (number, name)
            assert told or "磁盘已满" not in said
        else:
            assert (status, "磁盘已满" in said, "缺陷" in said) == (1, True, False), said
            for work in case.works:
                may = {before(case).get(work), *([after[work]] if case.more else [])}
                assert now.get(work) in may, (number, name)
            assert not [file for file in now if file.endswith(".tmp")]


@pytest.mark.parametrize("name", ["fix", "approve", "readers", "import into"])
def test_what_an_editor_saved_meanwhile_is_not_written_over(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Between the reading of a file and its writing anew, as long as a build may take."""
    case = CASES[name]
    _, calls = succeed(case, folder)
    looked_at = max(k for k in range(calls.index("create")) if calls[k] == "open")
    saved = before(case)[case.work] + b"# saved\n"

    def act(number: int, _: str, call: Call, arguments: tuple[Any, ...]) -> Any:
        if number == looked_at:
            (folder / case.work).write_bytes(saved)
        return call(*arguments)

    put(folder, before(case))
    with Disk(folder, act).between():
        assert run(case.arguments) == 1
    assert "文件刚刚被改过" in capsys.readouterr().err
    assert (folder / case.work).read_bytes() == saved


def test_a_killed_one_leaves_the_old_file_or_the_new(case: Case, folder: Path) -> None:
    """Its folder is looked at before every call, as it would be found if the process had got no
    further; and what is left behind is swept."""
    states: list[Files] = []

    def act(_number: int, name: str, call: Call, arguments: tuple[Any, ...]) -> Any:
        states.append(contents(folder))
        if name == "write" and len(arguments[1]) > 1000:
            return call(arguments[0], arguments[1][: len(arguments[1]) // 2])
        return call(*arguments)

    after, _ = succeed(case, folder, act)
    drafts = 0
    for state in states:
        for work in case.works:
            assert state.get(work) in (before(case).get(work), after[work])
        left = {name for name in state if name.endswith((".tmp", ".db-wal", ".db-shm"))}
        assert state.keys() - left <= after.keys()
        drafts += any(name.endswith(".tmp") for name in left)
        put(folder, state)
        for place in {Path(name).parent for name in after}:
            write_whole(folder / place / "later", b"")
        assert not [name for name in files(folder) if name.endswith(".tmp")]
    assert drafts > 2


KILLED = f"""
{HELPERS}
from pathlib import Path
from helpers.failing import Disk, killed_at
place, number = Path(sys.argv.pop(1)), int(sys.argv.pop(1))
with Disk(place, killed_at(number)).between():
    {COMMAND}
"""


def test_a_process_that_is_killed(tmp_path: Path) -> None:
    """The same once more with real processes and their locks: in the midst of the data, and
    before the name."""
    issue = tmp_path / "issue.yaml"
    issue.write_text(SLIP, "utf-8")
    with Disk(tmp_path).between() as disk:
        assert run(["check", "--fix", str(issue)]) == 0
    mended = issue.read_bytes()
    write = disk.calls.index("write")
    for number in (write, disk.calls.index("replace")):
        issue.write_text(SLIP, "utf-8")
        call = ["check", "--fix", issue]
        done = processes.run(tmp_path, str(number), *call, program=KILLED)
        assert done.returncode == -9
        assert issue.read_text("utf-8") == SLIP
        assert len(files(tmp_path)) == 2
        assert run(list(map(str, call))) == 0
        assert contents(tmp_path) == {"issue.yaml": mended}


def test_a_cache_is_whole_or_not_there(folder: Path, root: Path) -> None:
    """And nobody hears of what befell it: only time is lost."""

    def listed(act: Act = failing.as_asked) -> list[str]:
        with Disk(folder, act).between() as disk:
            index = FontIndex(folder / "cache/fonts.json")
            assert [file.path.name for file in index.files(root / "tests/fonts")] == [FONT]
            index.save()
        return disk.calls

    calls = listed()
    good = contents(folder)
    assert good.keys() == {"cache/fonts.json"}
    for number, name in enumerate(calls):

        def act(now: int, _: str, call: Call, arguments: tuple[Any, ...], at: int = number) -> Any:
            if now == at:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return call(*arguments)

        put(folder, {})
        listed(act)
        assert contents(folder) in ({}, good), (number, name)


RESOURCES = f"""
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
{COMMAND}
"""


@pytest.mark.parametrize("name", ["build over", "new"])
def test_a_file_larger_than_may_be(name: str, folder: Path) -> None:
    """By the system's own bound (``ulimit -f``), which takes the first part."""
    case = CASES[name]
    put(folder, before(case))
    done = processes.run(*case.arguments, program=RESOURCES)
    assert (done.returncode, "文件太大" in done.stderr) == (1, True), done.stderr
    assert contents(folder) == before(case)


DISKS = {
    "full": (
        "mount -t tmpfs -o size=16k none disk; echo old > disk/x.pdf",
        "磁盘已满",
    ),
    "out of names": (
        "mount -t tmpfs -o nr_inodes=2 none disk; echo old > disk/x.pdf",
        "磁盘已满",
    ),
    "read-only": (
        "mount -t tmpfs none disk; echo old > disk/x.pdf; mount -o remount,ro disk",
        "磁盘是只读的",
    ),
    "of one file": (
        "touch disk/x.pdf; echo old > one; mount --bind one disk/x.pdf",
        "请改为挂载它所在的文件夹",
    ),
}


def test_a_ledger_on_a_disk_that_is_read_only_is_read(folder: Path) -> None:
    (folder / "disk").mkdir()
    (folder / "发行.db").write_bytes(ledger())
    calls = [
        ["ledger", *what, "--ledger", "disk/发行.db"]
        for what in (["list"], ["verify"], ["return", "1"])
    ]
    done = among(
        "mount -t tmpfs none disk; cp 发行.db disk; mount -o remount,ro disk", *calls, folder=folder
    )
    assert done.stdout.count("李明") == 2
    assert "登记完整：2 行" in done.stderr
    assert done.stdout.endswith("refused\n")
    assert "磁盘是只读的" in done.stderr


def test_a_ledger_on_a_full_disk(folder: Path) -> None:
    (folder / "disk").mkdir()
    (folder / "issue.yaml").write_text(ISSUE, "utf-8")
    (folder / "发行.db").write_bytes(ledger())
    disk = "--ledger", "disk/发行.db"
    done = among(
        "mount -t tmpfs -o size=200k none disk; cp 发行.db disk\n"
        "head -c 400000 /dev/zero > disk/full 2> /dev/null || true",
        ["print", "issue.yaml", "--copies", "60", "--force", "--bundled-fonts", *disk],
        "rm disk/full",
        ["ledger", "verify", *disk],
        folder=folder,
    )
    assert done.stdout.count("refused") == 1
    assert "磁盘已满" in done.stderr
    assert "登记完整：2 行" in done.stderr


@pytest.mark.parametrize("disk", DISKS)
def test_disks_that_take_nothing(disk: str, folder: Path) -> None:
    prepare, reason = DISKS[disk]
    (folder / "disk").mkdir()
    (folder / "issue.yaml").write_text(ISSUE, "utf-8")
    call = ["build", "issue.yaml", "--bundled-fonts", "-o", "disk/x.pdf"]
    done = among(prepare, call, "echo left: $(ls -A disk); cat disk/x.pdf", folder=folder)
    assert reason in done.stderr
    assert done.stdout == "refused\nleft: x.pdf\nold\n"


def test_the_schema_is_the_one_of_the_program(folder: Path) -> None:
    """What ``new`` writes beside an issue is whole before the issue is there."""
    after, _ = succeed(CASES["new"], folder)
    name = next(file for file in after if file.endswith(".json"))
    assert json.loads(after[name]) == issue_schema()
