"""Lines that blanks move to the right, as a text typed without a word processor's tabs has them.

What stands far to the right and ends with a date is the end of a letter or an announcement
(署名 and 成文日期, GB/T 9704-2012 7.3.5): it is set to the right. Of other lines that were to be in
the middle or on the right only the editor knows what they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from brieftex.input.markdown.scripts import columns_of
from brieftex.patterns import late

FAR: Final = 8
"""Columns of blanks from which on they are no indent: four Han characters."""
_BLANKS: Final = " \t\u00a0\u3000"
_TAB: Final = 4
_DIGITS: Final = "0-9０-９〇○零一二三四五六七八九十"
_DATE: Final = late(rf"[{_DIGITS}]{{4}}\s*年\s*[{_DIGITS}]{{0,3}}\s*月\s*[{_DIGITS}]{{0,3}}\s*日")
_OTHER: Final = late(r"[-*+#>|]|\d{1,9}[.)] |.*[。；！？\t]")
_WIDEST: Final = 60


def indent_of(line: str) -> int:
    """The columns of blanks that a line begins with."""
    blanks = "".join(takewhile(_BLANKS.__contains__, line))
    return columns_of(blanks.replace("\t", " " * _TAB))


def closing_lines(text: str) -> frozenset[int]:
    """The numbers of the lines of ``text``, from 0, that are set to the right: the last of those
    that follow each other is a date."""
    found: set[int] = set()
    group: list[int] = []
    lines = text.split("\n")
    for number, line in enumerate((*lines, ".")):
        if not line.strip(_BLANKS):
            continue
        if indent_of(line) >= FAR and _may_close(line):
            group.append(number)
            continue
        if group and _DATE.fullmatch(lines[group[-1]].strip(_BLANKS)):
            found.update(group)
        group = []
    return frozenset(found)


def far_lines(text: str, read: frozenset[int]) -> Sequence[int]:
    """The lines whose blanks are not printed, without those that are ``read`` as something."""
    lines = enumerate(text.split("\n"))
    return [k for k, line in lines if k not in read and indent_of(line) >= FAR and _may_close(line)]


def _may_close(line: str) -> bool:
    text = line.strip(_BLANKS)
    return bool(text) and columns_of(text) <= _WIDEST and _OTHER.match(text) is None
