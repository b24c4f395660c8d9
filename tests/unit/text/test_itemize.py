from __future__ import annotations

from unittest.mock import patch

import pytest
from helpers.cases import each
from helpers.fontfiles import bundled_face
from helpers.specimens import CHAR, EM, FONT, items, plain, shaper
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import astuple, replace

from brieftex.fonts.face import Face
from brieftex.fonts.report import FontBook, Role
from brieftex.styled.styles import Kinsoku, LineRules, Punctuation
from brieftex.styled.text import Text, TextRun
from brieftex.text import parameters
from brieftex.text.clreq import Gap, ShrinkStep
from brieftex.text.itemize import Items, itemize
from brieftex.text.meetings import meetings
from brieftex.text.shaping import Shaper
from brieftex.text.units import Units


def width(text: str, **rules: object) -> float:
    """The natural width of a text as one line, em."""
    columns = items(text, LineRules(**rules)).columns  # type: ignore[arg-type]
    return columns.natural(0, len(columns)) / EM


def pair(text: str, style: str) -> float:
    """The width of marks in the midst of a line, em."""
    return width(f"中{text}文", punctuation=Punctuation(style)) - 2


def parts(made: Items) -> list[str]:
    """The units of a text."""
    return ["".join(piece.texts) for piece in made.pieces]


def broken(text: str, keep: tuple[str, ...] = (), **rules: object) -> str:
    """The text with | where a line may end."""
    made = items(text, LineRules(**rules), keep)  # type: ignore[arg-type]
    breaks = made.columns.breaks
    return "".join(
        part + "|" * (k in breaks and k < len(made.pieces)) for k, part in enumerate(parts(made), 1)
    )


def prices(text: str, keep: tuple[str, ...] = ()) -> dict[str, int]:
    """What breaks cost, by the text before them."""
    made = items(text, None, keep)
    columns = made.columns
    return {
        text[: made.starts[b]]: price
        for b, price in zip(columns.breaks, columns.penalties, strict=True)
        if price
    }


# --- the width of marks ---------------------------------------------------------------------


@each(
    ("marks", "full", "kaiming", "line_end", "half"),
    [
        ("）》", 1.5, 1, 2, 1),
        ("”）", 1.5, 1, 2, 1),
        ("。”", 1.5, 1, 2, 1),
        ("，）", 1.5, 1, 2, 1),
        ("”，", 1.5, 1, 2, 1),
        ("》。", 1.5, 1.5, 2, 1),
        ("）；", 1.5, 1, 2, 1),
        ("》《", 1.5, 1, 2, 1),
        ("”“", 1.5, 1, 2, 1),
        ("）（", 1.5, 1, 2, 1),
        ("：“", 1.5, 1, 2, 1),
        ("，《", 1.5, 1, 2, 1),
        ("。“", 1.5, 1.5, 2, 1),
        ("“《", 1.5, 1, 2, 1),
        ("（“", 1.5, 1, 2, 1),
        ("（）", 2, 1, 2, 1),
        ("？！", 1, 1, 1, 1),
        ("！！", 1, 1, 1, 1),
        ("？？？", 2, 2, 2, 1.5),
        ("！！！！", 2, 2, 2, 2),
        ("？？", 1, 1, 1, 1),
        ("！！！", 2, 2, 2, 1.5),
        ("？！”", 2, 1.5, 2, 1.5),
        ("》）。", 2, 2, 3, 1.5),
        ("。”“", 2, 1.5, 3, 1.5),
        ("……”", 3, 2.5, 3, 2.5),
        ("——“", 3, 2.5, 3, 2.5),
        ("“……", 3, 2.5, 3, 2.5),
        ("》·", 1.5, 1, 1.5, 1),
        ("，", 1, 0.5, 1, 0.5),
        ("。", 1, 1, 1, 0.5),
        ("？", 1, 1, 1, 0.5),
        ("《", 1, 0.5, 1, 0.5),
        ("》", 1, 0.5, 1, 0.5),
    ],
)
def test_squeeze(marks: str, full: float, kaiming: float, line_end: float, half: float) -> None:
    """Ensures the widths of neighbouring marks (typography.md 3.2) in each style: full takes
    half an em between two marks where a bracket is one of them, kaiming leaves only 。？！
    their em, line-end none before the edge, half nothing; ？！ are one em, three marks two
    (GB/T 15834 5.1.2)."""
    found = [pair(marks, style) for style in ("full", "kaiming", "line-end", "half")]
    assert found == [full, kaiming, line_end, half]


@each(
    ("marks", "ems"),
    [
        ("——", 2),
        ("……", 2),
        ("—", 1),
        ("～", 1),
        ("·", 0.5),
        ("/", 0.5),
        ("／", 0.5),
        ("，", 1),
        ("（", 1),
    ],
)
def test_widths_of_the_standard(marks: str, ems: float) -> None:
    """Ensures GB/T 15834 5.1: dashes and ellipses of two em, 一字线 and 浪纹线 of one, 间隔号
    of half, whatever the face has: in BriefTest the · is a whole em."""
    assert pair(marks, "full") == ems


def test_what_neighbours_can_still_give() -> None:
    """Ensures that a squeezed pair keeps exactly what is left of its blanks to give, so that
    it is never pressed into the ink."""
    made = items("中，文》《字。“句").columns
    assert [
        (gap / EM, shrink / EM) for gap, shrink in zip(made.gaps, made.shrinks, strict=True)
    ] == [
        (0, 0),  # 中，
        (0, 0.5),  # ，文
        (0, 0),  # 文》
        (-0.5, 0.5),  # 》《
        (0, 0),  # 《字
        (0, 0),  # 字。
        (-0.5, 0.5),  # 。“
        (0, 0),  # “句
        (0, 0),
    ]
    before, bracket = (
        [ShrinkStep.NONE, ShrinkStep.PAUSE, ShrinkStep.NONE, ShrinkStep.BRACKET],
        ShrinkStep.BRACKET,
    )
    assert [*made.steps] == [
        *before,
        ShrinkStep.NONE,
        ShrinkStep.NONE,
        bracket,
        ShrinkStep.NONE,
        ShrinkStep.NONE,
    ]


@each(
    ("text", "step"),
    [
        ("中，文", ShrinkStep.PAUSE),
        ("中、文", ShrinkStep.PAUSE),
        ("中；文", ShrinkStep.PAUSE),
        ("中：文", ShrinkStep.PAUSE),
        ("中。文", ShrinkStep.STOP),
        ("中？文", ShrinkStep.STOP),
        ("中）文", ShrinkStep.BRACKET),
        ("中a文", ShrinkStep.SCRIPT),
    ],
)
def test_step_at_which_a_mark_gives(text: str, step: ShrinkStep) -> None:
    """Ensures that each class shrinks at its own step (CLREQ, line adjustment)."""
    assert items(text).columns.steps[1] == step


def test_an_opening_mark_gives_on_its_left() -> None:
    """Ensures that the blank before an opening mark, not after it, shrinks."""
    made = items("中《文").columns
    assert made.steps[:2] == ShrinkStep.BRACKET + ShrinkStep.NONE
    assert made.shrinks[:2] == [EM // 2, 0]


# --- edges ----------------------------------------------------------------------------------


@each("style", ["full", "kaiming", "line-end", "half"])
@each("mark", "，。、；：？！》）”’")
def test_a_mark_at_the_end_takes_half_an_em(mark: str, style: str) -> None:
    """Ensures GB/T 15834 5.1.10 in every style: its blank at the right is outside the line."""
    assert width(f"中{mark}", punctuation=Punctuation(style)) == 1.5


@pytest.mark.parametrize(("text", "ems"), [("中》。", 2), ("中。”", 2), ("中——", 3), ("中……", 3)])
def test_marks_at_the_end(text: str, ems: float) -> None:
    """Ensures that the last of two marks is trimmed as well, and that what has no blank to
    lose keeps its width."""
    assert width(text) == ems


def test_start_of_a_turned_line() -> None:
    """Ensures that an opening mark loses its blank at the start of a turned line, and only if
    the theme says so."""
    for trim_start, ems in ((True, 1.5), (False, 2)):
        made = items("中《文", LineRules(trim_start=trim_start)).columns
        assert made.natural(1, 3) / EM == ems


def test_start_of_a_paragraph() -> None:
    """Ensures that the first line keeps the blank of its opening mark, which then stands two
    and a half em in as the body does, unless the theme trims it too."""
    assert width("《文") == 2
    assert width("《文", trim_first=True) == 1.5


@pytest.mark.parametrize("style", ["half", "kaiming"])
def test_half_marks_are_half_everywhere(style: str) -> None:
    """Ensures that in styles whose opening marks are half an em they are so at the starts of
    lines and paragraphs, where no neighbour takes their blank."""
    rules = LineRules(punctuation=Punctuation(style), trim_start=False)
    made = items("《文《文", rules).columns
    assert made.natural(0, 2) / EM == 1.5
    assert made.natural(2, 4) / EM == 1.5


@pytest.mark.parametrize(
    ("mark", "ems"), [("，", 1), ("。", 1), ("、", 1), ("》", 1.5), ("！", 1.5), ("；", 1)]
)
def test_hanging_marks_are_outside_the_line(mark: str, ems: float) -> None:
    """Ensures that pauses and stops hang whole when the theme wants it, brackets never."""
    assert width(f"中{mark}", hanging=True) == ems


@pytest.mark.parametrize("count", [1, 2, 3])
def test_ideographic_spaces_vanish_at_the_edges(count: int) -> None:
    """Ensures that a line neither begins nor ends with a hole, however many are typed, and that
    what is left can be stretched to both edges."""
    made = items("中" + "\u3000" * count + "文字").columns
    assert made.natural(0, 1) / EM == 1
    assert made.natural(1, 3) / EM == 2
    assert made.natural(0, 3) / EM == 3 + count
    assert made.kinds[0] == Gap.HAN


def test_ideographic_spaces_that_begin_a_line_stay() -> None:
    """Ensures that an indent typed after a hard break, or at the beginning, is printed."""
    made = items("\u3000\u3000中\n\u3000文")
    assert parts(made) == ["\u3000", "\u3000", "中", "\u3000", "文"]
    assert made.columns.natural(0, 3) / EM == 3


# --- Han and Western text -------------------------------------------------------------------


@each(
    ("text", "count"),
    [
        ("中a文", 2),
        ("中1文", 2),
        ("中 a 文", 2),
        ("a中a", 2),
        ("中a，文", 1),
        ("中，a文", 1),
        ("（a）", 0),
        ("中1％", 1),
        ("中5℃文", 1),
        ("中——a", 0),
        ("a……中", 0),
        ("1～2", 0),
        ("a·中", 0),
        ("a/中", 0),
        ("中(a)文", 0),
        ("中50%文", 2),
        ("中5°文", 2),
        ("中+5文", 2),
        ("中-文", 0),
        ("歼-20", 0),
        ("网+教", 0),
        ("中A+级", 2),
        ("为−5度", 2),
        ("面20m²的", 2),
        ("a₁的", 1),
    ],
)
def test_script_gap(text: str, count: int) -> None:
    """Ensures that Han and Latin or digits stand a quarter of an em apart, and nothing else
    does: no gap beside marks, at connectors or inside brackets (typography.md 4)."""
    made = items(text).columns
    found = sum(gap for gap, kind in zip(made.gaps, made.kinds, strict=True) if kind == Gap.SCRIPT)
    assert found * 4 == count * EM


def test_script_gap_is_the_themes() -> None:
    """Ensures that natural, least and most of the gap are what the theme says."""
    made = items("中a", LineRules(script_gap=(250, 125, 500))).columns
    assert (made.gaps[0] / EM, made.shrinks[0] / EM) == (0.25, 0.125)
    assert (made.script_natural / EM, made.script_most / EM) == (0.25, 0.5)


def test_no_script_gap_at_line_edges() -> None:
    """Ensures that a line which ends before a word has no gap after its last Han."""
    made = items("中文ab中文").columns
    assert made.natural(0, 2) / EM == 2
    assert made.natural(2, 3) / EM == 1


def test_spaces() -> None:
    """Ensures that a typed space is a word space between words and between Han characters,
    gives way to the script gap between the two, and is nothing beside a mark."""
    assert width("ab cd") == 2.25
    assert width("中 文") == 2.25
    assert width("中 ab") == 2.25
    assert width("中， 文") == 3
    assert width("ab  cd") == 2.25
    assert width("中文 ") == 2
    assert width(" 中文") == 2
    assert width("中 / 文") == 3
    assert width("中 — 文") == 3.5


@each(
    ("text", "gap", "shrink"),
    [
        ("a b", 0.25, 0),
        ("中\u3000文", 1, 0),
        ("中\u3000\u3000文", 2, 0),
        ("中 / 文", 0.25, 0),
        ("中 a", 0.25, 0.125),
        ("中 (a", 0.25, 0.125),
        ("( 中", 0.25, 0.125),
        ("中， a", 0, 0.5),
    ],
)
def test_what_spaces_give(text: str, gap: float, shrink: float) -> None:
    """Ensures that a typed space is never narrower than a quarter of an em, that one of an em or
    beside a connector keeps its width, and that one that is not set changes nothing."""
    made = items(text).columns
    at = 1 if "，" in text else 0
    assert (made.gaps[at] / EM, made.shrinks[at] / EM) == (gap, shrink)


def test_a_wide_word_space_gives_what_is_more_than_a_quarter() -> None:
    """Ensures that the space of a face whose own is wider shrinks to a quarter of an em (of the
    paragraph), and that any stretches to half an em before the gaps between Han do."""
    big = replace(CHAR, size=2 * EM)
    text = Text("ab cd", (TextRun(5, big, 0),))
    made = itemize(text, shaper(), LineRules(), EM).columns
    assert (made.gaps[0] / EM, made.shrinks[0] / EM) == (0.5, 0.25)
    assert (made.word_most / EM, items("a b").columns.word_most / EM) == (0.5, 0.5)


def test_signs_that_are_two_marks_keep_their_cells() -> None:
    """Ensures that in a row of ？ and ！ each takes half an em, but not ‼, whose two marks fill
    one cell."""
    made = items("中！‼？中")
    assert [piece.width / EM for piece in made.pieces] == [1, 0.5, 1, 1, 1]


def test_space_of_a_number_and_its_unit_is_fixed() -> None:
    """Ensures that 5 kg does not fall apart in a stretched line."""
    made = items("重5 kg的").columns
    assert made.gaps[1] == EM // 4
    assert made.kinds[1] == Gap.FIXED
    assert items("has 5 oxen").columns.kinds[1] == Gap.WORD


@each(
    ("text", "kinds"),
    [
        ("中文", "h"),
        ("中，文", "hh"),
        ("——", "-"),
        ("……", "-"),
        ("中～文", "--"),
        ("中·文", "hh"),
        ("￥5", "-"),
        ("5％", "-"),
        ("和/或", "--"),
        ("a b", "w"),
        ("中a", "x"),
        ("a，", "h"),
    ],
)
def test_how_gaps_stretch(text: str, kinds: str) -> None:
    """Ensures that nothing inside dashes, ellipses, numbers and beside connectors is ever
    spread (CLREQ)."""
    assert items(text).columns.kinds[:-1] == kinds


# --- breaks ---------------------------------------------------------------------------------


@each(
    ("text", "expected"),
    [
        ("中文字", "中|文|字"),
        ("中，文", "中，|文"),
        ("中《文》字", "中|《文》|字"),
        ("中——文", "中|——|文"),
        ("中……文", "中|……|文"),
        ("中————文", "中|——|——|文"),
        ("——中……", "——|中|……"),
        ("……中——", "……|中|——"),
        ("中～文", "中～|文"),
        ("中·文", "中·|文"),
        ("中/文", "中/文"),
        ("中a/b文", "中|a/b|文"),
        ("价￥5元", "价|￥5|元"),
        ("共5％的", "共|5％|的"),
        ("中word文", "中|word|文"),
        ("中two words文", "中|two|words|文"),
        ("中e-mail文", "中|e-mail|文"),
        ("中well-known文", "中|well-|known|文"),
        ("中2024-03-20文", "中|2024-03-20|文"),
        ("中(a)文", "中|(a)|文"),
        ("中，(a)。文", "中，|(a)。|文"),
        ("中？！文", "中？！|文"),
        ("中\u2060文字", "中文|字"),
        ("a\u00a0b c", "ab|c"),
        ("wo\u200brd", "wo|rd"),
        ("a1\u00ad2b", "a12b"),
        ("中\u0301文", "中\u0301|文"),
        ("“A”中", "“A”|中"),
        # a hyphen behind Han begins no line and is no sign; a minus sign may
        ("歼-20机", "歼-20|机"),
        ("东风-41型", "东|风-41|型"),
        ("新冠\u201119的", "新|冠\u201119|的"),
        ("北京–上海", "北|京–|上|海"),
        ("零下−5度", "零|下|−5|度"),
        ("“互联网+”行", "“互|联|网+”|行"),
        ("互联网+教", "互|联|网+|教"),
        ("，张*明获", "，|张*明|获"),
        ("，王**、李", "，|王**、|李"),
        ("单价*数量", "单|价*|数|量"),
        ("高考+5分", "高|考|+5|分"),
        # connectors with spaces around them
        ("教师 / 学生", "教|师/学|生"),
        ("北京 — 上海", "北|京—|上|海"),
        # digits in groups
        ("共12 345 678.90元", "共|12345678.90|元"),
        ("共6\u2009000米", "共|6000|米"),
        ("约5㎎的", "约|5㎎|的"),
        # what leans on the character before
        ("人々的", "人々|的"),
        ("コーヒ", "コー|ヒ"),
        ("キャト", "キャ|ト"),
        # words with slashes, paths and codes
        ("用Windows/Linux的", "用|Windows/|Linux|的"),
        ("按km/h计", "按|km/h|计"),
        ("在src/main.rs里", "在|src/|main.rs|里"),
        ("号XJ-2024-001的", "号|XJ-|2024-|001|的"),
        ("cafe\u0301-bar", "cafe\u0301-|bar"),
        ("x²y", "x²y"),
        ("米²的", "米²|的"),
        ("中、™的", "中、|™|的"),
    ],
)
def test_where_lines_may_end(text: str, expected: str) -> None:
    """Ensures 避头尾 and that words, numbers, —— and …… stay whole."""
    assert broken(text) == expected


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("basic", "甲/|乙|——|丙|……|丁"),
        ("gb", "甲/乙|——|丙|……|丁"),
        ("strict", "甲/乙——|丙……|丁"),
    ],
)
def test_kinsoku_levels(level: str, expected: str) -> None:
    """Ensures what the levels differ in: the solidus at a line's end, —— and …… at its
    start (typography.md 2.1)."""
    assert broken("甲/乙——丙……丁", kinsoku=Kinsoku(level)) == expected


def test_newlines_force_a_break() -> None:
    """Ensures that a hard line break is taken, even before a mark that may not begin a line,
    and that empty ones do not make empty lines."""
    made = items("中\n，文\n\n字")
    assert made.columns.forced == (1, 3, 4)
    assert {1, 3} <= set(made.columns.breaks)


def test_a_note_call_stays_with_its_word() -> None:
    """Ensures that no line begins with a footnote's call."""
    words = "中文[1]字"
    call = TextRun(5, replace(CHAR, size=EM // 2, rise=EM // 2), 0)
    text = Text(words, (TextRun(2, CHAR, 0), call, TextRun(6, CHAR, 0)), calls=((2, 0),))
    made = itemize(text, shaper(), LineRules(), EM)
    assert 2 not in made.columns.breaks
    assert 3 in made.columns.breaks


def test_a_change_of_style_does_not_part_a_word() -> None:
    """Ensures that emphasis inside a word or before a comma allows no break there."""
    text = Text("emphasis，", (TextRun(3, CHAR, 0), TextRun(9, replace(CHAR, rise=1), 0)))
    assert itemize(text, shaper(), LineRules(), EM).columns.breaks == [3]


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("于2024年3月5日发", ["于2024", "于2024年", "于2024年3", "于2024年3月", "于2024年3月5"]),
        ("第12期", ["第", "第12"]),
        ("计12.6万人次的", ["计12.6", "计12.6万", "计12.6万人"]),
        ("中文字", []),
    ],
)
def test_tokens_cost_a_break(text: str, split: list[str]) -> None:
    """Ensures that dates and numbers with their units may be split, but dearly."""
    assert prices(text) == dict.fromkeys(split, parameters.TOKEN_BREAK)


def test_words_to_keep_cost_a_break() -> None:
    """Ensures that the issue's own list keeps names whole, every time they occur."""
    assert prices("请韩立春与韩立春谈", ("韩立春",)) == dict.fromkeys(
        ["请韩", "请韩立", "请韩立春与韩", "请韩立春与韩立"], parameters.TOKEN_BREAK
    )


def test_a_number_and_its_unit_cost_a_break_at_the_space() -> None:
    """Ensures that 5 kg is kept on one line."""
    assert prices("重5 kg的") == {"重5 ": parameters.TOKEN_BREAK}


def test_url_breaks() -> None:
    """Ensures that a URL breaks after its marks at a small cost, elsewhere at a high one, and
    never inside :// or straight after it."""
    url = "http://a.org/bc?d"
    found = prices(url)
    assert {place for place, price in found.items() if price == parameters.URL_POINT} == {
        "http://a.", "http://a.org/", "http://a.org/bc?",
    }  # fmt: skip
    assert {place for place, price in found.items() if price == parameters.URL_INSIDE} == {
        "http://a.o", "http://a.or", "http://a.org", "http://a.org/b",
    }  # fmt: skip


# --- what else a unit knows -----------------------------------------------------------------


def test_units_know_their_characters() -> None:
    """Ensures that every unit leads back to its place in the text and its run: findings and
    links depend on it."""
    text = Text("中 ab文", (TextRun(3, CHAR, 0), TextRun(5, replace(CHAR, rise=1), 0)))
    made = itemize(text, shaper(), LineRules(), EM)
    assert parts(made) == ["中", "a", "b", "文"]
    assert made.starts == [0, 2, 3, 4, 5]
    assert made.runs == [0, 0, 1, 1]


def test_full_counts_against_runts() -> None:
    """Ensures that a mark does not save a last line from being a runt, a word does, a digit
    alone does not."""
    assert items("中，12 9 a。").columns.full == bytes((1, 0, 2, 1, 1, 0))


def test_characters_that_no_face_has_are_reported() -> None:
    """Ensures that a missing glyph is found with its place, every time it occurs."""
    assert items("中龘文龘").missing == [(1, 2), (3, 4)]
    assert items("中文").missing == []


def test_empty_texts() -> None:
    """Ensures that a text with nothing to set has no units and no breaks."""
    for words in ("", " ", "\n", "\u200b"):
        made = items(words)
        assert made.pieces == ()
        assert made.columns.breaks == []
    assert itemize(plain(""), shaper(), LineRules(), EM).starts == [0]


def test_gaps_within_addresses_are_of_their_own_kind() -> None:
    """Ensures it of each place where an address or a long code may break, wherever it stands in the
    text, and of no other."""
    for before in ("", "中", "中文", "见 ", "a "):
        made = items(f"{before}https://example.org/abc/d?e=f字ab").columns
        address = [b for b, price in zip(made.breaks, made.penalties, strict=True)
                   if price in (parameters.URL_POINT, parameters.URL_INSIDE)]  # fmt: skip
        assert len(address) > 10
        assert [i + 1 for i, kind in enumerate(made.kinds) if kind == Gap.URL] == address


def test_words_break_anywhere_only_if_they_are_long() -> None:
    """Ensures that a string of letters breaks if, and only if, it may fit no measure."""
    for count in (23, 24, 25, 40):
        assert len(items("a" * count).columns.breaks) == (1 if count <= 24 else count)


def test_a_word_of_several_faces_is_one_word() -> None:
    """Ensures that a word of which a face lacks a letter has its script gaps at its two ends, and
    no line end and no gap within."""
    latin, test = bundled_face("Tinos-Regular.ttf"), Face(FONT)
    both = Shaper(FontBook({"body": Role((test,), (test, latin))}, ()))
    for word in ("caþe", "aþ", "þ", "aþaþa"):
        made = itemize(plain(f"中{word}文"), both, LineRules(), EM)
        count = len(made.pieces)
        assert made.columns.breaks == [1, count - 1, count]
        gaps = [made.columns.gaps[0], *made.columns.gaps[1:-2], made.columns.gaps[count - 2]]
        assert gaps == [EM // 4, *[0] * (count - 3), EM // 4]


def test_a_soft_hyphen_is_a_place_for_a_hyphen_between_letters_alone() -> None:
    """Ensures that a word may end a line there with a hyphen, for its price, and that one beside
    Han, a digit or the end is none."""
    cases = {"ab\u00adcd": [1], "a\u00adb": [1], "中\u00ad文": [], "1\u00ada": [], "a\u00ad": []}
    for text, places in cases.items():
        made = items(text)
        assert list(made.hyphens) == places, text
        assert made.columns.hyphens == dict.fromkeys(places, EM // 2)
        count = len(made.pieces)
        assert made.columns.breaks == [*(places if "中" not in text else [1]), count], text
        costs = dict(zip(made.columns.breaks, made.columns.penalties, strict=True))
        assert all(costs[place] == 600 for place in places)


@each(
    "text",
    [
        "电话：|0531-8888 6666|，联系|人：王小五。|",
        "《|办法|》（|试行）|自2026年1月|1日起|施行，|“|好|”。",
        "文件C:\\a.docx|、|E|mail：a@b.c|…|…",
    ],
)
@each("unseen", ["\u200e", "\u202d", "\u2061\u2066", "\u180e", "\u061c", "\u206a"])
def test_format_characters_change_nothing(text: str, unseen: str) -> None:
    """Catches gaps around a mark of direction, as of a Western word, and a comma that gives up no
    blank because one follows it; telephone numbers come between two of them."""
    without, given = items(text.replace("|", "")), items(text.replace("|", unseen))
    assert all(b - a == 1 and given.text.text[a] not in unseen for a, b in given.missing)
    assert given.columns.widths == without.columns.widths
    assert given.columns.gaps == without.columns.gaps
    assert given.columns.shrinks == without.columns.shrinks
    assert set(given.columns.breaks) <= set(without.columns.breaks)


@given(
    st.text("12.,%aB中（，。-+'#“\u0301\u00ad\u200d ", max_size=12), st.booleans(), st.booleans()
)
@example("中12.5%aB1，123,456,789", True, False)
@settings(max_examples=150)
def test_words_known_as_one_unit_are_what_they_are_by_the_long_way(
    words: str, codes: bool, parted: bool
) -> None:
    """Ensures that a word met before makes the same units as one that is searched for breaks and
    for what it leans on, where its style changes within, too."""
    text = plain(words)
    if parted and len(words) > 1:
        whole = text.runs[0]
        text = replace(text, runs=(replace(whole, end=len(words) // 2), replace(whole, node=1)))
    rules = LineRules(codes=codes)
    made = [itemize(text, shaper(), rules, EM) for _ in range(2)]
    with patch.object(Units, "_unit", return_value=None):
        long = itemize(text, Shaper(shaper()._book), rules, EM)
    for short in made:
        assert astuple(short.columns) == astuple(long.columns)
        assert (short.starts, short.runs, parts(short)) == (long.starts, long.runs, parts(long))
        assert (short.glyphs, short.texts) == (long.glyphs, long.texts)
        assert {*short.edges} == {*long.edges}


@given(st.text("中（）“，。！—…～·/￥％a1 \u3000", max_size=8), st.sampled_from(Kinsoku))
@settings(max_examples=150)
def test_marks_that_only_forbid_a_break_need_not_be_looked_up(words: str, level: Kinsoku) -> None:
    """Ensures that the gaps before them are those that are found where each is looked up."""
    rules = LineRules(kinsoku=level)
    short = items(words, rules)
    with patch.object(meetings(rules, EM), "idle", frozenset()):
        long = items(words, rules)
    assert astuple(short.columns) == astuple(long.columns)
