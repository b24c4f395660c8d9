"""What stands between two units that meet in a line.

It depends on what the two are, on the blanks that they can give up there, and on the theme's rules:
so it is found once for each two that occur, and then looked up. Two Han characters are not asked
for: nothing stands between them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, TypeAlias

from brieftex.styled.styles import LineBreaking, LineRules, Punctuation
from brieftex.text.clreq import (
    NOT_AT_LINE_END,
    NOT_AT_LINE_START,
    STEP_OF,
    CharClass,
    Gap,
    ShrinkStep,
)
from brieftex.text.units import GAP_AFTER, GAP_BEFORE, WESTERN
from brieftex.units import Sp

_Meeting: TypeAlias = tuple[Sp, Sp, int, int, bool]
"""The natural gap and by how much it shrinks, Sp; the step at which it shrinks (the code of a
letter of ``clreq.ShrinkStep``), how it stretches (of one of ``clreq.Gap``), and whether the two
marks forbid a break (避头尾)."""

_SQUEEZED: Final = frozenset("(),.!")
"""Beside a bracket. Beside a dash or an ellipsis a mark keeps its blank (——” and “……)."""

_NONE: Final = ShrinkStep.NONE.value


class Meetings(dict[tuple[int, int, Sp, Sp], _Meeting]):
    """Meetings by the codes of the letters of two units, the blank at the right of the first, and
    the blank at the left of the second, Sp."""

    def __init__(self, rules: LineRules, em: Sp) -> None:
        """``rules`` are those in effect, ``em`` is the size that gaps are relative to, Sp."""
        super().__init__()
        natural, least, most = (em * part // 1000 for part in rules.script_gap)
        self.script = natural, natural - least
        self.script_most = most
        self._em = em
        self._style = rules.punctuation
        self._msword = rules.breaking is LineBreaking.WORD
        level = rules.kinsoku
        # Word has lists of its own (text.msword).
        self._not_at_end = "" if self._msword else NOT_AT_LINE_END[level]
        self._not_at_start = "" if self._msword else NOT_AT_LINE_START[level]
        # Behind Han most marks only forbid a break: these need not be looked up.
        nothing = (0, 0, ord(_NONE), ord(Gap.HAN), True)
        marks = map(ord, self._not_at_start)
        self.idle = frozenset(mark for mark in marks if self[ord("H"), mark, 0, 0] == nothing)

    def __missing__(self, key: tuple[int, int, Sp, Sp]) -> _Meeting:
        first, second, right, left = key
        a, b = chr(first), chr(second)
        closed = a in self._not_at_end or b in self._not_at_start or (a in WESTERN and b == "q")
        gap, shrink, step, kind = self._gap(a, b, right, left)
        found = self[key] = gap, shrink, ord(step), ord(kind), closed
        return found

    def _gap(self, a: str, b: str, right: Sp, left: Sp) -> tuple[Sp, Sp, str, str]:
        if a in WESTERN and b in WESTERN:
            return 0, 0, _NONE, Gap.FIXED.value
        if (a == "H" and b in GAP_BEFORE) or (a in GAP_AFTER and b == "H"):
            return *self.script, ShrinkStep.SCRIPT.value, Gap.SCRIPT.value
        if (a == b and a in "DE") or a == "p" or b == "q" or a in "~/" or b in "~/":
            # CLREQ: avoid stretching beside connectors and the solidus.
            return 0, 0, _NONE, Gap.FIXED.value
        return *self._marks(a, b, right, left), Gap.HAN.value

    def _marks(self, a: str, b: str, right: Sp, left: Sp) -> tuple[Sp, Sp, str]:
        """Squeeze adjacent marks (CLREQ, Punctuation Width Adjustment)."""
        blank = right + left
        bracket = a in "()" or b in "()"
        taken = 0
        if self._msword:  # all marks are squeezed alike, and only where the line needs it
            return 0, blank, ShrinkStep.PAUSE.value
        if self._style is Punctuation.HALF:
            taken = blank
        elif self._style is Punctuation.KAIMING:
            # Only 。？！ keep a full em, except before a closing mark.
            taken = left + (0 if a in ".!" and b != ")" else right)
        elif self._style is Punctuation.FULL and bracket and {a, b} <= _SQUEEZED:
            taken = min(blank, self._em // 2)
        if blank <= taken:
            return -taken, blank - taken, _NONE
        step = ShrinkStep.BRACKET if bracket else STEP_OF[CharClass(a if right else b)]
        return -taken, blank - taken, step.value


@lru_cache(maxsize=64)
def meetings(rules: LineRules, em: Sp) -> Meetings:
    """The meetings by these rules in text of this size."""
    return Meetings(rules, em)
