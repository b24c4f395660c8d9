from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest
from helpers.cases import each
from helpers.specimens import CHAR, EM, items, plain, set_lines, setting, style, words_of
from msgspec.structs import replace

from brieftex.diagnostics import OffsetMap, Span
from brieftex.layout.lines.linebreak import looseness_demerits
from brieftex.layout.lines.paragraph import natural_line, set_text
from brieftex.layout.page import Line
from brieftex.styled.styles import Align, LineBreaking
from brieftex.styled.text import RubyText, Text
from brieftex.text import parameters

HAN = "中文字体排印测试简报标点符号行首末段落题目录正引注图表数据说明来源编审核签发送"


def test_indents() -> None:
    """Ensures that the first line begins after ``left`` and ``indent``, the others after
    ``left`` and ``hang``, and that all end ``right`` of the edge."""
    fields = {"left": EM, "right": 2 * EM, "indent": 2 * EM, "hang": EM}
    lines = set_lines(HAN[:20], 13, fields)
    assert [(line.shift // EM, line.width // EM) for line in lines] == [(3, 8), (2, 9), (2, 3)]


def test_the_breaker_is_the_themes() -> None:
    """Ensures that ``breaking: first`` reaches the breaker: it leaves a runt."""
    assert [len(w) for w in words_of(set_lines(HAN[:11], 10))] == [9, 2]
    assert [len(w) for w in words_of(set_lines(HAN[:11], 10, breaking=LineBreaking.FIRST))] == [
        10,
        1,
    ]


@pytest.mark.parametrize(("count", "lines"), [(10, 1), (11, 2), (15, 2), (20, 2), (25, 3)])
def test_balanced_lines(count: int, lines: int) -> None:
    """Ensures that a title in two lines is not one full line and a rest: the lines are nearly
    equal, and no more than needed."""
    fields = {"align": Align.CENTER, "balance": True}
    # One rare character, so that no word says where to break.
    found = [len(words) for words in words_of(set_lines("丄" * count, 10, fields))]
    assert len(found) == lines
    assert max(found) - min(found) <= 3


def test_balanced_lines_stand_in_the_middle() -> None:
    """Ensures that the narrower measure is for breaking only: lines are centred in the full
    one."""
    lines = set_lines("丄" * 12, 10, {"align": Align.CENTER, "balance": True})
    assert len(lines) == 2
    assert all(2 * line.shift + line.width == 10 * EM for line in lines)


def test_gaps_go_by_the_paragraphs_size() -> None:
    """Ensures that the script gap is a quarter of the Han it stands beside."""
    char = replace(CHAR, size=2 * EM)
    text = replace(plain("中a"), runs=(replace(plain("中a").runs[0], style=char),))
    (line,) = set_text(text, style(char=char), 10 * EM, setting())
    assert line.width / EM == 2 + 0.5 + 1


@pytest.mark.parametrize(
    ("fields", "xs"),
    [({}, [-0.5, -0.5]), ({"hang": 2 * EM}, [0, 1.5]), ({"indent": 2 * EM}, [2, -0.5])],
)
def test_opening_marks_stand_flush_at_both_lines(fields: dict[str, int], xs: list[float]) -> None:
    """Ensures that a list item or a cell that begins with “ is not dented against its second
    line, while an indented first line keeps the whole cell of the mark."""
    lines = set_text(plain("“中文字”\n“体排印”"), style(**fields), 9 * EM, setting())
    assert [(line.shift + line.runs[0].xs[0]) / EM for line in lines] == xs


def found(
    words: str, ems: float, start: int = 100, rules: Mapping[str, Any] | None = None, **fields: Any
) -> list[tuple[object, ...]]:
    """What is reported of a paragraph that begins at ``start`` in its file."""
    text = replace(plain(words), origin=OffsetMap((0,), (start,)))
    lines = set_text(text, style(**fields), int(ems * EM), setting(**rules or {}))
    return [
        (d.kind.name, d.span.start, d.span.end, *(value for _, value in d.values))
        for line in lines
        for d in line.reported()
        if d.span
    ]


def test_what_sticks_out_is_reported() -> None:
    """Ensures that an overfull line is named with its place and by how much."""
    assert ("overfull-line", 102, 114, 1.0) in found("中文abcdefghijkl字", 5)


def test_a_line_hardly_overfull_is_not_said_to_be_so_by_nothing() -> None:
    """Catches 0.0, which tells an editor that there is nothing to do."""
    assert ("overfull-line", 100, 110, 0.1) in found("abcdefghij", 4.99)


def test_what_gaps_give_is_taken_off_what_sticks_out() -> None:
    """Ensures it of a line of 5¼ em whose only gap gives an eighth."""
    assert found("字\u2060abcdefgh", 4.5) == [("overfull-line", 100, 110, 0.7)]


@pytest.mark.parametrize("rules", [{"breaking": LineBreaking.WORD}, {"hanging": True}])
def test_a_mark_that_hangs_by_rule_is_not_overfull(rules: Mapping[str, Any]) -> None:
    """Catches a false alarm for every line that ends with a mark in the margin."""
    for ems in (4.5, 5, 5.2, 8.75):
        assert found("中文字体排，印测试简报标，点符号行首末，段落题目。录", ems, rules=rules) == []
    assert ("overfull-line", 100, 111, 1.0) in found("abcdefghij，中文字", 4, rules=rules)


def test_a_loose_line_is_reported() -> None:
    """Ensures that a line whose gaps grow beyond a quarter em is named with its place: two
    gaps share two em."""
    assert ("loose-line", 100, 103, 1.0) in found("中文字abcdefgh文字", 5)
    gap = round(1 + 0.317 / 2, 2)
    assert ("loose-line", 100, 103, gap) in found("中文字abcdefgh文字", 5.317)
    assert ("loose-line", 100, 103, 6.0) in found(f"中文字{'abcdefgh' * 3}文字", 15)


def test_a_runt_is_reported() -> None:
    """Ensures that a runt that could not be mended is named, and one line alone is none."""
    assert found("中文", 1) == [("runt", 101, 102)]
    assert found("字", 2) == []


def test_a_split_token_is_reported() -> None:
    """Ensures that a token split for want of a good line is named whole, but not one that no
    line can hold."""
    date = "2024年12月31日"  # 7 em and gaps of 5/4 em
    assert found(f"中文字体{date}", 8.5, start=0) == [("split-token", 4, 15, date)]
    assert found(f"中文字体{date}", 7, start=0) == []


def test_ragged_text_is_not_called_loose() -> None:
    """Ensures that a short line of a title is not taken for a fault."""
    assert found("中文字abcdefgh文字", 5, align=Align.LEFT) == []


def test_missing_characters_are_reported_with_their_places() -> None:
    """Ensures that every occurrence of a character without a glyph is an error at its place
    in the file, and a word of such characters one error, not one for each."""
    assert found("中龘文龘龘", 9) == [
        ("missing-glyph", 101, 102, "龘", "U+9F98"),
        ("missing-glyph", 103, 105, "龘龘", "U+9F98 U+9F98"),
    ]
    (long,) = found("龘" * 5, 9)
    assert long[3:] == ("龘" * 5, "U+9F98 U+9F98 U+9F98 U+9F98 …")


@pytest.mark.parametrize("at", [0, 2])
def test_missing_characters_of_a_reading_at_a_lines_beginning_are_reported(at: int) -> None:
    """Ensures that the first character of a line is one of it."""
    ruby = RubyText(at, at + 1, "龘", replace(CHAR, size=EM // 2), 1, 77)
    text = replace(plain("中文字体"), rubies=(ruby,))
    above = set_text(text, style(), 2 * EM, setting())[at // 2].above
    assert above is not None
    assert [one.kind.name for one in above.findings] == ["missing-glyph"]


def test_missing_characters_of_a_reading_are_reported_at_their_base() -> None:
    """Ensures that a reading that cannot be set is told of where it is written, above the line that
    has it and no other."""
    small = replace(CHAR, size=EM // 2)
    ruby = RubyText(1, 2, "a龘", small, 1, 77)
    text = replace(plain("中文字体"), rubies=(ruby,))
    first, second = set_text(text, style(), 2 * EM, setting())
    assert first.above is not None
    assert [(one.kind.name, one.span) for one in first.above.findings] == [
        ("missing-glyph", Span(77, 78))
    ]
    assert second.above is None
    assert not first.findings


@each(
    ("fields", "holds"),
    [({}, 20), ({"indent": 2 * EM}, 18), ({"hang": 2 * EM}, 18)],
)
def test_balanced_lines_have_their_indents(fields: dict[str, int], holds: int) -> None:
    """Ensures that a title whose first line, or whose others, have less room takes as many lines as
    that needs, all within it."""
    for count, needed in ((holds, 2), (holds + 1, 3)):
        lines = set_lines(HAN[:count], 10, {"balance": True, **fields})
        assert len(lines) == needed
        assert all(line.shift + line.width <= 10 * EM for line in lines)


def test_nothing_gives_no_line() -> None:
    """Ensures that an empty text or one of spaces has no lines."""
    assert set_lines("", 9) == set_lines("  ", 9) == []


def test_natural_line() -> None:
    """Ensures that labels and cells are one line at their natural width, however wide."""
    line = natural_line(plain(HAN), setting())
    assert (line.width, line.shift) == (len(HAN) * EM, 0)
    assert natural_line(plain("、" * 3), setting()).width == 5 * EM // 2


def test_natural_line_of_nothing() -> None:
    """Ensures that an empty cell or label is no crash, with a run or without, and takes no room."""
    for text in (plain(" "), Text("", ())):
        empty = Line((), 0, 0, 0, 0, len(text.text), text=text)
        assert natural_line(text, setting()) == empty


@pytest.mark.parametrize("align", [Align.JUSTIFY, Align.LEFT])
def test_a_word_is_hyphenated_only_for_a_line_that_needs_it(align: Align) -> None:
    """Ensures that a text keeps its whole words where no line is overfull and none but the last is
    so loose that a hyphen were better, which ragged lines never are; and that some are hyphenated
    where one is."""
    words = "documentation of international organizations, a communication 报告 in general"
    hyphenated = 0
    for ems in range(5, 24):
        measure = ems * EM
        whole, fine = (
            set_text(plain(words), style(align=align), measure, setting(hyphenate=hyphenate))
            for hyphenate in (False, True)
        )
        columns = items(words).columns
        starts = [items(words).starts.index(line.start) for line in whole]
        needed = False
        for a, b in pairwise((*starts, len(columns))):
            loose = align is Align.JUSTIFY and b < len(columns)
            mean = columns.looseness(a, b, measure) if loose else 0
            excess = columns.natural(a, b) - columns.shrink(a, b) - measure
            needed |= looseness_demerits(mean) > parameters.HYPHEN or excess > 0
        ends = [line.end for line in fine]
        assert needed or ends == [line.end for line in whole], ems
        hyphenated += ends != [line.end for line in whole]
    assert hyphenated


def test_titles_and_words_lines_are_not_hyphenated() -> None:
    """Ensures that hyphenation is for running text set by our own rules."""
    words = "documentation of international organizations, a communication in general"

    def parted(**rules: Any) -> bool:
        fields = {"balance": rules.pop("balance", False)}
        ends = [line.end for line in set_lines(words, 9, fields, hyphenate=True, **rules)][:-1]
        return any(words[end - 1].isalpha() and words[end].isalpha() for end in ends)

    assert parted()
    assert not parted(balance=True)
    assert not parted(breaking=LineBreaking.WORD)
