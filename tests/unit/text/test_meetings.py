"""What stands between any two units, by the rules of CLREQ put in another way."""

from __future__ import annotations

from itertools import product

import pytest

from brieftex.styled.styles import Kinsoku, LineBreaking, LineRules, Punctuation
from brieftex.text.meetings import meetings

EM = 1400
HALF = EM // 2
WORDS = "Llrk"  # by whether they take script gaps at both edges, before, behind, nowhere
WIDE = "H(),.!DE~m/pq"
STEP = {"(": "4", ")": "4", ",": "5", ".": "7", "!": "7"}


def taken(style: Punctuation, a: str, b: str, right: int, left: int) -> int:
    """By how much the blanks of two marks are less where they meet."""
    if style is Punctuation.HALF:  # every mark has half a cell
        return right + left
    if style is Punctuation.KAIMING:  # but 。？！, unless a mark closes behind them
        return left if a in ".!" and b != ")" else left + right
    squeezed = {a, b} <= set("(),.!") and {a, b} & set("()")
    return min(right + left, HALF) if squeezed and style is Punctuation.FULL else 0


@pytest.mark.parametrize("style", Punctuation)
def test_what_stands_between_two_units(style: Punctuation) -> None:
    """Ensures gap, shrink, step and kind of each two that can meet, with the blanks that they have
    by themselves or without: words take script gaps beside Han alone, nothing is stretched beside
    what connects, is bound to a number or belongs to one mark, and marks are squeezed by style."""
    made = meetings(LineRules(punctuation=style, script_gap=(250, 100, 300)), EM)
    assert made.script == (EM // 4, EM * 150 // 1000)
    assert made.script_most == EM * 300 // 1000
    for a, b in product(WIDE + WORDS, repeat=2):
        rights = (0, HALF) if a in "),.!" else (0,)
        lefts = (0, HALF) if b == "(" else (0,)
        for right, left in product(rights, lefts):
            gap, shrink, step, kind, _ = made[ord(a), ord(b), right, left]
            between = gap, shrink, chr(step), chr(kind)
            blank = right + left
            if a in WORDS and b in WORDS:
                assert between == (0, 0, "-", "-")
            elif (a == "H" and b in "Ll") or (a in "Lr" and b == "H"):
                assert between == (EM // 4, EM * 150 // 1000, "6", "x")
            elif a + b in ("DD", "EE") or a == "p" or b == "q" or {a, b} & set("~/"):
                assert between == (0, 0, "-", "-")
            else:
                less = taken(style, a, b, right, left)
                step = "-" if blank == less else "4" if {a, b} & set("()") else STEP[a]
                assert between == (-less, blank - less, step, "h"), (a, b, right, left)


def test_word_squeezes_all_marks_alike() -> None:
    """Ensures that in Word's lines marks keep their cells and give their blanks only at need, in
    one step, and that breaks are left to Word's own lists."""
    made = meetings(LineRules(breaking=LineBreaking.WORD, punctuation=Punctuation.HALF), EM)
    for a, b in product("H(),.!", repeat=2):
        right, left = HALF * (a in "),.!"), HALF * (b == "(")
        assert made[ord(a), ord(b), right, left] == (0, right + left, ord("5"), ord("h"), False)
    assert not any(made[ord(a), ord(b), 0, 0][4] for a, b in product(WIDE, repeat=2))


@pytest.mark.parametrize(
    ("level", "end", "start"),
    [
        (Kinsoku.BASIC, "(p", "),.!~mq/"),
        (Kinsoku.GB, "(p/", "),.!~mq/"),
        (Kinsoku.STRICT, "(p/", "),.!~mq/DE"),
    ],
)
def test_which_two_a_line_end_does_not_part(level: Kinsoku, end: str, start: str) -> None:
    """Ensures 避头尾 at each level, and that % stays with its number, whatever that is."""
    made = meetings(LineRules(kinsoku=level), EM)
    for a, b in product(WIDE + WORDS, repeat=2):
        closed = made[ord(a), ord(b), 0, 0][4]
        assert closed == (a in end or b in start or (a in WORDS and b == "q")), (a, b)
