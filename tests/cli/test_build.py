"""``brieftex build``: what it writes, what it says, what it leaves alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.support import BROKEN, ISSUE, files

from brieftex.output import write_whole

SUMMARY = r"(?m)^{}：1 页，1 张（双面），\d+ 字，0 个警告，\d+ kB$"


def test_an_issue_becomes_a_pdf_in_out(brieftex: Callable, folder: Path, issue: Path) -> None:
    result = brieftex("build", issue.name)
    assert (result.returncode, result.stdout) == (0, "")
    assert re.search(SUMMARY.format(re.escape(str(Path("out/issue.pdf")))), result.stderr)
    assert (folder / "out/issue.pdf").read_bytes().startswith(b"%PDF-")
    assert files(folder) == {"issue.yaml", "out/issue.pdf"}


def test_without_files_the_folders_issue_is_built(
    brieftex: Callable, folder: Path, issue: Path
) -> None:
    (folder / "other.yaml").write_text(BROKEN, encoding="utf-8")
    assert brieftex("build").returncode == 0
    assert files(folder) == {issue.name, "other.yaml", "out/issue.pdf"}


@pytest.mark.parametrize(
    ("output", "written"),
    [("x.pdf", "x.pdf"), ("new/x.pdf", "new/x.pdf"), ("new/", "new/issue.pdf")],
)
@pytest.mark.usefixtures("issue")
def test_output_is_a_file_or_a_folder(
    brieftex: Callable, folder: Path, output: str, written: str
) -> None:
    assert brieftex("build", "issue.yaml", "-o", output).returncode == 0
    assert files(folder) == {"issue.yaml", written}


def test_one_bad_file_does_not_keep_the_others_from_being_built(
    brieftex: Callable, folder: Path
) -> None:
    for name, text in (("a", ISSUE), ("b", BROKEN), ("c", ISSUE)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    result = brieftex("build", "a.yaml", "b.yaml", "c.yaml", "-o", "pdf")
    assert result.returncode == 1
    assert "b.yaml:4:" in result.stderr
    assert files(folder) >= {"pdf/a.pdf", "pdf/c.pdf"}
    assert "pdf/b.pdf" not in files(folder)


def test_a_failed_build_leaves_the_last_pdf_and_nothing_else(
    brieftex: Callable, folder: Path, issue: Path
) -> None:
    (folder / "out").mkdir()
    (folder / "out/issue.pdf").write_bytes(b"the last one")
    issue.write_text(BROKEN, encoding="utf-8")
    result = brieftex("build", "issue.yaml")
    assert result.returncode == 1
    assert "没有生成 PDF" in result.stderr
    assert "Traceback" not in result.stderr
    assert (folder / "out/issue.pdf").read_bytes() == b"the last one"
    assert files(folder) == {"issue.yaml", "out/issue.pdf"}


def test_a_missing_file_is_named(brieftex: Callable, folder: Path) -> None:
    result = brieftex("build", "没有.yaml")
    assert result.returncode == 1
    assert "没有.yaml" in result.stderr
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("issue")
def test_a_place_that_cannot_be_written_is_named(brieftex: Callable, folder: Path) -> None:
    (folder / "out/issue.pdf").mkdir(parents=True)
    result = brieftex("build", "issue.yaml")
    assert result.returncode == 1
    assert "无法写入" in result.stderr
    assert files(folder) == {"issue.yaml"}


def test_json_is_one_array_on_standard_output(brieftex: Callable, folder: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (folder / name).write_text(BROKEN, encoding="utf-8")
    result = brieftex("build", "a.yaml", "b.yaml", "--format", "json")
    found = json.loads(result.stdout)
    assert {row["file"] for row in found} == {"a.yaml", "b.yaml"}
    assert {(row["line"], row["severity"]) for row in found} >= {(4, "error")}


@pytest.mark.parametrize(
    ("style", "stream", "start"),
    [
        ("concise", "stderr", "issue.yaml:4:"),
        ("github", "stdout", "::error file=issue.yaml,line=4,"),
    ],
)
def test_formats(brieftex: Callable, issue: Path, style: str, stream: str, start: str) -> None:
    issue.write_text(BROKEN, encoding="utf-8")
    result = brieftex("build", "issue.yaml", "--format", style)
    assert getattr(result, stream).startswith(start)


@pytest.mark.usefixtures("issue")
def test_messages_can_be_english(brieftex: Callable) -> None:
    result = brieftex("build", "issue.yaml", BRIEFTEX_LANG="en")
    assert re.search(r"1 pages?, 1 sheets? \(duplex\)", result.stderr)


@pytest.mark.parametrize("failure", [OSError, KeyboardInterrupt])
def test_an_interrupted_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: type[BaseException]
) -> None:
    target = tmp_path / "x.pdf"
    target.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(failure):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert files(tmp_path) == {"x.pdf"}


def test_editions_lie_side_by_side(brieftex: Callable, folder: Path, issue: Path) -> None:
    options = ("--edition", "print", "--edition", "review", "--edition", "print")
    assert brieftex("build", issue.name, *options).returncode == 0
    assert files(folder) == {"issue.yaml", "out/issue-print.pdf", "out/issue-review.pdf"}


def test_one_edition_goes_where_output_says(brieftex: Callable, folder: Path, issue: Path) -> None:
    assert brieftex("build", issue.name, "--edition", "mail", "-o", "x.pdf").returncode == 0
    assert files(folder) == {"issue.yaml", "x.pdf"}
    result = brieftex("build", issue.name, "--edition", "mail", "--edition", "large", "-o", "y.pdf")
    assert result.returncode == 2
    assert "-o 应当是文件夹" in result.stderr


def test_an_unknown_edition_lists_the_known_ones(
    brieftex: Callable, folder: Path, issue: Path
) -> None:
    result = brieftex("build", issue.name, "--edition", "prints")
    assert result.returncode == 1
    assert "BT289" in result.stderr
    known = "large（大字）、mail（邮件）、mono（黑白）、print（印刷）、review（送审）"
    assert known in result.stderr
    assert files(folder) == {"issue.yaml"}


def test_an_edition_of_ones_own_is_a_file(brieftex: Callable, folder: Path, issue: Path) -> None:
    (folder / "送审.yaml").write_text("watermark: {text: 送审}\n", encoding="utf-8")
    result = brieftex("build", issue.name, "--edition", "送审.yaml")
    assert result.returncode == 0
    assert files(folder) == {"issue.yaml", "送审.yaml", "out/issue-送审.pdf"}
    (folder / "送审.yaml").write_text("watermarks: {text: 送审}\n", encoding="utf-8")
    result = brieftex("build", issue.name, "--edition", "送审.yaml")
    assert result.returncode == 1
    assert "送审.yaml:1:1" in result.stderr


@pytest.mark.parametrize(
    ("options", "marked"),
    [
        ((), False), (("--watermark", "机密"), True), (("--watermark", ""), False),
        (("--edition", "review"), True), (("--edition", "review", "--watermark", " "), False),
    ],
)  # fmt: skip
def test_watermarks_are_asked_for(
    brieftex: Callable, issue: Path, options: tuple[str, ...], marked: bool
) -> None:
    result = brieftex("dump", issue.name, *options)
    assert result.returncode == 0
    assert (" watermark " in result.stdout) is marked


def test_a_draft_says_so(brieftex: Callable, folder: Path, issue: Path) -> None:
    assert brieftex("build", issue.name).returncode == 0
    plain = (folder / "out/issue.pdf").read_bytes()
    assert brieftex("build", issue.name, "--draft", "-o", "a.pdf").returncode == 0
    assert brieftex("build", issue.name, "--watermark", "草稿", "-o", "b.pdf").returncode == 0
    assert (folder / "a.pdf").read_bytes() == (folder / "b.pdf").read_bytes() != plain
