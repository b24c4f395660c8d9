"""Charts: lengths are the numbers', nothing is printed over something else."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise
from math import hypot
from pathlib import Path
from random import Random

import pytest
from helpers.cases import each
from helpers.chance import several
from helpers.specimens import CHAR, EM, plain, setting
from hypothesis import given
from hypothesis import strategies as st

from brieftex.document.figures import ChartBlock, ChartSeries, ChartValue
from brieftex.document.styles import ChartStyle
from brieftex.input.theme import load_theme
from brieftex.layout.charts.canvas import is_light
from brieftex.layout.charts.chart import set_chart
from brieftex.layout.charts.line_chart import spread
from brieftex.layout.charts.names import are_periods
from brieftex.layout.charts.scale import exact_scale, scale_of, tick_words
from brieftex.layout.dump import line_text
from brieftex.layout.page import Placed, PlacedFrame, PlacedLine, PlacedPath
from brieftex.styled.styles import TextStyle
from brieftex.units import BLACK, Color, Rect, Sp
from brieftex.vector import bounds

STYLE = ChartStyle(12 * EM, (BLACK, Color(220, 220, 220)), BLACK, EM // 16, EM // 8)
FIXED = Fraction(1)


def amount(chance: Random) -> Fraction:
    """A number of up to a thousand, whole or not; nothing and five come often."""
    number = chance.choice((0, 5, chance.randint(-1000, 1000), chance.randint(-1000, 1000)))
    return Fraction(number, chance.choice((1, chance.randint(1, 100))))


def chart(
    kind: str, *rows: list[int | None], names: list[str] | None = None, stacked: bool = False
) -> ChartBlock:
    """A chart 24 em wide and 12 high."""

    def value(number: int | None) -> ChartValue | None:
        return None if number is None else ChartValue(Fraction(number), plain(str(number)))

    return ChartBlock(
        kind=kind,
        categories=tuple(map(plain, names or ["中文"] * len(rows[0]))),
        series=tuple(
            ChartSeries(plain("题") if len(rows) > 1 else None, tuple(map(value, row)))
            for row in rows
        ),
        stacked=stacked,
        unit=None,
        worth=FIXED,
        suffix="",
        commas=False,
        places=0,
        text=TextStyle(CHAR, EM * 5 // 4),
        style=STYLE,
        width=24 * EM,
        max_height=16 * EM,
        node=3,
        caption=None,
    )


def drawn(block: ChartBlock) -> list[Placed]:
    """What a chart is drawn with."""
    return set_chart(block, 30 * EM, setting())[1]


def filled(items: list[Placed], color: Color = BLACK) -> list[Rect]:
    """The rectangles that are filled with a colour."""
    return [
        bounds(item.outline)
        for item in items
        if isinstance(item, PlacedPath) and item.paint.fill == color
    ]


def boxes(items: list[Placed]) -> list[Rect]:
    """The em boxes of all lines."""
    return [
        Rect(i.x, i.y - EM * 88 // 100, i.line.width, EM)
        if i.turn is None
        else Rect(i.x - EM * 88 // 100, i.y - i.line.width, EM, i.line.width)
        for i in items
        if isinstance(i, PlacedLine)
    ]


def overlap(a: Rect, b: Rect) -> bool:
    across = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    down = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    return across > EM // 16 and down > EM // 4


@given(several(amount, 8), st.booleans())
def test_a_scale_holds_its_values_between_whole_steps(
    values: list[Fraction], from_zero: bool
) -> None:
    scale = scale_of(values, 5, from_zero=from_zero)
    assert scale.low <= min(values)
    assert max(values) <= scale.high
    assert scale.low % scale.step == scale.high % scale.step == 0
    assert 2 <= len(scale.ticks()) <= 8
    assert not from_zero or scale.low <= 0 <= scale.high
    lengths = [scale.length(tick, 1000 * EM) for tick in scale.ticks()]
    assert lengths[0] == 0
    assert lengths[-1] == 1000 * EM
    steps = {b - a for a, b in pairwise(lengths)}
    assert max(steps) - min(steps) <= 1


def test_a_curve_far_from_zero_does_not_start_there_but_bars_do() -> None:
    values = [Fraction(96), Fraction(98)]
    assert scale_of(values, 4, from_zero=False).low > 90
    assert scale_of(values, 4, from_zero=True).low == 0
    assert exact_scale(values).low == 0


@pytest.mark.parametrize(
    ("value", "worth", "suffix", "commas", "words"),
    [
        ("0", 1, "", False, "0"), ("2500", 1, "", True, "2,500"), ("2500", 1, "", False, "2500"),
        ("30000", 10000, "万", False, "3万"), ("5000", 10000, "万", False, "0.5万"),
        ("-2.5", 1, "", False, "\u22122.5"), ("0.05", Fraction(1, 100), "%", False, "5%"),
    ],
)  # fmt: skip
def test_numbers_of_an_axis_are_in_the_unit_that_was_typed(
    value: str, worth: int, suffix: str, commas: bool, words: str
) -> None:
    assert tick_words(Fraction(value), Fraction(worth), suffix, commas=commas) == words


def test_bars_are_as_high_as_their_numbers() -> None:
    # Catches an axis that starts elsewhere than at zero, and a bar lost or doubled.
    bars = filled(drawn(chart("bar", [1, 2, 4, 3])))
    unit = bars[0].height
    assert [round(bar.height / unit, 3) for bar in bars] == [1, 2, 4, 3]
    assert len({bar.y + bar.height for bar in bars}) == 1
    assert len({bar.width for bar in bars}) == 1


def test_horizontal_bars_are_as_long_as_their_numbers_and_negative_ones_go_left() -> None:
    names = ["中文字体排印测试简报标点符号行首末段落"] * 3
    bars = filled(drawn(chart("bar", [2, -1, 4], names=names)))
    assert [round(bar.width / bars[1].width, 3) for bar in bars] == [2, 1, 4]
    assert bars[1].x + bars[1].width == bars[0].x == bars[2].x


def test_stacked_bars_stand_on_each_other() -> None:
    items = drawn(chart("bar", [2, 1], [1, 3], stacked=True))
    lower, upper = filled(items)[1:], filled(items, STYLE.colors[1])[1:]  # after the legend
    assert len(lower) == len(upper) == 2
    for a, b in zip(lower, upper, strict=True):
        assert b.y + b.height == a.y
    sums = [line_text(item.line) for item in items if isinstance(item, PlacedLine)][-5:]
    assert {"3", "4"} <= set(sums)


NAMED = [
    ["中文字体"] * 5,
    ["中文字体排印", "测试简报标点符号", "行首", "末段落"],
    ["中文字体"] * 9,
    ["中文字体排印"] * 14,
    ["中文字体排印测试"] * 14,
]


@each("kind", ["bar", "hbar", "line"])
@each("names", NAMED, ids=lambda names: f"{len(names)}-{len(names[0])}")
def test_no_name_is_left_out(kind: str, names: list[str]) -> None:
    """Ensures that each category is named: in a row, in lines, by turns or turned."""
    items = drawn(chart(kind, list(range(1, len(names) + 1)), names=names))
    words = "".join(line_text(i.line) for i in items if isinstance(i, PlacedLine))
    assert sorted(c for c in words if c in "".join(names)) == sorted("".join(names))
    assert not [f for i in items if isinstance(i, PlacedLine) for f in i.line.reported()]


@pytest.mark.parametrize("kind", ["bar", "line"])
def test_of_periods_some_are_left_out_with_a_tick_for_each(kind: str) -> None:
    """Ensures that years have room between them, at equal steps from the first, and a tick where
    none is printed."""
    years = [f"{2001 + k}年" for k in range(20)]
    items = drawn(chart(kind, list(range(1, 21)), names=years))
    shown = [i for i in items if isinstance(i, PlacedLine) and line_text(i.line) in years]
    numbers = [years.index(line_text(i.line)) for i in shown]
    assert numbers[0] == 0
    assert len({b - a for a, b in pairwise(numbers)}) == 1
    assert all(b.x - a.x - a.line.width >= EM // 2 for a, b in pairwise(shown))
    ticks = [
        item
        for item in items
        if isinstance(item, PlacedPath) and bounds(item.outline).height == EM // 4
    ]
    assert len(ticks) == 20


def test_names_without_room_are_told() -> None:
    """Ensures that a chart that would lose names is refused, with the place of each."""
    items = drawn(chart("line", list(range(36))))
    found = [f for i in items if isinstance(i, PlacedLine) for f in i.line.reported()]
    assert {f.kind.code for f in found} == {"BT408"}


@each(
    ("names", "periods"),
    [
        ("2019年 2020年", True), ("2019 2020", True), ("1月 2月 3月", True), ("一月 二月", True),
        ("2023年1月 2023年2月", True), ("第一季度 第二季度", True),
        ("2020–2021学年 2021–2022学年", True),
        ("15日 16日", True), ("8:00 9:00", True), ("上半年 下半年", True), ("Q1 Q2", True),
        ("一班 二班", False), ("甲 乙", False), ("2019年 合计", False),
        ("材料学院 化学学院", False),
    ],
)  # fmt: skip
def test_periods_are_known(names: str, periods: bool) -> None:
    """Ensures that only names that count on may be left out."""
    assert are_periods([plain(name) for name in names.split()]) is periods


def test_an_unknown_value_has_no_bar_and_interrupts_a_curve() -> None:
    assert len(filled(drawn(chart("bar", [1, None, 2])))) == 2
    curves = [
        item
        for item in drawn(chart("line", [1, 2, None, 4, 5]))
        if isinstance(item, PlacedPath) and item.paint.width == STYLE.line
    ]
    assert [len(item.outline) for item in curves] == [2, 2]


SHAPES = [
    chart("bar", [1, 22, 333]),
    chart("bar", [1, -22, 333], [4, 5, 6]),
    chart("bar", [1] * 12, [123] * 12),
    chart("bar", [5, 6], [7, 80], stacked=True),
    chart("bar", [123456] * 18, [234567] * 18, stacked=True),
    chart("bar", [1234] * 13, [4321] * 13, names=["中文字体排印"] * 13),
    chart("hbar", [5, 6], [7, 80], stacked=True),
    chart("hbar", [1, -22, 333], [4, 5, -6]),
    chart("line", [1, 5, 2, 8, 3, 9]),
    chart("line", [1, 5, 2], [1, 5, 2], [2, 5, 2]),
    chart("line", list(range(36)), names=[f"{2000 + k}年" for k in range(36)]),
    chart("line", list(range(18)), names=["中文字体"] * 18),
    chart("line", list(range(8)), names=["中文字体"] * 8),
    chart("bar", list(range(18)), names=["中文字体"] * 18),
    chart("pie", [97, 1, 1, 1, 1, 1, 1, 1]),
    chart("pie", [5]),
    chart("pie", [97, 1, 1, 1, 1, 1, 1, 1], names=["中文字体排印"] * 8),
    chart("pie", [1, 2, 1], names=["中文字体排印测试简报标点"] * 3),
    chart("pie", [1, 0, 1]),
]


@pytest.mark.parametrize("block", SHAPES, ids=lambda b: f"{b.kind}-{len(b.categories)}")
def test_words_keep_off_each_other_and_inside_the_frame(block: ChartBlock) -> None:
    # Catches labels of small parts, narrow bars and parallel curves that run together.
    size, items = set_chart(block, 30 * EM, setting())
    frame = items[0]
    assert isinstance(frame, PlacedFrame)
    assert frame.rect == Rect(0, 0, size.width, size.height)
    found = boxes(items)
    for a, b in combinations(found, 2):
        assert not overlap(a, b), (a, b)
    for box in found:
        assert box.x >= -EM // 2
        assert box.x + box.width <= size.width + EM // 2
        assert box.y >= -EM // 2
        assert box.y + box.height <= size.height + EM // 2
    assert all(run.node == 3 for i in items if isinstance(i, PlacedPath) for run in (i,))


@given(
    st.lists(st.tuples(st.integers(0, 1000), st.integers(1, 60)), max_size=8),
    st.integers(0, 2000),
)
def test_spread_things_keep_their_order_and_do_not_overlap(
    things: list[tuple[Sp, Sp]], bottom: Sp
) -> None:
    things.sort()
    heights = [height for _, height in things]
    middles = spread([want for want, _ in things], heights, 0, bottom)
    edges = [(m - h // 2, m - h // 2 + h) for m, h in zip(middles, heights, strict=True)]
    assert all(a[1] <= b[0] for a, b in pairwise(edges))
    if sum(heights) <= bottom and edges:
        assert edges[0][0] >= 0
        assert edges[-1][1] <= bottom


def test_neighbouring_fills_differ_in_grey() -> None:
    """Ensures that series which stand side by side can be told apart without colour."""
    colors = load_theme("briefing", Path()).charts.colors
    for a, b in pairwise(colors[:6]):
        assert is_light(a) != is_light(b)


@pytest.mark.parametrize(
    "block",
    [
        chart("pie", [97, 1, 1, 1, 1, 1, 1, 1]),
        chart("pie", [1, 1, 1, 1, 96]),
        chart("pie", [40, 20, 30, 3, 2, 1], names=["中文字体排印"] * 6),
    ],
    ids=lambda b: len(b.categories),
)
def test_lines_to_names_go_around_the_pie(block: ChartBlock) -> None:
    # Catches a line that seems to lead to another part.
    paths = [item for item in drawn(block) if isinstance(item, PlacedPath)]
    part = next(item for item in paths if item.paint.fill == BLACK)
    x, y = part.outline[0][1]
    radius = hypot(part.outline[1][1][0] - x, part.outline[1][1][1] - y)
    lines = [i for i in paths if i.paint.width == STYLE.rule and i.paint.join == 1]
    assert len(lines) == len(block.categories)
    for line in lines:
        points = [point for _, point in line.outline]
        for (ax, ay), (bx, by) in pairwise(points):
            for k in range(11):
                here = ax + (bx - ax) * k / 10, ay + (by - ay) * k / 10
                assert hypot(here[0] - x, here[1] - y) >= radius * 0.99
