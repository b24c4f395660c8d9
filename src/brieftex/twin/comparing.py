"""The twin of an issue beside the document that came back, and the steps from one to the other."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from brieftex.model.content import Inline
from brieftex.model.issue import Issue
from brieftex.twin.shown import Shown
from brieftex.twin.sources import FilePlaces
from brieftex.twin.wording import EditedPair, FileEdit
from brieftex.word.inlines import Account, inline_of

BODY_HEADINGS = {
    **{f"heading{k}": k for k in (1, 2, 3)}, **{f"body_heading{k}": k for k in (1, 2, 3)},
    **{f"attachment_heading{k}": k for k in (1, 2, 3)}, "foreword_heading": 1,
}  # fmt: skip
PROSE_STYLES = {
    "body",
    "foreword",
    "editor_note",
    "quotation",
    "list",
    "speech",
    "note",
    *BODY_HEADINGS,
}


class Rewrite(Struct):
    """A change of the document: the ways to write it; the numbers of the paragraphs of the document
    that came back and of the twin's that it concerns. ``sort`` is changed, added, gone or moved."""

    sort: str
    ways: list[list[FileEdit]]
    new: frozenset[int] = frozenset()
    old: frozenset[int] = frozenset()


class TwinComparison(Struct):
    """The twin of an issue beside the document that came back: paragraphs, and which is which."""

    places: FilePlaces
    issue: Issue
    account: Account
    base: list[Shown]
    homes: list[tuple[int, ...]]
    edited: list[Shown]
    pairs: dict[int, int]
    frozen: frozenset[int] = frozenset()  # paragraphs of the twin that are left alone
    ignored: frozenset[int] = frozenset()  # paragraphs that came back and are gone from the file
    notes: dict[str, str] = field(default_factory=dict)

    def pair(self, j: int) -> EditedPair:
        """A paragraph that came back, with what it was."""
        i = self.pairs[j]
        return EditedPair(self.base[i], self.homes[i], self.edited[j])

    def written(self, i: int) -> list[int]:
        """Where the characters of a paragraph of the twin stand."""
        return [at for at in self.homes[i] if at >= 0]

    def unit(self, i: int) -> tuple[int, int] | None:
        """The lines of a paragraph of the twin that has lines of its own in a body."""
        held = self.written(i)
        if not held or self.base[i].style not in PROSE_STYLES or self.base[i].cell is not None:
            return None
        scalar = self.places.scalar(min(held))
        if scalar is None or not self.places.is_block(scalar):
            return None
        return self.places.lines(min(held), max(held))


def note_labels(comparison: TwinComparison) -> dict[str, str]:
    """The labels of notes in the file by their numbers in the document that came back."""
    known = _known_labels(comparison)
    labels = {
        comparison.edited[j].note: known[comparison.base[i].note]
        for j, i in comparison.pairs.items()
        if comparison.edited[j].note and comparison.base[i].note in known
    }
    text = comparison.places.text
    for one in comparison.edited:
        for _, number in one.calls:
            label = f"新{number}"
            while f"[^{label}]" in text:
                label += "'"
            labels.setdefault(number, label)
    return labels


def _known_labels(comparison: TwinComparison) -> dict[str, str]:
    """The labels of notes in the file by their numbers in the twin."""
    found: dict[str, str] = {}
    for i, one in enumerate(comparison.base):
        left: dict[int, list[str]] = {}
        for at, number in one.calls:
            place = next((p for p in reversed(comparison.homes[i][:at]) if p >= 0), -1)
            held = comparison.places.inlines.get(place)
            if held is not None:
                labels = left.setdefault(id(held[0]), [call.label for call in held[0].calls])
                if labels:
                    found[number] = labels.pop(0)
    return found


def new_inline(comparison: TwinComparison, one: Shown) -> Inline:
    """The text of a paragraph that the twin did not have, beside others of its style."""
    looks = [b.base for b in comparison.base if b.style == one.style]
    base = max(set(looks), key=looks.count) if looks else one.base
    return inline_of(comparison.account, one.para, base)


def sort_of(comparison: TwinComparison, group: Sequence[int]) -> tuple[str, frozenset[int]]:
    """Whether paragraphs are added or moved, and which of the twin's they are."""
    olds = frozenset(comparison.pairs[j] for j in group if j in comparison.pairs)
    return ("moved" if olds else "added"), olds
