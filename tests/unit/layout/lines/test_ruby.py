from __future__ import annotations

from itertools import pairwise

import pytest
from helpers.specimens import CHAR, EM, setting, shaper, style
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from brieftex.layout.lines.linebreak import Measures, break_total_fit
from brieftex.layout.lines.lineset import Slot, set_line
from brieftex.layout.lines.paragraph import set_text
from brieftex.layout.page import Line
from brieftex.styled.styles import LineRules
from brieftex.styled.text import RubyText, Text, TextRun
from brieftex.text.itemize import itemize
from brieftex.text.ruby import Above, ruby_starts

SMALL = replace(CHAR, size=EM // 2, rise=EM)


def text_of(words: str, *rubies: tuple[int, int, str], dotted: bool = False) -> Text:
    """A text with readings over some of its characters, or with dots under all."""
    char = replace(CHAR, dot=EM // 4) if dotted else CHAR
    above = tuple(RubyText(a, b, text, SMALL, 1, 0) for a, b, text in rubies)
    ends = sorted({edge for a, b, _ in rubies for edge in (a, b)} - {0} | {len(words)})
    runs = tuple(TextRun(end, char, k) for k, end in enumerate(ends))
    return Text(words, runs, rubies=above)


def lines(text: Text, ems: int) -> list[Line]:
    return set_text(text, style(), ems * EM, setting())


def above(line: Line) -> list[tuple[float, str]]:
    """The readings above a line: where each begins, em, and its text."""
    assert line.above is not None
    found: list[tuple[float, str]] = []
    for run in line.above.runs:
        words = "".join(run.texts)
        found.append((run.xs[0] / EM, words))
    return found


def test_dots_stand_under_han_and_nothing_else() -> None:
    """Catches a dot under a mark, a digit or a space (CLREQ: none there)."""
    (line,) = lines(text_of("中，“文”3 字。", dotted=True), 12)
    (dots,) = line.dots
    origins = {text: x for run in line.runs for x, text in zip(run.xs, run.texts, strict=True)}
    assert list(dots.xs) == [origins[char] + EM // 2 for char in "中文字"]
    assert dots.drop > EM // 8 + dots.diameter // 2  # clear of the characters above


def test_dots_follow_a_justified_line() -> None:
    """Catches dots at natural places below spread characters."""
    first, _ = lines(text_of("中文字体排印测试，", dotted=True), 6)
    gap = first.runs[0].xs[1] - first.runs[0].xs[0]
    assert {b - a for a, b in pairwise(first.dots[0].xs)} <= {gap, gap - 1, gap + 1}
    assert len(first.dots[0].xs) == len(first.runs[0].xs)


def test_a_short_reading_changes_nothing() -> None:
    """Catches cells that grow although the reading has room."""
    (line,) = lines(text_of("中文字", (1, 2, "wen")), 10)
    assert line.width == 3 * EM
    assert above(line) == [(1.125, "wen")]  # three letters of a quarter of an em
    assert line.above is not None
    assert line.above.runs[0].rise == EM
    assert line.above.runs[0].node == 1


def test_a_reading_stands_out_over_its_neighbours() -> None:
    """A quarter of an em on each side, where nothing is read aloud."""
    (line,) = lines(text_of("中文字", (1, 2, "zhuang")), 10)
    assert line.width == 3 * EM
    assert above(line) == [(0.75, "zhuang")]


def test_a_reading_does_not_stand_out_over_what_is_narrow() -> None:
    """Ensures that beside a digit the cell grows by as much as is missing on that side: at a line's
    edge the other neighbour has to bear all of it, and must be wide enough."""
    for words in ("中文字", "1文字", "中文1", "1文1"):
        (line,) = lines(text_of(words, (1, 2, "zhuang")), 10)
        plain_line, *_ = lines(text_of(words), 10)
        narrow = words.count("1")
        assert (line.width - plain_line.width) / EM == 0.25 * narrow, words


def test_readings_keep_apart() -> None:
    """Catches two readings that touch: the cells below them grow."""
    (line,) = lines(text_of("中文", (0, 1, "zhuang"), (1, 2, "chuang")), 10)
    (x, _), (y, _) = above(line)
    assert x == 1 / 32
    assert y - (x + 1.5) == 0.125
    assert line.width / EM == 3.125
    # Each character stands in the middle of its cell.
    assert [x / EM for run in line.runs for x in run.xs] == [0.28125, 1.5625 + 0.28125]


def test_a_reading_as_wide_as_its_base_changes_nothing() -> None:
    """Ensures that nothing is taken away where there is no neighbour, or none to stand out over."""
    for words in ("文", "1文1"):
        (line,) = lines(text_of(words, (words.index("文"), words.index("文") + 1, "zhen")), 10)
        (plain_line,) = lines(text_of(words), 10)
        assert line.width == plain_line.width, words


def test_what_a_reading_is_too_wide_is_shared_by_its_characters() -> None:
    """Ensures that each cell of a base grows alike, with its character in its middle."""
    for words, name in (("中文", "zhuangzhuang"), ("中文字", "zhuangzhuangzhuangzh")):
        (line,) = lines(text_of(words, (0, len(words), name)), 10)
        assert line.width / EM == len(name) / 4
        cell = len(name) / 4 / len(words)
        found = [x / EM for run in line.runs for x in run.xs]
        assert found == pytest.approx(
            [cell * k + (cell - 1) / 2 for k in range(len(words))], abs=1e-5
        )


def test_no_line_end_parts_what_has_one_reading() -> None:
    made = itemize(text_of("中文字体", (1, 3, "ab")), shaper(), LineRules(), EM)
    assert made.columns.breaks == [1, 3, 4]


def test_a_copied_reading_has_a_space_after_it() -> None:
    """Catches syllables run together in a copy."""
    (line,) = lines(text_of("中文", (0, 1, "zh"), (1, 2, "wen")), 10)
    assert [text for _, text in above(line)] == ["zh ", "wen"]


syllables = st.sampled_from(["a", "er", "wen", "zhuang", "shuang", "中"])
words = st.lists(st.tuples(st.sampled_from("中文，字1"), st.none() | syllables), min_size=1)


@given(words, st.integers(3, 9))
def test_no_reading_leaves_its_line_or_meets_another(
    parts: list[tuple[str, str | None]], ems: int
) -> None:
    """Ensures it for any row of readings, at any line edge."""
    text = "".join(char for char, _ in parts)
    marked = [(k, k + 1, name) for k, (char, name) in enumerate(parts) if name and char != "，"]
    made = itemize(text_of(text, *marked), shaper(), LineRules(), EM)
    breaks = break_total_fit(made.columns, Measures(ems * EM, ems * EM))
    shown = 0
    for a, b in pairwise((0, *breaks)):
        line = set_line(made, a, b, Slot(ems * EM))
        found = above(line) if line.above else []
        shown += len(found)
        ends = [x + _width(name) for x, name in found]
        assert all(x >= 0 for x, _ in found)
        assert all(end <= after for end, (after, _) in zip(ends, found[1:], strict=False))
        assert not found or ends[-1] <= ems or line.width > ems * EM
    assert shown == len(marked)


def _width(name: str) -> float:
    """Letters are half an em wide, Han a whole one, at half the size."""
    return sum(0.5 if char == "中" else 0.25 for char in name.strip())


@given(
    st.lists(st.tuples(st.integers(-9, 90), st.integers(1, 20)), max_size=6).map(sorted),
    st.integers(0, 90),
)
def test_readings_are_as_near_to_their_places_as_they_can_be(
    drawn: list[tuple[int, int]], width: int
) -> None:
    """Ensures that readings keep their space from one another and stay in the line where it has
    room for them all, and that one leaves its place only where it must: to the right because the
    line or a reading begins there, to the left because the line or the next reading does."""
    ruby = RubyText(0, 1, "a", SMALL, 1, 0)
    blank = shaper().table(CHAR).word(" ")[0]
    part = SMALL.size // 4
    aboves = [Above(ruby, 0, 1, (), wide * part, blank) for _, wide in drawn]
    wanted = [
        centre * part - above.width // 2 for (centre, _), above in zip(drawn, aboves, strict=True)
    ]
    starts = list(ruby_starts(aboves, [centre * part for centre, _ in drawn], width * part))
    ends = [start + above.width for start, above in zip(starts, aboves, strict=True)]
    if sum(above.width + part for above in aboves) - part > width * part:
        return
    assert all(end + part <= start for end, start in zip(ends, starts[1:], strict=False))
    assert all(start >= 0 for start in starts)
    assert all(end <= width * part for end in ends)
    for k, (start, place) in enumerate(zip(starts, wanted, strict=True)):
        assert start <= place or start == (ends[k - 1] + part if k else 0)
        assert start >= place or ends[k] == (
            starts[k + 1] - part if k + 1 < len(starts) else width * part
        )
