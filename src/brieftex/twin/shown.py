"""What a document of Word shows, paragraph by paragraph: text, how its characters look, notes.

The twin of an issue and the document that came back are read in the same way, so that what differs
is what somebody changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from brieftex.model.content import Mark
from brieftex.word.facts import Facts, Look, Para, RunKind, TableFacts
from brieftex.word.inlines import common_look, marks_of

CellPlace = tuple[int, int, int]


class Shown(Struct, frozen=True):
    """A paragraph as it is shown. ``looks`` has one for each character, ``calls`` the places of
    notes and their numbers; ``style`` is the theme's name of its style, "" for any other. ``cell``
    is the number of a table with row and column, ``note`` the number of the note that it is of."""

    text: str
    looks: tuple[Look, ...]
    calls: tuple[tuple[int, str], ...]
    style: str
    mark: str
    para: Para
    cell: CellPlace | None = None
    note: str = ""

    @property
    def base(self) -> Look:
        """What its words stand out from: the look of its style. Heads of tables have one of their
        own, so that in cells it is that of most characters."""
        by_style = bool(self.para.named) and self.cell is None
        return self.para.plain if by_style else common_look([self.para])

    def marks(self, base: Look | None = None) -> tuple[Mark, ...]:
        """How each character is set apart from ``base``, or from its style."""
        plain = base
        if plain is None:
            plain = self.para.plain if self.para.named else common_look([self.para])
        known: dict[Look, Mark] = {}
        return tuple(
            known[look] if look in known else known.setdefault(look, marks_of(look, plain))
            for look in self.looks
        )


def shown_paragraphs(facts: Facts, styles: Mapping[str, str]) -> list[Shown]:
    """The paragraphs of a document in order, those of its notes last; ``styles`` gives the theme's
    names of styles by what Word calls them, in lower case."""
    found = [_shown(para, styles, cell, "") for para, cell in _paragraphs(facts)]
    for label, paragraphs in facts.notes:
        found += [_shown(para, styles, None, label) for para in paragraphs]
    return found


def _paragraphs(facts: Facts) -> Iterator[tuple[Para, CellPlace | None]]:
    tables = 0
    for block in facts.blocks:
        if isinstance(block, Para):
            yield block, None
            continue
        assert isinstance(block, TableFacts)
        for row, cells in enumerate(block.rows):
            for column, cell in cells:
                for para in cell.blocks:
                    yield para, (tables, row, column)
        tables += 1


def _shown(para: Para, styles: Mapping[str, str], cell: CellPlace | None, note: str) -> Shown:
    text: list[str] = []
    looks: list[Look] = []
    calls: list[tuple[int, str]] = []
    for piece in para.pieces:
        if piece.kind is RunKind.NOTE:
            calls.append((len(looks), piece.text))
            continue
        if piece.kind in (RunKind.PICTURE, RunKind.PAGE):
            continue
        shown = "\n" if piece.kind is RunKind.BREAK else piece.text
        text.append(shown)
        looks += [piece.look] * len(shown)
    return Shown(
        "".join(text), tuple(looks), tuple(calls), styles.get(para.style, ""), para.bookmark, para,
        cell, note,
    )  # fmt: skip


def marked_text(shown: Shown, holes: Sequence[int] = ()) -> tuple[object, ...]:
    """What two paragraphs are compared by: text, marks and notes, without what Word counts."""
    left = set(holes)
    kept = [k for k in range(len(shown.text)) if k not in left and not shown.text[k].isspace()]
    marks = shown.marks()
    return (
        "".join(shown.text[k] for k in kept), tuple(int(marks[k]) for k in kept),
        len(shown.calls), bool(shown.note),
    )  # fmt: skip
