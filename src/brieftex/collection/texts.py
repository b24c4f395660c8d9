"""The texts of made-up pages, in which the nouns of an index are looked for.

In: pages and their document. Out: for each noun its folios. A noun that is parted by the end of a
line or of a page stands where it begins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from brieftex.collection.nouns import NamedNoun, NounKind, works_in
from brieftex.document.blocks import Document
from brieftex.layout.page import Page, PlacedLine
from brieftex.styled.text import Text

_ASIDE = frozenset(("TOC",))  # what is there is there again where it stands


class PageText(Struct, frozen=True):
    """A text that is set: its characters, and from which of them on it stands on which folio."""

    text: str
    folios: tuple[tuple[int, int], ...]

    def folio(self, at: int) -> int:
        """The folio of a character."""
        return next((folio for start, folio in reversed(self.folios) if start <= at), 0)


def page_texts(pages: Sequence[Page], document: Document, first: int) -> Iterator[PageText]:
    """The texts of pages of which the first has the folio ``first``, but for running heads,
    contents and colophon."""
    nodes = document.nodes
    foot = _foot_texts(document)
    gathered: dict[int, tuple[Text, list[tuple[int, int]]]] = {}
    for index, page in enumerate(pages):
        for item in page.items:
            if not isinstance(item, PlacedLine) or item.artifact or not item.line.runs:
                continue
            node = item.line.runs[0].node
            while node >= 0 and nodes[node].role not in _ASIDE:
                node = nodes[node].parent
            text = item.line.text
            if node >= 0 or text.text in foot:
                continue
            _, places = gathered.setdefault(id(text), (text, []))
            places.append((item.line.start, first + index))
    for text, places in gathered.values():
        yield PageText(text.text, tuple(sorted(places)))


def _foot_texts(document: Document) -> frozenset[str]:
    if document.foot is None:
        return frozenset()
    found: set[str] = set()
    for block in document.foot.blocks:
        for name in ("text", "left", "right"):
            text = getattr(block, name, None)
            if isinstance(text, Text):
                found.add(text.text)
    return frozenset(found)


class FolioFinder:
    """Finds nouns in texts: of several that begin at one character the longest counts, and what it
    takes up is not searched again."""

    def __init__(self, nouns: Mapping[str, NamedNoun]) -> None:
        """``nouns`` by their texts."""
        self._nouns = dict(nouns)
        self._heads: dict[str, list[str]] = defaultdict(list)
        for text in sorted(nouns, key=len, reverse=True):
            self._heads[text[:2]].append(text)
        self.folios: dict[NamedNoun, set[int]] = defaultdict(set)

    def search(self, page_text: PageText) -> None:
        """Look through a text."""
        text = page_text.text.replace("\n", "")
        turns = [at for at, char in enumerate(page_text.text) if char == "\n"]
        at, heads = 0, self._heads
        while at < len(text) - 1:
            found = None
            for noun in heads.get(text[at : at + 2], ()):
                if text.startswith(noun, at):
                    found = noun
                    break
            if found is None:
                at += 1
                continue
            self.folios[self._nouns[found]].add(page_text.folio(_written(at, turns)))
            at += len(found)
        for start, work in works_in(text):
            named = self._nouns.get(work) or NamedNoun(work, NounKind.WORK)
            self.folios[named].add(page_text.folio(_written(start, turns)))


def _written(at: int, turns: Sequence[int]) -> int:
    """The place of a character in the text with its line breaks."""
    for turn in turns:
        at += turn <= at
    return at
