"""Footnotes as one list of lines over the whole volume, in the order of their calls."""

from __future__ import annotations

from dataclasses import dataclass

from brieftex.layout.slug import Galley, Slug


@dataclass(frozen=True, slots=True)
class NoteList:
    """The lines of all notes that are called; ``starts`` is where each note begins;
    ``called[i]`` how far the lines go of those that slug i and the slugs before it call."""

    slugs: tuple[Slug, ...]
    starts: tuple[int, ...]
    called: tuple[int, ...]


def note_list(galley: Galley) -> NoteList:
    """The notes of ``galley``, each where it is called first."""
    slugs: list[Slug] = []
    starts: list[int] = []
    called: list[int] = []
    seen: set[int] = set()
    for slug in galley.slugs:
        for n in slug.notes:
            if n not in seen and galley.notes[n]:
                seen.add(n)
                starts.append(len(slugs))
                slugs.extend(galley.notes[n])
        called.append(len(slugs))
    return NoteList(tuple(slugs), tuple(starts), tuple(called))
