"""Inline text becomes ``Text``: characters, runs, offsets in the file, footnote calls."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from brieftex.document.blocks import note_anchor
from brieftex.input.markdown.scripts import is_wide, joins_without_space
from brieftex.model.content import Inline, Mark, Ruby, Stretch
from brieftex.model.theme import MarkRules, NoteRules
from brieftex.styled.builder import TextBuilder
from brieftex.styled.styles import CharStyle
from brieftex.styled.text import RubyText, TextRun


class Setter(Struct, frozen=True):
    """How inline text is composed: the theme's styles of marks, and the makers of nodes and notes.

    ``add_node`` makes a structure node from its role and parent; ``call`` returns the index of
    the note that a label names, None if there is none.
    """

    marks: MarkRules
    notes: NoteRules
    add_node: Callable[[str, int], int]
    call: Callable[[str], int | None]
    mark: Callable[[int], str]  # the words of the call of a note

    def add(self, builder: TextBuilder, inline: Inline, style: CharStyle, node: int) -> None:
        """Add ``inline``: marks become styles; links and footnote calls get nodes."""
        if not (inline.stretches or inline.calls or inline.rubies):  # most texts
            builder.add_part(inline, 0, len(inline.text), TextRun(0, style, node))
        else:
            self._add_marked(builder, inline, style, node)

    def _add_marked(
        self, builder: TextBuilder, inline: Inline, style: CharStyle, node: int
    ) -> None:
        calls: dict[int, list[str]] = {}
        for call in inline.calls:
            calls.setdefault(call.at, []).append(call.label)
        cuts = {0, len(inline.text), *calls}
        cuts.update(edge for ruby in inline.rubies for edge in (ruby.start, ruby.end))
        cuts.update(edge for part in inline.stretches for edge in (part.start, part.end))
        edges = sorted(cuts)
        rubies = {ruby.start: ruby for ruby in inline.rubies}
        stretches = list(reversed(inline.stretches))  # the next one last
        base, until = -1, 0  # the node of the current ruby base, and its end
        link: tuple[str, int] | None = None  # a link goes on while its address stays the same
        for start, end in (*pairwise(edges), (len(inline.text), len(inline.text))):
            for label in calls.pop(start, ()):
                self._add_call(builder, label, style, node, inline.origin.source(start))
                link = None  # the rest of a link is read after the call
            if start == end:
                continue
            while stretches and stretches[-1].end <= start:
                stretches.pop()
            in_stretch = bool(stretches) and stretches[-1].start <= start
            stretch = stretches[-1] if in_stretch else Stretch(start, start)
            if stretch.href is None:
                link = None
            elif link is None or link[0] != stretch.href:
                link = (stretch.href, self.add_node("Link", node))
            owner = link[1] if link else node
            looks = self._style(style, stretch)
            if start in rubies:
                ruby, until = rubies[start], rubies[start].end
                base, above = self._ruby_nodes(owner)
                words = inline.text[start:until]
                builder.rubies.extend(self._rubies(builder.length, words, ruby, looks, above))
            if start < until:
                owner = base
            builder.add_part(inline, start, end, TextRun(0, looks, owner, link and link[0]))

    def _style(self, style: CharStyle, stretch: Stretch) -> CharStyle:
        marks = stretch.marks
        if Mark.HIGHLIGHT in marks:
            style = self.marks.looking(style, self.marks.highlight)
        if Mark.STRONG in marks:
            style = self.marks.looking(style, self.marks.strong)
        elif Mark.EMPHASIS in marks:
            style = self.marks.looking(style, self.marks.emphasis)
        return style if stretch.href is None else replace(style, color=self.marks.link)

    def _ruby_nodes(self, node: int) -> tuple[int, int]:
        """The nodes RB and RT of a ruby (ISO 32000-1, 14.8.4.4.2)."""
        ruby = self.add_node("Ruby", node)
        return self.add_node("RB", ruby), self.add_node("RT", ruby)

    def _rubies(
        self, at: int, base: str, ruby: Ruby, style: CharStyle, node: int
    ) -> Iterator[RubyText]:
        """The ruby text above ``base``, whose first character is at offset ``at``."""
        size = style.size * self.marks.ruby // 1000
        small = replace(style, size=size, rise=style.rise + style.size, stroke=0, dot=0)
        for start, end, text in rubies(base, ruby.reading):
            yield RubyText(at + start, at + end, text, small, node, ruby.at)

    def _add_call(
        self, builder: TextBuilder, label: str, style: CharStyle, node: int, at: int
    ) -> None:
        index = self.call(label)
        if index is None:  # reported when the body was read
            return
        rules = self.notes
        raised = replace(
            style,
            size=style.size * rules.call_size // 1000,
            rise=style.rise + style.size * rules.call_rise // 1000,
        )
        builder.calls.append((builder.length, index))
        link = self.add_node("Link", self.add_node("Reference", node))
        builder.add_words(self.mark(index), raised, link, at, f"#{note_anchor(index)}")


def rubies(base: str, reading: str) -> list[tuple[int, int, str]]:
    """The parts of ``base``, as offsets, with the ruby text of each: one part per character if
    there are as many syllables, otherwise the whole."""
    syllables = reading.split()
    if len(syllables) == 1 and all(map(is_wide, reading)):
        syllables = list(reading)
    if len(syllables) == len(base) and all(map(is_wide, base)):
        return [(k, k + 1, syllable) for k, syllable in enumerate(syllables)]
    return [(0, len(base), " ".join(reading.split()))]


def add_plain(
    builder: TextBuilder, inline: Inline, style: CharStyle, node: int, href: str | None = None
) -> None:
    """Add the characters of ``inline`` in a single style and on one line, without marks, links and
    footnote calls."""
    run = TextRun(0, style, node, href)
    start = 0
    for match in re.finditer("\n", inline.text):
        at = match.start()
        builder.add_part(inline, start, at, run)
        if _spaced(inline.text, at):
            builder.add_words(" ", style, node, inline.origin.source(at), href)
        start = at + 1
    builder.add_part(inline, start, len(inline.text), run)


def one_line(text: str) -> str:
    """``text`` without its line breaks, for bookmarks and running heads: they are dropped
    beside Chinese and become spaces elsewhere."""
    return re.sub("\n", lambda match: " " if _spaced(text, match.start()) else "", text)


def _spaced(text: str, at: int) -> bool:
    """Whether the line break at ``at`` becomes a space."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(before and after) and not joins_without_space(before, after)
