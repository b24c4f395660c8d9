"""The sections of a document, each with the heads and feet of its pages.

A new one begins where pages lie otherwise, and where what follows is to stand on an odd or an even
page, before which Word leaves a page blank if need be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from brieftex.document.blocks import BreakBlock, Document
from brieftex.model.theme import Theme
from brieftex.word.write.package import WordPart
from brieftex.word.write.pages import edges_of, section_properties
from brieftex.word.write.runs import Composer
from brieftex.word.write.styles import Grid


class PageFacts(Struct, frozen=True):
    """What is known of an issue's pages: ``folios`` are those on which anchors are, and under ""
    their number; ``foot_alone``: the colophon that is to stand on an even page has one to itself,
    ``foot_silent``: without a number, since the page before it is blank (GB/T 9704-2012 7.5)."""

    folios: Mapping[str, int] = {}
    foot_alone: bool = False
    foot_silent: bool = False


class Sections:
    """The section under construction, and the heads and feet of all."""

    def __init__(self, document: Document, theme: Theme, grid: Grid, composer: Composer) -> None:
        """The first section, of upright pages."""
        self._document = document
        self._grid = grid
        self._size = theme.styles["folio"].char.size
        self.turned = False
        self._start: str | None = None
        self.edges = edges_of(document, theme, grid, composer)
        self._held = list(self.edges.parts)
        self._upright = [_reference(part, k) for k, part in enumerate(self._held, 1)]
        self._across: list[str] = []
        if any(isinstance(block, BreakBlock) and block.turned for block in document.blocks):
            wide = replace(grid, measure=document.page.turned.type_area.width)
            parts = edges_of(document, theme, wide, composer).parts
            self._across = self._more(part for part in parts if part[1] != "first")
        self._references = self._upright

    def begin(self, first: bool, *, turned: bool, start: str | None, silent: bool) -> None:
        """Begin another section; ``first``: nothing stands in the one before. ``start`` is where,
        as Word calls it; ``silent``: without folios."""
        self.turned, self._start = turned, start
        if not first:
            self._upright = [one for one in self._upright if '"first"' not in one]
        self._references = self._across if turned else self._upright
        if silent:
            kinds = ("default", "even") if self.edges.even_differs else ("default",)
            heads = [one for one in self._references if one.startswith("<w:header")]
            self._references = [*heads, *self._more(("footer", k, "<w:p/>") for k in kinds)]

    def properties(self) -> str:
        """The properties of this section (``w:sectPr``)."""
        return section_properties(
            self._document, self.edges, self._grid, self._references, self._size,
            turned=self.turned, start=self._start,
        )  # fmt: skip

    def parts(self) -> Iterable[WordPart]:
        """The heads and feet as parts of the package."""
        for k, (sort, _, content) in enumerate(self._held, 1):
            kind = "hdr" if sort == "header" else "ftr"
            yield WordPart(f"{sort}{k}", kind, content, f"rEdge{k}", sort)

    def _more(self, parts: Iterable[tuple[str, str, str]]) -> list[str]:
        """Keep more heads and feet, and give the references to them."""
        found = []
        for part in parts:
            self._held.append(part)
            found.append(_reference(part, len(self._held)))
        return found


def _reference(part: tuple[str, str, str], k: int) -> str:
    sort, kind, _ = part
    return f'<w:{sort}Reference w:type="{kind}" r:id="rEdge{k}"/>'
