"""The known word that a misspelt one was meant for."""

from __future__ import annotations

from collections.abc import Mapping


def nearest(key: str, known: Mapping[str, str]) -> str | None:
    """The known word most like ``key``, or None when none is like it.

    ``known`` maps each accepted word to the one to propose.
    """
    from difflib import SequenceMatcher, get_close_matches  # a good file never needs it  # noqa: PLC0415

    word = key.strip(" “”‘’\"'").lower()
    # Of two Han characters one in its place is enough: 期好 is 期号, and 年份 is not 份号.
    cutoff = 0.6 if word.isascii() else 0.5
    if len(word) == 2 and not word.isascii():
        known = {near: known[near] for near in known if set(enumerate(near)) & set(enumerate(word))}
    found = get_close_matches(word, known, n=4, cutoff=cutoff)
    if not found:
        return None
    best = SequenceMatcher(None, found[0], word).ratio()
    alike = [near for near in known if SequenceMatcher(None, near, word).ratio() >= best]
    return known[alike[0] if alike else found[0]]
