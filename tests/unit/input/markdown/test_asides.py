"""``==着重==`` and ``{汉字|hàn zì}`` in Markdown: what is one, what is not, and where it stood."""

from __future__ import annotations

import pytest
from helpers.cases import each

from brieftex.diagnostics import OffsetMap
from brieftex.input.markdown import parse_body
from brieftex.model.content import Inline, Mark, Paragraph, Table


def only(text: str) -> Inline:
    """The inline text of a body of one paragraph, without problems."""
    body, found = parse_body(text, OffsetMap())
    assert [finding.message() for finding in found] == []
    (block,) = body.blocks
    assert isinstance(block, Paragraph)
    return block.inline


def problems(text: str) -> list[tuple[str, str]]:
    """The names of a body's problems, each with the text it points at."""
    found = parse_body(text, OffsetMap())[1]
    return [(f.kind.name, text[f.span.start : f.span.end]) for f in found if f.span]


def highlighted(text: str) -> str:
    """The inline text with what is highlighted in 【】, what is bold as well in 《》."""
    inline = only(text)
    pairs = {Mark.HIGHLIGHT: "【】", Mark.HIGHLIGHT | Mark.STRONG: "《》", Mark.STRONG: "〈〉"}
    pieces, at = [], 0
    for stretch in inline.stretches:
        left, right = pairs.get(stretch.marks, "[]")
        pieces += [inline.text[at : stretch.start], left]
        pieces += [inline.text[stretch.start : stretch.end], right]
        at = stretch.end
    return "".join([*pieces, inline.text[at:]])


@each(
    ("text", "expected"),
    [
        ("请==务必==核对", "请【务必】核对"),
        ("==“引文”==后文，==（注）==。", "【“引文”】后文，【（注）】。"),
        ("==带**粗**字==", "【带】《粗》【字】"),
        ("**==双重==**", "《双重》"),
        ("==第一行，\n第二行==", "【第一行，第二行】"),
        ("==English==", "【English】"),
        ("a==b==c", "a==b==c"),
        ("若 a == b，则", "若 a == b，则"),
        ("====", "===="),
        ("甲===乙===丙", "甲===乙===丙"),
        (r"\=\=不加点\=\=", "==不加点=="),
        ("[==链==接](https://a.cn/?x==y)后==点==", "【链】[接]后【点】"),
    ],
)
def test_highlight(text: str, expected: str) -> None:
    """Catches marks lost beside Chinese punctuation, and comparisons taken for marks."""
    assert highlighted(text) == expected


def test_marks_in_an_address_are_its_own() -> None:
    """Catches a closing mark found inside a URL or in code."""
    assert highlighted("==见`a==b`处==") == "【见】[a==b]【处】"
    assert only("https://a.cn/?a==b==c").text == "https://a.cn/?a==b==c"


@pytest.mark.parametrize("text", ["前==没有结尾", "开头 ==空格 ==在里面"])
def test_an_unpaired_mark_is_told(text: str) -> None:
    assert problems(text)[0] == ("emphasis-unpaired", "==")


def test_many_openings_take_no_longer_than_they_should() -> None:
    """Catches a search to the end of the text from every opening mark."""
    assert "==甲" in only_text("==甲 " * 20_000)


def only_text(text: str) -> str:
    body, _ = parse_body(text, OffsetMap())
    (block,) = body.blocks
    assert isinstance(block, Paragraph)
    return block.inline.text


@pytest.mark.parametrize("bar", ["|", "｜"])
def test_a_reading_stands_over_its_base(bar: str) -> None:
    text = f"这叫**{{甪直{bar} lù zhí }}**。"
    inline = only(text)
    (ruby,) = inline.rubies
    assert inline.text == "这叫甪直。"
    assert (inline.text[ruby.start : ruby.end], ruby.reading) == ("甪直", "lù zhí")
    assert text[ruby.at :].startswith("lù")
    assert inline.origin.source(2) == text.index("甪")


def test_a_reading_in_a_table_is_escaped_or_full_width() -> None:
    """Catches a cell cut in two."""
    body, found = parse_body(
        "| 甲 | 乙 |\n|---|---|\n| {歙县\\|Shè xiàn} | {掖｜yè} |", OffsetMap()
    )
    assert not found
    (table,) = body.blocks
    assert isinstance(table, Table)
    assert [cell.inline.rubies[0].reading for cell in table.rows[0]] == ["Shè xiàn", "yè"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{|hàn}", ("ruby-incomplete", "{|hàn}")),
        ("见{汉字| }后", ("ruby-incomplete", "{汉字| }")),
        ("见{汉字|hàn zì", ("ruby-unread", "{汉字|")),
    ],
)
def test_half_a_reading_is_told(text: str, problem: tuple[str, str]) -> None:
    assert problems(text) == [problem]


@pytest.mark.parametrize("text", ["集合{甲，乙}", r"\{甲|乙}", "`{甲|乙}`"])
def test_other_braces_stay(text: str) -> None:
    assert not only(text).rubies
