"""Styled text: characters, their styles, and the place of each in the file."""

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
    """Ruby ``text`` above the characters ``start`` up to ``end`` (注音), between which no line
    ends. ``at`` is its place in the file."""

    start: int
    end: int
    text: str
    style: CharStyle
    node: int
    at: int


class Text(Struct, frozen=True):
    """Text ready to be set: the characters; the runs that cover them, in order; the place of each
    character in the file (labels that brieftex adds map to the text they precede); the footnote
    calls, as (offset of the mark, index into ``Document.notes``); the ruby text above it, in order;
    and the stretches that are the editor's own words, as (start, end): all others are added."""

    text: str
    runs: tuple[TextRun, ...]
    origin: OffsetMap = OffsetMap()
    calls: tuple[tuple[int, int], ...] = ()
    rubies: tuple[RubyText, ...] = ()
    written: tuple[tuple[int, int], ...] = ()
