"""Labels that programs write as HTML (Mermaid, draw.io) as text elements; choices made.

Only what is sure is turned: blocks of plain words in one look, broken where the file breaks
them or where their box is full. What else stands in a ``foreignObject`` stays there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from unicodedata import east_asian_width

from msgspec import Struct, field

from brieftex.input.svg.colors import read_color
from brieftex.input.svg.lengths import font_size, read_length
from brieftex.input.svg.tree import Element

_BLOCKS = frozenset(("html:div", "html:p", "html:section", "html:body", "html:li"))
_INLINE = frozenset((
    "html:span", "html:b", "html:strong", "html:i", "html:em", "html:font", "html:a", "html:u",
    "html:label", "html:small",
))  # fmt: skip
_INHERITED = ("color", "font-size", "font-family", "font-weight", "text-align", "white-space",
              "line-height")  # fmt: skip

_CENTER = 0.38  # em, from the middle of a line to its baseline
_FULL = 1.02  # how much wider than its box a line may seem: widths are guessed


class _Label(Struct):
    """The lines of a label, each with the look of its words."""

    lines: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    open: bool = False
    sure: bool = True
    background: str = ""

    def add(self, text: str, look: Mapping[str, str]) -> None:
        text = re.sub(r"\s+", " ", text)
        if not text.strip():
            text = " " if text and self.open else ""
        if not text:
            return
        if not self.open:
            self.lines.append((text.lstrip(), look))
            self.open = True
            return
        before, known = self.lines[-1]
        if text.strip() and _seen(known) != _seen(look):
            self.sure = False
        self.lines[-1] = before + text, known

    def end(self) -> None:
        self.open = False


def _seen(look: Mapping[str, str]) -> tuple[str | None, ...]:
    return tuple(look.get(name) for name in ("color", "font-size", "font-weight"))


def settle(element: Element, values: Mapping[str, str]) -> None:
    """Turn the HTML labels in an element into text, and make the choices of ``switch``; the
    tree is changed. ``values`` are those that the element inherits."""
    inner = {**values, **{k: v for k, v in element.attributes.items() if k in values}}
    children: list[Element | str] = []
    for child in element.children:
        if isinstance(child, str):
            children.append(child)
        elif child.name == "switch":
            chosen = _chosen(child, inner)
            children.append(Element("g", child.attributes, child.line, list(chosen)))
        elif child.name == "foreignObject":
            children.append(_as_text(child, inner) or child)
        else:
            settle(child, inner)
            children.append(child)
    element.children = children


def _chosen(switch: Element, values: Mapping[str, str]) -> list[Element]:
    """The child of a ``switch`` that is drawn; a fallback where it is HTML beyond us."""
    fallback: list[Element] = []
    for child in switch.elements():
        got = child.attributes
        language = got.get("systemLanguage", "zh").replace(" ", "").lower()
        if "requiredExtensions" in got or not re.search(r"(?:^|,)zh", language):
            continue
        got.pop("systemLanguage", None)
        if child.name != "foreignObject":
            if fallback and child.name != "text":
                break
            settle(child, values)
            return [child] if not fallback or _words(fallback[0]) == _words(child) else fallback
        made = _as_text(child, values)
        if made is not None:
            return [made]
        fallback = [child]
    return fallback


def _words(element: Element) -> str:
    return re.sub(r"\s+", "", element.text())


def _as_text(foreign: Element, values: Mapping[str, str]) -> Element | None:
    """The text elements that stand for a ``foreignObject``; None if that is not sure."""
    label = _Label()
    blocks = foreign.elements()
    look = {**values, **foreign.attributes}
    _gather(foreign, look, label)
    if (
        not label.sure
        or len(blocks) > 1
        or any(isinstance(c, str) and c.strip() for c in foreign.children)
    ):
        return None
    lines = [(text.strip(), at) for text, at in label.lines if text.strip()]
    kept: dict[str, str] = {
        k: v for k, v in foreign.attributes.items() if k in ("transform", "opacity")
    }
    made = Element("g", kept, foreign.line)
    if not lines or not blocks:
        return made
    box = _box(foreign, blocks[0])
    if box is None:
        return None
    _set(made, lines, box, label.background)
    return made


def _gather(element: Element, look: Mapping[str, str], label: _Label) -> None:
    for child in element.children:
        if isinstance(child, str):
            label.add(child, look)
            continue
        own = {k: v for k, v in child.attributes.items() if k in _INHERITED}
        if "font-size" in own:
            size = font_size(own["font-size"], float(look["font-size"]))
            own["font-size"] = f"{size:.6g}" if size is not None else look["font-size"]
        if child.name in ("html:b", "html:strong"):
            own.setdefault("font-weight", "bold")
        color = read_color(child.attributes.get("background-color", "none").split("url(")[0])
        if color is not None and color[3] > 0:
            label.background = child.attributes["background-color"]
        if child.attributes.get("display") == "none":
            continue
        if child.name == "html:br":
            label.end()
        elif child.name in _BLOCKS:
            label.end()
            _gather(child, {**look, **own}, label)
            label.end()
        elif child.name in _INLINE:
            _gather(child, {**look, **own}, label)
        else:
            label.sure = False


class _Box(Struct, frozen=True):
    """Where a label's lines are: ``y`` is their top, middle or foot as ``down`` says."""

    x: float
    width: float
    y: float
    down: float


def _box(foreign: Element, block: Element) -> _Box | None:
    outer = {name: read_length(foreign.attributes.get(name, "0")) for name in ("x", "y", "height")}
    x, y, height = outer["x"], outer["y"], outer["height"]
    got = block.attributes
    width = read_length(foreign.attributes.get("width", "0"))
    left = read_length(got.get("margin-left", "0").split()[0])
    top = read_length(got.get("padding-top", "0"))
    if "flex" in got.get("display", ""):
        width = read_length(got.get("width", "")) or width
        align = got.get("align-items", "")
        down = 0.5 if "center" in align else 1.0 if "end" in align else 0.0
        if "padding-top" not in got and height is not None:
            top = height * down
    else:
        down = 0.5 if height else 0.0
        top = (height or 0.0) / 2
    if x is None or y is None or left is None or top is None or width is None:
        return None
    return _Box(x + left, width, y + top, down)


def _set(
    made: Element, lines: list[tuple[str, Mapping[str, str]]], box: _Box, background: str
) -> None:
    rows: list[tuple[str, Mapping[str, str]]] = []
    for text, look in lines:
        size = float(look["font-size"])
        keeps = look.get("white-space", "normal") in ("nowrap", "pre")
        parts = [text] if keeps or box.width <= size else _wrapped(text, box.width / size)
        rows += [(part, look) for part in parts]
    heights = [_line_height(look) for _, look in rows]
    y = box.y - box.down * sum(heights)
    if background:
        area = {"x": box.x, "y": y, "width": box.width, "height": sum(heights)}
        edges = {name: f"{value:.6g}" for name, value in area.items()}
        paint = {"fill": background, "stroke": "none"}
        made.children.append(Element("rect", {**edges, **paint}, made.line))
    for (text, look), height in zip(rows, heights, strict=True):
        size = float(look["font-size"])
        align = look.get("text-align", "left")
        anchor = "middle" if align == "center" else "end" if align in ("right", "end") else "start"
        x = box.x + box.width * {"start": 0, "middle": 0.5, "end": 1}[anchor]
        made.children.append(Element("text", {
            "x": f"{x:.6g}", "y": f"{y + height / 2 + size * _CENTER:.6g}",
            "text-anchor": anchor, "font-size": look["font-size"],
            "font-family": look.get("font-family", ""), "stroke": "none",
            "font-weight": look.get("font-weight", "normal"), "fill": look.get("color", "black"),
        }, made.line, [text]))  # fmt: skip
        y += height


def _line_height(look: Mapping[str, str]) -> float:
    text, size = look.get("line-height", "normal"), float(look["font-size"])
    if re.fullmatch(r"\d*\.?\d+", text):
        return float(text) * size
    return read_length(text, size, size) or 1.2 * size


def _wrapped(text: str, width: float) -> list[str]:
    """A text in lines of at most so many em, as wide as its letters mostly are."""
    rows: list[str] = []
    row, filled = "", 0.0
    for word in re.findall(r"[!-~\u00a0-\u024f]+ ?|\s|.", text):
        wide = sum(1.0 if east_asian_width(c) in "WF" else 0.3 if c == " " else 0.53 for c in word)
        if row and filled + wide > width * _FULL and word.strip():
            rows.append(row.strip())
            row, filled = "", 0.0
        row, filled = row + word, filled + wide
    return [*rows, row.strip()]
