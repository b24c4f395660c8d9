"""Where English words may be hyphenated, by TeX's patterns as packaged in pyphen.

pyphen is imported here alone, and only when a word is to be hyphenated: reading its patterns takes
as long as setting several pages.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from brieftex.patterns import late

if TYPE_CHECKING:
    from pyphen import Pyphen

SOFT_HYPHEN: Final = "\u00ad"
"""The text of a hyphen added at a line end (ISO 32000-1, 14.8.2.2.3). PDFium joins the word;
Poppler and MuPDF keep the soft hyphen, which programs recognise as such. With "-", Poppler and
PDFium would join the word, but also words with a hyphen of their own."""

# Five letters or more, a capital only at the beginning; not part of a URL, a file name, a
# hyphenated compound or a contraction, and without digits.
_WORD: Final = late(r"(?<![\w@.’'\-/&=?#%~+])[A-Z]?[a-z]{4,}(?![\w@’'\-/=]|[.:?&#%~+]+\w|://)")

_LETTERS: Final = late("[a-z][a-z]{3}")
"""What each has, and what little of Chinese text has: it is soon looked for."""


def may_hyphenate(text: str) -> bool:
    """Whether ``text`` has a word that could be hyphenated."""
    return _LETTERS.search(text) is not None and _WORD.search(text) is not None


def hyphenation_points(text: str) -> list[int]:
    """The offsets at which ``text``, which has no spaces, may be hyphenated: at least two letters
    of a word are left before the hyphen, three after it."""
    return [
        match.start() + point
        for match in _WORD.finditer(text)
        for point in _patterns().positions(match[0])
    ]


@cache
def _patterns() -> Pyphen:
    from pyphen import Pyphen  # noqa: PLC0415  # most builds need none

    return Pyphen(lang="en_US", left=2, right=3)
