"""BT298, BT299, BT436 to BT439: merged cells, widths of columns, figures side by side."""

from __future__ import annotations

from brieftex.diagnostics.core import Kind, Severity

_ERROR = Severity.ERROR

MERGES_NOTHING = Kind(
    "BT298", "merges-nothing", _ERROR,
    "`{mark}` 把这一格并入{side}的格，可是那里没有能与它合成长方形的格",
    "`{mark}` makes this place part of the cell {side_en}, but there is none that it would make "
    "a rectangle with",
    ("`<` 并入左边的格，`^` 并入上边的格，合起来要是长方形", "要印出这个符号，写 `\\{mark}`"),
    ("`<` joins the cell at the left, `^` the one above, and the result must be a rectangle",
     "to print the sign itself, write `\\{mark}`"),
)  # fmt: skip

SPAN_OUTSIDE = Kind(
    "BT299", "span-outside", _ERROR,
    "这一格要占 {rows} 行 {columns} 列，超出了表格，或者压住了别的格",
    "this cell is to cover {rows} rows and {columns} columns, which leaves the table or lies "
    "over another cell",
    ("合并进来的位置不用再写格子：占 2 列的格，这一行就少写一格",),
    (("places that are merged into a cell are not written again: a row with a cell of 2 columns "
     "has one cell less"),),
)  # fmt: skip

ROW_COVERED = Kind(
    "BT436", "row-covered", _ERROR,
    "表格这一行的每一格都并到了上面，自己没有格",
    "all of this row is merged into the cells above: it has no cell of its own",
    ("删去这一行",),
    ("delete the row",),
)  # fmt: skip

NOT_A_WIDTH = Kind(
    "BT437", "not-a-column-width", _ERROR,
    "“{text}”不是列宽",
    "“{text}” is not a width of a column",
    ("写 `3字`、`20mm`、`2cm`、`15%`，或 `自动`",),
    ("write `3em`, `20mm`, `2cm`, `15%` or `auto`",),
)  # fmt: skip

WIDTH_LENGTH = Kind(
    "BT438", "width-length", _ERROR,
    "列宽有 {cells} 个，表格有 {columns} 列",
    "{cells} widths for {columns} columns",
    ("每列一个，由内容决定的列写 `自动`",),
    ("one for each column, `auto` for those that their contents decide",),
)  # fmt: skip

FIGURES_BESIDE = Kind(
    "BT439", "figures-beside", _ERROR,
    "并排的图最多再加 {limit} 张，这里有 {count} 张，排不开",
    "at most {limit} figures stand beside another one, here are {count}",
    ("分成几组，各有图题",),
    ("make several groups, each with its caption",),
)  # fmt: skip
