"""``brieftex build`` over folders and many files: processes, order, interruptions."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import processes
from helpers.support import BROKEN, ISSUE, files

LONG = ISSUE.replace("只有一段话。", "只有一段话，很长的一段话。" * 300)
WARNED = ISSUE.replace("只有一段话。", "只有一段话，(括号是半角的)。")


def put(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("一件小事", f"{name}的一件小事"), encoding="utf-8")


@pytest.fixture
def year(folder: Path) -> Path:
    """A folder of good issues, one with a warning and one that is broken, in sub-folders."""
    tree = folder / "各期"
    put(tree, a__1=LONG, a__2=BROKEN, a__3=WARNED, b__1=ISSUE, b__2=ISSUE)
    (tree / "look.yaml").write_text("extends: briefing\n", encoding="utf-8")
    return tree


@pytest.mark.parametrize("style", ["full", "json", "github"])
def test_processes_give_what_single_builds_give(
    process: Callable, brieftex: Callable, folder: Path, year: Path, style: str
) -> None:
    """Ensures bytes, findings and their order, although the first file is the last to be done;
    folders in the folder are kept; a broken file stops nothing."""
    arguments = ("build", "各期", "--bundled-fonts", "--format", style, "-o")
    many = process(*arguments, "many", "-j", "3")
    one = brieftex(*arguments, "one", "-j", "1")
    assert many.returncode == one.returncode == 1
    assert many.stdout == one.stdout
    assert many.stderr.replace("many", "one") == one.stderr
    if style == "json":
        assert {row["file"] for row in json.loads(many.stdout)} == {
            str(Path("各期/a/2.yaml")), str(Path("各期/a/3.yaml")),
        }  # fmt: skip
    written = files(folder / "many")
    assert written == files(folder / "one") == {"a/1.pdf", "a/3.pdf", "b/1.pdf", "b/2.pdf"}
    for name in written:
        assert (folder / "many" / name).read_bytes() == (folder / "one" / name).read_bytes()
    single = folder / "single.pdf"
    brieftex("build", str(year / "a/1.yaml"), "-o", str(single), "--bundled-fonts")
    assert single.read_bytes() == (folder / "many/a/1.pdf").read_bytes()


def test_a_folder_is_several_files(brieftex: Callable, folder: Path, year: Path) -> None:
    assert brieftex("build", "各期", "-o", "a.pdf").returncode == 2
    for path in year.rglob("*.yaml"):
        if path.parent.name != "b":
            path.unlink()
    assert brieftex("build", "各期/b", "各期/b/1.yaml", "-o", "x/").returncode == 0
    assert files(folder / "x") == {"1.pdf", "2.pdf"}
    (year / "b/1.yaml").unlink()
    assert brieftex("build", "各期/b", "-o", "only.pdf").returncode == 2
    (year / "b/2.yaml").unlink()
    result = brieftex("build", "各期/b")
    assert (result.returncode, "没有简报文件" in result.stderr) == (2, True)


DYING = """\
import multiprocessing, os, signal, sys
from brieftex.batch import processes
built = processes.built
def dying(task, manner, services):
    if task.issue.stem == "2":
        os.kill(os.getpid(), signal.SIGKILL)
    if task.issue.stem == "4":
        return processes.BuildResult(defect="a traceback")
    return built(task, manner, services)
processes.built = dying
get_context = multiprocessing.get_context
multiprocessing.get_context = lambda way: get_context("fork")
from brieftex.cli import run
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux")
def test_who_dies_of_a_file_loses_this_file_alone(folder: Path) -> None:
    """Ensures it for a process that the system kills, and for a failure of brieftex itself."""
    for name in "123456":
        put(folder / "in", **{name: ISSUE})
    call = ["build", "in", "-j", "2", "-o", "out/"]
    env = {**os.environ, "TMPDIR": str(folder)}  # where the log of the failure is
    result = processes.run(*call, program=DYING, cwd=folder, env=env)
    assert result.returncode == 3
    assert files(folder / "out") == {"1.pdf", "3.pdf", "5.pdf", "6.pdf"}
    lines = result.stderr.splitlines()
    assert [line[:9] for line in lines if "pdf：" in line] == [f"out/{n}.pdf" for n in "1356"]
    assert "in/2.yaml：排它的进程被系统结束了" in result.stderr
    assert "in/4.yaml：这是 brieftex 的缺陷" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no process groups")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_an_interruption_leaves_whole_files(folder: Path, number: signal.Signals) -> None:
    """Ensures whole files, no drafts, one line, and that no worker stays behind: Ctrl-C reaches
    every process of the terminal, a kill only the first."""
    for name in range(40):
        put(folder / "in", **{f"{name:02}": ISSUE})
    call = ["build", "in", "-j", "2", "-o", "out"]
    running = processes.started(*call, cwd=folder, stderr=subprocess.PIPE, start_new_session=True)
    assert running.stderr is not None
    first = running.stderr.readline()
    if number == signal.SIGINT:
        os.killpg(running.pid, number)
    else:
        running.kill()
    _, rest = running.communicate()  # ends when no process has it any more
    assert running.returncode == (130 if number == signal.SIGINT else -number)
    assert first.startswith("out/00.pdf：1 页")
    written = {path for path in files(folder / "out") if not path.startswith(".")}
    assert {"00.pdf"} <= written < {f"{name:02}.pdf" for name in range(40)}
    for path in written:
        assert (folder / "out" / path).read_bytes().endswith(b"%%EOF\n")
    if number == signal.SIGINT:
        assert files(folder / "out") == written
        assert rest.splitlines()[-1] == "已中断"
        assert rest.count("已中断") == 1


def test_what_has_not_changed_is_left_out(
    brieftex: Callable, folder: Path, year: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ensures that files with errors are told of again, warnings are not forgotten, and programs
    are told all."""
    monkeypatch.setenv("BRIEFTEX_CACHE", str(folder / "cache"))
    call = ("build", "各期", "-j", "1", "--bundled-fonts", "--rebuild", "changed")
    first = brieftex(*call)
    assert (first.returncode, "没有变化" in first.stderr) == (1, False)
    before = {path: path.stat().st_mtime_ns for path in (folder / "out").rglob("*.pdf")}
    assert len(before) == 4
    again = brieftex(*call)
    assert again.returncode == 1
    lines = again.stderr.splitlines()
    assert lines[0] == "4 个文件没有变化，略过"
    assert "out/a/3.pdf：没有变化，上次有 1 个警告" in lines
    assert "BT" in again.stderr  # of the broken one
    assert {path: path.stat().st_mtime_ns for path in before} == before
    rows = json.loads(brieftex(*call, "--format", "json").stdout)
    assert {Path(row["file"]).name for row in rows} == {"2.yaml", "3.yaml"}
    (folder / "out/b/1.pdf").unlink()
    put(year, b__2=ISSUE.replace("只有", "还有"))
    last = brieftex(*call)
    assert [line[:11] for line in last.stderr.splitlines() if " 页，" in line] == [
        "out/b/1.pdf", "out/b/2.pdf",
    ]  # fmt: skip
    assert brieftex(*call, "--password").returncode == 2
