"""The index of a volume: persons, units, titles, works, each by sound, linked to their pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from brieftex.collection.matter import MatterMaker
from brieftex.collection.nouns import NamedNoun, NounKind
from brieftex.collection.pinyin import SortKey, sort_key
from brieftex.document.blocks import Document, Elsewhere
from brieftex.document.paragraphs import TextBlock
from brieftex.styled.builder import TextBuilder
from brieftex.styled.styles import Align

INDEX = "index"
"""The anchor of its first page."""

COLUMNS = 2
MOST_FOLIOS = 40
"""Folios, or ranges of them, of one entry: a noun of every page leads nowhere."""

_RANGE = 3  # so many pages in a row and more are written as a range


class IndexEntry(Struct, frozen=True):
    """An entry: its words, its place in the order, its folios."""

    noun: NamedNoun
    key: SortKey
    folios: tuple[int, ...]


def index_entries(found: Mapping[NamedNoun, Iterable[int]]) -> list[IndexEntry]:
    """The entries in their order. Raises NoPinyinError."""
    entries = [
        IndexEntry(
            noun,
            sort_key(noun.text, person=noun.kind is NounKind.PERSON, reading=noun.reading),
            tuple(sorted(folios)),
        )
        for noun, folios in found.items()
    ]
    kinds = list(NounKind)
    return sorted(entries, key=lambda e: (kinds.index(e.noun.kind), _order(e.key), e.noun.text))


def _order(key: SortKey) -> tuple[str, tuple[tuple[str, int, int, int], ...]]:
    return key.letter, key.characters


def index(
    maker: MatterMaker, entries: Sequence[IndexEntry], pages: Mapping[int, str]
) -> tuple[Document, int]:
    """The document of the index, and how many of its blocks stand over all columns. ``pages`` has
    the anchor of each folio's page."""
    draft = maker.draft()
    elsewhere: dict[str, Elsewhere] = {}
    heading = maker.style("contents_heading")
    heading = replace(
        heading, char=replace(heading.char, size=heading.char.size * 3 // 2),
        leading=3 * heading.leading,
    )  # fmt: skip
    text = draft.words("索引", heading.char, draft.heading_node(1, 0), 0)
    draft.add(TextBlock(text, heading, INDEX))
    remark = maker.style("contents_item", left=0, hang=0, align=Align.CENTER)
    words = "按汉语拼音排列，同音字依声调、笔画数；数字是合订本的页码"
    text = draft.words(words, remark.char, draft.node("P"), 0)
    draft.add(TextBlock(text, replace(remark, leading=2 * remark.leading)))
    over = len(draft.blocks)
    line = maker.style("contents_item", left=0)
    line = replace(line, hang=2 * line.char.size, align=Align.LEFT, keep_next=False)
    kind_style = maker.style("contents_section", hang=0, align=Align.CENTER, space=1)
    letter_style = maker.style("contents_section", hang=0, space=1)
    for kind, of_kind in groupby(entries, lambda entry: entry.noun.kind):
        anchor = f"{INDEX}-{kind.name.lower()}"
        title = f"{kind.value}索引"
        node = draft.heading_node(2, 0)
        part = draft.node("Index")
        draft.add(TextBlock(draft.words(title, kind_style.char, node, 0), kind_style, anchor))
        draft.add_outline(0, title, anchor)
        for letter, group in groupby(of_kind, lambda entry: entry.key.letter):
            node = draft.node("P", part)
            draft.add(TextBlock(draft.words(letter, letter_style.char, node, 0), letter_style))
            for entry in group:
                builder = TextBuilder()
                node = draft.node("P", part)
                builder.add_words(entry.noun.text + "　", line.char, node, 0)
                for place, (words, folio) in enumerate(_folio_words(entry.folios)):
                    if place:
                        builder.add_words(", ", line.char, node, 0)
                    anchor = pages[folio]
                    elsewhere[anchor] = Elsewhere(folio, f"第{folio}页")
                    builder.add_words(words, line.char, draft.node("Link", node), 0, f"#{anchor}")
                draft.add(TextBlock(builder.text(), line))
    return maker.document(draft, "索引", dense=True, elsewhere=elsewhere), over


def _folio_words(folios: Sequence[int]) -> Iterator[tuple[str, int]]:
    """The folios as they are written, and the page to which each leads; 7–9 for several in a
    row."""
    runs: list[list[int]] = []
    for folio in folios:
        if runs and runs[-1][-1] == folio - 1:
            runs[-1].append(folio)
        else:
            runs.append([folio])
    count = 0
    for run in runs:
        parts = [[run[0], run[-1]]] if len(run) >= _RANGE else [[folio] for folio in run]
        for part in parts:
            count += 1
            if count > MOST_FOLIOS:
                yield "等", part[0]
                return
            yield "–".join(map(str, part)), part[0]
