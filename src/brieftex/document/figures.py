"""The blocks of charts and SVG figures; ``blocks`` has them with the others."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from brieftex.diagnostics import Span
from brieftex.document.paragraphs import TextBlock
from brieftex.document.styles import ChartStyle
from brieftex.styled.styles import TextStyle
from brieftex.styled.text import Text
from brieftex.units import Size, Sp
from brieftex.vector import Shape


@dataclass(frozen=True, slots=True)
class DrawnText:
    """Words of a drawing, as ``vector.Words`` has them, ready to be set."""

    text: Text
    x: Sp
    y: Sp
    share: int
    turn: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class DrawingBlock:
    """A drawing, of its final size, its caption below."""

    size: Size
    parts: tuple[Shape | DrawnText, ...]
    node: int
    caption: TextBlock | None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class ChartValue:
    """A number of a chart, and what is printed for it."""

    value: Fraction
    label: Text


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """The values of a series, one for each category; None where it is not known."""

    name: Text | None
    values: tuple[ChartValue | None, ...]


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart, ``width`` wide at most and no higher than ``max_height``, its caption below.

    ``kind`` is bar, hbar, line or pie. Numbers on an axis are printed in units of ``worth``
    with ``suffix`` behind them, and in groups of three digits if ``commas``; sums get as many
    ``places`` as their parts.
    """

    kind: str
    categories: tuple[Text, ...]
    series: tuple[ChartSeries, ...]
    stacked: bool
    unit: Text | None
    worth: Fraction
    suffix: str
    commas: bool
    places: int
    text: TextStyle
    style: ChartStyle
    width: Sp
    max_height: Sp
    node: int
    caption: TextBlock | None
    span: Span | None = None
