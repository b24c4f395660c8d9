"""What is drawn of a page, part by part, and the glyphs of that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from brieftex.fonts.face import Face
from brieftex.layout.page import (
    Artifact,
    Dots,
    Page,
    Placed,
    PlacedFrame,
    PlacedLine,
    PlacedPath,
    PlacedPicture,
)
from brieftex.pdf.write.font import texts_of_glyphs
from brieftex.vector import Paint, ellipse

Part: TypeAlias = tuple[int | Artifact, Placed, int]
"""Something that is drawn, with the node or sort of artifact it is; of a line, how many of its runs
with glyphs."""


def drawn_parts(page: Page) -> Iterator[Part]:
    """What is drawn, in reading order."""
    for item in page.items:
        if isinstance(item, PlacedLine):
            runs = item.line.runs
            if len(runs) == 1 and runs[0].glyphs:  # most lines
                node = runs[0].node
                yield item.artifact or (node if node >= 0 else Artifact.LAYOUT), item, 1
            else:
                yield from _runs(item)
            if item.line.above is not None:
                # Ruby text after its line: in between it would split the line in copied text.
                yield from _runs(
                    PlacedLine(item.x, item.y, item.line.above, item.artifact, item.turn)
                )
            for dots in item.line.dots:
                yield item.artifact or Artifact.LAYOUT, _dotted(dots, item), 0
        elif isinstance(item, PlacedPath) and item.artifact is not None:
            yield item.artifact, item, 0
        elif isinstance(item, PlacedPicture | PlacedPath | PlacedFrame):
            yield item.node if item.node >= 0 else Artifact.LAYOUT, item, 0
        else:
            yield item.artifact, item, 0


def _runs(item: PlacedLine) -> Iterator[Part]:
    """The runs of a line that hold glyphs, those of a node together."""
    artifact = item.artifact
    owner: int | Artifact | None = None
    count = 0
    for run in item.line.runs:
        if not run.glyphs:
            continue
        of_run = artifact or (run.node if run.node >= 0 else Artifact.LAYOUT)
        if of_run != owner:
            if owner is not None:
                yield owner, item, count
            owner, count = of_run, 0
        count += 1
    if owner is not None:
        yield owner, item, count


def _dotted(dots: Dots, item: PlacedLine) -> PlacedPath:
    """The emphasis dots of a line as an outline, since glyphs would be extracted as text."""
    radius = dots.diameter // 2
    cosine, sine = item.turn or (1_000_000, 0)
    centres = (
        ((x * cosine - dots.drop * sine) // 1_000_000, (x * sine + dots.drop * cosine) // 1_000_000)
        for x in dots.xs
    )
    outline = (step for x, y in centres for step in ellipse(x, y, radius, radius))
    return PlacedPath(item.x, item.y, tuple(outline), Paint(fill=dots.color), -1)


def glyphs_in_use(pages: Sequence[Page]) -> dict[Face, dict[int, str]]:
    """The glyphs of each face on the pages, with the text that ToUnicode gives for each."""
    found: defaultdict[Face, tuple[list[int], list[str]]] = defaultdict(lambda: ([], []))
    for page in pages:
        for item in page.items:
            if isinstance(item, PlacedLine):
                above = item.line.above
                shown = item.line.runs if above is None else (*item.line.runs, *above.runs)
                for run in shown:
                    if run.glyphs:
                        glyphs, texts = found[run.face]
                        glyphs += run.glyphs
                        texts += run.texts
    return {face: texts_of_glyphs(*of_face) for face, of_face in found.items()}
