"""Issues made in memory, and the laws that every composed document keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from brieftex.diagnostics import OffsetMap, Source
from brieftex.document.blocks import (
    Block,
    Document,
    EntryBlock,
    FigureBlock,
    FigureRowBlock,
    FootBlock,
    JointBlock,
    MastheadBlock,
    PairBlock,
    PanelBlock,
    SignatureBlock,
    call_anchor,
)
from brieftex.document.paragraphs import NamesBlock, TextBlock
from brieftex.document.tables import TableBlock
from brieftex.model.content import Inline, NoteCall, Stretch
from brieftex.model.issue import Issue, Masthead
from brieftex.picture import Raster
from brieftex.styled.text import Text

ROLES = {
    "Document", "Sect", "P", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody",
    "BlockQuote", "Table", "TR", "TH", "TD", "Figure", "Caption", "Note", "Link", "Reference",
    "TOC", "TOCI", "Ruby", "RB", "RT",
}  # fmt: skip


@dataclass
class Manuscript:
    """A source file that grows with every text written into it."""

    text: str = "brieftex: 1\n"
    written: list[Inline] = field(default_factory=list)

    def write(self, text: str, *stretches: Stretch, calls: tuple[NoteCall, ...] = ()) -> Inline:
        """``text`` in quotation marks on a line of its own, as inline text of that place."""
        at = len(self.text) + 1
        self.text += f'"{text}"\n'
        inline = Inline(text, OffsetMap((0,), (at,)), stretches, calls)
        self.written.append(inline)
        return inline

    def issue(self, **fields: object) -> Issue:
        """The issue of these fields; its source is all that was written."""
        masthead = fields.pop("masthead", None) or Masthead(self.write("资政参考"))
        source = Source("issue.yaml", self.text)
        folder = fields.pop("folder", Path())
        pictures = {name: Raster(Path(name), 30, 20) for name in ("chart.png", "x.png")}
        return Issue(source, folder, masthead, pictures=pictures, **fields)  # type: ignore[arg-type]


def texts_of(  # noqa: C901  # one case for each sort of block
    block: Block | FootBlock,
) -> Iterator[Text]:
    """Every text of a block, in reading order."""
    match block:
        case TextBlock():
            yield from (text for text in (block.label, block.text) if text is not None)
        case PairBlock():
            yield block.left
            yield block.right
        case EntryBlock():
            yield block.text
        case TableBlock() | FigureBlock() | FigureRowBlock():
            if block.caption is not None:
                yield from texts_of(block.caption)
            if isinstance(block, TableBlock):
                yield from (cell.text for row in (*block.header, *block.rows) for cell in row)
        case SignatureBlock():
            yield from (t for t in (block.office, *block.names, block.date) if t is not None)
        case JointBlock():
            yield from (*block.names, block.suffix)
        case NamesBlock(names=names):
            yield from names
        case MastheadBlock(parts=parts) | FootBlock(blocks=parts) | PanelBlock(blocks=parts):
            yield from (text for part in parts for text in texts_of(part))


def texts(document: Document) -> list[Text]:
    """Every text of a document, the notes last."""
    foot = () if document.foot is None else (document.foot,)
    found = [text for block in (*document.blocks, *foot) for text in texts_of(block)]
    found += [text for note in document.notes for block in note for text in texts_of(block)]
    return found


def blocks(document: Document) -> list[Block | FootBlock]:
    """The blocks of a document, those of its masthead one by one, the colophon last."""
    foot = () if document.foot is None else (document.foot,)
    return [
        part
        for block in (*document.blocks, *foot)
        for part in (block.parts if isinstance(block, MastheadBlock) else (block,))
    ]


def lines(document: Document) -> list[str]:
    """The words of every text in the document's body."""
    return ["".join(t.text for t in texts_of(block)) for block in blocks(document)]


def role_path(document: Document, node: int) -> str:
    """The roles from the root to a node: ``Document/Sect/P``."""
    parent = document.nodes[node].parent
    role = document.nodes[node].role
    return role if parent < 0 else f"{role_path(document, parent)}/{role}"


def assert_sound(document: Document, issue: Issue) -> None:
    """What the typesetter and the writer of tags rely on, for any document."""
    anchors = [
        block.anchor for block in blocks(document) if isinstance(block, TextBlock) and block.anchor
    ]
    assert len(anchors) == len(set(anchors))
    for note in range(len(document.notes)):
        anchors += [document.notes[note][0].anchor or "", call_anchor(note)]
    for text in texts(document):
        ends = [run.end for run in text.runs]
        assert ends == sorted(set(ends))
        assert (ends[-1] if ends else 0) == len(text.text)
        for run in text.runs:
            assert 0 < run.node < len(document.nodes)
            assert run.style.size > 0
            if run.href is not None:
                assert document.nodes[run.node].role == "Link"
                assert not run.href.startswith("#") or run.href[1:] in anchors
        for offset in range(len(text.text)):
            assert 0 <= text.origin.source(offset) < len(issue.source.text)
        for at, note in text.calls:
            assert 0 <= at < len(text.text)
            assert document.notes[note]
    for number, node in enumerate(document.nodes):
        assert node.role in ROLES
        assert node.parent < number
        assert (node.parent == -1) == (number == 0)
    headings = [int(m[1]) for n in document.nodes if (m := re.fullmatch(r"H(\d)", n.role))]
    assert _descends_by_one(headings, 0)
    assert _descends_by_one([entry.level for entry in document.outline], -1)
    targets = [b.target for b in document.blocks if isinstance(b, EntryBlock)]
    assert {*targets, *(entry.anchor for entry in document.outline)} <= set(anchors)
    calls = [note for text in texts(document) for _, note in text.calls]
    assert sorted(set(calls)) == list(range(len(document.notes)))


def _descends_by_one(levels: list[int], above: int) -> bool:
    """Whether no level lies more than one below the level before it."""
    return all(level <= before + 1 for before, level in zip([above, *levels], levels, strict=False))
