"""Text elements (SVG 1.1, 10): pieces of text, each at its place.

Only what needs no widths to be placed is read here: each piece begins at a place of its own or
goes on from the last one in the same look. How wide a text is depends on the face, which this
module does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from brieftex.input.svg.cascade import INHERITED
from brieftex.input.svg.matrix import Matrix
from brieftex.input.svg.paint import InexactError, View, color_of, measure, read_share
from brieftex.input.svg.tree import Element
from brieftex.vector import Words

_SHARES = {"start": 0, "middle": 1, "end": 2}

# How far a baseline stands below the line that the text is aligned on, em: the middle of a Han
# character's box is 0.38 em above its baseline, that of small Latin letters 0.27 em.
_LINES = {"auto": 0.0, "alphabetic": 0.0, "middle": 0.27, "central": 0.38}

# Attributes and properties that move or change text, and the values that do not.
_PLAIN = {
    "letter-spacing": ("normal", "0", "0px"), "word-spacing": ("normal", "0", "0px"),
    "writing-mode": ("lr-tb", "lr", "horizontal-tb"), "direction": ("ltr",),
    "font-variant": ("normal",), "text-decoration": ("none",), "baseline-shift": ("baseline", "0"),
    "alignment-baseline": ("auto", "baseline", "alphabetic"), "stroke": ("none",),
    "filter": ("none",), "mask": ("none",), "clip-path": ("none",), "unicode-bidi": ("normal",),
}  # fmt: skip
_MOVING = ("rotate", "textLength", "lengthAdjust")

_FALLBACK = ("title", "desc")
_INSIDE = frozenset(("tspan", "a"))


class _Part(Struct, frozen=True):
    """A stretch of text, where it is moved to and how it looks."""

    text: str
    at: tuple[float | None, float | None]
    by: tuple[float, float]
    values: Mapping[str, str]
    element: Element
    opacity: float


def read_words(
    element: Element, matrix: Matrix, values: Mapping[str, str], view: View, opacity: float
) -> list[Words]:
    """The pieces of a text element. Raises InexactError."""
    if not matrix.is_even or matrix.is_mirrored:
        raise InexactError("变形的文字", element.line)
    pieces: list[Words] = []
    x = y = 0.0
    looks: list[tuple[object, ...]] = []
    for part in _parts(element, values, view, opacity):
        moved_x, moved_y = part.at
        x = x if moved_x is None else moved_x
        y = y if moved_y is None else moved_y
        x, y = x + part.by[0], y + part.by[1]
        fresh = not looks or moved_x is not None
        if not fresh and part.by[0]:
            raise InexactError("接着排的文字里的移位", part.element.line)
        made = _piece(part, x, y, matrix)
        look = (made.size, made.color, made.family, made.bold, made.y) if made else ("none",)
        if fresh:
            looks.append(look)
            if made is not None:
                pieces.append(made)
        elif look != looks[-1]:
            raise InexactError("一行文字里的几种字体、字号、颜色或高低", part.element.line)
        elif made is not None:
            pieces[-1] = replace(pieces[-1], text=pieces[-1].text + made.text)
    return [replace(piece, text=text) for piece in pieces if (text := piece.text.strip())]


def _parts(
    element: Element, values: Mapping[str, str], view: View, opacity: float
) -> Iterator[_Part]:
    """Each stretch of text, moved as the elements say that it is the first in."""
    _check(element, values)
    at, by = _places(element, values, view)
    keeps = element.attributes.get("xml:space") == "preserve"
    waiting = True  # the place given by the element is for the first text in it
    for child in element.children:
        if isinstance(child, str):
            text = re.sub(r"[ \t\r\n]+", " ", child)
            if keeps and text != child and child.strip():
                raise InexactError("保留空格的文字", element.line)
            if not text.strip() and (waiting or keeps):
                continue
            yield _Part(text, at, by, values, element, opacity)
        elif child.name in _INSIDE:
            if child.attributes.get("display") == "none":
                continue
            inner = {**values, **{k: v for k, v in child.attributes.items() if k in INHERITED}}
            seen = opacity * read_share(child.attributes.get("opacity", "1"), child)
            for part in _parts(child, inner, view, seen):
                if waiting:
                    part = replace(
                        part,
                        at=(
                            at[0] if part.at[0] is None else part.at[0],
                            at[1] if part.at[1] is None else part.at[1],
                        ),
                        by=(by[0] + part.by[0], by[1] + part.by[1]),
                    )
                yield part
                waiting, at, by = False, (None, None), (0.0, 0.0)
            continue
        elif child.name not in _FALLBACK:
            raise InexactError(f"文字里的 {child.name}", child.line)
        else:
            continue
        waiting, at, by = False, (None, None), (0.0, 0.0)


def _check(element: Element, values: Mapping[str, str]) -> None:
    for name, plain in _PLAIN.items():
        value = element.attributes.get(name, values.get(name, plain[0])).strip()
        if value not in plain and not (name == "stroke" and _no_stroke(values)):
            raise InexactError(f"文字的 {name}", element.line)
    for name in _MOVING:
        if name in element.attributes:
            raise InexactError(f"文字的 {name}", element.line)


def _no_stroke(values: Mapping[str, str]) -> bool:
    return values["stroke-width"].strip() in ("0", "0px") or values["stroke-opacity"] == "0"


def _places(
    element: Element, values: Mapping[str, str], view: View
) -> tuple[tuple[float | None, float | None], tuple[float, float]]:
    found: dict[str, float | None] = {}
    for name in ("x", "y", "dx", "dy"):
        parts = element.attributes.get(name, "").replace(",", " ").split()
        if len(parts) > 1:
            raise InexactError("逐字排列的文字", element.line)
        found[name] = measure(element, parts[0], name, values, view) if parts else None
    if element.name == "text":
        found = {**found, "x": found["x"] or 0.0, "y": found["y"] or 0.0}
    return (found["x"], found["y"]), (found["dx"] or 0.0, found["dy"] or 0.0)


def _piece(part: _Part, x: float, y: float, matrix: Matrix) -> Words | None:
    values, element = part.values, part.element
    if values["visibility"] in ("hidden", "collapse"):
        return None
    size = float(values["font-size"])
    color, alpha = color_of("fill", element, values)
    if color is None or size <= 0 or matrix.scale <= 0 or part.opacity <= 0:
        return None
    if alpha * part.opacity < 0.999:
        raise InexactError("半透明的文字", element.line)
    if values["dominant-baseline"] not in _LINES or values["text-anchor"] not in _SHARES:
        raise InexactError("文字的对齐", element.line)
    at_x, at_y = matrix.apply(x, y + size * _LINES[values["dominant-baseline"]])
    cosine, sine = matrix.direction
    upright = abs(sine) < 1e-6 and cosine > 0
    weight = values["font-weight"]
    return Words(
        part.text,
        round(at_x),
        round(at_y),
        round(size * matrix.scale),
        color,
        _SHARES[values["text-anchor"]],
        values["font-family"],
        weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 600),
        None if upright else (round(cosine * 1_000_000), round(sine * 1_000_000)),
    )
