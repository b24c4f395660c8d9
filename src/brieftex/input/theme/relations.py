"""Values of a theme that are good by themselves, but do not go together.

Each finding has the path of the key at which to show it, and no place yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from brieftex.diagnostics import Finding
from brieftex.diagnostics.messages.fields import (
    BAD_GRID,
    NO_ROOM,
    NOT_IN_ORDER,
    OUT_OF_RANGE,
    TYPE_AREA_OFF_PAPER,
)
from brieftex.document.styles import PageStyle
from brieftex.styled.styles import TextStyle
from brieftex.units import Sp, pt, to_mm, to_pt

_CELL = (pt(2), pt(500))
"""Least and most for the width of a cell and the leading of the grid."""

_ORDER = "先小后大", "the smaller one first"
_SCRIPT_GAP = (
    "依次是自然、最小、最大，自然的在另两个之间",
    "natural, least, most; the natural one lies between the others",
)
_NAME = "name_min 不大于 name_max", "name_min is at most name_max"


TOGETHER = {
    "page.characters": ("page.width",),
    "page.lines": ("page.height",),
    "page.width": ("page.left", "page.paper"),
    "page.height": ("page.top", "page.paper"),
    "masthead.name_min": ("masthead.name_max",),
}
"""What else does not go together with the value at a key, any of which may be the one to change."""


def page_problems(page: PageStyle, em: Sp) -> Iterator[Finding]:
    """The type area lies on the paper, and its cells can be read."""
    grid = (
        ("characters", "width", em, "字宽", "cells"),
        ("lines", "height", page.leading, "行距", "a leading"),
    )
    least, most = (f"{to_pt(bound):g}pt" for bound in _CELL)
    for count, key, size, what, what_en in grid:
        if not _CELL[0] <= size <= _CELL[1]:
            yield BAD_GRID.at(
                None, f"page.{count}", what=what, what_en=what_en, size=f"{to_pt(size):.1f}pt",
                least=least, most=most, count=count, key=key,
            )  # fmt: skip
    area = page.type_area
    sides = (
        ("left", "订口", "width", "版心宽", area.x + area.width, page.trim.width),
        ("top", "天头", "height", "版心高", area.y + area.height, page.trim.height),
    )
    for edge_en, edge, side_en, side, reach, paper in sides:
        if reach > paper:
            yield TYPE_AREA_OFF_PAPER.at(
                None, f"page.{side_en}", edge=edge, edge_en=edge_en, side=side, side_en=side_en,
                reach=_mm(reach), paper=_mm(paper), key=side_en,
            )  # fmt: skip


def theme_problems(
    page: PageStyle, em: Sp, styles: Mapping[str, TextStyle], values: Mapping[str, Any]
) -> Iterator[Finding]:
    """Everything has its place on the page, and pairs are in order."""
    width, paper = page.type_area.width, page.trim
    for name, style in styles.items():
        indent = style.left + style.right + max(style.indent, style.hang)
        if indent + em > width:
            yield NO_ROOM.at(
                None, f"styles.{name}", style=name, indent=_mm(indent), width=_mm(width)
            )
    # The longest that each may be on this page.
    rooms = {
        "binding.least": paper.width - width,
        "line_numbers.gap": paper.width - width,
        "running_head.baseline": paper.height,
        "running_head.rule_y": paper.height,
        "folio.baseline": paper.height,
        "folio.top": paper.height,
        "folio.inset": (width - em) // 2,
        "masthead.name_top": page.type_area.height,
        "notes.rule_width": width,
        "lists.step": width // 8,
        "lists.gap": width // 8,
        "lists.bullet_gap": width // 8,
        "tables.padding": width // 8,
        "codes.size": paper.width - width,
        "codes.gap": paper.width - width,
    }
    for path, room in rooms.items():
        group, key = path.split(".")
        length = values[group][key]
        if length > room:
            yield OUT_OF_RANGE.at(None, path, key=path, text=_mm(length), least="0", most=_mm(room))
    least, natural = values["lines"]["script_gap"][1], values["lines"]["script_gap"][0]
    orders = (
        ("lines.script_gap", (least, natural, values["lines"]["script_gap"][2]), _SCRIPT_GAP),
        ("fit.leading", values["fit"]["leading"], _ORDER),
        ("fit.space", values["fit"]["space"], _ORDER),
        ("masthead.name_min",
         (values["masthead"]["name_min"], values["masthead"]["name_max"]), _NAME),
    )  # fmt: skip
    for path, bounds, (order, order_en) in orders:
        if list(bounds) != sorted(bounds):
            yield NOT_IN_ORDER.at(None, path, key=path, order=order, order_en=order_en)


def _mm(length: Sp) -> str:
    return f"{to_mm(length):.1f}mm"
