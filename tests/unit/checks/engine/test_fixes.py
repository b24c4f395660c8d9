"""Fixes change what they name and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.cases import each
from helpers.checking import issue_of, items, quoted, saying
from hypothesis import given, settings
from hypothesis import strategies as st

from brieftex.checks.engine.explain import parts
from brieftex.checks.engine.fixes import mend
from brieftex.checks.engine.registry import check_issue, rules
from brieftex.diagnostics import InputError, Source


def mended(text: str) -> str:
    return mend(Source("issue.yaml", text), Path()).source.text


def test_every_example_with_a_fix_becomes_good() -> None:
    tried = 0
    for rule in rules().values():
        if rule.text is None or rule.kind.name == "heading-end-mark":
            continue
        for example in parts(rule)["Example"].split(" | "):
            text = saying("甲。", example, "乙。")
            found = [d for d in check_issue(issue_of(text)) if d.kind is rule.kind]
            if all(d.fix is not None for d in found):
                tried += 1
                left = check_issue(issue_of(mended(text)))
                assert rule.kind not in [d.kind for d in left], example
    assert tried >= 80


@each(
    ("before", "after"),
    [
        ("发展,创新", "发展，创新"),
        ("发展, 创新", "发展，创新"),
        ('他说"好"', "他说“好”"),
        ("“他说“好””", "“他说‘好’”"),
        ('“他说"好"”', "“他说‘好’”"),
        ("等(略),再看", "等（略），再看"),
        ("**着重**,后面", "**着重**，后面"),
        ("《关于《甲》的通知》", "《关于〈甲〉的通知》"),
        ("15-30%,约3-5万元", "15%～30%，约3万元～5万元"),
        ("2024年03月05日", "2024年3月5日"),
        ("校发[2024]05号...", "校发〔2024〕5号……"),
        ("甲 ,乙。。", "甲，乙。"),
        ("办 理 完 毕 . 下 一 步 , 继 续 .", "办理完毕。下一步，继续。"),
        ("一 . 总体要求", "一 . 总体要求"),
    ],
)
def test_texts(before: str, after: str) -> None:
    assert mended(saying(before)) == saying(after)
    assert mended(saying(after)) == saying(after)


def test_a_heading_loses_its_stop() -> None:
    assert mended(saying("## 小结，", "好。", title="按语：")) == saying(
        "## 小结", "好。", title="按语"
    )
    assert mended(saying("## 小结。", "- 好")) == saying("## 小结", "- 好")


def test_a_heading_that_runs_in_keeps_its_stop() -> None:
    """Catches the mark deleted by which an editor says that the paragraph goes on there."""
    text = saying("## 小结。", "好。")
    assert mended(text) == text


def test_comments_order_and_line_ends_stay() -> None:
    text = items("body: 甲,乙 # 说明,保留", head="  # 注释,保留\n  issuer:   办公室\n")
    expected = text.replace("甲,乙", "甲，乙")
    assert mended(text) == expected
    assert mended(text.replace("\n", "\r\n")) == expected.replace("\n", "\r\n")


@pytest.mark.parametrize(
    "scalar",
    [
        '"甲\\u4e59\\u002C丙"',  # an escape is not the character
        "'甲''乙''丙'",  # two marks that are one
        '"甲\\"乙\\"丙"',
    ],
)
def test_what_is_not_written_just_so_stays(scalar: str) -> None:
    text = f"brieftex: 1\nmasthead:\n  name: 试排\nforeword:\n  body: {scalar}\n"
    assert check_issue(issue_of(text))
    assert mended(text) == text


def test_an_escape_elsewhere_does_not_move_a_fix() -> None:
    head = "brieftex: 1\nmasthead:\n  name: 试排\nforeword:\n"
    text = head + '  body: "\\u7532甲,乙\\n\\n丙, 丁"\n'
    assert mended(text) == text.replace("甲,", "甲，").replace("丙, ", "丙，")


def test_a_fix_that_would_change_more_is_not_made() -> None:
    # With its comma mended, the beginning of the title would be taken for a number.
    text = items("body: 好\nsources: [{name: 甲}]").replace("第1件事", "第一,二件事")
    assert [d.kind.name for d in check_issue(issue_of(text))] == ["half-width-mark"]
    assert mended(text) == text
    assert mended(text + "title: 丙,丁\n") == text + "title: 丙，丁\n"


def test_allowed_findings_are_not_mended() -> None:
    text = saying("甲,乙...") + "allow: [BT301]\n"
    assert mended(text) == text.replace("...", "……")


def test_an_issue_with_errors_is_refused() -> None:
    with pytest.raises(InputError):
        mended("masthead: [")


MARKS = "，。、；：？！“”‘’（）《》…—-~～·.,;:?!()\"'/％%０１23五六〇零年月日号第 *_`[]\\#|"
LINE = st.text(st.sampled_from(MARKS + "甲乙丙Ab倍约近等万千百几星期𠀀"), min_size=1, max_size=40)


@given(st.lists(LINE, min_size=1, max_size=3), LINE, st.booleans())
@settings(deadline=None)
def test_mending_twice_is_mending_once(lines: list[str], title: str, folded: bool) -> None:
    text = saying(*lines, title=title)
    if folded:
        text += f"title: {quoted(title)}\ncolophon:\n  prepared_by: [{quoted(lines[0])}]\n"
    try:
        once = mended(text)
    except InputError:
        return
    assert mended(once) == once
    # What is left has no fix, or one that was tried and would change more than it names.
    before, after = issue_of(text), issue_of(once)
    assert len(before.sections) == len(after.sections)
    assert before.foreword is not None
    assert after.foreword is not None
    kinds = [type(block) for block in before.foreword.body.blocks]
    assert kinds == [type(block) for block in after.foreword.body.blocks]


SLIPS = """\
版本: 1
报头：
\t刊名: 试排
  期号: 第12期
  日期: 2024.3.20日
栏目:
  - 标题: 甲栏
    条目:
      - 标题: 甲
        正文: 发展,创新
        来源: 新华社
版记:
  份数: 120份
"""
MENDED = """\
版本: 1
报头:
  刊名: 试排
  期号: 12
  日期: 2024-03-20
栏目:
  - 标题: 甲栏
    条目:
      - 标题: 甲
        正文: 发展，创新
        来源: [{名称: 新华社}]
版记:
  份数: 120
"""


def test_slips_of_the_keyboard_are_mended() -> None:
    """Catches a file that --fix leaves alone because it has errors, which are what it mends."""
    assert [line.rstrip() for line in mended(SLIPS).splitlines()] == MENDED.splitlines()


@pytest.mark.parametrize(
    "slip", ["期号：12", "期号:12", "期号: 第十二期", "期号: “12”", "期号: １２"]
)
def test_each_slip_alone(slip: str) -> None:
    text = f"版本: 1\n报头:\n  刊名: 试排\n  {slip}\n卷首语: {{正文: 甲}}\n"
    assert mended(text) == text.replace(slip, "期号: 12")


def test_what_only_helps_to_read_on_is_not_written() -> None:
    """Catches `*` turned into ＊ and dropped lines."""
    text = "版本: 1\n报头:\n  刊名: *试排\n卷首语: {正文: 甲}\n"
    with pytest.raises(InputError):
        mended(text)


def test_line_ends_of_other_programs_become_line_ends() -> None:
    """Catches those of PowerPoint and of the web left to be found by hand, since no editor shows
    them; in a title, which is one line, they stay."""
    head = "版本: 1\n报头: {刊名: 试排, 期号: 12, 日期: 2024-03-20}\n"
    text = f"{head}卷首语:\n  正文: |\n    甲。\x0b乙。\u2028\u2028丙。\r\n\r\n    丁。\x85戊。\n"
    wanted = f"{head}卷首语:\n  正文: |\n    甲。\n    乙。\n    丙。\r\n\r\n    丁。\n    戊。\n"
    assert mended(text) == wanted
    with pytest.raises(InputError):
        mended(f"{head}标题: 甲\x0b乙\n正文: 丙\n")


def test_empty_lines_within_sentences_go() -> None:
    """Catches them left to be deleted by hand, one behind each line of a PDF, those with blanks
    and of Windows too; and escapes of a quoted text cut in two."""
    lines = (
        "衡澜县把改革作为重点，梳理高频事项三百二十项，编制",
        "统一的指南和表单，推动线上一网通办、线下一窗受理。",
        "截至六月底，全县办件平均用时由九个工作日压减到三个",
        "工作日，群众满意度达到百分之九十八，比上年同期提高",
        "四个百分点。",
    )
    head = "版本: 1\n报头: {刊名: 试排, 期号: 12, 日期: 2024-03-20}\n卷首语:\n  正文: "
    for gap in ("\n\n", "\r\n\r\n", "\n  \n", " \n\n\n"):
        end = gap[: gap.index("\n") + 1]
        text = head + f"|\n    {f'{gap}    '.join(lines)}\n\n    另起一段。\n"
        assert mended(text) == head + f"|\n    {f'{end}    '.join(lines)}\n\n    另起一段。\n"
    quoted_lines = head + '"' + "\\n\\n".join(lines) + '"\n'
    assert mended(quoted_lines) == quoted_lines.replace("\\n\\n", "\\n")
