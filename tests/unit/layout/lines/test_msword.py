"""Each rule of Word's lines, in a face of whole and half ems."""

from __future__ import annotations

from itertools import pairwise

import pytest
from helpers.cases import each
from helpers.specimens import EM, items, set_lines, words_of

from brieftex.layout.lines.breakers import BREAKERS
from brieftex.layout.lines.linebreak import Measures
from brieftex.layout.lines.msword import break_msword, most_taken
from brieftex.layout.page import Line
from brieftex.styled.styles import Kinsoku, LineBreaking, LineRules, Punctuation
from brieftex.text.clreq import WORD_HANGING, WORD_NOT_AT_END, WORD_NOT_AT_START
from brieftex.text.itemize import Items
from brieftex.text.msword import effective
from brieftex.units import pt

HAN = "中文字体排印测试简报标点符号行首末段落题目录正引注图表数据"
WORD = LineRules(breaking=LineBreaking.WORD)


def broken(text: str, ems: float, indent: float = 0) -> list[str]:
    """The lines of a text, by their characters in the file."""
    made = word_items(text)
    breaks = break_msword(made.columns, Measures(int((ems - indent) * EM), int(ems * EM)))
    starts = [made.starts[b] for b in (0, *breaks)]
    return [text[a:b] for a, b in pairwise(starts)]


def word_items(text: str) -> Items:
    return items(text, WORD)


def set_as_word(text: str, ems: float) -> list[Line]:
    lines: list[Line] = set_lines(text, ems, breaking=LineBreaking.WORD)
    return lines


def xs_of(line: Line) -> list[float]:
    """Where the characters of a line stand, in em."""
    return [x / EM for run in line.runs for x in run.xs]


def test_it_is_a_breaker() -> None:
    assert BREAKERS[LineBreaking.WORD] is break_msword


def test_lines_take_what_fits() -> None:
    assert broken(HAN[:12], 5) == [HAN[:5], HAN[5:10], HAN[10:12]]
    assert broken(HAN[:12], 5.9) == [HAN[:5], HAN[5:10], HAN[10:12]]


def test_what_follows_a_line_takes_none_of_its_room() -> None:
    """Ensures that spaces of any width are left out where a line ends, as all spaces are."""
    assert broken(f"{HAN[:4]}\u3000\u3000\u3000\u3000{HAN[4:8]}", 4) == [
        f"{HAN[:4]}\u3000\u3000\u3000\u3000",
        HAN[4:8],
    ]


def test_the_first_line_has_its_own_measure() -> None:
    assert broken(HAN[:12], 5, indent=2) == [HAN[:3], HAN[3:8], HAN[8:12]]


def test_a_runt_is_left_alone() -> None:
    """Ensures that Word's lines stay even where total fit would do better."""
    assert broken(HAN[:11], 5)[-1] == HAN[10]
    assert broken(f"{HAN[:11]}。", 5)[-1] == f"{HAN[10]}。"


@each("mark", "，。、；：？！）》”’〕】％℃")
def test_a_mark_hangs_where_it_does_not_fit(mark: str) -> None:
    """Ensures that marks of Word's list end a line that is full without them."""
    assert broken(f"中文字体排{mark}印测", 5) == [f"中文字体排{mark}", "印测"]


@pytest.mark.parametrize("mark", "，、")
def test_a_hung_mark_stands_outside_the_measure(mark: str) -> None:
    first = set_as_word(f"中文字体排{mark}印测", 5)[0]
    assert first.width == 5 * EM
    assert xs_of(first) == [0, 1, 2, 3, 4, 5]


def test_a_mark_hangs_only_as_far_as_it_must() -> None:
    """Ensures that the line keeps its natural gaps, and that a mark that fits stays inside."""
    most = set_as_word("中文字体，印测试简报", 4.5)[0]
    assert most.width == int(4.5 * EM)
    assert xs_of(most) == [0, 1, 2, 3, 4]
    inside = set_as_word("中文字体，印测试简报", 5)[0]
    assert inside.width == 5 * EM
    assert xs_of(inside) == [0, 1, 2, 3, 4]


def test_one_mark_hangs_and_not_two() -> None:
    """Ensures that 。” does not hang whole: the character before goes along."""
    assert broken("中文字体排。”印测", 5) == ["中文字体", "排。”印测"]
    assert broken("中文字体排。”印测", 5.5) == ["中文字体排。”", "印测"]


@pytest.mark.parametrize("mark", "—/／")
def test_marks_of_neither_list_go_to_the_next_line(mark: str) -> None:
    assert broken(f"中文字体排{mark}印测", 5) == ["中文字体排", f"{mark}印测"]


def test_a_mark_in_a_full_line_lets_another_character_in() -> None:
    """Ensures that up to half an em is taken from marks, and not more."""
    assert broken("中文，字体排印测", 4.5) == ["中文，字体", "排印测"]
    assert broken("中文，字体排印测", 4.4) == ["中文，字", "体排印测"]
    assert broken("中文，字、体排印测试", 5.4) == ["中文，字、", "体排印测试"]


def test_the_cap_is_of_the_line_and_not_of_the_mark() -> None:
    """Ensures that two commas give no more than one."""
    assert broken("中，文，字体排印", 5.5) == ["中，文，字体", "排印"]
    assert broken("中，文，字体排印", 5.0)[0] == "中，文，字"


def test_marks_are_shaved_alike() -> None:
    first = set_as_word("中，文，字体排印", 5.5)[0]
    assert first.width == int(5.5 * EM)
    assert xs_of(first) == [0, 1, 1.75, 2.75, 3.5, 4.5]


def test_opening_marks_give_as_well() -> None:
    assert broken("中（文字体排印", 4.5) == ["中（文字体", "排印"]


def test_a_mark_hangs_and_others_are_shaved() -> None:
    """Ensures that both help together, as in most full lines that end with a mark."""
    lines = set_as_word("中，文字体，排印", 4.5)
    assert words_of(lines) == ["中，文字体，", "排印"]
    assert lines[0].width == int(4.5 * EM)
    assert xs_of(lines[0]) == [0, 1, 1.5, 2.5, 3.5, 4.5]


def test_a_line_without_marks_to_shave_pushes_out() -> None:
    """Ensures that the mark takes the character before it along, and only that one."""
    assert broken("中文字体排，印测", 4.5) == ["中文字体", "排，印测"]


def test_the_last_line_is_set_by_the_same_rules() -> None:
    line = set_as_word("中，文字体。", 4.5)
    assert words_of(line) == ["中，文字体。"]
    assert line[0].width == int(4.5 * EM)


@pytest.mark.parametrize(
    ("text", "first"),
    [("中文字（体排）印", "中文字"), ("中文字《体排》印", "中文字"), ("中文字￥5元印测", "中文字")],
)
def test_opening_marks_end_no_line(text: str, first: str) -> None:
    assert broken(text, 4)[0] == first


def test_an_interpunct_stands_at_neither_edge() -> None:
    """Ensures that Word's both lists hold for ·: it hangs nowhere and ends nothing."""
    assert broken("中文字体·排印", 4) == ["中文字", "体·排印"]
    assert broken("中文字·体排印", 3.5)[0] == "中文"


def test_marks_within_words_are_not_looked_at() -> None:
    """Ensures that a line may end behind 3.5 and before (a) although . and ) begin no line and (
    ends none, and that the marks at the edges of a word count."""
    assert word_items("中3.5文字").columns.breaks == [1, 2, 3, 4]
    assert word_items("中x(a)y字").columns.breaks == [1, 2, 3]
    assert word_items("中(ab)字").columns.breaks == [1, 2, 3]
    assert word_items("中%文").columns.breaks == [2, 3]
    assert word_items("中$文").columns.breaks == [1, 3]


def test_dashes_and_ellipses_stay_whole() -> None:
    assert broken("中文字——体排", 4) == ["中文字", "——体排"]
    # … may not begin a line and does not hang: the character before goes along.
    assert broken("中文字体……排印", 5) == ["中文字", "体……排印"]


def test_neighbouring_marks_keep_their_cells() -> None:
    """Ensures that pairs are not halved: the real issue's lines would end elsewhere."""
    columns = word_items("中”，“文").columns
    assert columns.gaps == [0, 0, 0, 0, 0]
    assert columns.natural(0, 5) == 5 * EM


def test_marks_keep_their_cells_at_both_edges() -> None:
    columns = word_items("（中文）。").columns
    assert set(columns.trim_start) == set(columns.trim_end) == {0}


def test_the_script_gap_is_a_quarter_and_gives_nothing() -> None:
    columns = word_items("中12文AB字").columns
    assert columns.gaps[:-1] == [EM // 4] * 4
    assert set(columns.shrinks) == {0}
    assert broken("中12文字体", 4.4) == ["中12文", "字体"]
    assert broken("中12文字体", 4.5) == ["中12文字", "体"]


def test_no_gap_between_digits_and_marks() -> None:
    assert word_items("中，12。").columns.gaps == [0, 0, 0, 0]


def test_a_typed_space_is_a_gap_and_not_added_to_it() -> None:
    assert word_items("中 12 文").columns.gaps == word_items("中12文").columns.gaps


def test_stretch_goes_to_all_gaps_alike() -> None:
    """Ensures that script gaps grow with the others and not before them."""
    first = set_as_word("中文12字体排印", 4.9)[0]
    assert first.width == int(4.9 * EM)
    gaps = [b - a for a, b in pairwise(xs_of(first))]
    assert gaps[0] - 1 == pytest.approx(gaps[1] - 1.25, abs=0.001)


def test_tokens_are_not_protected() -> None:
    """Ensures that a date breaks where the line is full, listed words among them."""
    assert broken("中文字2024年3月5日", 6.5)[0] == "中文字2024年"
    made = items("中文字体排印", WORD, keep=("体排",))
    assert break_msword(made.columns, Measures(4 * EM, 4 * EM)) == [4, 6]


def test_words_go_to_the_next_line_whole() -> None:
    assert broken("中文word体排", 3.25) == ["中文", "word体", "排"]


def test_a_word_longer_than_the_line_is_cut() -> None:
    """Ensures that a line never sticks out because of a word that no line could hold."""
    lines = set_as_word("中文https://example.org/" + "abcdefghij" * 4, 6)
    assert words_of(lines)[0] == "中文"
    assert all(line.natural <= 6 * EM for line in lines)


def test_hard_breaks_are_taken() -> None:
    assert broken("中文\n字体排印", 4) == ["中文\n", "字体排印"]


@pytest.mark.parametrize(
    ("size", "most"), [("16", "8"), ("15", "7.5"), ("10.5", "5"), ("15.79", "7.5"), ("9", "4.5")]
)
def test_half_an_em_is_rounded_down_to_half_points(size: str, most: str) -> None:
    assert most_taken(pt(size)) == pt(most)


def test_the_profile_overrides_the_theme() -> None:
    """Ensures that a theme's taste does not change where Word breaks."""
    theme = LineRules(
        breaking=LineBreaking.WORD, kinsoku=Kinsoku.STRICT, punctuation=Punctuation.HALF,
        script_gap=(0, 0, 0), hanging=True, trim_first=True, hyphenate=True,
    )  # fmt: skip
    assert effective(theme) == effective(WORD)


@pytest.mark.parametrize("breaking", ["total", "first"])
def test_other_ways_to_break_keep_their_rules(breaking: str) -> None:
    rules = LineRules(breaking=LineBreaking(breaking))
    assert effective(rules) is rules
    assert not items("中文，字体。", rules).columns.hangs


def test_words_lists() -> None:
    """Ensures facts of the lists that readers may doubt: the zh-CN set hangs ：；？！ and
    brackets, · and ． stand at neither edge, dashes and solidi are free."""
    assert set("：；？！”）") <= WORD_HANGING
    assert set("·．") <= WORD_NOT_AT_START & WORD_NOT_AT_END
    assert not set("—/／") & (WORD_NOT_AT_START | WORD_NOT_AT_END)
    assert "…" in WORD_NOT_AT_START
    assert not set("…‖") & WORD_HANGING
