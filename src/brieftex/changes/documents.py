"""Two drafts as documents → one that shows what changed, and the new one with its bars.

What is gone stands behind what it stood behind; what moved is noted at both places.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from brieftex.changes.blocks import BlockMarker
from brieftex.changes.blocktexts import block_texts, first_nodes, said_by
from brieftex.changes.comparison import Difference, swaps_in
from brieftex.changes.edits import Change, TextEdit
from brieftex.changes.matching import match_parts
from brieftex.changes.nodes import NodeList
from brieftex.changes.pairing import DocumentPairs, DocumentPiece, Move, paired_documents
from brieftex.changes.parts import TextPart
from brieftex.changes.pictures import pictures_by_place
from brieftex.changes.texts import NotePairs, TextMarker
from brieftex.compose.compose import compose
from brieftex.compose.contents import CONTENTS_ANCHOR
from brieftex.document.blocks import (
    Block,
    BreakBlock,
    Document,
    EntryBlock,
    FootBlock,
    PairBlock,
    RuleBlock,
    StructureNode,
    WithContents,
    note_anchor,
)
from brieftex.document.changes import ChangedPart, ChangeMarks, PictureSides, ordered_parts
from brieftex.document.paragraphs import TextBlock
from brieftex.memory import FORGETFUL, Memory
from brieftex.model.issue import Issue
from brieftex.model.theme import Theme
from brieftex.styled.text import Text, TextRun

_WHAT = {"条目": "本条", "栏目": "本栏目", "附件": "本附件"}


class Revision(Struct, frozen=True):
    """The result of comparing two drafts: the ``marked`` document, in which both are shown; the
    ``clean`` one, which is the new draft with bars beside what changed; and the list of changes,
    to whose numbers both refer."""

    marked: Document
    clean: Document
    entries: tuple[Difference, ...]


def revision(
    old: Issue, new: Issue, document: Document, theme: Theme, memory: Memory = FORGETFUL
) -> Revision:
    """Compare ``old`` with ``new``, whose ``document`` was composed in ``theme``. Of the pictures
    of both, their files are read. ``memory`` may know the document of an earlier draft that is the
    same object."""
    pictures = PictureSides(pictures_by_place(old), pictures_by_place(new))
    memo = memory.stage("earlier draft", theme)
    _, before = memo.recall(id(old), lambda: (old, compose(old, theme)[0]))
    found = _compared((old, new), (before, document), theme, pictures)
    if document.with_contents is None:
        return found
    longer = before.with_contents.document if before.with_contents is not None else before
    pages, wanted = document.with_contents.pages, document.with_contents.document
    more = _compared((old, new), (longer, wanted), theme, pictures)
    return Revision(
        replace(found.marked, with_contents=WithContents(pages, more.marked)),
        replace(found.clean, with_contents=WithContents(pages, more.clean)),
        found.entries,
    )


def _compared(
    issues: tuple[Issue, Issue],
    documents: tuple[Document, Document],
    theme: Theme,
    pictures: PictureSides,
) -> Revision:
    pairs = paired_documents(issues, documents, pictures)
    return _Walk(pairs, documents, theme, pictures).revision()


class _Entries(Struct):
    """The list of changes as it grows; ``piece`` is what is being compared, ``silent`` where the
    same is said elsewhere."""

    piece: str = ""
    silent: bool = False
    found: list[Difference] = field(default_factory=list)

    def begin(self) -> int:
        """The number of the next entry."""
        return -1 if self.silent else len(self.found)

    def tell(self, kind: str, sort: str, edits: Sequence[TextEdit], detail: str = "") -> None:
        """Add the entry with this number."""
        if not self.silent:
            swaps = swaps_in(edits)
            entry = Difference(kind, self.piece, sort, tuple(edits), None, None, detail, swaps)
            self.found.append(entry)


class _Walk:
    """The state of one comparison; used once."""

    def __init__(
        self,
        pairs: DocumentPairs,
        documents: tuple[Document, Document],
        theme: Theme,
        pictures: PictureSides,
    ) -> None:
        self.pairs = pairs
        self.old, self.new = documents
        self.theme = theme
        self.entries = _Entries()
        self.nodes = NodeList(self.old.nodes, self.new.nodes)
        self.texts = TextMarker(theme.finish.changes, self.nodes)
        look = theme.styles["figure_caption"]
        self.blocks = BlockMarker(documents, pictures, self.texts, self.entries, look)
        self.made: list[Block] = []
        self.count = 0  # of the blocks of the new draft that are made
        self.coming = _first_nodes_from([b for p in pairs.new.values() for b in p.blocks])
        self.last: Block | None = None  # the last one of the new draft that has a text
        self.waiting: list[int] = []  # entries of what is gone before the first of these

    def revision(self) -> Revision:
        """Everything."""
        pairs = self.pairs
        noted = self._note_ways()
        for key, ways in pairs.ways.items():
            was, now = pairs.old[pairs.partners[key]], pairs.new[key]
            for i, j in ways:
                if i is not None and j is not None:
                    self.blocks.pair(was.blocks[i], now.blocks[j])
        for piece in pairs.new.values():
            self._piece(piece)
        foot = self._foot()
        notes = self._notes(noted)
        marked = replace(
            self.new,
            blocks=tuple(self.made),
            notes=notes,
            foot=foot,
            nodes=tuple(self.nodes.nodes),
            with_contents=None,
            changes=_marks(self.texts.marked),
        )
        clean = replace(self.new, with_contents=None, changes=_marks(self.texts.clean))
        return Revision(marked, clean, tuple(self.entries.found))

    # --- pieces -----------------------------------------------------------------------------

    def _piece(self, piece: DocumentPiece) -> None:
        """Add a piece, and behind it those that stood there; page breaks at its end come last."""
        end = len(piece.blocks)
        while end and isinstance(piece.blocks[end - 1], BreakBlock):
            end -= 1
        self.entries.piece = piece.name
        self.entries.silent = piece.key == CONTENTS_ANCHOR
        entry = None
        move = self.pairs.arrived.get(piece.key)
        if piece.key in self.pairs.ways:
            if move is not None:
                entry = self._arrived(move, _kind_of(piece.key), piece.blocks[0])
            self._kept(piece, end, entry)
        else:
            self._new(piece, end)
        for was, left in self.pairs.left.get(piece.key, ()):
            self.entries.piece, self.entries.silent = was.name, False
            if left is not None:
                self._departed(left)
            else:
                self._gone(was)
        for block in piece.blocks[end:]:
            self._add(block, block)

    def _new(self, piece: DocumentPiece, end: int) -> None:
        """A piece that is new: one entry for all of it. Contents that an issue has only now are
        nobody's change."""
        if piece.key == CONTENTS_ANCHOR:
            for block in piece.blocks[:end]:
                self._add(block, block)
            return
        said = "\n".join(filter(None, map(said_by, piece.blocks[:end])))
        entry = self.entries.begin() if said else None
        if said:
            self.entries.tell("added", _kind_of(piece.key), [TextEdit(Change.ADDED, said)])
        for block in piece.blocks[:end]:
            self._add(self.blocks.added(block, entry), block)

    def _gone(self, piece: DocumentPiece) -> None:
        said = "\n".join(filter(None, map(said_by, piece.blocks)))
        if not said:
            return
        entry = self.entries.begin()
        self.entries.tell("gone", _kind_of(piece.key), [TextEdit(Change.GONE, said)])
        for block in piece.blocks:
            self._stand()
            self.made += self.blocks.gone(block, entry)
        self._tell_beside(entry)

    def _kept(self, piece: DocumentPiece, end: int, entry: int | None) -> None:
        was = self.pairs.old[self.pairs.partners[piece.key]]
        done = 0
        for i, j in self.pairs.ways[piece.key]:
            if j is None:
                assert i is not None
                self._gone_block(was.blocks[i], self.pairs.moved.get((piece.key, True, i)))
                continue
            for block in piece.blocks[done:j]:
                self._add(block, block)
            done = j + 1
            block = piece.blocks[j]
            move = self.pairs.moved.get((piece.key, False, j))
            if i is not None:
                self._stand()
                made = self.blocks.merged(was.blocks[i], block)
                moved = entry
            elif move is not None:
                moved = self._arrived(move, "段落", block)
                self._stand()
                made = [block] if move.block is None else self.blocks.merged(move.block, block)
            else:
                made, moved = [self.blocks.added(block)], None
            if moved is not None:
                self.blocks.moved(block, moved)
            for one in made[:-1]:
                self.made.append(one)
            self._add(made[-1], block)
        for block in piece.blocks[done:end]:
            self._add(block, block)

    def _gone_block(self, block: Block, move: Move | None) -> None:
        if move is not None:
            self._departed(move)
            return
        entry = self.entries.begin()
        self._stand()
        made = self.blocks.gone(block)
        if made and not self.entries.silent:
            self._tell_beside(entry)
        self.made += made

    def _add(self, block: Block, origin: Block) -> None:
        """Add a block that stands for one of the new draft."""
        self.made.append(block)
        self.count += 1
        if any(text.text for text in block_texts(origin)):
            self.last = origin
            self.blocks.standing_at(origin)
            for entry in self.waiting:
                self.blocks.beside(origin, entry, end=False)
            self.waiting = []

    def _tell_beside(self, entry: int) -> None:
        """Tell that something is gone here: beside the last line that is left."""
        if self.last is None:
            self.waiting.append(entry)
        else:
            self.blocks.beside(self.last, entry, end=True)

    # --- moves ------------------------------------------------------------------------------

    def _arrived(self, move: Move, sort: str, block: Block) -> int:
        """Note that what follows stood elsewhere; the number of its entry."""
        entry = self.entries.begin()
        said = [TextEdit(Change.KEPT, said_by(block))]
        where = move.was if sort in _WHAT else _was(move)
        self.entries.tell("moved", sort, said, where)
        words = f"〔移来〕{_WHAT.get(sort, '下段')}{where}，旧处见"
        self._note(words, ("moved-from", "moved-to", move.number), entry)
        return entry

    def _departed(self, move: Move) -> None:
        """Note where something is now, below what it stood behind."""
        there = f"移至{move.now}" if move.now else "移到别处"
        words = f"〔移走〕{move.called}{there}，见"
        self._note(words, ("moved-to", "moved-from", move.number), -1)

    def _stand_in_note(self, note: Sequence[TextBlock], *, old: bool) -> None:
        """Tell it that it is at the start of a footnote."""
        nodes = [node for block in note for node in first_nodes(block)]
        self.blocks.last = self.blocks.following = 0
        if nodes:
            above = self.nodes.above(nodes[0], "Note", old=old)
            self.blocks.last = self.nodes.of_old(above) if old else above

    def _stand(self) -> None:
        """Tell the marker of blocks between which nodes it is."""
        last = next((nodes for b in reversed(self.made) if (nodes := first_nodes(b))), [0])
        self.blocks.last, self.blocks.following = last[-1], self.coming[self.count]

    def _note(self, words: str, link: tuple[str, str, int], entry: int) -> None:
        self._stand()
        parent = self.nodes.holder(self.blocks.last, self.blocks.following)
        target, anchor, number = link
        look = self.theme.styles["note"]
        color = self.theme.finish.changes.moved
        char = replace(look.char, color=color)
        style = replace(look, char=char, indent=0, hang=0, left=0, keep_next=entry >= 0)
        node = self.nodes.add(StructureNode("P", parent))
        text = Text(words, (TextRun(len(words), char, node),))
        self.made.append(
            EntryBlock(
                text, f"{target}-{number}", style, self.theme.contents.leader,
                TextRun(0, char, node), anchor=f"{anchor}-{number}", aside=True,
            )
        )  # fmt: skip
        self.texts.marked.setdefault(node, []).append(ChangedPart(moved=True, entry=entry))

    # --- what stands apart ------------------------------------------------------------------

    def _foot(self) -> FootBlock | None:
        self.entries.piece, self.entries.silent = "版记", False
        self._stand()
        old, new = self.old.foot, self.new.foot
        before = () if old is None else old.blocks
        if new is not None:
            made = self.blocks.merged_list(before, new.blocks)
            kept = [b for b in made if isinstance(b, TextBlock | PairBlock | RuleBlock)]
            return replace(new, blocks=tuple(kept))
        for block in before:
            self._gone_block(block, None)
        return None

    def _note_ways(self) -> list[tuple[int | None, int | None]]:
        """Which footnote is which."""
        sides = [
            [TextPart("段落", "\n".join(map(said_by, note)), None) for note in document.notes]
            for document in (self.old, self.new)
        ]
        ways = match_parts(sides[0], sides[1])
        kept = {i: j for i, j in ways if i is not None and j is not None}
        gone = [i for i, j in ways if i is not None and j is None]
        count = len(self.new.notes)
        self.texts.notes = NotePairs(kept, {i: count + k for k, i in enumerate(gone)})
        for i, j in kept.items():
            for one, two in zip(self.old.notes[i], self.new.notes[j], strict=False):
                self.blocks.pair(one, two)
        return ways

    def _notes(
        self, ways: Sequence[tuple[int | None, int | None]]
    ) -> tuple[tuple[TextBlock, ...], ...]:
        """The footnotes of the new draft, and behind them those that are gone and called."""
        self.entries.piece = "脚注"
        called = {
            note for block in self.made for text in block_texts(block) for _, note in text.calls
        }
        found: dict[int, tuple[TextBlock, ...]] = {}
        for i, j in ways:
            if j is not None:
                before = () if i is None else self.old.notes[i]
                self._stand_in_note(self.new.notes[j], old=False)
                found[j] = _paragraphs(self.blocks.merged_list(before, self.new.notes[j]))
                continue
            assert i is not None
            number = self.texts.notes.gone[i]
            self._stand_in_note(self.old.notes[i], old=True)
            made = [b for block in self.old.notes[i] for b in self.blocks.gone(block)]
            blocks = _paragraphs(made)
            if number in called and blocks:
                found[number] = (replace(blocks[0], anchor=note_anchor(number)), *blocks[1:])
            else:
                found[number] = ()
        return tuple(found[k] for k in sorted(found))


def _kind_of(key: str) -> str:
    return "附件" if key.startswith("attachment") else "条目" if "-item-" in key else "栏目"


def _first_nodes_from(blocks: Sequence[Block]) -> list[int]:
    """For each block, and for the end, the first node from there on, 0 for none."""
    found = [0]
    for block in reversed(blocks):
        nodes = first_nodes(block)
        found.append(nodes[0] if nodes else found[-1])
    return found[::-1]


def _was(move: Move) -> str:
    return f"原在{move.was}" if move.was else "次序改了"


def _paragraphs(blocks: Sequence[Block]) -> tuple[TextBlock, ...]:
    return tuple(block for block in blocks if isinstance(block, TextBlock))


def _marks(parts: dict[int, list[ChangedPart]]) -> ChangeMarks:
    return ChangeMarks({node: ordered_parts(found) for node, found in parts.items()})
