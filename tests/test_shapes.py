"""Pages of issues of many shapes: the faults that a reader sees, looked for on the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.pagefaults import faults
from helpers.shapes import SHAPES, write

from brieftex.input.theme import theme_names
from brieftex.layout.blocks import galley
from brieftex.layout.pages import parameters
from brieftex.pipeline import TypesetPages, typeset_pages

PAGES = {
    "one-page": (1, 1),
    "sixty-items": (60, 90),
    "tables-only": (15, 30),
    "figures-only": (8, 15),
    "long-item": (35, 45),
}


def typeset(name: str, folder: Path, **size: int) -> TypesetPages:
    """The pages of a shape, in the fonts that come with brieftex."""
    return typeset_pages(write(name, folder, **size), bundled_fonts=True)


@pytest.mark.parametrize("name", SHAPES)
def test_no_shape_has_a_faulty_page(name: str, tmp_path: Path) -> None:
    """Ensures 0 widows, orphans, headings at the foot, lines off the grid and pages over a
    fifth empty without cause, whatever an issue is made of."""
    made = typeset(name, tmp_path)
    least, most = PAGES[name]
    assert least <= len(made.pages) <= most
    assert faults(made.pages, made.document) == {}


@pytest.mark.parametrize("theme", theme_names())
def test_the_sample_has_no_faulty_page(theme: str, root: Path) -> None:
    """Ensures the same of the sample issue, in every theme."""
    made = typeset_pages(root / "briefing.yaml", theme=theme, bundled_fonts=True)
    assert faults(made.pages, made.document) == {}


@pytest.mark.parametrize(
    ("module", "demerits", "fault"),
    [
        (galley, "WIDOW", "widow"),
        (galley, "ORPHAN", "orphan"),
        (galley, "FORBIDDEN", "heading"),
    ],
)
def test_the_faults_would_be_found(
    module: object, demerits: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ensures that the test above sees what it looks for: without the cost that prevents it,
    each fault is there, more than once in a part of the issue."""
    monkeypatch.setattr(module, demerits, 0)
    made = typeset("long-item", tmp_path, chapters=3)
    assert any(found.startswith(fault) for found in faults(made.pages, made.document))


def test_empty_pages_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ensures the same of pages more than a fifth empty: here a full line costs, not an
    empty one."""
    monkeypatch.setattr(parameters, "UNDERFULL", -1)
    monkeypatch.setattr(parameters, "IDLE", 0)
    monkeypatch.setattr(parameters, "EMPTY_LINE", 0)
    made = typeset("long-item", tmp_path, chapters=2)
    assert any("empty" in found for found in faults(made.pages, made.document))


def test_lines_off_the_grid_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ensures the same of the grid: figures and headings that are not raised to it move what
    follows."""
    monkeypatch.setattr(galley, "raised", lambda height, _: height)
    made = typeset("one-page", tmp_path)
    assert any(found.startswith("off") for found in faults(made.pages, made.document))
