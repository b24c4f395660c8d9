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

TIGHT: Final = 60
"""A line that uses up all its marks can give; less goes with the cube of the share. As much as
one whose gaps are wider by 0.04 em: a line without any blank behind its marks is seen sooner."""

PREFERRED_STRETCH: Final = 10
"""A line that stretches its word and script gaps to their widest, as TIGHT."""

STRAINED: Final = 250_000
"""A line looser than GOOD: dearer than one split token, cheaper than two."""

TOO_LOOSE: Final = 3_000_000
"""A line looser than LOOSEST, with TOO_LOOSE_EACH for every 1/1000 em."""

TOO_LOOSE_EACH: Final = 20_000

OVERFULL: Final = 1_000_000_000
"""A line that sticks out, or is looser than allowed where nothing else can be found."""

RUNT: Final = 6_000_000
"""A last line of one Han character, with or without marks (孤字, GB/T 15834 5.1.11)."""

SPLIT_TOKEN: Final = 200_000
"""A break inside a date, a document number, a number and its unit, a name to keep."""

SPLIT_NUMBER_UNIT: Final = 20_000
"""A break between a number and a Western unit, at the space."""

HYPHEN: Final = 600
"""A hyphenated word."""

SLASH: Final = 40
"""A break after the slash between two words or in a path."""

CODE: Final = 700
"""A break after a hyphen of a code or a document's number."""

CONSECUTIVE_PUSHED: Final = 150
"""A second line in a row that is looser than PUSHED_FROM: white rivers show in rows."""

PUSHED_FROM: Final = 40
"""Mean gap in 1/1000 em from which a line counts as pushed out."""

URL_POINT: Final = 30
"""A break in a URL after / ? & = . and their like."""

CODE_IN_CELL: Final = 10_000
"""A break in a code that stands in a cell of a table: dearer than any rag, so that it is broken
only where the column has no room for it."""

URL_INSIDE: Final = 1_000_000
"""A break at any other place of a URL or of a row of characters too long for a line: only
where gaps would be stretched by an em otherwise."""

OVERFULL_EACH: Final = 1_000_000
"""What every further 1/1000 em of an overfull line costs."""

GOOD: Final = 125
"""Mean gap in 1/1000 em of the loosest line that is taken to keep a token whole: half of
LOOSEST, 3.4 characters in a line of 28."""

LOOSEST: Final = 250
"""Mean gap in 1/1000 em of the loosest line that still counts as well set (CLREQ names no
figure; a quarter of an em is the widest script gap)."""

ANY_LOOSENESS: Final = 1_000_000
"""No bound."""

ANY: Final = 10**30
"""More than any paragraph costs."""

# --- Titles (layout.titlebreak). The coin is another: 100 is a line end between two words. ---

TITLE_NEVER: Final = 100_000
"""From here on a line end is so bad that a further line is better."""

TITLE_IN_WORD: Final = 200_000
"""Inside a word, a date or number, a name to keep."""

TITLE_CLITIC: Final = 150_000
"""A line that begins with 的, 和, 等 and their like."""

TITLE_LONE: Final = 1_000_000
"""A line of one Han character."""

TITLE_PLAIN: Final = 100
"""Between two words."""

TITLE_AFTER_STOP: Final = 20
"""After ， ： and their like."""

TITLE_AFTER_DE: Final = 70
"""After 的."""

TITLE_OPENER: Final = 40
"""Before 关于, 在, 对, 《: a phrase begins."""

TITLE_MODIFIER: Final = 350
"""After an adverb, a number, 大型: what belongs to what follows."""

TITLE_IN_PAIR: Final = 100
"""More between the first and the second of two words of two characters."""

TITLE_LEADING: Final = 500
"""After 关于, 和, 对 and their like; before （."""

TITLE_AFTER_PAUSE: Final = 200
"""After 、."""

TITLE_SINGLE: Final = 250
"""More for each of the two words that is one character: most often it is part of one."""

TITLE_SINGLE_VERB: Final = 100
"""More if one of the words is a verb of one character."""

TITLE_ENCLOSED_SHORT: Final = 600
"""More within brackets or quotation marks around few characters."""

TITLE_ENCLOSED: Final = 250
"""More within brackets or quotation marks around many."""

TITLE_EQUAL: Final = 50
"""Two lines of one length: a rectangle, neither trapezium nor lozenge."""

TITLE_STEP: Final = 100
"""A step from line to line as long as the measure, at even price."""

TITLE_STEP_MOST: Final = 300
"""In 1/1000 of the measure, the longest step that still makes a good shape."""

TITLE_STEEP: Final = 6_000
"""A step longer than that by the whole measure; grows with the square."""

TITLE_WAIST: Final = 300
"""A line shorter than the lines above and below it: an hour-glass."""
