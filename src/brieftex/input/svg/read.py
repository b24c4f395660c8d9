"""The elements of an SVG file as shapes and words in Sp."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from brieftex.input.svg.markers import Vertex, matrix_of, vertices, window
from brieftex.input.svg.matrix import Matrix, numbers, read_transform
from brieftex.input.svg.paint import STEP_LIMIT, Painter, length, placed
from brieftex.input.svg.paths import rounded
from brieftex.input.svg.shapes import shape_steps
from brieftex.input.svg.style import StyleSheet, inherited, own_values
from brieftex.input.svg.tree import Element, SvgError, parse
from brieftex.input.svg.words import read_words
from brieftex.units import SP_PER_PT, Rect
from brieftex.vector import Drawing, Outline, Shape, Words, bounds, rectangle

# CSS: 96 px are an inch.
PX = SP_PER_PT * 3 / 4

_USE_DEPTH = 8

# Of no consequence on paper.
_SILENT = frozenset((
    "title", "desc", "metadata", "defs", "symbol", "clipPath", "linearGradient", "radialGradient",
    "style", "marker", "namedview", "grid", "guide", "cursor", "view",
))  # fmt: skip

_NAMES = {
    "image": "嵌入的位图 image", "foreignObject": "嵌入的网页 foreignObject",
    "script": "脚本 script",
    "mask": "蒙版 mask", "filter": "滤镜 filter", "pattern": "图案填充 pattern",
    "textPath": "沿线文字 textPath", "animate": "动画 animate", "video": "视频 video",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SvgDrawing:
    """An SVG file's drawing; ``odd`` names what in it is not drawn, or drawn otherwise, and
    the line where each is met first."""

    drawing: Drawing
    odd: tuple[tuple[str, int], ...]


@lru_cache(maxsize=8)  # read once to be checked and once to be set
def read_svg(data: bytes) -> SvgDrawing:
    """The drawing in an SVG file. Raises SvgError."""
    try:
        root = parse(data)
        reader = _Reader(root)
        drawing = reader.drawing()
    except (OverflowError, RecursionError, ZeroDivisionError):
        raise SvgError(0, "里面的数太大，或互相引用", "numbers too large, or a circle") from None
    return SvgDrawing(drawing, tuple(reader.odd.items()))


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an element stands: transform, inherited values, opacity, clips, uses around."""

    matrix: Matrix
    values: dict[str, str]
    opacity: float = 1.0
    clips: tuple[Outline, ...] = ()
    depth: int = 0


@dataclass(slots=True)
class _Reader:
    root: Element
    odd: dict[str, int] = field(default_factory=dict)
    parts: list[Shape | Words] = field(default_factory=list)
    ids: dict[str, Element] = field(default_factory=dict)
    sheet: StyleSheet = field(default_factory=StyleSheet)
    steps: int = 0

    def drawing(self) -> Drawing:
        self._index(self.root)
        width, height, matrix = _viewport(self.root)
        scope = Scope(Matrix(a=PX, d=PX).then(matrix), {})
        values = own_values(self.root, self.sheet)
        self._children(self.root, replace(scope, values=inherited({}, values)))
        area = Rect(0, 0, round(width * PX), round(height * PX))
        clip = rectangle(area)
        parts = tuple(_inside(part, area, clip) for part in self.parts)
        return Drawing(area.width, area.height, parts)

    def note(self, what: str, line: int) -> None:
        """Note something that is not drawn as the file has it."""
        self.odd.setdefault(what, line)

    def _index(self, element: Element) -> None:
        if "id" in element.attributes:
            self.ids.setdefault(element.attributes["id"], element)
        if element.name == "style":
            for what in self.sheet.add(element.text()):
                self.note(what, element.line)
        for child in element.elements():
            self._index(child)

    def _children(self, element: Element, scope: Scope) -> None:
        for child in element.elements():
            self.draw(child, scope)

    def draw(self, element: Element, outer: Scope) -> None:
        """Draw an element and what is in it."""
        if element.name in _SILENT:
            return
        own = own_values(element, self.sheet)
        if own.get("display") == "none":
            return
        scope = self._scope(element, own, outer)
        handler = _HANDLERS.get(element.name)
        if handler is not None:
            handler(self, element, scope)
        else:
            self.note(_NAMES.get(element.name, element.name), element.line)

    def _scope(self, element: Element, own: dict[str, str], outer: Scope) -> Scope:
        matrix = outer.matrix
        if "transform" in own:
            change = read_transform(own["transform"].replace("px", "").replace("deg", ""))
            if change is None:
                self.note("变换 transform", element.line)
            else:
                matrix = matrix.then(change)
        for name, what in (("mask", "蒙版 mask"), ("filter", "滤镜 filter")):
            if own.get(name, "none") != "none":
                self.note(what, element.line)
        opacity = outer.opacity
        if "opacity" in own:
            opacity *= _share(own["opacity"])
        scope = Scope(matrix, inherited(outer.values, own), opacity, outer.clips, outer.depth)
        if own.get("clip-path", "none") != "none":
            scope = replace(scope, clips=(*scope.clips, *self._clip(own["clip-path"], scope)))
        return scope

    def _clip(self, value: str, scope: Scope) -> tuple[Outline, ...]:
        """The outline that a clip path leaves visible."""
        found = self.ids.get(_reference(value))
        if found is None or found.name != "clipPath":
            return ()
        if found.attributes.get("clipPathUnits") == "objectBoundingBox":
            self.note("按图形大小的剪切 clipPath", found.line)
            return ()
        outline: list[tuple[str, tuple[int, ...]]] = []
        for child in found.elements():
            inner = self._scope(child, own_values(child, self.sheet), replace(scope, clips=()))
            outline += placed(shape_steps(child), inner.matrix)
        return (tuple(outline),) if outline else ()

    def shape(self, element: Element, scope: Scope) -> None:
        if scope.values.get("visibility") in ("hidden", "collapse"):
            return
        steps = shape_steps(element)
        self.steps += len(steps)
        if self.steps > STEP_LIMIT:
            raise SvgError(element.line, "线条太多", "too many lines")
        if not steps:
            return
        painter = Painter(scope.values, scope.opacity, self.ids, self.sheet, self.note)
        paint = painter.paint(element, scope.matrix.scale)
        if paint.fill is not None or paint.stroke is not None:
            self.parts.append(Shape(placed(steps, scope.matrix), paint, scope.clips))
        if element.name in ("path", "line", "polyline", "polygon"):
            self._markers(vertices(steps), scope)

    def _markers(self, points: list[Vertex], scope: Scope) -> None:
        """What stands at the ends and bends of a line."""
        places = (("start", points[:1]), ("mid", points[1:-1]), ("end", points[-1:]))
        for place, found in places:
            value = scope.values.get(f"marker-{place}", "none")
            marker = self.ids.get(_reference(value)) if value != "none" else None
            if marker is None or marker.name != "marker":
                continue
            for point in found:
                self._marker(marker, point, scope, first=place == "start")

    def _marker(self, marker: Element, point: Vertex, scope: Scope, *, first: bool) -> None:
        self.steps += 1
        if scope.depth >= _USE_DEPTH or self.steps > STEP_LIMIT:
            raise SvgError(marker.line, "图形互相引用", "shapes use each other")
        width = length(scope.values["stroke-width"])
        own = matrix_of(marker, point, width, first=first)
        if own is None:
            return
        matrix = scope.matrix.then(own)
        clip = placed(window(marker), matrix)
        values = inherited({}, own_values(marker, self.sheet))
        clips = (*scope.clips, clip) if clip else scope.clips
        self._children(marker, Scope(matrix, values, scope.opacity, clips, scope.depth + 1))

    def text(self, element: Element, scope: Scope) -> None:
        if scope.values.get("visibility") in ("hidden", "collapse"):
            return
        painter = Painter(scope.values, scope.opacity, self.ids, self.sheet, self.note)
        self.parts += read_words(element, scope.matrix, scope.values, painter)

    def group(self, element: Element, scope: Scope) -> None:
        self._children(element, scope)

    def svg(self, element: Element, scope: Scope) -> None:
        width, height, inner = _viewport(element)
        x, y = (length(element.attributes.get(name, "0")) for name in "xy")
        matrix = scope.matrix.then(Matrix(e=x, f=y))
        clip = placed(rounded(0, 0, width, height, (0, 0)), matrix)
        scope = replace(scope, matrix=matrix.then(inner), clips=(*scope.clips, clip))
        self._children(element, scope)

    def use(self, element: Element, scope: Scope) -> None:
        name = _reference(element.attributes.get("href", ""))
        found = self.ids.get(name)
        if found is None:
            self.note("引用别处的图形 use", element.line)
            return
        self.steps += 1
        if scope.depth >= _USE_DEPTH or self.steps > STEP_LIMIT:
            raise SvgError(element.line, "图形互相引用", "shapes use each other")
        x, y = (length(element.attributes.get(name, "0")) for name in "xy")
        matrix = scope.matrix.then(Matrix(e=x, f=y))
        inner = replace(scope, matrix=matrix, depth=scope.depth + 1)
        if found.name == "symbol":
            own = own_values(found, self.sheet)
            _, _, view = _viewport(_sized(found, element))
            inner = replace(inner, matrix=matrix.then(view), values=inherited(inner.values, own))
            self._children(found, inner)
        else:
            self.draw(found, inner)

    def switch(self, element: Element, scope: Scope) -> None:
        """The first child that can be drawn."""
        for child in element.elements():
            if child.name in _HANDLERS and "requiredExtensions" not in child.attributes:
                self.draw(child, scope)
                return
        self._children(element, scope)


_HANDLERS: dict[str, Callable[[_Reader, Element, Scope], None]] = {
    "g": _Reader.group,
    "a": _Reader.group,
    "svg": _Reader.svg,
    "use": _Reader.use,
    "switch": _Reader.switch,
    "text": _Reader.text,
    **dict.fromkeys(
        ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"), _Reader.shape
    ),
}


def _sized(symbol: Element, use: Element) -> Element:
    """A symbol as large as its use says."""
    sizes: dict[str, str] = {
        key: use.attributes[key] for key in ("width", "height") if key in use.attributes
    }
    return Element(symbol.name, {**symbol.attributes, **sizes}, symbol.line, symbol.children)


def _viewport(element: Element) -> tuple[float, float, Matrix]:
    """Width and height of an svg element in px, and the transform of its view box."""
    got = element.attributes
    box = numbers(got.get("viewBox", ""))
    sizes = []
    for name, k in (("width", 2), ("height", 3)):
        text = got.get(name, "")
        size = 0.0 if text.strip().endswith("%") else length(text or "0")
        sizes.append(size if size > 0 else box[k] if len(box) == 4 else 0.0)
    width, height = sizes
    if not (0 < width < 1e5 and 0 < height < 1e5):
        if element.name != "symbol":
            raise SvgError(
                element.line, "没有写明大小（width、height 或 viewBox）", "it has no size"
            )
        return 1.0, 1.0, Matrix()
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
        return width, height, Matrix()
    across, down = width / box[2], height / box[3]
    if got.get("preserveAspectRatio", "").strip() != "none":
        across = down = min(across, down)
    left, top = (width - across * box[2]) / 2, (height - down * box[3]) / 2
    return width, height, Matrix(across, 0, 0, down, left - across * box[0], top - down * box[1])


def _inside(part: Shape | Words, area: Rect, clip: Outline) -> Shape | Words:
    """A shape that sticks out of the drawing is cut at its edge."""
    if isinstance(part, Words):
        return part
    box = bounds(part.outline)
    out = box.x < area.x or box.y < area.y
    out = out or box.x + box.width > area.width or box.y + box.height > area.height
    return replace(part, clips=(*part.clips, clip)) if out else part


def _reference(value: str) -> str:
    """The name in ``url(#name)`` or ``#name``; empty when it leads elsewhere."""
    match = re.fullmatch(r"\s*(?:url\(\s*['\"]?)?#([^'\")]+)['\"]?\)?\s*", value)
    return match[1] if match else ""


def _share(text: str) -> float:
    values = numbers(text)
    share = values[0] / (100 if text.strip().endswith("%") else 1) if values else 1.0
    return max(0.0, min(1.0, share))
