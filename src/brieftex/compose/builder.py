"""The document under construction, to which every part of ``compose`` adds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from msgspec import Struct, field
from msgspec.structs import replace

from brieftex.compose.inline import Setter, add_plain, one_line
from brieftex.compose.numbering import label
from brieftex.diagnostics import Finding
from brieftex.document.blocks import Block, BreakBlock, ListNumbering, OutlineEntry, StructureNode
from brieftex.document.paragraphs import TextBlock
from brieftex.input.theme import Theme
from brieftex.memory import NOTHING_KEPT, Memo
from brieftex.model import content
from brieftex.model.content import Inline
from brieftex.model.issue import Issue
from brieftex.styled.builder import TextBuilder
from brieftex.styled.styles import CharStyle, TextStyle
from brieftex.styled.text import Text
from brieftex.units import Size

_DEEPEST_HEADING = 6  # PDF knows H1 to H6 (ISO 32000-1, 14.8.4.3.2)


def _is_heading(block: Block) -> bool:
    return isinstance(block, TextBlock) and block.style.keep_next


NoteBodies = Mapping[str, tuple[content.BodyBlock, ...]]
"""The footnotes of one body by label."""


class Draft(Struct):
    """The growing document: blocks, structure nodes, notes, outline, counts.

    ``note_bodies`` are those of the body being composed, ``called`` the index of each note it
    has called; ``due`` the notes called but not yet composed; ``asked`` counts how often a note
    was asked for. ``memo`` may know what parts of the issue add.
    """

    issue: Issue
    theme: Theme
    blocks: list[Block] = field(default_factory=list)
    pieces: list[tuple[str, int]] = field(default_factory=list)
    nodes: list[StructureNode] = field(
        default_factory=lambda: [StructureNode("Document", -1, lang="zh-CN")]
    )
    notes: list[tuple[TextBlock, ...]] = field(default_factory=list)
    outline: list[OutlineEntry] = field(default_factory=list)
    found: list[Finding] = field(default_factory=list)
    note_bodies: NoteBodies = field(default_factory=dict)
    called: dict[str, int] = field(default_factory=dict)
    due: list[tuple[int, str]] = field(default_factory=list)
    tables: int = 0
    figures: int = 0
    heading: int = 0  # the level of the last heading
    lying: bool = False  # whether the last block is the break after a turned page
    asked: int = 0
    memo: Memo = NOTHING_KEPT

    def style(self, name: str) -> TextStyle:
        """A style of the theme."""
        return self.theme.styles[name]

    def node(
        self,
        role: str,
        parent: int = 0,
        alt: str | None = None,
        numbering: ListNumbering | None = None,
    ) -> int:
        """A new structure node, last of its parent's children."""
        scope = "Column" if role == "TH" else None
        self.nodes.append(StructureNode(role, parent, alt=alt, scope=scope, numbering=numbering))
        return len(self.nodes) - 1

    def heading_node(self, level: int, parent: int) -> int:
        """A node H1 to H6: never more than one level below the heading before it."""
        self.heading = min(level, self.heading + 1, _DEEPEST_HEADING)
        return self.node(f"H{self.heading}", parent)

    def add(self, block: Block) -> None:
        """Add a block at the end; what must not begin a page, on the turned page before."""
        if self.lying and isinstance(block, TextBlock) and block.style.keep_previous:
            self.blocks.insert(-1, block)
            return
        self.lying = False
        self.blocks.append(block)

    def begin(self, piece: str) -> None:
        """What is added from here on belongs to this piece (``Document.pieces``)."""
        self.pieces.append((piece, len(self.blocks)))

    def start_page(self) -> None:
        """Force a page break, unless there is one already."""
        if self.blocks and not isinstance(self.blocks[-1], BreakBlock):
            self.add(BreakBlock())

    @contextmanager
    def turned_page(self) -> Iterator[None]:
        """A context whose blocks lie across a page of their own, together with the headings above
        them; what follows begins an upright one, unless it lies across the page, too."""
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, BreakBlock) and self.lying:
            self.blocks.pop()
        else:
            at = len(self.blocks)
            while at and _is_heading(self.blocks[at - 1]):
                at -= 1
            if at and isinstance(self.blocks[at - 1], BreakBlock):
                self.blocks[at - 1] = BreakBlock(turned=True)
            else:
                self.blocks.insert(at, BreakBlock(turned=True))
        yield
        self.add(BreakBlock())
        self.lying = True

    def add_outline(self, level: int, title: str, anchor: str) -> None:
        """Add a bookmark, at most one level below the one before it."""
        deepest = self.outline[-1].level + 1 if self.outline else 0
        self.outline.append(OutlineEntry(min(level, deepest), one_line(title), anchor))

    def place(self, inline: Inline | None = None) -> int:
        """The offset in the file to which words added before ``inline`` are mapped."""
        return 0 if inline is None else self.clamped(inline.origin.source(0))

    def clamped(self, at: int) -> int:
        """``at`` or the last offset of the file: an empty value at its end has no character."""
        return max(min(at, len(self.issue.source.text) - 1), 0)

    def words(
        self, words: str, style: CharStyle, node: int, at: int, href: str | None = None
    ) -> Text:
        """Words that brieftex adds, as text."""
        builder = TextBuilder()
        builder.add_words(words, style, node, at, href)
        return builder.text()

    def text(self, inline: Inline, style: CharStyle, node: int, before: str = "") -> Text:
        """``inline`` as text, with its number ``before`` it."""
        builder = TextBuilder()
        builder.add_number(before, style, node, self.place(inline))
        self.setter().add(builder, inline, style, node)
        return builder.text()

    def plain(self, inline: Inline, style: CharStyle, node: int) -> Text:
        """The characters of ``inline`` as text in a single style and on one line."""
        builder = TextBuilder()
        add_plain(builder, inline, style, node)
        return builder.text()

    def setter(self) -> Setter:
        """What sets inline text of the body being composed."""
        return Setter(self.theme.marks, self.theme.notes, self.node, self.call, self.call_mark)

    def call(self, name: str) -> int | None:
        """The index of the note that the current body calls ``name``."""
        self.asked += 1
        if name not in self.note_bodies:
            return None
        if name not in self.called:
            self.called[name] = len(self.notes)
            self.notes.append(())  # reserves its index until it is composed
            self.due.append((self.called[name], name))
        return self.called[name]

    def call_mark(self, index: int) -> str:
        """The words of a footnote call."""
        return label(self.theme.notes.call, index + 1)

    def room(self, *, turned: bool) -> Size:
        """The type area of an upright page, or of one that a block lies across."""
        page = self.theme.page
        area = page.turned.type_area if turned else page.type_area
        return Size(area.width, area.height)

    @contextmanager
    def body(self, body: content.Body) -> Iterator[None]:
        """A context in which labels name the footnotes of ``body``."""
        before = self.note_bodies, self.called
        self.note_bodies, self.called = dict(body.notes), {}
        try:
            yield
        finally:
            self.note_bodies, self.called = before

    @contextmanager
    def aside(self) -> Iterator[list[Block]]:
        """A context in which blocks are added to the list returned, not to the document."""
        before, self.blocks, lying = self.blocks, [], self.lying
        self.lying = False
        try:
            yield self.blocks
        finally:
            self.blocks, self.lying = before, lying

    def anchor_first(self, start: int, anchor: str) -> str | None:
        """The anchor of the first text block from block ``start`` on: its own, else ``anchor``,
        which it is given; None when there is no such block."""
        for index in range(start, len(self.blocks)):
            block = self.blocks[index]
            if isinstance(block, TextBlock):
                self.blocks[index] = replace(block, anchor=block.anchor or anchor)
                return block.anchor or anchor
        return None
