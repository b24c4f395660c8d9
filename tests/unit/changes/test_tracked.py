"""Tracked changes: who accepts them all has the new draft, who rejects them all the old."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document

from brieftex.changes.parts import pieces_of
from brieftex.changes.tracked import tracked_document
from brieftex.cli import run
from brieftex.diagnostics import Source
from brieftex.input.issue.file import read_issue_text
from brieftex.model.issue import Issue
from brieftex.word.facts import TableFacts
from brieftex.word.incoming import document_facts

OLD = """\
masthead: {name: 岚湖参阅, number: 4}
title: 服务一件事
sections:
  - title: 动态
    items:
      - title: 窗口延时服务
        body: |
          服务窗口延时到晚上八点，书面答复158件，办结率达到九成以上。

          ## 小标题一处

          各窗口公开电话和流程，周末安排专人值守，节假日照常受理。
      - title: 会议减少三成
        body:
          - 合并同类会议，材料一律不超过五页，提前一天送到。
          - table: {header: [事项, 件数], rows: [[户籍, 120], [档案, 75], [学籍, 30]]}
"""
ANOTHER = "另写的一段话，与原来的毫不相干。"
NEW = (
    OLD.replace("number: 4", "number: 5").replace("书面答复158", "当面答复162")
    .replace("会议减少三成", "会议压减四成").replace("[户籍, 120]", "[户籍, 121]")
    .replace(", [学籍, 30]", ", [职称, 12], [专利, 9]")
    .replace("各窗口公开电话和流程，周末安排专人值守，节假日照常受理。", ANOTHER)
    + "      - title: 食堂延长供餐\n        body: 早餐到九点半，夜宵到十一点。\n"
)  # fmt: skip


def issue(text: str) -> Issue:
    return read_issue_text(Source("x.yaml", text), [], Path())[0]


def texts(data: bytes, *, accept: bool) -> list[str]:
    """What a reader of Word's own changes finds: paragraphs and cells."""
    found = []
    for block in document_facts("x.docx", data, accept=accept).blocks:
        if isinstance(block, TableFacts):
            found += [
                "|".join("".join(p.text for p in c.blocks) for _, c in row) for row in block.rows
            ]
        else:
            found.append(block.text)
    return found


def wanted(text: str) -> list[str]:
    found = []
    for piece in pieces_of(issue(text)):
        found += [piece.title] if piece.sort in ("section", "item") else []
        for part in piece.parts:
            if part.sort == "表格":
                cells = part.text.split("|")[1:]
                found += ["|".join(cells[k : k + 2]) for k in range(0, len(cells), 2)]
            else:
                name = part.sort.partition("·")[2]
                found.append(f"{name}：{part.text}" if name else part.text)
    return found


@pytest.mark.parametrize(("old", "new"), [(OLD, NEW), (NEW, OLD), (OLD, OLD)])
def test_accepting_gives_the_new_and_rejecting_the_old(old: str, new: str) -> None:
    data = tracked_document(issue(old), issue(new), "李一", "2026-05-06T08:00:00Z")
    assert texts(data, accept=True) == wanted(new)
    assert sorted(texts(data, accept=False)) == sorted(wanted(old))


def test_what_moved_is_a_move_and_both_orders_are_kept() -> None:
    first = OLD[OLD.index("      - title: 窗口延时") : OLD.index("      - title: 会议减少")]
    new = OLD.replace(first, "") + first
    data = tracked_document(issue(OLD), issue(new), "李一", "2026-05-06T08:00:00Z")
    assert texts(data, accept=True) == wanted(new)
    assert texts(data, accept=False) == wanted(OLD)
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    names = [re.findall(rf'<w:{side}RangeStart [^>]*w:name="(\w+)"', xml)
             for side in ("moveFrom", "moveTo")]  # fmt: skip
    assert sorted(names[0]) == sorted(names[1])
    assert len(set(names[0])) == len(names[0]) == 2
    numbers = re.findall(r'<w:(?!moveFromRangeEnd|moveToRangeEnd)\w+ w:id="(\d+)"', xml)
    assert len(numbers) == len(set(numbers))


def test_changes_have_an_author_and_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")
    Path("old.yaml").write_text(OLD, "utf-8")
    Path("new.yaml").write_text(NEW, "utf-8")
    call = ["diff", "old.yaml", "new.yaml", "--author", "李一&co", "-o"]
    assert run([*call, "a.docx"]) == 0
    assert run([*call, "b.docx"]) == 0
    assert Path("a.docx").read_bytes() == Path("b.docx").read_bytes()
    xml = Document("a.docx").element.xml
    assert 'w:author="李一&amp;co"' in xml
    assert 'w:date="2026-05-28T20:26:40Z"' in xml
    assert run([*call, "a.odt"]) == 2
