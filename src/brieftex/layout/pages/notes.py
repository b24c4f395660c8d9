"""Footnotes as one list of lines over the whole volume, in the order of their calls."""

from __future__ import annotations

from msgspec import Struct

from brieftex.layout.blocks.box import Box, Galley


class NoteList(Struct, frozen=True):
    """The lines of all notes that are called; ``starts`` is where each note begins;
    ``called[i]`` how far the lines go of those that box i and the boxes before it call."""

    boxes: tuple[Box, ...]
    starts: tuple[int, ...]
    called: tuple[int, ...]


def note_list(galley: Galley) -> NoteList:
    """The notes of ``galley``, each where it is called first."""
    boxes: list[Box] = []
    starts: list[int] = []
    called: list[int] = []
    seen: set[int] = set()
    for box in galley.boxes:
        for n in box.notes:
            if n not in seen and galley.notes[n]:
                seen.add(n)
                starts.append(len(boxes))
                boxes.extend(galley.notes[n])
        called.append(len(boxes))
    return NoteList(tuple(boxes), tuple(starts), tuple(called))
