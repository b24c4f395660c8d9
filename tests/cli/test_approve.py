"""``brieftex approve``: only its lines are written, and a later change is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.support import ISSUE

from brieftex import Source
from brieftex.cli import run
from brieftex.diagnostics.messages.delivery import (
    APPROVAL_MARK_DAMAGED,
    CHANGED_SINCE_APPROVAL,
    MORE_CHANGED,
)
from brieftex.input.issue.file import read_issue
from brieftex.layout.page import Artifact, PlacedPath
from brieftex.model.issue import State
from brieftex.pipeline import typeset_pages

LONG = ISSUE.replace(
    "只有一段话。", "|\n" + "\n\n".join(f"          第{n}段话。" for n in range(30))
)
CHINESE = """\
报头: {刊名: 试排, 期号: 1, 编发单位: 办公室, 日期: 2026-01-05}  # 说明
正文: 只有一段话。
题目: x
"""
ARGUMENTS = ["--by", '李"明', "--date", "2026-04-01", "--bundled-fonts"]


def approve(path: Path) -> int:
    return run(["approve", str(path), *ARGUMENTS])


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_no_other_byte_changes(tmp_path: Path, encoding: str, newline: str) -> None:
    path = tmp_path / "issue.yaml"
    before = ISSUE.replace("\n", newline)
    path.write_bytes(before.encode(encoding))
    assert approve(path) == 0
    lines = path.read_bytes().decode(encoding).split(newline)
    assert lines[0] == "brieftex: 1"
    assert [line.partition(":")[0] for line in lines[1:5]] == [
        "state", "approved_by", "approved_on", "approved_text",
    ]  # fmt: skip
    assert newline.join([lines[0], *lines[5:]]) == before
    issue, findings = read_issue(path)
    assert issue.state is State.FINAL
    assert issue.approval.by == '李"明'
    assert not issue.approval.changed
    assert not [f for f in findings if f.kind.code.startswith("BT60")]


def test_approving_again_replaces_the_lines(tmp_path: Path) -> None:
    path = tmp_path / "issue.yaml"
    path.write_text("state: draft  # 先这样\n" + ISSUE.replace("brieftex: 1\n", ""), "utf-8")
    assert approve(path) == 0
    once = path.read_text("utf-8")
    assert once.startswith("state: final  # 先这样\napproved_by:")
    path.write_text(once.replace("一段话", "两段话"), "utf-8")
    assert read_issue(path)[0].approval.changed
    assert approve(path) == 0
    twice = path.read_text("utf-8")
    assert not read_issue(path)[0].approval.changed
    assert twice.count("approved_text") == 1


def test_a_file_in_chinese_stays_so(tmp_path: Path) -> None:
    path = tmp_path / "issue.yaml"
    path.write_text(CHINESE.replace("题目: x\n", ""), "utf-8")
    assert approve(path) == 0
    assert path.read_text("utf-8").startswith('状态: 定稿\n定稿人: "李\\"明"\n定稿日期: ')


def test_an_issue_with_errors_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "issue.yaml"
    path.write_text(CHINESE, "utf-8")
    assert approve(path) == 1
    assert path.read_text("utf-8") == CHINESE


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("第3段话", "第三段话", ["第三段话。"]),
        ("          第3段话。\n\n", "", ["第2段话。"]),
        ("第3段话。\n", "第3段话。\n\n          又一段。\n", ["又一段。"]),
        ("number: 1", "number: 2", ["2"]),
        ("试排", "试排  # 注释", []),
        ("name: 试排", 'name: "试排"', []),
    ],
)
def test_a_change_is_told_where_it_is(tmp_path: Path, old: str, new: str, lines: list[str]) -> None:
    path = tmp_path / "issue.yaml"
    path.write_text(LONG, "utf-8")
    assert approve(path) == 0
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    issue, findings = read_issue(path)
    found = [f for f in findings if f.kind is CHANGED_SINCE_APPROVAL]
    spans = [f.span for f in found if f.span is not None]
    assert [issue.source.text[s.start : s.end] for s in spans] == lines
    assert issue.approval.changed == bool(lines)


def test_another_picture_is_a_change(tmp_path: Path) -> None:
    path, picture = tmp_path / "issue.yaml", tmp_path / "a.svg"
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><path d="M0 0h9"/></svg>'
    picture.write_text(svg)
    text = ISSUE.replace("body: 只有一段话。", "body:\n          - 见图1。\n"
                         "          - {figure: a.svg, caption: 图, alt: 一条线}")  # fmt: skip
    path.write_text(text, "utf-8")
    assert approve(path) == 0
    assert not read_issue(path)[0].approval.changed
    picture.write_text(svg.replace("h9", "h8"))
    assert read_issue(path)[0].approval.changed


def test_many_changes_are_counted_and_a_damaged_mark_is_told(tmp_path: Path) -> None:
    path = tmp_path / "issue.yaml"
    path.write_text(LONG, "utf-8")
    assert approve(path) == 0
    text = path.read_text("utf-8")
    path.write_text(text.replace("段话", "段文字"), "utf-8")
    kinds = [f.kind for f in read_issue(path)[1]]
    assert kinds.count(CHANGED_SINCE_APPROVAL) == 12
    assert kinds.count(MORE_CHANGED) == 1
    path.write_text(text.replace("approved_text: ", "approved_text: zz"), "utf-8")
    issue, findings = read_issue(path)
    assert APPROVAL_MARK_DAMAGED in [f.kind for f in findings]
    assert issue.approval.changed


@pytest.mark.parametrize(("state", "marked"), [("draft", True), ("送审", False), ("final", False)])
def test_a_draft_is_marked_by_itself(state: str, marked: bool) -> None:
    source = Source("issue.yaml", f"state: {state}\n" + ISSUE)
    pages = typeset_pages(source, bundled_fonts=True).pages
    marks = [
        item
        for item in pages[0].items
        if isinstance(item, PlacedPath) and item.artifact is Artifact.WATERMARK
    ]
    assert bool(marks) == marked
