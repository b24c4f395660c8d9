"""What changed in looks and forms although no word did, and what moved and was edited: told in the
text and on the pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from brieftex.changes.comparison import Difference, issue_differences
from brieftex.changes.documents import revision
from brieftex.changes.edits import Change
from brieftex.compose.compose import compose
from brieftex.diagnostics import Source
from brieftex.input.issue.file import read_issue_text
from brieftex.input.theme import load_theme
from brieftex.model.issue import Issue

OLD = """\
masthead: {name: 岚湖参阅, number: 4}
sections:
  - title: 动态
    items:
      - title: 窗口延时服务
        body: |
          办结率达到九成以上，见[网页](https://a.cn/1)，{铣｜xiǎn}床三台。

          ## 小标题一处

          - 第一项工作已经完成
          - 第二项工作正在推进
      - title: 会议减少三成
        body:
          - 合并同类会议，材料一律不超过五页，提前一天送到会场。
          - table: {header: [事项, 件数], rows: [[户籍, 120], [档案, 75]]}
          - {chart: bar, categories: [一月, 二月], values: [3, 5], caption: 进度}
"""
THEME = load_theme("briefing", Path())


def issue(text: str) -> Issue:
    return read_issue_text(Source("x.yaml", text), [], Path())[0]


def both(new: str, old: str = OLD) -> tuple[list[Difference], tuple[Difference, ...]]:
    """The differences as text, and those that pages list, each of which has its bar."""
    before, after = issue(old), issue(new)
    found = revision(before, after, compose(after, THEME)[0], THEME)
    for document in (found.marked, found.clean):
        assert document.changes is not None
        parts = [part for held in document.changes.parts.values() for part in held]
        assert {part.entry for part in parts} >= set(range(len(found.entries)))
    return issue_differences(before, after), found.entries


@pytest.mark.parametrize(
    ("old", "new", "said", "printed"),
    [
        ("达到九成", "达到**九成**", "“九成”不加标记→黑体", "“九成”仿宋→黑体"),
        ("达到九成", "*达到*九成", "“达到”不加标记→楷体", "“达到”仿宋→楷体"),
        ("达到九成", "==达到九成==", "“达到九成”不加标记→着重号", "“达到九成”仿宋→仿宋、着重号"),
        ("a.cn/1", "a.cn/2", "a.cn/1→链接 https://a.cn/2", "a.cn/1→仿宋、链接 https://a.cn/2"),
        ("xiǎn", "xǐ", "“铣”注音 xiǎn→注音 xǐ", "“铣”仿宋、注音 xiǎn→仿宋、注音 xǐ"),
        ("- 第一项", "1. 第一项", "符号列表→编号列表", "符号列表→编号列表"),
        ("[户籍", '["**户籍**"', "第1行第1列，“户籍”不加标记→黑体", "第1行第1列；“户籍”仿宋→黑体"),
        ("header: [事", "widths: [30%, 70%], header: [事", "列宽：自动→30%、70%", "列宽→现在的"),
    ],
)
def test_a_look_that_changed_is_told(old: str, new: str, said: str, printed: str) -> None:
    text = OLD.replace(old, new)
    if new.startswith("1."):
        text = text.replace("- 第二项", "2. 第二项")
    found, entries = both(text)
    for one in (*found, *entries):
        assert one.kind == "format"
        assert all(edit.change is Change.KEPT for edit in one.edits)
    assert said in found[0].detail
    assert printed in entries[0].detail


def test_a_look_that_changed_beside_words_is_told_too() -> None:
    found, entries = both(
        OLD.replace("达到九成以上", "达到**八成**以上").replace("床三台", "**床**三台")
    )
    assert "“床”不加标记→黑体" in {one.detail for one in found if one.kind == "format"}
    assert "“床”仿宋→黑体" in entries[0].detail


def test_the_same_has_no_looks() -> None:
    assert both(OLD) == ([], ())


def test_what_moved_and_was_edited_is_a_move() -> None:
    line = "合并同类会议，材料一律不超过五页，提前一天送到会场。"
    new = OLD.replace(f"          - {line}\n", "").replace(
        "          ## 小", f"          {line.replace('五页', '八页')}\n\n          ## 小"
    )
    found, entries = both(new)
    assert [(one.kind, one.detail) for one in found] == [("moved", "原在“会议减少三成”")]
    assert [edit.text for edit in found[0].edits if edit.change is Change.GONE] == ["五页"]
    assert [one.kind for one in entries] == ["moved", "changed"]
    assert [edit.text for edit in entries[1].edits if edit.change is Change.ADDED] == ["八页"]


def test_a_paragraph_that_is_a_quotation_now_is_of_another_sort() -> None:
    line = "办结率达到九成以上，见"
    found, _ = both(OLD.replace(line, f"> {line}"))
    assert [(one.kind, one.detail) for one in found] == [("format", "段落→引文")]
