"""BT601 to BT639: what is found on publication day: approval, readers, delivery."""

from __future__ import annotations

from typing import Final

from brieftex.diagnostics.core import Kind, Severity

CHANGED_SINCE_APPROVAL: Final = Kind(
    "BT601",
    "changed-since-approval",
    Severity.WARNING,
    "定稿（{who} {day}）之后这里改过",
    "changed since it was approved ({who} {day})",
    ("要用新的文字，就请定稿人再看一遍，重新 brieftex approve", "不是有意改的，请改回去"),
    ("have it approved again with brieftex approve", "or undo the change"),
)
MORE_CHANGED: Final = Kind(
    "BT602",
    "more-changed-since-approval",
    Severity.WARNING,
    "从这里往后，定稿之后还改了 {count} 处",
    "from here on, {count} more places changed since approval",
)
APPROVAL_MARK_DAMAGED: Final = Kind(
    "BT603",
    "approval-mark-damaged",
    Severity.WARNING,
    "定稿印记写坏了，看不出定稿之后改没改过",
    "the mark of the approval is damaged: whether the text changed since cannot be told",
    ("重新 brieftex approve",),
    ("approve it again with brieftex approve",),
)
QUOTE_NOT_CLOSED: Final = Kind(
    "BT611",
    "quote-not-closed",
    Severity.ERROR,
    "这一格的引号没有结束",
    "the quotation mark of this cell is never closed",
    ("补上引号，或在表格软件里重新导出",),
    ("close it, or export the file again",),
)
NO_NAME_COLUMN: Final = Kind(
    "BT612",
    "no-name-column",
    Severity.ERROR,
    "第一行应是列名，其中要有“姓名”",
    "the first row must hold the names of the columns, 姓名 (`name`) among them",
    ("可用的列名：{columns}", "列名之上只能有表的标题"),
    ("columns: {columns}", "above them there may only be a title"),
)
UNKNOWN_COLUMN: Final = Kind(
    "BT613",
    "unknown-column",
    Severity.WARNING,
    "没有“{column}”这一列，它的内容没有用上",
    "the column {column} is not known and not used",
    ("可用的列名：{columns}",),
    ("columns: {columns}",),
)
REPEATED_COLUMN: Final = Kind(
    "BT614",
    "repeated-column",
    Severity.ERROR,
    "“{column}”这一列写了两次",
    "the column {column} occurs twice",
)
SURPLUS_CELLS: Final = Kind(
    "BT615",
    "row-of-readers-too-long",
    Severity.ERROR,
    "这一行有 {count} 格，列名只有 {columns} 个",
    "this row has {count} cells, but there are {columns} columns",
    ("内容里有逗号时，整格用双引号括起来",),
    ("put a cell that holds a comma into quotation marks",),
)
NO_READER_LIST: Final = Kind(
    "BT616",
    "no-reader-list",
    Severity.ERROR,
    "读者名单里没有 `readers`",
    "the list of readers lacks `readers`",
    ("例如 `readers: [{{name: 王力, office: 教务处, address: wangli@example.edu.cn}}]`",),
    ("such as `readers: [{{name: Wang Li, address: wangli@example.edu.cn}}]`",),
)
NO_READER_RECORD: Final = Kind(
    "BT617",
    "no-reader-record",
    Severity.ERROR,
    "这里应是一位读者：name、office、address 等几项",
    "a reader is expected here: name, office, address and so on",
)
NO_NAME: Final = Kind(
    "BT618",
    "reader-without-name",
    Severity.ERROR,
    "这一行没有姓名",
    "this row has no name",
)
NO_ADDRESS: Final = Kind(
    "BT619",
    "reader-without-address",
    Severity.ERROR,
    "{name}要用邮件收，却没有邮箱",
    "{name} is to receive mail, but has no address",
    ("填上邮箱，或把方式改为“纸”",),
    ("give an address, or make it paper",),
)
UNKNOWN_WORD: Final = Kind(
    "BT620",
    "unknown-word-of-reader",
    Severity.ERROR,
    "{column}不能是“{text}”",
    "the column {column} cannot hold {text}",
    ("可以写：{choices}",),
    ("one of: {choices}",),
)
BAD_COPIES: Final = Kind(
    "BT621",
    "bad-number-of-copies",
    Severity.ERROR,
    "份数应是 1 到 {most} 之间的整数，不能是“{text}”",
    "copies should be a whole number from 1 to {most}, not {text}",
)
BAD_ADDRESS: Final = Kind(
    "BT622",
    "bad-mail-address",
    Severity.ERROR,
    "“{text}”不是邮箱地址",
    "{text} is no mail address",
    ("用半角写成 wangli@example.edu.cn；一格只写一个",),
    ("write one address, such as wangli@example.edu.cn",),
)
ADDRESS_TWICE: Final = Kind(
    "BT623",
    "mail-address-twice",
    Severity.ERROR,
    "{address} 已经是{name}的邮箱，会寄两次",
    "{address} is already that of {name}: two messages would go there",
    ("删去一行，或改正邮箱",),
    ("delete a row, or mend the address",),
    ("先写在这里", "first written here"),
)
READER_TWICE: Final = Kind(
    "BT624",
    "reader-twice",
    Severity.WARNING,
    "“{name}”出现了两次",
    "{name} occurs twice",
    second=("先写在这里", "first written here"),
)
NO_READERS: Final = Kind(
    "BT625",
    "no-readers",
    Severity.ERROR,
    "名单里一位读者也没有",
    "the list has no readers",
)
NO_COLUMN_FOR: Final = Kind(
    "BT626",
    "no-column-for-it",
    Severity.ERROR,
    "名单里没有“{column}”这一列",
    "the list has no column {column}",
    ("先在第一行加上这一列",),
    ("add it to the first row",),
)
LIST_UNENCODABLE: Final = Kind(
    "BT627",
    "list-unencodable",
    Severity.ERROR,
    "名单的编码里没有这些字，写不进去",
    "the encoding of the list lacks these characters",
    ("把名单另存为 UTF-8",),
    ("save the list as UTF-8",),
)
BAD_NAME: Final = Kind(
    "BT630",
    "reader-without-letters",
    Severity.ERROR,
    "“{text}”不像姓名",
    "{text} is hardly a name",
    ("看看这一行是不是错了一格，或者是合计",),
    ("see whether this row has slipped by a cell, or is a total",),
)
NO_READER_ROW: Final = Kind(
    "BT631",
    "row-without-reader",
    Severity.INFO,
    "这一行“{text}”不是读者，没有算进去",
    "this row, {text}, is no reader and not counted",
)
OFFICE_LEFT_OUT: Final = Kind(
    "BT632",
    "office-left-out",
    Severity.WARNING,
    "{name}没有单位，上面一行的是“{office}”",
    "{name} has no office; the row above has {office}",
    (
        "合并过的单元格，另存以后只有第一行有字：请在表格软件里取消合并，逐行填上",
        "确实没有单位的，排到名单的最前面",
    ),
    (
        "of merged cells only the first row keeps its text: part them and fill in each",
        "readers without an office may stand first",
    ),
)
LIST_NO_TEXT: Final = Kind(
    "BT633",
    "list-is-a-workbook",
    Severity.ERROR,
    "这不是文本文件，名单要另存为 CSV",
    "this is no text file; the list is to be saved as CSV",
    ("在 Excel、WPS 里点“另存为”，类型选“CSV UTF-8（逗号分隔）”",),
    ("save it as “CSV UTF-8 (comma delimited)” in Excel or WPS",),
)
