"""A turned page is a page that was turned: every point of what stands on it, by the matrix."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.specimens import set_lines

from brieftex.layout.page import (
    Link,
    PlacedFrame,
    PlacedLine,
    PlacedPath,
    PlacedPicture,
    PlacedRule,
)
from brieftex.layout.pages.turned import turned_item, turned_link
from brieftex.picture import Raster
from brieftex.units import BLACK, Rect
from brieftex.vector import Outline, Paint

HEIGHT = 1000
RECT = Rect(30, 70, 200, 11)
TURNED = Rect(70, HEIGHT - 30 - 200, 11, 200)
"""The same, with its left end at the bottom."""


def on_page(x: int, y: int) -> tuple[int, int]:
    """Where a point of the turned page stands on the sheet."""
    return y, HEIGHT - x


def points(item: PlacedPath, outline: Outline) -> list[tuple[int, int]]:
    return [
        (item.x + x, item.y + y)
        for _, flat in outline
        for x, y in zip(flat[::2], flat[1::2], strict=True)
    ]


def test_rectangles_are_turned() -> None:
    assert turned_item(PlacedRule(RECT, BLACK), HEIGHT) == PlacedRule(TURNED, BLACK)
    assert turned_item(PlacedFrame(RECT, 3), HEIGHT) == PlacedFrame(TURNED, 3)
    link = turned_link(Link(RECT, "#a", 2, "甲"), HEIGHT)
    assert link == Link(TURNED, "#a", 2, "甲")
    raster = Raster(Path("a.png"), 4, 5)
    picture = turned_item(PlacedPicture(RECT, raster, 1), HEIGHT)
    assert picture == PlacedPicture(TURNED, raster, 1, turned=True)


def test_outlines_are_turned_about_their_page() -> None:
    """Ensures that outlines and what they are clipped by keep together."""
    outline: Outline = (("M", (1, 2)), ("L", (40, -5)), ("C", (3, 4, 5, 6, 7, 8)))
    item = PlacedPath(30, 70, outline, Paint(fill=BLACK), -1, clips=(outline[:2],))
    made = turned_item(item, HEIGHT)
    assert isinstance(made, PlacedPath)
    assert points(made, made.outline) == [on_page(*point) for point in points(item, outline)]
    assert points(made, made.clips[0]) == [on_page(*point) for point in points(item, outline[:2])]
    assert [letter for letter, _ in made.outline] == ["M", "L", "C"]


@pytest.mark.parametrize(
    ("turn", "after"),
    [
        (None, (0, -1_000_000)),  # reads upwards
        ((0, 1_000_000), (1_000_000, 0)),  # read downwards, is level
        ((600_000, 800_000), (800_000, -600_000)),
    ],
)
def test_lines_are_turned_with_their_page(
    turn: tuple[int, int] | None, after: tuple[int, int]
) -> None:
    (line,) = set_lines("中文", 4)
    made = turned_item(PlacedLine(30, 70, line, turn=turn), HEIGHT)
    assert isinstance(made, PlacedLine)
    assert (made.x, made.y) == on_page(30, 70)
    assert made.turn == after
