"""What a document of Word shows, paragraph by paragraph: text, how its characters look, notes.

The twin of an issue and the document that came back are read in the same way, so that what differs
is what somebody changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from brieftex.model.content import Mark
from brieftex.word.facts import Facts, Look, Para, RunKind, TableFacts
from brieftex.word.inlines import common_look, marks_of

CellPlace = tuple[int, int, int]

_PLACED = frozenset((
    "section", "item", "speaker", "sources", "contributors", "summary", "editor_note",
    "quotation", "verse", "names", "box_title", "attachment_title",
))  # fmt: skip
"""Styles of what is no mere paragraph of a body."""


class Shown(Struct, frozen=True):
    """A paragraph as it is shown. ``looks`` has one for each character, as ``hrefs`` have the
    addresses to which they lead, ``calls`` the places of notes and their numbers; ``style`` is the
    theme's name of its style, "" for any other. ``cell`` is the number of a table with row and
    column, which is ``head`` in the first rows; ``note`` is the number of the note that it is
    of."""

    text: str
    looks: tuple[Look, ...]
    calls: tuple[tuple[int, str], ...]
    style: str
    mark: str
    para: Para
    cell: CellPlace | None = None
    note: str = ""
    hrefs: tuple[str, ...] = ()
    head: bool = False

    @property
    def sort(self) -> str:
        """What it is as far as its place in an issue goes: a section, a heading, a speaker."""
        if self.cell is not None:
            return "cell"
        if self.style in _PLACED:
            return self.style
        return "heading" if self.para.outline is not None else ""

    @property
    def base(self) -> Look:
        """What its words stand out from: the look of its style. Heads of tables have one of their
        own, so that in cells it is that of most characters."""
        by_style = bool(self.para.named) and self.cell is None
        return self.para.plain if by_style else common_look([self.para])

    def marks(self, base: Look | None = None) -> tuple[Mark, ...]:
        """How each character is set apart from ``base``, or from its style."""
        if self.style == "speaker":  # name and office have faces of their own
            return (Mark.NONE,) * len(self.looks)
        plain = base
        if plain is None:
            by_style = self.para.named and not self.head
            plain = self.para.plain if by_style else common_look([self.para])
        found: list[Mark] = []
        for look, alike in groupby(self.looks):  # that of a run is one for all its characters
            found += [marks_of(look, plain)] * len(list(alike))
        return tuple(found)


def shown_paragraphs(facts: Facts, styles: Mapping[str, str]) -> list[Shown]:
    """The paragraphs of a document in order, those of its notes last; ``styles`` gives the theme's
    names of styles by what Word calls them, in lower case."""
    found = [
        replace(_shown(para, styles, cell, ""), head=head)
        for para, cell, head in _paragraphs(facts)
    ]
    for label, paragraphs in facts.notes:
        found += [_shown(para, styles, None, label) for para in paragraphs]
    return found


def _paragraphs(facts: Facts) -> Iterator[tuple[Para, CellPlace | None, bool]]:
    tables = 0
    for block in facts.blocks:
        if isinstance(block, Para):
            yield block, None, False
            continue
        assert isinstance(block, TableFacts)
        for row, cells in enumerate(block.rows):
            for column, cell in cells:
                for para in cell.blocks:
                    yield para, (tables, row, column), row < max(block.heads, 1)
        tables += 1


def _shown(para: Para, styles: Mapping[str, str], cell: CellPlace | None, note: str) -> Shown:
    text: list[str] = []
    looks: list[Look] = []
    calls: list[tuple[int, str]] = []
    hrefs: list[str] = []
    for piece in para.pieces:
        if piece.kind is RunKind.NOTE:
            calls.append((len(looks), piece.text))
            continue
        if piece.kind in (RunKind.PICTURE, RunKind.PAGE):
            continue
        shown = "\n" if piece.kind is RunKind.BREAK else piece.text
        text.append(shown)
        looks += [piece.look] * len(shown)
        hrefs += [_outside(piece.href)] * len(shown)
    return Shown(
        "".join(text), tuple(looks), tuple(calls), styles.get(para.style, ""), para.bookmark, para,
        cell, note, tuple(hrefs),
    )  # fmt: skip


def _outside(href: str | None) -> str:
    """An address as it is compared: programs write its characters in several ways."""
    return unquote(href or "").strip().rstrip("/") if href and ":" in href else ""


def marked_text(shown: Shown, holes: Sequence[int] = ()) -> tuple[object, ...]:
    """What two paragraphs are compared by: text, marks, notes, links and what they are, without
    what Word counts."""
    left = set(holes)
    text, marks, hrefs = shown.text, tuple(map(int, shown.marks())), shown.hrefs
    if left or len("".join(text.split())) < len(text):
        kept = [k for k in range(len(text)) if k not in left and not text[k].isspace()]
        text = "".join(text[k] for k in kept)
        marks, hrefs = tuple(marks[k] for k in kept), tuple(hrefs[k] for k in kept)
    return text, marks, len(shown.calls), bool(shown.note), hrefs, shown.sort
