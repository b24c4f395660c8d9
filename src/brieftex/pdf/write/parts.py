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


def glyphs_in_use(pages: Sequence[Page]) -> dict[Face, tuple[list[int], list[str]]]:
    """The glyphs of each face on the pages, and the texts that each represents."""
    uses: dict[Face, tuple[list[int], list[str]]] = {}
    for page in pages:
        for _, _, run in drawn_parts(page):
            if run is not None:
                glyphs, texts = uses.setdefault(run.face, ([], []))
                glyphs.extend(run.glyphs)
                texts.extend(run.texts)
    return uses
