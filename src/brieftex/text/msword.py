"""Line rules of Microsoft Word for a zh-CN document (``line_breaking: word``).

An office that must keep the line ends of an old issue needs Word's rules, good or not. This module
has what differs from the usual rules; how lines are filled is in ``layout.lines.msword``. Sources:
ECMA-376 and [MS-OI29500] for the lists of marks, the lines of a real issue for the rest
(``bench/wordlines.py`` counts how many agree):

* The script gap is 1/4 em and never shrinks; all gaps of a line stretch alike.
* Adjacent marks keep full cells. Word squeezes them only in documents that ask for
  kerning (w:kern); the issue measured does not.
* Marks are trimmed neither at line starts nor at line ends.
* A mark at a line end hangs only if it would not fit, and no farther than necessary.
* Dates, numbers with units and names are not kept whole.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from brieftex.styled.styles import LineBreaking, LineRules
from brieftex.text.clreq import WORD_HANGING, WORD_NOT_AT_END, WORD_NOT_AT_START
from brieftex.text.pieces import Piece
from brieftex.units import Sp

_SCRIPT_GAP: Final = (250, 250, 250)


def effective(rules: LineRules) -> LineRules:
    """The rules in effect: the theme's, or Word's where lines are broken as in Word, to which no
    kinsoku level and no punctuation style of the theme applies."""
    if rules.breaking is not LineBreaking.WORD:
        return rules
    return LineRules(
        breaking=LineBreaking.WORD,
        script_gap=_SCRIPT_GAP,
        trim_start=False,
        codes=rules.codes,
    )


def forbidden(text: str, starts: Sequence[int]) -> Iterator[int]:
    """Breaks that Word's lists forbid; unit i begins at offset ``starts[i]`` of ``text``."""
    for offset, char in enumerate(text):
        if char in WORD_NOT_AT_START:
            unit = bisect_left(starts, offset)
            if starts[unit] == offset:
                yield unit
        if char in WORD_NOT_AT_END:
            unit = bisect_right(starts, offset)
            if not text[offset + 1 : starts[unit]].strip():
                yield unit


def hangs(pieces: Iterable[Piece]) -> dict[int, Sp]:
    """How far the last mark of a line may hang, by the break that ends the line, Sp."""
    found: dict[int, Sp] = {}
    for unit, piece in enumerate(pieces):
        if piece.texts and piece.texts[-1] in WORD_HANGING:
            found[unit + 1] = piece.width - piece.xs[-1]
    return found
