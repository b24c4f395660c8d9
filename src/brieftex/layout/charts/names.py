"""The names of categories below an axis: none is left out but of a row of periods.

Of years and months a reader knows what stands between two that are printed, so that every
second or fifth will do, with a tick at each. A college that has lost its name is a false chart.
Names stand in one row, else in lines below each other, else in two rows by turns, else turned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from brieftex.layout.charts.canvas import Canvas, crowded
from brieftex.layout.page import Line
from brieftex.styled.text import Text
from brieftex.units import Sp

_LINES = 3
"""A name takes no more lines than this."""

_NUMBER = r"(?:\d+|[〇零一二三四五六七八九十]+|[①-⑳])"
_PERIOD = re.compile(
    rf"(?:[第前]?{_NUMBER}\s*(?:学年度?|年度?|季度|月份?|[日号周时期届点]|个月)?(?:[上下]半年)?"
    r"[年\s]*|[-–—～~./:]|[QqHhWw]\d|[上中下]旬|[上下]半年|[初中末底])+"
)
"""What comes after what came before: 2019年, 3月, 第二季度, 2020–2021学年, 8:00."""


class _Way(Enum):
    ROW = auto()
    LINES = auto()
    STEPS = auto()
    TURNS = auto()
    UPRIGHT = auto()


def are_periods(names: Sequence[Text]) -> bool:
    """Whether names count on from one to the next."""
    return all(_PERIOD.fullmatch(name.text.strip()) for name in names)


class AxisNames:
    """Names below an axis; ``height`` is what they take."""

    def __init__(self, canvas: Canvas, names: Sequence[Text], slot: Sp, most: Sp) -> None:
        """``slot`` is the width that each has, ``most`` the height that all of them have."""
        self.canvas = canvas
        em = canvas.em
        self._most = most
        self._gap = em // 2
        self._step = 1
        self._lines = [[canvas.line(name)] for name in names]
        self._way = self._found(names, slot)
        widest = max((line.width for lines in self._lines for line in lines), default=0)
        rows = max((len(lines) for lines in self._lines), default=1)
        self.height = {
            _Way.TURNS: 2 * canvas.leading,
            _Way.UPRIGHT: widest + em // 4,
        }.get(self._way, rows * canvas.leading) + em // 3

    def _found(self, names: Sequence[Text], slot: Sp) -> _Way:
        """The first way in which all names have room."""
        widest = max(lines[0].width for lines in self._lines)
        if widest + self._gap <= slot:
            return _Way.ROW
        wrapped = [self.canvas.lines(name, slot - self._gap) for name in names]
        if all(self._wraps(lines, slot) for lines in wrapped):
            self._lines = wrapped
            return _Way.LINES
        if are_periods(names):
            self._step = -(-(widest + self._gap) // slot)
            return _Way.STEPS
        if len(names) > 2 and widest + self._gap <= 2 * slot:
            return _Way.TURNS
        self._turn(names, slot)
        return _Way.UPRIGHT

    def _turn(self, names: Sequence[Text], slot: Sp) -> None:
        """Names that read upwards, in lines if they are too long; one that has no room is an
        error, for what it names would be lost."""
        canvas, room = self.canvas, self._most - self.canvas.em
        for k, name in enumerate(names):
            lines = self._lines[k] = canvas.lines(name, room)
            wide = (len(lines) - 1) * canvas.leading + canvas.em * 11 // 10
            if wide > slot or max(line.width for line in lines) > room:
                lines[0] = crowded(lines[0])

    def _wraps(self, lines: Sequence[Line], slot: Sp) -> bool:
        """Whether a name is well cut into lines: none sticks out, and none is a lone character."""
        widths = [line.width for line in lines]
        alone = len(lines) > 1 and min(widths) < 3 * self.canvas.em // 2
        return len(lines) <= _LINES and max(widths) + self._gap <= slot and not alone

    @property
    def ticks(self) -> bool:
        """Whether names are left out, so that the axis needs a tick for each."""
        return self._step > 1

    def write(self, k: int, middle: Sp, top: Sp) -> None:
        """Write name ``k``, its slot's middle at ``middle``, below ``top``, where the axis is."""
        if k % self._step:
            return
        canvas, em = self.canvas, self.canvas.em
        y = top + em // 3 + canvas.leading // 2
        if self._way is _Way.UPRIGHT:
            first = middle - (len(self._lines[k]) - 1) * canvas.leading // 2
            for row, line in enumerate(self._lines[k]):
                canvas.write_up(line, first + row * canvas.leading, top + em // 2)
            return
        if self._way is _Way.TURNS:
            y += k % 2 * canvas.leading
        for row, line in enumerate(self._lines[k]):
            canvas.write(line, middle, y + row * canvas.leading, 1)
