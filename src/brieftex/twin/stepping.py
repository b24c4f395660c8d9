"""All steps from a twin to the document that came back, and the file with some of them taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brieftex.patterns import late
from brieftex.twin.aligned import moved_paragraphs
from brieftex.twin.changed import change_steps
from brieftex.twin.comparing import Rewrite, TwinComparison, note_labels
from brieftex.twin.gone import gone_steps
from brieftex.twin.placed import placed_steps

_ENTRY = late(r"([ \t]*)(\d{1,9})[.)] ")


def steps_of(comparison: TwinComparison) -> list[Rewrite]:
    """Everything that was changed, in order."""
    moved = {
        j for j in moved_paragraphs({
            j: i for j, i in comparison.pairs.items()
            if not comparison.edited[j].note and comparison.edited[j].cell is None
        }) if comparison.written(comparison.pairs[j])
    }  # fmt: skip
    comparison.notes = note_labels(comparison)
    placed = list(placed_steps(comparison, moved))
    # A body on the line of its key becomes a block together with what was changed in it.
    taken = {j for step in placed for j in step.new if j in comparison.pairs and j not in moved}
    found = [step for step in change_steps(comparison, moved) if not step.new & taken]
    return [*found, *gone_steps(comparison), *placed]


def with_rewrites(text: str, steps: Sequence[tuple[Rewrite, int]]) -> str | None:
    """The text with the edits of steps, each in the way of that number; None where two would
    change the same characters."""
    edits = sorted(
        ((edit.start, edit.end > edit.start, k, edit) for k, (step, way) in enumerate(steps)
         for edit in step.ways[way]),
        key=lambda e: e[:3],
    )  # fmt: skip
    pieces, at = [], 0
    seen: set[tuple[int, int, str]] = set()
    for _, _, _, edit in edits:
        known = edit.start, edit.end, edit.text
        if known in seen and edit.end > edit.start:
            continue  # the same words may be printed twice
        seen.add(known)
        if edit.start < at:
            return None
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return renumbered(text, "".join([*pieces, text[at:]]))


# -- numbers of lists ----------------------------------------------------------------------


def renumbered(old: str, new: str) -> str:
    """The text with the numbers of lists that gained or lost entries in order again, beginning
    with what they began with."""
    before = {line: run for run in _runs(old.split("\n")) for line in run[1]}
    same = {run[1] for run in before.values()}
    lines = new.split("\n")
    for places, run in [(r[2], r) for r in _runs(lines)]:
        if run[1] in same:
            continue
        known = next((before[line] for line in run[1] if line in before), None)
        number = run[0] if known is None else known[0]
        for place in places:
            found = _ENTRY.match(lines[place])
            assert found is not None
            lines[place] = f"{found[1]}{number}{lines[place][found.end(2) :]}"
            number += 1
    return "\n".join(lines)


def _runs(lines: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...], tuple[int, ...]]]:
    """The numbered entries of each list: its first number, its lines and their places."""
    places: list[int] = []
    indent = first = 0
    for k, line in enumerate([*lines, "."]):
        found = _ENTRY.match(line)
        if found is not None and (not places or len(found[1]) == indent):
            if not places:
                indent, first = len(found[1]), int(found[2])
            places.append(k)
        elif places and line.strip() and len(line) - len(line.lstrip(" ")) <= indent:
            yield first, tuple(lines[p] for p in places), tuple(places)
            places = []
