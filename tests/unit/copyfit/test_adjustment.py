from __future__ import annotations

from pathlib import Path

from helpers.cases import each

from brieftex.copyfit.adjustment import (
    Adjustment,
    changed_steps,
    possible_characters,
    possible_lines,
    possible_spaces,
    refitted,
    unchanged,
)
from brieftex.input.theme import Theme, load_theme, theme_names
from brieftex.units import mm


def theme(name: str) -> Theme:
    return load_theme(name, Path())


@each("name", theme_names())
def test_nothing_changed_is_the_same_theme(name: str) -> None:
    assert refitted(theme(name), unchanged(theme(name))) == theme(name)


@each("name", theme_names())
def test_every_possible_leading_keeps_the_grid(name: str) -> None:
    """Ensures that body text fills exactly a line of the new grid, that what was half a line
    is no more than half of one, and that the page holds its lines."""
    own = theme(name)
    for lines in possible_lines(own)[1]:
        made = refitted(own, Adjustment(lines))
        leading = made.page.leading
        assert made.styles["body"].leading == leading
        for key, style in made.styles.items():
            before = own.styles[key].leading
            if before * 2 in {own.page.leading, own.page.leading - 1}:
                assert style.leading * 2 <= leading, key
        white = own.em - leading if own.page.overhang else 0
        assert made.page.type_area.height == leading * lines + white


@each("name", theme_names())
def test_bounds_are_kept(name: str) -> None:
    """Ensures that neither leading nor type area passes what the theme states, and that every
    theme can change something."""
    own = theme(name)
    narrow, wide = possible_lines(own)
    assert set(narrow) <= set(wide)
    assert len(narrow) > 1
    least, most = own.fit.leading
    for lines in wide:
        page = refitted(own, Adjustment(lines)).page
        assert least <= page.leading <= most
        assert abs(page.type_area.height - own.page.type_area.height) <= own.fit.height + 200
    for more in possible_characters(own):
        area = refitted(own, Adjustment(own.page.lines, 0, more)).page.type_area
        assert area.width == own.page.type_area.width + more * own.em
        assert abs(area.width - own.page.type_area.width) <= own.fit.width


def test_the_default_theme() -> None:
    """Ensures what an editor can expect: 20 to 24 lines by the leading alone, 25 with a higher
    type area, a character more or less."""
    narrow, wide = possible_lines(theme("briefing"))
    assert (narrow[0], narrow[-1], wide[-1]) == (20, 24, 25)
    assert list(possible_characters(theme("briefing"))) == [-1, 0, 1]
    area = refitted(theme("briefing"), Adjustment(25)).page.type_area
    assert area.y < mm(37)
    assert area.y + area.height > mm(262)


def test_the_official_theme_keeps_its_places() -> None:
    """Ensures that GB/T 9704's type area stays where it is."""
    own = theme("official")
    for lines in possible_lines(own)[1]:
        area = refitted(own, Adjustment(lines)).page.type_area
        assert (area.x, area.y) == (own.page.type_area.x, own.page.type_area.y)
    assert list(possible_characters(own)) == [0]


def test_white_changes_step_by_step() -> None:
    """Ensures that the least conspicuous headings change first, each step with an effect, and
    no further than the theme lets them."""
    own = theme("briefing")
    for steps in possible_spaces(own):
        made = refitted(own, Adjustment(own.page.lines, steps))
        changed = {key for key in own.styles if made.styles[key] != own.styles[key]}
        assert bool(changed) == bool(steps)
        assert bool(changed_steps(own, steps)) == bool(steps)
        for key in changed:
            least, most = own.fit.space
            assert least <= made.styles[key].space <= most
    assert refitted(own, Adjustment(22, 1)).styles["item"] == own.styles["item"]
