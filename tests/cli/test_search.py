"""``brieftex search``: words in a folder tree of issues."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from brieftex.cli import run

ISSUE = """\
brieftex: 1
masthead: {{name: {name}, number: {number}, date: {date}, issuer: 衡澜大学政策研究室}}
title: 第{number}期
sections:
  - title: 高校动态
    items:
      - title: 临岳学院试行夜班预约
        body: |
          冷冻电镜开放夜班，由学
          生助理值守。{extra}

          白班照旧。
        sources: [{{name: 临岳日报}}]
  - title: 院长谈
    items:
      - title: 院长们怎么看
        body:
          - speaker: 陈　明
            role: 院长
            text: 电镜的夜班要有人管。
"""


EXCERPT = "【冷冻电镜】开放【夜班】，由学生助理值守。共享開放。"


def write(path: Path, number: int, date: str, extra: str = "", name: str = "测试简报") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(ISSUE.format(number=number, date=date, extra=extra, name=name), "utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three issues in a tree, a theme beside them, and an index of its own."""
    monkeypatch.setenv("BRIEFTEX_CACHE", str(tmp_path / "cache"))
    tree = tmp_path / "各期"
    write(tree / "2024/1.yaml", 1, "2024-03-01")
    write(tree / "2025/2.yaml", 2, "2025-03-01", "唯一的一句。")
    write(tree / "2026/3.yaml", 3, "2026-03-01", "共享開放。")
    (tree / "colors.yaml").write_text("colors: {red: '#c00'}\n", "utf-8")
    return tree


def found(capfd: pytest.CaptureFixture[str], folder: Path, *words: str) -> list[dict[str, object]]:
    """The hits of a search."""
    status = run(["search", "--in", str(folder), "--format", "json", *words])
    out = capfd.readouterr()
    hits: list[dict[str, object]] = json.loads(out.out)
    assert status == (0 if hits else 1), out.err
    return hits


def places(hits: list[dict[str, object]]) -> list[tuple[object, object]]:
    return [(hit["file"], hit["title"]) for hit in hits]


def test_words_stand_in_one_item(capfd: pytest.CaptureFixture[str], folder: Path) -> None:
    """Ensures the newest first, all words in one item, and a word over a line end."""
    hits = found(capfd, folder, "夜班", "冷冻电镜")
    title = "临岳学院试行夜班预约"
    assert places(hits) == [(f"{y}.yaml", title) for y in ("2026/3", "2025/2", "2024/1")]
    assert hits[0]["numbering"] == "2026年第3期"
    assert hits[0]["passages"] == [
        {"kind": "title", "line": 7, "excerpt": "临岳学院试行【夜班】预约"},
        {"kind": "body", "line": 9, "excerpt": EXCERPT},
    ]  # fmt: skip
    (hit, _, _) = found(capfd, folder, "学生助理")
    assert [p["line"] for p in hit["passages"]] == [9]  # type: ignore[attr-defined]
    (hit, _, _) = found(capfd, folder, "值守")
    assert [p["line"] for p in hit["passages"]] == [10]  # type: ignore[attr-defined]
    assert found(capfd, folder, "白班", "院长") == []
    assert found(capfd, folder, "值守白班") == []  # over the end of a paragraph


def test_the_options_narrow_it(capfd: pytest.CaptureFixture[str], folder: Path) -> None:
    assert len(found(capfd, folder, "夜班")) == 6
    assert len(found(capfd, folder, "夜班", "--since", "2025年")) == 4
    assert len(found(capfd, folder, "夜班", "--since", "2025年3月1日")) == 4
    assert len(found(capfd, folder, "夜班", "--since", "2025-3-2")) == 2
    assert len(found(capfd, folder, "夜班", "--section", "院长谈")) == 3
    assert len(found(capfd, folder, "夜班", "--kind", "标题")) == 3
    assert len(found(capfd, folder, "临岳日报", "--kind", "source")) == 3
    assert found(capfd, folder, "临岳日报", "--kind", "body") == []
    assert len(found(capfd, folder, "夜班", "--name", "陈明")) == 3
    assert len(found(capfd, folder, "陈明", "--kind", "人名", "--most", "2")) == 2
    assert found(capfd, folder, "开放共享") == []
    assert len(found(capfd, folder, "共享开放", "--variants")) == 1


def test_what_changed_is_read_anew(capfd: pytest.CaptureFixture[str], folder: Path) -> None:
    """Ensures that a file written, changed, moved or removed is so in the next answer."""
    assert len(found(capfd, folder, "唯一")) == 1
    write(folder / "2025/2.yaml", 2, "2025-03-01", "换了的一句。")
    (folder / "2024/1.yaml").rename(folder / "2024/old.yaml")
    assert found(capfd, folder, "唯一") == []
    assert places(found(capfd, folder, "换了")) == [("2025/2.yaml", "临岳学院试行夜班预约")]
    assert {hit["file"] for hit in found(capfd, folder, "夜班", "--since", "2024")} == {
        "2024/old.yaml", "2025/2.yaml", "2026/3.yaml",
    }  # fmt: skip
    (folder / "2026/3.yaml").unlink()
    assert len(found(capfd, folder, "夜班")) == 4


@pytest.mark.parametrize(
    "damage",
    [b"", b"no database at all, but long enough to be looked at" * 50, None],
)
def test_a_broken_index_is_made_anew(
    capfd: pytest.CaptureFixture[str], folder: Path, damage: bytes | None
) -> None:
    """Ensures that the cache is never needed: empty, damaged, or where it cannot be written."""
    assert len(found(capfd, folder, "夜班")) == 6
    cache = folder.parent / "cache"
    (index,) = cache.glob("search-*.db")
    for path in cache.iterdir():
        path.unlink()
    if damage is None:
        index.mkdir()
    else:
        index.write_bytes(damage)
    assert len(found(capfd, folder, "夜班")) == 6


def test_two_searches_at_once(folder: Path) -> None:
    """Ensures that each gives the whole answer while both make the index."""
    command = [sys.executable, "-m", "brieftex", "search", "夜班", "--format", "json"]
    both = [
        subprocess.Popen([*command, "--in", str(folder)], stdout=subprocess.PIPE) for _ in range(2)
    ]
    for process in both:
        out, _ = process.communicate()
        assert process.returncode == 0
        assert len(json.loads(out)) == 6


def test_the_page_is_told(capfd: pytest.CaptureFixture[str], folder: Path) -> None:
    """Ensures it against the PDF, read by another program."""
    pdfium = pytest.importorskip("pypdfium2")
    path = folder / "2026/3.yaml"
    path.write_text(
        path.read_text("utf-8").replace("白班照旧。", "字" * 3000 + "末句在后。"), "utf-8"
    )
    (hit,) = found(capfd, folder, "末句", "--pages")
    assert run(["build", str(path), "-o", str(folder / "a.pdf")]) == 0
    with pdfium.PdfDocument(folder / "a.pdf") as document:
        pages = [
            k + 1 for k, p in enumerate(document) if "末句" in p.get_textpage().get_text_range()
        ]
    assert [p["page"] for p in hit["passages"]] == pages  # type: ignore[attr-defined]


def test_what_cannot_be_searched_is_told(capfd: pytest.CaptureFixture[str], folder: Path) -> None:
    """Ensures Chinese words for a file with errors, for marks alone, for a date and a folder."""
    (folder / "broken.yaml").write_text("brieftex: 1\nmasthead: {name: 甲}\nsektions: 1\n", "utf-8")
    assert run(["search", "--in", str(folder), "夜班"]) == 0
    out = capfd.readouterr()
    assert "1 个文件有错误，或大于 4 MB，没有搜" in out.err
    assert "broken.yaml" in out.err
    assert "第9行：【冷冻" not in out.out
    assert "第7行：临岳学院试行【夜班】预约" in out.out
    for arguments, said in (
        (["，。"], "没有可以查找的字"), (["甲", "--since", "去年"], "看不懂"),
        (["甲", "--since", "2024-13"], "看不懂"), (["甲", "--most", "0"], "不小于 1 的整数"),
        (["甲", "--in", str(folder / "无")], "没有文件夹"), (["甲", "--kind", "x"], "只能是"),
    ):  # fmt: skip
        assert run(["search", "--in", str(folder), *arguments]) == 2
        assert said in capfd.readouterr().err
    assert run(["search", "--in", str(folder), "没有的词"]) == 1
    assert "没有找到" in capfd.readouterr().err


def test_open_is_for_one_item(capfd: pytest.CaptureFixture[str], folder: Path) -> None:
    """Ensures that a number beyond the list, and options without --open, are refused."""
    call = ["search", "--in", str(folder), "夜班"]
    assert run([*call, "--open", "--item", "9"]) == 2
    assert "只列出了 6 篇" in capfd.readouterr().err
    assert run([*call, "--item", "1"]) == 2
    assert run([*call, "--no-window"]) == 2
    assert run(["search", "--in", str(folder), "没有的词", "--open"]) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have names of Unicode alone")
def test_names_that_are_no_utf8_are_searched(
    capfd: pytest.CaptureFixture[str], folder: Path
) -> None:
    """And a folder that may not be read, or is gone, keeps none from being found."""
    name = b"\xff\n.yaml"
    other = Path(os.fsdecode(os.fsencode(folder / "2026") + b"/" + name))
    write(other, 4, "2026-04-01", "唯一的一句。")
    assert len(found(capfd, folder, "唯一的一句")) == 2
    other.unlink()
    assert len(found(capfd, folder, "唯一的一句")) == 1
