"""``brieftex collect``, called as its users call it."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from helpers.foreignfiles import with_words

from brieftex.cli import run
from brieftex.collection import pinyin

ISSUE = """brieftex: 1
masthead: {{name: 青溪简报, number: {0}, date: 2026-0{0}-10}}
sections:
- title: 动态
  items: [{{title: 第{0}则, body: 一段话。, contributors: [教务处]}}]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "2026").mkdir()
    for number in (1, 2):
        path = tmp_path / "2026" / f"{number}.yaml"
        path.write_text(ISSUE.format(number), "utf-8")
    return tmp_path


def test_a_folder_becomes_a_book(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["collect", "2026", "-o", "2026合订本.pdf", "--bundled-fonts"]) == 0
    assert (folder / "2026合订本.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert "2 期" in capsys.readouterr().err


def test_every_option_does_something(folder: Path) -> None:
    words = folder / "words.txt"
    words.write_text("一段话\n", "utf-8")
    plain = ["collect", "2026", "--bundled-fonts", "-o"]
    assert run([*plain, "plain.pdf"]) == 0
    before = (folder / "plain.pdf").read_bytes()
    for number, more in enumerate((
        ["--name", "溪"], ["--kind", "上半年合订本"], ["--names", str(words)], ["--run-on"],
        ["--no-index"], ["--no-statistics"], ["--edition", "print"], ["--theme", "official"],
    )):  # fmt: skip
        assert run([*plain, f"{number}.pdf", *more]) == 0, more
        assert (folder / f"{number}.pdf").read_bytes() != before, more


@pytest.mark.parametrize("output", ["-", "book.txt", "2026", "con.pdf"])
def test_what_is_no_file_for_a_book_is_refused(folder: Path, output: str) -> None:
    assert run(["collect", "2026", "-o", output]) == 2
    assert not (folder / "book.txt").exists()


def test_a_broken_file_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "2026" / "3.yaml").write_text("brieftex: 1\nmasthead: [\n", "utf-8")
    assert run(["collect", "2026"]) == 1
    said = capsys.readouterr().err
    assert "3.yaml" in said
    assert "没有合订" in said
    assert not (folder / "out").exists()


def test_what_is_lacking_is_told_before_anything_is_set(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pinyin, "find_spec", lambda name: None if name == "pypinyin" else name)
    assert run(["collect", "2026"]) == 1
    assert "pip install pypinyin" in capsys.readouterr().err
    assert run(["collect", "2026", "--no-index", "--bundled-fonts"]) == 0
    assert (folder / "out" / "合订本.pdf").exists()


def test_a_bad_list_of_words_is_told_with_its_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "words.txt").write_text("甲\n乙，动物\n", "utf-8")
    assert run(["collect", "2026", "--names", "words.txt"]) == 1
    assert "第2行" in capsys.readouterr().err
    assert run(["collect", "2026", "--names", "none.txt"]) == 1


def test_what_is_named_twice_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And taken once, also by a link; a copy of an issue is taken, and told as well."""
    year = folder / "2026"
    (year / "链接.yaml").symlink_to(year / "2.yaml")
    (year / "1副本.yaml").write_bytes((year / "1.yaml").read_bytes())
    call = ["collect", "2026", "2026/1.yaml", "./2026/1.yaml", "-o", "a.pdf", "--bundled-fonts"]
    assert run([*call, "--no-index", "--no-statistics"]) == 0
    said = capsys.readouterr().err
    assert "写了不止一次，只收一次：2026/链接.yaml、2026/1.yaml\n" in said
    assert "3 期" in said
    assert "1.yaml、1副本.yaml 都是青溪简报 2026年第1期，都收了" in said


def test_a_volume_of_issues_with_foreign_pages_says_what_it_is(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Folios of both kinds on pages that other files cover, and no mark of PDF/A."""
    with_words(folder / "2026" / "附.pdf", "one", "two")
    path = folder / "2026" / "2.yaml"
    path.write_text(ISSUE.format(2) + "attachments:\n- {pdf: 附.pdf, fit: whole}\n", "utf-8")
    assert run(["collect", "2026", "-o", "a.pdf", "--bundled-fonts", "--no-statistics"]) == 0
    assert "BT582" in capsys.readouterr().err
    assert run(["verify", "a.pdf"]) == 0
    file = pymupdf.open(folder / "a.pdf")
    page = next(page for page in file if "one" in page.get_text())
    words = {w[4]: w for w in page.get_text("words")}
    (own,) = (w for text, w in words.items() if "第" in text and "页" in text)
    (whole,) = (w for text, w in words.items() if "〔" in text)
    assert abs(own[3] - whole[3]) < 3  # on one line, at the foot, not on each other
    assert own[2] < whole[0] or whole[2] < own[0]
    assert [title for _, title, _ in file.get_toc() if "附件" in title] == ["附件\u3000附"]
    assert "pdfaid:part>" not in file.get_xml_metadata()


def test_all_that_cannot_be_set_are_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What shows only when pages are made stops the book, but not the look at the others."""
    for number in (1, 2):
        path = folder / "2026" / f"{number}.yaml"
        path.write_text(path.read_text("utf-8").replace("一段话", "一段\U00030000话"), "utf-8")
    assert run(["collect", "2026", "--bundled-fonts", "--format", "concise"]) == 1
    said = capsys.readouterr().err
    assert said.count("BT401") == 2
    assert "2 个文件有错误，没有合订" in said


def test_a_meeting_is_no_issue(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is refused beside issues, and left alone in a folder of them."""
    meeting = folder / "2026" / "会议.yaml"
    meeting.write_text("brieftex: 1\nmeeting: {name: 会}\nagenda: [{title: 一}]\n", "utf-8")
    assert run(["collect", "2026/1.yaml", str(meeting)]) == 2
    assert "会议.yaml 是会议文件，不是一期" in capsys.readouterr().err
    assert run(["collect", "2026", "-o", "a.pdf", "--bundled-fonts", "--no-index"]) == 0
    assert "2 期" in capsys.readouterr().err
    meeting.write_bytes(meeting.read_text("utf-8").replace("meeting", "会议").encode("gbk"))
    assert run(["collect", str(meeting), "-o", "b.pdf", "--bundled-fonts"]) == 0
