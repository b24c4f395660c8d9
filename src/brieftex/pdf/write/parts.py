"""What is drawn of a page, part by part, and the glyphs of that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brieftex.fonts.face import Face
from brieftex.layout.page import (
    Artifact,
    Dots,
    GlyphRun,
    Page,
    Placed,
    PlacedFrame,
    PlacedLine,
    PlacedPath,
    PlacedPicture,
)
from brieftex.pdf.write.font import texts_of_glyphs
from brieftex.vector import Paint, ellipse


def drawn_parts(page: Page) -> Iterator[tuple[int | Artifact, Placed, GlyphRun | None]]:
    """What is drawn, in reading order, each part with the node or sort of artifact it is."""
    for item in page.items:
        if isinstance(item, PlacedLine):
            # Ruby text after its line: in between it would split the line in copied text.
            for line in _lines(item):
                for run in line.line.runs:
                    if run.glyphs:
                        owner = run.node if run.node >= 0 else Artifact.LAYOUT
                        yield item.artifact or owner, line, run
            for dots in item.line.dots:
                yield item.artifact or Artifact.LAYOUT, _dotted(dots, item), None
        elif isinstance(item, PlacedPath) and item.artifact is not None:
            yield item.artifact, item, None
        elif isinstance(item, PlacedPicture | PlacedPath | PlacedFrame):
            yield item.node if item.node >= 0 else Artifact.LAYOUT, item, None
        else:
            yield item.artifact, item, None


def _lines(item: PlacedLine) -> Iterator[PlacedLine]:
    """A line, and the ruby text above it."""
    yield item
    if item.line.above is not None:
        yield PlacedLine(item.x, item.y, item.line.above, item.artifact, item.turn)


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
    runs: dict[Face, list[GlyphRun]] = {}
    for run in _runs(pages):
        runs.setdefault(run.face, []).append(run)
    return {face: texts_of_glyphs(of_face) for face, of_face in runs.items()}


def _runs(pages: Sequence[Page]) -> Iterator[GlyphRun]:
    """All that is shown as text."""
    for page in pages:
        for item in page.items:
            if isinstance(item, PlacedLine):
                yield from (run for run in item.line.runs if run.glyphs)
                if item.line.above is not None:
                    yield from (run for run in item.line.above.runs if run.glyphs)
