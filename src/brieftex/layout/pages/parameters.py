"""What a page break costs, and nothing else decides between two ways to break pages.

The costs are of five sizes, each far above all that can add up below it on the pages of a
section: what must not be, what a reader stumbles over, holes, what is merely unpleasant, and
the few empty lines by which any page may be short.
"""

from __future__ import annotations

from typing import Final

OVERFULL: Final = 10_000_000_000
"""Something taller than the page."""

FORBIDDEN: Final = 1_000_000_000
"""Parts what belongs together: a heading from its text (CLREQ: at least one line of body
follows it), a caption from its table, the lines of a title."""

WIDOW: Final = 1_200_000
"""A paragraph's last line alone at a page's top (CLREQ 孤行, the worse of the two)."""

ORPHAN: Final = 1_000_000
"""A paragraph's first line alone at a page's foot."""

LONE_ROW: Final = 1_000_000
"""The first or the last row of a table alone on a page."""

FOOT_ALONE: Final = 100_000
"""The colophon on a page without text, which looks like a mistake."""

UNDERFULL: Final = 30_000
"""A page of which more than one part in EMPTY_SHARE is empty, though more text follows."""
EMPTY_SHARE: Final = 5

IDLE: Final = 2 * UNDERFULL
"""… and what follows would have room on it: two pages half full instead of one."""

SHORT_LAST: Final = 1_000
"""Each line that the last page, or one before a page break asked for, has less than the theme
wants."""

TORN_ROW: Final = 2_000
"""A table's row is continued on the next page."""

TORN_TABLE: Final = 30
"""A page ends between two rows: better before the table, if it costs nothing."""

SPLIT_NOTE: Final = 1_500
"""A footnote is continued on the next page."""

FLOAT: Final = 600
"""A figure goes to the next page's top, away from where it is spoken of."""

FLOAT_OVER_HEADING: Final = 2_000
"""… and what comes before it now has a heading of its own."""

EMPTY_LINE: Final = 8
"""A page's first missing line; more lines go with the cube."""


def empty(lines: int) -> int:
    """What ``lines`` missing at the foot of a page cost, but for UNDERFULL."""
    return EMPTY_LINE * lines**3
