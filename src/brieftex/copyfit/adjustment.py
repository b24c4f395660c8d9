"""A theme with another leading, other white around headings or another type area.

For the sake of a number of pages, within the bounds that the theme states (``fit``).
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
"""The styles whose white changes, the least conspicuous first."""

_PARTS = 20
"""Leadings that are a twentieth of the grid's or several are meant in lines of it."""


class Adjustment(Struct, frozen=True):
    """What is changed: the lines of a page; the white around headings and paragraphs, of so
    many steps of styles, below 0 less, above 0 more; how many characters a line has more or
    less; how many pages the lines are spread over, where they would be fewer (0: no matter)."""

    lines: int
    space: int = 0
    characters: int = 0
    pages: int = 0


def unchanged(theme: Theme) -> Adjustment:
    """The adjustment that changes nothing."""
    return Adjustment(theme.page.lines)


def possible_lines(theme: Theme) -> tuple[range, range]:
    """The numbers of lines that a page can have by its leading alone, and with its height."""
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
    """By how many characters a line can be shorter and longer."""
    most = theme.fit.width // theme.em
    return range(-most, most + 1)


def possible_spaces(theme: Theme) -> tuple[int, ...]:
    """The values that ``Adjustment.space`` can have, each with an effect of its own."""
    found = [0]
    for way in (-1, 1):
        before = theme.styles
        for steps in range(1, len(_STEPS) + 1):
            styles = {**theme.styles, **dict(_respaced(theme, way * steps))}
            if styles != before:
                found.append(way * steps)
            before = styles
    return tuple(sorted(found))


def changed_steps(theme: Theme, steps: int) -> list[int]:
    """Which of the steps of ``Adjustment.space``, from 0, have an effect."""
    after = dict(_respaced(theme, steps))
    return [
        k
        for k, names in enumerate(_STEPS[: abs(steps)])
        if any(after[name] != theme.styles[name] for name in names)
    ]


def refitted(theme: Theme, change: Adjustment) -> Theme:
    """``theme`` so changed."""
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
    if theme.page.overhang and lines > 1:  # the last line has no white below its characters
        return (height - theme.em) // (lines - 1)
    return height // lines


def _around(values: list[int], own: int) -> range:
    """The values as a range that holds the theme's own."""
    return range(min([own, *values]), max([own, *values]) + 1)


def _page(theme: Theme, change: Adjustment) -> PageStyle:
    """The page; where the leading would pass its bounds the type area gives way, as little
    as will do and as much at its top as at its foot."""
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
    """How much higher the type area begins. What whole scaled points lose does not count."""
    return (height - before) // 2 if abs(height - before) > 200 else 0


def _scaled(length: Sp, before: Sp, after: Sp) -> Sp:
    """A leading in lines of the grid on another grid; any other stays."""
    parts = (2 * length * _PARTS + before) // (2 * before)
    if abs(length * _PARTS - parts * before) >= _PARTS:
        return length
    return parts * after // _PARTS


def _respaced(theme: Theme, steps: int) -> Iterator[tuple[str, TextStyle]]:
    """The styles of these steps with less or more white above and below: an empty line, and
    half of what is shared out around their lines."""
    way = 1 if steps > 0 else -1
    least, most = theme.fit.space
    for name in (name for step in _STEPS[: abs(steps)] for name in step):
        style = theme.styles[name]
        space = style.space
        if space:
            space = min(max(space + way, min(space, least)), max(space, most))
        half = way if least < most else 0  # else the theme wants them as they are
        above, below = (length + half * length // 2 for length in (style.before, style.after))
        yield name, replace(style, space=space, before=above, after=below)
