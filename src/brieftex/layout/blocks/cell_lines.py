"""The cells of one table as lines of their natural width.

Columns are measured by them, numbers are aligned by them, and most cells are set as just such a
line: each is made once.
"""

from __future__ import annotations

from itertools import takewhile

from msgspec.structs import replace

from brieftex.layout.lines.paragraph import Setting, in_place, natural_line
from brieftex.layout.page import Line
from brieftex.patterns import late
from brieftex.styled.styles import TextStyle
from brieftex.styled.text import Text
from brieftex.units import Sp

_TAIL = late(r"\.\d+\s*[%％‰]?|\s*[%％‰]")
"""The part of a number to the right of its units digit."""


class CellLines:
    """The lines of the texts that were asked for, which are known by what they are."""

    def __init__(self, setting: Setting) -> None:
        """``setting`` is that of the table."""
        self.setting = setting
        self._lines: dict[int, tuple[Text, Line]] = {}
        self._tails: dict[int, tuple[Text, Sp]] = {}

    def natural(self, text: Text) -> Line:
        """``text`` as one line of its natural width."""
        known = self._lines.get(id(text))
        if known is None:
            known = self._lines[id(text)] = text, natural_line(text, self.setting)
        return known[1]

    def in_place(self, text: Text, style: TextStyle, measure: Sp) -> Line | None:
        """The one line that ``text`` is set as in ``measure``; None if that has to be seen."""
        known = self._lines.get(id(text))
        return None if known is None else in_place(known[1], style, measure)

    def tail(self, text: Text) -> Sp:
        """The width to the right of a number's units digit, the call of a note included, Sp."""
        known = self._tails.get(id(text))
        if known is None:
            known = self._tails[id(text)] = text, self._tail(text)
        return known[1]

    def _tail(self, text: Text) -> Sp:
        number = cell_number(text)
        match = _TAIL.search(number)
        ones = match.start() if match else len(number)
        if ones == len(text.text):
            return 0
        return self.natural(text).width - natural_line(_until(text, ones), self.setting).width


def cell_number(text: Text) -> str:
    """The characters of a cell before the first call of a note."""
    return text.text[: text.calls[0][0]] if text.calls else text.text


def _until(text: Text, end: int) -> Text:
    """The first ``end`` characters of ``text``."""
    before = tuple(takewhile(lambda run: run.end < end, text.runs))
    last = replace(text.runs[len(before)], end=end)
    return Text(text.text[:end], (*before, last) if end else ())
