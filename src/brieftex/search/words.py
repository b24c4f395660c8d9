"""What is searched for, as tokens: a Han character each, other letters and digits by words.

SQLite's own tokenizers find nothing shorter than three Han characters, or only whole sentences;
with a blank on both sides, each character is a token, and a word is a phrase of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from typing import Any

from brieftex.patterns import late

# Ideographs of the planes 0, 2 and 3, kana and bopomofo.
_IDEOGRAPHS = (
    r"\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u312f\u3400-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003fffd"
)
_HAN = late(rf"([{_IDEOGRAPHS}])")
# Case counts here, since ideographs have none: else Python looks at each of them, for milliseconds.
_LETTER = rf"(?-i:[^\W_{_IDEOGRAPHS}])"

BETWEEN_PASSAGES = "\U0002fa1d"
"""A token between passages, so that no word is found across them: the last ideograph of its
block (U+2FA1D), which no issue has."""

_MOST_VARIANTS = 64


def indexed(text: str) -> str:
    """``text`` with blanks around each Han character, as it is indexed."""
    return _HAN.sub(r" \1 ", text)


def phrase(word: str) -> str:
    """A word as a phrase of SQLite's FTS5; "" if it has nothing that can be looked for."""
    found = indexed(word).replace('"', " ").strip()
    return f'"{found}"' if re.search(r"\w", found) else ""


def pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Finds any of the words in a passage, whatever blanks stand in it."""
    ways = sorted({_way(word) for word in words}, key=len, reverse=True)
    return re.compile("|".join(ways), re.IGNORECASE)


def _way(word: str) -> str:
    """The word as FTS5 takes it: its tokens, with anything between them that is neither letter
    nor digit; two runs of letters have to be apart."""
    parts = re.findall(rf"[{_IDEOGRAPHS}]|{_LETTER}+", word)
    way, letters = "", False
    for part in parts:
        before, letters = letters, _HAN.fullmatch(part) is None
        between = r"[\W_]+" if before and letters else r"[\W_]*" if way else ""
        edge = rf"(?<!{_LETTER})" if letters else ""
        way += between + edge + re.escape(part) + (rf"(?!{_LETTER})" if letters else "")
    return way


@cache
def _converter(manner: str) -> Any:
    """OpenCC's converter, whose words take as long to load as a search takes; of no more than the
    two manners below. Raises ImportError without OpenCC."""
    from opencc import OpenCC  # noqa: PLC0415  # an extra, and only here

    return OpenCC(manner)


def variants_of(word: str) -> tuple[str, ...]:
    """The word in other forms: full and half width, and, where OpenCC is installed, simplified
    and traditional characters. Raises ImportError without OpenCC."""
    simple, full = _converter("t2s").convert(word), _converter("s2t").convert(word)
    found = dict.fromkeys((word, simple, full))
    # A character may have several traditional forms: 发 is 發 and 髮.
    choices = [dict.fromkeys((*chars,)) for chars in zip(word, simple, full, strict=False)]
    if len(word) == len(simple) == len(full):
        for made in product(*choices):
            found["".join(made)] = None
            if len(found) >= _MOST_VARIANTS:
                break
    return tuple(dict.fromkeys(width for one in found for width in _widths(one)))


def _widths(word: str) -> Iterator[str]:
    yield word
    yield unicodedata.normalize("NFKC", word)
    yield "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in word)
