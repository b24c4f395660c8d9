"""A resolved tree as SVG for a complete renderer, and what that one would not draw.

All styles are in ``style`` attributes, families are those of the faces that ship with brieftex,
and nothing leads out of the file.
"""

from __future__ import annotations

from brieftex.input.svg.cascade import INHERITED
from brieftex.input.svg.exact import fragment_name
from brieftex.input.svg.families import role_of
from brieftex.input.svg.tree import Element, SvgError

EXPANSION_LIMIT = 200_000
"""Elements once every ``use`` is followed."""

# The typographic families (OpenType ``name`` 16) of the faces that ship with brieftex.
FAMILIES = {
    "body": "Fandol Fang", "kai": "Fandol Kai", "hei": "Noto Sans SC", "song": "Noto Serif SC",
}  # fmt: skip

# The standard library's functions for this bring its HTTP client with them.
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_IN_VALUE = _IN_TEXT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
_LEFT_OUT = frozenset(("style", "script", "metadata", "title", "desc", "font-face", "font"))
_KNOWN = frozenset((
    "svg", "g", "a", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line",
    "polyline", "polygon", "text", "tspan", "textPath", "image", "linearGradient",
    "radialGradient", "stop", "pattern", "clipPath", "mask", "marker", "filter", "view",
    "cursor", "font-face-src", "namedview",
))  # fmt: skip
_NAMES = {
    "foreignObject": "嵌入的网页 foreignObject", "animate": "动画 animate", "set": "动画 set",
    "animateTransform": "动画 animateTransform", "animateMotion": "动画 animateMotion",
    "flowRoot": "自动换行的文字 flowRoot", "tref": "文字 tref", "mesh": "网格渐变 mesh",
    "video": "视频 video",
}  # fmt: skip
_STYLED = frozenset((
    "opacity", "display", "clip-path", "mask", "filter", "stop-color", "stop-opacity",
    "alignment-baseline", "baseline-shift", "text-decoration", "mix-blend-mode", "isolation",
    "flood-color", "flood-opacity", "lighting-color", "unicode-bidi", "mask-type",
)) | frozenset(INHERITED)  # fmt: skip
_PACKED = ("data:image/png", "data:image/jpeg", "data:image/jpg", "data:image/gif",
           "data:image/webp", "data:image/svg+xml", "data:;base64", "data:text/xml")  # fmt: skip


def serialise(root: Element, width: float, height: float) -> tuple[str, dict[str, int]]:
    """The markup of a drawing so many px wide and high, and what of it would not be drawn,
    with its line. Raises SvgError when it swells."""
    _bounded(root)
    writer = _Writer()
    size = {"width": f"{width:.6g}", "height": f"{height:.6g}"}
    family = root.attributes.get("font-family", "")
    root = Element("svg", {**root.attributes, **size, "font-family": family}, root.line,
                   root.children)  # fmt: skip
    writer.element(root, _HEAD, family, bold=False)
    return "".join(writer.parts), writer.odd


def texts_of(element: Element, *, shown: bool = True) -> list[str]:
    """The words of a drawing, text by text."""
    if element.attributes.get("display") == "none" or element.name in ("defs", "symbol", "style"):
        return []
    visible = element.attributes.get("visibility", "")
    shown = visible == "visible" if visible else shown
    if element.name in ("text", "foreignObject"):
        text = " ".join(_text(element).split())
        return [text] if text and shown else []
    return [text for child in element.elements() for text in texts_of(child, shown=shown)]


def _text(element: Element) -> str:
    parts = []
    for child in element.children:
        if isinstance(child, str):
            parts.append(child)
        elif child.name not in ("title", "desc", "style") and (
            child.attributes.get("display") != "none"
        ):
            apart = " " if child.name.startswith("html:") or "x" in child.attributes else ""
            parts += [apart, _text(child), apart if child.name.startswith("html:") else ""]
    return "".join(parts)


class _Writer:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.odd: dict[str, int] = {}

    def note(self, what: str, line: int) -> None:
        self.odd.setdefault(what, line)

    def element(self, element: Element, head: str, family: str, *, bold: bool) -> None:
        got = dict(element.attributes)
        family = got.get("font-family", family)
        weight = got.get("font-weight", "")
        bold = (weight.isdigit() and int(weight) >= 600) or weight in ("bold", "bolder") or (
            bold and not weight)  # fmt: skip
        if "font-family" in got or weight:
            got["font-family"] = FAMILIES[role_of(family, bold=bold)]
        self._check_links(element)
        styles = "".join(f"{k}:{v};" for k, v in got.items() if k in _STYLED)
        plain = "".join(f" {_name(k)}={_quoted(v)}" for k, v in got.items()
                        if k not in _STYLED and _is_name(k))  # fmt: skip
        style = f" style={_quoted(styles)}" if styles else ""
        self.parts.append(f"{head}{plain}{style}>")
        for child in element.children:
            if isinstance(child, str):
                if child.strip() or element.name in ("text", "tspan", "textPath", "a"):
                    self.parts.append(child.translate(_IN_TEXT))
            elif child.name not in _LEFT_OUT:
                if child.name in _KNOWN or child.name.startswith("fe"):
                    self.element(child, f"<{child.name}", family, bold=bold)
                else:
                    name = child.name.removeprefix("html:")
                    self.note(_NAMES.get(name, name), child.line)
        self.parts.append(f"</{element.name}>")

    def _check_links(self, element: Element) -> None:
        link = element.attributes.get("href", "").strip()
        if element.name in ("image", "feImage"):
            if not link.startswith(("#", *_PACKED)):
                self.note("文件以外的图片 image", element.line)
        elif element.name in ("use", "textPath") and link and not fragment_name(link):
            self.note(f"文件以外的图形 {element.name}", element.line)


def _name(key: str) -> str:
    return "xlink:href" if key == "href" else key


def _is_name(key: str) -> bool:
    return key.replace("-", "").replace(":", "").isalnum() and not key.startswith("on")


def _bounded(root: Element) -> None:
    """Refuse uses of uses that make millions of elements."""
    ids: dict[str, Element] = {}
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if "id" in element.attributes:
            ids.setdefault(element.attributes["id"], element)
        waiting += element.elements()
    sizes: dict[int, int] = {}

    def size(element: Element, above: frozenset[int]) -> int:
        key = id(element)
        if key in above:
            return 0  # a circle, which the renderer leaves out
        if key not in sizes:
            inside = above | {key}
            total = 1 + sum(size(child, inside) for child in element.elements())
            if element.name == "use":
                found = ids.get(fragment_name(element.attributes.get("href", "")))
                total += size(found, inside) if found is not None and len(inside) < 200 else 0
            sizes[key] = total
            if total > EXPANSION_LIMIT:
                raise SvgError(element.line, "引用展开后太大", "too large once uses are followed")
        return sizes[key]

    size(root, frozenset())


def _quoted(value: str) -> str:
    return f'"{value.translate(_IN_VALUE)}"'
