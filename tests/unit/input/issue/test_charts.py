"""Charts as they are written: numbers, and every wrong shape at its place."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from helpers.cases import each

from brieftex.diagnostics import InputError, Source
from brieftex.input.issue.read import read
from brieftex.input.yaml import parse
from brieftex.model.content import Body, Chart

HEAD = "masthead: {name: 资政}\nforeword:\n  body:\n  - chart: "


def chart_of(text: str) -> Chart:
    """The chart of a body that has nothing else."""
    source = Source("issue.yaml", HEAD + text)
    issue, findings = read(parse(source), source, Path())
    assert findings == []
    assert issue.foreword is not None
    body: Body = issue.foreword.body
    (chart,) = body.blocks
    assert isinstance(chart, Chart)
    return chart


def found(text: str) -> list[str]:
    """Code, line and column of each finding, the line counted from the chart's own."""
    source = Source("issue.yaml", HEAD + text)
    try:
        _, findings = read(parse(source), source, Path())
    except InputError as error:
        findings = list(error.findings)
    places = [source.position(d.span.start) for d in findings if d.span]
    return [
        f"{d.kind.code} {line - 3}:{column}"
        for d, (line, column) in zip(findings, places, strict=True)
    ]


@each(
    ("typed", "value"),
    [
        ("3.2", "3.2"), ("'1,200'", "1200"), ("1，200", "1200"), ("3.2万", "32000"),
        ("1.5 亿", "150000000"), ("35%", "0.35"), ("35％", "0.35"), ("-4", "-4"), ("−4.5", "-4.5"),
        ("+7", "7"), ("３２", "32"), ("0", "0"), ("2万亿", "2000000000000"), ("1‰", "0.001"),
    ],
)  # fmt: skip
def test_a_number_keeps_what_was_typed(typed: str, value: str) -> None:
    chart = chart_of(f"bar\n    categories: [甲]\n    values: [{typed}]\n")
    amount = chart.series[0].values[0]
    assert amount is not None
    assert amount.value == Fraction(value)
    assert amount.typed.text == typed.strip("'")


@pytest.mark.parametrize("typed", ["''", "—", "-", "……", "/"])
def test_what_is_not_known_is_no_number(typed: str) -> None:
    chart = chart_of(f"bar\n    categories: [甲, 乙]\n    values: [3, {typed}]\n")
    assert chart.series[0].values[1] is None


def test_chinese_names_and_one_series_without_a_name() -> None:
    one = chart_of("bar\n    categories: [甲, 乙]\n    values: [1, 2]\n    unit: 元\n")
    source = HEAD.replace("chart", "图表") + "柱形图\n    类别: [甲, 乙]\n    数值: [1, 2]\n"
    issue, findings = read(parse(Source("a", source)), Source("a", source), Path())
    assert findings == []
    assert issue.foreword is not None
    other = issue.foreword.body.blocks[0]
    assert isinstance(other, Chart)
    assert (other.kind, len(other.series)) == (one.kind, 1)
    assert other.series[0].name is None
    assert one.unit is not None
    assert one.alt is None


def test_a_number_knows_its_place() -> None:
    # Catches a missing glyph that is shown at the start of the file.
    text = "line\n    categories: [甲, 乙]\n    values: [1, 28]\n"
    amount = chart_of(text).series[0].values[1]
    assert amount is not None
    span = amount.typed.span()
    assert (HEAD + text)[span.start : span.end] == "28"


NAMES = "\n    categories: [甲, 乙]\n"
WRONG = [
    ("柱图" + NAMES + "    values: [1, 2]\n", "BT212 1:12"),
    ("bar" + NAMES + "    values: [1, 二]\n", "BT240 3:17"),
    ("bar" + NAMES + "    values: [1, 3万人]\n", "BT240 3:17"),
    ("bar" + NAMES + "    values: [1, [2]]\n", "BT203 3:17"),
    ("bar" + NAMES + "    values: [1, 1234567890123456]\n", "BT240 3:17"),
    ("bar" + NAMES + "    values: [1, 2, 3]\n", "BT241 3:13"),
    ("bar" + NAMES + "    values: 1\n", "BT241 3:13"),
    ("bar" + NAMES, "BT242 1:5"),
    ("bar" + NAMES + "    values: ['', '']\n", "BT242 1:5"),
    (
        "bar" + NAMES + "    values: [1, 2]\n    series: [{name: 丙, values: [1, 2]}]\n",
        "BT243 3:13",
    ),
    ("bar" + NAMES + "    series: [{name: 丙, values: [1]}]\n", "BT241 3:32"),
    ("bar" + NAMES + "    series: [{values: [1, 2]}]\n", "BT204 3:15"),
    ("bar" + NAMES + "    series: [{name: 丙}]\n", "BT204 3:15"),
    ("bar" + NAMES + "    series: {丙: [1, 2]}\n", "BT203 3:13"),
    ("bar\n    values: [1, 2]\n", "BT204 1:5"),
    ("pie" + NAMES + "    values: [1, -2]\n", "BT246 3:17"),
    ("pie" + NAMES + "    values: [1, '']\n", "BT247 1:5"),
    ("pie" + NAMES + "    values: [0, 0]\n", "BT247 1:5"),
    (
        "pie" + NAMES + "    series: [{name: 丙, values: [1, 2]}, {name: 丁, values: [1, 2]}]\n",
        "BT245 1:5",
    ),
    ("pie\n    categories: [" + "甲, " * 9 + "]\n    values: [" + "1, " * 9 + "]\n", "BT244 1:5"),
    (
        "line" + NAMES + "    series:\n" + "    - {name: 丙, values: [1, 2]}\n" * 7,
        "BT244 1:5",
    ),
    ("bar\n    categories: [" + "甲, " * 61 + "]\n    values: [" + "1, " * 61 + "]\n", "BT244 1:5"),
    ("bar" + NAMES + "    values: [1, 20%]\n", "BT248 3:17"),
    ("line" + NAMES + "    stacked: true\n    values: [1, 2]\n", "BT249 1:5"),
    ("bar" + NAMES + "    stacked: true\n    values: [-1, 2]\n", "BT246 4:14"),
    ("bar" + NAMES + "    stacked: 也许\n    values: [1, 2]\n", "BT212 3:14"),
    ("bar" + NAMES + "    values: [1, 2]\n    legend: 无\n", "BT201 4:5"),
]


@each(("text", "finding"), WRONG, ids=lambda value: value[:40])
def test_every_wrong_shape_is_reported_where_it_is(text: str, finding: str) -> None:
    assert found(text) == [finding]


def test_series_without_the_kind_are_still_a_chart() -> None:
    # Catches "no known sort of block" where only the kind was forgotten.
    text = (HEAD + "x").replace("chart: x", "categories: [甲]\n    values: [1]\n")
    source = Source("issue.yaml", text)
    with pytest.raises(InputError) as caught:
        read(parse(source), source, Path())
    (finding,) = caught.value.findings
    assert (finding.kind.code, dict(finding.values)["key"]) == ("BT204", "chart")
