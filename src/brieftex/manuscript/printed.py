"""A finished file as characters in reading order, with what stands apart from them.

In: a ``Readback``. Out: ``Printed``. Between paragraphs, cells and the like stands U+000A, for the
call of a note ``tokens.CALL``; labels of lists and notes are left out.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from msgspec import Struct, field

from brieftex.manuscript.tokens import CALL, bare
from brieftex.pdf.read.parse import text_of
from brieftex.pdf.read.readback import ContentItem, Readback

_BLOCKS = frozenset(("P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "TD", "TH", "Caption", "LBody"))
_APART = frozenset(("Note", "Figure", "TOCI"))


class PrintedText(Struct):
    """Text in the making: its parts, its length, and the page of each part by its start."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    starts: list[int] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)

    def add(self, text: str, page: int) -> None:
        """Add characters of a page."""
        if text:
            self.parts.append(text)
            self.starts.append(self.length)
            self.pages.append(page)
            self.length += len(text)

    def end(self) -> None:
        """End a paragraph or cell, unless one has just ended."""
        if self.parts and self.parts[-1] != "\n":
            self.add("\n", self.pages[-1])

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.parts)

    def page(self, at: int) -> int:
        """The number of the page of character ``at``, 0 if there is none."""
        k = bisect_right(self.starts, at) - 1
        return self.pages[k] + 1 if k >= 0 else 0


class PrintedFigure(Struct):
    """A figure: its description, caption and words."""

    alt: str
    caption: PrintedText = field(default_factory=PrintedText)
    words: PrintedText = field(default_factory=PrintedText)


class Printed(Struct):
    """What a file shows. ``front`` is where the first part of the tags, the masthead, ends."""

    stream: PrintedText = field(default_factory=PrintedText)
    front: int = 0
    notes: list[PrintedText] = field(default_factory=list)
    entries: list[PrintedText] = field(default_factory=list)
    figures: list[PrintedFigure] = field(default_factory=list)


def read_printed(read: Readback) -> Printed:
    """The text of a file in the order of its tags. Raises BrokenPdfError."""
    reader = _Reader(read)
    for leaf in read.leaves:
        reader.take(leaf)
    return reader.printed


class _Reader:
    """Goes through the tags once. Depths are those of an element that goes on: ``apart`` of a
    note, a figure or an entry, ``hidden`` of a label or call; 0 for none."""

    def __init__(self, read: Readback) -> None:
        self.printed = Printed()
        self._read = read
        self._shown = {
            (index, sequence.mcid): bare(sequence.text)
            for index, sheet in enumerate(read.sheets)
            for sequence in sheet.content.sequences
            if sequence.mcid is not None
        }
        self._here = self.printed.stream
        self._apart = self._hidden = self._tops = 0

    def take(self, leaf: ContentItem) -> None:
        """One step of the walk."""
        depth = len(leaf.element.roles)
        begins = leaf.mcid is None and leaf.annotation is None
        if depth < self._hidden + begins:
            self._hidden = 0
        if depth < self._apart + begins:
            self._apart, self._here = 0, self.printed.stream
        if begins and depth:
            self._begin(leaf, depth)
        elif leaf.mcid is not None and not self._hidden:
            self._show(leaf)

    def _begin(self, leaf: ContentItem, depth: int) -> None:
        roles = leaf.element.roles
        role = roles[-1]
        if depth == 2 and not self._apart:
            self._top()
        if not self._apart and role in _APART:
            self._apart = depth
            self._here = self._part(role, leaf.element.entries)
        elif role in _BLOCKS and not self._hidden:
            self._here.end()
        if not self._hidden and (role == "Lbl" or (role == "Reference" and "TOCI" not in roles)):
            self._hidden = depth
            if role == "Reference":
                self._here.add(CALL, leaf.page)

    def _top(self) -> None:
        """Note where the first part of the document ends."""
        self._tops += 1
        if self._tops == 2:
            self.printed.stream.end()
            self.printed.front = self.printed.stream.length

    def _part(self, role: str, entries: dict[str, Any]) -> PrintedText:
        """What a note, a figure or an entry of the contents is gathered in."""
        if role == "Figure":
            alt = text_of(self._read.file.get(entries.get("Alt")))
            self.printed.figures.append(PrintedFigure(bare(alt)))
            return self.printed.figures[-1].words
        pieces = self.printed.notes if role == "Note" else self.printed.entries
        pieces.append(PrintedText())
        return pieces[-1]

    def _show(self, leaf: ContentItem) -> None:
        roles = leaf.element.roles
        if self._apart and roles[self._apart - 1] == "Figure":
            figure = self.printed.figures[-1]
            self._here = figure.caption if "Caption" in roles else figure.words
        self._here.add(self._shown.get((leaf.page, leaf.mcid or 0), ""), leaf.page)
