"""Fills and strokes, mixed with the white of the paper where they let it through."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from brieftex.input.svg.colors import Rgba, read_color
from brieftex.input.svg.matrix import NUMBER, Matrix, numbers
from brieftex.input.svg.paths import RawStep
from brieftex.input.svg.style import StyleSheet, own_values
from brieftex.input.svg.tree import Element
from brieftex.units import Color
from brieftex.vector import Outline, Paint

STEP_LIMIT = 300_000
"""Steps of all outlines together."""

_LENGTH = re.compile(rf"\s*({NUMBER.pattern})\s*([a-z%]*)\s*")
_PX = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_FARTHEST = 10**10  # Sp; a bound that keeps numbers in a PDF sane


def length(text: str, em: float = 16.0) -> float:
    """A length in px; 0 for what is none."""
    match = _LENGTH.fullmatch(text.lower())
    if match is None:
        return 0.0
    number, unit = float(match[1]), match[2]
    if unit in ("em", "rem", "ex"):
        return number * em * (0.5 if unit == "ex" else 1)
    return number * _PX.get(unit, 0.0)


def placed(steps: Sequence[RawStep], matrix: Matrix) -> Outline:
    """An outline in Sp."""
    return tuple(
        (
            kind,
            tuple(
                max(-_FARTHEST, min(_FARTHEST, round(value)))
                for k in range(0, len(points), 2)
                for value in matrix.apply(points[k], points[k + 1])
            ),
        )
        for kind, points in steps
    )


@dataclass(frozen=True, slots=True)
class Painter:
    """How one element is painted. ``note`` is told what cannot be painted as it should."""

    values: Mapping[str, str]
    opacity: float
    ids: Mapping[str, Element]
    sheet: StyleSheet
    note: Callable[[str, int], None]

    def paint(self, element: Element, scale: float) -> Paint:
        """Fill and stroke; ``scale`` is what a px is in Sp here."""
        values = self.values
        stroke = self.color("stroke", element)
        width = length(values["stroke-width"]) * scale
        dash = [v * scale for v in map(length, re.split(r"[\s,]+", values["stroke-dasharray"]))]
        if len(dash) % 2:
            dash *= 2
        caps = {"butt": 0, "round": 1, "square": 2}
        joins = {"miter": 0, "round": 1, "bevel": 2}
        return Paint(
            fill=None if element.name == "line" else self.color("fill", element),
            stroke=stroke if width > 0 else None,
            width=round(width),
            dash=tuple(round(v) for v in dash) if any(v > 0 for v in dash) else (),
            cap=caps.get(values["stroke-linecap"], 0),
            join=joins.get(values["stroke-linejoin"], 0),
            even_odd=values["fill-rule"] == "evenodd",
        )

    def color(self, name: str, element: Element) -> Color | None:
        """The colour of ``fill`` or ``stroke`` on white; None when there is none."""
        text = self.values[name].strip()
        found = self._found(text, element)
        if found is None:
            return None
        red, green, blue, alpha = found
        shares = numbers(self.values[f"{name}-opacity"])
        alpha *= self.opacity * (shares[0] if shares else 1.0)
        if alpha <= 0.001:
            return None
        if alpha < 0.999:
            self.note("半透明（画成较浅的颜色）", element.line)
        return Color(*(round(255 - (255 - part) * min(1.0, alpha)) for part in (red, green, blue)))

    def _found(self, text: str, element: Element) -> Rgba | None:
        if text in ("none", ""):
            return None
        if text == "currentColor":
            return read_color(self.values["color"]) or (0, 0, 0, 1)
        match = re.match(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)\s*(.*)", text)
        if match is None:
            color = read_color(text)
            if color is None:
                self.note(f"颜色 {text[:20]}", element.line)
                return 0, 0, 0, 1
            return color
        server = self.ids.get(match[1])
        if server is not None and server.name in ("linearGradient", "radialGradient"):
            self.note("渐变色（画成一种颜色）", element.line)
            return self._middle(server, 0)
        self.note("图案填充 pattern", element.line)
        return read_color(match[2]) or (200, 200, 200, 1)

    def _middle(self, gradient: Element, depth: int) -> Rgba:
        """The mean of a gradient's colours."""
        stops = [child for child in gradient.elements() if child.name == "stop"]
        other = self.ids.get(gradient.attributes.get("href", "").lstrip("#"))
        if not stops and other is not None and depth < 4:
            return self._middle(other, depth + 1)
        colors: list[Rgba] = []
        for stop in stops:
            own = own_values(stop, self.sheet)
            color = read_color(own.get("stop-color", "black")) or (0, 0, 0, 1)
            shares = numbers(own.get("stop-opacity", "1"))
            colors.append((*color[:3], color[3] * (shares[0] if shares else 1.0)))
        if not colors:
            return 128, 128, 128, 1
        return tuple(sum(parts) / len(colors) for parts in zip(*colors, strict=True))
