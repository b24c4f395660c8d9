"""BT501 to BT519: how text is read that was typed or pasted without Markdown in mind."""

from __future__ import annotations

from brieftex.diagnostics.core import Kind, Severity

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

LINES_PARTED = Kind(
    "BT501", "lines-parted", _INFO,
    "从这里起有 {count} 处换行没有空行，各自另起了一段",
    "{count} line ends from here on have no empty line, yet part paragraphs",
    ("要连成一段，删去换行；整份文件只按空行分段，写 `paragraphs: blank`",),
    ("delete a line end to join; with `paragraphs: blank` only empty lines part paragraphs",),
)  # fmt: skip
LINES_JOINED = Kind(
    "BT508", "lines-joined", _INFO,
    "从这里起有 {count} 处换行没有空行，看不出要分段，与上一行连成了一段",
    "{count} lines from here on, with no empty line before them, were joined to the one above",
    ("要分成两段，中间空一行；整份文件每行一段，写 `paragraphs: line`",
     "本来就是一段，删去换行；整份文件只按空行分段，写 `paragraphs: blank`"),
    ("leave an empty line between paragraphs, or write `paragraphs: line`",
     "delete the line end of what is one paragraph, or write `paragraphs: blank`"),
)  # fmt: skip
ADDRESS_TOO_LONG = Kind(
    "BT502", "address-too-long", _ERROR,
    "这个网址有 {count} 个字符，最多 {limit} 个",
    "this address has {count} characters; {limit} are the most",
    ("多半把整段内容编进了网址（如 data:）；换成网页的短地址",),
    ("it seems to hold whole contents; use the short address of the page",),
)  # fmt: skip
MARKS_READ = Kind(
    "BT503", "marks-read", _INFO,
    "从这里起有 {count} 处全角记号，按半角的 ** ## [^1] | 读了",
    "{count} full-width marks from here on are read as ** ## [^1] |",
    ("确实要印全角记号，在前面加 \\",), ("to print one, put a \\ before it",),
)  # fmt: skip
ROWS_READ = Kind(
    "BT504", "rows-read", _INFO,
    "这几行没有分隔行，已排成表格，第一行作表头",
    "these rows have no rule below the first; they became a table with it as its head",
    ("不要表头，用 `table:` 写；不是表格，把竖线、制表符或连着的空格换成一个空格",),
    ("write `table:` for one without a head; no table: put one space for bars, tabs and spaces",),
)  # fmt: skip
STRIKE_UNREAD = Kind(
    "BT505", "strike-unread", _WARNING,
    "没有删除线，~~ 会原样印出", "there is no strike-through; ~~ is printed as it stands",
    ("删去 ~~ 和要删的文字",), ("delete ~~ and what it strikes out",),
)  # fmt: skip
TASK_UNREAD = Kind(
    "BT506", "task-unread", _WARNING,
    "没有待办框，“{text}”会原样印出", "there are no check boxes; {text} is printed as it stands",
    ("要印方框，写 □；已办的写 √",), ("for a box write □, and √ for what is done",),
)  # fmt: skip
ITEM_UNREAD = Kind(
    "BT507", "item-unread", _WARNING,
    "这一行以“{text}”开头，后面没有空格，不会成为列表项",
    "this line begins with {text} but has no space behind it, and is no item of a list",
    ("要作列表项，在“{text}”后面空一格",), ("for an item put a space behind {text}",),
)  # fmt: skip
ITEM_RENUMBERED = Kind(
    "BT509", "item-renumbered", _WARNING,
    "列表项写的是“{text}{sign}”，按顺序会印成“{number}{sign}”",
    "this item is written as {text}{sign} but printed as {number}{sign}, by its place in the list",
    ("编号写错了就改正；确实要跳号，空一行另起一段，写“{text}、”",),
    ("correct the number; to keep it, leave an empty line and write {text}、 instead",),
)  # fmt: skip
FORMULA_UNREAD = Kind(
    "BT510", "formula-unread", _WARNING,
    "这里像是公式的记号，“{text}”会原样印出",
    "this looks like a formula; {text} is printed as it stands",
    ("上标写 m^2^，下标写 CO~2~；长的公式作为插图", "确实要印这些符号，在第一个前面加 \\"),
    ("write m^2^ and CO~2~; a longer formula can be a figure",
     "to print the signs, put a \\ before the first"),
)  # fmt: skip
UNFILLED_FIELD = Kind(
    "BT511", "unfilled-field", _WARNING,
    "“{text}”像是没有填好或没有贴过来的内容，会原样印出",
    "{text} looks like a place that was not filled in, or that was lost in pasting",
    ("换成要印的内容，或者删去",), ("replace it by what is to be printed, or delete it",),
)  # fmt: skip
MARKUP_UNREAD = Kind(
    "BT512", "markup-unread", _WARNING,
    "“{text}”像是别的程序的排版记号，会原样印出",
    "{text} looks like the markup of another program and is printed as it stands",
    ("删去这些记号；着重写 **文字**，注音写 {{字|zì}}，链接写 [文字](网址)",
     "确实要印，在第一个符号前面加 \\"),
    ("delete the marks; write **text**, {{字|zì}} or [text](address)",
     "to print them, put a \\ before the first"),
)  # fmt: skip
CLOSING_READ = Kind(
    "BT513", "closing-read", _INFO,
    "这几行前面有许多空格，末行是日期，已作落款靠右排",
    "these lines begin with many blanks and end with a date; they are set to the right",
    ("不要靠右，删去行首的空格",), ("delete the blanks to have ordinary paragraphs",),
)  # fmt: skip
INDENT_UNREAD = Kind(
    "BT514", "indent-unread", _WARNING,
    "从这里起有 {count} 行，行首的许多空格不会照排",
    "the blanks at the beginning of {count} lines from here on are not printed",
    ("要居中、居右或照样分行，写成 `lines` 块，如 `{{lines: 文字, align: center}}`",
     "不要，就删去行首的空格"),
    ("for lines in the middle or on the right write a block of `lines` with its `align`",
     "if not, delete the blanks"),
)  # fmt: skip
CLOSING_UNREAD = Kind(
    "BT515", "closing-unread", _INFO,
    "从这里起 {count} 行像是落款，没有靠右排",
    "{count} lines from here on look like the end of a letter; they are not set to the right",
    ("写到 `signature:` 里，或者在行首加几个全角空格",),
    ("write them into `signature:`, or put some blanks before them",),
)  # fmt: skip
LINES_TORN = Kind(
    "BT516", "lines-torn", _WARNING,
    "从这里起有 {count} 处空行断在句子当中，像是从 PDF 或扫描件复制来的，会各印成一段",
    "{count} empty lines from here on stand within sentences, as text out of a PDF has them; "
    "each is printed as the end of a paragraph",
    ("删去这些空行；brieftex check --fix 可以代删",),
    ("delete them; brieftex check --fix does",),
)  # fmt: skip
