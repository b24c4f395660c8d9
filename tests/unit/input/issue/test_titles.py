from __future__ import annotations

from pathlib import Path

import pytest
from helpers.cases import each

from brieftex.diagnostics import InputError, OffsetMap, Source
from brieftex.input.issue.read import read
from brieftex.input.issue.titles import strip_number
from brieftex.input.yaml import parse
from brieftex.model.content import Inline, Mark, NoteCall, Stretch


@each(
    ("text", "title"),
    [
        ("一、高校动态", "高校动态"),
        ("十二、 高校动态", "高校动态"),
        ("1.高校动态", "高校动态"),
        ("1. 高校动态", "高校动态"),
        ("1．高校动态", "高校动态"),
        ("12、高校动态", "高校动态"),
        ("（一）高校动态", "高校动态"),
        ("(一)高校动态", "高校动态"),
        ("（1）高校动态", "高校动态"),
        ("(1) 高校动态", "高校动态"),
        ("①高校动态", "高校动态"),
        ("第一、高校动态", "高校动态"),
    ],
)
def test_numbers_typed_by_hand(text: str, title: str) -> None:
    stripped, number = strip_number(Inline(text, OffsetMap((0,), (100,))))
    assert stripped.text == title
    assert number + title == text
    assert stripped.origin.source(0) == 100 + len(number)


@each(
    "text",
    [
        "高校动态", "2.0时代的教育", "3.15晚会", "一流大学建设", "2024年工作要点", "一、", "1.",
        "十四五规划", "985高校", "（试行）意见", "5G应用", "三全育人、五育并举", "",
        "（2024）工作要点", "2025.3工作", "第一书记", "一带一路、教育先行",
    ],
)  # fmt: skip
def test_titles_that_only_begin_like_that(text: str) -> None:
    assert strip_number(Inline(text))[1] == ""


@pytest.mark.parametrize(
    "text", ["附件1：提纲", "附件：提纲", "附 件 一、提纲", "附件2. 提纲", "1. 提纲"]
)
def test_attachments(text: str) -> None:
    assert strip_number(Inline(text), "attachment")[0].text == "提纲"
    assert strip_number(Inline("附件清单"), "attachment")[1] == ""
    assert strip_number(Inline(text.replace("附件", "材料")), "paper")[0].text == "提纲"
    assert strip_number(Inline("材料清单"), "paper")[1] == ""


LABELLED = """\
masthead: {name: 信息, number: 1, date: 2026-01-02, signers: [签发人：李明]}
contributors: [（教务处供稿）, 供稿：县委办, 学院（系）]
sources: [{name: 来源：新华社}]
body:
  - table:
      caption: 表1 收支
      unit: 单位：万元
      rows: [[1, 2]]
      notes: [注：1.快报数, 2.初步数]
      sources: 数据来源：统计局
  - chart: bar
    caption: 图2：收支
    categories: [甲, 乙]
    values: [1, 2]
attendance: {present: 出席人员：张三、李四}
signature: {names: [县委], date: 2026-01-02, remark: 附注：此件公开}
colophon: {prepared_by: 责任编辑：王一, report_to: 报：市委, copy_to: [县人大, 抄送：县政协]}
"""


def test_what_is_printed_around_a_value_is_not_printed_twice() -> None:
    """Ensures that labels and numbers of captions as typed are left out and told of."""
    source = Source("a.yaml", LABELLED)
    issue, found = read(parse(source), source, Path())
    table, chart = issue.body.blocks
    texts = [
        *issue.masthead.signers, *issue.contributors, issue.sources[0].name, table.caption,
        table.unit, *table.notes, *table.sources, chart.caption, *issue.attendance.present,
        issue.signature.remark, *issue.colophon.prepared_by, *issue.colophon.report_to,
        *issue.colophon.copy_to,
    ]  # fmt: skip
    assert " ".join(text.text for text in texts) == (
        "李明 教务处 县委办 学院（系） 新华社 收支 万元 快报数 初步数 统计局 收支"
        " 张三、李四 此件公开 王一 市委 县人大 县政协"
    )
    assert [finding.kind.name for finding in found] == ["typed-number"] * 16
    begun = [LABELLED[f.span.start : f.span.end] for f in found if f.span]
    assert begun[:4] == ["签发人：", "（教务处供稿）", "供稿：", "来源："]


@each(
    "text",
    [
        "图书馆夜景",
        "图1—4月走势",
        "图2026年收支",
        "图三家企业",
        "表彰大会",
        "图1",
        "1.收支",
    ],
)
def test_captions_that_only_begin_like_that(text: str) -> None:
    assert strip_number(Inline(text), "figure")[1] == ""


def test_marks_and_notes_move_along() -> None:
    inline = Inline(
        "一、甲乙",
        OffsetMap((0, 2), (10, 20)),
        (Stretch(0, 3, Mark.STRONG), Stretch(3, 4, href="http://a.cn")),
        (NoteCall(1, "a"), NoteCall(4, "b")),
    )
    stripped, _ = strip_number(inline)
    assert stripped == Inline(
        "甲乙",
        OffsetMap((0,), (20,)),
        (Stretch(0, 1, Mark.STRONG), Stretch(1, 2, href="http://a.cn")),
        (NoteCall(0, "a"), NoteCall(2, "b")),
    )


def _title(written: str) -> tuple[Inline, list[str]]:
    text = f"brieftex: 1\nmasthead: {{name: 试排}}\ntitle: {written}\nforeword: {{body: 甲}}\n"
    source = Source("issue.yaml", text)
    try:
        issue, found = read(parse(source), source, Path())
    except InputError as error:
        return Inline(""), [finding.kind.name for finding in error.findings]
    assert issue.title is not None
    return issue.title, [finding.kind.name for finding in found]


def test_a_title_takes_the_marks_of_a_body() -> None:
    """Catches marks printed as typed, and marks that a break in front of them displaces."""
    title, found = _title("赴衡澜\\ 调研的**报告**与{歙县|Shè xiàn}")
    assert (title.text, found) == ("赴衡澜\n调研的报告与歙县", [])
    assert [(title.text[s.start : s.end], s.marks) for s in title.stretches] == [
        ("报告", Mark.STRONG)
    ]
    assert [(title.text[r.start : r.end], r.reading) for r in title.rubies] == [
        ("歙县", "Shè xiàn")
    ]


def test_a_note_call_in_a_title_is_named() -> None:
    assert _title("工作报告[^1]")[1] == ["note-not-here"]


@pytest.mark.parametrize("written", ["清理C:\\Users目录", "备份到\\\\nas\\data"])
def test_the_backslash_of_a_path_breaks_no_title(written: str) -> None:
    assert "\n" not in _title(written)[0].text
