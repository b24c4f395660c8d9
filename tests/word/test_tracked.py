"""Tracked changes: who accepts them all has the new draft, who rejects them all the old, with
faces, links, notes, tables and pictures."""

from __future__ import annotations

import io
import os
import re
import zipfile
from pathlib import Path
from random import Random

import pytest
from helpers.drafts import edited_issue, issue_of, random_issue
from helpers.tracking import assert_well_made, word_blocks

from brieftex.cli import run
from brieftex.diagnostics import Source
from brieftex.input.issue.file import read_issue_text
from brieftex.model.issue import Issue
from brieftex.services import Services
from brieftex.twin.make import word_document
from brieftex.twin.revised import draft_document
from brieftex.twin.tracked import tracked_document

OLD = """\
masthead: {name: 岚湖参阅, number: 4}
title: 服务一件事
sections:
  - title: 动态
    items:
      - title: 窗口延时服务
        body: |
          服务窗口延时到晚上八点，书面答复158件，办结率**达到九成**以上[^a]。见[网页](https://a.cn/1)。

          ## 小标题一处

          各窗口公开电话和流程，周末安排专人值守，节假日照常受理。{铣｜xiǎn}床三台。

          - 第一项工作已经完成
          - 第二项工作正在推进

          [^a]: 原来的注释，共12字。
      - title: 会议减少三成
        body:
          - 合并同类会议，材料一律不超过五页，提前一天送到。
          - table: {header: [事项, 件数], rows: [[户籍, 120], [档案, 75], [学籍, 30]]}
          - {chart: bar, categories: [一月, 二月], values: [3, 5], caption: 进度}
"""
ANOTHER = "另写的一段话，与原来的毫不相干。"
NEW = (
    OLD.replace("number: 4", "number: 5").replace("书面答复158", "当面答复162")
    .replace("会议减少三成", "会议压减四成").replace("[户籍, 120]", "[户籍, 121]")
    .replace(", [学籍, 30]", ", [职称, 12], [专利, 9]").replace("a.cn/1", "a.cn/2")
    .replace("**达到九成**", "达到*九成*").replace("共12字", "共15字").replace("[3, 5]", "[3, 6]")
    .replace("各窗口公开电话和流程，周末安排专人值守，节假日照常受理。", ANOTHER)
    + "      - title: 食堂延长供餐\n        body: |\n          早餐到九点半[^b]。\n\n"
    + "          [^b]: 新注。\n"
)  # fmt: skip
SERVICES = Services()
WHEN = "2026-05-06T08:00:00Z"


def issue(text: str) -> Issue:
    return read_issue_text(Source("x.yaml", text), [], Path())[0]


def three(old: Issue, new: Issue) -> tuple[bytes, bytes, bytes]:
    """The old draft as a document, the new one, and both with changes tracked."""
    made = word_document(new, bundled_fonts=True, services=SERVICES)
    before = draft_document(old, made.made, SERVICES, bundled=True)
    return before, made.twin.data, tracked_document(before, made.twin.data, "李一", WHEN)


def assert_both(old: Issue, new: Issue) -> bytes:
    before, after, tracked = three(old, new)
    assert_well_made(tracked)
    assert word_blocks(tracked, accept=True) == word_blocks(after)
    assert word_blocks(tracked, accept=False) == word_blocks(before)
    return tracked


def document(tracked: bytes, part: str = "document") -> str:
    return zipfile.ZipFile(io.BytesIO(tracked)).read(f"word/{part}.xml").decode()


@pytest.mark.parametrize(("old", "new"), [(OLD, NEW), (NEW, OLD), (OLD, OLD)])
def test_accepting_gives_the_new_and_rejecting_the_old(old: str, new: str) -> None:
    tracked = assert_both(issue(old), issue(new))
    assert ("<w:ins" in document(tracked)) is (old != new)


@pytest.mark.parametrize("seed", range(int(os.environ.get("BRIEFTEX_TRACKED", "2"))))
def test_random_drafts(seed: int) -> None:
    random = Random(seed)
    values = random_issue(random)
    other = edited_issue(random, values) if seed % 4 else random_issue(random)
    assert_both(issue_of(values), issue_of(other))


def test_a_look_that_changed_is_a_change_of_the_look() -> None:
    xml = document(assert_both(issue(OLD), issue(OLD.replace("**达到九成**", "达到*九成*"))))
    assert len(re.findall("<w:rPrChange ", xml)) == 2
    assert "<w:ins" not in xml
    assert "<w:del " not in xml


def test_a_link_that_leads_elsewhere_is_another_one() -> None:
    tracked = assert_both(issue(OLD), issue(OLD.replace("a.cn/1", "a.cn/2")))
    links = zipfile.ZipFile(io.BytesIO(tracked)).read("word/_rels/document.xml.rels").decode()
    assert "a.cn/1" in links
    assert "a.cn/2" in links
    assert document(tracked).count("<w:del ") == 1


def test_a_note_that_changed_is_tracked_where_it_stands() -> None:
    tracked = assert_both(issue(OLD), issue(OLD.replace("共12字", "共15字")))
    assert "<w:del " not in document(tracked)
    assert document(tracked, "footnotes").count("<w:delText") == 1


def test_what_moved_is_a_move_and_both_orders_are_kept() -> None:
    first = OLD[OLD.index("      - title: 窗口延时") : OLD.index("      - title: 会议减少")]
    xml = document(assert_both(issue(OLD), issue(OLD.replace(first, "") + first)))
    assert xml.count("<w:moveFromRangeStart") > 1


def test_what_moved_and_was_edited_is_a_move_with_its_words_changed() -> None:
    line = "合并同类会议，材料一律不超过五页，提前一天送到。"
    new = OLD.replace(f"          - {line}\n", "").replace(
        "          ## 小标题一处",
        f"          {line.replace('五', '八')}\n\n          ## 小标题一处",
    )
    xml = document(assert_both(issue(OLD), issue(new)))
    moved = re.findall(r"<w:moveTo .*?</w:moveTo>", xml)
    assert "".join(re.findall(r">([^<]+)<", "".join(moved))) == line.replace("五页", "")
    assert re.findall(r"<w:delText[^>]*>([^<]*)", xml) == ["五页"]


def test_changes_have_an_author_and_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")
    Path("old.yaml").write_text(OLD, "utf-8")
    Path("new.yaml").write_text(NEW, "utf-8")
    call = ["diff", "old.yaml", "new.yaml", "--author", "李一&co", "--bundled-fonts", "-o"]
    assert run([*call, "a.docx"]) == 0
    assert run([*call, "b.docx"]) == 0
    assert Path("a.docx").read_bytes() == Path("b.docx").read_bytes()
    xml = document(Path("a.docx").read_bytes())
    assert 'w:author="李一&amp;co"' in xml
    assert 'w:date="2026-05-28T20:26:40Z"' in xml
    assert run([*call, "a.odt"]) == 2
