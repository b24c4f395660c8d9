"""Stars that multiply: 600*800*1200mm, 3米*4米*5米, 100元*3人*2天, 长*宽*高, 单价*数量*天数.

Markdown would take the first two of a row for emphasis and print 6008001200mm. Nobody emphasises
the middle of a number or of a Western word, so such a star is printed as it is, as is one between
two quantities by name; 请*务必*到会 and 共*5*项 stay what they are.
"""

from __future__ import annotations

from typing import Final

from brieftex.patterns import late

_UNIT = r"(?:[A-Za-z/]{1,4}|[㎎-㏿%％℃°]|[一-鿿](?:/[一-鿿])?)"
_WORD = "0-9A-Za-z０-９Ａ-Ｚａ-ｚ"
_NAMED = "长宽高厚深径度积量重数价额费率准"  # what the name of a quantity ends with
_TIMES: Final = late(
    rf"[{_WORD}][)）]?\*[{_WORD}]"
    rf"|(?:[0-9０-９]|[{_WORD}][)）]|[一-鿿][)）])\*[(（]"
    # Behind a quantity comes another one, and then what does not go on as a sentence would.
    rf"|[0-9]\s?{_UNIT}\*[0-9][0-9.,]*\s?{_UNIT}?(?=[*=＝×，。；、：）)\s]|\Z)"
    rf"|[{_NAMED}]\*[一-鿿]{{0,3}}[{_NAMED}]"
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
