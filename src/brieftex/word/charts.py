"""The description of a chart in a document of ours says every number, so that a chart comes back
from it: only where the same words would be said of it again."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

from brieftex.compose.charts import UNKNOWN_AMOUNT, chart_in_words
from brieftex.diagnostics import Span
from brieftex.input.issue.charts import KINDS, UNITS
from brieftex.model.content import Amount, Chart, Inline, Series
from brieftex.patterns import late

_HEAD = late(
    rf"(堆叠)?({'|'.join(KINDS.values())})(?:：((?:(?!（单位：)[^。])*))?(?:（单位：([^（）]*)）)?。"
)
_VALUE = late(r"(.+?)为([^（为]+?)(?:（占[\d.]+%）)?")
_BARE = late(r"(.+?)(数据不详)")
_NUMBER = late(r"([+\-\u2212\u2013]?)\s*(\d[\d,]{0,20}(?:\.\d{1,15})?)\s*(\D{0,2})")


def is_chart(alt: str) -> bool:
    """Whether a description begins as those of charts do."""
    return _HEAD.match(alt) is not None


def chart_of(alt: str, caption: Inline | None, *, turned: bool) -> Chart | None:
    """The chart that a description is of; None where that cannot be told for sure."""
    head = _HEAD.match(alt)
    if head is None or not alt.endswith("。"):
        return None
    kind = next(key for key, word in KINDS.items() if word == head[2])
    categories: list[str] = []
    series: list[Series] = []
    for row in alt[head.end() : -1].split("；"):
        name, parts = _named(row)
        values: list[Amount | None] = []
        names: list[str] = []
        for part in parts:
            found = _VALUE.fullmatch(part) or _BARE.fullmatch(part)
            if found is None:
                return None
            names.append(found[1])
            amount = None if found[2] == UNKNOWN_AMOUNT else _amount(found[2])
            if amount is None and found[2] != UNKNOWN_AMOUNT:
                return None
            values.append(amount)
        categories = categories or names
        series.append(Series(Inline(name) if name else None, tuple(values)))
    unit = Inline(head[4]) if head[4] else None
    made = Chart(
        kind, tuple(map(Inline, categories)), tuple(series), unit, head[1] is not None, None,
        caption, Span(0, 0), turned,
    )  # fmt: skip
    if any(len(part.values) != len(categories) for part in series) or not _amounts(made):
        return None
    return made if chart_in_words(made) == alt else None


def _amounts(chart: Chart) -> bool:
    return any(amount is not None for part in chart.series for amount in part.values)


def _named(row: str) -> tuple[str, list[str]]:
    """The name of a series, and its values in words. A comma may be part of a number."""
    name, colon, rest = row.partition("：")
    if not colon:
        name, rest = "", row
    parts: list[str] = []
    for piece in rest.split("，"):
        if parts and "为" not in piece and not piece.endswith(UNKNOWN_AMOUNT):
            parts[-1] += f"，{piece}"
        else:
            parts.append(piece)
    return name, parts


def _amount(typed: str) -> Amount | None:
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", typed))
    unit = match[3].strip() if match else ""
    if match is None or unit not in UNITS:
        return None
    value = Fraction(match[2].replace(",", "")) * UNITS[unit]
    return Amount(-value if match[1] not in ("", "+") else value, Inline(typed))
