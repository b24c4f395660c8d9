"""An SVG file as a drawing of our own where that is exact, else as markup for a renderer."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from brieftex.input.svg.cascade import INHERITED, resolve_styles
from brieftex.input.svg.colors import read_color
from brieftex.input.svg.exact import read_exactly
from brieftex.input.svg.html import settle
from brieftex.input.svg.lengths import read_length
from brieftex.input.svg.markup import serialise, texts_of
from brieftex.input.svg.matrix import Matrix, numbers
from brieftex.input.svg.paint import InexactError, View
from brieftex.input.svg.tree import Element, SvgError, parse_svg
from brieftex.units import SP_PER_PT, Color, Rect, Sp
from brieftex.vector import Drawing, Paint, Shape, Words, rectangle

# CSS: 96 px are an inch.
PX = SP_PER_PT * 3 / 4

BYTE_LIMIT = 4_000_000

LARGEST = 100_000
"""Px, of a drawing's width and height."""

_UNSEEN = ("defs", "symbol", "style", "title", "desc", "metadata")

_RATIO = 1000  # the most that one side may be longer than the other


class SvgFile(Struct, frozen=True):
    """What an SVG file holds.

    ``drawing`` is all of it, exactly, or None: then ``why`` names the first thing that is not
    drawn here and its line, and ``markup`` is the file for a complete renderer. ``texts`` are
    its words; ``odd`` names what neither draws as it is meant, with the line of each.
    """

    width: Sp
    height: Sp
    drawing: Drawing | None
    texts: tuple[str, ...] = ()
    markup: str = ""
    background: Color | None = None
    why: tuple[str, int] = ("", 0)
    odd: tuple[tuple[str, int], ...] = ()


def read_svg(data: bytes, *, words: bool = True) -> SvgFile:
    """Read an SVG file. Unless its ``words`` may be text of the page, one with words is for a
    renderer. Raises SvgError."""
    if len(data) > BYTE_LIMIT:
        megabytes = BYTE_LIMIT // 1_000_000
        raise SvgError(0, f"文件超过 {megabytes} MB", f"it is larger than {megabytes} MB")
    try:
        return _read(parse_svg(data), words=words)
    except (OverflowError, RecursionError, ValueError, ZeroDivisionError):
        raise SvgError(0, "里面的数太大，或互相引用", "numbers too large, or a circle") from None


def _read(root: Element, *, words: bool) -> SvgFile:
    made = resolve_styles(root)
    settle(root, INHERITED)
    width, height = size_of(root)
    area = Rect(0, 0, round(width * PX), round(height * PX))
    paper = _opaque(made.background)
    odd = dict(made.odd)
    slanted = _slanted(root)
    if slanted is not None:
        odd["斜体"] = slanted
    try:
        view, matrix = _view(root, width, height)
        parts = read_exactly(root, Matrix(a=PX, d=PX).then(matrix), view, area)
        _without_words(root, () if words else parts)
    except InexactError as error:
        markup, left_out = serialise(root, width, height)
        return SvgFile(
            area.width, area.height, None, tuple(texts_of(root)), markup, paper,
            (error.what, error.line), tuple({**odd, **left_out}.items()),
        )  # fmt: skip
    if paper is not None:
        parts = (Shape(rectangle(area), Paint(fill=paper)), *parts)
    drawing = Drawing(area.width, area.height, parts)
    return SvgFile(area.width, area.height, drawing, odd=tuple(odd.items()))


def _slanted(element: Element, style: str = "normal") -> int | None:
    """The line of the first words in italics: the faces of an issue have none."""
    style = element.attributes.get("font-style", style)
    for child in element.children:
        if isinstance(child, Element):
            if child.attributes.get("display") != "none" and child.name not in _UNSEEN:
                line = _slanted(child, style)
                if line is not None:
                    return line
        elif element.name in ("text", "tspan") and child.strip() and style != "normal":
            return element.line
    return None


def _without_words(root: Element, parts: tuple[Shape | Words, ...]) -> None:
    """Raises InexactError if there are words among ``parts``."""
    if any(isinstance(part, Words) for part in parts):
        raise InexactError("文字", root.line)


def size_of(root: Element) -> tuple[float, float]:
    """Width and height of a file, px. Raises SvgError when they are not given or not sane."""
    got = root.attributes
    box = numbers(got.get("viewBox", ""))
    ratio = box[2] / box[3] if len(box) == 4 and box[2] > 0 and box[3] > 0 else None
    width, height = (read_length(got.get(name, "")) for name in ("width", "height"))
    if ratio is not None:
        if not width and not height:
            width, height = box[2], box[3]
        width = width or (height or 0) * ratio
        height = height or width / ratio
    if not width or not height or width < 0 or height < 0:
        raise SvgError(root.line, "没有写明大小（width、height 或 viewBox）", "it has no size")
    if max(width, height) > LARGEST or min(width, height) < 0.1:
        raise SvgError(root.line, "大小不对头，太大或太小", "its size is not sane")
    if max(width, height) > _RATIO * min(width, height):
        raise SvgError(root.line, "太长或太窄", "it is far longer than wide")
    return width, height


def _view(root: Element, width: float, height: float) -> tuple[View, Matrix]:
    """What user units are, and the transform that leads from them to px (SVG 1.1, 7.8)."""
    got = root.attributes
    if "viewBox" not in got:
        return View(width, height), Matrix()
    box = [float(part) for part in re.split(r"[\s,]+", got["viewBox"].strip())]
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
        raise InexactError("画面范围 viewBox", root.line)
    return View(box[2], box[3]), _fitted(got, box, width, height, root.line)


def _fitted(
    got: Mapping[str, str], box: list[float], width: float, height: float, line: int
) -> Matrix:
    across, down = width / box[2], height / box[3]
    text = got.get("preserveAspectRatio", "xMidYMid").strip()
    if text == "none":
        return Matrix(across, 0, 0, down, -across * box[0], -down * box[1])
    match = re.fullmatch(r"x(Min|Mid|Max)Y(Min|Mid|Max)(?:\s+(meet|slice))?", text)
    if match is None:
        raise InexactError("画面比例 preserveAspectRatio", line)
    scale = max(across, down) if match[3] == "slice" else min(across, down)
    shares = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}
    left = (width - scale * box[2]) * shares[match[1]]
    top = (height - scale * box[3]) * shares[match[2]]
    return Matrix(scale, 0, 0, scale, left - scale * box[0], top - scale * box[1])


def _opaque(text: str | None) -> Color | None:
    found = read_color(text) if text else None
    if found is None or found[3] <= 0:
        return None
    red, green, blue, alpha = found
    return Color(*(round(255 - (255 - part) * alpha) for part in (red, green, blue)))
