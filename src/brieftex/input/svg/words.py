"""Text elements (SVG 1.1, 10): pieces of text, each at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from brieftex.input.svg.matrix import Matrix, numbers
from brieftex.input.svg.paint import Painter, length
from brieftex.input.svg.style import inherited, own_values
from brieftex.input.svg.tree import Element
from brieftex.vector import Words

_SHARES = {"start": 0, "middle": 1, "end": 2}

# How far a baseline stands below the line that the text is aligned on, em.
_LINES = {
    "middle": 0.34, "central": 0.34, "hanging": 0.8, "text-before-edge": 0.88,
    "text-after-edge": -0.12, "mathematical": 0.4,
}  # fmt: skip


@dataclass(slots=True)
class _Cursor:
    """Where the next piece stands; None: right behind the last one."""

    x: float = 0.0
    y: float = 0.0
    fresh: bool = True  # a place was given since the last piece


def read_words(
    element: Element, matrix: Matrix, values: dict[str, str], painter: Painter
) -> list[Words]:
    """The pieces of a text element. Those without a place of their own are one with the last."""
    pieces: list[Words] = []
    cursor = _Cursor()
    for part, look, text in _parts(element, values, painter):
        _move(cursor, part, length(look["font-size"]))
        xs = numbers(part.attributes.get("x", ""))
        single = len(xs) > 1 and len(text) > 1
        for k, run in enumerate(text if single else [text]):
            if single and k < len(xs):
                cursor.x, cursor.fresh = xs[k], True
            made = _piece(run, cursor, matrix, replace(painter, values=look), part)
            if made is None:
                continue
            if pieces and not cursor.fresh:
                if _look(pieces[-1]) != _look(made):
                    painter.note("一行文字里的几种字体、字号或颜色", part.line)
                pieces[-1] = replace(pieces[-1], text=pieces[-1].text + made.text)
            else:
                pieces.append(made)
            cursor.fresh = False
    return [replace(piece, text=piece.text.strip()) for piece in pieces if piece.text.strip()]


def _look(words: Words) -> tuple[object, ...]:
    return words.size, words.color, words.family, words.bold


def _parts(
    element: Element, values: dict[str, str], painter: Painter
) -> Iterator[tuple[Element, dict[str, str], str]]:
    """Each stretch of text with the element it is first in, and that one's values."""
    first = True
    for child in element.children:
        if isinstance(child, str):
            text = re.sub(r"\s+", " ", child)
            if text.strip() or (text and not first):
                yield (element if first else Element("tspan", {}, element.line)), values, text
                first = False
        elif child.name in ("tspan", "a"):
            own = own_values(child, painter.sheet)
            if own.get("display") != "none":
                merged = inherited(values, own)
                if not first or "x" in child.attributes or "y" in child.attributes:
                    inner = child
                else:
                    inner = Element(
                        child.name, {**_places(element), **child.attributes},
                        child.line, child.children,
                    )  # fmt: skip
                yield from _parts(inner, merged, painter)
                first = False
        elif child.name not in ("title", "desc"):
            painter.note(f"文字里的 {child.name}", child.line)


def _places(element: Element) -> dict[str, str]:
    return {k: v for k, v in element.attributes.items() if k in ("x", "y", "dx", "dy")}


def _move(cursor: _Cursor, part: Element, em: float) -> None:
    got = part.attributes
    for name in ("x", "y"):
        if name in got:
            first = re.split(r"[\s,]+", got[name].strip())[0]
            setattr(cursor, name, length(first, em))
            cursor.fresh = True
    for name in ("dx", "dy"):
        if name in got:
            first = re.split(r"[\s,]+", got[name].strip())[0]
            axis = name[1]
            setattr(cursor, axis, getattr(cursor, axis) + length(first, em))
            cursor.fresh = cursor.fresh or length(first, em) != 0


def _piece(
    text: str, cursor: _Cursor, matrix: Matrix, painter: Painter, part: Element
) -> Words | None:
    look = painter.values
    size = length(look["font-size"])
    color = painter.color("fill", part)
    if color is None or size <= 0 or matrix.scale <= 0:
        return None
    line = look.get("alignment-baseline", look["dominant-baseline"])
    x, y = matrix.apply(cursor.x, cursor.y + size * _LINES.get(line, 0.0))
    cosine, sine = matrix.direction
    upright = abs(sine) < 1e-6 and cosine > 0
    weight = look["font-weight"]
    return Words(
        text,
        round(x),
        round(y),
        round(size * matrix.scale),
        color,
        _SHARES.get(look["text-anchor"], 0),
        look["font-family"],
        weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 600),
        None if upright else (round(cosine * 1_000_000), round(sine * 1_000_000)),
    )
