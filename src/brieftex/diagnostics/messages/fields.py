"""BT500, BT520 to BT539, BT590: bounds of what issues and themes hold, and where themes lie."""

from __future__ import annotations

from brieftex.diagnostics.core import Kind, Severity

_ERROR = Severity.ERROR

NO_SUCH_YEAR = Kind(
    "BT500", "no-such-year", _ERROR,
    "{label}的年份是 {text}，应在 {first} 到 9999 之间",
    "the year {text} should be {first} to 9999",
)  # fmt: skip

OUT_OF_RANGE = Kind(
    "BT521", "out-of-range", _ERROR,
    "“{key}”是 {text}，应在 {least} 到 {most} 之间",
    "“{key}” is {text}, but should be {least} to {most}",
)  # fmt: skip

TYPE_AREA_OFF_PAPER = Kind(
    "BT522", "type-area-off-paper", _ERROR,
    "版心伸到纸外：{edge}加{side}是 {reach}，纸只有 {paper}",
    "the type area leaves the paper: {edge_en} and {side_en} make {reach}, the paper has {paper}",
    ("改小 page.{key}，或改大 page.paper",),
    ("make page.{key} smaller, or page.paper larger",),
)  # fmt: skip

BAD_GRID = Kind(
    "BT523", "bad-grid", _ERROR,
    "版心分成这么多格，{what}是 {size}，应在 {least} 到 {most} 之间",
    "cut into so many cells, the type area has {what_en} of {size}; it should be {least} to {most}",
    ("改 page.{count} 或 page.{key}",),
    ("change page.{count} or page.{key}",),
)  # fmt: skip

NO_ROOM = Kind(
    "BT524", "no-room-for-text", _ERROR,
    "样式“{style}”缩进 {indent}，版心宽 {width}，排不下一个字",
    "style “{style}” is indented by {indent} of {width}: no character has room",
    ("改小它的 left、right、indent 或 hang",),
    ("make its left, right, indent or hang smaller",),
)  # fmt: skip

NOT_IN_ORDER = Kind(
    "BT525", "not-in-order", _ERROR,
    "“{key}”的次序不对：{order}",
    "the values of “{key}” are in the wrong order: {order_en}",
)  # fmt: skip

TOO_MANY_THEMES = Kind(
    "BT526", "too-many-themes", _ERROR,
    "extends 一个接一个，超过 {limit} 层",
    "more than {limit} themes extend one another",
    ("把中间几个主题合成一个",),
    ("make one theme of some of them",),
)  # fmt: skip

THEME_OUTSIDE = Kind(
    "BT527", "theme-outside", _ERROR,
    "主题“{file}”不在可以放主题的文件夹里",
    "the theme “{file}” is in no folder for themes",
    (
        "把它放到简报文件所在的文件夹，写相对路径；或放到 {folder}，写文件名",
        "命令行上的 --theme 可以写任何路径",
    ),
    (
        "put it beside the issue and write a relative path, or into {folder} and write its name",
        "a path given with --theme may lead anywhere",
    ),
)  # fmt: skip

EMPTY_THEME_LIST = Kind(
    "BT528", "empty-theme-list", _ERROR,
    "“{key}”是空的，这里至少要写一项",
    "“{key}” is empty, and needs one entry at least",
    ("正确的写法：{example}", "与主题相同的，这一项不写"),
    ("write it as: {example}", "leave the key out to keep the theme's own"),
)  # fmt: skip

CAUSED_BY_THEME = Kind(
    "BT590",
    "caused-by-theme",
    Severity.INFO,
    "错误出在主题里：`{key}` 写成 {text}，这一期就排不好",
    "the error comes from the theme: with `{key}` as {text} this issue cannot be set",
    ("改一改这个值，或把它删去，照所沿用的主题排",),
    ("change this value, or delete it to take that of the theme it extends",),
    second=("这个值", "this value"),
)
