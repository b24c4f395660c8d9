"""A paragraph as columns of integers: the input of line breaking and justification.

A unit is never divided by a line end: a Han character, a mark, a word or the part of a word
between two of its breaks. Entry i of a column belongs to unit i, or to the gap after it. Glyphs
and libraries are not known here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import add
from typing import Final

from msgspec import Struct, field
from msgspec.structs import force_setattr

from brieftex.text.clreq import STRETCH_WEIGHT, Gap
from brieftex.units import Sp

_WEIGHTS: Final = bytes.maketrans(
    "".join(kind.value for kind in STRETCH_WEIGHT).encode("ascii"), bytes(STRETCH_WEIGHT.values())
)

GAP_WEIGHT: Final = STRETCH_WEIGHT[Gap.HAN]
"""The weight of a gap between two Han characters."""

# Letters that are asked for in every line: in Python 3.11 the class of an enum takes long to find
# a member.
HAN_GAP: Final = Gap.HAN.value
WORD_GAP: Final = Gap.WORD.value
SCRIPT_GAP: Final = Gap.SCRIPT.value


def stretch_weights(kinds: str) -> bytes:
    """The weights with which gaps of these ``kinds`` stretch."""
    return kinds.encode("ascii").translate(_WEIGHTS)


def running_sums(values: Iterable[tuple[int, Sp]], count: int, start: Sp = 0) -> list[Sp]:
    """The running sums of ``count`` values from ``start`` on. ``values`` are those that are not 0,
    in their order, with their indices."""
    sums: list[Sp] = []
    for i, value in values:
        sums += [start] * (i + 1 - len(sums))
        start += value
    return sums + [start] * (count + 1 - len(sums))


def running_weights(kinds: str) -> Sequence[int]:
    """The running sums of the weights of gaps of these ``kinds``. Most texts have none that weighs
    otherwise than one between Han characters."""
    weights = stretch_weights(kinds)
    if weights.count(GAP_WEIGHT) == len(weights):
        return range(0, GAP_WEIGHT * (len(weights) + 1), GAP_WEIGHT)
    return list(accumulate(weights, initial=0))


class Columns(Struct, frozen=True):
    """The units of a paragraph.

    ``widths``     advance of each unit, Sp
    ``gaps``       natural space after it, Sp; negative where adjacent marks are squeezed
    ``shrinks``    by how much that space may shrink, Sp
    ``steps``      the step at which it shrinks (letters of clreq.ShrinkStep)
    ``kinds``      how it stretches (letters of clreq.Gap)
    ``trim_start`` the blank trimmed at its left when it begins a line, Sp
    ``trim_end``   the blank trimmed at its right when it ends a line, Sp
    ``hyphens``    the width of the hyphen added when a line ends at break b, by break, Sp
    ``breaks``     the units before which a line may end, ascending; the last is their count
    ``penalties``  the penalty of each break, in demerits (``text.parameters``)
    ``hangs``      how far the last mark may hang when a line that ends at break b would not
                   fit, by break, Sp; the sums below do not include it
    ``lead``       the blank that an opening mark at the start of the text gives up at its left
                   when shrinking gaps is not enough, Sp
    ``forced``     the forced breaks (hard line breaks); the last is the unit count
    ``full``       1 for a Han character, 2 for a word: a last line of less than 2 is a runt
    """

    em: Sp
    widths: Sequence[Sp]
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
    full: bytes
    word_most: Sp
    script_most: Sp
    script_natural: Sp
    hangs: dict[int, Sp] = field(default_factory=dict)
    lead: Sp = 0
    # Prefix sums, so that the width of a line is the difference of two entries.
    sums: list[Sp] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.sums:
            steps = map(add, self.widths, self.gaps)
            force_setattr(self, "sums", list(accumulate(steps, initial=0)))

    def __len__(self) -> int:
        return len(self.widths)

    def is_forced(self, b: int) -> bool:
        """Whether the break before unit ``b`` is a forced one."""
        forced = self.forced
        if len(forced) == 1:  # as in nearly all texts
            return b == forced[0]
        at = bisect_left(forced, b)
        return at < len(forced) and forced[at] == b

    def preferred(self, a: int, b: int) -> Iterator[tuple[int, Sp]]:
        """The word and script gaps after units a up to b, and by how much each may stretch before
        the gaps between Han characters do, Sp."""
        for kind, most in ((WORD_GAP, self.word_most), (SCRIPT_GAP, self.script_most)):
            i = self.kinds.find(kind, a, b)
            while i >= 0:
                yield i, max(0, most - self.gaps[i])
                i = self.kinds.find(kind, i + 1, b)

    def natural(self, a: int, b: int) -> Sp:
        """The natural width of the line of units a up to b, Sp."""
        if a == b:
            return 0
        return (
            self.sums[b] - self.sums[a] - self.gaps[b - 1] - self.trim_start[a]
            - self.trim_end[b - 1] + self.hyphens.get(b, 0)
        )  # fmt: skip

    def shrink(self, a: int, b: int) -> Sp:
        """By how much the line of units a up to b may shrink, its first mark included, Sp."""
        gaps = sum(self.shrinks[a : b - 1]) if b > a else 0
        return gaps if a else gaps + self.lead

    def stretch_weight(self, a: int, b: int) -> int:
        """The sum of the stretch weights of the gaps in the line of units a up to b."""
        return sum(stretch_weights(self.kinds[a : b - 1])) if b > a else 0

    def preferred_stretch(self, a: int, b: int) -> Sp:
        """By how much the word and script gaps of the line stretch before all gaps do, Sp."""
        return sum([stretch for _, stretch in self.preferred(a, b - 1)]) if b > a else 0

    def fullness(self, a: int, b: int) -> int:
        """How many Han characters, or words as two of them, the line of units a up to b has."""
        return sum(self.full[a:b])

    def looseness(self, a: int, b: int, measure: Sp) -> int:
        """The mean stretch of the line's gaps that fills ``measure`` once its word and script
        gaps are at their widest, in 1/1000 em."""
        rest = measure - self.natural(a, b) - self.preferred_stretch(a, b)
        weight = self.stretch_weight(a, b) or GAP_WEIGHT
        return rest * 1000 * GAP_WEIGHT // (weight * self.em) if rest > 0 else 0
