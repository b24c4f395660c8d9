"""Pages made by hand, so that drawing is tested without the typesetter."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from brieftex.document.blocks import Metadata, StructureNode
from brieftex.fonts.face import Face
from brieftex.layout.page import (
    Anchor,
    Artifact,
    Dots,
    GlyphRun,
    Line,
    Link,
    Page,
    Placed,
    PlacedLine,
)
from brieftex.units import BLACK, Color, Size, Sp, mm, pt

FONTS = Path(__file__).parents[2] / "fonts"
FANG = Face(FONTS / "FandolFang-Regular.otf")  # CFF
KAI = Face(FONTS / "FandolKai-Regular.otf")  # CFF
SERIF = Face(FONTS / "NotoSerifSC-Regular.ttf")  # TrueType
SANS = Face(FONTS / "NotoSansSC-Medium.ttf")  # TrueType

A4 = Size(mm(210), mm(297))
METADATA = Metadata(
    title="资政参考　第3期",
    author="党委政策研究室",
    subject="高校动态",
    keywords=("简报", "高等教育"),
    language="zh-CN",
    date=datetime.date(2024, 3, 20),
)


def run(
    text: str | Sequence[str],
    face: Face = FANG,
    size: Sp = pt(16),
    node: int = 1,
    gap: Sp = 0,
    start: Sp = 0,
    color: Color = BLACK,
    rise: Sp = 0,
    stretch: int = 1000,
    stroke: Sp = 0,
) -> GlyphRun:
    """One glyph for each character, ``gap`` more than its advance apart."""
    glyphs = tuple(face.glyph(char[0]) for char in text)
    assert 0 not in glyphs, text
    xs, x = [], start
    for glyph in glyphs:
        xs.append(x)
        x += round(face.advance(glyph) * size * stretch / face.upem / 1000) + gap
    return GlyphRun(face, size, color, rise, node, glyphs, tuple(xs), tuple(text), stretch, stroke)


def width(part: GlyphRun) -> Sp:
    """From the origin of the first glyph to the end of the last."""
    last = part.face.advance(part.glyphs[-1]) * part.size * part.stretch // part.face.upem // 1000
    return part.xs[-1] - part.xs[0] + last


def line(
    *runs: GlyphRun, x: Sp = mm(28), y: Sp = mm(50), artifact: Artifact | None = None
) -> PlacedLine:
    """Runs on one baseline."""
    end = sum(len("".join(part.texts)) for part in runs)
    full = max(part.xs[-1] + part.size for part in runs)
    return PlacedLine(x, y, Line(runs, full, full, 0, 0, end), artifact)


def emphasized(ruby: int, y: Sp = mm(50)) -> PlacedLine:
    """A line with outlined characters, dots below and readings above; ``ruby`` is the node of a
    Ruby, whose base and reading come next."""
    bold = run("务必核对", node=2, stroke=pt("0.5"))
    base = run("歙县", node=ruby + 1, start=pt(64))
    rest = run("的读音", node=2, start=pt(96))
    above = run("lu zhi", SERIF, pt(8), ruby + 2, start=pt(68), rise=pt(16))
    dots = Dots(tuple(x + pt(8) for x in bold.xs), pt(4), pt(3), BLACK)
    placed = line(bold, base, rest, y=y)
    rubies = Line((above,), pt(144), pt(144), 0, 4, 6)
    return replace(placed, line=replace(placed.line, above=rubies, dots=(dots,)))


def page(
    *items: Placed,
    number: int = 1,
    links: tuple[Link, ...] = (),
    anchors: tuple[Anchor, ...] = (),
) -> Page:
    """An A4 page."""
    return Page(number, A4, items, links, anchors)


NODES = (StructureNode("Document", -1), StructureNode("P", 0))
