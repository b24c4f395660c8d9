"""What must hold of every line, whatever the text and the measure."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from property.strategies import EM, any_texts, items, short_texts, texts

from brieftex.document.blocks import LineRules
from brieftex.layout.dump import line_text
from brieftex.layout.lines import linebreak
from brieftex.layout.lines.linebreak import (
    Measures,
    break_first_fit,
    break_total_fit,
    looseness_demerits,
    preferred_stretch_demerits,
    tightness_demerits,
)
from brieftex.layout.lines.lineset import Slot, set_line
from brieftex.layout.page import Line
from brieftex.styled.styles import Kinsoku, Punctuation
from brieftex.text import parameters
from brieftex.text.classify import classify
from brieftex.text.columns import Columns
from brieftex.text.itemize import Items

measures = st.integers(min_value=6, max_value=40).map(lambda ems: ems * EM)
rules = st.builds(
    LineRules,
    kinsoku=st.sampled_from(Kinsoku),
    punctuation=st.sampled_from(Punctuation),
    script_gap=st.sampled_from([(125, 125, 500), (250, 125, 500), (0, 0, 250)]),
    hanging=st.booleans(),
    trim_start=st.booleans(),
    trim_first=st.booleans(),
)


def lines_of(made: Items, measure: int, indent: int = 0) -> list[Line]:
    """Set a paragraph with total fit."""
    breaks = break_total_fit(made.columns, Measures(measure - indent, measure))
    return [
        set_line(made, a, b, Slot(measure - (0 if a else indent), 0 if a else indent))
        for a, b in pairwise((0, *breaks))
    ]


def cost_of(columns: Columns, breaks: list[int], first: int, rest: int) -> int:
    """What a way to break costs, reckoned line by line from the columns alone."""
    total, before = 0, False
    for a, b in pairwise((0, *breaks)):
        slack = (rest if a else first) - columns.natural(a, b)
        last, mean = b == len(columns), 0
        if slack < 0:
            total += tightness_demerits(-slack, columns.shrink(a, b), columns.em)
        elif not last:
            mean = columns.looseness(a, b, rest if a else first)
            total += looseness_demerits(mean)
            if columns.preferred_stretch(a, b):
                total += preferred_stretch_demerits(slack, columns.preferred_stretch(a, b))
        if last:
            few = sum(columns.full[a:b]) < 2
            total += parameters.RUNT if few and a else 0
        else:
            total += columns.penalties[columns.breaks.index(b)]
        pushed = mean > parameters.PUSHED_FROM
        total += parameters.CONSECUTIVE_PUSHED if pushed and before else 0
        before = pushed
    return total


def all_ways(columns: Columns) -> list[list[int]]:
    """Every set of breaks that ends at the end."""
    inner = columns.breaks[:-1]
    return [
        [b for k, b in enumerate(inner) if choice >> k & 1] + columns.breaks[-1:]
        for choice in range(1 << len(inner))
    ]


@given(short_texts, st.integers(min_value=3, max_value=9), st.integers(0, 2))
def test_total_fit_is_the_cheapest_of_all_ways(text: str, ems: int, indent: int) -> None:
    """Ensures that pruning and windows never lose the best way (brute force knows it)."""
    made = items(text).columns
    assume(1 <= len(made.breaks) <= 13)
    first, rest = (ems - indent) * EM, ems * EM
    found = break_total_fit(made, Measures(first, rest))
    cheapest = min(cost_of(made, node, first, rest) for node in all_ways(made))
    assert cost_of(made, found, first, rest) == cheapest


@given(st.lists(texts, min_size=1, max_size=6).map("".join), st.integers(6, 14))
def test_a_long_text_is_mended_where_it_is_bad(text: str, ems: int) -> None:
    """Ensures that what is done for very long paragraphs, tried on short ones, gives as good
    lines as first fit and never better ones than the search of the whole."""
    made = items(text).columns
    assume(len(made))
    measures_ = Measures(ems * EM, ems * EM)
    exact, first = break_total_fit(made, measures_), break_first_fit(made, measures_)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linebreak, "LONG", 0)
        mended = break_total_fit(made, measures_)
    exactly, long_, by_line = (cost_of(made, node, ems * EM, ems * EM) for node in
                               (exact, mended, first))  # fmt: skip
    assert mended == sorted(set(mended))
    assert mended[-1] == len(made)
    assert exactly <= long_
    assert long_ < parameters.OVERFULL or by_line >= parameters.OVERFULL


@given(texts, measures)
def test_total_fit_is_never_dearer_than_first_fit(text: str, measure: int) -> None:
    """Ensures that looking ahead pays, at lengths that brute force cannot reach."""
    made = items(text).columns
    assume(len(made))
    both = [f(made, Measures(measure, measure)) for f in (break_total_fit, break_first_fit)]
    total, first = (cost_of(made, node, measure, measure) for node in both)
    assert total <= first


@given(texts, measures, rules)
def test_justified_lines_fill_the_measure_exactly(
    text: str, measure: int, chosen: LineRules
) -> None:
    """Ensures that no rounding remains: the width is the measure to the scaled point."""
    made = items(text, chosen)
    assume(made.pieces)
    for line in lines_of(made, measure)[:-1]:
        # Nothing in a line without a gap that stretches can fill it.
        a = made.starts.index(line.start)
        b = len(made.pieces) if line.end == made.starts[-1] else made.starts.index(line.end)
        columns = made.columns
        slack = measure - columns.natural(a, b)
        possible = columns.stretch_weight(a, b) > 0 if slack > 0 else -slack <= columns.shrink(a, b)
        if possible:
            assert line.width == measure


@given(any_texts, measures, rules)
@example("！！", 6 * EM, LineRules())
@example("(", 6 * EM, LineRules())
@example("中\u0301文", 6 * EM, LineRules())
def test_text_is_conserved(text: str, measure: int, chosen: LineRules) -> None:
    """Ensures that no character is lost, doubled or moved: only spaces go, and characters
    that are nothing but instructions to the breaker."""
    made = items(text, chosen)
    assume(made.pieces)
    written = re.sub("[ \t\n\u00a0\u00ad\u202f\u2007\u200b\u2060\ufeff]", "", text)
    combining = made.text.text
    shown = "".join(line_text(line) for line in lines_of(made, measure)).replace(" ", "")
    if not any(0x300 <= ord(char) < 0x370 for char in combining):
        assert shown == written


@given(texts, measures, st.sampled_from(Kinsoku))
def test_no_line_begins_or_ends_with_a_forbidden_mark(
    text: str, measure: int, kinsoku: str
) -> None:
    """Ensures 避头尾 at every level (GB/T 15834 5.1)."""
    made = items(text, LineRules(kinsoku=Kinsoku(kinsoku)))
    assume(made.pieces)
    classes = classify(text)
    set_lines = lines_of(made, measure)
    lines = [line_text(line) for line in set_lines]
    for set_line_, line in zip(set_lines[1:], lines[1:], strict=True):
        assert line[0] not in "，。、；：？！）》”’〕·～％"
        if kinsoku == "strict":
            assert classes[set_line_.start] not in "DE"
    for line in lines[:-1]:
        assert line[-1] not in "（《“‘〔"
    for line_ in set_lines[1:]:
        pair = text[line_.start - 1 : line_.start + 1]
        assert pair not in ("——", "……") or text.count(pair[0]) > 2


@given(texts, measures, rules)
def test_marks_and_gaps_keep_their_bounds(text: str, measure: int, chosen: LineRules) -> None:
    """Ensures that no gap shrinks by more than its marks can give, and that glyphs never
    move backwards."""
    made = items(text, chosen)
    assume(made.pieces)
    for line in lines_of(made, measure):
        places = sorted(x for run in line.runs for x in run.xs)
        assert [x for run in line.runs for x in run.xs] == places


@given(texts, st.integers(min_value=6, max_value=39))
def test_a_wider_measure_never_takes_more_lines(text: str, ems: int) -> None:
    """Ensures that the number of lines falls as the measure grows, by first fit of natural
    lines; total fit may spend a line to save a runt."""
    made = items(text).columns
    assume(len(made))
    narrow, wide = (break_first_fit(made, Measures(m * EM, m * EM)) for m in (ems, ems + 1))
    assert len(wide) <= len(narrow) + 1
