"""What makes a line bad, and how bad: the one place for the numbers of line breaking.

The coin: 1,000 is a line whose gaps are each stretched by a tenth of an em. Looseness grows
with the cube of the mean gap, so a paragraph shares its slack out evenly (Knuth and Plass,
Breaking Paragraphs into Lines). A cost says how loose a line may get before the alternative
is taken: 20,000 is worth a mean gap of 0.27 em, just over the 0.25 em that we call loose.
"""

from __future__ import annotations

from typing import Final

LOOSE: Final = 1_000
"""A line whose mean gap is 0.1 em over natural."""

TIGHT: Final = 150
"""A line that uses up all its marks can give; less goes with the cube of the share."""

OVERFULL: Final = 1_000_000_000
"""A line that sticks out, or is looser than allowed where nothing else can be found."""

RUNT: Final = 4_000_000
"""A last line of one Han character, with or without marks (孤字, GB/T 15834 5.1.11)."""

SPLIT_TOKEN: Final = 20_000
"""A break inside a date, a document number, a number and its unit, a name to keep."""

SPLIT_NUMBER_UNIT: Final = 20_000
"""A break between a number and a Western unit, at the space."""

HYPHEN: Final = 600
"""A hyphenated word."""

CONSECUTIVE_PUSHED: Final = 150
"""A second line in a row that is looser than PUSHED_FROM: white rivers show in rows."""

PUSHED_FROM: Final = 40
"""Mean gap in 1/1000 em from which a line counts as pushed out."""

URL_POINT: Final = 30
"""A break in a URL after / ? & = . and their like."""

URL_INSIDE: Final = 1_000_000
"""A break at any other place of a URL or of a row of characters too long for a line: only
where gaps would be stretched by an em otherwise."""

OVERFULL_EACH: Final = 1_000_000
"""What every further 1/1000 em of an overfull line costs."""

USUAL_LOOSENESS: Final = 100
"""Mean gap in 1/1000 em: how loose the lines are that the breaker looks at first."""

LOOSEST: Final = 250
"""Mean gap in 1/1000 em of the loosest line that still counts as well set (CLREQ names no
figure; a quarter of an em is the widest script gap)."""

ANY_LOOSENESS: Final = 1_000_000
"""No bound."""

ANY: Final = 10**30
"""More than any paragraph costs."""

USUAL_RAG: Final = 400
"""How much of the measure, in 1/1000, a line that is not stretched may leave empty where it
can be fuller."""
