"""Styled text: characters, how they look, and where each stood in the file."""

from __future__ import annotations

from msgspec import Struct

from brieftex.diagnostics import OffsetMap
from brieftex.styled.styles import CharStyle


class TextRun(Struct, frozen=True):
    """The characters up to offset ``end`` that share a style, a structure node and a link.

    ``href`` is a URL, or ``#`` and the name of an anchor of this document.
    """

    end: int
    style: CharStyle
    node: int
    href: str | None = None


class RubyText(Struct, frozen=True):
    """``text`` to be set above the characters ``start`` up to ``end``, which no line end parts
    (注音). ``at`` is where it stood in the file."""

    start: int
    end: int
    text: str
    style: CharStyle
    node: int
    at: int


class Text(Struct, frozen=True):
    """Text ready to be set: the characters, the runs that cover them in order, where each
    character stood in the file (labels that brieftex adds map to the text they precede), the
    footnotes called: (offset of the call mark, index into ``Document.notes``), and the
    readings above it in their order."""

    text: str
    runs: tuple[TextRun, ...]
    origin: OffsetMap = OffsetMap()
    calls: tuple[tuple[int, int], ...] = ()
    rubies: tuple[RubyText, ...] = ()
