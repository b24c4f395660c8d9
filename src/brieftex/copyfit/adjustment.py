"""A theme adjusted in leading, in the space around headings or in its type area.

Such changes serve to reach a number of pages, within the bounds that the theme states (``fit``).
What an issue looks like with them is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from brieftex.document.styles import PageStyle
from brieftex.model.theme import Theme
from brieftex.styled.styles import TextStyle
from brieftex.units import Rect, Sp

_STEPS = (
    ("speaker",),
    ("heading1", "heading2", "heading3", "foreword_heading"),
    ("item",),
    ("section", "foreword_title", "attachment_heading1"),
    ("body", "foreword", "speech", "quotation", "list", "sources"),
)
"""The styles whose vertical space is adjusted, the least conspicuous first."""

_PARTS = 20
"""Leadings that are a multiple of 1/20 of the grid's are taken as relative to it."""


class Adjustment(Struct, frozen=True):
    """What is changed: the lines of a page; the space around headings and paragraphs, in so many
    steps of styles, below 0 for less, above 0 for more; how many characters a line gains or
    loses; the pages over which lines are spread if they would take fewer (0: no matter)."""

    lines: int
    space: int = 0
    characters: int = 0
    pages: int = 0


def unchanged(theme: Theme) -> Adjustment:
    """The adjustment that changes nothing."""
    return Adjustment(theme.page.lines)


def possible_lines(theme: Theme) -> tuple[range, range]:
    """The possible lines of a page: by its leading alone, and by its height as well."""
    least, most = theme.fit.leading
    height = theme.page.type_area.height
    low, high = height - theme.fit.height, height + theme.fit.height
    narrow = [n for n in range(1, 200) if least <= _leading(theme, n, height) <= most]
    wide = [
        n
        for n in range(1, 200)
        if _leading(theme, n, high) >= least and _leading(theme, n, low) <= most
    ]
    own = theme.page.lines
    return _around(narrow, own), _around(wide, own)


def possible_characters(theme: Theme) -> range:
    """The possible changes to the number of characters in a line."""
    most = theme.fit.width // theme.em
    return range(-most, most + 1)


def possible_spaces(theme: Theme) -> tuple[int, ...]:
    """The values of ``Adjustment.space`` that make a difference."""
    found = [0]
    for direction in (-1, 1):
        before = theme.styles
        for steps in range(1, len(_STEPS) + 1):
            styles = {**theme.styles, **dict(_respaced(theme, direction * steps))}
            if styles != before:
                found.append(direction * steps)
            before = styles
    return tuple(sorted(found))


def changed_steps(theme: Theme, steps: int) -> list[int]:
    """Which steps of ``Adjustment.space``, from 0, make a difference."""
    after = dict(_respaced(theme, steps))
    return [
        k
        for k, names in enumerate(_STEPS[: abs(steps)])
        if any(after[name] != theme.styles[name] for name in names)
    ]


def refitted(theme: Theme, change: Adjustment) -> Theme:
    """``theme`` with the change applied."""
    page = _page(theme, change)
    styles = dict(theme.styles)
    if change.space:
        styles |= dict(_respaced(theme, change.space))
    if page.leading != theme.page.leading:
        styles = {
            name: replace(style, leading=_scaled(style.leading, theme.page.leading, page.leading))
            for name, style in styles.items()
        }
    return replace(theme, page=page, styles=styles)


def _leading(theme: Theme, lines: int, height: Sp) -> Sp:
    if theme.page.overhang and lines > 1:  # below the last line there is no line gap
        return (height - theme.em) // (lines - 1)
    return height // lines


def _around(values: list[int], own: int) -> range:
    """The range of the values, extended to include the theme's own."""
    return range(min([own, *values]), max([own, *values]) + 1)


def _page(theme: Theme, change: Adjustment) -> PageStyle:
    """The page style. Where the leading would exceed its bounds, the height of the type area
    changes, as little as possible and equally at its top and foot."""
    page, area = theme.page, theme.page.type_area
    leading, height = page.leading, area.height
    if change.lines != page.lines:
        least, most = theme.fit.leading
        leading = min(max(_leading(theme, change.lines, height), least), most)
        height = leading * change.lines
        if page.overhang:
            height += theme.em - leading
    width = area.width + change.characters * theme.em
    left, top = (width - area.width) // 2, _shift(height, area.height)
    return replace(
        page,
        type_area=Rect(area.x - left, area.y - top, width, height),
        leading=leading,
        lines=change.lines,
    )


def _shift(height: Sp, before: Sp) -> Sp:
    """By how much higher the type area begins, ignoring differences of rounding."""
    return (height - before) // 2 if abs(height - before) > 200 else 0


def _scaled(length: Sp, before: Sp, after: Sp) -> Sp:
    """A leading that is relative to the grid, on another grid; any other is unchanged."""
    parts = (2 * length * _PARTS + before) // (2 * before)
    if abs(length * _PARTS - parts * before) >= _PARTS:
        return length
    return parts * after // _PARTS


def _respaced(theme: Theme, steps: int) -> Iterator[tuple[str, TextStyle]]:
    """The styles of these steps with more or, for negative ``steps``, less space: one empty line,
    within the bounds of the theme, and half of their own space before and after."""
    direction = 1 if steps > 0 else -1
    least, most = theme.fit.space
    for name in (name for step in _STEPS[: abs(steps)] for name in step):
        style = theme.styles[name]
        space = style.space
        if space:
            space = min(max(space + direction, min(space, least)), max(space, most))
        half = direction if least < most else 0  # otherwise the theme does not let them change
        above, below = (length + half * length // 2 for length in (style.before, style.after))
        yield name, replace(style, space=space, before=above, after=below)
