"""What changed between two issues, found by meaning."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from brieftex.changes.comparison import Difference, issue_differences
from brieftex.cli import run
from brieftex.diagnostics import Source
from brieftex.input.issue.file import read_issue_text
from brieftex.model.issue import Issue

OLD = """\
masthead: {name: 岚湖参阅, number: 4, date: 2026-05-06}
sections:
  - title: 动态
    items:
      - title: 窗口延时服务
        body: |
          服务窗口延时到晚上八点，书面答复158件，办结率达到九成以上，师生普遍满意。

          各窗口公开电话和流程，周末安排专人值守，节假日照常受理预约事项。
        sources: [{name: 新闻网, date: 2026-05-01}]
      - title: 会议减少三成
        body: 合并同类会议，能开视频会的不集中，材料一律不超过五页，提前一天送到。
  - title: 案例
    items:
      - title: 一次办好的做法
        body:
          - 把分散的事项合成一件事，减少往返，缩短时间，群众只跑一次就能办成。
          - table:
              header: [事项, 件数]
              rows: [[户籍, 120], [档案, 75]]
          - chart: bar
            categories: [三月, 四月]
            values: [12, 15]
"""


def issue(text: str) -> Issue:
    return read_issue_text(Source("x.yaml", text), [], Path())[0]


def found(*changes: tuple[str, str]) -> list[Difference]:
    new = OLD
    for old, text in changes:
        assert old in new
        new = new.replace(old, text, 1)
    return issue_differences(issue(OLD), issue(new))


def shown(one: Difference) -> tuple[str, str, str, str]:
    return one.kind, one.piece, one.sort, one.detail


ITEM = OLD[OLD.index("      - title: 会议减少") : OLD.index("  - title: 案例")]


def test_nothing_changed() -> None:
    assert found() == []


def test_numbers_are_called_out() -> None:
    (one,) = found(("书面答复158件", "当面答复162件"))
    assert shown(one) == ("changed", "窗口延时服务", "段落", "")
    assert one.swaps == (("158", "162"),)


def test_an_item_that_moved_and_was_renamed_is_the_same_item() -> None:
    moved = ITEM.replace("会议减少三成", "会议压减三成")
    new = OLD.replace(ITEM, "").replace(
        "      - title: 一次办好", f"{moved}      - title: 一次办好"
    )
    kinds = [shown(one) for one in issue_differences(issue(OLD), issue(new))]
    assert kinds == [
        ("renamed", "会议压减三成", "标题", ""), ("moved", "会议压减三成", "条目", "原在《动态》"),
    ]  # fmt: skip


def test_order_within_a_section() -> None:
    first = OLD[OLD.index("      - title: 窗口") : OLD.index("      - title: 会议")]
    new = OLD.replace(first, "").replace(ITEM, ITEM + first)
    (one,) = issue_differences(issue(OLD), issue(new))
    assert one.kind == "moved"
    assert one.detail == "次序改了"


def test_new_and_gone() -> None:
    new = OLD.replace(
        ITEM, "      - title: 食堂延长供餐\n        body: 早餐到九点半，夜宵到十一点。\n"
    )
    kinds = [shown(one)[:2] for one in issue_differences(issue(OLD), issue(new))]
    assert kinds == [("added", "食堂延长供餐"), ("gone", "会议减少三成")]


def test_a_paragraph_that_moved_to_another_item() -> None:
    text = "          各窗口公开电话和流程，周末安排专人值守，节假日照常受理预约事项。\n"
    other = "合并同类会议，能开视频会的不集中，材料一律不超过五页，提前一天送到。"
    body = f"        body: |\n          {other}\n\n{text}"
    new = OLD.replace("\n" + text, "").replace(f"        body: {other}\n", body)
    (one,) = issue_differences(issue(OLD), issue(new))
    assert shown(one) == ("moved", "会议减少三成", "段落", "原在“窗口延时服务”")


@pytest.mark.parametrize(
    ("old", "new", "sort", "detail", "swaps"),
    [
        ("[户籍, 120]", "[户籍, 121]", "表格", "第1行第2列", (("120", "121"),)),
        ("header: [事项, 件数]", "header: [事项, 数量]", "表格", "表头第2列", ()),
        ("values: [12, 15]", "values: [12, 16]", "图表", "四月", (("15", "16"),)),
        ("number: 4", "number: 5", "报头·期号", "", (("4", "5"),)),
        (
            "{name: 新闻网, date: 2026-05-01}",
            "{name: 新闻网, date: 2026-05-02}",
            "来源",
            "",
            (("1", "2"),),
        ),
    ],
)
def test_tables_charts_and_fields(
    old: str, new: str, sort: str, detail: str, swaps: tuple[tuple[str, str], ...]
) -> None:
    (one,) = found((old, new))
    assert (one.sort, one.detail, one.swaps) == (sort, detail, swaps)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("old.yaml").write_text(OLD, "utf-8")
    Path("new.yaml").write_text(OLD.replace("158件", "162件"), "utf-8")
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_formats(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "old.yaml", "new.yaml"]) == 0
    text = capsys.readouterr()
    assert "[-158-]{+162+}" in text.out
    assert "158→162" in text.out
    assert "1 处不同" in text.err
    assert run(["diff", "old.yaml", "new.yaml", "--format", "markdown"]) == 0
    assert "~~158~~**162**" in capsys.readouterr().out
    assert run(["diff", "old.yaml", "new.yaml", "--format", "json"]) == 0
    (record,) = json.loads(capsys.readouterr().out)
    assert record["new"] == {"line": 7, "column": 11}
    assert record["swaps"] == [["158", "162"]]
    assert "".join(e["text"] for e in record["edits"] if e["change"] != "gone").startswith(
        "服务窗口"
    )


def test_pictures_are_compared_by_their_bytes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, color in (("one", "red"), ("two", "blue")):
        (folder / name).mkdir()
        Image.new("RGB", (8, 8), color).save(folder / name / "a.png")
        text = OLD.replace(
            "          - table:", "          - {figure: a.png, alt: 图}\n          - table:"
        )
        (folder / name / "x.yaml").write_text(text, "utf-8")
    assert run(["diff", "one/x.yaml", "two/x.yaml"]) == 0
    assert "图片换了：a.png" in capsys.readouterr().out
    assert run(["diff", "one/x.yaml", "one/x.yaml"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_against_a_revision(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for step in (["init", "-q"], ["add", "new.yaml"], ["commit", "-qm", "x"]):
        subprocess.run([*call, *step], cwd=folder, check=True, capture_output=True)
    Path("new.yaml").write_text(OLD.replace("158件", "163件"), "utf-8")
    assert run(["diff", "new.yaml", "--git", "HEAD"]) == 0
    assert "162→163" in capsys.readouterr().out
    assert run(["diff", "new.yaml", "--git", "没有"]) == 2
    assert run(["diff", "new.yaml", "--git", "--output=x"]) == 2


@pytest.mark.usefixtures("folder")
def test_what_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "old.yaml", "nowhere.yaml"]) == 1
    assert run(["diff", "old.yaml"]) == 2
    assert "nowhere.yaml" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_colour_only_where_somebody_looks(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    run(["diff", "old.yaml", "new.yaml"])
    assert "\x1b[31;9m158\x1b[0m" in capsys.readouterr().out
