"""Stars that multiply: 600*800*1200mm, 长*宽*高, 3米*4米*5米, 100元*3人*2天.

Markdown would take the first two of a row for emphasis and print 6008001200mm. Nobody emphasises
the middle of a number or of a Western word, so such a star is printed as it is; 请*务必*到会 and
共*5*项 stay what they are.
"""

from __future__ import annotations

from typing import Final

from brieftex.patterns import late

_UNIT = r"(?:[A-Za-z/]{1,4}|[㎎-㏿%％℃°]|[一-鿿](?:/[一-鿿])?)"
_TIMES: Final = late(
    r"[0-9A-Za-z]\*[0-9A-Za-z]"
    r"|[0-9][)）]?\*[0-9(（]"
    # Behind a quantity comes another one, and then what does not go on as a sentence would.
    rf"|[0-9]\s?{_UNIT}\*[0-9][0-9.,]*\s?{_UNIT}?(?=[*=＝×，。；、：）)\s]|\Z)"
    r"|[长宽高厚深径]\*[长宽高厚深径]"
)
_REACH = 7
"""Characters before the star that are looked at: a digit, a space and a unit."""


def is_times_sign(text: str, at: int) -> bool:
    """Whether the lone star at ``at`` stands between two things that are multiplied."""
    return any(
        _TIMES.match(text, start)
        for start in range(max(0, at - _REACH), at)
        if "*" not in text[start:at]
    )
