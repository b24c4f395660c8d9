"""Texts that are marked and told of: each difference has an entry in the list of changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from brieftex.changes.edits import Change, TextEdit
from brieftex.changes.runlooks import same_looks
from brieftex.changes.texts import TextMarker
from brieftex.styled.text import Text


class Teller(Protocol):
    """Keeps the list of changes."""

    def begin(self) -> int:
        """The number of the next entry."""

    def tell(self, kind: str, sort: str, edits: Sequence[TextEdit], detail: str = "") -> None:
        """Add the entry with this number."""


class ToldTexts(Struct, frozen=True):
    """Marks texts, and tells the ``teller``."""

    texts: TextMarker
    teller: Teller

    def text(self, old: Text, new: Text, sort: str, detail: str = "") -> Text:
        """A text with what changed in it, which is told."""
        if old.text == new.text and not (old.calls or new.calls) and same_looks(old, new):
            return new
        text, edits, looks = self.texts.merged(old, new, self.teller.begin())
        where = "；".join(filter(None, (detail, *looks)))
        if all(edit.change is Change.KEPT for edit in edits):
            if looks:
                self.teller.tell("format", sort, edits, where)
        else:
            kind = "renamed" if sort == "标题" else "changed"
            self.teller.tell(kind, sort, edits, where)
        return text

    def form(self, text: Text, sort: str, was: str, now: str) -> None:
        """Tell that the block in which a text stands first is of another form."""
        if was != now and text.runs:
            self.texts.form(text, self.teller.begin())
            self.teller.tell("format", sort, (), f"{was}→{now}")
