"""BT1xx: the file as a file, and as YAML."""

from __future__ import annotations

from brieftex.diagnostics.core import Kind, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

TAB_INDENT = Kind(
    "BT101", "tab-indent", _ERROR,
    "行首或“-”后面有制表符（Tab），只能用空格",
    "a tab where only spaces may stand",
    ("把制表符换成空格，每一层两个",),
    ("replace the tab with spaces, two per level",),
)  # fmt: skip

FULLWIDTH_COLON = Kind(
    "BT102", "fullwidth-colon", _ERROR,
    "“{key}”后面是全角冒号“：”，应是半角冒号加一个空格",
    "full-width colon after `{key}` where a colon and a space belong",
    ("写成 `{key}: `",),
    ("write `{key}: `",),
)  # fmt: skip

NO_SPACE_AFTER_COLON = Kind(
    "BT103", "no-space-after-colon", _ERROR,
    "“{key}:”的冒号后面少一个空格",
    "no space after the colon of `{key}:`",
    ("写成 `{key}: {value}`",),
    ("write `{key}: {value}`",),
)  # fmt: skip

COLON_IN_VALUE = Kind(
    "BT104", "colon-in-value", _ERROR,
    "“{key}”的内容里有半角冒号，会被当成另一个字段",
    "the value of `{key}` holds a colon, which starts another key",
    ("给整个内容加上半角单引号：`{key}: '…'`", "或改用全角冒号“：”"),
    ("put the whole value in single quotes: `{key}: '…'`", "or use a full-width colon"),
)  # fmt: skip

UNCLOSED_QUOTE = Kind(
    "BT105", "unclosed-quote", _ERROR,
    "这里的半角引号 {mark} 没有配对",
    "the quotation mark {mark} here is never closed",
    ("在内容末尾补上 {mark}（中文引号“”不算），或把开头的 {mark} 删去",),
    ("add {mark} at the end of the value, or delete this one",),
)  # fmt: skip

TEXT_AFTER_VALUE = Kind(
    "BT106", "text-after-value", _ERROR,
    "{mark} 之后还有文字，而内容到 {mark} 就结束了",
    "text after {mark}, which ends the value",
    ("给整个内容加上半角单引号 '…'", "文中的引号请用中文引号“”"),
    ("put the whole value in single quotes", "use “” inside text"),
)  # fmt: skip

WRONG_INDENT = Kind(
    "BT107", "wrong-indent", _ERROR,
    "这一行前面空了 {found} 格，与上面各行对不齐",
    "this line is indented by {found}, which fits no level above it",
    ("这里应空 {wanted} 格", "同一层的各行左边要对齐，下一层比上一层多两个空格"),
    ("indent it by {wanted}", "lines of one level align; each level is two spaces deeper"),
)  # fmt: skip

NO_SPACE_AFTER_DASH = Kind(
    "BT108", "no-space-after-dash", _ERROR,
    "“-”后面少一个空格",
    "no space after `-`",
    ("写成 `- {value}`",),
    ("write `- {value}`",),
)  # fmt: skip

UNCLOSED_BRACKET = Kind(
    "BT109", "unclosed-bracket", _ERROR,
    "这里的括号“{mark}”没有配对的“{partner}”",
    "the bracket `{mark}` here is never closed by `{partner}`",
    ("补上“{partner}”；如果括号是正文的一部分，给整个内容加上半角单引号 '…'",),
    ("add `{partner}`; if the bracket is text, put the whole value in single quotes",),
)  # fmt: skip

BAD_VALUE_START = Kind(
    "BT110", "bad-value-start", _ERROR,
    "内容不能以“{mark}”开头",
    "a value cannot begin with `{mark}`",
    ("给整个内容加上半角单引号 '…'",),
    ("put the whole value in single quotes",),
)  # fmt: skip

TEXT_AFTER_BAR = Kind(
    "BT111", "text-after-bar", _ERROR,
    "“{mark}”后面不能接文字，正文要从下一行写起",
    "text after `{mark}`; its text begins on the next line",
    ("另起一行，多缩进两个空格", "如果“{mark}”是内容的一部分，给整个内容加上半角单引号 '…'"),
    ("start a new line, two spaces deeper", "if `{mark}` is text, put the value in single quotes"),
)  # fmt: skip

BAD_ESCAPE = Kind(
    "BT112", "bad-escape", _ERROR,
    "双引号里的“{escape}”不是有效的转义",
    "`{escape}` is no escape in double quotes",
    ("把两头的双引号改成半角单引号 '…'，或把“\\”写成“\\\\”",),
    ("use single quotes, or write `\\\\` for `\\`",),
)  # fmt: skip

DUPLICATE_KEY = Kind(
    "BT113", "duplicate-key", _ERROR,
    "“{key}”写了两次，上一次在第 {line} 行",
    "`{key}` occurs twice; the first is in line {line}",
    ("删去其中一个",),
    ("delete one of them",),
    second=("先写在这里", "first written here"),
)  # fmt: skip

ANCHOR = Kind(
    "BT114", "anchor", _ERROR,
    "内容不能以“&”开头（这是 YAML 的锚点，不支持）",
    "anchors (`&name`) are not supported",
    ("给整个内容加上半角单引号 '…'",),
    ("put the whole value in single quotes",),
)  # fmt: skip

ALIAS = Kind(
    "BT115", "alias", _ERROR,
    "内容不能以“*”开头（这是 YAML 的引用，不支持）",
    "aliases (`*name`) are not supported",
    ("给整个内容加上半角单引号 '…'", "或写成“字段: |”，内容另起一行"),
    ("put the whole value in single quotes", "or write `key: |` and the text on the next line"),
)  # fmt: skip

TAG = Kind(
    "BT116", "tag", _ERROR,
    "内容不能以“!”开头（这是 YAML 的类型标记，不支持）",
    "tags (`!name`) are not supported",
    ("给整个内容加上半角单引号 '…'",),
    ("put the whole value in single quotes",),
)  # fmt: skip

DIRECTIVE = Kind(
    "BT117", "directive", _ERROR,
    "一行不能以“%”开头（这是 YAML 的指令，不支持）",
    "directives (`%` at the start of a line) are not supported",
    ("删去这一行；如果是正文，每一行都要缩进",),
    ("delete the line; if it is text, indent it",),
)  # fmt: skip

SEVERAL_DOCUMENTS = Kind(
    "BT118", "several-documents", _ERROR,
    "一个文件只能有一期简报，这里用“{mark}”另起了一份",
    "a file holds one document; `{mark}` starts or ends another here",
    ("删去“{mark}”，或把后面的内容另存为一个文件", "如果是正文里的横线，要和正文一样缩进"),
    ("delete `{mark}` or move what follows to a file of its own", "a rule in text is indented"),
)  # fmt: skip

TOO_DEEP = Kind(
    "BT119", "too-deep", _ERROR,
    "嵌套超过 {limit} 层",
    "nested deeper than {limit} levels",
    ("检查是否多打了括号或“-”",),
    ("look for stray brackets or dashes",),
)  # fmt: skip

BAD_KEY = Kind(
    "BT120", "bad-key", _ERROR,
    "冒号前面应是一个字段名",
    "a key must be one word of text",
    ("例如 `title: 高校动态`",),
    ("for example `title: News`",),
)  # fmt: skip

EMPTY_FILE = Kind(
    "BT121", "empty-file", _ERROR,
    "文件是空的",
    "the file is empty",
    ("用 `brieftex new` 生成一份样例",),
    ("`brieftex new` makes an example",),
)  # fmt: skip

NOT_A_MAPPING = Kind(
    "BT122", "not-a-mapping", _ERROR,
    "文件应由“字段: 内容”组成，这里不是",
    "a file is made of `key: value` lines; this is none",
    ("例如 `masthead:`，下一行缩进两个空格写 `name: 资政参考`",),
    ("for example `masthead:`, and `  name: …` below it",),
)  # fmt: skip

MISSING_COLON = Kind(
    "BT123", "missing-colon", _ERROR,
    "这里应是“字段: 内容”，却没有冒号",
    "a `key: value` line belongs here, but there is no colon",
    ("如果是上文的继续，要比上文的字段多缩进两个空格",),
    ("if it continues the text above, indent it two spaces deeper",),
)  # fmt: skip

CONTROL_CHARACTER = Kind(
    "BT124", "control-character", _ERROR,
    "这里有看不见的控制字符 {character}",
    "control character {character}",
    ("把光标放在此处，删去它；要换行就再按回车",),
    ("delete it; press Enter for a new line",),
)  # fmt: skip

YAML_ERROR = Kind(
    "BT125", "yaml-error", _ERROR,
    "这一处的写法不合 YAML 规则（{problem}）",
    "not valid YAML: {problem}",
    ("检查这一行和上一行的冒号、引号、括号和缩进",),
    ("check colons, quotes, brackets and indentation of this line and the one above",),
)  # fmt: skip

LIST_ON_KEY_LINE = Kind(
    "BT126", "list-on-key-line", _ERROR,
    "列表的“- ”不能和字段写在同一行",
    "a list item (`- `) cannot stand on the line of its key",
    ("另起一行写“- ”", "如果“- ”是内容的一部分，给整个内容加上半角单引号 '…'"),
    ("start a new line for `- `", "if `- ` is text, put the value in single quotes"),
)  # fmt: skip

WIDE_BLANK_LINE = Kind(
    "BT127", "wide-blank-line", _ERROR,
    "正文开头的空行里有多余的空格，比正文缩进还多",
    "a blank line before the text holds more spaces than the text is indented by",
    ("把这一行的空格删去",),
    ("delete the spaces of this line",),
)  # fmt: skip

BAD_BRACKET_ITEM = Kind(
    "BT128", "bad-bracket-item", _ERROR,
    "括号“{mark}…{partner}”里的各项之间要用半角逗号分开",
    "items between `{mark}` and `{partner}` are separated by commas",
    ("例如 `[甲, 乙]`", "如果括号是内容的一部分，给整个内容加上半角单引号 '…'"),
    ("for example `[a, b]`", "if the bracket is text, put the value in single quotes"),
)  # fmt: skip

ODD_SPACE = Kind(
    "BT129", "odd-space", _ERROR,
    "这里混进了{zh}（{code}），YAML 只认半角空格",
    "{en} ({code}) where YAML knows only plain spaces",
    ("删去它；需要空格时，用英文输入法重新打",),
    ("delete it; type a plain space where one is needed",),
)  # fmt: skip

WRONG_LIST_DASH = Kind(
    "BT130", "wrong-list-dash", _ERROR,
    "列表项前面是“{mark}”，应是半角“-”加一个空格",
    "`{mark}` before an item, where `- ` belongs",
    ("切换到英文输入法，重新打“- ”",),
    ("type `- `",),
)  # fmt: skip

FILE_NOT_FOUND = Kind(
    "BT131", "file-not-found", _ERROR,
    "找不到文件“{file}”",
    "no such file: {file}",
    ("检查文件名和所在的文件夹",),
    ("check the name and the folder",),
)  # fmt: skip

FILE_IS_FOLDER = Kind(
    "BT132", "file-is-folder", _ERROR,
    "“{file}”是文件夹，应给出其中的一个文件",
    "{file} is a folder, not a file",
)  # fmt: skip

FILE_UNREADABLE = Kind(
    "BT133", "file-unreadable", _ERROR,
    "打不开文件“{file}”：{reason}",
    "cannot read {file}: {reason_en}",
)  # fmt: skip

FILE_TOO_LARGE = Kind(
    "BT134", "file-too-large", _ERROR,
    "文件有 {size_mib} MiB，超过上限 {limit_mib} MiB",
    "the file has {size_mib} MiB; the limit is {limit_mib} MiB",
)  # fmt: skip

NOT_TEXT = Kind(
    "BT135", "not-text", _ERROR,
    "这是{format}，不是文本文件",
    "this is a {format_en}, not a text file",
    ("Word 稿件先用 `brieftex import` 读成简报文件",
     "简报写在 .yaml 文本文件里，可用 `brieftex new` 生成一份样例"),
    ("`brieftex import` makes an issue file of a document of Word",
     "an issue is a .yaml text file; `brieftex new` makes an example"),
)  # fmt: skip

BAD_ENCODING = Kind(
    "BT136", "bad-encoding", _ERROR,
    "文件编码不对：这里的字节 {byte} 不是 UTF-8",
    "byte {byte} is not UTF-8",
    ("用记事本打开，“另存为”时编码选 UTF-8",),
    ("save the file as UTF-8",),
)  # fmt: skip

NOT_UTF8 = Kind(
    "BT137", "not-utf8", _WARNING,
    "文件编码是 {encoding}，已照此读入",
    "the file is in {encoding}; read as such",
    ("请改存为 UTF-8：用记事本打开，“另存为”，编码选 UTF-8",),
    ("save it as UTF-8",),
)  # fmt: skip

COMMENT_IN_VALUE = Kind(
    "BT138", "comment-in-value", _WARNING,
    "“{comment}”前面有空格，被当作注释，不会排印",
    "“{comment}” follows a space and so is a comment, which is not printed",
    (
        "如果是内容，给整个内容加上半角单引号 '…'，或删去“#”前面的空格",
        "如果是注释，在“#”后面加一个空格",
    ),
    ("if it is text, put the whole value in single quotes", "if it is a remark, write `# `"),
)  # fmt: skip

BAR_MISSING = Kind(
    "BT139", "bar-missing", _ERROR,
    "“{key}”的内容不止一段，后面要加“|”，否则各段会连在一起",
    "the text of `{key}` has several paragraphs, which become one without a `|`",
    ("写成 `{key} |`，文字从下一行写起，各行左边对齐",),
    ("write `{key} |` and the text on the next line",),
)  # fmt: skip

WRONG_COLON = Kind(
    "BT140", "wrong-colon", _ERROR,
    "“{key}”后面是“{mark}”，应是半角冒号加一个空格",
    "`{mark}` after `{key}` where a colon and a space belong",
    ("写成 `{key}: `",),
    ("write `{key}: `",),
)  # fmt: skip

WRONG_COMMENT = Kind(
    "BT141", "wrong-comment", _ERROR,
    "注释应以半角“#”开头，这里是“{mark}”",
    "a comment begins with `#`, not with `{mark}`",
    ("改成“# ”",),
    ("write `# `",),
)  # fmt: skip

TEXT_NOT_INDENTED = Kind(
    "BT142", "text-not-indented", _ERROR,
    "正文从这一行起没有缩进，会被当成别的字段",
    "from here on the text is not indented and so no text of its field",
    ("正文的每一行前面都要空 {columns} 格（半角空格）",),
    ("indent every line of the text by {columns} spaces",),
)  # fmt: skip

FIRST_LINE_DEEPER = Kind(
    "BT147", "first-line-deeper", _ERROR,
    "正文的第一行比下面各行多空 {spaces} 格，下面的会被当成别的字段",
    "the first line of the text begins {spaces} blanks further in than those below it",
    ("删去这 {spaces} 个空格；段首空两格由程序来排",),
    ("delete these {spaces} blanks; brieftex indents paragraphs",),
)  # fmt: skip

WIDE_DASH = Kind(
    "BT143", "wide-dash", _ERROR,
    "“-”后面有 {spaces} 个空格，与下面各行对不齐",
    "{spaces} spaces after `-`, so that the lines below do not align",
    ("“-”后面只留一个空格",),
    ("leave one space after `-`",),
)  # fmt: skip

WRONG_BAR = Kind(
    "BT144", "wrong-bar", _ERROR,
    "“{mark}”是全角的，应是半角“{bar}”",
    "`{mark}` is full-width, where `{bar}` belongs",
    ("切换到英文输入法，重新打“{bar}”",),
    ("type `{bar}`",),
)  # fmt: skip

MISSING_DASH = Kind(
    "BT145", "missing-dash", _ERROR,
    "“{key}”又写了一次，上一次在第 {line} 行：是下一项，还是写重了",
    "`{key}` again; the first is in line {line}: another item, or a repetition",
    ("如果是下一项，在它前面写“- ”", "如果写重了，删去其中一个"),
    ("if it is the next item, write `- ` before it", "if it is a repetition, delete one"),
    second=("先写在这里", "first written here"),
)  # fmt: skip

FILE_IS_SPECIAL = Kind(
    "BT146", "file-is-special", _ERROR,
    "“{file}”不是普通文件，而是管道或设备，不能读入",
    "{file} is no file but a pipe or a device, and is not read",
    ("先把内容存成文件",),
    ("save its content as a file first",),
)  # fmt: skip
