"""SVG figures: shapes are scaled to the page, and text gets the faces of the issue."""

from __future__ import annotations

from msgspec.structs import replace

from brieftex.compose.builder import Draft
from brieftex.diagnostics import Span
from brieftex.document.figures import DrawingBlock, DrawnText
from brieftex.input.svg.families import role_of
from brieftex.styled.styles import CharStyle
from brieftex.units import Size, Sp
from brieftex.vector import Drawing, Outline, Shape, Words


def drawing_block(
    draft: Draft, drawing: Drawing, place: tuple[Span, int], room: Size
) -> DrawingBlock:
    """An SVG figure, scaled to fit into ``room``; ``place`` is its place in the file and its
    node."""
    width = max(min(room.width, room.height * drawing.width // drawing.height), 1)
    height = max(width * drawing.height // drawing.width, 1)
    span, figure = place
    at = draft.clamped(span.start)

    def scaled(length: Sp) -> Sp:
        return length * width // drawing.width

    def drawn(words: Words) -> DrawnText:
        style = CharStyle(
            role_of(words.family, bold=words.bold), max(scaled(words.size), 1), words.color
        )
        text = draft.words(words.text, style, figure, at)
        return DrawnText(text, scaled(words.x), scaled(words.y), words.share, words.turn)

    parts = tuple(
        drawn(part) if isinstance(part, Words) else _scaled(part, width, drawing.width)
        for part in drawing.parts
    )
    return DrawingBlock(Size(width, height), parts, figure, None, span)


def _scaled(shape: Shape, width: Sp, natural: Sp) -> Shape:
    def lengths(values: tuple[Sp, ...]) -> tuple[Sp, ...]:
        return tuple(value * width // natural for value in values)

    def outline(steps: Outline) -> Outline:
        return tuple((kind, lengths(points)) for kind, points in steps)

    old = shape.paint
    thick = max(old.width * width // natural, 1) if old.stroke is not None else 0
    (phase,) = lengths((old.phase,))
    paint = replace(old, width=thick, dash=lengths(old.dash), phase=phase)
    return Shape(outline(shape.outline), paint, tuple(map(outline, shape.clips)))
