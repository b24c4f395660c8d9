"""What is said about the Markdown of a body: BT250 to BT279."""

from __future__ import annotations

from brieftex.diagnostics.core import Kind, Severity

HEADING_TOO_HIGH = Kind(
    "BT250",
    "heading-too-high",
    Severity.ERROR,
    "正文里的小标题不能用一个 #",
    "a heading in a body cannot use a single #",
    ("小标题从 ## 开始：## 小标题",),
    ("headings start at ##: ## Heading",),
)
HEADING_TOO_DEEP = Kind(
    "BT251",
    "heading-too-deep",
    Severity.ERROR,
    "小标题最多四级，这里用了 {hashes}",
    "headings have four levels at most; this one uses {hashes}",
    ("可用 ##、###、####、#####",),
    ("use ##, ###, #### or #####",),
)
HEADING_UNREAD = Kind(
    "BT252",
    "heading-unread",
    Severity.WARNING,
    "这一行会连同 {text} 原样印出，不会成为小标题",
    "this line is printed with its {text} and does not become a heading",
    ("要作小标题，让 {text} 顶格，后面空一格：{text} 小标题", "确实要印 # 号，写 \\#"),
    (
        "for a heading, start the line with {text} and a space: {text} Heading",
        "to print a hash, write \\#",
    ),
)
HEADING_EMPTY = Kind(
    "BT253",
    "heading-empty",
    Severity.WARNING,
    "小标题没有文字，已略去",
    "this heading has no text and is left out",
)
CODE_BLOCK_UNSUPPORTED = Kind(
    "BT254",
    "code-block-unsupported",
    Severity.ERROR,
    "不支持代码块（{fence}）",
    "code blocks ({fence}) are not supported",
    ("删去首尾的 {fence}，按普通段落写",),
    ("delete the {fence} lines and write paragraphs",),
)
RULE_UNSUPPORTED = Kind(
    "BT255",
    "rule-unsupported",
    Severity.WARNING,
    "不支持分隔线，这一行已略去",
    "rules across the page are not supported; this line is left out",
    ("要分开内容，用小标题：## 小标题",),
    ("to part the text, use a heading: ## Heading",),
)
HTML_REFUSED = Kind(
    "BT256",
    "html-refused",
    Severity.ERROR,
    "不能使用 HTML 标签：{html}",
    "HTML is not allowed: {html}",
    ("删去标签；着重写成 **文字**", "确实要印尖括号，写 \\<"),
    ("delete the tag; for bold write **text**", "to print a bracket, write \\<"),
)
LINK_SCHEME = Kind(
    "BT257",
    "link-scheme",
    Severity.ERROR,
    "链接地址不能是“{url}”",
    "a link cannot lead to “{url}”",
    ("地址要以 http://、https:// 或 mailto: 开头",),
    ("the address must begin with http://, https:// or mailto:",),
)
LINK_WITHOUT_TEXT = Kind(
    "BT258",
    "link-without-text",
    Severity.WARNING,
    "链接没有文字，印不出来",
    "this link has no text, so nothing is printed",
    ("在方括号里写文字：[文字]({url})",),
    ("put text in the brackets: [text]({url})",),
)
REFERENCE_UNUSED = Kind(
    "BT259",
    "reference-unused",
    Severity.WARNING,
    "这一行被当作链接地址“{label}”的说明，不会印出来，正文也没有用到它",
    "this line defines the link “{label}”, which nothing uses; it is not printed",
    ("要作正文，把冒号改成“：”，或写 \\[{label}]:",),
    ("to print it, write \\[{label}]:",),
)
REFERENCE_DUPLICATE = Kind(
    "BT260",
    "reference-duplicate",
    Severity.WARNING,
    "链接名“{label}”已经用过，这一行不起作用",
    "the link name “{label}” is already taken; this line has no effect",
    ("换一个名字，或删去这一行",),
    ("choose another name or delete the line",),
    second=("先写在这里", "first written here"),
)
IMAGE_NOT_ALONE = Kind(
    "BT261",
    "image-not-alone",
    Severity.ERROR,
    "图片不能夹在文字中间",
    "a picture cannot stand within text",
    ("让图片单独成段，前后各空一行",),
    ("give the picture a paragraph of its own, with empty lines around it",),
)
IMAGE_WITHOUT_ALT = Kind(
    "BT262",
    "image-without-alt",
    Severity.ERROR,
    "图片缺少替代文字",
    "the picture has no alternative text",
    ("在方括号里用一句话说明图片内容：![说明]({path})",),
    ("say in the brackets what it shows: ![description]({path})",),
)
IMAGE_WITHOUT_PATH = Kind(
    "BT263",
    "image-without-path",
    Severity.ERROR,
    "图片没有写文件名",
    "the picture has no file name",
    ("在圆括号里写文件名：![说明](images/图.png)",),
    ("put the file name in the parentheses: ![description](images/picture.png)",),
)
NOTE_UNDEFINED = Kind(
    "BT264",
    "note-undefined",
    Severity.ERROR,
    "脚注 [^{label}] 没有内容",
    "footnote [^{label}] is not defined",
    ("在正文末尾另起一行写：[^{label}]: 脚注内容",),
    ("add a line at the end of the body: [^{label}]: text of the note",),
)
NOTE_UNUSED = Kind(
    "BT265",
    "note-unused",
    Severity.WARNING,
    "脚注 [^{label}] 在正文里没有用到，不会印出来",
    "footnote [^{label}] is not called anywhere and is not printed",
    ("在要加注的文字后面写 [^{label}]",),
    ("write [^{label}] after the words it belongs to",),
)
NOTE_DUPLICATE = Kind(
    "BT266",
    "note-duplicate",
    Severity.ERROR,
    "脚注 [^{label}] 写了两次",
    "footnote [^{label}] is defined twice",
    ("给其中一条换一个编号",),
    ("give one of them another label",),
    second=("先写在这里", "first written here"),
)
NOTE_EMPTY = Kind(
    "BT267",
    "note-empty",
    Severity.ERROR,
    "脚注 [^{label}] 是空的",
    "footnote [^{label}] is empty",
    ("在冒号后面写脚注内容",),
    ("write the text of the note after the colon",),
)
NOTE_IN_NOTE = Kind(
    "BT268",
    "note-in-note",
    Severity.ERROR,
    "脚注里不能再加脚注 [^{label}]",
    "a footnote cannot call the footnote [^{label}]",
    ("把两条脚注合并",),
    ("merge the two notes",),
)
NOTE_NOT_HERE = Kind(
    "BT269",
    "note-not-here",
    Severity.ERROR,
    "这里不能加脚注 [^{label}]",
    "a footnote call [^{label}] cannot stand here",
    ("把 [^{label}] 移到正文里，放在要说明的文字后面；不要脚注就删去它",),
    ("move [^{label}] into the text of a body, behind what it explains, or delete it",),
)
NESTING_TOO_DEEP = Kind(
    "BT270",
    "nesting-too-deep",
    Severity.ERROR,
    "列表或引文嵌套太深，从这里起没有读取",
    "lists or quotations are nested too deep; nothing from here on was read",
    ("减少层次",),
    ("use fewer levels",),
)
BRACKETS_TOO_DEEP = Kind(
    "BT271",
    "brackets-too-deep",
    Severity.WARNING,
    "方括号太多，这一段里的链接可能没有认出来",
    "too many brackets; links in this paragraph may not be recognised",
    ("确实要印方括号，写 \\[",),
    ("to print a bracket, write \\[",),
)
ROW_TOO_LONG = Kind(
    "BT272",
    "table-row-too-long",
    Severity.ERROR,
    "表格这一行有 {cells} 格，表头只有 {columns} 格",
    "this row has {cells} cells, the header only {columns}",
    ("补齐表头和分隔行，或删去多余的格", "格子里要印竖线，写 \\|"),
    ("complete the header or delete the extra cells", "to print a bar in a cell, write \\|"),
)
ROW_TOO_SHORT = Kind(
    "BT273",
    "table-row-too-short",
    Severity.WARNING,
    "表格这一行只有 {cells} 格，表头有 {columns} 格，缺的留空",
    "this row has {cells} cells, the header {columns}; the rest is left empty",
    ("空格子也要写竖线：| 甲 | |",),
    ("write the bars of empty cells, too: | a | |",),
)
TABLE_UNREAD = Kind(
    "BT274",
    "table-unread",
    Severity.WARNING,
    "看起来是表格，但表头和分隔行对不上，会按文字印出",
    "this looks like a table, but header and delimiter row do not match; it is printed as text",
    ("分隔行的格数要与表头相同：| 甲 | 乙 | 的下一行是 |---|---|",),
    ("give the delimiter row as many cells as the header: | a | b | then |---|---|",),
)
EMPHASIS_UNPAIRED = Kind(
    "BT275",
    "emphasis-unpaired",
    Severity.WARNING,
    "{marks} 没有配成对，会原样印出",
    "{marks} has no partner and is printed as it stands",
    ("着重写成 **文字** 或 ==文字==，记号与文字之间不留空格", "确实要印 {marks}，在前面加 \\"),
    (
        "write **text** or ==text== with no space inside the marks",
        "to print {marks}, put a \\ before it",
    ),
)
IMAGE_UNREAD = Kind(
    "BT276",
    "image-unread",
    Severity.WARNING,
    "这里的图片没有认出来，会按文字印出",
    "this is not recognised as a picture and is printed as text",
    ("用半角符号写：![说明](文件名)", "文件名里有空格，加尖括号：![说明](<文件 名.png>)"),
    (
        "write ![description](file)",
        "put a file name with spaces in angle brackets: ![description](<file name.png>)",
    ),
)
LINK_UNREAD = Kind(
    "BT277",
    "link-unread",
    Severity.WARNING,
    "这里的链接没有认出来，会按文字印出",
    "this is not recognised as a link and is printed as text",
    ("用半角括号，地址里不留空格：[文字](https://…)",),
    ("use ASCII brackets and no spaces in the address: [text](https://…)",),
)
RUBY_INCOMPLETE = Kind(
    "BT278",
    "ruby-incomplete",
    Severity.ERROR,
    "注音少了一半：竖线两边要各有文字",
    "half of this reading is missing: there must be text on both sides of the bar",
    ("写成 {{汉字|hàn zì}}，音节之间空一格", "确实要印花括号，写 \\{{"),
    ("write {{汉字|hàn zì}}, a space between syllables", "to print a brace, write \\{{"),
)
RUBY_UNREAD = Kind(
    "BT279",
    "ruby-unread",
    Severity.WARNING,
    "看起来是注音，但没有认出来，会按文字印出",
    "this looks like a reading but is not recognised; it is printed as text",
    ("在同一行里写全，不套别的记号：{{汉字|hàn zì}}", "确实要印花括号，写 \\{{"),
    ("write all of it in one line: {{汉字|hàn zì}}", "to print a brace, write \\{{"),
)
