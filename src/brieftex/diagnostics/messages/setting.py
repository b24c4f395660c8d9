"""BT4xx: what could not be set well."""

from __future__ import annotations

from typing import Final

from brieftex.diagnostics.core import Kind, Severity

MISSING_GLYPH: Final = Kind(
    "BT401",
    "missing-glyph",
    Severity.ERROR,
    "所有可用的字体都没有“{char}”字（{code}）",
    "no available face has the character {char} ({code})",
    ("换一个写法；或者把含有这个字的字体文件放进本刊旁边的 fonts 文件夹，写进主题的 fallback",),
    ("write it otherwise; or put a font that has it into the folder fonts, and into the theme",),
)
STAND_IN: Final = Kind(
    "BT409",
    "stand-in",
    Severity.WARNING,
    "没有字体能印“{text}”（{code}），印成了“{printed}”",
    "no face has {text} ({code}); it is printed as {printed}",
    ("写成“{printed}”，文件与印出来的就一样",),
    ("write {printed}, so that the file says what is printed",),
)
OVERFULL_LINE: Final = Kind(
    "BT402",
    "overfull-line",
    Severity.WARNING,
    "这一行排不下，超出版心 {excess} 字宽",
    "this line sticks out by {excess} em",
    ("这里有一长串不能拆开的文字，可加空格或改短",),
    ("a long row here cannot be broken: add a space or shorten it",),
)
LOOSE_LINE: Final = Kind(
    "BT403",
    "loose-line",
    Severity.WARNING,
    "这一行字距过大，平均加宽 {gap} 字宽",
    "this line is loose, its gaps wider by {gap} em on average",
    ("增减几个字即可改善",),
    ("add or cut a few characters",),
)
RUNT: Final = Kind(
    "BT404",
    "runt",
    Severity.WARNING,
    "段末一行只有一个字",
    "the last line holds a single character",
    ("增减几个字即可改善",),
    ("add or cut a few characters",),
)
_LIE_ACROSS = (
    "竖排的表可以改为横排：写成 `table:`，粘贴来的各行放在 `rows: |` 下面，另写 "
    "`orientation: landscape`"
)
_LIE_ACROSS_EN = (
    "an upright table may lie across its page: as a `table:` with `orientation: landscape`, rows "
    "that were pasted below `rows: |`"
)
CELL_TOO_NARROW: Final = Kind(
    "BT405",
    "cell-too-narrow",
    Severity.WARNING,
    "表格第 {column} 列太窄，比这一格里不该拆开的词窄 {excess} 字宽，词已拆开",
    "column {column} of the table is {excess} em too narrow for a word in this cell, "
    "which is broken",
    ("减少列数，或把这一格里的长词改短、加空格", _LIE_ACROSS),
    (
        "use fewer columns, or shorten the word or add a space",
        _LIE_ACROSS_EN,
    ),
)
TABLE_TOO_WIDE: Final = Kind(
    "BT407",
    "table-too-wide",
    Severity.ERROR,
    "表格第 {column} 列排不下这一格：字已缩到 {size} 磅，还超出 {excess} 字宽，会压住旁边的字",
    "column {column} of the table does not hold this cell: at {size} pt it still is {excess} em "
    "too wide and would print over its neighbour",
    (
        "减少列数，或把这一格改短、在可以断开的地方加空格",
        _LIE_ACROSS,
    ),
    (
        "use fewer columns, shorten the cell, or add a space where it may part",
        _LIE_ACROSS_EN,
    ),
)
COLUMNS_TOO_WIDE: Final = Kind(
    "BT410",
    "columns-too-wide",
    Severity.ERROR,
    "表格的列宽加起来比版心宽 {excess} 毫米，没有写列宽的列连一个字也放不下",
    "the widths of the columns exceed the type area by {excess} mm: the other columns have no "
    "room for a single character",
    ("改小列宽，或把几列写成 `自动`",),
    ("make the widths smaller, or some of them `auto`",),
)
CROWDED_CHART: Final = Kind(
    "BT408",
    "crowded-chart",
    Severity.ERROR,
    "图表的类别太多或名称太长，这里的字没有地方，会和旁边的压在一起",
    "the chart has too many categories or too long names: there is no room for this one",
    ("缩短名称，减少类别，或改用表格",),
    ("shorten the names, use fewer categories, or make it a table",),
)
SPLIT_TOKEN: Final = Kind(
    "BT406",
    "split-token",
    Severity.WARNING,
    "“{token}”在行末拆开了，否则这几行会排得太松",
    "“{token}” is split at a line end; whole, it would make these lines too loose",
    ("增减几个字即可改善",),
    ("add or cut a few characters",),
)
