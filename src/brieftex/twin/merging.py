"""The blocks of two documents of Word as one list, with what changed in them tracked.

Blocks are matched by what they say; paragraphs are compared by words, then by looks and links,
tables by rows and cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from xml.etree import ElementTree as ET

from msgspec import Struct
from msgspec.structs import replace

from brieftex.changes.edits import Change, readable, text_edits
from brieftex.changes.matching import match_parts, moved_parts
from brieftex.changes.parts import TextPart
from brieftex.twin.trackers import Track, TrackedPart, Tracker
from brieftex.twin.wordchars import ContentReader, WordChars, stretches
from brieftex.twin.wordfile import REL, WML

_FIELDS = (
    "MastheadName", "MastheadAbove", "MastheadNumber", "Imprint", "Signers", "Classification",
    "CopyNumber", "Urgency", "Title", "Signature", "Colophon", "RunningHead", "Folio",
)  # fmt: skip
"""Styles of lines of which there is one: given other words, a line is the same that changed."""

_EDITED = ("pStyle", "jc", "pageBreakBefore")
"""Properties of paragraphs that an editor changes; all others follow from the text."""

_SPANS = ("gridSpan", "vMerge")


class _Made(Struct):
    """An element of the merged document; of a paragraph, what became of its end."""

    element: ET.Element
    end: Track | None = None


class BlockMerger:
    """Merges the blocks of one part of two documents."""

    def __init__(self, reader: ContentReader, tracker: Tracker, kinds: dict[str, str]) -> None:
        """``kinds`` are those of lists, by their numbers."""
        self._reader = reader
        self._tracker = tracker
        self._kinds = kinds
        self._known: dict[int, tuple[ET.Element, WordChars]] = {}  # elements by identity
        self.anchors: set[str] = set()
        self._moves = 0

    def chars(self, paragraph: ET.Element) -> WordChars:
        """The content of a paragraph."""
        key = id(paragraph)
        if key not in self._known:
            self._known[key] = paragraph, self._reader.chars(paragraph)
        return self._known[key][1]

    # -- blocks --------------------------------------------------------------------------

    def blocks(self, old: Sequence[ET.Element], new: Sequence[ET.Element]) -> list[ET.Element]:
        """The blocks of both: a body, a cell, a note."""
        parts = [[*map(self._matched, side)] for side in (old, new)]
        ways = _closed(match_parts(*parts), old, new)
        gone = [i for i, j in ways if i is not None and j is None and self._may_move(old[i])]
        added = [j for i, j in ways if j is not None and i is None and self._may_move(new[j])]
        moved = moved_parts([parts[0][i] for i in gone], [parts[1][j] for j in added])
        arrived = {added[b]: gone[a] for b, a in moved.items()}
        names: dict[int, str] = {}
        for place in arrived.values():
            self._moves += 1
            names[place] = f"move{self._moves}"
        made: list[_Made] = []
        partner = {i: j for j, i in arrived.items()}
        for i, j in ways:
            if i is not None and j is not None and self._same_kind(old[i], new[j]):
                made.append(self._kept(old[i], new[j]))
            elif i is not None and j is not None:
                made += [*self._gone(old[i], None, ""), *self._added(new[j], None, "")]
            elif i is not None:
                other = None if i not in partner else new[partner[i]]
                made += self._gone(old[i], other, names.get(i, ""))
            elif j is not None:
                other = None if j not in arrived else old[arrived[j]]
                made += self._added(new[j], other, names.get(arrived.get(j, -1), ""))
        return self._ended(made)

    def _may_move(self, block: ET.Element) -> bool:
        """LibreOffice leaves an empty paragraph where one with a field was moved from."""
        return _is_paragraph(block) and all(
            thing.tag != f"{WML}fldSimple" for thing in self.chars(block).things.values()
        )

    def _same_kind(self, old: ET.Element, new: ET.Element) -> bool:
        """Whether two paired blocks are one that changed. A picture by itself is another one: where
        one takes the place of another in a paragraph, LibreOffice takes the paragraph away."""
        if not _is_paragraph(new):
            return True
        was, now = self.chars(old), self.chars(new)
        return was.text == now.text or bool(was.plain() or now.plain())

    def _matched(self, block: ET.Element) -> TextPart:
        kind = block.tag.removeprefix(WML)
        if kind == "tbl":
            return TextPart("表格", self._table_text(block), None)
        if kind != "p":
            return TextPart(f"·{kind}", "", None)
        if block.find(f"{WML}pPr/{WML}sectPr") is not None:
            return TextPart("·section", "", None)
        style = _style(block)
        field = f"·{style}" if style in _FIELDS else ""
        return TextPart(field, self.chars(block).text, None)

    def _table_text(self, table: ET.Element) -> str:
        return "\n".join(map(self._row_text, table.findall(f"{WML}tr")))

    def _row_text(self, row: ET.Element) -> str:
        cells = row.findall(f"{WML}tc")
        return "|".join(
            "\n".join(self.chars(one).text for one in cell.iter(f"{WML}p")) for cell in cells
        )

    def _kept(self, old: ET.Element, new: ET.Element) -> _Made:
        if new.tag == f"{WML}tbl":
            return _Made(self._table(old, new))
        if not _is_paragraph(new):
            return _Made(new)
        parts = list(self._merged(self.chars(old), self.chars(new)))
        made = self.fill(new, parts)
        self._formatted(old, made)
        return _Made(made, Track.KEPT)

    def _gone(self, block: ET.Element, other: ET.Element | None, name: str) -> Iterator[_Made]:
        if block.tag == f"{WML}tbl":
            yield _Made(self._whole_table(block, Track.GONE))
        elif _is_paragraph(block) and other is None:
            yield _Made(self.fill(block, self.part(block, Track.GONE)), Track.GONE)
        elif _is_paragraph(block) and other is not None:
            parts = self._half(block, other, Track.LEFT)
            yield _Made(self.fill(block, parts, (Track.LEFT, name)), Track.LEFT)

    def _added(self, block: ET.Element, other: ET.Element | None, name: str) -> Iterator[_Made]:
        if block.tag == f"{WML}tbl":
            yield _Made(self._whole_table(block, Track.ADDED))
        elif not _is_paragraph(block):
            yield _Made(block)
        elif other is None:
            yield _Made(self.fill(block, self.part(block, Track.ADDED)), Track.ADDED)
        else:
            parts = self._half(block, other, Track.ARRIVED)
            yield _Made(self.fill(block, parts, (Track.ARRIVED, name)), Track.ARRIVED)

    def _ended(self, made: Sequence[_Made]) -> list[ET.Element]:
        """The elements. The end of the last paragraph stays whatever becomes of it (a cell, a note
        and the body end with it), so that the ends before it are gone or added in its place."""
        last = next((k for k in range(len(made) - 1, -1, -1) if made[k].end is None), -1)
        row = [one for one in made[last + 1 :] if one.end is not None]
        kept = next((k for k in range(len(row) - 1, -1, -1) if row[k].end is Track.KEPT), None)
        if kept is not None and made and made[-1].end not in (None, Track.KEPT):
            for one, two in pairwise(row[kept:]):
                assert two.end is not None
                one.end = Track.GONE if two.end.old else Track.ADDED
            row[-1].end = Track.KEPT
        for one in made:
            if one.end is not None and one.end is not Track.KEPT:
                self._tracker.mark(_properties(one.element), one.end)
        return [one.element for one in made]

    # -- paragraphs ----------------------------------------------------------------------

    def part(self, paragraph: ET.Element, track: Track) -> list[TrackedPart]:
        """All of a paragraph's content, gone or added."""
        content = self.chars(paragraph)
        return [TrackedPart(track, content, 0, len(content.text))]

    def _merged(self, old: WordChars, new: WordChars) -> Iterator[TrackedPart]:
        """How one content became another: by words, and where words are the same, by their links
        and looks."""
        i = j = 0
        for edit in readable(text_edits(old.text, new.text)) if old.text or new.text else ():
            count = len(edit.text)
            if edit.change is Change.GONE:
                yield TrackedPart(Track.GONE, old, i, i + count)
                i += count
                continue
            if edit.change is Change.ADDED:
                yield TrackedPart(Track.ADDED, new, j, j + count)
                j += count
                continue
            shift = j - i
            for a, b in stretches(
                j, j + count, lambda at: (old.links[at - shift], new.links[at])  # noqa: B023
            ):  # fmt: skip
                if old.links[a - shift] == new.links[a] or new.links[a][:1] == "#":
                    yield TrackedPart(Track.KEPT, new, a, b, old.looks[a - shift : b - shift])
                else:
                    yield TrackedPart(Track.GONE, old, a - shift, b - shift)
                    yield TrackedPart(Track.ADDED, new, a, b)
            i, j = i + count, j + count

    def _half(self, own: ET.Element, other: ET.Element, track: Track) -> Iterator[TrackedPart]:
        """One end of a move: what both ends have moved, the rest is gone or added here."""
        alone = Track.GONE if track.old else Track.ADDED
        for part in self._merged(self.chars(other), self.chars(own)):
            if part.track is not Track.GONE:
                kept = part.track is Track.KEPT
                yield replace(part, track=track if kept else alone, looks=None)

    def fill(
        self,
        paragraph: ET.Element,
        parts: Iterator[TrackedPart] | Sequence[TrackedPart],
        move: tuple[Track, str] | None = None,
    ) -> ET.Element:
        """Give a paragraph this content, between the bookmarks that it has."""
        inner: list[ET.Element] = []
        for part in parts:
            for start, end in stretches(part.start, part.end, part.content.links.__getitem__):
                looks = part.looks and part.looks[start - part.start : end - part.start]
                piece = replace(part, start=start, end=end, looks=looks)
                inner += self._linked(part.content.links[start], self._tracker.runs(piece))
        if move is not None:
            inner = self._tracker.moved(*move, inner)
        starts = [one for one in paragraph if one.tag == f"{WML}bookmarkStart"]
        ends = [one for one in paragraph if one.tag == f"{WML}bookmarkEnd"]
        held = [one for one in paragraph if one.tag == f"{WML}pPr"]
        paragraph[:] = [*held, *starts, *inner, *ends]
        return paragraph

    def _linked(self, link: str, runs: Iterator[ET.Element]) -> Iterator[ET.Element]:
        if not link or (link[:1] == "#" and link[1:] not in self.anchors):
            yield from runs
            return
        where = (
            {f"{WML}anchor": link[1:]}
            if link[:1] == "#"
            else {f"{REL}id": self._reader.relations.link(link)}
        )
        made = ET.Element(f"{WML}hyperlink", {**where, f"{WML}history": "1"})
        made.extend(runs)
        yield made

    def _formatted(self, old: ET.Element, new: ET.Element) -> None:
        """Keep what an editor changed of a paragraph's look."""
        before, after = old.find(f"{WML}pPr"), new.find(f"{WML}pPr")
        if self._look(before) != self._look(after):
            _properties(new).append(self._tracker.former("pPrChange", before, "pPr"))

    def _look(self, held: ET.Element | None) -> list[str]:
        if held is None:
            return [""] * (len(_EDITED) + 1)
        style = _value(held, "pStyle")
        names = _EDITED if style != "Table" else ("pStyle",)
        listed = self._kinds.get(_value(held, "numPr/numId"), "") + _value(held, "numPr/ilvl")
        return [*(_value(held, name) for name in names), listed]

    # -- tables --------------------------------------------------------------------------

    def _table(self, old: ET.Element, new: ET.Element) -> ET.Element:
        """A table by its rows, those whose cells cover the same columns by cells."""
        sides = [table.findall(f"{WML}tr") for table in (old, new)]
        parts = [[TextPart("行", self._row_text(row), None) for row in rows] for rows in sides]
        made: list[ET.Element] = []
        for i, j in match_parts(*parts):
            was = None if i is None else sides[0][i]
            now = None if j is None else sides[1][j]
            if was is not None and now is not None and _shape(was) == _shape(now):
                made.append(self._row(was, now))
                continue
            if was is not None:
                made.append(self._whole_row(was, Track.GONE))
            if now is not None:
                made.append(self._whole_row(now, Track.ADDED))
        head = [one for one in new if one.tag != f"{WML}tr"]
        new[:] = [*head, *made]
        return new

    def _row(self, old: ET.Element, new: ET.Element) -> ET.Element:
        pairs = zip(old.findall(f"{WML}tc"), new.findall(f"{WML}tc"), strict=True)
        for was, now in pairs:
            before, after = was.find(f"{WML}tcPr"), now.find(f"{WML}tcPr")
            inner = [[one for one in cell if one.tag != f"{WML}tcPr"] for cell in (was, now)]
            now[:] = [*(one for one in now if one.tag == f"{WML}tcPr"), *self.blocks(*inner)]
            if after is not None and _width(before) != _width(after):
                after.append(self._tracker.former("tcPrChange", before, "tcPr"))
        return new

    def _whole_table(self, table: ET.Element, track: Track) -> ET.Element:
        for row in table.findall(f"{WML}tr"):
            self._whole_row(row, track)
        return table

    def _whole_row(self, row: ET.Element, track: Track) -> ET.Element:
        held = row.find(f"{WML}trPr")
        if held is None:
            held = ET.Element(f"{WML}trPr")
            row.insert(0, held)
        held.append(self._tracker.element(track.value))
        for one in row.iter(f"{WML}p"):
            self.fill(one, self.part(one, track))
        return row


def _closed(
    ways: Sequence[tuple[int | None, int | None]],
    old: Sequence[ET.Element],
    new: Sequence[ET.Element],
) -> list[tuple[int | None, int | None]]:
    """The ways so that the last paragraph is not both gone and added as a whole: where no other
    stays beside it, it is one that was given other words."""
    made = list(ways)
    gone = added = None
    for k in range(len(made) - 1, -1, -1):
        i, j = made[k]
        block = new[j] if j is not None else old[i or 0]
        if not _is_paragraph(block) or (i is not None and j is not None):
            if _is_paragraph(block) or gone is None or added is None:
                return made
            break
        if j is None and gone is None:
            gone = k
        if i is None and added is None:
            added = k
    if gone is None or added is None:
        return made
    pair = made[gone][0], made[added][1]
    last = max(gone, added)
    made[last] = pair
    del made[min(gone, added)]
    return made


def _is_paragraph(block: ET.Element) -> bool:
    return block.tag == f"{WML}p"


def _style(paragraph: ET.Element) -> str:
    held = paragraph.find(f"{WML}pPr")
    return "" if held is None else _value(held, "pStyle")


def _value(held: ET.Element, path: str) -> str:
    found = held.find("/".join(WML + name for name in path.split("/")))
    return "" if found is None else found.get(f"{WML}val", "1")


def _properties(paragraph: ET.Element) -> ET.Element:
    held = paragraph.find(f"{WML}pPr")
    if held is None:
        held = ET.Element(f"{WML}pPr")
        paragraph.insert(0, held)
    return held


def _shape(row: ET.Element) -> list[tuple[str, ...]]:
    cells = [cell.find(f"{WML}tcPr") for cell in row.findall(f"{WML}tc")]
    return [tuple("" if held is None else _value(held, name) for name in _SPANS) for held in cells]


def _width(held: ET.Element | None) -> str:
    found = None if held is None else held.find(f"{WML}tcW")
    return "" if found is None else found.get(f"{WML}w", "")
