"""Paragraphs, headings and label lines, and the QR code that may stand beside one."""

from __future__ import annotations

from msgspec import Struct

from brieftex.styled.styles import TextStyle
from brieftex.styled.text import Text
from brieftex.units import Sp
from brieftex.vector import Outline


class Code(Struct, frozen=True):
    """A QR code beside a text: its dark modules as an outline of its final size, the white
    that it needs around it, and the distance from the text."""

    outline: Outline
    size: Sp
    quiet: Sp
    gap: Sp


class TextBlock(Struct, frozen=True):
    """A paragraph, heading or label line.

    ``label`` is set to the left of the first line, ending ``label_gap`` before the line's
    indent begins (list bullets and numbers). ``anchor`` is a destination for links and the
    outline. ``code`` stands at the right of the text.
    """

    text: Text
    style: TextStyle
    anchor: str | None = None
    label: Text | None = None
    label_gap: Sp = 0
    code: Code | None = None
