"""The operators of a content stream with their operands (ISO 32000-1, 7.8.2), as bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from brieftex.patterns import late

# Sets are written as ranges, which are looked up at once; \d and \s in them are asked one by one.
_PLAIN = rb"[\0-'*-\[\]-\xff]"  # neither a parenthesis nor a backslash
_LITERAL = (
    rb"\(" + _PLAIN + rb"*+(?:(?:\\.|\((?:" + _PLAIN + rb"++|\\.)*+\))" + _PLAIN + rb"*+)*+\)?+"
)
_HEX = rb"<[0-9A-Fa-f\t-\r ]*+>"
_STRING = _LITERAL + rb"|" + _HEX
_NUMBER = rb"[-+.0-9]++"
_NAME = rb"/[^\t-\r ()<>\[\]{}/%]*+"
_INNER = rb"<<(?:[^<>()]++|" + _STRING + rb")*+>>"
_DICTIONARY = rb"<<(?:[^<>()]++|" + _STRING + rb"|" + _INNER + rb")*+>>"
_OPERAND = rb"[-+.0-9\t-\r \[\]]++|" + _STRING + rb"|" + _NAME + rb"|" + _DICTIONARY

# The usual way to show text is one match: font, place, spacing and string, of which the first three
# may be left out. There are a hundred on a page. Operands without an operator are a match, too,
# and so is a string that nobody closed: they would be gone through again from each character.
_OPERATOR = late(
    rb"\s*+(?:(" + _NAME + rb"\s++" + _NUMBER + rb")\s++Tf\s*+)?+"
    rb"(?:1 0 0 1 (" + _NUMBER + rb") (" + _NUMBER + rb") Tm\s*+)?+"
    rb"(?:(" + _NUMBER + rb")\s++Tc\s*+)?+"
    rb"(?:(" + _STRING + rb")\s*+Tj"
    rb"|(\[(?:[-+.0-9\t-\r ]++|" + _STRING + rb")*+\])\s*+TJ)(?![A-Za-z'\"*])"
    rb"|((?:" + _OPERAND + rb")*+)"
    rb"([A-Za-z'\"*]++|)",
    re.DOTALL,
)
SHOWN_ELEMENT = late(
    rb"(" + _LITERAL + rb")|(" + _HEX + rb")|([-+]?(?:[0-9]++\.?[0-9]*+|\.[0-9]++))", re.DOTALL
)
"""A part of what TJ shows: a literal string, a hexadecimal one, or a number."""

_SHORT = 1 << 16
"""Bytes of a stream whose operators are found all at once: it is a page of text, not a map."""

Operation: TypeAlias = tuple[bytes, ...]
"""Text that is shown in the usual way: font, x, y and spacing, each of which may be empty, and a
string or an array. Else these are empty, and there are operands and an operator."""


def operations(data: bytes) -> Iterable[Operation]:
    """What a stream does. The bytes of a picture in it mean nothing and are passed over."""
    if len(data) <= _SHORT and b"BI" not in data:
        return _OPERATOR.findall(data)
    return _one_by_one(data)


def _one_by_one(data: bytes) -> Iterator[Operation]:
    at = 0
    while at >= 0:
        start, at = at, -1
        for found in _OPERATOR.finditer(data, start):
            yield found.groups(b"")
            if found[8] == b"BI":
                at = data.find(b"EI", found.end())
                break
