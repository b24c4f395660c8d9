"""What must hold of every line that breaks as Word breaks, whatever the text and the measure."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from property.strategies import EM, any_texts, items, texts, without_blanks

from brieftex.layout.dump import line_text
from brieftex.layout.lines.linebreak import Measures
from brieftex.layout.lines.lineset import Slot, set_line
from brieftex.layout.lines.msword import break_msword, most_taken
from brieftex.layout.page import Line
from brieftex.styled.styles import LineBreaking, LineRules
from brieftex.text import parameters
from brieftex.text.clreq import WORD_NOT_AT_END, WORD_NOT_AT_START
from brieftex.text.itemize import Items

WORD = LineRules(breaking=LineBreaking.WORD)
SAMPLE = "BRIEFTEX_WORD_SAMPLE"
"""Names a file with the text of an issue set by Word; see bench/wordlines.py."""

# In 1/100 em: widths that no whole number of characters fills.
measures = st.integers(min_value=500, max_value=4000).map(lambda part: part * EM // 100)


def lines_of(made: Items, measure: int, indent: int = 0) -> list[tuple[int, int, Line]]:
    """A paragraph in Word's lines, each with its units."""
    breaks = break_msword(made.columns, Measures(measure - indent, measure))
    return [
        (a, b, set_line(made, a, b, Slot(measure - (0 if a else indent), 0 if a else indent)))
        for a, b in pairwise((0, *breaks))
    ]


def fits(made: Items, a: int, b: int, measure: int) -> bool:
    """Whether a line may be set so: what sticks out hangs or can be taken from its marks."""
    columns = made.columns
    excess = columns.natural(a, b) - measure - columns.hangs.get(b, 0)
    return excess <= min(most_taken(columns.em), columns.shrink(a, b))


@given(any_texts, measures)
@example("0\u2000", 10 * EM)
def test_text_is_conserved(text: str, measure: int) -> None:
    """Ensures that no character is lost, doubled or moved."""
    made = items(text, WORD)
    assume(made.pieces)
    shown = "".join(line_text(line) for _, _, line in lines_of(made, measure))
    if not any(0x300 <= ord(char) < 0x370 for char in text):
        assert without_blanks(shown) == without_blanks(text)


@given(texts, measures, st.integers(0, 2))
def test_lines_fill_the_measure_exactly(text: str, measure: int, indent: int) -> None:
    """Ensures that no rounding remains, with hung and shaved marks too."""
    made = items(text, WORD)
    for a, b, line in lines_of(made, measure, indent * EM):
        room = measure - (0 if a else indent * EM)
        if not fits(made, a, b, room):
            continue
        if b in made.columns.forced and made.columns.natural(a, b) <= room:
            assert line.width == line.natural
        elif made.columns.stretch_weight(a, b):
            assert line.width == room


@given(texts, measures)
def test_every_line_is_as_full_as_it_can_be(text: str, measure: int) -> None:
    """Ensures first fit: no later break that is no emergency makes a line that fits."""
    made = items(text, WORD)
    columns = made.columns
    usual = {
        b
        for b, demerits in zip(columns.breaks, columns.penalties, strict=True)
        if demerits < parameters.URL_INSIDE
    }
    for a, b, _ in lines_of(made, measure):
        stop = next(f for f in columns.forced if f > a)
        possible = [c for c in usual if a < c <= stop and fits(made, a, c, measure)]
        if possible:
            assert b == max(possible)
        else:
            assert b not in usual or b == min(c for c in columns.breaks if c > a)


@given(texts, measures)
def test_no_line_has_a_mark_of_words_lists_at_its_edge(text: str, measure: int) -> None:
    """Ensures Word's 避头尾, but inside words, which Word does not look into."""
    made = items(text, WORD)
    lines = [line_text(line) for _, _, line in lines_of(made, measure)]
    western = re.compile("[!-~]")
    for line in lines[1:]:
        assert line[0] not in WORD_NOT_AT_START
    for line in lines[:-1]:
        assert line[-1] not in WORD_NOT_AT_END or western.match(line[-1])
    for before, after in pairwise(lines):
        assert before[-1] + after[0] not in ("——", "……") or (before + after).count(before[-1]) > 2


@given(texts, measures)
def test_glyphs_never_move_backwards(text: str, measure: int) -> None:
    """Ensures that shaved marks keep their ink."""
    for _, _, line in lines_of(items(text, WORD), measure):
        places = [x for run in line.runs for x in run.xs]
        assert places == sorted(places)


@pytest.mark.skipif(SAMPLE not in os.environ, reason=f"{SAMPLE} names no file")
def test_a_real_issue_breaks_as_word_broke_it(root: Path) -> None:
    """Ensures 98 of 100 lines. The text is not the project's, and so comes from outside."""
    script = root / "bench" / "wordlines.py"
    done = subprocess.run(
        [sys.executable, script, os.environ[SAMPLE]], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
