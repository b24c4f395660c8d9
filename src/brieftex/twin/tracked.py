"""Two documents of Word as one with tracked changes, to be accepted or rejected there.

Whoever accepts all has the second document, whoever rejects all the first, with their faces, links,
notes, tables and pictures. Contents, page numbers and other fields are those of the second: Word
makes them anew. Both documents are of ``word/write`` in the same theme.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from xml.etree import ElementTree as ET

from brieftex.twin.adopting import (
    adopted_links,
    adopted_lists,
    paired_notes,
    renamed_notes,
    renumbered_pictures,
)
from brieftex.twin.merging import BlockMerger
from brieftex.twin.trackers import Track, Tracker
from brieftex.twin.wordchars import ContentReader, StandIns
from brieftex.twin.wordfile import WML, Relations, WordFile

_TRACKS = {WML + track.value: track for track in Track if track.value}


def tracked_document(old: bytes, new: bytes, author: str, time: str) -> bytes:
    """The document, whose changes are those of ``author`` at ``time`` (ISO 8601)."""
    before, after = WordFile(old), WordFile(new)
    names, tracker = StandIns(), Tracker(author, time)
    body, was = after.tree("document"), before.tree("document")
    notes, earlier = after.tree("footnotes"), before.tree("footnotes")
    links, note_links = after.relations("document"), after.relations("footnotes")
    for root in (was, earlier):
        _without_bookmarks(root)
    adopted_links(was, before.relations("document"), links)
    adopted_links(earlier, before.relations("footnotes"), note_links)
    renumbered_pictures(was, body)
    kinds = adopted_lists(was, before, after)
    reader = ContentReader(names, note_links)
    said = {id(n): _said(reader, n) for root in (earlier, notes) for n in root}
    sides = paired_notes(earlier, notes, said)
    renamed_notes(was, sides[0])
    merger = BlockMerger(ContentReader(names, links), tracker, kinds)
    merger.anchors = {one.get(f"{WML}name", "") for one in body.iter(f"{WML}bookmarkStart")}
    first = next(body.iter(f"{WML}sectPr"), None)
    edges = [] if first is None else [e for e in first if e.tag.endswith("Reference")]
    for section in was.iter(f"{WML}sectPr"):
        for one in [e for e in section if e.tag.endswith("Reference")]:
            section.remove(one)
        section[:0] = map(deepcopy, edges)
    body[0][:] = merger.blocks(list(was[0]), list(body[0]))
    for name in sorted(_edges(before) & _edges(after)):
        edge = after.tree(name)
        inner = BlockMerger(ContentReader(names, Relations(after, "")), tracker, kinds)
        former = before.tree(name)
        _without_bookmarks(former)
        edge[:] = inner.blocks(list(former), list(edge))
        after.put(name, edge)
    _fill_notes(notes, body, sides, BlockMerger(reader, tracker, kinds))
    after.put("document", body)
    after.put("footnotes", notes)
    return after.data()


def _without_bookmarks(root: ET.Element) -> None:
    """Names are those of the new document."""
    for parent in root.iter():
        for one in [e for e in parent if e.tag in (f"{WML}bookmarkStart", f"{WML}bookmarkEnd")]:
            parent.remove(one)


def _edges(file: WordFile) -> set[str]:
    names = (name.removeprefix("word/").removesuffix(".xml") for name in file.files)
    return {name for name in names if name.startswith(("header", "footer"))}


def _said(reader: ContentReader, note: ET.Element) -> str:
    return "\n".join(reader.chars(one).text for one in note.iter(f"{WML}p"))


def _fill_notes(
    notes: ET.Element,
    body: ET.Element,
    sides: tuple[Mapping[str, ET.Element], Mapping[str, ET.Element]],
    merger: BlockMerger,
) -> None:
    """The notes in the order of their marks, one for each: LibreOffice gives them out in this
    order. A note that is gone or new goes with its mark."""
    notes[:] = [note for note in notes if note.get(f"{WML}type") is not None]
    for number, (mark, track) in enumerate(list(_note_marks(body, Track.KEPT)), 1):
        name = mark.get(f"{WML}id", "")
        old, new = (deepcopy(side.get(name)) for side in sides)
        made = old if track.old else new
        if made is None:
            continue
        if track is Track.KEPT and old is not None and new is not None:
            made[:] = merger.blocks(list(old), list(new))
        mark.set(f"{WML}id", str(number))
        made.set(f"{WML}id", str(number))
        notes.append(made)


def _note_marks(parent: ET.Element, track: Track) -> Iterator[tuple[ET.Element, Track]]:
    for child in parent:
        if child.tag == f"{WML}footnoteReference":
            yield child, track
        else:
            yield from _note_marks(child, _TRACKS.get(child.tag, track))
