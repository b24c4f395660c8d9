"""Titles in lines: between words, in good shapes, as few as can be."""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from pathlib import Path

import pytest
from helpers.cases import each
from msgspec.structs import replace

from brieftex.fonts.load import load_fonts
from brieftex.input.theme import load_theme
from brieftex.layout.dump import line_text
from brieftex.layout.lines.linebreak import Measures
from brieftex.layout.lines.paragraph import Setting, set_text
from brieftex.layout.lines.titlebreak import break_title, step_demerits
from brieftex.layout.page import Line
from brieftex.styled.text import Text, TextRun
from brieftex.text import parameters
from brieftex.text.columns import Columns
from brieftex.text.shaping import Shaper

HERE = Path(__file__).parent
TITLES = [
    line
    for line in (HERE / "titles.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
THEME = load_theme("briefing", HERE)
STYLE = replace(THEME.styles["section"], left=0, right=0, indent=0)
EM = STYLE.char.size


@cache
def shaper() -> Shaper:
    """The bundled faces: the test font has too few characters."""
    return Shaper(load_fonts(THEME.fonts, None, bundled_only=True))


def lines(title: str, ems: int, keep: tuple[str, ...] = ()) -> list[Line]:
    """A title set in a measure of so many ems."""
    text = Text(title, (TextRun(len(title), STYLE.char, 0),))
    return set_text(text, STYLE, ems * EM, Setting(shaper(), THEME.lines, keep))


def shown(title: str, ems: int, keep: tuple[str, ...] = ()) -> str:
    """What the lines say, with | between them."""
    return "|".join(line_text(line) for line in lines(title, ems, keep))


@each("ems", [10, 12, 14, 16, 18, 20])
@each("marked", TITLES)
def test_titles_break_between_words(marked: str, ems: int) -> None:
    """Ensures it of every line end, that no line begins with 的, 了 or 和, and that none is one
    character alone."""
    ends = set(accumulate(len(word) for word in marked.split("|")))
    title = marked.replace("|", "")
    made = lines(title, ems)
    if title.startswith("打通") and ems == 10:
        return  # ——基于… does not fit
    assert {line.end for line in made} <= ends
    for line in made[1:]:
        assert line_text(line)[0] not in "的了和"
    assert all(line.end - line.start > 1 for line in made)
    assert all(line.width <= ems * EM for line in made)


@each("marked", TITLES)
def test_a_title_takes_no_more_lines_than_it_must(marked: str) -> None:
    """Ensures that shapes are found within the fewest lines, or one more."""
    title = marked.replace("|", "")
    (whole,) = lines(title, 60)
    made = lines(title, 18)
    assert len(made) <= -(-whole.width // (18 * EM)) + 1


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("临岳理工大学关于印发管理办法的通知", "临岳理工大学|关于印发管理办法的通知"),
        ("关于给予王某某等同志通报表扬的决定", "关于给予王某某等同志|通报表扬的决定"),
        ("关于加快发展新质生产力若干问题的思考", "关于加快发展新质生产力|若干问题的思考"),
    ],
)
def test_names_and_recent_words_hold_together(title: str, expected: str) -> None:
    """Catches a place or a person cut in two for want of an entry in the word list."""
    assert shown(title, 12) == expected


def test_words_to_keep_hold_together() -> None:
    title = "关于推进青蓝结对工程建设和考核工作的通知"
    for ems in range(8, 20):
        assert "青蓝结对" in shown(title, ems, ("青蓝结对",))


def test_the_editors_line_breaks_stay() -> None:
    """Ensures that a line that the editor ended is one, shaped by itself if it is too long."""
    assert shown("甲乙丙\n关于进一步加强大型仪器开放共享工作的实施意见", 14) == (
        "甲乙丙|关于进一步加强大型仪器|开放共享工作的实施意见"
    )


LONG = "关于进一步加强大型仪器开放共享工作的实施意见"


def test_a_title_is_shaped_alike_wherever_it_stands_in_its_text() -> None:
    """Ensures that what stands between two hard line breaks does not depend on how much is before
    or behind it."""
    for before, behind in ((1, 0), (0, 1), (2, 2), (150, 0)):
        made = shown("\n".join(["甲乙"] * before + [LONG] + ["甲乙"] * behind), 14).split("|")
        found = made[before : len(made) - behind]
        assert found == ["关于进一步加强大型仪器", "开放共享工作的实施意见"]


def test_a_title_of_too_many_lines_is_a_paragraph() -> None:
    """Ensures that each line that the editor ended is whole, too, where one has more lines than
    titles have, or a word that no line holds; and that nothing is lost or said twice."""
    for middle in (LONG * 2, f"{LONG}{'a' * 18}"):
        for before, behind in (("", ""), ("甲乙\n丙丁\n", ""), ("甲乙\n", "\n丙丁")):
            title = f"{before}{middle}{behind}"
            made = lines(title, 5)
            assert "".join(line_text(line) for line in made) == title.replace("\n", "")
            ends = {line.end for line in made}
            assert {at for at, char in enumerate(title, 1) if char == "\n"} <= ends
            sizes = [line.end - line.start for line in made]
            assert min(sizes) > 1


def test_a_line_may_end_behind_a_place_whose_hyphen_has_no_room() -> None:
    """Ensures that a break that only its hyphen makes too wide does not hide the next one, which
    has none and fits: nine units of an em in lines of five, the fifth no wider than a hyphen."""
    columns = Columns(
        em=EM, widths=[EM] * 4 + [EM // 4] + [EM] * 4, gaps=[0] * 9, shrinks=[0] * 9,
        steps="-" * 9, kinds="h" * 9, trim_start=[0] * 9, trim_end=[0] * 9, hyphens={4: EM},
        breaks=[2, 4, 5, 9], penalties=[0] * 4, forced=(9,), full=bytes([1] * 9), word_most=EM // 2,
        script_most=EM // 4, script_natural=EM // 8,
    )  # fmt: skip
    room = Measures(9 * EM // 2, 9 * EM // 2)
    assert break_title(columns, room, lambda: [0] * 10) == [5, 9]


def test_steps_between_lines() -> None:
    """Ensures the price of a step by its definition: a little for each part of the measure, more by
    the square for what is more than the longest good one, and for two lines of one length."""
    for tenths in range(-12, 13):
        share = abs(tenths) * 100
        over = max(0, share - 300)
        price = share // 10 + over**2 * 6_000 // 10**6
        equal = 50 if abs(tenths) * 10 * EM < 5 * EM else 0
        assert step_demerits(tenths * EM, 10 * EM, EM) == price + equal
    for step, equal in ((0, True), (EM // 2 - 1, True), (EM // 2, False)):
        for sign in (1, -1):
            few = step_demerits(sign * step, 10 * EM, EM)
            assert (few >= parameters.TITLE_EQUAL) is equal
            assert few <= parameters.TITLE_EQUAL + parameters.TITLE_STEP // 20
