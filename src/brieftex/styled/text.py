"""Styled text: characters, their styles, and the place of each in the file."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

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


def add_run(runs: list[TextRun], run: TextRun) -> None:
    """Add the run that follows; one like the last run makes that one longer."""
    if runs and replace(runs[-1], end=run.end) == run:
        runs[-1] = run
    else:
        runs.append(run)


class RubyText(Struct, frozen=True):
    """Ruby ``text`` above the characters ``start`` up to ``end`` (注音), between which no line
    ends. ``at`` is its place in the file."""

    PLACES: ClassVar = ("at",)

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
    the stretches that are the editor's own words, as (start, end): all others are added; and how
    many of its first characters are a number that brieftex counts, such as 二、 of a heading: what
    stands before a text may change it although nobody touched the text."""

    text: str
    runs: tuple[TextRun, ...]
    origin: OffsetMap = OffsetMap()
    calls: tuple[tuple[int, int], ...] = ()
    rubies: tuple[RubyText, ...] = ()
    written: tuple[tuple[int, int], ...] = ()
    lead: int = 0


def with_words(text: Text, form: str, words: str) -> Text:
    """``text`` with ``words`` wherever ``form`` stands in it, in the style of its first character.
    Places in the file are kept for the characters before it only: it is for words that brieftex
    adds, all of which have the same place."""
    while (at := text.text.find(form)) >= 0:
        step = len(words) - len(form)
        end = at + len(form)
        runs = [
            replace(run, end=run.end + step) if run.end >= end
            else replace(run, end=min(run.end, at + len(words)))
            for run in text.runs
        ]  # fmt: skip
        text = replace(text, text=text.text[:at] + words + text.text[end:], runs=tuple(runs))
    return text
