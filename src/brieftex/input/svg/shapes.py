"""Basic shapes (SVG 1.1, 9) and paths as outlines in their own units."""

from __future__ import annotations

from collections.abc import Callable

from brieftex.input.svg.matrix import numbers
from brieftex.input.svg.paint import length
from brieftex.input.svg.paths import RawStep, ellipse, read_path, rounded
from brieftex.input.svg.tree import Element


def shape_steps(element: Element) -> list[RawStep]:
    """The outline of an element; nothing when it has none."""
    steps = _SHAPES[element.name](element) if element.name in _SHAPES else []
    return steps if steps and steps[0][0] == "m" else []


def _at(element: Element, *names: str) -> list[float]:
    return [length(element.attributes.get(name, "0")) for name in names]


def _path(element: Element) -> list[RawStep]:
    return read_path(element.attributes.get("d", ""))


def _polyline(element: Element) -> list[RawStep]:
    values = numbers(element.attributes.get("points", ""))
    points = zip(values[::2], values[1::2], strict=False)
    return [("l" if k else "m", point) for k, point in enumerate(points)]


def _polygon(element: Element) -> list[RawStep]:
    return [*_polyline(element), ("h", ())]


def _rect(element: Element) -> list[RawStep]:
    x, y, width, height, rx, ry = _at(element, "x", "y", "width", "height", "rx", "ry")
    if width <= 0 or height <= 0:
        return []
    if "rx" not in element.attributes or "ry" not in element.attributes:
        rx = ry = rx + ry  # one stands for both
    return rounded(x, y, width, height, (max(rx, 0), max(ry, 0)))


def _circle(element: Element) -> list[RawStep]:
    x, y, r = _at(element, "cx", "cy", "r")
    return ellipse(x, y, r, r) if r > 0 else []


def _ellipse(element: Element) -> list[RawStep]:
    x, y, rx, ry = _at(element, "cx", "cy", "rx", "ry")
    return ellipse(x, y, rx, ry) if rx > 0 and ry > 0 else []


def _line(element: Element) -> list[RawStep]:
    x1, y1, x2, y2 = _at(element, "x1", "y1", "x2", "y2")
    return [("m", (x1, y1)), ("l", (x2, y2))]


_SHAPES: dict[str, Callable[[Element], list[RawStep]]] = {
    "path": _path,
    "polyline": _polyline,
    "polygon": _polygon,
    "rect": _rect,
    "circle": _circle,
    "ellipse": _ellipse,
    "line": _line,
}
