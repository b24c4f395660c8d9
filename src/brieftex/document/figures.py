"""The blocks of charts and SVG figures."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from brieftex.diagnostics import Span
from brieftex.document.paragraphs import TextBlock
from brieftex.document.styles import ChartStyle
from brieftex.styled.styles import TextStyle
from brieftex.styled.text import Text
from brieftex.units import Size, Sp
from brieftex.vector import Shape


class DrawnText(Struct, frozen=True):
    """Text of a drawing, a ``vector.Words`` with its style resolved, ready to be set."""

    text: Text
    x: Sp
    y: Sp
    share: int
    turn: tuple[int, int] | None


class DrawingBlock(Struct, frozen=True):
    """A drawing in its final size, with its caption below."""

    size: Size
    parts: tuple[Shape | DrawnText, ...]
    node: int
    caption: TextBlock | None
    span: Span | None = None


class ChartValue(Struct, frozen=True):
    """A value of a chart, and the text printed for it."""

    value: Fraction
    label: Text


class ChartSeries(Struct, frozen=True):
    """The values of a series, one per category; None where a value is missing."""

    name: Text | None
    values: tuple[ChartValue | None, ...]


class ChartBlock(Struct, frozen=True):
    """A chart, ``width`` wide at most and no higher than ``max_height``, its caption below.

    ``kind`` is bar, hbar, line or pie. Numbers on an axis are printed in units of ``worth``
    with ``suffix`` after them, and with thousands separators if ``commas``; sums have as many
    decimal ``places`` as their parts.
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
