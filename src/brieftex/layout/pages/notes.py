"""The footnotes of a galley as one list of lines for the whole document, in call order."""

from __future__ import annotations

from msgspec import Struct

from brieftex.layout.blocks.box import Box, Galley


class NoteList(Struct, frozen=True):
    """The lines of all notes that are called; ``starts`` are the indices at which notes begin;
    ``called[i]`` is the end of the lines of those called in box i or before it."""

    boxes: tuple[Box, ...]
    starts: tuple[int, ...]
    called: tuple[int, ...]


def note_list(galley: Galley) -> NoteList:
    """The notes of ``galley``, each in the place of its first call."""
    boxes: list[Box] = []
    starts: list[int] = []
    called: list[int] = []
    seen: set[int] = set()
    for k, box in enumerate(galley.boxes):
        if not box.notes:  # as most
            continue
        called += [len(boxes)] * (k - len(called))
        for n in box.notes:
            if n not in seen and galley.notes[n]:
                seen.add(n)
                starts.append(len(boxes))
                boxes.extend(galley.notes[n])
    called += [len(boxes)] * (len(galley.boxes) - len(called))
    return NoteList(tuple(boxes), tuple(starts), tuple(called))
