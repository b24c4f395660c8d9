"""Basic shapes (SVG 1.1, 9) and paths as outlines in their own units."""

from __future__ import annotations

from collections.abc import Mapping

from brieftex.input.svg.matrix import NUMBER
from brieftex.input.svg.paint import InexactError, View, measure
from brieftex.input.svg.paths import RawStep, ellipse_steps, path_steps, rounded
from brieftex.input.svg.tree import Element

SHAPES = {
    "path": ("d",),
    "polyline": ("points",),
    "polygon": ("points",),
    "rect": ("x", "y", "width", "height", "rx", "ry"),
    "circle": ("cx", "cy", "r"),
    "ellipse": ("cx", "cy", "rx", "ry"),
    "line": ("x1", "y1", "x2", "y2"),
}
"""The basic shapes, and what says where they are."""


def shape_steps(element: Element, values: Mapping[str, str], view: View) -> list[RawStep]:
    """The outline of an element; nothing when it has none. Raises InexactError."""
    got = element.attributes
    if element.name == "path":
        steps = path_steps(got.get("d", ""))
        return steps if steps and steps[0][0] == "m" else []
    if element.name in ("polyline", "polygon"):
        return _points(element)
    sizes = {
        name: measure(element, got[name], name, values, view)
        for name in SHAPES[element.name]
        if name in got and got[name].strip() != "auto"
    }
    return _OUTLINES[element.name](sizes)


def _points(element: Element) -> list[RawStep]:
    text = element.attributes.get("points", "")
    values = [float(match) for match in NUMBER.findall(text)]
    if NUMBER.sub("", text).strip(" \t\r\n,") or len(values) % 2:
        raise InexactError("写错的坐标 points", element.line)
    steps: list[RawStep] = [
        ("l" if k else "m", point)
        for k, point in enumerate(zip(values[::2], values[1::2], strict=True))
    ]
    return [*steps, ("h", ())] if steps and element.name == "polygon" else steps


def _rect(sizes: Mapping[str, float]) -> list[RawStep]:
    width, height = sizes.get("width", 0.0), sizes.get("height", 0.0)
    if width <= 0 or height <= 0:
        return []
    rx, ry = sizes.get("rx", -1.0), sizes.get("ry", -1.0)
    rx = rx if rx >= 0 else ry  # one stands for both
    ry = ry if ry >= 0 else rx
    corner = (max(rx, 0.0), max(ry, 0.0))
    return rounded(sizes.get("x", 0.0), sizes.get("y", 0.0), width, height, corner)


def _circle(sizes: Mapping[str, float]) -> list[RawStep]:
    r = sizes.get("r", 0.0)
    return ellipse_steps(sizes.get("cx", 0.0), sizes.get("cy", 0.0), r, r) if r > 0 else []


def _ellipse(sizes: Mapping[str, float]) -> list[RawStep]:
    rx, ry = sizes.get("rx", -1.0), sizes.get("ry", -1.0)
    rx = rx if rx >= 0 else ry
    ry = ry if ry >= 0 else rx
    if rx <= 0 or ry <= 0:
        return []
    return ellipse_steps(sizes.get("cx", 0.0), sizes.get("cy", 0.0), rx, ry)


def _line(sizes: Mapping[str, float]) -> list[RawStep]:
    x1, y1, x2, y2 = (sizes.get(name, 0.0) for name in SHAPES["line"])
    return [("m", (x1, y1)), ("l", (x2, y2))]


_OUTLINES = {"rect": _rect, "circle": _circle, "ellipse": _ellipse, "line": _line}
