"""Markers, the heads of arrows (SVG 1.1, 11.6): where on an outline they stand, and how."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import atan2, cos, pi, radians, sin

from msgspec import Struct

from brieftex.input.svg.cascade import INHERITED
from brieftex.input.svg.matrix import NUMBER, Matrix, numbers
from brieftex.input.svg.paint import InexactError
from brieftex.input.svg.paths import RawStep, rounded
from brieftex.input.svg.tree import Element
from brieftex.patterns import late

_PLAIN = late(rf"({NUMBER.pattern})(?:px)?")
_KNOWN = frozenset((
    "id", "orient", "markerWidth", "markerHeight", "markerUnits", "viewBox", "refX", "refY",
    "overflow", "xml:space",
))  # fmt: skip


class Vertex(Struct, frozen=True):
    """A point of an outline, and the directions in radians in which it is reached and left;
    None at an end."""

    x: float
    y: float
    before: float | None
    after: float | None

    def angle(self) -> float:
        """The direction there: between the two where the outline bends."""
        if self.before is None or self.after is None:
            return self.before or self.after or 0.0
        turn = (self.after - self.before + pi) % (2 * pi) - pi
        return self.before + turn / 2


def vertices(steps: Sequence[RawStep]) -> list[Vertex]:
    """The points of an outline, in order."""
    found: list[Vertex] = []
    first = last = (0.0, 0.0)
    for kind, points in steps:
        if kind == "m":
            first = last = (points[0], points[1])
            found.append(Vertex(*last, None, None))
            continue
        values = points if kind != "h" else first
        path = [last, *zip(values[::2], values[1::2], strict=True)]
        ways = [_way(a, b) for a, b in pairwise(path) if a != b]
        if ways:
            left = found[-1]
            found[-1] = Vertex(left.x, left.y, left.before, ways[0])
            last = path[-1]
            found.append(Vertex(*last, ways[-1], None))
    return found


def _way(start: tuple[float, ...], end: tuple[float, ...]) -> float:
    return atan2(end[1] - start[1], end[0] - start[0])


def matrix_of(marker: Element, vertex: Vertex, width: float, *, first: bool) -> Matrix | None:
    """The transform from a marker's own units to those of the outline that bears it, whose
    stroke is ``width`` thick; None when it has no size. Raises InexactError."""
    got = marker.attributes
    if unknown := [name for name in got if name not in _KNOWN and name not in INHERITED]:
        raise InexactError(f"箭头 marker 的 {unknown[0]}", marker.line)
    orient = got.get("orient", "0").strip()
    angle = vertex.angle()
    if orient == "auto-start-reverse":
        angle += pi if first else 0
    elif orient != "auto":
        angle = radians(_number(marker, "orient", "0"))
    across, down = _number(marker, "markerWidth", "3"), _number(marker, "markerHeight", "3")
    scale = 1.0 if got.get("markerUnits") == "userSpaceOnUse" else width
    box = numbers(got.get("viewBox", ""))
    if across <= 0 or down <= 0 or scale <= 0:
        return None
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        scale *= min(across / box[2], down / box[3])
        if abs(across * box[3] - down * box[2]) > 1e-6:
            raise InexactError("箭头 marker 的 viewBox", marker.line)
    elif box:
        raise InexactError("箭头 marker 的 viewBox", marker.line)
    c, s = cos(angle), sin(angle)
    turned = Matrix(e=vertex.x, f=vertex.y).then(Matrix(c, s, -s, c)).then(Matrix(a=scale, d=scale))
    return turned.then(Matrix(e=-_number(marker, "refX", "0"), f=-_number(marker, "refY", "0")))


def window(marker: Element) -> list[RawStep]:
    """The rectangle outside of which a marker is not seen, in its own units; nothing if it is
    seen everywhere. Raises InexactError."""
    got = marker.attributes
    if got.get("overflow") in ("visible", "auto"):
        return []
    if got.get("overflow", "hidden") not in ("hidden", "scroll"):
        raise InexactError("箭头 marker 的 overflow", marker.line)
    box = numbers(got.get("viewBox", ""))
    if len(box) != 4:
        sizes = _number(marker, "markerWidth", "3"), _number(marker, "markerHeight", "3")
        box = [0, 0, *sizes]
    return rounded(box[0], box[1], box[2], box[3], (0, 0))


def _number(marker: Element, name: str, default: str) -> float:
    match = _PLAIN.fullmatch(marker.attributes.get(name, default).strip())
    if match is None:
        raise InexactError(f"箭头 marker 的 {name}", marker.line)
    return float(match[1])
