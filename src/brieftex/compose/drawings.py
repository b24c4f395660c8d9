"""SVG figures: shapes are scaled to the page, and text gets the faces of the issue."""

from __future__ import annotations

from msgspec.structs import replace

from brieftex.compose.builder import Draft
from brieftex.document.blocks import CharStyle, DrawingBlock, DrawnText, TextBlock
from brieftex.input.svg.families import role_of
from brieftex.model.content import Figure
from brieftex.units import Size, Sp
from brieftex.vector import Drawing, Outline, Shape, Words


def drawing_block(
    draft: Draft, figure: Figure, drawing: Drawing, node: int, caption: TextBlock | None
) -> DrawingBlock:
    """An SVG figure, scaled to the greatest width that the theme allows for figures."""
    rules = draft.theme.figures
    width = min(rules.width, draft.theme.page.type_area.width)
    width = max(min(width, rules.max_height * drawing.width // drawing.height), 1)
    height = max(width * drawing.height // drawing.width, 1)
    at = draft.clamped(figure.span.start)

    def scaled(length: Sp) -> Sp:
        return length * width // drawing.width

    def drawn(words: Words) -> DrawnText:
        style = CharStyle(
            role_of(words.family, bold=words.bold), max(scaled(words.size), 1), words.color
        )
        text = draft.words(words.text, style, node, at)
        return DrawnText(text, scaled(words.x), scaled(words.y), words.share, words.turn)

    parts = tuple(
        drawn(part) if isinstance(part, Words) else _scaled(part, width, drawing.width)
        for part in drawing.parts
    )
    return DrawingBlock(Size(width, height), parts, node, caption, figure.span)


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
