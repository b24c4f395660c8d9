"""The structure nodes of two drafts in one list.

Those of the new draft keep their numbers. What is gone brings copies of its own, below the nodes
that stand for their parents now.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from brieftex.document.blocks import Decoration, StructureNode

_FLOW = frozenset(("Document", "Sect", "BlockQuote", "LBody", "Note"))
"""What may hold paragraphs."""

_INLINE = frozenset(("Span", "Link", "Reference", "Ruby", "RB", "RT"))


class NodeList:
    """The nodes of the new draft, to which those of the old one are added as they are wanted.

    What is printed must be in the tree in the order of the pages, and an element may not be left
    and entered again. So what is gone belongs to an element that is open where it stands, if
    possible to the one that it stood in.
    """

    def __init__(self, old: Sequence[StructureNode], new: Sequence[StructureNode]) -> None:
        """The nodes of both drafts."""
        self._old = old
        self.nodes = list(new)
        self._known: dict[int, list[int]] = {0: [0]}  # the nodes that stand for an old one
        self._children: dict[bool, dict[int, list[int]]] = {}

    def pair(self, old: int, new: int) -> None:
        """Two nodes are the same, and so are those above them as long as they are of one sort."""
        while old > 0 and new > 0 and old not in self._known:
            if self._old[old].role != self.nodes[new].role:
                return
            self._known[old] = [new]
            old, new = self._old[old].parent, self.nodes[new].parent

    def of_old(self, old: int) -> int:
        """The node that stands for one of the old draft, a copy if there is none yet."""
        if old not in self._known:
            self._copy(old, self.of_old(self._old[old].parent))
        return self._known[old][-1]

    def settled(self, old: int, last: int, following: int) -> int:
        """The node for an old paragraph or the like that is gone, between the nodes ``last`` and
        ``following``, 0 for none: a copy, with copies of what it stood in as far as that is not
        open there."""
        open_ = self._open(last, following)
        beside = {*self._above(last), *self._above(following)} - {0}
        for known in self._known.get(old, ()):
            if known in beside:
                return known
        if self._old[old].role == "Caption":  # what it stood above or below is still there
            made = self._copy(old, self._holder(open_))
            self.nodes[made] = replace(self.nodes[made], role="P")
            return made
        chain, here = [old], -1
        while here < 0:
            above = self._old[chain[-1]].parent
            role = self._old[above].role
            here = next((k for k in self._known.get(above, ()) if k in open_), -1)
            if here < 0 and role == "TOC":
                here = next((k for k in open_ if self.nodes[k].role == role), -1)
            if here < 0 and role in ("Sect", "Document"):
                here = self._holder(open_)
            chain.append(above)
        chain.pop()
        for node in reversed(chain):
            here = self._copy(node, here)
        return here

    def holder(self, last: int, following: int) -> int:
        """The node for a new paragraph between two nodes, 0 for none."""
        return self._holder(self._open(last, following))

    def _holder(self, open_: Sequence[int]) -> int:
        return next((node for node in open_ if self.nodes[node].role in _FLOW), 0)

    def _open(self, last: int, following: int) -> list[int]:
        """The nodes that may hold something between two, the innermost first: those above the
        first, up to the one above both."""
        beyond = set(self._above(following)) if following else {0}
        found = []
        for node in self._above(last):
            found.append(node)
            if node in beyond:
                break
        return found

    def _above(self, node: int) -> list[int]:
        found = []
        while node >= 0:
            found.append(node)
            node = self.nodes[node].parent
        return found

    def _copy(self, old: int, parent: int) -> int:
        """What is gone is neither a heading to be jumped to nor a link."""
        node = self._old[old]
        role = "Span" if node.role in _INLINE else node.role
        role = "P" if role.startswith("H") and role[1:].isdigit() else role
        heads = tuple(k for head in node.headers for k in self._known.get(head, ())[-1:])
        made = self.add(replace(node, role=role, parent=parent, headers=heads))
        self._known.setdefault(old, []).append(made)
        return made

    def pair_children(self, old: int, new: int) -> None:
        """The children of two nodes are the same, one by one: the cells of a row."""
        for one, two in zip(self._kids(old, old=True), self._kids(new, old=False), strict=False):
            self.pair(one, two)

    def copied(self, old: int, parent: int, after: int | None = None) -> None:
        """Copy an old node below ``parent``, behind its sibling ``after``, and all below it."""
        made = self._copy(old, parent)
        self.nodes[made] = replace(self.nodes[made], after=after)
        self.copied_below(old, made)

    def copied_below(self, old: int, made: int) -> None:
        """Copy all that is below an old node, for which ``made`` stands."""
        for kid in self._kids(old, old=True):
            self.copied_below(kid, self._copy(kid, made))

    def _kids(self, node: int, *, old: bool) -> Sequence[int]:
        nodes = self._old if old else self.nodes
        if old not in self._children:
            found: dict[int, list[int]] = {}
            for index, one in enumerate(nodes):
                found.setdefault(one.parent, []).append(index)
            self._children[old] = found
        return self._children[old].get(node, [])

    def add(self, node: StructureNode) -> int:
        """Add a node; its number."""
        self.nodes.append(node)
        return len(self.nodes) - 1

    def decorated(self, parent: int, decoration: Decoration, alt: str | None = None) -> int:
        """A node for words with a line along them, below ``parent``; the base of a reading cannot
        be divided and gets the line itself."""
        if self.nodes[parent].role == "RB":
            self.nodes[parent] = replace(self.nodes[parent], decoration=decoration)
            return parent
        return self.add(StructureNode("Span", parent, alt=alt, decoration=decoration))

    def spanned(self, parent: int, decoration: Decoration | None) -> int:
        """A node for words with or without a line along them, below ``parent``."""
        if decoration is not None:
            return self.decorated(parent, decoration)
        if self.nodes[parent].role == "RB":
            return parent
        return self.add(StructureNode("Span", parent))

    def block(self, node: int, *, old: bool = False) -> int:
        """The paragraph or cell that an inline node stands in; the node itself if it is none."""
        nodes = self._old if old else self.nodes
        while nodes[node].role in _INLINE:
            node = nodes[node].parent
        return node

    def above(self, node: int, role: str, *, old: bool = False) -> int:
        """The node of this role that ``node`` stands in, -1 if there is none."""
        nodes = self._old if old else self.nodes
        while node >= 0 and nodes[node].role != role:
            node = nodes[node].parent
        return node
