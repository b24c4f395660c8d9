"""The scale of a chart's axis maps values to lengths and has ticks at round numbers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

from msgspec import Struct

from brieftex.units import Sp

# Round steps, as multiples of a power of ten.
_ROUND = (Fraction(1), Fraction(2), Fraction(5), Fraction(10))

# A curve whose lowest value is at least this share of its highest does not start at 0.
_FLAT = Fraction(6, 10)


class Scale(Struct, frozen=True):
    """Values from ``low`` to ``high`` with a tick every ``step``, also at both ends."""

    low: Fraction
    high: Fraction
    step: Fraction

    def length(self, value: Fraction, whole: Sp) -> Sp:
        """The distance of ``value`` from the low end of an axis of length ``whole``, Sp."""
        return round((value - self.low) * whole / (self.high - self.low))

    def ticks(self) -> list[Fraction]:
        """The numbers to print beside the axis."""
        count = int((self.high - self.low) / self.step)
        return [self.low + k * self.step for k in range(count + 1)]


def scale_of(values: Sequence[Fraction], steps: int, *, from_zero: bool) -> Scale:
    """A scale that covers ``values`` in about ``steps`` steps. ``from_zero``: lengths are
    compared, so the axis must begin (or end) at zero."""
    low, high = min(values), max(values)
    if from_zero or low <= 0 or low < high * _FLAT:
        low, high = min(low, Fraction(0)), max(high, Fraction(0))
    if low == high:
        low, high = (low, low + abs(low)) if low else (Fraction(0), Fraction(1))
    step = _round_step((high - low) / steps)
    return Scale(floor(low / step) * step, ceil(high / step) * step, step)


def exact_scale(values: Sequence[Fraction]) -> Scale:
    """A scale from zero to the extreme values themselves, for charts without an axis."""
    low, high = min(*values, Fraction(0)), max(*values, Fraction(0))
    return Scale(low, high if high > low else low + 1, (high - low) or Fraction(1))


def tick_words(
    value: Fraction, worth: Fraction, suffix: str, *, commas: bool, places: int = 0
) -> str:
    """A number of the axis in units of ``worth``: 0, 2.5, 1,200, 3万. It has at least
    ``places`` decimal places."""
    if not value:
        return "0"
    number = value / worth
    whole, rest = divmod(abs(number), 1)
    digits = ""
    while rest and len(digits) < 12:
        digit, rest = divmod(rest * 10, 1)
        digits += str(digit)
    digits = digits.ljust(places, "0")
    text = f"{whole:,}" if commas else str(whole)
    sign = "\u2212" if number < 0 else ""
    return sign + text + (f".{digits}" if digits else "") + suffix


def _round_step(least: Fraction) -> Fraction:
    """The smallest round step that is no less than ``least``."""
    power = Fraction(1)
    while power * 10 <= least:
        power *= 10
    while power > least:
        power /= 10
    return next(power * factor for factor in _ROUND if power * factor >= least)
