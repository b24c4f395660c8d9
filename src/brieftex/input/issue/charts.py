"""Charts: a kind, names and as many numbers for each series."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence as Seq
from fractions import Fraction

from msgspec import Struct

from brieftex.diagnostics import Span
from brieftex.diagnostics.messages import chart as messages
from brieftex.input.fields import Choice, Field, Plain, Quotes, Reading, Values, is_empty
from brieftex.input.fields.schema import one_or_list
from brieftex.input.issue.context import trimmed
from brieftex.input.issue.values import CELL_SCHEMA
from brieftex.input.yaml import Node, Scalar, Sequence
from brieftex.model.content import Amount, Chart, Inline, Series
from brieftex.patterns import late

UNITS = {
    "": Fraction(1), "千": Fraction(10**3), "万": Fraction(10**4), "十万": Fraction(10**5),
    "百万": Fraction(10**6), "千万": Fraction(10**7), "亿": Fraction(10**8),
    "万亿": Fraction(10**12), "%": Fraction(1, 100), "‰": Fraction(1, 1000),
}  # fmt: skip
"""What may follow a number, and its worth."""

KINDS = {"bar": "柱形图", "hbar": "条形图", "line": "折线图", "pie": "饼图"}
"""What the kinds are called."""

SERIES_LIMIT = 6
"""More cannot be told apart in grey."""

PART_LIMIT = 8
CATEGORY_LIMIT = 36
BAR_LIMIT = 60
"""Bars side by side: narrower ones are no longer read."""

_NUMBER = late(r"([+\-\u2212\u2013]?)\s*([0-9][0-9,]*(?:\.[0-9]+)?)\s*(\D{0,2})")
_UNKNOWN = frozenset(("", "-", "—", "——", "–", "…", "……", "/"))
_DIGIT_LIMIT = 15


class Amounts(Struct, frozen=True):
    """The numbers of one list, in order, and its place."""

    values: tuple[Amount | None, ...]
    span: Span


def read_amounts(reading: Reading, node: Node, field: Field, path: str) -> Amounts:
    """Read a list of numbers, or one number as a list of one; what is none is reported."""
    items = node.items if isinstance(node, Sequence) else (node,)
    values: list[Amount | None] = []
    for i, item in enumerate(items):
        if not isinstance(item, Scalar):
            reading.wrong_type(item, field, f"{path}[{i}]")
            values.append(None)
        elif is_empty(item):
            values.append(None)
        else:
            values.append(_amount(reading, trimmed(item), f"{path}[{i}]"))
    return Amounts(tuple(values), reading.first_line(node))


def _amount(reading: Reading, typed: Inline, path: str) -> Amount | None:
    if typed.text in _UNKNOWN:
        return None
    text = unicodedata.normalize("NFKC", typed.text)
    match = _NUMBER.fullmatch(text)
    unit = match[3].strip() if match else ""
    if match is None or unit not in UNITS or len(match[2]) > _DIGIT_LIMIT:
        reading.report(messages.NOT_AN_AMOUNT, typed.span(), path, text=typed.text[:20])
        return None
    whole, _, rest = match[2].replace(",", "").partition(".")
    value = Fraction(int(whole + rest) * UNITS[unit], 10 ** len(rest))
    return Amount(-value if match[1] not in ("", "+") else value, typed)


AMOUNTS = Plain(read_amounts, one_or_list(CELL_SCHEMA), "数值的列表")
KIND = Choice({
    "bar": "bar", "hbar": "hbar", "line": "line", "pie": "pie",
    "柱形图": "bar", "柱状图": "bar", "条形图": "hbar", "折线图": "line", "饼图": "pie",
}, Quotes.FREE)  # fmt: skip


def read_chart(reading: Reading, values: Values, span: Span, path: str) -> Chart | None:
    """Make a chart of its fields as read; None when its numbers are missing or wrong."""
    before = len(reading.findings)
    lists = _lists(reading, values, span, path)
    chart = Chart(
        values["chart"],
        values["categories"],
        tuple(Series(name, amounts.values) for name, amounts, _ in lists),
        values.get("unit"),
        values.get("stacked", False),
        values["alt"].text if "alt" in values else None,
        values.get("caption"),
        span,
        values.get("orientation", False),
    )
    for _, amounts, where in lists:
        if len(amounts.values) != len(chart.categories):
            reading.report(
                messages.AMOUNT_COUNT, amounts.span, where,
                amounts=len(amounts.values), categories=len(chart.categories),
            )  # fmt: skip
    if lists and len(reading.findings) == before:
        _check(reading, chart, path)
    return chart if lists and len(reading.findings) == before else None


def _lists(
    reading: Reading, values: Values, span: Span, path: str
) -> list[tuple[Inline | None, Amounts, str]]:
    """Each series: its name, its numbers, and its path."""
    series: list[Values] = values.get("series", [])
    alone: Amounts | None = values.get("values")
    if series and alone:
        reading.report(messages.TWO_SORTS_OF_AMOUNTS, alone.span, f"{path}.values")
    if alone:
        return [(None, alone, f"{path}.values")]
    lists = [
        (part["name"], part["values"], f"{path}.series[{i}].values")
        for i, part in enumerate(series)
        if "name" in part and "values" in part
    ]
    if "series" not in values:
        reading.report(messages.NO_AMOUNTS, span, path)
    return lists


def _check(reading: Reading, chart: Chart, path: str) -> None:
    """Report what cannot be drawn so that it could be read."""
    amounts = [amount for series in chart.series for amount in series.values if amount]
    if not amounts:
        reading.report(messages.NO_AMOUNTS, chart.span, path)
    _check_size(reading, chart, path)
    _check_shares(reading, amounts, path)
    pie = chart.kind == "pie"
    if pie and len(chart.series) > 1:
        reading.report(messages.PIE_SERIES, chart.span, path, count=len(chart.series))
    elif pie and (None in chart.series[0].values or not any(a.value for a in amounts)):
        reading.report(messages.UNKNOWN_PART, chart.span, path)
    if chart.stacked and chart.kind not in ("bar", "hbar"):
        reading.report(messages.ONLY_BARS_STACK, chart.span, path)
    if pie or chart.stacked:
        name, name_en = ("饼图", "pie") if pie else ("堆叠的图", "stacked")
        for amount in amounts:
            if amount.value < 0:
                text = amount.typed.text
                span = amount.typed.span()
                reading.report(
                    messages.NEGATIVE_PART, span, path, chart=name, chart_en=name_en, text=text
                )


def _check_shares(reading: Reading, amounts: Seq[Amount], path: str) -> None:
    shares = [a for a in amounts if a.typed.text.endswith(("%", "％", "‰"))]
    if shares and len(shares) < len(amounts):
        span, text = shares[0].typed.span(), shares[0].typed.text
        reading.report(messages.MIXED_SHARES, span, path, text=text)


def _check_size(reading: Reading, chart: Chart, path: str) -> None:
    names, series = len(chart.categories), len(chart.series)
    limits = [("组数值", "series", series, SERIES_LIMIT)]
    if chart.kind == "pie":
        limits = [("项", "parts", names, PART_LIMIT)]
    elif chart.kind == "line" or chart.stacked:
        limits.append(("个类别", "categories", names, CATEGORY_LIMIT))
    else:
        limits.append(("根柱子", "bars", names * series, BAR_LIMIT))
    for unit, unit_en, count, limit in limits:
        if count > limit:
            reading.report(
                messages.CHART_TOO_LARGE, chart.span, path,
                chart=KINDS[chart.kind], chart_en=chart.kind,
                limit=limit, unit=unit, unit_en=unit_en, count=count,
            )  # fmt: skip
