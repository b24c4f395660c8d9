"""The demerits of pages, which alone decide between two ways of breaking them.

They are of five orders of magnitude, each far above what the lower ones can add up to within a
section: what must not happen, what makes a reader stumble, holes, what is merely unpleasant, and
the few empty lines by which any page may be short.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

OVERFULL_PAGE: Final = 10_000_000_000
"""A box is taller than the page."""

FORBIDDEN: Final = 1_000_000_000
"""The break separates what belongs together: a heading from its text (CLREQ: at least one line
of body follows it), a caption from its table, the lines of a title."""

WIDOW: Final = 1_200_000
"""A widow, a paragraph's last line alone at the top of a page (CLREQ 孤行, the worse one)."""

ORPHAN: Final = 1_000_000
"""An orphan, a paragraph's first line alone at the foot of a page."""

LONE_ROW: Final = 1_000_000
"""The first or the last row of a table alone on a page."""

FOOT_ALONE: Final = 100_000
"""The colophon on a page without text, which looks like a mistake."""

UNDERFULL: Final = 30_000
"""More than 1/EMPTY_SHARE of a page is empty although more text follows."""
EMPTY_SHARE: Final = 5

IDLE: Final = 2 * UNDERFULL
"""… although what follows would fit on it: two pages half full instead of one full page."""

SHORT_LAST: Final = 1_000
"""For each line by which the last page, or one before a forced break, falls short of the
theme's minimum."""

SPLIT_ROW: Final = 2_000
"""A table row is continued on the next page."""

SPLIT_TABLE: Final = 30
"""A page ends between two rows: a break before the table is better if nothing speaks
against it."""

SPLIT_NOTE: Final = 1_500
"""A footnote is continued on the next page."""

FLOAT: Final = 600
"""A figure floats to the top of the next page, away from where the text refers to it."""

FLOAT_OVER_HEADING: Final = 2_000
"""… and past a heading, out of its own section."""

EMPTY_LINE: Final = 8
"""The first line by which a page is short; the demerits grow with the cube of the lines."""


def empty(lines: int) -> int:
    """The demerits of a page that is ``lines`` lines short, without UNDERFULL."""
    return EMPTY_LINE * lines**3


_ALL_LINES = 10_000
"""More than any page has."""


def lines_of(demerits: int) -> int:
    """The least number of empty lines that have so many."""
    return bisect_left(range(_ALL_LINES), demerits, key=empty)
