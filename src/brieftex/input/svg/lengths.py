"""Lengths and font sizes (SVG 1.1, 7.10; CSS Fonts 4, 2.5) in px."""

from __future__ import annotations

import re
from collections.abc import Mapping

from brieftex.input.svg.matrix import NUMBER, numbers
from brieftex.patterns import late

_SIZES = {
    "xx-small": 0.6, "x-small": 0.75, "small": 8 / 9, "medium": 1.0, "large": 1.2,
    "x-large": 1.5, "xx-large": 2.0, "xxx-large": 3.0,
}  # fmt: skip
_PX = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54,
       "in": 96.0, "q": 96 / 101.6}  # fmt: skip
_EM = {"em": 1.0, "rem": 1.0, "%": 0.01, "ex": 0.5, "ch": 0.5}
_LENGTH = late(rf"\s*({NUMBER.pattern})\s*([a-z%]*)\s*", re.IGNORECASE)


def read_length(text: str, em: float | None = None, whole: float | None = None) -> float | None:
    """A length in px; None for what is none, or is relative to something not given: ``em`` is
    the font size, ``whole`` what a per cent is a hundredth of."""
    match = _LENGTH.fullmatch(text)
    if match is None:
        return None
    number, unit = float(match[1]), match[2].lower()
    if unit in _PX:
        return number * _PX[unit]
    if unit == "em" and em is not None:
        return number * em
    if unit == "%" and whole is not None:
        return number * whole / 100
    return None


def font_size(text: str, outer: float) -> float | None:
    """A font size in px; ``outer`` is that around it."""
    low = text.strip().lower()
    if low in _SIZES:
        return 16 * _SIZES[low]
    if low in ("smaller", "larger"):
        return outer / 1.2 if low == "smaller" else outer * 1.2
    match = _LENGTH.fullmatch(low)
    if match is None:
        return None
    number, unit = float(match[1]), match[2]
    if number < 0:
        return None
    if unit in _EM:
        return number * _EM[unit] * (16 if unit == "rem" else outer)
    return number * _PX[unit] if unit in _PX else None


def user_scale(root: Mapping[str, str]) -> float:
    """How many px a user unit is; ``root`` are the attributes of a drawing. A viewBox changes it
    where a width or a height stands beside it."""
    box = numbers(root.get("viewBox", ""))
    if len(box) != 4:
        return 1.0
    lengths = (read_length(root.get(key, "")) for key in ("width", "height"))
    scales = [a / b for a, b in zip(lengths, box[2:], strict=True) if a and a > 0 < b]
    filled = "slice" in root.get("preserveAspectRatio", "")
    return (max if filled else min)(scales, default=1.0)
