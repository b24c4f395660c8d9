"""Which lines of made-up pages have a bar beside them."""

from __future__ import annotations

from brieftex.input.issue.file import read_issue
from brieftex.layout.page import PlacedLine
from brieftex.layout.pages.changebars import changed_lines
from brieftex.model.issue import Issue
from brieftex.pipeline import Against, typeset_pages

_LONG = "衡澜大学成立教学质量监测中心，对全校课程开展评估；评估只看课堂实效。" * 5
_OTHER = "二是改进食堂服务，学生就餐排队时间缩短了一半以上，满意度明显提高。"


def issue_of(*paragraphs: str) -> Issue:
    body = "".join(f"    {paragraph}\n\n" for paragraph in paragraphs)
    text = f"brieftex: 1\nmasthead: {{name: 试排}}\nforeword:\n  body: |\n{body}"
    return read_issue(text.encode())[0]


def barred(old: Issue, new: Issue) -> list[tuple[str, bool]]:
    """The lines with a bar, and whether all that happened there is that they moved."""
    made = typeset_pages(new, against=Against(old), bundled_fonts=True)
    found = []
    for page in made.pages:
        moved: dict[int, bool] = {}
        for changed in changed_lines(page, made.document):
            moved[changed.base] = moved.get(changed.base, True) and changed.part.moved
        found += [
            (item.line.text.text[item.line.start : item.line.end], moved[item.y])
            for item in page.items
            if isinstance(item, PlacedLine) and item.y in moved
        ]
    return found


def test_every_line_of_a_paragraph_that_moved_and_was_edited_has_a_bar() -> None:
    edited = _LONG.replace("只看", "只问", 1)
    old = issue_of(_LONG, _OTHER, _OTHER[::-1])
    lines = barred(old, issue_of(_OTHER, _OTHER[::-1], edited))
    assert "".join(words for words, _ in lines) == edited
    assert [moved for words, moved in lines if "只问" not in words] == [True] * (len(lines) - 1)


def test_only_lines_with_changed_words_have_a_bar_among_many_readings() -> None:
    readings = "{甲|jiǎ}乙丙，" * 40
    at = readings.index("乙", len(readings) // 2)
    lines = barred(issue_of(readings), issue_of(readings[:at] + "丑" + readings[at + 1 :]))
    assert 1 <= len(lines) <= 2  # the word may lie across the end of a line
    assert "丑" in "".join(words for words, _ in lines)
