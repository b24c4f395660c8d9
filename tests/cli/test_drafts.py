"""``brieftex diff``: which drafts are compared, and what is written of them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pymupdf
import pytest
from helpers.support import ISSUE
from PIL import Image

from brieftex.cli import run

OTHER = ISSUE.replace("只有一段话", "只有两段话")
GIT = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("issue.yaml").write_text(ISSUE, "utf-8")
    return tmp_path


def approve() -> None:
    assert run(["approve", "issue.yaml", "--by", "李明", "--bundled-fonts"]) == 0


def edit() -> None:
    text = Path("issue.yaml").read_text("utf-8")
    Path("issue.yaml").write_text(text.replace("只有一段话", "只有两段话"), "utf-8")


@pytest.mark.usefixtures("folder")
def test_against_the_approved_text(capsys: pytest.CaptureFixture[str]) -> None:
    approve()
    edit()
    capsys.readouterr()
    assert run(["diff", "issue.yaml", "--approved", "-o", "x.pdf", "--bundled-fonts"]) == 0
    assert "[-一段话-]{+两段话+}" in capsys.readouterr().out
    with pymupdf.open("x.pdf") as book:
        assert "（定稿）" in book[0].get_text()


@pytest.mark.usefixtures("folder")
def test_approved_again_it_is_the_newer_text(capsys: pytest.CaptureFixture[str]) -> None:
    approve()
    edit()
    approve()
    capsys.readouterr()
    assert run(["diff", "issue.yaml", "--approved"]) == 0
    assert capsys.readouterr().out == ""
    assert len(list(Path(".approved").iterdir())) == 2


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.usefixtures("folder")
def test_without_its_copy_the_repository_is_searched(capsys: pytest.CaptureFixture[str]) -> None:
    approve()
    for step in (["init", "-q"], ["add", "issue.yaml"], ["commit", "-qm", "x"]):
        subprocess.run([*GIT, *step], check=True, capture_output=True)
    edit()
    subprocess.run([*GIT, "commit", "-qam", "y"], check=True, capture_output=True)
    shutil.rmtree(".approved")
    capsys.readouterr()
    assert run(["diff", "issue.yaml", "--approved"]) == 0
    assert "[-一段话-]{+两段话+}" in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
def test_what_was_never_approved_or_is_lost(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "issue.yaml", "--approved"]) == 1
    assert "还没有定稿" in capsys.readouterr().err
    approve()
    edit()
    shutil.rmtree(".approved")
    assert run(["diff", "issue.yaml", "--approved"]) == 1
    assert "找不到" in capsys.readouterr().err


def test_a_folder_where_no_copy_can_be_kept(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / ".approved").write_text("", "utf-8")  # a file where the folder would be
    approve()
    assert "没能另存" in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.usefixtures("folder")
def test_a_revision_has_its_own_pictures(capsys: pytest.CaptureFixture[str]) -> None:
    figure = ISSUE.replace(
        "只有一段话。", "\n          - 话。\n          - {figure: a.png, alt: 图}"
    )
    Path("issue.yaml").write_text(figure, "utf-8")
    Image.new("RGB", (60, 40), "red").save("a.png")
    for step in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run([*GIT, *step], check=True, capture_output=True)
    assert run(["diff", "issue.yaml", "--git", "HEAD"]) == 0
    assert capsys.readouterr().out == ""
    Image.new("RGB", (60, 40), "blue").save("a.png")
    assert run(["diff", "issue.yaml", "--git", "HEAD"]) == 0
    assert "图片换了" in capsys.readouterr().out
    Path("a.png").unlink()  # the new draft has none any more
    Path("issue.yaml").write_text(ISSUE, "utf-8")
    assert run(["diff", "issue.yaml", "--git", "HEAD", "-o", "x.pdf", "--bundled-fonts"]) == 0
    assert "删·插图" in capsys.readouterr().out


@pytest.mark.parametrize(
    "call",
    [
        ["old.yaml", "issue.yaml", "-o", "x.txt"],
        ["old.yaml", "issue.yaml", "-o", "issue.yaml"],
        ["old.yaml", "issue.yaml", "--bars"],
        ["old.yaml", "issue.yaml", "--bars", "-o", "x.docx"],
        ["old.yaml", "issue.yaml", "-o", "x.pdf", "-o", "x.pdf"],
        ["issue.yaml", "--approved", "--git", "HEAD"],
        ["old.yaml", "issue.yaml", "-o", "x.docx", "--date", "后天"],
    ],
)
@pytest.mark.usefixtures("folder")
def test_wrong_calls(call: list[str]) -> None:
    Path("old.yaml").write_text(OTHER, "utf-8")
    assert run(["diff", *call]) == 2
    assert not Path("x.pdf").exists()


@pytest.mark.usefixtures("folder")
def test_same_drafts_same_bytes() -> None:
    Path("old.yaml").write_text(OTHER, "utf-8")
    for name in ("a", "b"):
        call = ["diff", "old.yaml", "issue.yaml", "-o", f"{name}.pdf", "-o", f"{name}.docx"]
        assert run([*call, "--bundled-fonts", "--date", "2026-05-06"]) == 0
    assert Path("a.pdf").read_bytes() == Path("b.pdf").read_bytes()
    assert Path("a.docx").read_bytes() == Path("b.docx").read_bytes()


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.usefixtures("folder")
def test_a_file_that_was_renamed_is_known_by_its_former_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    figure = ISSUE.replace(
        "只有一段话。", "\n          - 只有一段话。\n          - {figure: 图/a.png, alt: 图}"
    )
    Path("旧").mkdir()
    Path("旧/图").mkdir()
    Path("旧/issue.yaml").write_text(figure, "utf-8")
    Image.new("RGB", (60, 40), "red").save("旧/图/a.png")
    for step in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"], ["mv", "旧", "新"],
                 ["mv", "新/issue.yaml", "新/四月.yaml"]):  # fmt: skip
        subprocess.run([*GIT, *step], check=True, capture_output=True)
    Path("新/四月.yaml").write_text(figure.replace("一段话", "两段话"), "utf-8")
    assert run(["diff", "新/四月.yaml", "--git", "HEAD"]) == 0
    out, err = capsys.readouterr()
    assert "[-一段话-]{+两段话+}" in out
    assert "1 处不同" in err
    assert run(["diff", "新/四月.yaml", "--git", "nosuch"]) == 2
    assert "没有这一版" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_an_edited_document_is_one_of_word(capsys: pytest.CaptureFixture[str]) -> None:
    Path("edited.docx").write_text("不是 Word 文件", "utf-8")
    assert run(["diff", "issue.yaml", "--docx", "edited.docx"]) == 1
    assert "BT544" in capsys.readouterr().err
