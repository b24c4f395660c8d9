"""Chinese numerals, and the labels made of them.

GB/T 9704-2012 7.3.3 numbers levels 一、 （一） 1. （1）; a theme may choose other formats
with ``{han}``, ``{arabic}`` and ``{circled}`` in a format.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from brieftex.document.blocks import ListNumbering

HAN_MOST = 9999
"""The largest number ``to_han`` writes."""

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")

_CIRCLED_MOST = 50
_BULLETS = {
    **dict.fromkeys("•●⚫", ListNumbering.DISC),
    **dict.fromkeys("◦○⚪", ListNumbering.CIRCLE),
    **dict.fromkeys("■▪□▫◼◻", ListNumbering.SQUARE),
}


def to_han(number: int) -> str:
    """A number from 1 to 9999 in Chinese numerals as it is read: 12 十二, 105 一百零五.

    Raises ValueError outside that range.
    """
    if not 1 <= number <= HAN_MOST:
        raise ValueError(number)
    digits = [int(digit) for digit in str(number)]
    written = ""
    for power, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit:
            written += _DIGITS[digit] + _UNITS[power]
        elif written[-1] != "零":
            written += "零"  # one for any number of consecutive zeros: 1005 一千零五
    written = written.rstrip("零")
    # 10 to 19 are read without their 一, but only at the front: 12 十二, 112 一百一十二.
    return written[1:] if written.startswith("一十") else written


def han(number: int) -> str:
    """A number in Chinese numerals; in digits above 9999."""
    return to_han(number) if 1 <= number <= HAN_MOST else str(number)


def circled(number: int) -> str:
    """① to ㊿; above that, where Unicode has none, the number in full-width brackets."""
    if 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if 21 <= number <= 35:
        return chr(0x3251 + number - 21)
    if 36 <= number <= _CIRCLED_MOST:
        return chr(0x32B1 + number - 36)
    return f"（{number}）"


_FIELDS: Final[Mapping[str, Callable[[int], str]]] = {
    "{han}": han, "{arabic}": str, "{circled}": circled
}  # fmt: skip


@lru_cache(maxsize=256)
def label(form: str, number: int) -> str:
    """A label such as ``（{han}）`` with its number. Above 9999 Han falls back to digits."""
    for field, written in _FIELDS.items():
        if field in form:
            form = form.replace(field, written(number))
    return form


def deeper(forms: tuple[str, ...], level: int) -> tuple[str, ...]:
    """The forms of labels from a level on, counted from 0; the last one serves deeper levels."""
    return forms[min(level, len(forms) - 1) :]


def bullet_numbering(bullet: str) -> ListNumbering:
    """How the tag tree names a list with this bullet: NONE for a mark it has no name for."""
    return _BULLETS.get(bullet.strip(), ListNumbering.NONE)


def label_numbering(form: str) -> ListNumbering:
    """How the tag tree names a list with labels of this form: NONE when none counts."""
    counts = any(field in form for field in _FIELDS)
    return ListNumbering.DECIMAL if counts else ListNumbering.NONE
