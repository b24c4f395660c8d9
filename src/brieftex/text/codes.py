"""Where a code may break in a narrow table cell: an account, card or file number.

Long strings of digits are read in groups of four, other codes up to their own separators:
``6222 0210 0111``, ``GJC-2024-/00017``. In running text such codes are kept whole.
"""

from __future__ import annotations

from typing import Final

from brieftex.patterns import late
from brieftex.text import parameters
from brieftex.text.clreq import WESTERN_NOT_AT_START

_SHORT: Final = 8
"""Shorter codes are not broken."""

_POINT: Final = late(r"(?<=[0-9A-Za-z])[-/_](?=[0-9A-Za-z])")
_THOUSANDS: Final = late(r"(?<=\d),(?=\d{3})")
_ROW: Final = late(r"(?<![.\d])[0-9A-Za-z]{8,}(?!\.\d)")
_DIGITS: Final = late(r"\d.*\d.*\d.*\d")
_MOBILE: Final = late(r"1\d{10}")


def code_breaks(word: str) -> dict[int, int]:
    """The breaks of ``word``, which has no spaces and is not a URL, and their penalties: after
    its separators; in a string of letters and digits, between groups of four (in a mobile number
    after three and seven); between the thousands of an amount, with the penalty of a token."""
    if len(word) < _SHORT:
        return {}
    found = {match.end(): parameters.CODE_IN_CELL for match in _POINT.finditer(word)}
    found |= {match.end(): parameters.TOKEN_BREAK for match in _THOUSANDS.finditer(word)}
    for match in _ROW.finditer(word):
        row = match[0]
        if not _DIGITS.search(row):
            continue
        groups = (3, 7) if _MOBILE.fullmatch(row) else range(4, len(row) - 1, 4)
        found |= {match.start() + group: parameters.CODE_IN_CELL for group in groups}
    return {at: cost for at, cost in found.items() if word[at] not in WESTERN_NOT_AT_START}
