"""BT240 to BT249: the numbers of charts."""

from __future__ import annotations

from brieftex.diagnostics.core import Kind, Severity

_ERROR = Severity.ERROR

NOT_AN_AMOUNT = Kind(
    "BT240", "not-an-amount", _ERROR,
    "图表的数值“{text}”不是数",
    "“{text}” is no number for a chart",
    ("可以写 3.2、1200、3.2万、35%；单位写在 `unit` 里，不详的写 ''",),
    ("write 3.2, 1200, 3.2万 or 35%; the unit goes to `unit`, '' stands for unknown",),
)  # fmt: skip

AMOUNT_COUNT = Kind(
    "BT241", "amount-count", _ERROR,
    "这里有 {amounts} 个数值，类别有 {categories} 个",
    "{amounts} values for {categories} categories",
    ("每个类别一个数值，不详的写 ''", "带逗号的数要加引号：'1,200'，否则算作两个"),
    ("one value for each category, '' if unknown", "quote a number with a comma: '1,200'"),
)  # fmt: skip

NO_AMOUNTS = Kind(
    "BT242", "no-amounts", _ERROR,
    "图表没有数值",
    "the chart has no values",
    (
        "一组数值写 `values: [3.2, 3.4, 3.9]`",
        "几组写 `series:`，下面每组 `- {{name: 本科生, values: [3.2, 3.4, 3.9]}}`",
    ),
    ("write `values: [3.2, 3.4, 3.9]`", "or `series:` with a list of `{{name: …, values: […]}}`"),
)  # fmt: skip

TWO_SORTS_OF_AMOUNTS = Kind(
    "BT243", "values-and-series", _ERROR,
    "图表里 `values` 和 `series` 只能写一个",
    "a chart has either `values` or `series`",
    ("只有一组数值时用 `values`，几组时都写进 `series`",),
    ("use `values` for one row of numbers, `series` for several",),
)  # fmt: skip

CHART_TOO_LARGE = Kind(
    "BT244", "chart-too-large", _ERROR,
    "{chart}最多画 {limit} {unit}，这里有 {count} {unit}",
    "a {chart_en} chart holds at most {limit} {unit_en}, not {count}",
    ("合并小的几项为“其他”，或改用表格",),
    ("put the small ones together, or use a table",),
)  # fmt: skip

PIE_SERIES = Kind(
    "BT245", "pie-series", _ERROR,
    "饼图只能画一组数值，这里有 {count} 组",
    "a pie shows one series, not {count}",
    ("分成几个饼图，或改用 `chart: bar` 加 `stacked: true`",),
    ("make several pies, or `chart: bar` with `stacked: true`",),
)  # fmt: skip

NEGATIVE_PART = Kind(
    "BT246", "negative-part", _ERROR,
    "{chart}里的数值不能小于 0：“{text}”",
    "no value of a {chart_en} chart can be negative: “{text}”",
    ("有增有减的数值用柱形图或折线图",),
    ("use bars or a line",),
)  # fmt: skip

UNKNOWN_PART = Kind(
    "BT247", "unknown-part", _ERROR,
    "饼图的每一项都要有数值，合计要大于 0",
    "every part of a pie needs its value, and their sum is more than 0",
    ("不详的一项请删去，或改用柱形图",),
    ("leave out what is not known, or use bars",),
)  # fmt: skip

MIXED_SHARES = Kind(
    "BT248", "mixed-shares", _ERROR,
    "百分数“{text}”和不带 % 的数不能画在同一个图表里",
    "the percentage “{text}” stands among numbers that are none",
    ("一个图表的数值要同一种单位",),
    ("all values of a chart are of one sort",),
)  # fmt: skip

ONLY_BARS_STACK = Kind(
    "BT249", "only-bars-stack", _ERROR,
    "只有柱形图和条形图能堆叠",
    "only bars can be stacked",
    ("删去 `stacked`，或写 `chart: bar`",),
    ("delete `stacked`, or write `chart: bar`",),
)  # fmt: skip
