"""What is no file is refused at once, wherever a file is read: a pipe would be waited for, and a
device need not end."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import TypeAlias

import pytest
from helpers.support import ISSUE
from msgspec import Struct

from brieftex.cli import run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")

Make: TypeAlias = Callable[[Path], object]

SPECIAL = "管道或设备"


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)  # relative: an address has 107 bytes


MAKERS: dict[str, Make] = {
    "pipe": os.mkfifo,
    "endless device": lambda path: path.symlink_to("/dev/zero"),
    "socket": a_socket,
}


class Reading(Struct, frozen=True):
    """A command that reads the file ``special``; its status and what it says then. What is
    ``confined`` to the folder is not read by a link out of it."""

    arguments: tuple[str, ...]
    special: str
    status: int = 1
    says: str = SPECIAL
    issue: str = ISSUE
    confined: bool = False


def with_line(line: str) -> str:
    return ISSUE.replace("brieftex: 1", f"brieftex: 1\n{line}")


def with_figure(name: str) -> str:
    return ISSUE.replace("只有一段话。", f"\n          - figure: {name}\n            alt: 图")


READINGS = {
    "build": Reading(("build", "x.yaml"), "x.yaml"),
    "check": Reading(("check", "x.yaml"), "x.yaml"),
    "check --fix": Reading(("check", "--fix", "x.yaml"), "x.yaml"),
    "check a folder": Reading(("check", "."), "x.yaml", 0, "1 个文件"),
    "dump": Reading(("dump", "x.yaml"), "x.yaml"),
    "fonts": Reading(("fonts", "x.yaml"), "x.yaml"),
    "new --from": Reading(("new", "--from", "x.yaml"), "x.yaml"),
    "new beside": Reading(("new", "--from", "issue.yaml"), "x.yaml", 0, "第2期"),
    "watch": Reading(("watch", "x.yaml", "--no-open"), "x.yaml"),
    "verify": Reading(("verify", "x.pdf"), "x.pdf"),
    "--against": Reading(("verify", "good.pdf", "--against", "x.yaml"), "x.yaml"),
    "--theme": Reading(("build", "issue.yaml", "--theme", "./x.yaml"), "x.yaml"),
    "--edition": Reading(("build", "issue.yaml", "--edition", "./x.yaml"), "x.yaml"),
    "theme": Reading(
        ("build", "issue.yaml"), "x.yaml", issue=with_line("theme: x.yaml"), confined=True
    ),
    "extends": Reading(("build", "issue.yaml", "--theme", "./own.yaml"), "x.yaml", confined=True),
    "picture": Reading(("build", "issue.yaml"), "x.png", issue=with_figure("x.png"), confined=True),
    "drawing": Reading(("build", "issue.yaml"), "x.svg", issue=with_figure("x.svg"), confined=True),
    "font": Reading(("build", "issue.yaml"), "fonts/x.ttf", 0, "字体文件打不开"),
    "cache": Reading(("build", "issue.yaml"), "cache/fonts.json", 0, "1 页"),
    "approve": Reading(("approve", "x.yaml", "--by", "甲"), "x.yaml"),
    "import": Reading(("import", "x.docx"), "x.docx"),
    "import --into": Reading(("import", "a.md", "--into", "x.yaml"), "x.yaml"),
    "import --from": Reading(("import", "a.md", "--from", "x.yaml"), "x.yaml"),
    "import a folder": Reading(("import", ".", "-o", "y.yaml"), "x.docx"),
    "picture of a document": Reading(("import", "b.md"), "x.png", 0, "x.png"),
    "readers check": Reading(("readers", "check", "x.csv"), "x.csv"),
    "readers add": Reading(("readers", "add", "x.csv", "--name", "甲"), "x.csv"),
    "ledger": Reading(("ledger", "list", "--ledger", "x.db"), "x.db"),
    "print": Reading(("print", "x.yaml"), "x.yaml"),
    "print --ledger": Reading(
        ("print", "issue.yaml", "--copies", "2", "--force", "--ledger", "x.db"), "x.db"
    ),
    "the usual issue": Reading(("build",), "issue.yaml", 0, "another.pdf：1 页"),
}


@pytest.fixture(autouse=True)
def _never_for_ever() -> Iterator[None]:
    """Only a test that has failed is ended by this."""

    def waited(_number: int, _frame: FrameType | None) -> None:
        raise AssertionError("something is waited for")

    before = signal.signal(signal.SIGALRM, waited)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("# 题\n\n一段话。\n", "utf-8")
    (tmp_path / "b.md").write_text("# 题\n\n一段话。\n\n![图](x.png)\n", "utf-8")
    (tmp_path / "good.pdf").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "own.yaml").write_text("extends: x.yaml\n", "utf-8")
    for name in ("fonts", "cache"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("BRIEFTEX_CACHE", "cache")
    return tmp_path


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("reading", READINGS.values(), ids=READINGS.keys())
def test_it_is_refused_at_once(
    reading: Reading, kind: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / reading.special
    if reading.special == "issue.yaml":
        (folder / "own.yaml").rename(folder / "another.yaml")
        (folder / "another.yaml").write_text(ISSUE, "utf-8")
    else:
        (folder / "issue.yaml").write_text(reading.issue, "utf-8")
    os.chdir(path.parent)
    MAKERS[kind](path)
    os.chdir(folder)
    assert run(reading.arguments) == reading.status
    said = capsys.readouterr().err
    linked_out = reading.confined and path.is_symlink()
    assert ("文件夹里" if linked_out else reading.says) in said
    assert "缺陷" not in said


@pytest.mark.parametrize("name", ["x.png", "x.svg"])
def test_why_a_figure_cannot_be_read_is_said_in_words(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is not said to be missing where it is there, nor in the words of the system."""
    (folder / "issue.yaml").write_text(with_figure(name), "utf-8")
    assert run(["build", "issue.yaml"]) == 1
    assert "找不到插图" in capsys.readouterr().err
    (folder / name).symlink_to(name)
    assert run(["build", "issue.yaml"]) == 1
    assert "链接绕成了圈" in capsys.readouterr().err
    (folder / name).unlink()
    (folder / name).mkdir()
    assert run(["build", "issue.yaml"]) == 1
    assert "这是一个文件夹" in capsys.readouterr().err


def test_a_document_takes_no_picture_from_elsewhere(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A Markdown file that came by mail would put any file of the machine beside the issue."""
    secret = tmp_path_factory.mktemp("home") / "secret.png"
    secret.write_bytes(b"secret")
    way = os.path.relpath(secret, folder)
    (folder / "c.md").write_text(f"# 题\n\n一段话。\n\n![图]({way})\n", "utf-8")
    run(["import", "c.md"])
    held = [path for path in folder.rglob("*") if path.is_file()]
    assert not [path for path in held if path.read_bytes() == b"secret"]
