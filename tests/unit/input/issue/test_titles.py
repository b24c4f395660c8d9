from __future__ import annotations

import pytest

from brieftex.diagnostics import OffsetMap
from brieftex.input.issue.titles import strip_number
from brieftex.model.content import Inline, Mark, NoteCall, Stretch


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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
