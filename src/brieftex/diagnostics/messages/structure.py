"""BT350 to BT369, BT382 and BT383: what an editor would ask about an issue as a whole."""

from __future__ import annotations

from brieftex.diagnostics.core import Kind, Severity

_WARNING, _INFO = Severity.WARNING, Severity.INFO

ITEM_WITHOUT_SOURCE = Kind(
    "BT350", "item-without-source", _INFO,
    "这一条没有写来源", "this item names no source",
    ("转载、摘编的内容，在 `sources` 里写明出处",), ("name it under `sources`",),
)  # fmt: skip
REPEATED_TITLE = Kind(
    "BT351", "repeated-title", _WARNING,
    "标题和第 {line} 行的重复", "the same title as in line {line}",
    ("改一个标题，或删去重复的一条",), ("change it or delete one of the two",),
    second=("前一条的标题", "the title before"),
)  # fmt: skip
REPEATED_SOURCE = Kind(
    "BT352", "repeated-source", _WARNING,
    "同一条来源写了两次（第 {line} 行）", "this item names the same source in line {line}",
    ("删去一个",), ("delete one of them",),
    second=("先写在这里", "first written here"),
)  # fmt: skip
SHARED_SOURCE = Kind(
    "BT353", "shared-source", _INFO,
    "第 {line} 行的另一条也用了这个网址", "another item has this address in line {line}",
    ("看看两条是不是同一件事，网址有没有抄错",), ("are they the same news, is the address right",),
    second=("先用在这里", "first used here"),
)  # fmt: skip
FIGURE_NOT_MENTIONED = Kind(
    "BT354", "figure-not-mentioned", _INFO,
    "正文没有提到图{number}", "the text does not mention figure {number}",
    ("在正文里写“如图{number}所示”或“（见图{number}）”",),
    ("write 如图{number}所示 or （见图{number}）",),
)  # fmt: skip
TABLE_NOT_MENTIONED = Kind(
    "BT355", "table-not-mentioned", _INFO,
    "正文没有提到表{number}", "the text does not mention table {number}",
    ("在正文里写“如表{number}所示”或“（见表{number}）”",),
    ("write 如表{number}所示 or （见表{number}）",),
)  # fmt: skip
LONE_ITEM = Kind(
    "BT356", "lone-item", _INFO,
    "这个栏目只有一条", "this section has a single item",
    ("一条可以并入别的栏目",), ("it might join another section",),
)  # fmt: skip
LATE_EXPLANATION = Kind(
    "BT357", "late-explanation", _WARNING,
    "“{name}”到第 {line} 行才有说明", "{name} is not explained before line {line}",
    ("把全称和说明移到第一次出现的地方",), ("explain it where it first occurs",),
    second=("在这里才说明", "explained here"),
)  # fmt: skip
UNEXPLAINED_ABBREVIATION = Kind(
    "BT358", "unexplained-abbreviation", _INFO,
    "缩写“{name}”没有说明", "the abbreviation {name} is not explained",
    ("第一次出现时写出中文，例如 {name}（中文名称）",), ("give its Chinese name in brackets",),
)  # fmt: skip
NUMBER_GAP = Kind(
    "BT359", "number-gap", _WARNING,
    "“{wrong}”前面是“{before}”，序号不连续", "{wrong} follows {before}",
    ("核对是否漏了一条，或者重新编号",), ("is one missing, or are they to be numbered anew",),
)  # fmt: skip
SOURCE_AFTER_ISSUE = Kind(
    "BT360", "source-after-issue", _WARNING,
    "来源的日期 {date} 晚于本期的日期 {issue}", "the source is of {date}, this issue of {issue}",
    ("核对两个日期",), ("check both dates",),
)  # fmt: skip
HEADING_WITHOUT_TEXT = Kind(
    "BT361", "heading-without-text", _WARNING,
    "小标题下面没有内容", "nothing follows this heading",
    ("补上正文，或删去小标题",), ("add text or delete it",),
)  # fmt: skip
SKIPPED_LEVEL = Kind(
    "BT362", "skipped-level", _WARNING,
    "小标题跳了一级：{wrong} 前面没有 {right}",
    "this heading skips a level: {wrong} without {right}",
    ("改成 {right}",), ("write {right}",),
)  # fmt: skip
NO_SUCH_FIGURE = Kind(
    "BT363", "no-such-figure", _WARNING,
    "本期没有{wrong}", "this issue has no {wrong}",
    ("图表按先后自动编号，只有带说明文字（`caption`）的才有号",),
    ("they are numbered as they come, those with a `caption` only",),
)  # fmt: skip
PLACEHOLDER_LEFT = Kind(
    "BT364", "placeholder-left", _WARNING,
    "还有 {count} 处没有填写，从这里的“{first}”起",
    "{count} places are not filled in, from {first} on",
    ("换成自己的文字，不要的字段整行删去",), ("write your own text, or delete the field",),
)  # fmt: skip
TYPED_HEADING = Kind(
    "BT382", "typed-heading", _INFO,
    "“{wrong}”像小标题，照正文排了", "{wrong} looks like a heading and is set as text",
    ("要作小标题，写成 `{right}`，序号由程序编排",),
    ("for a heading write `{right}`; it is numbered for you",),
)  # fmt: skip
OPEN_SALUTATION = Kind(
    "BT383", "open-salutation", _WARNING,
    "称谓后面没有冒号：“{wrong}”", "no colon behind the salutation: {wrong}",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
