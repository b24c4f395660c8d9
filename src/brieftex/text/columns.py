"""A paragraph as columns of integers: what line breaking and justification work on.

A unit is what a line holds whole: a Han character, a mark, a word or the part of a word
between two places where it may break. Column entry i belongs to unit i, or to the gap
after unit i. No glyph and no library is known here.
"""

from __future__ import annotations

from itertools import accumulate
from typing import Final

from msgspec import Struct, field
from msgspec.structs import force_setattr

from brieftex.text.clreq import STRETCH_WEIGHT, Gap
from brieftex.units import Sp

GAP_WEIGHT: Final = STRETCH_WEIGHT[Gap.HAN]
"""Of a gap between two Han characters."""


class Columns(Struct, frozen=True):
    """The units of a paragraph.

    ``widths``     advance of each unit, Sp
    ``gaps``       natural space after it, Sp; below 0 where two marks share their blanks
    ``shrinks``      how much that space may shrink, Sp
    ``steps``      at which step it shrinks (clreq.Step letters)
    ``kinds``      how it stretches (clreq.Gap letters)
    ``trim_start`` what the unit loses at the left when it begins a line, Sp
    ``trim_end``   what it loses at the right when it ends a line, Sp
    ``hyphens``    width added when the line ends after unit b - 1, by break b, Sp
    ``breaks``     where a line may end: before unit b, ascending; the last is the unit count
    ``penalties``  what each of these breaks costs (linebreak.Costs says in which coin)
    ``hangs``      how far the line may stand out when it ends before unit b and would not
                   fit, by break b, Sp; the lengths below know nothing of it
    ``lead``       what an opening mark that begins the text can give at its left, where all
                   else does not suffice, Sp
    ``forced``     breaks that must be taken (hard line breaks), the unit count the last
    ``full``       1 for a Han character, 2 for a word: a last line needs 2, or is a runt
    """

    em: Sp
    widths: list[Sp]
    gaps: list[Sp]
    shrinks: list[Sp]
    steps: str
    kinds: str
    trim_start: list[Sp]
    trim_end: list[Sp]
    hyphens: dict[int, Sp]
    breaks: list[int]
    penalties: list[int]
    forced: tuple[int, ...]
    full: list[int]
    word_most: Sp
    script_most: Sp
    script_natural: Sp
    hangs: dict[int, Sp] = field(default_factory=dict)
    lead: Sp = 0
    # Sums of everything before unit i, so that a line's totals are two look-ups.
    sums: list[Sp] = field(default_factory=list)
    shrink_sums: list[Sp] = field(default_factory=list)
    weight_sums: list[int] = field(default_factory=list)
    preferred_sums: list[Sp] = field(default_factory=list)
    full_sums: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        weights = {kind.value: weight for kind, weight in STRETCH_WEIGHT.items()}
        columns = {
            "sums": map(int.__add__, self.widths, self.gaps),
            "shrink_sums": self.shrinks,
            "weight_sums": map(weights.__getitem__, self.kinds),
            "preferred_sums": self._preferred(),
            "full_sums": self.full,
        }
        for name, column in columns.items():
            force_setattr(self, name, list(accumulate(column, initial=0)))

    def __len__(self) -> int:
        return len(self.widths)

    def _preferred(self) -> list[Sp]:
        """How much each gap may stretch before those between Han characters do."""
        preferred = [0] * len(self.kinds)
        for kind, most in ((Gap.WORD, self.word_most), (Gap.SCRIPT, self.script_most)):
            i = self.kinds.find(kind)
            while i >= 0:
                preferred[i] = max(0, most - self.gaps[i])
                i = self.kinds.find(kind, i + 1)
        return preferred

    def natural(self, a: int, b: int) -> Sp:
        """The width of units a up to b as a line of their own, before justification."""
        if a == b:
            return 0
        return (
            self.sums[b] - self.sums[a] - self.gaps[b - 1] - self.trim_start[a]
            - self.trim_end[b - 1] + self.hyphens.get(b, 0)
        )  # fmt: skip

    def shrink(self, a: int, b: int) -> Sp:
        """How much the line of units a up to b may shrink: its gaps and its first mark."""
        gaps = self.shrink_sums[b - 1] - self.shrink_sums[a] if b > a else 0
        return gaps if a else gaps + self.lead

    def stretch_weight(self, a: int, b: int) -> int:
        """The weights of the gaps inside the line of units a up to b, of those that stretch."""
        return self.weight_sums[b - 1] - self.weight_sums[a] if b > a else 0

    def preferred_stretch(self, a: int, b: int) -> Sp:
        """How much the word and script gaps of the line may stretch before all gaps do."""
        return self.preferred_sums[b - 1] - self.preferred_sums[a] if b > a else 0

    def looseness(self, a: int, b: int, measure: Sp) -> int:
        """What is added to a gap of the line to fill ``measure``, once its word and
        script gaps are at their widest, in 1/1000 em."""
        rest = measure - self.natural(a, b) - self.preferred_stretch(a, b)
        weight = self.stretch_weight(a, b) or GAP_WEIGHT
        return rest * 1000 * GAP_WEIGHT // (weight * self.em) if rest > 0 else 0
