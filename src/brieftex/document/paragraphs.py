"""Paragraphs, headings, label lines, names in columns, and QR codes that stand beside a text."""

from __future__ import annotations

from msgspec import Struct

from brieftex.diagnostics import Span
from brieftex.styled.styles import TextStyle
from brieftex.styled.text import Text
from brieftex.units import Sp
from brieftex.vector import Outline


class Code(Struct, frozen=True):
    """A QR code in the margin beside the characters ``start`` up to ``end`` of a text: its dark
    modules as an outline in its final size, the quiet zone around it, and its distance from the
    type area. ``at`` is the place in the file of what it encodes."""

    start: int
    end: int
    at: Span
    outline: Outline
    size: Sp
    quiet: Sp
    gap: Sp


class Numbered(Struct, frozen=True):
    """The number before a text: its format as in themes (``第{han}章``) or a bullet, its value.

    It counts in a ``series`` of the theme, at a ``level`` from 0, and takes up the first
    ``length`` characters of the text, none where it is the label beside it.
    """

    form: str
    value: int
    series: str
    level: int = 0
    length: int = 0


class TextBlock(Struct, frozen=True):
    """A paragraph, heading or label line.

    ``label`` (a bullet or number) is set to the left of the first line and ends ``label_gap``
    before it. ``anchor`` is a destination for links and the outline. ``codes`` stand in the margin
    beside the text. ``number`` is how it was counted.
    """

    text: Text
    style: TextStyle
    anchor: str | None = None
    label: Text | None = None
    label_gap: Sp = 0
    codes: tuple[Code, ...] = ()
    number: Numbered | None = None


class NamesBlock(Struct, frozen=True):
    """Names in as many columns as the measure holds, ``gap`` apart at least; those of two
    characters are spread to the width of three."""

    names: tuple[Text, ...]
    style: TextStyle
    gap: Sp
