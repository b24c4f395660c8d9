"""BT200 to BT249: what the fields of a file hold."""

from __future__ import annotations

from brieftex.diagnostics.core import Kind, Severity

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

UNKNOWN_KEY = Kind(
    "BT201", "unknown-key", _ERROR,
    "这里没有“{key}”这个字段",
    "unknown key `{key}`",
    ("此处可用的字段：{known}",),
    ("known keys here: {known}",),
)  # fmt: skip

MISSPELT_KEY = Kind(
    "BT202", "misspelt-key", _ERROR,
    "这里没有“{key}”这个字段，是不是 `{near}`",
    "unknown key `{key}`; did you mean `{near}`?",
    ("改成 `{near}: `",),
    ("write `{near}: `",),
)  # fmt: skip

WRONG_TYPE = Kind(
    "BT203", "wrong-type", _ERROR,
    "{label}应是{expected}，这里是{found}",
    "`{key}` should be {expected_en}, not {found_en}",
    ("例如 {example}",),
    ("for example {example}",),
)  # fmt: skip

MISSING_FIELD = Kind(
    "BT204", "missing-field", _ERROR,
    "{owner}缺少{label}（`{key}`）",
    "`{key}` is missing",
    ("例如 {example}",),
    ("for example {example}",),
)  # fmt: skip

EMPTY_VALUE = Kind(
    "BT205", "empty-value", _ERROR,
    "{label}是空的",
    "`{key}` is empty",
    ("例如 {example}",),
    ("for example {example}",),
)  # fmt: skip

EMPTY_FIELD = Kind(
    "BT206", "empty-field", _INFO,
    "{label}没有填写，按没有这一项处理",
    "`{key}` is empty and left out",
)  # fmt: skip

REPEATED_FIELD = Kind(
    "BT207", "repeated-field", _ERROR,
    "“{key}”和第 {line} 行的“{other}”是同一个字段",
    "`{key}` and `{other}` in line {line} are the same field",
    ("删去其中一个",),
    ("delete one of them",),
    second=("先写在这里", "first written here"),
)  # fmt: skip

NOT_AN_INTEGER = Kind(
    "BT208", "not-an-integer", _ERROR,
    "{label}应是阿拉伯数字，这里是“{text}”",
    "`{key}` should be a whole number, not “{text}”",
    ("{lead} `{written}: {suggestion}`",),
    ("{lead_en} `{written}: {suggestion}`",),
)  # fmt: skip

NUMBER_OUT_OF_RANGE = Kind(
    "BT209", "number-out-of-range", _ERROR,
    "{label}应在 1 到 {limit} 之间，这里是 {text}",
    "`{key}` should be 1 to {limit}, not {text}",
)  # fmt: skip

NOT_A_DATE = Kind(
    "BT210", "not-a-date", _ERROR,
    "{label}应写出年、月、日，这里是“{text}”",
    "`{key}` should be a date, not “{text}”",
    ("{advice}",),
    ("{advice_en}",),
)  # fmt: skip

NO_SUCH_DAY = Kind(
    "BT211", "no-such-day", _ERROR,
    "日历上没有“{text}”这一天",
    "there is no day “{text}”",
)  # fmt: skip

NOT_A_CHOICE = Kind(
    "BT212", "not-a-choice", _ERROR,
    "{label}不能是“{text}”",
    "`{key}` cannot be “{text}”",
    ("可以写：{choices}",),
    ("choose from: {choices}",),
)  # fmt: skip

BAD_URL = Kind(
    "BT213", "bad-url", _ERROR,
    "{label}应以 http://、https:// 或 mailto: 开头，中间没有空格",
    "`{key}` should begin with http://, https:// or mailto: and hold no space",
    ("例如 `{key}: https://www.example.edu.cn/news/1.html`",),
    ("for example `{key}: https://www.example.edu.cn/news/1.html`",),
)  # fmt: skip

BAD_CODE = Kind(
    "BT214", "bad-code", _ERROR,
    "“{text}”不是提示的代码",
    "“{text}” is no code of a finding",
    ("代码由 BT 和三位数字组成，例如 `allow: [BT412]`",),
    ("a code is BT and three digits: `allow: [BT412]`",),
)  # fmt: skip

UNSUPPORTED_VERSION = Kind(
    "BT215", "unsupported-version", _ERROR,
    "不认识格式版本“{text}”，这个程序只认 1",
    "unknown schema version “{text}”; this program reads version 1",
    ("写成 `brieftex: 1`，或升级程序",),
    ("write `brieftex: 1`, or get a newer program",),
)  # fmt: skip

TYPED_NUMBER = Kind(
    "BT216", "typed-number", _INFO,
    "手写的“{number}”已去掉，由程序来印",
    "“{number}” as typed is dropped: it is printed for you",
)  # fmt: skip

MEETING_FILE = Kind(
    "BT200", "meeting-file", _ERROR,
    "这是会议文件，不是简报", "this is the file of a meeting and no issue",
    ("用 brieftex collect 把议程和材料合成一本",),
    ("brieftex collect makes a volume of its agenda and papers",),
)  # fmt: skip
NO_CONTENT = Kind(
    "BT217", "no-content", _WARNING,
    "这一期没有内容：没有正文，没有卷首语，没有栏目，也没有附件",
    "this issue has neither body nor foreword nor sections nor attachments",
    (
        "全期一篇的写 `body: |`，下一行缩进写正文",
        "分栏目的写 `sections:`，下一行写 `  - title: 高校动态`",
    ),
    ("write `body: |` and the text below it", "or `sections:`, and `  - title: …` below it"),
)  # fmt: skip

SEAL_WITHOUT_NAME = Kind(
    "BT294", "seal-without-name", _ERROR,
    "印章比署名多：每个印章对应一个署名",
    "there are more seals than names: each seal is that of a name",
    ("在 `names` 里写全盖章的机关，次序与印章相同",),
    ("write the names of all who seal, in the same order",),
)  # fmt: skip

MISPLACED_KEY = Kind(
    "BT218", "misplaced-key", _ERROR,
    "“{key}”是{home}的字段，不能写在{owner}",
    "`{key}` is a key of {home_en} and does not belong here",
    ("{advice}",),
    ("{advice_en}",),
)  # fmt: skip

SMART_QUOTED = Kind(
    "BT219", "smart-quoted", _ERROR,
    "{label}两头是中文引号，会被当成内容的一部分",
    "the curly quotation marks around `{key}` are part of its value",
    ("删去引号，写成 `{key}: {inner}`",),
    ("write `{key}: {inner}`",),
)  # fmt: skip

UNKNOWN_BLOCK = Kind(
    "BT220", "unknown-block", _ERROR,
    "看不出这是正文里的哪一种内容",
    "no known sort of block",
    ("应有下列字段之一：{known}",),
    ("it should have one of: {known}",),
)  # fmt: skip

MISSING_ALT = Kind(
    "BT221", "missing-alt", _ERROR,
    "插图缺少文字说明（`alt`）",
    "the figure has no `alt` text",
    (
        "用一句话说出图里有什么，给看不见图的人听",
        "例如 `alt: 柱形图：2019年至2023年学生人数逐年上升`",
    ),
    ("say in one sentence what the picture shows", "for example `alt: students per year, rising`"),
)  # fmt: skip

ROW_LENGTH = Kind(
    "BT222", "row-length", _ERROR,
    "表格这一行有 {cells} 格，应是 {columns} 格",
    "this row has {cells} cells instead of {columns}",
    ("空格子写成 ''", "带逗号的数要加引号：'1,234'，否则算作两格"),
    ("write '' for an empty cell", "quote a number that has a comma, '1,234': it is two cells"),
)  # fmt: skip

ALIGN_LENGTH = Kind(
    "BT223", "align-length", _ERROR,
    "对齐方式有 {cells} 个，表格有 {columns} 列",
    "{cells} alignments for {columns} columns",
    ("每列一个，例如 `align: [left, right]`",),
    ("one for each column: `align: [left, right]`",),
)  # fmt: skip

DUPLICATE_NOTE = Kind(
    "BT224", "duplicate-note", _ERROR,
    "脚注“{label}”在这篇正文里写了两次",
    "footnote `{label}` is defined twice in this body",
    ("把其中一个改成别的名字，例如 [^{label}b]",),
    ("rename one of them, such as [^{label}b]",),
    second=("先写在这里", "first written here"),
)  # fmt: skip

FALSE_PAGE_BREAK = Kind(
    "BT225", "false-page-break", _ERROR,
    "另起一页只能写成 `page_break: true`",
    "a page break is written `page_break: true`",
    ("不要另起一页就删去这一项",),
    ("delete the block to have none",),
)  # fmt: skip

QUOTED_TEXT = Kind(
    "BT226", "quoted-text", _INFO,
    "{label}整个在中文引号里，引号会照样印出来",
    "the curly quotation marks around `{key}` will be printed",
)  # fmt: skip

WRONG_BRACKET = Kind(
    "BT227", "wrong-bracket", _ERROR,
    "列表两头的括号是“{mark}”，应是半角方括号“[ ]”",
    "a list stands in `[ ]`, not in `{mark}`",
    ("写成 `{key}: [{inner}]`，各项之间用半角逗号加空格",),
    ("write `{key}: [{inner}]`",),
)  # fmt: skip

WRONG_COMMA = Kind(
    "BT228", "wrong-comma", _WARNING,
    "“{text}”里是全角逗号，会被当成一项",
    "“{text}” is one item, because its comma is full-width",
    ("各项之间用半角逗号加空格：`[{inner}]`",),
    ("write `[{inner}]`",),
)  # fmt: skip

ITEM_WITHOUT_DASH = Kind(
    "BT229", "item-without-dash", _ERROR,
    "{label}应是一个列表，每一项前面要有“- ”",
    "`{key}` should be a list, each item with `- ` before it",
    ("写成 `- {first}: …`，这一项的其余字段与 `{first}` 左对齐",),
    ("write `- {first}: …` and align the other keys to `{first}`",),
)  # fmt: skip

SUPERFLUOUS_DASH = Kind(
    "BT236", "superfluous-dash", _ERROR,
    "{label}不是列表，各行前面不要“- ”",
    "`{key}` is no list; its lines have no `- `",
    ("删去各行前面的“- ”",),
    ("delete the dashes",),
)  # fmt: skip

FIGURE_OUTSIDE = Kind(
    "BT230", "figure-outside", _ERROR,
    "插图“{figure}”不在简报文件所在的文件夹里",
    "{figure} is outside the folder of the issue",
    ("把图片复制到那个文件夹里，写相对路径，例如 images/chart.png",),
    ("copy it there and write a relative path such as images/chart.png",),
)  # fmt: skip

FIGURE_MISSING = Kind(
    "BT231", "figure-missing", _ERROR,
    "找不到插图“{figure}”",
    "no such file: {figure}",
    ("检查文件名和扩展名（大小写也要一致），文件夹之间用“/”",),
    ("check the name and its case; folders are separated by `/`",),
)  # fmt: skip

FIGURE_FORMAT = Kind(
    "BT232", "figure-format", _ERROR,
    "插图“{figure}”的格式不能用（{found}）",
    "{figure} is in a format that cannot be used ({found_en})",
    ("用画图打开，另存为 PNG；SVG 文件的扩展名要是 .svg",
     "可用 PNG、JPEG、WebP、GIF、BMP、TIFF、SVG"),
    ("save it as PNG; the name of an SVG ends in .svg",
     "PNG, JPEG, WebP, GIF, BMP, TIFF and SVG can be used"),
)  # fmt: skip

FIGURE_DAMAGED = Kind(
    "BT233", "figure-damaged", _ERROR,
    "插图“{figure}”是坏的，读不出尺寸",
    "{figure} is damaged; it has no size",
    ("用画图打开看看，再另存一次",),
    ("open it and save it again",),
)  # fmt: skip

FIGURE_TOO_LARGE = Kind(
    "BT234", "figure-too-large", _ERROR,
    "插图“{figure}”有 {width} × {height} 像素，太大了",
    "{figure} has {width} × {height} pixels, which is too large",
    ("每边不超过 {side} 像素，总共不超过 {megapixels} 百万像素；印刷用 2000 像素宽已足够",),
    ("at most {side} pixels a side and {megapixels} megapixels; 2000 wide is enough for print",),
)  # fmt: skip

FIGURE_UNREADABLE = Kind(
    "BT235", "figure-unreadable", _ERROR,
    "打不开插图“{figure}”：{reason}",
    "cannot read {figure}: {reason_en}",
)  # fmt: skip

DRAWING_UNUSABLE = Kind(
    "BT238", "drawing-unusable", _ERROR,
    "插图“{figure}”不能用：{where}{reason}",
    "cannot use {figure}: {where_en}{reason_en}",
    ("用原来的软件重新导出 SVG，或改存为 PNG",),
    ("export it again as SVG, or save it as PNG",),
)  # fmt: skip

DRAWING_CHANGED = Kind(
    "BT239", "drawing-changed", _WARNING,
    "插图“{figure}”里的{what}没有照原样画出（那个文件第 {line} 行）",
    "{figure} holds something that is not drawn as it is: {what} (line {line} of that file)",
    ("看看排出来的图，不行就把它改存为 PNG",),
    ("look at the result; if it will not do, save the picture as PNG",),
)  # fmt: skip

FIGURE_FRAMES = Kind(
    "BT295", "figure-frames", _INFO,
    "插图“{figure}”里有 {count} 幅图，只印第一幅",
    "{figure} holds {count} pictures; the first is printed",
)  # fmt: skip

DRAWING_RENDERED = Kind(
    "BT296", "drawing-rendered", _INFO,
    "插图“{figure}”里有{what}（那个文件第 {line} 行），整幅图按高清晰度的像素印出",
    "{figure} holds {what} (line {line} of that file); all of it is printed as fine pixels",
)  # fmt: skip

FIT_NOT_ONE = Kind(
    "BT237", "fit-not-one", _ERROR,
    "页数要求里 `pages`、`max_pages`、`multiple_of` 只写一项",
    "`fit` wants one of `pages`, `max_pages` and `multiple_of`",
    ("例如 `fit: {{max_pages: 8}}`",),
    ("such as `fit: {{max_pages: 8}}`",),
)  # fmt: skip
