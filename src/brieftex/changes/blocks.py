"""Two lists of blocks as one: what is kept in its place, what is gone between it, struck.

A block is compared with the one that it was, text by text; tables by cell, charts by value, and
pictures by their bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from brieftex.changes.arts import ArtMarker
from brieftex.changes.blocktexts import (
    ART,
    block_parts,
    block_sort,
    block_texts,
    first_nodes,
    list_kind,
    named_field,
    narrowed,
    said_by,
    with_texts,
)
from brieftex.changes.edits import Change, TextEdit
from brieftex.changes.matching import match_parts
from brieftex.changes.names import marked_names
from brieftex.changes.parts import TextPart
from brieftex.changes.tables import TableMarker, mergeable
from brieftex.changes.texts import GonePlace, TextMarker
from brieftex.changes.told import Teller, ToldTexts
from brieftex.document.blocks import (
    Block,
    BreakBlock,
    Decoration,
    Document,
    EntryBlock,
    FigureBlock,
    FigureRowBlock,
    JointBlock,
    MastheadBlock,
    PairBlock,
    PanelBlock,
    RuleBlock,
    SignatureBlock,
)
from brieftex.document.changes import PictureSides
from brieftex.document.figures import ChartBlock, DrawingBlock
from brieftex.document.paragraphs import Code, NamesBlock, TextBlock
from brieftex.document.tables import TableBlock
from brieftex.styled.styles import TextStyle
from brieftex.styled.text import Text, with_words


class BlockMarker:
    """Marks blocks; ``teller`` keeps the list of changes. ``note_style`` is that of words below
    figures that have no caption."""

    def __init__(
        self,
        documents: tuple[Document, Document],
        pictures: PictureSides,
        texts: TextMarker,
        teller: Teller,
        note_style: TextStyle,
    ) -> None:
        """Mark blocks of the second document."""
        self._old, self._new = documents
        self._pictures = pictures
        self.texts = texts
        self._nodes = texts.nodes
        self._teller = teller
        self._entries = ToldTexts(texts, teller)
        self._tables = TableMarker(texts, teller)
        self._arts = ArtMarker(texts, teller, pictures, note_style)
        self._titles = frozenset(key for key, _ in self._new.pieces)
        self._at = 0  # the place in the file of what is gone here
        self.last = self.following = 0  # the nodes between which it stands

    def parts(self, blocks: Sequence[Block], *, old: bool) -> list[TextPart]:
        """The blocks as what can be matched."""
        pictures = self._pictures
        if old:
            return block_parts(blocks, self._old.nodes, pictures.old)
        return block_parts(blocks, self._new.nodes, pictures.new)

    def pair(self, old: Block, new: Block) -> None:
        """Two blocks are the same: so are their nodes. Which row of a table is which, is found
        out later."""
        if isinstance(old, TableBlock) and isinstance(new, TableBlock):
            cells = first_nodes(old), first_nodes(new)
            if all(cells) and mergeable(old, new):
                table = self._nodes.above(cells[0][0], "Table", old=True)
                self._nodes.pair(table, self._nodes.above(cells[1][0], "Table"))
            return
        for one, two in zip(first_nodes(old), first_nodes(new), strict=False):
            self._nodes.pair(one, two)

    def merged(  # noqa: C901, PLR0911, PLR0912  # one for each sort of block
        self, old: Block, new: Block
    ) -> list[Block]:
        """A block that is kept, with what changed in it."""
        match old, new:
            case TableBlock(), TableBlock():
                return self._table(old, new)
            case (
                (FigureBlock() | ChartBlock() | DrawingBlock()),
                (FigureBlock() | ChartBlock() | DrawingBlock()),
            ):
                return [self._arts.art(old, new, block_sort(new, self._new.nodes))]
            case NamesBlock(), NamesBlock():
                return [replace(new, names=tuple(self._names(old.names, new.names, "名单")))]
            case FigureRowBlock(), FigureRowBlock():
                return [self._arts.row(old, new)]
            case PanelBlock(), PanelBlock():
                return [replace(new, blocks=tuple(self.merged_list(old.blocks, new.blocks)))]
            case MastheadBlock(), MastheadBlock():
                return [self._masthead(old, new)]
            case SignatureBlock(), SignatureBlock():
                return [self._signature(old, new)]
            case JointBlock(), JointBlock():
                return [self._joint(old, new)]
            case PairBlock(), PairBlock():
                sort = block_sort(new, self._new.nodes)
                left = self._entries.text(old.left, new.left, sort)
                return [
                    replace(new, left=left, right=self._entries.text(old.right, new.right, sort))
                ]
            case ((TextBlock() | EntryBlock()), (TextBlock() | EntryBlock())):
                titled = isinstance(new, TextBlock) and new.anchor in self._titles
                sort = "标题" if titled else block_sort(new, self._new.nodes)
                text = self._entries.text(old.text, new.text, sort)
                if isinstance(old, TextBlock) and isinstance(new, TextBlock):
                    self._entries.form(text, sort, list_kind(old), list_kind(new))
                if isinstance(new, TextBlock) and new.codes:
                    return [replace(new, text=text, codes=self._beside(new, text))]
                return [replace(new, text=text)]
        if self.parts([old], old=True) != self.parts([new], old=False):
            return [*self.gone(old), self.added(new)]
        return [new]

    def merged_list(self, old: Sequence[Block], new: Sequence[Block]) -> list[Block]:
        """Blocks that belong together, such as the lines of the colophon."""
        return [block for _, made in self._sequence(old, new) for block in made]

    def _sequence(
        self, old: Sequence[Block], new: Sequence[Block]
    ) -> Iterator[tuple[int | None, list[Block]]]:
        """What becomes of each block, with its number in the new list."""
        fields = self.parts(old, old=True), self.parts(new, old=False)
        ways = match_parts([*map(named_field, fields[0])], [*map(named_field, fields[1])])
        for i, j in ways:
            if i is not None and j is not None:
                self.pair(old[i], new[j])
        after = self.following
        for k, (i, j) in enumerate(ways):
            if j is None:
                assert i is not None
                rest = (first_nodes(new[b]) for _, b in ways[k + 1 :] if b is not None)
                self.following = next((nodes[0] for nodes in rest if nodes), after)
                made = self.gone(old[i])
            else:
                made = [self.added(new[j])] if i is None else self.merged(old[i], new[j])
            for block in made:
                self.last = (first_nodes(block) or [self.last])[-1]
            yield j, made
        self.following = after

    def _beside(self, block: TextBlock, text: Text) -> tuple[Code, ...]:
        """The codes of a block, beside the same characters in ``text``, which has those that are
        gone as well."""
        places: list[int] = []
        at = 0
        for run in text.runs:
            if self._nodes.nodes[run.node].decoration is not Decoration.THROUGH:
                places += range(at, run.end)
            at = run.end
        return tuple(
            replace(code, start=places[code.start], end=places[code.end - 1] + 1)
            for code in block.codes
        )

    def added(self, block: Block, entry: int | None = None) -> Block:
        """A block that is new, all of it marked; with an ``entry`` of its own unless it belongs to
        one that has been told."""
        said = said_by(block)
        if not (said or isinstance(block, ART)):
            return block
        number = self._teller.begin() if entry is None else entry
        made = with_texts(block, lambda text: self.texts.added(text, number))
        if isinstance(made, ART):
            self.texts.whole(made.node, number)
        if entry is None:
            sort = block_sort(block, self._new.nodes)
            self._teller.tell("added", sort, [TextEdit(Change.ADDED, said)])
        return made

    def gone(  # noqa: C901, PLR0911  # likewise
        self, block: Block, entry: int | None = None
    ) -> list[Block]:
        """A block of the old draft, struck: nothing of what has no words."""
        if isinstance(block, FigureRowBlock):
            block = replace(block.arts[0], caption=block.caption)
        said = said_by(block)
        sort = block_sort(block, self._old.nodes)
        if isinstance(block, RuleBlock | BreakBlock) or (not said and not isinstance(block, ART)):
            return []
        if isinstance(block, MastheadBlock | PanelBlock):
            parts = block.parts if isinstance(block, MastheadBlock) else block.blocks
            return [made for part in parts for made in self.gone(part, entry)]
        number = self._teller.begin() if entry is None else entry

        def struck(text: Text) -> Text:
            return self._struck(text, number)

        if entry is None:
            self._teller.tell("gone", sort, [TextEdit(Change.GONE, said)])
        if isinstance(block, ART):
            parent = self._nodes.holder(self.last, self.following)
            made_of = self._arts.gone(block, sort, GonePlace(parent, self._at, number))
            self.last = made_of.text.runs[0].node
            return [made_of]
        if isinstance(block, TableBlock):
            return [self._gone_table(block, number)]
        label = None
        if isinstance(block, TextBlock) and block.label is not None:
            label = struck(block.label)
        made = with_texts(block, struck)
        if isinstance(made, EntryBlock):
            folio = replace(made.folio, node=made.text.runs[0].node, href=None)
            return [replace(made, target="", leader="", folio=folio)]
        if isinstance(made, SignatureBlock):
            return [replace(made, seals=(), sealed=False)]
        if isinstance(made, PairBlock) and made.counted:  # of how many pages that was, nobody knows
            right = with_words(made.right, "{pages}", "…")
            return [replace(made, right=right, counted=False)]
        if isinstance(made, TextBlock):
            style = replace(made.style, keep_next=False, keep_previous=False)
            return [replace(made, anchor=None, codes=(), number=None, label=label, style=style)]
        return [made]

    def _struck(self, text: Text, entry: int) -> Text:
        """A text that is gone, behind what was made last."""
        if not text.runs:
            return text
        old = self._nodes.block(text.runs[0].node, old=True)
        self.last = self._nodes.settled(old, self.last, self.following)
        return self.texts.gone(text, GonePlace(self.last, self._at, entry))

    def _gone_table(self, block: TableBlock, entry: int) -> Block:
        texts = [text for text in block_texts(block) if text.runs]
        old = self._nodes.above(texts[0].runs[0].node, "Table", old=True)
        self.last = self._nodes.settled(old, self.last, self.following)
        self._nodes.copied_below(old, self.last)

        def struck(text: Text) -> Text:
            if not text.runs:
                return text
            node = self._nodes.block(text.runs[0].node, old=True)
            if self._nodes.above(node, "Table", old=True) != old:  # a note below it
                return self._struck(text, entry)
            place = GonePlace(self._nodes.of_old(node), self._at, entry)
            return self.texts.gone(text, place)

        return with_texts(block, struck)

    def standing_at(self, block: Block) -> None:
        """What is gone from here on stands behind this block of the file."""
        texts = list(block_texts(block))
        if texts and texts[-1].text:
            self._at = texts[-1].origin.source(len(texts[-1].text) - 1)

    def moved(self, block: Block, entry: int) -> None:
        """Tell that a block stood elsewhere."""
        for text in block_texts(block):
            self.texts.moved(text, entry)
        if isinstance(block, ART):
            self.texts.whole(block.node, entry, moved=True)

    def beside(self, block: Block, entry: int, *, end: bool) -> bool:
        """Tell that something is gone before or behind a block; whether it has a text at all."""
        texts = [text for text in block_texts(block) if text.text]
        if texts:
            self.texts.beside(texts[-1] if end else texts[0], entry, end=end)
        return bool(texts)

    def _masthead(self, old: MastheadBlock, new: MastheadBlock) -> MastheadBlock:
        """The parts of the masthead. The name and what is on the paper already are known by their
        numbers, which change where something that is gone stands between."""
        name = new.parts[new.name] if 0 <= new.name < len(new.parts) else None
        printed = [new.parts[k] for k in sorted(new.preprinted)]
        parts: list[Block] = []
        places: dict[int, int] = {}
        for j, made in self._sequence(old.parts, new.parts):
            if j is None:
                parts += made
                continue
            part = new.parts[j]
            places[id(part)] = len(parts) + len(made) - 1
            parts += [narrowed(one, part) for one in made] if part is name else made
        return replace(
            new,
            parts=tuple(parts),
            name=new.name if name is None else places[id(name)],
            preprinted=frozenset(places[id(part)] for part in printed),
        )

    def _signature(self, old: SignatureBlock, new: SignatureBlock) -> SignatureBlock:
        if len(old.names) == len(new.names) == 1:  # one line, which has no room for another name
            names = [self._entries.text(old.names[0], new.names[0], "署名")]
        else:
            names = list(self._names(old.names, new.names, "署名"))
        office, date = self._one(old.office, new.office), self._one(old.date, new.date)
        return replace(new, names=tuple(names), office=office, date=date)

    def _joint(self, old: JointBlock, new: JointBlock) -> JointBlock:
        names = tuple(self._names(old.names, new.names, "报头"))
        return replace(new, names=names, suffix=self._entries.text(old.suffix, new.suffix, "报头"))

    def _one(self, old: Text | None, new: Text | None) -> Text | None:
        if new is None:
            return new
        return self._entries.text(old or Text("", ()), new, "落款")

    def _names(self, old: Sequence[Text], new: Sequence[Text], sort: str) -> Iterator[Text]:
        def gone(text: Text, entry: int) -> Text:
            """A name that is gone, as part of the last one that stays."""
            runs = next((one.runs for one in reversed(new) if one.runs), ())
            if not runs:
                return self._struck(text, entry)
            parent = self._nodes.block(runs[-1].node)
            return self.texts.gone(text, GonePlace(parent, self._at, entry))

        return marked_names((old, new), sort, self._teller, self.texts.added, gone)

    def _table(self, old: TableBlock, new: TableBlock) -> list[Block]:
        """A table by its cells, or as another one; before it what stood above the old one and has
        nothing in its place."""
        rows = self._tables.merged(old, new, self._at)
        if rows is None:
            return [*self.gone(old), self.added(new)]
        pairs = (old.caption, new.caption), (old.notes.unit, new.notes.unit)
        made = [block for was, now in pairs if was and not now for block in self.gone(was)]
        self.last = (first_nodes(new) or [self.last])[0]
        caption, unit = (self._arts.caption(was, now, "表格") for was, now in pairs)
        below = self.merged_list(old.notes.below, new.notes.below)
        kept = tuple(block for block in below if isinstance(block, TextBlock))
        notes = replace(new.notes, unit=unit, below=kept)
        return [*made, replace(rows, caption=caption, notes=notes)]
