"""Lengths: scaled points, and the notations in which they are written.

Every length inside the engine is an integer number of scaled points (Sp), 65,536 to the PDF
point of 1/72 inch, so that a sum of widths is exact and the same on every machine (TeX's
reason, tex.web part 7). Floats appear only where the PDF is written.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from msgspec import Struct

from brieftex.patterns import late, late_patterns

with late_patterns("fractions"):
    from fractions import Fraction

Sp: TypeAlias = int
"""A length in scaled points."""

SP_PER_PT = 65_536

_SP_PER = {
    "pt": Fraction(SP_PER_PT),
    "in": Fraction(SP_PER_PT * 72),
    "mm": Fraction(SP_PER_PT * 720, 254),
    "cm": Fraction(SP_PER_PT * 7200, 254),
}

# GB/T 40070-2021 sizes in pt, as Word uses them.
ZIHAO_PT = {
    "初号": "42", "小初": "36", "一号": "26", "小一": "24", "二号": "22", "小二": "18",
    "三号": "16", "小三": "15", "四号": "14", "小四": "12", "五号": "10.5", "小五": "9",
    "六号": "7.5", "小六": "6.5", "七号": "5.5", "八号": "5",
}  # fmt: skip

_LENGTH = late(r"\s*([+-]?\d+(?:\.\d+)?)\s*(pt|mm|cm|in|em)\s*")


def pt(value: float | str | Fraction) -> Sp:
    """Scaled points of a length in PDF points, rounded half up."""
    return _rounded(Fraction(value) * SP_PER_PT)


def mm(value: float | str | Fraction) -> Sp:
    """Scaled points of a length in millimetres, rounded half up."""
    return _rounded(Fraction(value) * _SP_PER["mm"])


def to_pt(length: Sp) -> float:
    """PDF points of a length; only for output."""
    return length / SP_PER_PT


def to_mm(length: Sp) -> float:
    """Millimetres of a length; only for output."""
    return length * 254 / (720 * SP_PER_PT)


def parse_length(text: str, em: Sp | None = None) -> Sp:
    """Read ``28.95pt``, ``156mm``, ``2em`` or a 字号 such as ``三号``.

    ``em`` is the size of an em; without it em lengths are refused. Raises ValueError if the
    text is not a length.
    """
    name = text.strip()
    if name in ZIHAO_PT:
        return pt(ZIHAO_PT[name])
    match = _LENGTH.fullmatch(text)
    if match is None:
        raise ValueError(text)
    number, unit = Fraction(match[1]), match[2]
    if unit != "em":
        return _rounded(number * _SP_PER[unit])
    if em is None:
        raise ValueError(text)
    return _rounded(number * em)


def _rounded(value: Fraction) -> Sp:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


class Size(Struct, frozen=True):
    """Width and height, Sp."""

    width: Sp
    height: Sp


class Rect(Struct, frozen=True):
    """A rectangle by its top left corner, Sp; y grows downwards from the top of the page."""

    x: Sp
    y: Sp
    width: Sp
    height: Sp


class Color(Struct, frozen=True):
    """An sRGB colour, each part 0 to 255."""

    red: int
    green: int
    blue: int

    @classmethod
    def parse(cls, text: str) -> Color:
        """Read ``#rrggbb``. Raises ValueError."""
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
            raise ValueError(text)
        return cls(*bytes.fromhex(text[1:]))

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"


BLACK = Color(0, 0, 0)
