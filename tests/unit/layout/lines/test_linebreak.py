from __future__ import annotations

import random
from itertools import pairwise

import pytest
from helpers.cases import each
from helpers.specimens import EM, items

from brieftex.layout.lines.breakers import BREAKERS
from brieftex.layout.lines.linebreak import (
    Measures,
    _Paragraph,
    break_first_fit,
    break_total_fit,
    looseness_demerits,
    preferred_stretch_demerits,
    ragged_demerits,
    tightness_demerits,
)
from brieftex.styled.styles import LineRules
from brieftex.text import parameters

HAN = "中文字体排印测试简报标点符号行首末段落题目录正引注图表数据说明来源编审核签发送"


def broken(
    text: str, ems: float, breaker: str = "total", indent: float = 0, **rules: object
) -> list[str]:
    """The lines of a text, by their characters in the file."""
    made = items(text, LineRules(**rules))  # type: ignore[arg-type]
    measures = Measures(int((ems - indent) * EM), int(ems * EM))
    breaks = BREAKERS[breaker](made.columns, measures)
    starts = [made.starts[b] for b in (0, *breaks)]
    return [text[a:b] for a, b in pairwise(starts)]


both = pytest.mark.parametrize("breaker", ["first", "total"])


@both
def test_han_fill_their_lines(breaker: str) -> None:
    """Ensures that ten cells hold ten characters, neither nine nor eleven."""
    assert broken(HAN[:25], 10, breaker) == [HAN[:10], HAN[10:20], HAN[20:25]]


@both
def test_the_first_line_is_shorter(breaker: str) -> None:
    """Ensures that the indent is taken from the first line only."""
    assert broken(HAN[:25], 10, breaker, indent=2) == [HAN[:8], HAN[8:18], HAN[18:25]]


@both
def test_a_mark_is_pressed_in_before_it_is_pushed_out(breaker: str) -> None:
    """Ensures 先挤进、后推出: the blank of an earlier mark makes room for the one that may
    not begin a line."""
    assert broken("中文字，体排印测试简，报标点", 10.5, breaker)[0] == "中文字，体排印测试简，"


@both
def test_a_mark_that_does_not_fit_takes_a_character_along(breaker: str) -> None:
    """Ensures that without a blank to give the character before the mark goes to the next
    line with it."""
    lines = broken("中文字体排印测试简报，标点符号", 10, breaker)
    assert lines[:2] == ["中文字体排印测试简", "报，标点符号"]


def test_a_mark_at_the_end_needs_half_a_cell() -> None:
    """Ensures that a line holds a last mark for half an em, and a hanging one for none."""
    assert broken("中文字体排，印测试", 5.5)[0] == "中文字体排，"
    assert broken("中文字体排，印测试", 5, hanging=True)[0] == "中文字体排，"


@both
def test_hard_breaks_are_taken(breaker: str) -> None:
    """Ensures that a line ends where the author ended it, however short, and that the line
    after it is no first line."""
    assert broken("中文\n字体排印", 4, breaker, indent=2) == ["中文\n", "字体排印"]


def test_total_fit_mends_a_runt() -> None:
    """Ensures that a last line of one character is avoided by bringing a second one down
    (孤字), and that first fit, which does not look ahead, has it."""
    assert broken(HAN[:11], 10, "first") == [HAN[:10], HAN[10:11]]
    assert broken(HAN[:11], 10, "total") == [HAN[:9], HAN[9:11]]


def test_total_fit_presses_a_runt_in() -> None:
    """Ensures that where marks can give, the last character comes up instead (GB/T 15834
    5.1.11)."""
    text = "中文字，体排印，测试简"
    assert broken(text, 10, "total") == [text]


@pytest.mark.parametrize(
    ("end", "lines"),
    [
        ("报", 9),
        ("报。", 9),
        ("报告", 10),
        ("AI", 10),
    ],
)
def test_what_a_runt_is(end: str, lines: int) -> None:
    """Ensures that one Han character is a runt with a mark as without, and that two, or a
    word of an em, are not."""
    first = broken(HAN[:10] + end, 10)[0]
    assert len(first) == lines


def test_a_paragraph_of_one_line_is_no_runt() -> None:
    """Ensures that a lone character as a whole paragraph is left alone."""
    assert broken("中", 10) == ["中"]


def test_total_fit_shares_looseness_out() -> None:
    """Ensures that a word which does not fit loosens two lines a little rather than one a
    lot: first fit leaves one with a hole."""
    text = HAN[:14] + "abcdefghijk" + HAN[14:22]

    def worst(breaker: str) -> int:
        made = items(text).columns
        breaks = BREAKERS[breaker](made, Measures(8 * EM, 8 * EM))
        return max(
            8 * EM - made.natural(a, b) for a, b in zip((0, *breaks[:-2]), breaks[:-1], strict=True)
        )

    assert worst("total") <= worst("first")


@both
def test_dates_stay_whole_where_it_costs_little(breaker: str) -> None:
    """Ensures that a token is kept on one line if the line before does not become loose."""
    text = "中文字体排印测试简报标点符号行首末，段12月5日落题"
    lines = broken(text, 20, breaker)
    assert lines[0].endswith("段")


def test_a_long_url_is_broken_at_its_marks() -> None:
    """Ensures that a URL fills the line up to one of its marks instead of going whole to a
    line of its own, and loses nothing."""
    text = HAN[:12] + "见https://example.org/abcd/efgh?x=1看"
    lines = broken(text, 22)
    assert "".join(lines) == text
    assert lines[0].endswith("//example.")


def test_what_no_line_can_hold_sticks_out_in_one_line() -> None:
    """Ensures that a word longer than the measure ends in a line of its own, not in a hang or
    a lost rest."""
    assert broken("中abcdefghijklmnop文", 5) == ["中", "abcdefghijklmnop", "文"]


def test_empty_paragraph() -> None:
    """Ensures that nothing gives no line."""
    for breaker in (break_first_fit, break_total_fit):
        assert breaker(items("").columns, Measures(EM, EM)) == []


def test_ragged_lines_fill_without_stretching() -> None:
    """Ensures that lines which are not justified hold as much as they can unless the rag can
    be evener, and never stick out."""
    made = items(HAN[:24]).columns
    breaks = break_total_fit(made, Measures(10 * EM, 10 * EM, justified=False))
    assert breaks == [10, 20, 24]


def test_ragged_lines_avoid_runts() -> None:
    """Ensures that ragged text has no runt either."""
    made = items(HAN[:11]).columns
    assert break_total_fit(made, Measures(10 * EM, 10 * EM, justified=False)) == [9, 11]


def test_long_paragraphs() -> None:
    """Ensures that a paragraph too long for the wide search is broken all the same, every
    line filled."""
    text = HAN * 100
    lines = broken(text, 20)
    assert {len(line) for line in lines[:-1]} == {20}


def test_costs() -> None:
    """Ensures the coin: 1,000 for gaps a tenth of an em wide, more where a line is strained, 60 for
    all that marks can give, far more for what sticks out; shares count by their cube."""
    for mean, strained in ((0, 0), (7, 0), (100, 0), (125, 0), (126, 250_000), (250, 250_000)):
        assert looseness_demerits(mean) == mean**3 // 1000 + strained
    for beyond in (1, 50, 700):
        dear = parameters.TOO_LOOSE + beyond * parameters.TOO_LOOSE_EACH
        assert looseness_demerits(250 + beyond) == (250 + beyond) ** 3 // 1000 + 250_000 + dear
    for tenths in range(11):
        assert tightness_demerits(tenths, 10, EM) == 60 * tenths**3 // 1000
        assert preferred_stretch_demerits(tenths, 10) == tenths**3 // 100
        assert ragged_demerits(tenths, 10) == 100 * tenths * tenths
    assert preferred_stretch_demerits(25, 10) == 10
    for beyond in (1, 3, 500):
        out = parameters.OVERFULL + beyond * 1_000_000
        assert tightness_demerits(EM + beyond * EM // 1000 + 1, EM, EM) == out


def test_two_pushed_lines_in_a_row_cost_more_than_one() -> None:
    """Ensures that a line is filled to the last character rather than pushed out right behind
    another: without that price the second of these lines would end one character earlier."""
    text = "测标印印印试印文体试印试体文印字排点字，文文abc体"
    assert [len(line) for line in broken(text, 8)][:2] == [7, 8]


@both
def test_an_opening_mark_that_begins_the_text_gives_at_need(breaker: str) -> None:
    """Ensures that where nothing else can shrink the blank of a first mark makes the room that
    one more character takes."""
    assert broken("《中文字体排印测试", 4.5, breaker)[0] == "《中文字体"
    columns = items("《中文字体排").columns
    assert columns.lead == EM // 2
    assert columns.shrink(0, 5) == EM // 2
    assert columns.shrink(1, 5) == 0


@each(
    "text",
    [
        "《" + HAN[:30],
        "《中文》，《字体》！" + HAN[:20],
        HAN[:12] + "a b。" * 6,
        "abcdef " * 8,
    ],
)
@each("ems", [3, 4.5, 7])
def test_no_text_needs_fewer_lines_than_is_told(text: str, ems: float) -> None:
    """Ensures that the least number of lines, by which the search leaves paths out, is never more
    than the lines take that hold as much as they can, pressed, from any place on."""
    columns = items(text).columns
    measure, end = int(ems * EM), len(columns)
    paragraph = _Paragraph(columns, Measures(measure - EM, measure))
    fewest = {end: 0}
    for at, a in reversed([*enumerate(paragraph.places[:-1])]):
        room = measure if a else measure - EM
        fits = [
            b
            for b in columns.breaks
            if b > a and columns.natural(a, b) - columns.shrink(a, b) <= room and b in fewest
        ]
        if fits:
            fewest[a] = 1 + min(fewest[b] for b in fits)
            last = len(paragraph.places) - 1
            assert paragraph.least_lines(at, last, paragraph.longest) <= fewest[a]
    assert len(fewest) > 5


@each("justified", [True, False])
@each(
    "text",
    [
        "《中文，字》体排。印测（试简）报标点，符号",
        "中文ab cd字体 efg hi排印，测试j k简报",
        "ab\u00adcde\u00adfghi abc\u00addef jk\u00adlm，中no\u00adpqr文st\u00aduvwx字体",
        "见https://example.org/ab/cd?e=1看2024年12月31日止的材料",
    ],
)
def test_lines_cost_what_the_columns_say(text: str, *, justified: bool) -> None:
    """Ensures of every line that may begin at any unit that its demerits and its looseness are
    those of its width, of what its gaps give or take, of its break and of a runt; and that none is
    left out that has no more demerits than are looked for, though hyphens make lines wider."""
    columns = items(text, LineRules(trim_start=True)).columns
    count, em = len(columns), columns.em
    # In lines of two em one letter of an address may be less loose than two.
    for measure in (2 * EM, 3 * EM, 9 * EM // 2, 7 * EM, 7 * EM + 12345):
        paragraph = _Paragraph(columns, Measures(measure - EM, measure, justified=justified))
        places = paragraph.places
        for at, a in enumerate(places[:-1]):
            room = measure if a else measure - EM
            costs: dict[int, tuple[int, int]] = {}
            for b, penalty in zip(columns.breaks, columns.penalties, strict=True):
                if b <= a:
                    continue
                slack, preferred = room - columns.natural(a, b), columns.preferred_stretch(a, b)
                mean = 0
                if slack < 0:
                    cost = tightness_demerits(-slack, columns.shrink(a, b), em)
                elif b == count:
                    cost = 0
                elif justified:
                    cost = preferred_stretch_demerits(slack, preferred) if preferred else 0
                    mean = columns.looseness(a, b, room)
                    cost += looseness_demerits(mean) if slack > preferred else 0
                else:
                    cost = ragged_demerits(slack, room)
                runt = b == count and a and columns.fullness(a, b) < 2
                penalty = parameters.RUNT_DEMERITS * bool(runt) if b == count else penalty
                costs[b] = cost + penalty, mean
            every = list(paragraph.lines(at, len(places) - 1, parameters.INFINITE))
            assert [k for k, *_ in every] == sorted((k for k, *_ in every), reverse=True)
            assert all(costs[places[k]] == (cost, mean) for k, cost, mean in every), (a, measure)
            for most in {0, 10, 150, 1000, *(cost for cost, _ in costs.values())}:
                if most < parameters.OVERFULL:
                    found = {
                        places[k]
                        for k, cost, _ in paragraph.lines(at, len(places) - 1, most)
                        if cost <= most
                    }
                    assert found == {b for b, (cost, _) in costs.items() if cost <= most}


def by_definition(paragraph: _Paragraph, start: int, end: int, stop: int) -> list[int]:
    """The path of least demerits from place ``start`` to the place ``end``, of all there are."""
    nodes: dict[tuple[int, bool], tuple[int, list[int]]] = {(start, False): (0, [])}
    for at in range(start, end):
        for before in (False, True):
            if (at, before) not in nodes:
                continue
            sofar, path = nodes[at, before]
            for k, demerits, mean in paragraph.lines(at, stop, parameters.INFINITE):
                pushed = mean > parameters.PUSHED_FROM
                total = sofar + demerits + parameters.CONSECUTIVE_PUSHED * (before and pushed)
                if k <= end and total < nodes.get((k, pushed), (total + 1, []))[0]:
                    nodes[k, pushed] = total, [*path, k]
    return min(nodes[end, pushed] for pushed in (False, True) if (end, pushed) in nodes)[1]


def test_a_long_paragraph_is_optimised_in_parts() -> None:
    """Ensures that of each 32 lines, as many as first fit has to where they end, the path of least
    demerits is taken, and its first 24 are kept: what is far behind moves no line."""
    words = ("2024年12月31日", "《字体》", "abcdefg", "，", "5 kg", HAN[:9], HAN[9:14])
    for seed in (5, 6):  # where one line more or less, kept, leads to other lines
        chance = random.Random(seed)
        text = "".join(chance.choice(words) + chance.choice(HAN) for _ in range(120))
        columns = items(text).columns
        measures, stop = Measures(6 * EM, 8 * EM), len(columns.breaks)
        paragraph, at = _Paragraph(columns, measures), 0
        first, expected = break_first_fit(columns, measures), []
        assert len(first) > 50
        while at < stop:
            end = at
            for _ in range(32):
                end = paragraph.best(end, stop)[0] if end < stop else end
            path = by_definition(paragraph, at, end, stop)
            expected += path if end == stop else path[:24]
            at = expected[-1]
        assert break_total_fit(columns, measures) == [paragraph.places[k] for k in expected]
