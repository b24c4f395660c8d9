"""Two styled texts as one in which what was added and what is gone is marked.

Marked words are in a colour of their own and below a Span, which carries the line along them and
says what is gone (``Decoration``). Everything else about the text stays as composed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct, field
from msgspec.structs import replace

from brieftex.changes.edits import Change, TextEdit, readable, text_edits
from brieftex.changes.nodes import NodeList
from brieftex.changes.runlooks import looked_stretches
from brieftex.document.blocks import Decoration
from brieftex.document.changes import ChangedPart
from brieftex.document.styles import ChangeLook
from brieftex.styled.builder import TextBuilder, called_notes
from brieftex.styled.text import RubyText, Text, TextRun
from brieftex.units import Color, Sp

_CALL = 0x10FFFD
"""The character that stands for the call of footnote 0 while texts are compared; those of others
are below it. The text around it is compared without it, and numbers of notes do not count."""

GONE = "删去："
"""What is said aloud before words that are gone."""


class NotePairs(Struct, frozen=True):
    """Which footnote is which: by their numbers in the old draft those in the new one; those that
    are gone have numbers behind all of the new ones."""

    kept: Mapping[int, int] = {}
    gone: Mapping[int, int] = {}


class TextPassage(Struct, frozen=True):
    """A stretch of a text that is kept, gone or added: its offsets on both sides."""

    change: Change
    old: tuple[int, int]
    new: tuple[int, int]


def text_passages(old: Text, new: Text, notes: NotePairs) -> list[TextPassage]:
    """How one text becomes another. The numbers before them do not count (``Text.lead``)."""
    before = _Plain(old, lambda note: notes.kept.get(note, notes.gone.get(note, 0)))
    after = _Plain(new, lambda note: note)
    found: list[TextPassage] = []
    i = j = 0
    whole = before.whole, after.whole
    for edit in readable(text_edits(before.text, after.text, whole)):
        count = len(edit.text)
        i_end = i + count * (edit.change is not Change.ADDED)
        j_end = j + count * (edit.change is not Change.GONE)
        found.append(
            TextPassage(
                edit.change,
                (before.offset(i), before.offset(i_end)),
                (after.offset(j), after.offset(j_end)),
            )
        )
        i, j = i_end, j_end
    return found


def _as_it_is(run: TextRun) -> TextRun:
    return run


def _looked(old: Text, new: Text, passage: TextPassage) -> Iterator[tuple[int, int, str]]:
    if passage.change is Change.KEPT:
        yield from looked_stretches(old, new, passage.old, passage.new)


class _Plain:
    """A text to be compared: without its number, a call of a footnote as one character."""

    def __init__(self, text: Text, name: Callable[[int], int]) -> None:
        self._lead = text.lead
        self._offsets: list[int] | None = None
        self.text = text.text[text.lead :]
        self.whole = [
            (ruby.start - text.lead, ruby.end - text.lead)
            for ruby in _bases(text.rubies)
            if ruby.start >= text.lead
        ]
        if text.calls:
            self._without_calls(text, name)

    def _without_calls(self, text: Text, name: Callable[[int], int]) -> None:
        ends = [run.end for run in text.runs]
        parts: list[str] = []
        offsets: list[int] = []
        at = text.lead
        for call, note in text.calls:
            parts.append(text.text[at:call])
            parts.append(chr(_CALL - name(note)))
            offsets += range(at, call + 1)
            at = ends[min(bisect_right(ends, call), len(ends) - 1)]
        self.text = "".join([*parts, text.text[at:]])
        self._offsets = [*offsets, *range(at, len(text.text) + 1)]
        places = {offset: k for k, offset in enumerate(self._offsets)}
        pairs = [(start + text.lead, end + text.lead) for start, end in self.whole]
        self.whole = [(places[a], places[b]) for a, b in pairs if a in places and b in places]

    def offset(self, at: int) -> int:
        """The offset in the text of a character of what is compared."""
        return at + self._lead if self._offsets is None else self._offsets[at]


def _bases(rubies: Sequence[RubyText]) -> Iterator[RubyText]:
    """The bases of readings; neighbours of one node are one word."""
    for _, word in groupby(rubies, key=lambda ruby: ruby.node):
        parts = list(word)
        yield replace(parts[0], end=parts[-1].end)


class TextMarker(Struct):
    """Marks texts. ``marked`` collects what changed by the nodes of the marked document, ``clean``
    by those of the new one as it is."""

    look: ChangeLook
    nodes: NodeList
    notes: NotePairs = NotePairs()
    marked: dict[int, list[ChangedPart]] = field(default_factory=dict)
    clean: dict[int, list[ChangedPart]] = field(default_factory=dict)

    def merged(self, old: Text, new: Text, entry: int) -> tuple[Text, list[TextEdit], list[str]]:
        """``new`` with what is gone of ``old``, the edits, and in words which of what stayed looks
        otherwise now; no edits and no words, no difference."""
        passages = text_passages(old, new, self.notes)
        looks: list[str] = []
        kept = all(passage.change is Change.KEPT for passage in passages)
        if kept and not any(said for p in passages for *_, said in _looked(old, new, p)):
            return new, [], looks
        builder = TextBuilder(lead=new.lead)
        builder.copy(new, 0, new.lead)
        edits = []
        told: list[tuple[int, int]] = []
        at = new.lead
        for passage in passages:
            (a, b), (c, d) = passage.old, passage.new
            if passage.change is Change.GONE:
                edits.append(TextEdit(passage.change, old.text[a:b]))
                self._add_gone(builder, old, (a, b), _Beside(new, at, entry))
                told.append((at, at))
                continue
            edits.append(TextEdit(passage.change, new.text[c:d]))
            if passage.change is Change.KEPT:
                for start, end, said in _looked(old, new, passage):
                    look = self._restyled(entry) if said else _as_it_is
                    builder.copy(new, start, end, look)
                    if said:
                        looks.append(said)
                        told.append((start, end))
            else:
                builder.copy(new, c, d, self._added(entry))
                told.append((c, d))
            at = d
        self._tell(new, told, entry)
        return builder.text(), edits, looks

    def added(self, text: Text, entry: int) -> Text:
        """A text all of which is new."""
        if not text.text:
            return text
        builder = TextBuilder(lead=text.lead)
        builder.copy(text, 0, len(text.text), self._added(entry))
        self._tell(text, [(0, len(text.text))], entry)
        return builder.text()

    def gone(self, text: Text, place: GonePlace) -> Text:
        """A text of the old draft, all of which is gone."""
        if not text.text:
            return text
        builder = TextBuilder()
        self._add_struck(builder, text, (0, len(text.text)), place)
        return builder.text()

    def moved(self, text: Text, entry: int) -> None:
        """Tell that a text stood elsewhere."""
        for node in dict.fromkeys(run.node for run in text.runs):
            self.marked.setdefault(node, []).append(ChangedPart(moved=True, entry=entry))
        self._tell(text, [(0, len(text.text))], entry, moved=True)

    def form(self, text: Text, entry: int) -> None:
        """Tell that the block of a text is of another form: beside its first line."""
        self._tell(text, [(0, 0)], entry)
        self.marked.setdefault(text.runs[0].node, []).append(ChangedPart(entry=entry))

    def whole(self, node: int, entry: int, *, moved: bool = False) -> None:
        """Tell that all content of a node changed: a picture."""
        for parts in (self.marked, self.clean):
            parts.setdefault(node, []).append(ChangedPart(moved=moved, entry=entry))

    def beside(self, text: Text, entry: int, *, end: bool) -> None:
        """Tell that something is gone before or behind a text."""
        at = len(text.text) if end else 0
        self._tell(text, [(at, at)], entry)

    def begun(self, text: Text) -> TextBuilder:
        """A builder that holds a text already."""
        builder = TextBuilder(lead=text.lead)
        builder.copy(text, 0, len(text.text))
        return builder

    def add_words(
        self,
        builder: TextBuilder,
        words: str,
        change: Change,
        run: TextRun,
        at: tuple[int, int],
    ) -> None:
        """Add words in the style and below the node of ``run``; ``at`` are their place in the file
        and their entry."""
        place, entry = at
        look, node = run.style, run.node
        if change is Change.GONE:
            node = self.nodes.decorated(node, Decoration.THROUGH, GONE + words)
            look = replace(look, color=self.look.removed)
        elif change is Change.ADDED:
            node = self.nodes.decorated(node, Decoration.UNDERLINE)
            look = replace(look, color=self.look.added)
        if change is not Change.KEPT:
            self.marked.setdefault(node, []).append(ChangedPart(entry=entry))
        builder.add(words, TextRun(0, look, node), place)

    def _added(self, entry: int) -> Callable[[TextRun], TextRun]:
        return self._noted(entry, self.look.added, Decoration.UNDERLINE)

    def _restyled(self, entry: int) -> Callable[[TextRun], TextRun]:
        """Words that look otherwise now are in the colour of what moved."""
        return self._noted(entry, self.look.moved, None)

    def _noted(
        self, entry: int, color: Color, decoration: Decoration | None
    ) -> Callable[[TextRun], TextRun]:
        last = span = -1

        def marked(run: TextRun) -> TextRun:
            nonlocal last, span
            if run.node != last:  # behind a link the words around it go on in another Span
                last, span = run.node, self.nodes.spanned(run.node, decoration)
                self.marked.setdefault(span, []).append(ChangedPart(entry=entry))
            return replace(run, style=replace(run.style, color=color), node=span)

        return marked

    def _add_gone(
        self, builder: TextBuilder, old: Text, part: tuple[int, int], beside: _Beside
    ) -> None:
        """Add a stretch of ``old`` that is gone, in the size of the new text around it."""
        new = beside.text
        if not new.runs:
            parent = self.nodes.of_old(self.nodes.block(old.runs[0].node, old=True))
            place = GonePlace(parent, 0, beside.entry)
            self._add_struck(builder, old, part, place)
            return
        before, after = (_node_at(new, at) for at in (beside.at - 1, beside.at))
        # Within a link, or between two of its words, it belongs to the link.
        inside = before == after and (
            0 < beside.at < len(new.text) or all(run.node == before for run in new.runs)
        )
        parent = before if inside else self.nodes.block(before)
        at = new.origin.source(min(beside.at, len(new.text) - 1))
        sizes = old.runs[0].style.size, new.runs[0].style.size
        self._add_struck(builder, old, part, GonePlace(parent, at, beside.entry, sizes))

    def _add_struck(
        self, builder: TextBuilder, old: Text, part: tuple[int, int], place: GonePlace
    ) -> None:
        start, end = part
        words = GONE + old.text[start:end]
        node = self.nodes.decorated(place.parent, Decoration.THROUGH, words)
        self.marked.setdefault(node, []).append(ChangedPart(entry=place.entry))
        before, after = place.sizes

        def struck(run: TextRun) -> TextRun:
            style = run.style
            size = style.size * after // before if before else style.size
            look = replace(style, size=size, color=self.look.removed)
            return TextRun(run.end, look, node)

        builder.copy_gone(old, start, end, struck, place.at)
        for at, note in called_notes(old, start, end):
            if note in self.notes.gone:
                builder.calls.append((builder.length - (end - at), self.notes.gone[note]))

    def _tell(
        self, text: Text, places: Sequence[tuple[int, int]], entry: int, *, moved: bool = False
    ) -> None:
        """Tell at which places a text of the new draft differs. They are kept with the paragraph:
        one with a thousand readings has as many nodes within."""
        parts = [ChangedPart(text.text, *place, moved=moved, entry=entry) for place in places]
        nodes = dict.fromkeys(run.node for run in text.runs)
        for node in dict.fromkeys(map(self.nodes.block, nodes)):
            self.clean.setdefault(node, []).extend(parts)


class _Beside(Struct, frozen=True):
    """A place in a new text, and the entry of what is gone there."""

    text: Text
    at: int
    entry: int


class GonePlace(Struct, frozen=True):
    """Where a stretch that is gone goes: its parent node, its place in the file, its entry; and
    from which size to which its characters are scaled, 0 for none."""

    parent: int
    at: int
    entry: int
    sizes: tuple[Sp, Sp] = (0, 0)


def _node_at(text: Text, at: int) -> int:
    """The node of a character of a text; beyond its ends, of the nearest."""
    found = bisect_right(text.runs, max(at, 0), key=lambda run: run.end)
    return text.runs[min(found, len(text.runs) - 1)].node
