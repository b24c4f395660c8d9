"""Where a build's output goes: names, links, modes, pipes, devices, drafts left behind."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from helpers import processes
from helpers.support import ISSUE, files

from brieftex.delivery.ledger import Entry, Ledger, Result
from brieftex.diagnostics.reasons import is_open_elsewhere, reason_of
from brieftex.output import flaw_of_name, write_output, write_whole

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these")


@posix
def test_a_link_is_written_to_where_it_leads(tmp_path: Path) -> None:
    real, link = tmp_path / "real.pdf", tmp_path / "link.pdf"
    real.write_bytes(b"old")
    link.symlink_to("real.pdf")
    write_output(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    dangling = tmp_path / "dangling.pdf"
    dangling.symlink_to("made.pdf")
    write_output(dangling, b"new")
    assert dangling.is_symlink()
    assert (tmp_path / "made.pdf").read_bytes() == b"new"


@posix
def test_a_link_to_the_issue_does_not_replace_it(
    brieftex: Callable, folder: Path, issue: Path
) -> None:
    (folder / "x.pdf").symlink_to(issue.name)
    result = brieftex("build", issue.name, "-o", "x.pdf")
    assert result.returncode == 2
    assert "输出会覆盖" in result.stderr
    assert issue.read_text("utf-8") == ISSUE


@posix
@pytest.mark.parametrize(
    "call",
    [
        ("collect", "issue.yaml", "-o", "x.pdf"),
        ("diff", "issue.yaml", "old.yaml", "-o", "x.pdf"),
    ],
    ids=lambda call: call[0],
)
def test_no_command_writes_over_what_it_reads(
    brieftex: Callable, folder: Path, issue: Path, call: tuple[str, ...]
) -> None:
    (folder / "old.yaml").write_text(ISSUE, "utf-8")
    (folder / "x.pdf").symlink_to(issue.name)
    result = brieftex(*call)
    assert (result.returncode, "输出会覆盖" in result.stderr) == (2, True), result.stderr
    assert issue.read_text("utf-8") == ISSUE


def test_a_pdf_among_the_papers_is_not_written_over(
    brieftex: Callable, folder: Path, issue: Path
) -> None:
    """Neither an attachment by the issue it belongs to nor a paper by the volume."""
    paper = folder / "p.pdf"
    assert brieftex("build", issue.name, "-o", "p.pdf", "--bundled-fonts").returncode == 0
    before = paper.read_bytes()
    attached = ISSUE.replace("sections:", "attachments: [{title: 附, pdf: p.pdf}]\nsections:")
    (folder / "a.yaml").write_text(attached, "utf-8")
    result = brieftex("build", "a.yaml", "-o", "p.pdf", "--bundled-fonts")
    assert (result.returncode, "要用这个文件" in result.stderr) == (1, True), result.stderr
    agenda = "agenda: [{title: 甲, papers: [{pdf: p.pdf}]}]"
    (folder / "m.yaml").write_text(f"meeting: {{name: 会, date: 2026-03-02}}\n{agenda}\n", "utf-8")
    result = brieftex("collect", "m.yaml", "-o", "p.pdf", "--bundled-fonts")
    assert (result.returncode, "BT592" in result.stderr) == (1, True), result.stderr
    assert paper.read_bytes() == before


def test_a_folder_is_no_name_of_a_file(brieftex: Callable, folder: Path) -> None:
    (folder / "a.md").write_text("# 题\n\n一段话。\n", "utf-8")
    result = brieftex("import", "a.md", "-o", ".")
    assert (result.returncode, "是文件夹" in result.stderr) == (2, True), result.stderr


@posix
@pytest.mark.parametrize("other", ["diff x.pdf issue.yaml", "diff issue.yaml issue.yaml -o x.pdf"])
def test_links_in_a_circle_are_no_defect(
    brieftex: Callable, folder: Path, issue: Path, other: str
) -> None:
    (folder / "x.pdf").symlink_to("x.pdf")
    result = brieftex(*other.split())
    assert (result.returncode, "链接绕成了圈" in result.stderr) == (1, True), result.stderr
    assert issue.read_text("utf-8") == ISSUE


@posix
def test_a_link_that_leads_in_a_circle_leads_nowhere(
    brieftex: Callable, folder: Path, issue: Path
) -> None:
    (folder / "x.pdf").symlink_to("x.pdf")
    result = brieftex("build", issue.name, "-o", "x.pdf")
    assert (result.returncode, "链接绕成了圈" in result.stderr) == (1, True), result.stderr
    assert (folder / "x.pdf").is_symlink()
    result = brieftex("build", issue.name, "-o", "issue.yaml/x.pdf")
    assert (result.returncode, "不是文件夹" in result.stderr) == (1, True), result.stderr


@posix
def test_a_file_keeps_its_mode_and_a_new_one_follows_the_umask(tmp_path: Path) -> None:
    old, new = tmp_path / "old.pdf", tmp_path / "new.pdf"
    old.write_bytes(b"old")
    old.chmod(0o640)
    before = os.umask(0o022)
    try:
        write_output(old, b"x")
        write_output(new, b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert stat.S_IMODE(new.stat().st_mode) == 0o644


@posix
@pytest.mark.parametrize("write", [write_output, write_whole])
def test_a_pipe_stays_a_pipe(tmp_path: Path, write: Callable[[Path, bytes], None]) -> None:
    """Ensures it for the library, too, whose files are always written by ``write_whole``."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write(pipe, b"x" * 100_000)
    reader.join(30)
    assert got == [b"x" * 100_000]
    assert stat.S_ISFIFO(pipe.lstat().st_mode)
    assert files(tmp_path) == set()


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="root makes nodes")
def test_a_device_stays_a_device(tmp_path: Path) -> None:
    node, disk = tmp_path / "null.pdf", tmp_path / "disk.pdf"
    try:
        os.mknod(node, stat.S_IFCHR | 0o666, os.makedev(1, 3))
        os.mknod(disk, stat.S_IFBLK | 0o666, os.makedev(7, 200))
        write_output(node, b"x")
    except PermissionError:
        pytest.skip("no devices may be made or used here")
    assert stat.S_ISCHR(node.lstat().st_mode)
    with pytest.raises(PermissionError):
        write_output(disk, b"x")
    assert stat.S_ISBLK(disk.lstat().st_mode)


def test_a_dash_is_standard_output(folder: Path, issue: Path) -> None:
    call = ["build", issue.name, "-o", "-", "--bundled-fonts"]
    done = processes.run(*call, cwd=folder, encoding=None)
    assert done.returncode == 0
    assert done.stdout.startswith(b"%PDF-")
    assert "标准输出" in done.stderr.decode("utf-8")
    assert files(folder) == {issue.name}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("-o", "-", "--format", "json"), "标准输出"),
        (("-o", "-", "--edition", "mail", "--edition", "print"), "标准输出"),
        (("-o", "a.doc"), "是不是 a.doc.pdf"),
        (("-o", "a"), "是不是 a.pdf"),
        (("-o", "nul.pdf"), "Windows"),
        (("-o", "x/COM1.PDF"), "Windows"),
        (("-o", "a.pdf "), "空格或句点"),
        (("-o", "字" * 90 + ".pdf"), "文件名太长"),
    ],
)
def test_what_cannot_be_written_is_said_before_the_work(
    brieftex: Callable, folder: Path, issue: Path, options: tuple[str, ...], words: str
) -> None:
    result = brieftex("build", issue.name, *options)
    assert result.returncode == 2
    assert words in result.stderr
    assert files(folder) == {issue.name}


@pytest.mark.parametrize(
    "name", ["con", "PRN.pdf", "lpt¹.pdf", "aux.tar.pdf", "a.", "a ", "x" * 256]
)
def test_names_that_no_file_should_have(name: str) -> None:
    assert flaw_of_name(name) is not None


@pytest.mark.parametrize("name", ["console.pdf", "com10.pdf", "简报 第1期.pdf", "x" * 251 + ".pdf"])
def test_names_that_files_may_have(name: str) -> None:
    assert flaw_of_name(name) is None


def test_a_name_of_the_longest_is_written(tmp_path: Path) -> None:
    """Its draft had a longer one, which no disk takes."""
    path = tmp_path / ("x" * 251 + ".pdf")
    write_whole(path, b"x")
    assert path.read_bytes() == b"x"


@posix
def test_drafts_of_the_dead_are_swept_and_those_of_the_living_are_not(tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    dead, living, other = (
        tmp_path / name
        for name in (
            ".brieftex-0123456789abcdef.tmp",
            ".brieftex-fedcba9876543210.tmp",
            ".brieftex-mine.tmp",
        )
    )
    for path in (dead, living, other):
        path.write_bytes(b"part")
    with living.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        write_whole(tmp_path / "x.pdf", b"x")
    assert files(tmp_path) == {living.name, other.name, "x.pdf"}


def test_only_a_file_held_open_is_said_to_be_open() -> None:
    assert is_open_elsewhere(OSError(errno.EBUSY, "busy"))
    assert not is_open_elsewhere(OSError(errno.ENOSPC, "No space left on device"))
    assert reason_of(OSError(errno.ENOSPC, "No space left on device"))[0] == "磁盘已满"


def test_windows_denies_access_for_many_reasons(tmp_path: Path) -> None:
    """Ensures that a folder nobody may write into, and a file that is read-only, are not said to
    be open in another program."""
    target = tmp_path / "x.pdf"
    target.write_bytes(b"old")

    def denied(number: int, renamed_to: Path | None) -> OSError:
        draft = tmp_path / "draft"
        error = PermissionError(errno.EACCES, "Access is denied", str(draft), None, renamed_to)
        error.winerror = number  # type: ignore[attr-defined]  # set on Windows alone
        return error

    assert is_open_elsewhere(denied(5, target))
    assert is_open_elsewhere(denied(32, None))
    assert not is_open_elsewhere(denied(5, None))
    assert not is_open_elsewhere(denied(5, tmp_path))
    target.chmod(0o444)
    if not os.access(target, os.W_OK):
        assert not is_open_elsewhere(denied(5, target))
    assert not is_open_elsewhere(denied(19, target))
    assert reason_of(denied(32, None))[0] == "它正被其他程序打开，请先关闭"
    assert reason_of(denied(5, None))[0] == "没有权限"


@pytest.mark.parametrize("command", ["build", "check", "verify"])
def test_gigabytes_are_refused_at_once(brieftex: Callable, folder: Path, command: str) -> None:
    with (folder / "huge.yaml").open("wb") as file:
        file.truncate(5 << 30)  # a hole: no byte of it is on the disk
    result = brieftex(command, "huge.yaml")
    assert result.returncode == 1
    assert "5120 MiB" in result.stderr or "太大" in result.stderr


@posix
@pytest.mark.parametrize("call", ["ledger list", "trace p.pdf", "mail issue.yaml --force --one"])
def test_a_locale_without_chinese_is_told(
    brieftex: Callable, folder: Path, issue: Path, call: str
) -> None:
    """Catches a defect where a name of brieftex's own, 发行.db or 草稿, cannot be written."""
    (folder / "p.pdf").write_bytes(b"%PDF-1.7\n")
    (folder / "readers.csv").write_text("姓名,邮箱,方式\n甲,a@b.cn,邮件\n", "utf-8")
    result = brieftex(*call.split(), LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert (result.returncode, "LC_ALL" in result.stderr) == (1, True), result.stderr
    assert issue.is_file()


@posix
def test_a_name_of_two_lines_is_told_in_one(brieftex: Callable, folder: Path) -> None:
    """Neither in what is written nor in findings does a name break its line or steer the
    terminal."""
    name = "a\nb\x1b[31m\u202e.yaml"
    (folder / name).write_text(ISSUE, "utf-8")
    result = brieftex("build", name, "--bundled-fonts")
    assert (folder / "out" / name.replace(".yaml", ".pdf")).exists()
    told = result.stderr.splitlines()[-1]
    assert told.startswith(r"out/a\nb\x1b[31m\u202e.pdf：1 页"), result.stderr
    missing = brieftex("check", "c\nd.yaml").stderr + brieftex("check", "c\nd.yaml").stdout
    assert r"找不到文件“c\nd.yaml”" in missing


@posix
@pytest.mark.parametrize(
    ("call", "target"),
    [
        (("print", "--copies", "2", "-o", "o"), "issue-print.pdf"),
        (("mail", "-o", "o"), "001-李明.eml"),
    ],
    ids=["print", "mail"],
)
def test_files_of_a_folder_replace_nothing_that_is_read(
    brieftex: Callable, folder: Path, issue: Path, call: tuple[str, ...], target: str
) -> None:
    readers = folder / "readers.csv"
    readers.write_text("姓名,邮箱\n李明,a@example.org\n", "utf-8")
    (folder / "o").mkdir()
    read = readers if call[0] == "mail" else issue
    (folder / "o" / target).symlink_to(read)
    before = read.read_bytes()
    result = brieftex(call[0], issue.name, *call[1:], "--force", "--bundled-fonts")
    assert (result.returncode, "输出会覆盖" in result.stderr) == (2, True), result.stderr
    assert read.read_bytes() == before


def test_an_export_replaces_nothing_but_an_export(brieftex: Callable, folder: Path) -> None:
    with Ledger(folder / "发行.db") as ledger:
        ledger.add(Entry("试排", "print", "", 1, 1, "李明", "", "paper", Result.PRINTED))
    (folder / "readers.csv").write_text("姓名,邮箱\n李明,a@example.org\n", "utf-8")
    (folder / "x.pdf").symlink_to("发行.db")
    for name in ("readers.csv", "x.pdf", "con.csv"):
        before = (folder / name).read_bytes() if (folder / name).exists() else b""
        result = brieftex("ledger", "export", "-o", name)
        assert result.returncode == 2, result.stderr
        assert not before or (folder / name).read_bytes() == before
    for _ in range(2):
        assert brieftex("ledger", "export", "-o", "a.csv").returncode == 0


@posix
def test_an_import_to_a_device_makes_no_file(brieftex: Callable, folder: Path) -> None:
    (folder / "a.md").write_text("# 题\n\n一段话。\n", "utf-8")
    os.mkfifo(folder / "pipe")
    taken: list[bytes] = []
    reader = Thread(target=lambda: taken.append((folder / "pipe").read_bytes()))
    reader.start()
    result = brieftex("import", "a.md", "-o", "pipe")
    reader.join()
    assert result.returncode == 0, result.stderr
    assert "一段话" in taken[0].decode()
    assert sorted(path.name for path in folder.iterdir()) == ["a.md", "pipe"]
