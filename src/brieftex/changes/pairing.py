"""Which piece and which block of a document is which of another draft's, and what moved.

Pieces are matched by what was written (``matching``), blocks by what is printed of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from brieftex.changes.blocktexts import block_parts
from brieftex.changes.comparison import moved_pieces, piece_name
from brieftex.changes.matching import match_parts, match_pieces, moved_parts
from brieftex.changes.parts import TextPart, piece_keys, pieces_of
from brieftex.compose.compose import END, HEAD
from brieftex.compose.contents import CONTENTS_ANCHOR
from brieftex.document.blocks import Block, BreakBlock, Document, RuleBlock
from brieftex.document.changes import PictureSides
from brieftex.model.issue import Issue

_NAMES = {HEAD: "报头", END: "落款"}

_SAME = (HEAD, CONTENTS_ANCHOR, "foreword", "body", END)
"""Pieces of which an issue has one at most."""

_HEAD = 14
"""Characters of a block by which it is named where it stood."""

BlockWay: TypeAlias = tuple[int | None, int | None]


class DocumentPiece(Struct, frozen=True):
    """A piece of a document, and what it is called."""

    key: str
    name: str
    blocks: tuple[Block, ...]

    @property
    def spoken(self) -> list[int]:
        """The blocks that are compared: neither rules nor page breaks."""
        return [k for k, b in enumerate(self.blocks) if not isinstance(b, RuleBlock | BreakBlock)]


class Move(Struct, frozen=True):
    """Something that stands elsewhere: its number, how it is called, where it was, where it is
    now; the places are empty where only the order is another. ``block`` is what it was, where it
    is a block, which may have been edited."""

    number: int
    called: str
    was: str
    now: str
    block: Block | None = None


class DocumentPairs(Struct, frozen=True):
    """Which parts of two documents are the same.

    ``ways`` tell for each piece of the new one that was there before how its blocks came about,
    by their numbers in the pieces; ``moved`` are blocks that moved, by piece of the new document,
    side (old: True) and number. ``arrived`` are pieces that moved; ``left`` pieces of the old
    document that are gone or moved away, by the piece of the new one that they stood behind.
    """

    old: Mapping[str, DocumentPiece]
    new: Mapping[str, DocumentPiece]
    partners: Mapping[str, str]
    ways: Mapping[str, Sequence[BlockWay]]
    moved: Mapping[tuple[str, bool, int], Move]
    arrived: Mapping[str, Move]
    left: Mapping[str, Sequence[tuple[DocumentPiece, Move | None]]]


def paired_documents(
    issues: tuple[Issue, Issue], documents: tuple[Document, Document], pictures: PictureSides
) -> DocumentPairs:
    """Compare two documents, which were composed of the two ``issues``."""
    written = [pieces_of(issue) for issue in issues]
    keys = [piece_keys(side) for side in written]
    same = match_pieces(written[0], written[1])
    names = [
        {key: piece_name(piece) for key, piece in zip(*side, strict=True)} | _NAMES
        for side in zip(keys, written, strict=True)
    ]
    old, new = (_cut(document, side) for document, side in zip(documents, names, strict=True))
    known = {keys[1][j]: keys[0][i] for i, j in same} | {key: key for key in _SAME}
    partners = {key: was for key, was in known.items() if key in new and was in old}
    found = moved_pieces(written[0], written[1], same)
    homes = {piece.home: piece.title for piece in written[1] if piece.sort == "section"}
    arrived: dict[str, Move] = {}
    for j, was in found.items():
        home = homes.get(written[1][j].home, "") if written[1][j].sort == "item" else ""
        key = keys[1][j]
        now = f"《{home}》" if home and was.startswith("原在") else ""
        arrived[key] = Move(len(arrived), f"《{names[1][key]}》", was, now)
    parts = [
        {
            key: block_parts(piece.blocks, document.nodes, pictured)
            for key, piece in side.items()
        }
        for side, document, pictured in (
            (old, documents[0], pictures.old), (new, documents[1], pictures.new),
        )
    ]  # fmt: skip
    ways = {key: _ways(old[was], new[key], parts, key) for key, was in partners.items()}
    moved = _moved(ways, parts, (partners, old, new), len(arrived))
    left = _left(old, new, partners, arrived)
    return DocumentPairs(old, new, partners, ways, moved, arrived, left)


def _cut(document: Document, names: Mapping[str, str]) -> dict[str, DocumentPiece]:
    """The pieces of a document by their keys, in order."""
    starts = [at for _, at in document.pieces]
    ends = [*starts[1:], len(document.blocks)]
    return {
        key: DocumentPiece(key, names.get(key, ""), document.blocks[at:end])
        for (key, at), end in zip(document.pieces, ends, strict=True)
    }


_Parts: TypeAlias = Sequence[Mapping[str, Sequence[TextPart]]]


def _ways(old: DocumentPiece, new: DocumentPiece, parts: _Parts, key: str) -> list[BlockWay]:
    before, after = old.spoken, new.spoken
    found = match_parts([parts[0][old.key][i] for i in before], [parts[1][key][j] for j in after])
    return [(None if i is None else before[i], None if j is None else after[j]) for i, j in found]


def _moved(
    ways: Mapping[str, Sequence[BlockWay]],
    parts: _Parts,
    pieces: tuple[Mapping[str, str], Mapping[str, DocumentPiece], Mapping[str, DocumentPiece]],
    count: int,
) -> dict[tuple[str, bool, int], Move]:
    """Blocks that are gone in one place and added in another, the same or much alike."""
    partners, old, new = pieces
    gone: list[tuple[str, int]] = []
    added: list[tuple[str, int]] = []
    for key, pairs in ways.items():
        for i, j in pairs if key != CONTENTS_ANCHOR else ():
            if i is not None and j is None:
                gone.append((key, i))
            elif j is not None and i is None:
                added.append((key, j))
    same = moved_parts(
        [parts[0][partners[key]][i] for key, i in gone], [parts[1][key][j] for key, j in added]
    )
    found: dict[tuple[str, bool, int], Move] = {}
    for b, a in sorted(same.items()):
        (was, index), (key, j) = gone[a], added[b]
        called = f"“{parts[1][key][j].text[:_HEAD].splitlines()[0]}……”"
        here = (f"《{new[was].name}》", f"《{new[key].name}》") if was != key else ("", "")
        move = Move(count + len(found) // 2, called, *here, old[partners[was]].blocks[index])
        found[was, True, index] = found[key, False, j] = move
    return found


def _left(
    old: Mapping[str, DocumentPiece],
    new: Mapping[str, DocumentPiece],
    partners: Mapping[str, str],
    arrived: Mapping[str, Move],
) -> dict[str, list[tuple[DocumentPiece, Move | None]]]:
    now = {was: key for key, was in partners.items()}
    found: dict[str, list[tuple[DocumentPiece, Move | None]]] = {}
    place = next(iter(new))
    for key, piece in old.items():
        if key not in now:
            if key != CONTENTS_ANCHOR:
                found.setdefault(place, []).append((piece, None))
        elif now[key] in arrived:
            found.setdefault(place, []).append((piece, arrived[now[key]]))
            if "-item-" not in key:  # what is gone of a section that moved stands in it
                place = now[key]
        else:
            place = now[key]
    return found
