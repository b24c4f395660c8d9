"""``brieftex collect``, called as its users call it."""

from __future__ import annotations

from pathlib import Path

import pytest

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
