"""The names of categories below an axis: none is left out except in a series of periods.

Readers can infer the years or months between two printed ones, so every second or fifth is
enough, with a tick at each category; a college without its name would make the chart wrong.
Names are set in one row, or else in several lines, or else in two staggered rows, or else rotated.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from brieftex.layout.charts.canvas import Canvas, crowded
from brieftex.layout.page import Line
from brieftex.patterns import late
from brieftex.styled.text import Text
from brieftex.units import Sp

_LINES = 3
"""The most lines of a name."""

_NUMBER = r"(?:\d+|[〇零一二三四五六七八九十]+|[①-⑳])"
_PERIOD = late(
    rf"(?:[第前]?{_NUMBER}\s*(?:学年度?|年度?|季度|月份?|[日号周时期届点]|个月)?(?:[上下]半年)?"
    r"[年\s]*|[-–—～~./:]|[QqHhWw]\d|[上中下]旬|[上下]半年|[初中末底])+"
)
"""A period, which follows from the one before: 2019年, 3月, 第二季度, 2020–2021学年, 8:00."""


class _Arrangement(Enum):
    ROW = auto()
    LINES = auto()
    STEPS = auto()
    STAGGERED = auto()
    ROTATED = auto()


def are_periods(names: Sequence[Text]) -> bool:
    """Whether all names are periods."""
    return all(_PERIOD.fullmatch(name.text.strip()) for name in names)


class AxisNames:
    """The names below an axis; ``height`` is the height they take, Sp."""

    def __init__(self, canvas: Canvas, names: Sequence[Text], slot: Sp, most: Sp) -> None:
        """``slot`` is the width available to each name, ``most`` the height available to all."""
        self.canvas = canvas
        em = canvas.em
        self._most = most
        self._gap = em // 2
        self._step = 1
        self._lines = [[canvas.line(name)] for name in names]
        self._arrangement = self._found(names, slot)
        widest = max((line.width for lines in self._lines for line in lines), default=0)
        rows = max((len(lines) for lines in self._lines), default=1)
        self.height = {
            _Arrangement.STAGGERED: 2 * canvas.leading,
            _Arrangement.ROTATED: widest + em // 4,
        }.get(self._arrangement, rows * canvas.leading) + em // 3

    def _found(self, names: Sequence[Text], slot: Sp) -> _Arrangement:
        """The first arrangement in which all names fit."""
        widest = max(lines[0].width for lines in self._lines)
        if widest + self._gap <= slot:
            return _Arrangement.ROW
        wrapped = [self.canvas.lines(name, slot - self._gap) for name in names]
        if all(self._wraps(lines, slot) for lines in wrapped):
            self._lines = wrapped
            return _Arrangement.LINES
        if are_periods(names):
            self._step = -(-(widest + self._gap) // slot)
            return _Arrangement.STEPS
        if len(names) > 2 and widest + self._gap <= 2 * slot:
            return _Arrangement.STAGGERED
        self._turn(names, slot)
        return _Arrangement.ROTATED

    def _turn(self, names: Sequence[Text], slot: Sp) -> None:
        """Rotate the names to read upwards, in several lines if they are too long. A name that
        does not fit is an error, since it would be lost."""
        canvas, room = self.canvas, self._most - self.canvas.em
        for k, name in enumerate(names):
            lines = self._lines[k] = canvas.lines(name, room)
            wide = (len(lines) - 1) * canvas.leading + canvas.em * 11 // 10
            if wide > slot or max(line.width for line in lines) > room:
                lines[0] = crowded(lines[0])

    def _wraps(self, lines: Sequence[Line], slot: Sp) -> bool:
        """Whether a name is broken well: no line is overfull, and none is a single character."""
        widths = [line.width for line in lines]
        alone = len(lines) > 1 and min(widths) < 3 * self.canvas.em // 2
        return len(lines) <= _LINES and max(widths) + self._gap <= slot and not alone

    @property
    def ticks(self) -> bool:
        """Whether names are left out, so that the axis needs a tick for each."""
        return self._step > 1

    def write(self, k: int, middle: Sp, top: Sp) -> None:
        """Set name ``k`` centred at ``middle``, below the axis at ``top``."""
        if k % self._step:
            return
        canvas, em = self.canvas, self.canvas.em
        y = top + em // 3 + canvas.leading // 2
        if self._arrangement is _Arrangement.ROTATED:
            first = middle - (len(self._lines[k]) - 1) * canvas.leading // 2
            for row, line in enumerate(self._lines[k]):
                canvas.write_up(line, first + row * canvas.leading, top + em // 2)
            return
        if self._arrangement is _Arrangement.STAGGERED:
            y += k % 2 * canvas.leading
        for row, line in enumerate(self._lines[k]):
            canvas.write(line, middle, y + row * canvas.leading, 1)
