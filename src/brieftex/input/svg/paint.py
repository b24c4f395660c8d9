"""Fills and strokes of the shapes that are drawn exactly."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import hypot, sqrt

from msgspec import Struct

from brieftex.input.svg.colors import read_color
from brieftex.input.svg.lengths import read_length
from brieftex.input.svg.matrix import NUMBER, Matrix
from brieftex.input.svg.paths import RawStep
from brieftex.input.svg.tree import Element
from brieftex.units import Color
from brieftex.vector import SOLID, Outline, Paint

_FARTHEST = 10**10  # Sp; a bound that keeps numbers in a PDF sane
_CAPS = {"butt": 0, "round": 1, "square": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2}


class InexactError(Exception):
    """Something that is not drawn exactly here; ``what`` it is, in ``line``."""

    def __init__(self, what: str, line: int) -> None:
        """``what`` is for people, in Chinese."""
        super().__init__(what, line)
        self.what = what
        self.line = line


class View(Struct, frozen=True):
    """What relative lengths refer to: the drawing's own width and height, in user units."""

    width: float
    height: float

    def whole(self, name: str) -> float:
        """What a per cent of an attribute is a hundredth of (SVG 1.1, 7.10)."""
        if name in ("x", "width", "cx", "x1", "x2", "rx", "dx"):
            return self.width
        if name in ("y", "height", "cy", "y1", "y2", "ry", "dy"):
            return self.height
        return hypot(self.width, self.height) / sqrt(2)


def measure(element: Element, text: str, name: str, values: Mapping[str, str], view: View) -> float:
    """A length in user units. Raises InexactError when it cannot be read."""
    found = read_length(text, float(values["font-size"]), view.whole(name))
    if found is None:
        raise InexactError(f"长度 {text[:20]}", element.line)
    return found


def outline_in_sp(steps: Sequence[RawStep], matrix: Matrix) -> Outline:
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


def paint_of(
    element: Element, values: Mapping[str, str], matrix: Matrix, view: View, opacity: float
) -> Paint:
    """Fill and stroke of a shape whose own ``opacity`` is that. Raises InexactError."""
    fill, fill_alpha = color_of("fill", element, values)
    stroke, stroke_alpha = color_of("stroke", element, values)
    width = measure(element, values["stroke-width"], "stroke-width", values, view)
    if element.name == "line":
        fill = None
    if width <= 0:
        stroke = None
    if opacity < 1 and fill is not None and stroke is not None:
        # They are seen through as one, and here they would be two.
        raise InexactError("半透明 opacity", element.line)
    if values["paint-order"] not in ("normal", "fill") and fill is not None and stroke is not None:
        raise InexactError("绘制次序 paint-order", element.line)
    if stroke is None:
        return Paint(
            fill=fill,
            even_odd=values["fill-rule"] == "evenodd",
            fill_opacity=round(fill_alpha * opacity * SOLID),
        )
    if not matrix.is_even:
        raise InexactError("随图形变形的线条", element.line)
    scale = matrix.scale
    join = values["stroke-linejoin"]
    if join not in _JOINS or values["stroke-linecap"] not in _CAPS:
        raise InexactError(f"线条的连接 {join[:20]}", element.line)
    return Paint(
        fill=fill,
        stroke=stroke,
        width=round(width * scale),
        dash=tuple(round(v * scale) for v in _dash(element, values, view)),
        phase=round(_phase(element, values, view) * scale),
        cap=_CAPS[values["stroke-linecap"]],
        join=_JOINS[join],
        miter=_miter(element, values),
        even_odd=values["fill-rule"] == "evenodd",
        fill_opacity=round(fill_alpha * opacity * SOLID),
        stroke_opacity=round(stroke_alpha * opacity * SOLID),
    )


def _dash(element: Element, values: Mapping[str, str], view: View) -> list[float]:
    text = values["stroke-dasharray"].strip()
    if text == "none":
        return []
    parts = [
        measure(element, part, "stroke-dasharray", values, view)
        for part in re.split(r"\s*,\s*|\s+", text)
        if part
    ]
    if not any(part > 0 for part in parts) or any(part < 0 for part in parts):
        return []
    if 0 in parts:
        raise InexactError("虚线里的点", element.line)
    return parts * 2 if len(parts) % 2 else parts


def _phase(element: Element, values: Mapping[str, str], view: View) -> float:
    found = measure(element, values["stroke-dashoffset"], "stroke-dashoffset", values, view)
    if found < 0:
        raise InexactError("线条的虚线起点", element.line)
    return found


def _miter(element: Element, values: Mapping[str, str]) -> int:
    match = NUMBER.fullmatch(values["stroke-miterlimit"].strip())
    if match is None or float(match[0]) < 1:
        raise InexactError("线条的尖角", element.line)
    return round(min(float(match[0]), 1000) * SOLID)


def color_of(name: str, element: Element, values: Mapping[str, str]) -> tuple[Color | None, float]:
    """Colour and opacity of ``fill`` or ``stroke``. Raises InexactError."""
    text = values[name].strip()
    if text == "none":
        return None, 1.0
    if text == "currentColor":
        text = values["color"]
    if text.startswith("url("):
        raise InexactError("渐变色或图案填充", element.line)
    found = read_color(text)
    if found is None:
        raise InexactError(f"颜色 {text[:20]}", element.line)
    red, green, blue, alpha = found
    alpha *= read_share(values[f"{name}-opacity"], element)
    if alpha <= 0:
        return None, 1.0
    return Color(*(round(max(0, min(255, part))) for part in (red, green, blue))), alpha


def read_share(text: str, element: Element) -> float:
    """A number of 0 to 1. Raises InexactError."""
    match = NUMBER.fullmatch(text.strip())
    if match is None:
        raise InexactError(f"透明度 {text[:20]}", element.line)
    return max(0.0, min(1.0, float(match[0])))
