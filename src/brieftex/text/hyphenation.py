"""Where English words may be hyphenated: by the patterns of TeX, in pyphen.

The only module that imports pyphen, and only when a word is to be hyphenated: reading the
patterns takes as long as setting several pages.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pyphen import Pyphen

SOFT_HYPHEN: Final = "\u00ad"
"""What the hyphen at a line end stands for (ISO 32000-1, 14.8.2.2.3). PDFium joins the word;
Poppler and MuPDF leave the character, which every program takes for what it is. Of "-" Poppler
and PDFium join the word, but then also one that has a hyphen of its own."""

# Five letters or more, a capital at most at the beginning; nothing that is part of an
# address, a file's name, a compound with a hyphen or a contraction, or that holds digits.
_WORD: Final = re.compile(
    r"(?<![\w@.’'\-/&=?#%~+])[A-Z]?[a-z]{4,}(?![\w@’'\-/=]|[.:?&#%~+]+\w|://)"
)


def may_hyphenate(text: str) -> bool:
    """Whether ``text`` has a word that is long enough."""
    return _WORD.search(text) is not None


def hyphenation_points(text: str) -> list[int]:
    """Offsets in ``text``, without spaces, before which a line may begin after a hyphen: at
    least two letters of a word stay before it, three go after it."""
    return [
        match.start() + point
        for match in _WORD.finditer(text)
        for point in _patterns().positions(match[0])
    ]


@cache
def _patterns() -> Pyphen:
    from pyphen import Pyphen  # noqa: PLC0415  # most builds need none

    return Pyphen(lang="en_US", left=2, right=3)
