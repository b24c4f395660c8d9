"""Lengths are whole scaled points wherever a stage hands them on (ARCHITECTURE.md)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from helpers.samples import digest_path
from helpers.sources import SOURCE, nodes
from msgspec.structs import replace

from brieftex import pipeline
from brieftex.diagnostics import Finding
from brieftex.layout.paginate import Layout, paginate
from brieftex.pipeline import typeset_pages

CHARTS = """\
masthead: {name: 简报}
sections:
  - title: 数
    items:
      - title: 图
        body:
          - chart: pie
            caption: 去向
            categories: [甲, 乙, 丙, 丁]
            values: [41, 33, 7, 1]
          - chart: line
            caption: 增长
            categories: [一, 二, 三]
            values: [1.5, 2.25, 7.125]
          - chart: bar
            caption: 分布
            categories: [一, 二, 三]
            values: [0.1, 0.7, 1000]
"""

CURVES = {
    "input/svg", "layout/charts/pie", "layout/lines/outlines", "vector",
    "fonts/spaced_cff",  # the numbers of a font program, which may have fractions
    "fonts/face",  # the outlines and the slant of a font file
}  # fmt: skip
"""Where points of curves are computed. They are rounded before they are handed on."""

ROOMS = (
    "compose", "copyfit", "document", "fonts", "input/svg", "layout", "model", "text", "styled",
    "vector",
)  # fmt: skip


def held(value: object) -> Iterable[object]:
    """What a value is made of. A face is read from a font file, and not looked into."""
    if isinstance(value, msgspec.Struct):
        return (getattr(value, field) for field in value.__struct_fields__)
    if isinstance(value, dict):
        return (*value, *value.values())
    return value if isinstance(value, tuple | list | set | frozenset) else ()


def floats(value: object, within: str = "", seen: set[int] | None = None) -> Iterator[str]:
    """The type of each value that holds a float. What many values hold is looked at once: ``seen``
    has the ids of values, which the first one keeps alive."""
    seen = set() if seen is None else seen
    if isinstance(value, float):
        yield within
    elif not isinstance(value, str | int | Finding) and id(value) not in seen:
        seen.add(id(value))  # a finding says 0.3 字, to people
        within = type(value).__name__ if isinstance(value, msgspec.Struct) else within
        for part in held(value):
            yield from floats(part, within, seen)


@pytest.mark.parametrize("edition", ["print", "review"])
def test_what_stages_hand_on_holds_no_floats(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edition: str
) -> None:
    """Ensures that pies, curves, SVG figures, watermarks and codes are whole scaled points too, in
    the theme, the document, the galley and the pages."""
    layouts: list[Layout] = []

    def kept(*given: Any) -> Layout:
        layouts.append(paginate(*given))
        return layouts[-1]

    monkeypatch.setattr(pipeline, "paginate", kept)
    (tmp_path / "charts.yaml").write_text(CHARTS, "utf-8")
    for issue in (digest_path(), tmp_path / "charts.yaml"):
        made = typeset_pages(issue, edition=edition, bundled_fonts=True)
        assert layouts
        assert {*floats((made, layouts.pop()))} == set()


def test_a_float_on_a_page_is_found(tmp_path: Path) -> None:
    """Ensures that the test above sees what it looks for, far down in a value of a stage."""
    (tmp_path / "charts.yaml").write_text(CHARTS, "utf-8")
    made = typeset_pages(tmp_path / "charts.yaml", bundled_fonts=True)
    *others, page = made.pages
    *items, last = page.items
    spoilt = replace(page, items=[*items, replace(last, x=float(last.x))])
    assert [*floats(replace(made, pages=(*others, spoilt)))] == [type(last).__name__]


WHOLE = {"ceil", "floor", "gcd", "prod"}
"""What ``math`` has for whole numbers and fractions."""


def uses_floats(path: Path) -> bool:
    """Whether a module writes a float, names the type or takes functions that give some."""
    return any(
        (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float")
        or (isinstance(node, ast.alias) and node.name == "math")
        or (
            isinstance(node, ast.ImportFrom)
            and node.module == "math"
            and not {alias.name for alias in node.names} <= WHOLE
        )
        for node in nodes(path)
    )


def test_floats_are_where_curves_are() -> None:
    """Ensures that no stage begins to reckon with floats beside those that ARCHITECTURE names."""
    found = {
        path.relative_to(SOURCE).with_suffix("").as_posix()
        for room in ROOMS
        for path in (*(SOURCE / room).rglob("*.py"), *SOURCE.glob(f"{room}.py"))
        if uses_floats(path)
    }
    named = re.compile("|".join(CURVES))
    assert {name for name in found if not named.match(name)} == set()
    assert {home for home in CURVES if not any(name.startswith(home) for name in found)} == set()
