"""Charts: their texts are styled, and their numbers put into words as alternative text."""

from __future__ import annotations

import re

from brieftex.compose.builder import Draft
from brieftex.compose.figures import figure_caption, figure_room
from brieftex.compose.inline import add_plain, one_line
from brieftex.document.figures import ChartBlock, ChartSeries, ChartValue
from brieftex.input.issue.charts import KINDS, UNITS
from brieftex.model.content import Amount, Chart, Inline
from brieftex.styled.builder import TextBuilder
from brieftex.styled.text import Text

UNKNOWN_AMOUNT = "数据不详"
"""What is said of a number that is not known."""


def add_chart(draft: Draft, chart: Chart, parent: int) -> None:
    """Add a chart; one with a caption is numbered among the figures."""
    node = draft.node("Figure", parent, alt=chart.alt or chart_in_words(chart))
    caption = figure_caption(draft, chart.caption, node)
    text, room = draft.style("chart"), figure_room(draft, turned=chart.turned)
    suffix = _suffix(chart)

    def plain(inline: Inline) -> Text:
        return draft.plain(inline, text.char, node)

    def value(amount: Amount, more: str) -> ChartValue:
        builder = TextBuilder()
        add_plain(builder, amount.typed, text.char, node)
        builder.add_words(more, text.char, node, draft.place(amount.typed))
        return ChartValue(amount.value, builder.text())

    shares = _shares(chart)
    series = tuple(
        ChartSeries(
            plain(part.name) if part.name else None,
            tuple(
                value(amount, f"（{shares[k]}）" if shares else "") if amount else None
                for k, amount in enumerate(part.values)
            ),
        )
        for part in chart.series
    )
    unit = None
    if chart.unit is not None:
        words = draft.theme.labels["chart_unit"].format(unit=one_line(chart.unit.text))
        unit = draft.words(words, text.char, node, draft.place(chart.unit))
    draft.add(
        ChartBlock(
            kind=chart.kind,
            categories=tuple(plain(name) for name in chart.categories),
            series=series,
            stacked=chart.stacked,
            unit=unit,
            worth=UNITS[suffix],
            suffix=suffix,
            commas=any("," in a.typed.text or "，" in a.typed.text for a in _amounts(chart)),
            places=max(_places(a.typed.text) for a in _amounts(chart)),
            text=text,
            style=draft.theme.charts,
            width=room.width,
            max_height=room.height,
            node=node,
            caption=caption,
            span=chart.span,
        )
    )


def _amounts(chart: Chart) -> list[Amount]:
    return [amount for part in chart.series for amount in part.values if amount]


def _suffix(chart: Chart) -> str:
    """The suffix of the largest number: the axis has the same unit."""
    text = max(_amounts(chart), key=lambda amount: abs(amount.value)).typed.text
    text = text.replace("％", "%")
    return next(unit for unit in sorted(UNITS, key=len, reverse=True) if text.endswith(unit))


def _places(typed: str) -> int:
    """The number of decimal places."""
    match = re.search(r"[.．](\d+)", typed)
    return len(match[1]) if match else 0


def _shares(chart: Chart) -> list[str]:
    """The shares of a pie in tenths of a per cent, which add up to 100 %; empty for other charts
    and for numbers that are percentages already.

    Shares are rounded by the largest remainder method.
    """
    amounts = _amounts(chart)
    if chart.kind != "pie" or amounts[0].typed.text.endswith(("%", "％", "‰")):
        return []
    whole = sum(amount.value for amount in amounts)
    exact = [amount.value * 1000 / whole for amount in amounts]
    parts = [int(part) for part in exact]
    order = sorted(range(len(parts)), key=lambda k: (parts[k] - exact[k], k))
    for k in order[: 1000 - sum(parts)]:
        parts[k] += 1
    return [f"{part // 10}.{part % 10}%" for part in parts]


def chart_in_words(chart: Chart) -> str:
    """The alternative text: kind, caption, unit and every number."""
    shares = _shares(chart)
    rows = []
    for part in chart.series:
        values = []
        for k, (name, amount) in enumerate(zip(chart.categories, part.values, strict=True)):
            said = f"为{amount.typed.text}" if amount else UNKNOWN_AMOUNT
            share = f"（占{shares[k]}）" if shares else ""
            values.append(one_line(name.text) + said + share)
        rows.append((f"{one_line(part.name.text)}：" if part.name else "") + "，".join(values))
    kind = ("堆叠" if chart.stacked else "") + KINDS[chart.kind]
    caption = f"：{one_line(chart.caption.text)}" if chart.caption else ""
    unit = f"（单位：{one_line(chart.unit.text)}）" if chart.unit else ""
    return f"{kind}{caption}{unit}。{'；'.join(rows)}。"
