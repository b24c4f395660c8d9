"""A chart or a drawing as SVG, its words as outlines: a picture for programs that cannot set it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brieftex.layout.lines.outlines import outline_of
from brieftex.layout.page import (
    Dots,
    GlyphRun,
    Line,
    Placed,
    PlacedLine,
    PlacedPath,
    PlacedRule,
)
from brieftex.units import SP_PER_PT, Color, Size, Sp
from brieftex.vector import SOLID, Outline, Paint, ellipse

_CAPS = ("butt", "round", "square")
_JOINS = ("miter", "round", "bevel")


def svg_of(size: Size, items: Sequence[Placed]) -> str:
    """The picture of ``items``, which lie on a white ground of that size; pictures of pixels are
    not among them."""
    inner = "".join(part for k, item in enumerate(items) for part in _drawn(item, k))
    width, height = _pt(size.width), _pt(size.height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" '
        f'viewBox="0 0 {width} {height}">{inner}</svg>'
    )


def _pt(length: Sp) -> str:
    return f"{length / SP_PER_PT:.4f}".rstrip("0").rstrip(".")


def _drawn(item: Placed, number: int) -> Iterator[str]:
    match item:
        case PlacedRule(rect=rect, color=color):
            sides = zip(
                ("x", "y", "width", "height"),
                (rect.x, rect.y, rect.width, rect.height),
                strict=True,
            )
            places = " ".join(f'{name}="{_pt(value)}"' for name, value in sides)
            yield f'<rect {places} fill="{color}"/>'
        case PlacedPath():
            path = f'<path d="{_path(item.outline)}"{_painted(item.paint)}/>'
            for depth, clip in enumerate(item.clips):
                name = f"clip{number}-{depth}"
                yield f'<clipPath id="{name}"><path d="{_path(clip)}"/></clipPath>'
                path = f'<g clip-path="url(#{name})">{path}</g>'
            yield f'<g transform="translate({_pt(item.x)} {_pt(item.y)})">{path}</g>'
        case PlacedLine():
            inner = "".join(_line(item.line))
            place = f"translate({_pt(item.x)} {_pt(item.y)})"
            if item.turn is not None:
                cosine, sine = (part / 1_000_000 for part in item.turn)
                place += f" matrix({cosine} {sine} {-sine} {cosine} 0 0)"
            yield f'<g transform="{place}">{inner}</g>'


def _line(line: Line) -> Iterator[str]:
    for run in line.runs:
        yield _run(line, run)
    for dots in line.dots:
        yield from _dots(dots)
    if line.above is not None:
        yield from _line(line.above)


def _run(line: Line, run: GlyphRun) -> str:
    alone = Line((run,), line.width, line.natural, 0, 0, 0)
    pen = f' stroke="{run.color}" stroke-width="{_pt(run.stroke)}"' if run.stroke else ""
    return f'<path d="{_path(outline_of(alone, 0, 0))}" fill="{run.color}"{pen}/>'


def _dots(dots: Dots) -> Iterator[str]:
    radius = dots.diameter // 2
    for x in dots.xs:
        yield f'<path d="{_path(ellipse(x, dots.drop, radius, radius))}" fill="{dots.color}"/>'


def _path(outline: Outline) -> str:
    return "".join(
        "Z" if kind == "h" else kind.upper() + " ".join(map(_pt, points))
        for kind, points in outline
    )


def _painted(paint: Paint) -> str:
    held = [f' fill="{_color(paint.fill)}"']
    if paint.even_odd:
        held.append(' fill-rule="evenodd"')
    if paint.fill_opacity != SOLID:
        held.append(f' fill-opacity="{paint.fill_opacity / SOLID}"')
    if paint.stroke is None:
        return "".join(held)
    held.append(f' stroke="{paint.stroke}" stroke-width="{_pt(paint.width)}"')
    held.append(f' stroke-linecap="{_CAPS[paint.cap]}" stroke-linejoin="{_JOINS[paint.join]}"')
    held.append(f' stroke-miterlimit="{paint.miter / 1000}"')
    if paint.dash:
        dashes = " ".join(map(_pt, paint.dash))
        held.append(f' stroke-dasharray="{dashes}" stroke-dashoffset="{_pt(paint.phase)}"')
    if paint.stroke_opacity != SOLID:
        held.append(f' stroke-opacity="{paint.stroke_opacity / SOLID}"')
    return "".join(held)


def _color(color: Color | None) -> str:
    return "none" if color is None else str(color)
