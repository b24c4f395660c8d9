"""Lengths are whole scaled points wherever a stage hands them on (ARCHITECTURE.md)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from helpers.sources import SOURCE, nodes

from brieftex.diagnostics import Finding
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


def floats(value: object, path: str = "") -> Iterator[str]:
    """Where floats are in a value."""
    if isinstance(value, float):
        yield path
    elif isinstance(value, Finding):
        pass  # it says 0.3 字, to people
    elif is_dataclass(value):
        for field in fields(value):
            yield from floats(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, tuple | list | frozenset):
        for part in value:
            yield from floats(part, f"{path}[]")
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from floats(part, f"{path}.{key}")


@pytest.mark.parametrize("edition", ["print", "review"])
def test_documents_and_pages_hold_no_floats(
    root: Path, tmp_path: Path, edition: str | None
) -> None:
    """Ensures that pies, curves, SVG figures, watermarks and codes are whole scaled points too."""
    (tmp_path / "charts.yaml").write_text(CHARTS, "utf-8")
    for issue in (root / "briefing.yaml", tmp_path / "charts.yaml"):
        made = typeset_pages(issue, edition=edition, bundled_fonts=True)
        assert {*floats(made.document), *floats(made.pages)} == set()


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
