"""Pages as text: for bug reports, and the form of the golden tests.

Each set line of a page is one line here, with lengths in pt to three decimals and the text last,
so that diffs are readable; defaults are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from brieftex.layout.page import (
    GlyphRun,
    Line,
    Page,
    Placed,
    PlacedFrame,
    PlacedLine,
    PlacedPath,
    PlacedPicture,
)
from brieftex.text.hyphenation import SOFT_HYPHEN
from brieftex.units import BLACK, Rect, Sp, to_pt
from brieftex.vector import bounds

DUMP_VERSION = 1

_HYPHEN = "\u2010"  # distinct from a hyphen that belongs to the word


def dump(pages: Sequence[Page]) -> str:
    """The text form of ``pages``, ending in a newline."""
    lines = [f"brieftex dump {DUMP_VERSION}"]
    for page in pages:
        turned = " turned" if page.turned else ""
        size = f"{_pt(page.trim.width)}x{_pt(page.trim.height)}"
        lines.append(f"page {page.number} trim={size}{turned}")
        lines.extend(f"  {line}" for item in page.items for line in _item(item))
        lines.extend(f"  anchor {anchor.name} y={_pt(anchor.y)}" for anchor in page.anchors)
        lines.extend(
            f"  link {_pt(link.rect.x)},{_pt(link.rect.y)} "
            f"{_pt(link.rect.width)}x{_pt(link.rect.height)} {link.href}"
            for link in page.links
        )
    return "\n".join(lines) + "\n"


def line_text(line: Line) -> str:
    """The characters of a set line, without a hyphen that is there only because the line ends."""
    text = "".join(["".join(run.texts) for run in line.runs])
    return text.removesuffix(SOFT_HYPHEN)


def _item(item: Placed) -> Iterator[str]:
    match item:
        case PlacedLine():
            yield _line(item)
            if item.line.above is not None:
                yield f"  above | {''.join(_above(item.line.above))}"
            for dots in item.line.dots:
                yield f"  dots x={','.join(map(_pt, dots.xs))} y={_pt(dots.drop)}"
        case PlacedPicture():
            turned = " turned" if item.turned else ""
            yield f"picture {_rect(item.rect)} {item.picture.path.name}{turned}"
        case PlacedFrame():
            yield f"figure {_rect(item.rect)}"
        case PlacedPath():
            yield _path(item)
        case _:
            color = "" if item.color == BLACK else f" {item.color}"
            yield f"rule {_rect(item.rect)}{color}"


def _line(item: PlacedLine) -> str:
    line = item.line
    fields = [item.artifact.value.lower() if item.artifact else "line"]
    fields.append(f"x={_pt(item.x)} y={_pt(item.y)} set={_pt(line.width)}")
    if item.turn is not None:
        fields.append(f"turn={item.turn[0]},{item.turn[1]}")
    if line.natural != line.width:
        fields.append(f"natural={_pt(line.natural)}")
    return " ".join(fields) + " | " + "".join(_runs(line.runs))


def _runs(runs: Sequence[GlyphRun]) -> Iterator[str]:
    """The text, with each change of face, size or colour in braces."""
    before: tuple[object, ...] | None = None
    for run in runs:
        look = (run.face, run.size, run.color, run.rise, run.stroke)
        if look != before:
            color = "" if run.color == BLACK else f" {run.color}"
            rise = f" rise={_pt(run.rise)}" if run.rise else ""
            stroke = f" stroke={_pt(run.stroke)}" if run.stroke else ""
            yield f"{{{run.face.postscript_name} {_pt(run.size)}{color}{rise}{stroke}}}"
            before = look
        yield "".join(run.texts).replace(SOFT_HYPHEN, _HYPHEN)


def _path(item: PlacedPath) -> str:
    """The bounding box of an outline, its number of segments, and how it is painted."""
    box, paint = bounds(item.outline), item.paint
    fields = [f"path {_rect(replace(box, x=box.x + item.x, y=box.y + item.y))}"]
    fields.append(f"steps={len(item.outline)}")
    if item.artifact is not None:
        fields.append(item.artifact.value.lower())
    if item.clips:
        fields.append(f"clips={len(item.clips)}")
    if paint.fill is not None:
        fields.append(f"fill={paint.fill}")
    if paint.stroke is not None:
        fields.append(f"stroke={paint.stroke} width={_pt(paint.width)}")
    if paint.dash:
        fields.append(f"dash={','.join(map(_pt, paint.dash))}")
    return " ".join(fields)


def _above(line: Line) -> Iterator[str]:
    """The ruby text above a line, each run with its position."""
    before: tuple[object, ...] | None = None
    for run in line.runs:
        look = (run.face, run.size, run.color, run.rise)
        if look != before:
            yield from _runs([replace(run, glyphs=(), xs=(), texts=())])
            before = look
        yield f" {_pt(run.xs[0])}:{''.join(run.texts)}"


def _rect(rect: Rect) -> str:
    return f"{_pt(rect.x)},{_pt(rect.y)} {_pt(rect.width)}x{_pt(rect.height)}"


def _pt(length: Sp) -> str:
    return f"{to_pt(length):.3f}".rstrip("0").rstrip(".")
