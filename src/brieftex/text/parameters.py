"""The demerits of lines and breaks: all parameters of line breaking in one place.

The scale: 1,000 demerits are those of a line whose gaps are each stretched by a tenth of an em.
Demerits grow with the cube of the mean stretch, so that slack is spread evenly over a paragraph
(Knuth and Plass, Breaking Paragraphs into Lines). A penalty says how loose a line may become
before a break is preferred: 20,000 equals a mean stretch of 0.27 em, just over the 0.25 em at
which a line counts as loose.
"""

from __future__ import annotations

from typing import Final

LOOSE: Final = 1_000
"""A line whose gaps are stretched by 0.1 em on average."""

TIGHT: Final = 60
"""A line shrunk as far as possible; less shrinking counts by the cube of its share. It equals gaps
stretched by 0.04 em, which are noticed less than marks without any blank."""

PREFERRED_STRETCH: Final = 10
"""A line whose word and script gaps are at their widest; growth as for TIGHT."""

STRAINED: Final = 250_000
"""A line looser than GOOD: worse than one split token, better than two."""

TOO_LOOSE: Final = 3_000_000
"""A line looser than LOOSEST, with TOO_LOOSE_EACH for every 1/1000 em."""

TOO_LOOSE_EACH: Final = 20_000

OVERFULL: Final = 1_000_000_000
"""An overfull line, or one looser than allowed where no other is feasible."""

RUNT_DEMERITS: Final = 6_000_000
"""A runt, a last line of one Han character, marks aside (孤字, GB/T 15834 5.1.11)."""

TOKEN_BREAK: Final = 200_000
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
"""A second consecutive line looser than PUSHED_FROM: consecutive loose lines make rivers."""

PUSHED_FROM: Final = 40
"""The mean stretch in 1/1000 em above which a line counts as pushed out."""

URL_POINT: Final = 30
"""A break in a URL after / ? & = . and their like."""

CODE_IN_CELL: Final = 10_000
"""A break in a code in a table cell: worse than any rag, so that a code is broken only where its
column is too narrow for it."""

URL_INSIDE: Final = 1_000_000
"""A break at any other place of a URL, or of a string too long for a line: only where gaps would
otherwise be stretched by an em."""

OVERFULL_EACH: Final = 1_000_000
"""For every 1/1000 em by which a line is overfull."""

GOOD: Final = 125
"""The mean stretch in 1/1000 em of the loosest line accepted to keep a token whole: half of
LOOSEST, 3.4 characters in a line of 28."""

LOOSEST: Final = 250
"""The mean stretch in 1/1000 em of the loosest line that counts as well set (CLREQ gives no
figure; a quarter of an em is the widest script gap)."""

ANY_LOOSENESS: Final = 1_000_000
"""Stands for no limit of looseness."""

INFINITE: Final = 10**30
"""More demerits than any paragraph has."""

# --- Titles (layout.lines.titlebreak). The scale differs: 100 is a break between two words. ---

TITLE_NEVER: Final = 100_000
"""With these demerits or more, another line is better."""

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
"""After an adverb, a number, 大型 and other modifiers of what follows."""

TITLE_IN_PAIR: Final = 100
"""Added between the first and the second of two words of two characters."""

TITLE_LEADING: Final = 500
"""After 关于, 和, 对 and their like; before （."""

TITLE_AFTER_PAUSE: Final = 200
"""After 、."""

TITLE_SINGLE: Final = 250
"""Added for each of the two words that is a single character, most often part of a word."""

TITLE_SINGLE_VERB: Final = 100
"""Added if one of the words is a verb of one character."""

TITLE_ENCLOSED_SHORT: Final = 600
"""Added within brackets or quotation marks around few characters."""

TITLE_ENCLOSED: Final = 250
"""Added within brackets or quotation marks around many characters."""

TITLE_EQUAL: Final = 50
"""Two lines of equal length: a rectangle, neither trapezium nor lozenge."""

TITLE_STEP: Final = 100
"""A step between lines as long as the measure; shorter ones in proportion."""

TITLE_STEP_MOST: Final = 300
"""The longest step that makes a good shape, in 1/1000 of the measure."""

TITLE_STEEP: Final = 6_000
"""A step longer than that by the whole measure; shorter ones by the square."""

TITLE_WAIST: Final = 300
"""A line shorter than both its neighbours: an hourglass."""
