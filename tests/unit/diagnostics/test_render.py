from __future__ import annotations

import json

import pytest

from brieftex.diagnostics import Kind, Severity, Source, Span
from brieftex.diagnostics.render import FORMATS, in_order, render_findings, width

LOST = Kind(
    "BT204", "missing-field", Severity.ERROR, "{owner}缺少期号", "no `{key}`",
    ("例如 `{key}: 12`",), ("for example `{key}: 12`",),
)  # fmt: skip
ODD = Kind("BT301", "odd", Severity.WARNING, "可疑", "odd")
NOTE = Kind("BT302", "note", Severity.INFO, "已改", "changed")

SOURCE = Source("issue.yaml", "brieftex: 1\nmasthead:\n\t标题“资政” x\n")
START = SOURCE.text.index("masthead")
HAN = SOURCE.text.index("资")
FOUND = [
    NOTE.at(None),
    ODD.at(Span(HAN, HAN + 2), "title"),
    LOST.at(Span(START, START + 8), "masthead", owner="报头", key="number"),
]


def test_full() -> None:
    assert render_findings(FOUND, SOURCE) == (
        "提示[BT302] note：已改\n"
        "  --> issue.yaml\n"
        "\n"
        "错误[BT204] missing-field：报头缺少期号\n"
        "  --> issue.yaml:2:1   masthead\n"
        "   |\n"
        " 2 | masthead:\n"
        "   | ^^^^^^^^\n"
        "建议：例如 `number: 12`\n"
        "\n"
        "警告[BT301] odd：可疑\n"
        "  --> issue.yaml:3:5   title\n"
        "   |\n"
        " 3 |  标题“资政” x\n"
        "   |       ^^^^\n"
        "\n"
    )


def test_full_in_english() -> None:
    text = render_findings(FOUND[2:], SOURCE, language="en")
    assert text.startswith("error[BT204] missing-field: no `number`\n")
    assert text.endswith("hint: for example `number: 12`\n\n")


def test_concise() -> None:
    assert render_findings(FOUND, SOURCE, "concise") == (
        "issue.yaml: BT302 已改\nissue.yaml:2:1: BT204 报头缺少期号\nissue.yaml:3:5: BT301 可疑\n"
    )


def test_json() -> None:
    rows = json.loads(render_findings(FOUND, SOURCE, "json"))
    assert rows[1] == {
        "file": "issue.yaml", "code": "BT204", "name": "missing-field", "severity": "error",
        "message": "报头缺少期号", "hints": ["例如 `number: 12`"], "path": "masthead",
        "line": 2, "column": 1, "end_line": 2, "end_column": 9,
    }  # fmt: skip
    assert "line" not in rows[0]
    assert json.loads(render_findings([], SOURCE, "json")) == []


def test_github() -> None:
    source = Source("a,b:c%.yaml", SOURCE.text)
    assert render_findings(FOUND[1:], source, "github") == (
        "::error file=a%2Cb%3Ac%25.yaml,line=2,col=1,endLine=2,endColumn=9,"
        "title=BT204 missing-field::报头缺少期号\n"
        "::warning file=a%2Cb%3Ac%25.yaml,line=3,col=5,endLine=3,endColumn=7,"
        "title=BT301 odd::可疑\n"
    )


def test_nothing_found() -> None:
    assert [render_findings([], SOURCE, style) for style in FORMATS if style != "json"] == [
        "",
        "",
        "",
    ]


def test_an_unknown_style() -> None:
    with pytest.raises(ValueError, match="xml"):
        render_findings([], SOURCE, "xml")


def test_colour_only_when_asked() -> None:
    assert "\x1b[1;31m错误[BT204]\x1b[0m" in render_findings(FOUND, SOURCE, color=True)
    assert "\x1b" not in render_findings(FOUND, SOURCE)


def test_a_long_line_is_cut_around_the_caret() -> None:
    source = Source("x", "甲" * 500 + "乙" + "丙" * 500)
    lines = render_findings([ODD.at(Span(500, 501))], source).splitlines()
    assert max(map(width, lines)) < 110
    assert lines[3].startswith(" 1 | …甲")
    assert lines[3].endswith("丙…")
    before = lines[4].index("^")
    shown = 0
    for character in lines[3]:
        if character == "乙":
            break
        shown += width(character)
    assert shown == before
    assert lines[4].count("^") == 2


def test_a_span_over_lines_ends_with_the_first() -> None:
    lines = render_findings([ODD.at(Span(0, 15))], SOURCE).splitlines()
    assert lines[3:5] == [" 1 | brieftex: 1", "   | ^^^^^^^^^^^"]


def test_control_characters_never_reach_the_terminal() -> None:
    text = render_findings([ODD.at(Span(1, 2))], Source("a\x1b[2J", "a\x1b[31mb\x07"))
    assert "\x1b" not in text
    assert "\x07" not in text


def test_an_empty_file_and_the_very_end() -> None:
    assert "   | ^\n" in render_findings([ODD.at(Span(0, 0))], Source("x", ""))
    assert "x:2:1" in render_findings([ODD.at(Span(2, 2))], Source("x", "a\n"))


def test_repetitions_are_dropped() -> None:
    assert len(in_order([FOUND[1], FOUND[1], FOUND[0]])) == 2


@pytest.mark.parametrize(
    ("text", "columns"),
    [("ab", 2), ("甲a，", 5), ("e\u0301", 1), ("\u200bx", 1), ("“", 1), ("𠅤", 2)],
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


TWICE = Kind(
    "BT113", "duplicate-key", Severity.ERROR, "写了两次", "twice",
    second=("先写在这里", "first written here"),
)  # fmt: skip


def test_a_second_place_has_a_line_of_its_own() -> None:
    """Catches a finding about two places that shows one of them only, in any format."""
    found = [TWICE.at(Span(HAN, HAN + 2)).also(Span(START, START + 8))]
    assert render_findings(found, SOURCE) == (
        "错误[BT113] duplicate-key：写了两次\n"
        "  --> issue.yaml:3:5\n"
        "   |\n"
        " 3 |  标题“资政” x\n"
        "   |       ^^^^\n"
        "  ::: issue.yaml:2:1   先写在这里\n"
        "   |\n"
        " 2 | masthead:\n"
        "   | --------\n"
        "\n"
    )
    assert render_findings(found, SOURCE, "concise", "en") == (
        "issue.yaml:3:5: BT113 twice\nissue.yaml:2:1: BT113 first written here\n"
    )
    assert json.loads(render_findings(found, SOURCE, "json"))[0]["related"] == {
        "file": "issue.yaml", "line": 2, "column": 1, "end_line": 2, "end_column": 9,
        "message": "先写在这里",
    }  # fmt: skip
    assert render_findings(found, SOURCE, "github").splitlines()[1] == (
        "::notice file=issue.yaml,line=2,col=1,endLine=2,endColumn=9,"
        "title=BT113 duplicate-key::先写在这里"
    )


def test_a_second_place_may_be_in_another_file() -> None:
    """Catches the place of an earlier issue looked up in the text of this one."""
    other = Source("before.yaml", "\n\n  x\n")
    found = [TWICE.at(Span(0, 1)).also(Span(4, 5), other)]
    assert "::: before.yaml:3:3   先写在这里\n   |\n 3 |   x\n   |   -\n" in render_findings(
        found, SOURCE
    )
    assert "before.yaml:3:3: BT113" in render_findings(found, SOURCE, "concise")
