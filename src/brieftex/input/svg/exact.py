"""The part of SVG that is drawn exactly: shapes and words, or the first thing that is outside.

Everything here is a list of what is allowed: elements, attributes, properties, units. What is
on no list raises InexactError, and whoever called hands the whole file to a complete renderer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from brieftex.input.svg.cascade import INHERITED
from brieftex.input.svg.markers import Vertex, matrix_of, vertices, window
from brieftex.input.svg.matrix import Matrix, read_transform
from brieftex.input.svg.paint import (
    InexactError,
    View,
    measure,
    outline_in_sp,
    paint_of,
    read_share,
)
from brieftex.input.svg.paths import RawStep
from brieftex.input.svg.shapes import SHAPES, shape_steps
from brieftex.input.svg.tree import Element
from brieftex.input.svg.words import read_words
from brieftex.patterns import late
from brieftex.units import Rect
from brieftex.vector import SOLID, Outline, Shape, Words, bounds, rectangle

STEP_LIMIT = 300_000
"""Steps of all outlines together."""

_USE_DEPTH = 8

# Attributes that change nothing on paper, or that others look at.
_HARMLESS = late(
    r"id|version|baseProfile|xml:(?:lang|space)|lang|data-.*|aria-.*|role|tabindex|focusable|name"
    r"|pointer-events|cursor|on[a-z]+|content\w*Type|zoomAndPan|enable-background|overflow"
    r"|shape-rendering|text-rendering|image-rendering|color-interpolation.*|color-rendering"
    r"|color-profile|title|type|media|target|download|rel|xmlns.*|__.*|mask-type|kind|label"
    r"|stop-.*|flood-.*|lighting-color|isolation|nodetypes|spreadMethod|insetpen|export-.*"
    r"|font-kerning|-inkscape.*|clip|requiredFeatures|ecmeta.*|datasrc|datatype|points-at-.*"
)

# Properties of an element itself, and what they are where they change nothing.
_IDLE = {
    "mask": ("none",), "filter": ("none",), "mix-blend-mode": ("normal",),
    "vector-effect": ("none",), "unicode-bidi": ("normal",),
    "transform-origin": ("0", "0 0", "0px 0px", "left top", "top left"),
    "alignment-baseline": ("auto", "baseline", "alphabetic"),
    "baseline-shift": ("baseline", "0"), "text-decoration": ("none",),
}  # fmt: skip
_TEXT_ONLY = frozenset(("alignment-baseline", "baseline-shift", "text-decoration", "unicode-bidi"))
_OWN_READ = frozenset(("opacity", "display", "clip-path", "transform"))

_SILENT = frozenset((
    "title", "desc", "metadata", "defs", "style", "marker", "clipPath", "symbol",
    "linearGradient", "radialGradient", "pattern", "mask", "filter", "script", "view", "cursor",
    "font-face", "font",
))  # fmt: skip
_ROOT = frozenset(("x", "y", "width", "height", "viewBox", "preserveAspectRatio"))
_ATTRIBUTES: dict[str, frozenset[str]] = {
    "g": frozenset(),
    "a": frozenset(("href", "show", "actuate")),
    "use": frozenset(("href", "x", "y", "width", "height")),
    "text": frozenset(("x", "y", "dx", "dy")),
    **{name: frozenset(places) for name, places in SHAPES.items()},
}
_NAMES = {
    "image": "嵌入的位图 image", "foreignObject": "嵌入的网页 foreignObject",
    "svg": "嵌套的 svg", "switch": "多选一 switch",
}  # fmt: skip


class _Scope(Struct, frozen=True):
    """Where an element stands: transform, inherited values, clips, uses around."""

    matrix: Matrix
    values: Mapping[str, str]
    clips: tuple[Outline, ...] = ()
    depth: int = 0


def read_exactly(
    root: Element, matrix: Matrix, view: View, area: Rect
) -> tuple[Shape | Words, ...]:
    """What the file draws, from back to front, cut at the edge of ``area``; ``matrix`` leads
    from user units to Sp. Raises InexactError."""
    reader = _Reader(view, area)
    reader.index(root, INHERITED)
    scope = _Scope(matrix, _inherited(INHERITED, root))
    reader.check(root, _ROOT)
    for name, plain in (("opacity", "1"), ("display", "inline"), ("clip-path", "none")):
        if root.attributes.get(name, plain) != plain:
            raise InexactError(name, root.line)
    reader.children(root, scope)
    clip = rectangle(area)
    return tuple(_inside(part, area, clip) for part in reader.parts)


class _Reader(Struct):
    view: View
    area: Rect
    parts: list[Shape | Words] = field(default_factory=list)
    ids: dict[str, tuple[Element, Mapping[str, str]]] = field(default_factory=dict)
    steps: int = 0

    def index(self, element: Element, values: Mapping[str, str]) -> None:
        """Know each element by its name, with what it inherits where it stands."""
        if "id" in element.attributes:
            self.ids.setdefault(element.attributes["id"], (element, values))
        inner = _inherited(values, element)
        for child in element.elements():
            self.index(child, inner)

    def children(self, element: Element, scope: _Scope) -> None:
        for child in element.elements():
            self.draw(child, scope)

    def draw(self, element: Element, outer: _Scope) -> None:
        """Draw an element and what is in it."""
        own = element.attributes
        if element.name in _SILENT or own.get("display") == "none":
            return
        handler = _HANDLERS.get(element.name)
        if handler is None:
            raise InexactError(_NAMES.get(element.name, element.name), element.line)
        self.check(element, _ATTRIBUTES[element.name])
        opacity = read_share(own.get("opacity", "1"), element)
        if opacity < 1 and element.name not in SHAPES and element.name != "text":
            raise InexactError("半透明 opacity", element.line)
        scope = replace(
            outer, matrix=_moved(outer.matrix, element), values=_inherited(outer.values, element)
        )
        if own.get("clip-path", "none") != "none":
            scope = replace(scope, clips=(*scope.clips, *self._clip(element, scope)))
        handler(self, element, scope, opacity)

    def check(self, element: Element, known: frozenset[str]) -> None:
        """Everything said about an element must be known here."""
        for name, value in element.attributes.items():
            if name in known or name in INHERITED or name in _OWN_READ:
                continue
            if name in _IDLE:
                if value.strip() in _IDLE[name] or (
                    name in _TEXT_ONLY and element.name not in ("text", "tspan")
                ):
                    continue
                if name == "transform-origin" and "transform" not in element.attributes:
                    continue
            elif _HARMLESS.fullmatch(name):
                continue
            raise InexactError(name, element.line)

    def _clip(self, element: Element, scope: _Scope) -> tuple[Outline, ...]:
        """The outline that a clip path leaves visible: that of a single plain shape."""
        value = element.attributes["clip-path"]
        found, values = self.ids.get(fragment_name(value), (None, INHERITED))
        if found is None or found.name != "clipPath":
            raise InexactError("剪切 clip-path", element.line)
        shapes = [c for c in found.elements() if c.name not in ("title", "desc")]
        plain = frozenset(("clipPathUnits", "transform"))
        self.check(found, plain)
        if (
            len(shapes) != 1
            or shapes[0].name not in SHAPES
            or found.attributes.get("clipPathUnits", "userSpaceOnUse") != "userSpaceOnUse"
            or "clip-path" in found.attributes
        ):
            raise InexactError("剪切 clipPath", found.line)
        (shape,) = shapes
        inner = _inherited(_inherited(values, found), shape)
        self.check(shape, _ATTRIBUTES[shape.name])
        hidden = inner["visibility"] != "visible" or shape.attributes.get("display") == "none"
        if hidden or "clip-path" in shape.attributes or inner["clip-rule"] != "nonzero":
            raise InexactError("剪切 clipPath", found.line)
        steps = shape_steps(shape, inner, self.view)
        if not steps:
            raise InexactError("剪切 clipPath", found.line)
        self._count(len(steps), shape)
        return (outline_in_sp(steps, _moved(_moved(scope.matrix, found), shape)),)

    def _count(self, steps: int, element: Element) -> None:
        self.steps += steps
        if self.steps > STEP_LIMIT:
            raise InexactError("很多的线条", element.line)

    def shape(self, element: Element, scope: _Scope, opacity: float) -> None:
        if scope.values["visibility"] in ("hidden", "collapse"):
            return
        steps = shape_steps(element, scope.values, self.view)
        if not steps:
            return
        self._count(len(steps), element)
        paint = paint_of(element, scope.values, scope.matrix, self.view, opacity)
        if paint.stroke is not None and paint.cap and _stands_still(steps):
            raise InexactError("一点长的线条", element.line)
        outline = outline_in_sp(steps, scope.matrix)
        if paint.fill is not None and paint.stroke is not None and paint.stroke_opacity < SOLID:
            # One operator would paint the stroke in place of the fill below it, not over it.
            self.parts.append(Shape(outline, replace(paint, stroke=None), scope.clips))
            paint = replace(paint, fill=None)
        if paint.fill is not None or paint.stroke is not None:
            self.parts.append(Shape(outline, paint, scope.clips))
        if element.name in ("path", "line", "polyline", "polygon"):
            self._markers(element, steps, scope, opacity)

    def _markers(
        self, element: Element, steps: list[tuple[str, tuple[float, ...]]], scope: _Scope,
        opacity: float,
    ) -> None:  # fmt: skip
        """What stands at the ends and bends of a line."""
        names = ("marker-start", "marker-mid", "marker-end")
        if all(scope.values[name] == "none" for name in names):
            return
        if opacity < 1 or any(kind == "h" for kind, _ in steps):
            raise InexactError("箭头 marker", element.line)
        points = vertices(steps)
        places = zip(names, (points[:1], points[1:-1], points[-1:]), strict=True)
        for name, found in places:
            marker, values = self.ids.get(fragment_name(scope.values[name]), (None, INHERITED))
            if marker is None or marker.name != "marker":
                continue
            for point in found:
                self._marker(marker, values, point, scope, first=name == "marker-start")

    def _marker(
        self, marker: Element, values: Mapping[str, str], point: Vertex, scope: _Scope, *,
        first: bool,
    ) -> None:  # fmt: skip
        self._count(1, marker)
        if scope.depth >= _USE_DEPTH:
            raise InexactError("互相引用的图形", marker.line)
        width = measure(marker, scope.values["stroke-width"], "stroke-width", scope.values,
                        self.view)  # fmt: skip
        own = matrix_of(marker, point, width, first=first)
        if own is None:
            return
        matrix = scope.matrix.then(own)
        clip = outline_in_sp(window(marker), matrix)
        clips = (*scope.clips, clip) if clip else scope.clips
        self.children(marker, _Scope(matrix, _inherited(values, marker), clips, scope.depth + 1))

    def text(self, element: Element, scope: _Scope, opacity: float) -> None:
        if scope.clips:
            raise InexactError("剪切的文字", element.line)
        for words in read_words(element, scope.matrix, scope.values, self.view, opacity):
            if not _begins_in(self.area, words):
                raise InexactError("图框外的文字", element.line)
            self.parts.append(words)

    def group(self, element: Element, scope: _Scope, _opacity: float) -> None:
        self.children(element, scope)

    def use(self, element: Element, scope: _Scope, _opacity: float) -> None:
        found, _ = self.ids.get(
            fragment_name(element.attributes.get("href", "")), (None, INHERITED)
        )
        if found is None or scope.depth >= _USE_DEPTH:
            raise InexactError("引用别处的图形 use", element.line)
        self._count(1, element)
        x, y = (measure(element, element.attributes.get(name, "0"), name, scope.values, self.view)
                for name in "xy")  # fmt: skip
        inner = replace(scope, matrix=scope.matrix.then(Matrix(e=x, f=y)), depth=scope.depth + 1)
        if found.name == "symbol":
            if not {"viewBox", "width", "height", "x", "y"}.isdisjoint(found.attributes) or not {
                "width", "height"}.isdisjoint(element.attributes):  # fmt: skip
                raise InexactError("图形库 symbol", found.line)
            if found.attributes.get("overflow") != "visible":
                raise InexactError("图形库 symbol", found.line)
            self.check(found, frozenset(("overflow",)))
            self.children(found, replace(inner, values=_inherited(inner.values, found)))
        else:
            self.draw(found, inner)


def _begins_in(area: Rect, words: Words) -> bool:
    """Whether a text begins in ``area`` or near it: it cannot be cut at an edge, and is left to a
    renderer."""
    x, y, size = words.x - area.x, words.y - area.y, words.size
    return -size <= x <= area.width + size and 0 <= y <= area.height + size


_HANDLERS: dict[str, Callable[[_Reader, Element, _Scope, float], None]] = {
    "g": _Reader.group,
    "a": _Reader.group,
    "use": _Reader.use,
    "text": _Reader.text,
    **dict.fromkeys(SHAPES, _Reader.shape),
}


def _stands_still(steps: list[RawStep]) -> bool:
    """Whether a part of an outline goes nowhere: its caps have no direction then."""
    start: tuple[float, ...] = ()
    stands = drawn = False
    for kind, points in [*steps, ("m", ())]:
        if kind == "m":
            if stands:
                return True
            start, drawn = points, False
        elif not drawn or stands:
            drawn = True
            stands = all(points[k : k + 2] == start for k in range(0, len(points), 2))
    return False


def _inherited(outer: Mapping[str, str], element: Element) -> Mapping[str, str]:
    own = {k: v.strip() for k, v in element.attributes.items() if k in INHERITED}
    return {**outer, **own} if own else outer


def _moved(matrix: Matrix, element: Element) -> Matrix:
    if "transform" not in element.attributes:
        return matrix
    change = read_transform(element.attributes["transform"])
    if change is None:
        raise InexactError("变换 transform", element.line)
    return matrix.then(change)


def _inside(part: Shape | Words, area: Rect, clip: Outline) -> Shape | Words:
    """A shape that sticks out of the drawing is cut at its edge."""
    if isinstance(part, Words):
        return part
    box = bounds(part.outline)
    half = part.paint.width // 2
    out = box.x - half < area.x or box.y - half < area.y
    out = out or box.x + box.width + half > area.width or box.y + box.height + half > area.height
    return replace(part, clips=(*part.clips, clip)) if out else part


def fragment_name(value: str) -> str:
    """The name in ``url(#name)`` or ``#name``; empty when it leads elsewhere."""
    match = re.fullmatch(r"\s*(?:url\(\s*['\"]?)?#([^'\")]+)['\"]?\s*\)?\s*", value)
    return match[1] if match else ""
