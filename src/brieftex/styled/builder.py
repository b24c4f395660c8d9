"""A text in the making: words, parts of what is written and stretches of other texts, one behind
the other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import islice, takewhile
from typing import Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from brieftex.diagnostics import OffsetBuilder, OffsetMap
from brieftex.styled.styles import CharStyle
from brieftex.styled.text import RubyText, Text, TextRun, add_run


class WithPlaces(Protocol):
    """Characters, each of which has a place in the file."""

    @property
    def text(self) -> str:
        """The characters."""

    @property
    def origin(self) -> OffsetMap:
        """Their places."""


def called_notes(text: Text, start: int, end: int) -> Sequence[tuple[int, int]]:
    """The calls of footnotes of a stretch of a text."""
    return text.calls[bisect_left(text.calls, (start,)) : bisect_left(text.calls, (end,))]


class TextBuilder(Struct):
    """Text under construction. Adjacent runs with the same style and link are merged."""

    lead: int = 0
    length: int = 0
    parts: list[str] = field(default_factory=list)
    runs: list[TextRun] = field(default_factory=list)
    places: OffsetBuilder = field(default_factory=OffsetBuilder)
    calls: list[tuple[int, int]] = field(default_factory=list)
    rubies: list[RubyText] = field(default_factory=list)
    written: list[tuple[int, int]] = field(default_factory=list)

    def add(self, words: str, run: TextRun, at: int) -> None:
        """Add words of brieftex's own in the style of ``run``, each character mapped to offset
        ``at`` of the file."""
        self.places.add_each(len(words), at)
        self._put(words, run)

    def add_words(
        self, words: str, style: CharStyle, node: int, at: int, href: str | None = None
    ) -> None:
        """Add words of brieftex's own, as ``add`` does."""
        self.add(words, TextRun(0, style, node, href), at)

    def add_number(
        self, words: str, style: CharStyle, node: int, at: int, href: str | None = None
    ) -> None:
        """Add the number before a text (``Text.lead``), as ``add_words`` does."""
        self.add_words(words, style, node, at, href)
        self.lead = self.length

    def add_part(self, whole: WithPlaces, start: int, end: int, run: TextRun) -> None:
        """Add the editor's characters ``start`` up to ``end`` of ``whole`` in the style of
        ``run``."""
        self.places.add_part(whole.origin, start, end)
        if self.written and self.written[-1][1] == self.length:
            self.written[-1] = self.written[-1][0], self.length + end - start
        elif start < end:
            self.written.append((self.length, self.length + end - start))
        self._put(whole.text[start:end], run)

    def copy(
        self,
        text: Text,
        start: int,
        end: int,
        look: Callable[[TextRun], TextRun] = lambda run: run,
    ) -> None:
        """Add characters ``start`` up to ``end`` of a text, with their calls and ruby text, in
        the styles that ``look`` makes of theirs."""
        shift = self.length - start
        self.calls += [(at + shift, note) for at, note in called_notes(text, start, end)]
        rubies = islice(
            text.rubies, bisect_left(text.rubies, start, key=lambda ruby: ruby.start), None
        )
        self.rubies += [
            replace(ruby, start=ruby.start + shift, end=ruby.end + shift)
            for ruby in takewhile(lambda ruby: ruby.start < end, rubies)
            if ruby.end <= end
        ]
        written = islice(
            text.written, bisect_right(text.written, start, key=lambda pair: pair[1]), None
        )
        self.written += [
            (max(a, start) + shift, min(b, end) + shift)
            for a, b in takewhile(lambda pair: pair[0] < end, written)
        ]
        self.places.add_part(text.origin, start, end)
        self._runs(text, start, end, look)

    def copy_gone(
        self, text: Text, start: int, end: int, look: Callable[[TextRun], TextRun], at: int
    ) -> None:
        """Add characters of an old text, which stand for place ``at`` of the file."""
        self.places.add_each(end - start, at)
        self._runs(text, start, end, look)

    def text(self) -> Text:
        """The text built so far."""
        return Text(
            "".join(self.parts),
            tuple(self.runs),
            self.places.map(),
            tuple(self.calls),
            tuple(self.rubies),
            tuple(self.written),
            self.lead,
        )

    def _runs(self, text: Text, start: int, end: int, look: Callable[[TextRun], TextRun]) -> None:
        first = start
        for run in islice(text.runs, bisect_right(text.runs, start, key=lambda run: run.end), None):
            if first >= end:
                return
            self._put(text.text[first : min(run.end, end)], look(run))
            first = run.end

    def _put(self, characters: str, run: TextRun) -> None:
        if not characters:
            return
        self.parts.append(characters)
        self.length += len(characters)
        add_run(self.runs, replace(run, end=self.length))
