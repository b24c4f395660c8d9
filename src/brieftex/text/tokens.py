"""Tokens that a line should hold whole, and where Western text may break.

None of these is a hard rule: each break inside a token has a cost (``text.costs``), so a
token is split only where the line would otherwise be worse than the split.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from brieftex.text import parameters
from brieftex.text.clreq import WESTERN_NOT_AT_START

_NUMBER: Final = r"\d[\d,.]*"
_MEASURE: Final = (
    r"(?:个百分点|百分点|平方米|立方米|公里|千米|千克|人次|人份|课时|学时|学分|小时|分钟|余?[万亿千]{1,2}余?[元人次项个件台套册亩吨份篇名家所美户]?次?|"
    r"周年|[年月日元人次项个件台套册亩吨份篇名家所届期号页条款批轮岁倍天周岁户门种级位时分秒米类组期场])"
)

_TOKENS: Final = re.compile(
    "|".join(
        (
            r"\d{1,4}年(?:\d{1,2}月(?:\d{1,2}日)?)?",  # 2024年3月5日
            r"\d{1,2}月\d{1,2}日",
            r"[\u4e00-\u9fff]{0,3}〔\d{4}〕\d+号",  # 国办发〔2024〕3号
            rf"第[\d一二三四五六七八九十百]+{_MEASURE}",  # 第12期
            rf"[￥¥$£€№]?{_NUMBER}[%％‰]?[～—–\-]{_NUMBER}[%％‰]?{_MEASURE}?",  # 15%～30%
            rf"{_NUMBER}\s?{_MEASURE}",  # 12.6万人次
            rf"{_NUMBER}\s?(?:[%％‰℃℉°′″㎡]|[A-Za-zµΩ]{{1,3}}(?:[·/][A-Za-z]{{1,2}})?[²³]?(?![A-Za-z]))",
            r"(?:附件|附表|附图|图|表|第)\d+",  # 附件2
        )
    )
)

_URL: Final = re.compile(r"(?:https?://|mailto:|www\.)\S+")
_ADDRESS: Final = re.compile(r"\S*[A-Za-z0-9]@[A-Za-z0-9]\S*")
_URL_POINT: Final = re.compile(r"[/?&=#._%:~+,;](?![/?&=#._%:~+,;])|(?<!-)(?=-)")
LONG_WORD: Final = 24
"""Western rows longer than this may break anywhere at a cost: no measure may hold them."""


def tokens(text: str, keep: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Offsets (start, end) of what should stay whole: by pattern, or listed in ``keep``."""
    for match in _TOKENS.finditer(text):
        yield match.span()
    for word in keep:
        start = text.find(word)
        while start >= 0:
            yield start, start + len(word)
            start = text.find(word, start + len(word))


def western_breaks(word: str) -> list[tuple[int, int]]:
    """Where a Western word without spaces may break: (offset, cost), ascending.

    URLs after / ? & = . and their like, or before a hyphen, elsewhere at a high cost; never
    after a hyphen, which readers of the PDF would take for the printer's and drop. Other words
    after a hyphen between letters. ``://`` holds together.
    """
    url = _URL.search(word) or _ADDRESS.fullmatch(word)
    if url is not None:
        start = url.start()
        return [(start + offset, demerits) for offset, demerits in _url_breaks(url[0])]
    if len(word) > LONG_WORD:
        return [
            (offset, parameters.URL_INSIDE)
            for offset in range(1, len(word))
            if word[offset] not in WESTERN_NOT_AT_START
        ]
    return [(m.end(), 0) for m in re.finditer(r"(?<=[A-Za-z]{2})-(?=[A-Za-z]{2})", word)]


def _url_breaks(url: str) -> list[tuple[int, int]]:
    head = url.find("://") + 3 if "://" in url else url.find(":") + 1
    points = {match.end() for match in _URL_POINT.finditer(url)}
    return [
        (offset, parameters.URL_POINT if offset in points else parameters.URL_INSIDE)
        for offset in range(head + 1, len(url))
        if url[offset - 1] != "-" and url[offset] not in WESTERN_NOT_AT_START
    ]
