"""SVG figures: their shapes scaled to the page, their words in the issue's faces."""

from __future__ import annotations

from brieftex.compose.builder import Draft
from brieftex.document.blocks import CharStyle, DrawingBlock, DrawnText, TextBlock
from brieftex.input.svg import SvgDrawing
from brieftex.model.content import Figure
from brieftex.units import Size, Sp
from brieftex.vector import Outline, Paint, Shape, Words

# Words in a font's name, and the role that stands for it. The first that is found counts.
_ROLES = (
    ("仿宋", "body"), ("fangsong", "body"), ("楷", "kai"), ("kai", "kai"),
    ("黑", "hei"), ("hei", "hei"), ("sans", "hei"), ("雅", "hei"),
    ("宋", "song"), ("song", "song"), ("simsun", "song"), ("times", "song"), ("serif", "song"),
)  # fmt: skip


def drawing_block(
    draft: Draft, figure: Figure, found: SvgDrawing, node: int, caption: TextBlock | None
) -> DrawingBlock:
    """An SVG figure, as wide as the theme's figures may be."""
    drawing, rules = found.drawing, draft.theme.figures
    width = min(rules.width, draft.theme.page.type_area.width)
    width = max(min(width, rules.max_height * drawing.width // drawing.height), 1)
    height = max(width * drawing.height // drawing.width, 1)
    at = draft.clamped(figure.span.start)

    def scaled(length: Sp) -> Sp:
        return length * width // drawing.width

    def drawn(words: Words) -> DrawnText:
        style = CharStyle(_role(words), max(scaled(words.size), 1), words.color)
        text = draft.words(words.text, style, node, at)
        return DrawnText(text, scaled(words.x), scaled(words.y), words.share, words.turn)

    parts = tuple(
        drawn(part) if isinstance(part, Words) else _scaled(part, width, drawing.width)
        for part in drawing.parts
    )
    return DrawingBlock(Size(width, height), parts, node, caption, figure.span)


def _role(words: Words) -> str:
    family = words.family.lower()
    role = next((role for word, role in _ROLES if word in family), "hei")
    return "hei" if words.bold else role


def _scaled(shape: Shape, width: Sp, natural: Sp) -> Shape:
    def lengths(values: tuple[Sp, ...]) -> tuple[Sp, ...]:
        return tuple(value * width // natural for value in values)

    def outline(steps: Outline) -> Outline:
        return tuple((kind, lengths(points)) for kind, points in steps)

    old = shape.paint
    thick = max(old.width * width // natural, 1) if old.stroke is not None else 0
    paint = Paint(old.fill, old.stroke, thick, lengths(old.dash), old.cap, old.join, old.even_odd)
    return Shape(outline(shape.outline), paint, tuple(map(outline, shape.clips)))
