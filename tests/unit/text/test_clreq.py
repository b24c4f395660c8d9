from __future__ import annotations

import pytest

from brieftex.text.clreq import (
    CELL,
    NOT_AT_LINE_END,
    NOT_AT_LINE_START,
    SHRINK_ORDER,
    STEP_OF,
    CharClass,
    ShrinkStep,
    classify,
)


@pytest.mark.parametrize(
    ("chars", "kind"),
    [
        ("（〔［｛〈《「『【〖", CharClass.OPENING),
        ("）〕］｝〉》」』】〗", CharClass.CLOSING),
        ("，、；：", CharClass.PAUSE),
        ("。．", CharClass.STOP),
        ("？！‼⁇⁈⁉", CharClass.EXCLAMATION),
        ("～－", CharClass.CONNECTOR),
        ("／", CharClass.SOLIDUS),
        ("￥＄№", CharClass.PREFIX),
        ("％‰℃", CharClass.POSTFIX),
        ("中〇々𠅤カあ，"[:-1], CharClass.HAN),
        ("①Ａ１〓★", CharClass.HAN),
        ("AzéßЖΩ", CharClass.LETTER),
        ("0189", CharClass.DIGIT),
        ("(),.:;!?%&+-=°×÷¥$€", CharClass.WESTERN),
        ("\u0301\ufe0f\u20dd\U000e0100", CharClass.MARK),
    ],
)
def test_classes_that_need_no_context(chars: str, kind: CharClass) -> None:
    """Ensures that each character of CLREQ's tables has its class: one that slips into
    another takes the wrong width, edge and step with it."""
    assert classify(chars) == kind * len(chars)


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        # “ ” by what they enclose, or by what stands beside the pair
        ("“中文”", "(HH)"),
        ("“AI”", "wLLw"),
        ("用“AI”排", "H(LL)H"),
        ("用“AI”.", "H(LL)w"),
        ("by “AI”排", "LLs(LL)H"),
        ("“AI、PDF”", "(LL,LLL)"),
        ('say “AI” now"', "LLLswLLwsLLLw"),
        ("说：“An ox.”意", "H,(LLsLLw)H"),
        # ‘ ’ inside and outside “ ”
        ("“‘中’”", "((H))"),
        ("中“‘AI’”", "H((LL))"),
        ("“‘AI’”中", "((LL))H"),
        ("“AI”“PDF”中", "(LL)(LLL)H"),
        ("“a ‘b’ c”", "wLswLwsLw"),
        ("他说‘AI’", "HH(LL)"),
        ("‘AI’", "wLLw"),
        # an apostrophe is none of a pair
        ("don’t", "LLLwL"),
        ("“it’s中”", "(LLwLH)"),
        ("‘it’s中’", "(LLwLH)"),
        ("the ’90s", "LLLsw00L"),
        # lone marks go by their neighbours
        ("“中", "(H"),
        ("中”", "H)"),
        ("“A", "wL"),
        ("A”", "Lw"),
        ("”中“", ")H("),
        # — doubled, between Han, between digits, in Western text
        ("中——文", "HDDH"),
        ("a——b", "LDDL"),
        ("北京—上海", "HH~HH"),
        ("2021—2025", "0000~0000"),
        ("word—word", "LLLLwLLLL"),
        ("word — word", "LLLLswsLLLL"),
        ("GB/T 9704—2012", "LLwLs0000~0000"),
        # … doubled, beside Han, in Western text
        ("中……文", "HEEH"),
        ("a……b", "LEEL"),
        ("等…", "HE"),
        ("wait…", "LLLLw"),
        # ·
        ("玛丽·霍", "HHmH"),
        ("GW·h", "LLwL"),
        ("“5·12”", "w0w00w"),
        ("七·一", "HmH"),
        # /
        ("和/或", "H/H"),
        ("and/or", "LLLwLL"),
        ("元/h", "H/L"),
        ("见https://a.b/c/，", "HLLLLLwwwLwLwLw,"),
    ],
)
def test_shared_marks_go_by_context(text: str, classes: str) -> None:
    """Ensures that marks which Chinese and Western text share are told apart (typography.md
    1.3): a Chinese quotation mark from a Latin face is the commonest fault of such pages."""
    assert classify(text) == classes


def test_classes_are_one_letter_for_each_character() -> None:
    """Ensures that no class is lost in a text of every kind: columns would shift."""
    text = "中\u0301文 “AI”——……·/\u3000\u200b\u2060\u00a0\n𠅤"
    assert len(classify(text)) == len(text)
    assert len({kind.value for kind in CharClass}) == len(CharClass)


@pytest.mark.parametrize(
    ("level", "start", "end"),
    [
        ("basic", "),.!~m/q", "(p"),
        ("gb", "),.!~m/q", "(p/"),
        ("strict", "),.!~m/qDE", "(p/"),
    ],
)
def test_prohibition_levels(level: str, start: str, end: str) -> None:
    """Ensures CLREQ's table of levels: GB/T 15834 5.1.9 adds the solidus at the end, strict
    the dash and the ellipsis at the start."""
    assert set(NOT_AT_LINE_START[level]) == set(start)
    assert set(NOT_AT_LINE_END[level]) == set(end)


def test_steps_of_shrinking_are_in_the_order_of_clreq() -> None:
    """Ensures that word spaces give first and 。？！ last (CLREQ, line adjustment)."""
    assert SHRINK_ORDER == (
        ShrinkStep.WORD,
        ShrinkStep.BRACKET,
        ShrinkStep.PAUSE,
        ShrinkStep.SCRIPT,
        ShrinkStep.STOP,
    )
    assert STEP_OF[CharClass.STOP] is STEP_OF[CharClass.EXCLAMATION] is ShrinkStep.STOP
    assert STEP_OF[CharClass.PAUSE] is ShrinkStep.PAUSE
    assert STEP_OF[CharClass.OPENING] is STEP_OF[CharClass.CLOSING] is ShrinkStep.BRACKET


def test_cells_are_those_of_the_standard() -> None:
    """Ensures that —— and …… are two em, 一字线 and 浪纹线 one, 间隔号 half of one
    (GB/T 15834 5.1.4 to 5.1.7), whatever the face says."""
    assert CELL == {
        CharClass.DASH: 1000,
        CharClass.ELLIPSIS: 1000,
        CharClass.CONNECTOR: 1000,
        CharClass.INTERPUNCT: 500,
    }
