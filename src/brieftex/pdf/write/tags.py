"""The structure tree, which assigns the content of pages to nodes (ISO 32000-1, 14.7, 14.8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TypeAlias

from msgspec import Struct, field

from brieftex.document.blocks import StructureNode
from brieftex.pdf.write.objects import Objects, array, text_string
from brieftex.pdf.write.reportlab_bridge import Written

# Kids of these stand in the order of the document, and a cell without text still counts.
_TABLE_PARTS = frozenset(("Table", "THead", "TBody", "TFoot", "TR"))
_CELLS = frozenset(("TH", "TD"))
_INSIDE_LINKS = frozenset(("Ruby", "RB", "Span"))


class _Marked(Struct, frozen=True):
    """A marked content sequence: page index and MCID."""

    page: int
    mcid: int


class _Annotation(Struct, frozen=True):
    """An annotation: page index and the reference to its dictionary."""

    page: int
    reference: bytes


_Kid: TypeAlias = int | _Marked | _Annotation  # int: a node


class DrawnMark(Struct, frozen=True):
    """Content that was taken into a node: its tag and properties, and the box of a figure."""

    node: int
    tag: bytes
    box: bytes | None


class _Element(Struct):
    """The content of a node."""

    kids: list[_Kid] = field(default_factory=list)
    box: bytes | None = None
    reference: bytes = b""


class Branch(Struct, frozen=True):
    """What a part of a file adds to the structure tree: the references of its topmost elements;
    the entries of the parent tree with its first and last key; the names of its notes with the
    first and last of them, all as written in a file. ``next_key`` is the first key not taken."""

    tops: tuple[bytes, ...]
    numbers: bytes
    names: bytes
    name_limits: bytes
    next_key: int


class Tags:
    """Collects marked content and annotations by node while pages are drawn, then writes the
    tree. A node is added with its first content, so one that was never drawn is left out."""

    def __init__(
        self, nodes: Sequence[StructureNode], pages: int, first_key: int = 0, part: str = ""
    ) -> None:
        """``nodes`` as in ``Document.nodes``; ``pages`` is how many will be drawn. Where they
        are part of a file, the keys of earlier parts end before ``first_key``, and ``part`` makes
        the names of notes its own."""
        self._nodes = nodes
        self._first = first_key
        self._part = part.encode("ascii")
        self._count = first_key + pages
        self._elements: dict[int, _Element] = {}
        self._roots: list[int] = []
        self._heads = frozenset(head for node in nodes for head in node.headers)
        self._marked: list[list[int]] = []  # for each page, the node of each MCID
        self._annotated: list[int] = []  # for each annotation, its node

    def begin_page(self) -> None:
        """What is marked from here on is on the next page."""
        self._marked.append([])

    def mark(self, node: int, box: bytes | None = None) -> bytes:
        """Take content into a node: the tag and properties of its marked content sequence.

        ``box`` is the rectangle of a figure, in the page's coordinates.
        """
        nodes = self._marked[-1]
        nodes.append(node)
        element = self._enter(node)
        element.kids.append(_Marked(len(self._marked) - 1, len(nodes) - 1))
        element.box = element.box or box
        return self._tag(node, len(nodes) - 1)

    def mark_again(self, marks: Sequence[DrawnMark]) -> bool:
        """Take the content of a page into nodes, all at once; False, and nothing is taken, where
        it would get other tags."""
        if any(mark.tag != self._tag(mark.node, mcid) for mcid, mark in enumerate(marks)):
            return False
        for mark in marks:
            self.mark(mark.node, mark.box)
        return True

    def _tag(self, node: int, mcid: int) -> bytes:
        return b"/%b<</MCID %d>>" % (self._nodes[node].role.encode("ascii"), mcid)

    def next_key(self) -> int:
        """The /StructParent of the next annotation."""
        return self._count + len(self._annotated)

    def annotate(self, node: int, page: int, reference: bytes) -> None:
        """Take an annotation into a node (ISO 32000-1, 14.7.4.3); ``page`` is an index. What is
        annotated in a link may be the base of a reading or marked as changed, which cannot hold
        the annotation."""
        while self._nodes[node].role in _INSIDE_LINKS:
            node = self._nodes[node].parent
        self._annotated.append(node)
        self._enter(node).kids.append(_Annotation(page, reference))

    def add_to(self, file: Objects) -> bytes:
        """Write the tree; the reference to its root."""
        root = file.add(Written(lambda: self._root(branch)))
        branch = self.add_below(root, file)
        return root

    def page_key(self, index: int) -> int:
        """The /StructParents of a page, ``index`` from 0."""
        return self._first + index

    def add_below(self, root: bytes, file: Objects) -> Branch:
        """Write the elements, the topmost ones below ``root``."""
        self._complete_tables()
        for node, element in self._elements.items():
            element.reference = file.add(Written(partial(self._written, node, root, file)))
        return self._branch()

    def _enter(self, node: int) -> _Element:
        element = self._elements.get(node)
        if element is None:
            element = self._elements[node] = _Element()
            parent = self._nodes[node].parent
            if parent < 0:
                self._roots.append(node)
            else:
                self._enter(parent).kids.append(node)
        return element

    def _complete_tables(self) -> None:
        """Enter the empty cells of tables that were drawn: without them a row would be short
        (ISO 14289-1, 7.5)."""
        for node, content in enumerate(self._nodes):
            if content.role in _CELLS and self._table(node) in self._elements:
                self._enter(node)
        for node, element in self._elements.items():
            if self._nodes[node].role in _TABLE_PARTS:
                element.kids.sort(key=self._order)

    def _order(self, kid: _Kid) -> tuple[int, int]:
        """Where a kid of a table stands in the order of the document."""
        if not isinstance(kid, int):
            return -1, -1
        after = self._nodes[kid].after
        return (kid, -1) if after is None else (after, kid)

    def _table(self, node: int) -> int:
        while node >= 0 and self._nodes[node].role != "Table":
            node = self._nodes[node].parent
        return node

    def _branch(self) -> Branch:
        element = self._elements
        numbers = [
            b"%d%b" % (self._first + page, array(element[node].reference for node in nodes))
            for page, nodes in enumerate(self._marked)
        ]
        numbers += [
            b"%d %b" % (self._count + k, element[node].reference)
            for k, node in enumerate(self._annotated)
        ]
        notes = [
            node
            for node in sorted(element)
            if self._nodes[node].role == "Note" or node in self._heads
        ]
        names = b"".join(self._identifier(node) + element[node].reference for node in notes)
        limits = b"".join(map(self._identifier, (notes[0], notes[-1]))) if notes else b""
        tops = tuple(element[node].reference for node in self._roots)
        return Branch(tops, array(numbers), names, limits, self._count + len(self._annotated))

    def _root(self, branch: Branch) -> bytes:
        """The structure tree root (ISO 32000-1, 14.7.2)."""
        return b"<</Type/StructTreeRoot/K%b/ParentTree<</Nums%b>>/ParentTreeNextKey %d%b>>" % (
            array(branch.tops),
            branch.numbers,
            branch.next_key,
            b"/IDTree<</Names[%b]>>" % branch.names if branch.names else b"",
        )

    def _identifier(self, node: int) -> bytes:
        """The /ID of a note (ISO 14289-1, 7.9) or a head, of one length so that they sort."""
        return b"(%bn%07d)" % (self._part, node)

    def _written(  # noqa: C901  # an entry for each property
        self, index: int, root: bytes, file: Objects
    ) -> bytes:
        """A structure element (ISO 32000-1, 14.7.2)."""
        node, element = self._nodes[index], self._elements[index]
        page = None
        for kid in element.kids:
            if isinstance(kid, _Marked):
                page = kid.page
                break
        parent = root if node.parent < 0 else self._elements[node.parent].reference
        entries = [b"/S/%b/P %b" % (node.role.encode("ascii"), parent)]
        if page is not None:
            entries.append(b"/Pg " + file.page(page))
        kids = list(self._kids(element, page, file))
        if kids:
            entries.append(b"/K" + (array(kids) if len(kids) > 1 else b" " + kids[0]))
        if node.role == "Note":
            entries.append(b"/ID" + self._identifier(index))
        if node.alt is not None:
            entries.append(b"/Alt" + text_string(node.alt))
        if node.lang is not None:
            entries.append(b"/Lang" + text_string(node.lang))
        if node.role in _CELLS:
            entries.append(self._cell_attributes(node))
            if index in self._heads:
                entries.append(b"/ID" + self._identifier(index))
        if node.numbering is not None:
            entries.append(b"/A<</O/List/ListNumbering/%b>>" % node.numbering.value.encode("ascii"))
        if node.decoration is not None:
            entries.append(
                b"/A<</O/Layout/TextDecorationType/%b>>" % node.decoration.value.encode("ascii")
            )
        if element.box is not None:
            entries.append(b"/A<</O/Layout/Placement/Block/BBox[%b]>>" % element.box)
        return b"<<%b>>" % b"".join(entries)

    def _cell_attributes(self, node: StructureNode) -> bytes:
        """The attributes of a cell (ISO 32000-1, 14.8.5.7): what a head is one of, how many rows
        and columns a cell covers, its heads by their identifiers."""
        parts = [b"/Scope/" + node.scope.encode("ascii")] if node.scope is not None else []
        parts += [b"/ColSpan %d" % node.colspan] if node.colspan > 1 else []
        parts += [b"/RowSpan %d" % node.rowspan] if node.rowspan > 1 else []
        if node.headers:
            parts.append(b"/Headers" + array(map(self._identifier, node.headers)))
        return b"/A<</O/Table%b>>" % b"".join(parts) if parts else b""

    def _kids(self, element: _Element, page: int | None, file: Objects) -> Iterator[bytes]:
        for kid in element.kids:
            if isinstance(kid, int):
                yield self._elements[kid].reference
            elif isinstance(kid, _Annotation):
                yield b"<</Type/OBJR/Pg %b/Obj %b>>" % (file.page(kid.page), kid.reference)
            elif kid.page == page:
                yield b"%d" % kid.mcid
            else:
                yield b"<</Type/MCR/Pg %b/MCID %d>>" % (file.page(kid.page), kid.mcid)
