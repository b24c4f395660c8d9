"""Line rules of Microsoft Word for a zh-CN document (``line_breaking: word``).

An office that must keep an old issue's lines needs Word's habits and not good ones. They
differ from the usual rules in what stands here; how lines are filled is in
``layout.wordbreak``. Sources: ECMA-376 and [MS-OI29500] for the lists of marks, the lines of a
real issue for the rest (``bench/wordlines.py`` counts how many agree):

* The script gap is 1/4 em and never shrinks; a line is stretched at all gaps alike.
* Neighbouring marks keep their whole cells. Word halves them only in documents that ask for
  kerning (w:kern); the issue measured does not.
* Marks are neither trimmed at line starts nor at line ends.
* A mark at the line end hangs where it would not fit otherwise, and only as far as it must.
* Dates, numbers with their units and names have no protection.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from brieftex.styled.styles import LineBreaking, LineRules
from brieftex.text.clreq import WORD_HANGING, WORD_NOT_AT_END, WORD_NOT_AT_START
from brieftex.text.shaping import Piece
from brieftex.units import Sp

_SCRIPT_GAP: Final = (250, 250, 250)


def effective(rules: LineRules) -> LineRules:
    """The rules that hold: the theme's, or Word's where lines break as Word breaks them, whose
    marks follow no kinsoku level and no punctuation style of ours."""
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


def hangs(pieces: Sequence[Piece]) -> dict[int, Sp]:
    """How far a line may stand out, by the break it ends at: by its last mark."""
    found: dict[int, Sp] = {}
    for unit, piece in enumerate(pieces):
        if piece.texts and piece.texts[-1] in WORD_HANGING:
            found[unit + 1] = piece.width - piece.xs[-1]
    return found
