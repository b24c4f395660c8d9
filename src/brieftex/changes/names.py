"""Names of which each is gone, added or kept as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from brieftex.changes.edits import Change, TextEdit
from brieftex.changes.told import Teller
from brieftex.styled.text import Text


def marked_names(
    names: tuple[Sequence[Text], Sequence[Text]],
    sort: str,
    teller: Teller,
    added: Callable[[Text, int], Text],
    gone: Callable[[Text, int], Text],
) -> Iterator[Text]:
    """The ``names`` of both drafts: those that are ``gone`` stand behind those that stay, to which
    seals belong by their number."""
    old, new = names
    words = {text.text for text in old}
    kept = {text.text for text in new}
    for text in new:
        if text.text in words:
            yield text
            continue
        number = teller.begin()
        teller.tell("added", sort, [TextEdit(Change.ADDED, text.text)])
        yield added(text, number)
    for text in old:
        if text.text not in kept:
            number = teller.begin()
            teller.tell("gone", sort, [TextEdit(Change.GONE, text.text)])
            yield gone(text, number)
