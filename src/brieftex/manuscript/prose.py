"""A text of Markdown as passages: headings, what stands between them, notes, figures.

Which lines below a note still belong to it depends on how paragraphs are parted, and is not judged
here: ``printed`` says of tokens whether the file has a note of just these.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate

from msgspec import Struct, field

from brieftex.manuscript.tokens import Image, Token, marked, optional, scanned, titled
from brieftex.patterns import late

_DEFINITION = late(r"[ \t\u3000>]*\[\^([^\s\[\]]+)\][:：]|[ \t\u3000>]*【\^([^\s\[\]【】]+)】[:：]")
_HEADING = late(
    r"(?:[ \t\u3000]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t])))*"
    r"[ \t\u3000]*(?:#{1,6}(?=[ \t]|$)|＃{2,4}(?=[ \u3000]))"
)
_OTHER = late(r"[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|＃{2,4}[ \u3000]|\|)")
_CALL = late(r"(?<!\\)[\[【]\^([^\s\[\]【】]+)[\]】]")
_CLOSING = late(r"[ \t]+#+[ \t]*$")


class Passages(Struct):
    """``parts`` are headings (True) and what stands between them, in order; ``notes`` those
    that are called, by label."""

    parts: list[tuple[bool, list[Token]]] = field(default_factory=list)
    notes: dict[str, list[Token]] = field(default_factory=dict)
    images: list[Image] = field(default_factory=list)


def passages_of(
    text: str,
    names: frozenset[str],
    called: frozenset[str],
    printed: Callable[[Sequence[Token]], bool],
) -> Passages:
    """The passages of ``text``; ``called`` are the labels that the whole body calls."""
    reader = _Reader(text, names, printed)
    number = begin = 0
    while number < len(reader.lines):
        line = reader.lines[number]
        definition = _DEFINITION.match(line)
        heading = None if definition else _HEADING.match(line)
        if not definition and not heading:
            number += 1
            continue
        reader.between(begin, number)
        if heading:
            reader.heading(number, heading.end())
            number += 1
        elif definition:
            label = definition[1] or definition[2]
            shown = label in called
            tokens, number = reader.note(number, definition.end(), shown=shown)
            if shown:
                reader.prose.notes[label] = tokens
        begin = number
    reader.between(begin, len(reader.lines))
    return reader.prose


class _Reader:
    """A text by its lines, and what has been read of it."""

    def __init__(
        self, text: str, names: frozenset[str], printed: Callable[[Sequence[Token]], bool]
    ) -> None:
        self.prose = Passages()
        self.lines = text.split("\n")
        self._text = text
        self._names = names
        self._printed = printed
        self._starts = list(accumulate((len(line) + 1 for line in self.lines), initial=0))

    def between(self, begin: int, end: int) -> None:
        """Read the lines between two headings or notes."""
        at = self._starts[begin]
        part = self._text[at : max(self._starts[end] - 1, at)]
        tokens, images = scanned(part, at, self._names)
        self.prose.images += images
        if tokens:
            self.prose.parts.append((False, tokens))

    def heading(self, number: int, column: int) -> None:
        """Read the heading that begins there."""
        line = self.lines[number]
        closing = _CLOSING.search(line, column)
        end = closing.start() if closing else len(line)
        at = self._starts[number]
        tokens = titled(line[column:end], at + column, self._names)
        if tokens:
            marks = optional(line[:column].lstrip("> \t\u3000"), at)
            self.prose.parts.append((True, [*marks, *tokens, *optional(line[end:], at + end)]))

    def note(self, first: int, column: int, *, shown: bool) -> tuple[list[Token], int]:
        """The note that begins there, and the line behind it."""
        ends = [first + 1]  # where it may end
        blank = False
        for number in range(first + 1, len(self.lines)):
            line = self.lines[number]
            if not line.strip():
                blank = True
                continue
            expanded = line.expandtabs(4)
            outside = not expanded.startswith("  ") and (blank or _OTHER.match(line))
            if outside or _DEFINITION.match(line):
                break
            ends.append(number + 1)
        begin = self._starts[first] + column
        last = ends[-1]
        for end in reversed(ends) if shown else ():
            tokens = marked(self._text[begin : self._starts[end] - 1], begin, self._names)
            if self._printed(tokens):
                return tokens, end
        tokens = marked(self._text[begin : self._starts[last] - 1], begin, self._names)
        return tokens, last


def labels_called(text: str) -> frozenset[str]:
    """The labels that a text calls, but for those at which notes begin."""
    labels = set()
    for line in text.split("\n"):
        definition = _DEFINITION.match(line)
        labels.update(_CALL.findall(line, definition.end() if definition else 0))
    return frozenset(labels)
