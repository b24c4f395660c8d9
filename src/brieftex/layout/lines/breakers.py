"""The line breakers that a theme or an issue can choose from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from brieftex.layout.lines.linebreak import Measures, break_first_fit, break_total_fit
from brieftex.layout.lines.msword import break_msword
from brieftex.styled.styles import LineBreaking
from brieftex.text.columns import Columns

BREAKERS: Final[Mapping[LineBreaking, Callable[[Columns, Measures], list[int]]]] = {
    LineBreaking.FIRST: break_first_fit,
    LineBreaking.TOTAL: break_total_fit,
    LineBreaking.WORD: break_msword,
}
"""The breaks of a paragraph: a line ends before each of these units, the last one their count."""
