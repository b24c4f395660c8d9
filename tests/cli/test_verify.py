"""``brieftex verify``, and what ``build`` does with its findings; attachments, passwords."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import click
import pikepdf
import pytest
from helpers import processes
from helpers.support import BROKEN, ISSUE, files

from brieftex.cli import run
from brieftex.output import write_whole
from brieftex.pdf.write import draw as drawing


@pytest.fixture
def built(brieftex: Callable, folder: Path, issue: Path) -> Path:
    """The PDF of the folder's issue."""
    assert brieftex("build", issue.name, "--bundled-fonts").returncode == 0
    return folder / "out/issue.pdf"


def test_a_built_file_is_good(brieftex: Callable, built: Path, issue: Path) -> None:
    result = brieftex("verify", str(built))
    assert (result.returncode, result.stdout) == (0, "")
    assert "核验通过" in result.stderr
    result = brieftex("verify", str(built), "--against", issue.name, "--bundled-fonts")
    assert result.returncode == 0
    assert "与原稿一致" in result.stderr


def test_a_changed_issue_is_shown_with_its_line(
    brieftex: Callable, built: Path, issue: Path
) -> None:
    issue.write_text(ISSUE.replace("只有一段话", "只有两段话"), encoding="utf-8")
    call = ("verify", str(built), "--against", issue.name, "--bundled-fonts", "--format")
    result = brieftex(*call, "concise")
    assert result.returncode == 1
    assert "issue.yaml:11:" in result.stderr
    assert "只有两段话" in result.stderr
    result = brieftex(*call, "json")
    assert [row["code"] for row in json.loads(result.stdout)] == ["BT951"]


def test_what_cannot_be_verified_is_said(brieftex: Callable, folder: Path, built: Path) -> None:
    (folder / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    (folder / "text.pdf").write_text("no PDF", encoding="utf-8")
    for arguments, status, message in (
        (("nowhere.pdf",), 1, "无法读取 nowhere.pdf"),
        (("text.pdf",), 1, "不是 PDF"),
        (("out",), 1, "无法读取 out"),
        ((str(built), "--against", "broken.yaml"), 1, "broken.yaml:4:"),
        ((str(built), "--against", "nowhere.yaml"), 1, "nowhere.yaml"),
        ((), 2, "FILE.pdf"),
    ):
        result = brieftex("verify", *arguments)
        assert result.returncode == status
        assert message in result.stderr
        assert "Traceback" not in result.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode elsewhere")
def test_a_name_that_is_no_unicode_can_be_attached(brieftex: Callable, folder: Path) -> None:
    path = folder / b"\xff\xe7\x94\xb2.yaml".decode("utf-8", "surrogateescape")
    path.write_text(ISSUE, encoding="utf-8")
    out = folder / "out.pdf"
    call = ("build", path.name, "--attach-source", "--bundled-fonts", "-o", str(out))
    assert brieftex(*call).returncode == 0
    with pikepdf.open(out) as pdf:
        assert list(pdf.attachments) == ["\ufffd甲.yaml"]


def test_a_file_that_lost_something_does_not_replace_the_old_one(
    folder: Path, issue: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    """Ensures that the last stage of a build has the last word: the pages are right, the file
    made of them is not."""
    monkeypatch.chdir(folder)
    write_whole(folder / "out/issue.pdf", b"the last one")
    whole = drawing.draw

    def careless(pages: tuple, *others: object, **named: object) -> bytes:
        items = tuple(item for item in pages[0].items if "段" not in str(item))
        return whole([type(pages[0])(1, pages[0].trim, items, (), pages[0].anchors)],
                     *others, **named)  # fmt: skip

    monkeypatch.setattr(drawing, "draw", careless)
    assert run(["build", issue.name, "--bundled-fonts"]) == 1
    error = capsys.readouterr().err
    assert "BT951" in error
    assert "没有生成 PDF" in error
    assert (folder / "out/issue.pdf").read_bytes() == b"the last one"
    assert files(folder) == {"issue.yaml", "out/issue.pdf"}


def test_the_source_can_ride_along(brieftex: Callable, folder: Path, issue: Path) -> None:
    """Ensures that the attached file is the issue, so that it can be built again from it."""
    result = brieftex("build", issue.name, "--attach-source", "--bundled-fonts")
    assert result.returncode == 0
    with pikepdf.open(folder / "out/issue.pdf") as pdf:
        assert pdf.attachments["issue.yaml"].get_file().read_bytes() == issue.read_bytes()
        (attached,) = pdf.Root.AF
        assert attached.AFRelationship == "/Source"
    assert brieftex("verify", "out/issue.pdf", "--against", issue.name).returncode == 0


def test_a_password_protects(brieftex: Callable, folder: Path, issue: Path) -> None:
    """Ensures that the file opens with the password alone, forbids changes but neither
    printing nor reading aloud, and is nowhere called PDF/A."""
    result = brieftex("build", issue.name, "--password", BRIEFTEX_PASSWORD="机密-1")
    assert result.returncode == 0
    assert "不是 PDF/A" in result.stderr
    assert "机密" not in result.stdout + result.stderr
    path = folder / "out/issue.pdf"
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(path)
    with pikepdf.open(path, password="机密-1") as pdf:
        assert pdf.encryption.R == 6
        assert pdf.encryption.stream_method == pikepdf.models.EncryptionMethod.aesv3
        assert pdf.allow.print_highres
        assert pdf.allow.accessibility
        assert not pdf.allow.modify_other
        assert not pdf.allow.modify_annotation
        assert not pdf.owner_password_matched
        assert b"pdfaid:part>" not in pdf.Root.Metadata.read_bytes()
        assert b"pdfuaid:part>1<" in pdf.Root.Metadata.read_bytes()
    assert "--password" in brieftex("verify", "out/issue.pdf").stderr
    for word, status in (("机密-1", 0), ("x", 1)):
        result = brieftex("verify", "out/issue.pdf", "--password", BRIEFTEX_PASSWORD=word)
        assert result.returncode == status


def test_a_password_is_read_from_standard_input(
    folder: Path, issue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "stdin", StringIO("一二三\n"))
    assert run(["build", issue.name, "--password"]) == 0
    with pikepdf.open(folder / "out/issue.pdf", password="一二三") as pdf:
        assert len(pdf.pages) == 1


def test_a_typed_password_is_asked_for_until_both_are_the_same(
    folder: Path, issue: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    class Keyboard(StringIO):
        def isatty(self) -> bool:
            return True

    asked: list[str] = []
    typed = iter(["甲", "乙", "丙", "丙"])

    def prompt(what: str, **how: object) -> str:
        assert how["hide_input"]
        asked.append(what)
        return next(typed)

    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "stdin", Keyboard())
    monkeypatch.setattr(click, "prompt", prompt)
    assert run(["build", issue.name, "--password"]) == 0
    assert asked == ["密码", "再输一次"] * 2
    assert "两次输入不一样" in capsys.readouterr().err
    with pikepdf.open(folder / "out/issue.pdf", password="丙") as pdf:
        assert len(pdf.pages) == 1


@pytest.mark.parametrize("password", ["", "长" * 43, "\u200b", "a\tb", "甲\u3000乙", "\udcff"])
@pytest.mark.usefixtures("issue")
def test_a_useless_password_is_refused(brieftex: Callable, folder: Path, password: str) -> None:
    result = brieftex("build", "issue.yaml", "--password", BRIEFTEX_PASSWORD=password)
    assert result.returncode == 2
    assert "密码" in result.stderr
    assert files(folder) == {"issue.yaml"}


@pytest.mark.usefixtures("issue")
def test_a_useless_password_from_standard_input_is_refused(folder: Path) -> None:
    """Ensures that the line of /dev/zero is not waited for, and that bytes which are no text are
    no defect."""
    bytes_ = folder / "bytes"
    bytes_.write_bytes(b"\xff\xfe\n")
    for path in (bytes_, Path("/dev/zero")):
        if path.exists():
            with path.open("rb") as stdin:
                done = processes.run("build", "issue.yaml", "--password", cwd=folder, stdin=stdin)
            assert done.returncode == 2
            assert "密码" in done.stderr


def test_without_a_cipher_the_package_is_named(
    folder: Path, issue: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    """Ensures that an installation without the extra says what to install, and writes
    nothing."""
    from pypdf import PdfWriter  # noqa: PLC0415
    from pypdf.errors import DependencyError  # noqa: PLC0415

    def fail(*_: object, **__: object) -> None:
        raise DependencyError("cryptography>=3.1 is required for AES algorithm")

    monkeypatch.chdir(folder)
    monkeypatch.setenv("BRIEFTEX_PASSWORD", "x")
    monkeypatch.setattr(PdfWriter, "encrypt", fail)
    assert run(["build", issue.name, "--password"]) == 1
    assert "brieftex[password]" in capsys.readouterr().err
    assert files(folder) == {"issue.yaml"}


def test_an_encrypted_file_is_read_by_poppler(
    brieftex: Callable, folder: Path, issue: Path
) -> None:
    """Ensures that a reader that had no part in it opens the file."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed")
    assert brieftex("build", issue.name, "--password", BRIEFTEX_PASSWORD="abc").returncode == 0
    command = [program, "-upw", "abc", "out/issue.pdf", "-"]
    found = subprocess.run(command, cwd=folder, check=True, capture_output=True).stdout
    assert "只有一段话" in found.decode()
