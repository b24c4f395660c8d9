"""BT54x, BT55x: what is told when files of Word and plain text become an issue."""

from __future__ import annotations

from brieftex.diagnostics.core import Kind, Severity

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

ENCRYPTED = Kind(
    "BT541", "encrypted-document", _ERROR,
    "这个文件加了密，打不开", "this file is encrypted",
    ("用 Word 或 WPS 打开，取消密码，另存为 .docx",),
    ("open it in Word or WPS, remove the password and save it as .docx",),
)  # fmt: skip
OLD_FORMAT = Kind(
    "BT542", "old-format", _ERROR,
    "这是旧格式的文件（.{ending}），不能直接导入", "this is a file of an old format (.{ending})",
    ("用 Word 或 WPS 打开，另存为 .docx；装了 LibreOffice，就会自动转换",),
    ("save it as .docx in Word or WPS; where LibreOffice is installed it is converted",),
)  # fmt: skip
NO_MANUSCRIPT = Kind(
    "BT563", "no-manuscript", _ERROR,
    "这是{format}，不能当稿件导入", "this is a {format_en}, which cannot be imported",
    ("网页、邮件用 Word 或 WPS 打开，另存为 .docx",
     "PDF、图片请来稿人给 Word 原稿，或把文字复制到 .txt 文件里再导入"),
    ("open a web page or a message in Word or WPS and save it as .docx",
     "ask for the document that a PDF was made of, or copy its text into a .txt file"),
)  # fmt: skip
DAMAGED = Kind(
    "BT543", "damaged-document", _ERROR,
    "文件损坏，读不出来（{detail}）", "the file is damaged and cannot be read ({detail})",
    ("用 Word 或 WPS 打开并修复，另存为 .docx；打不开就请来稿人重发",),
    ("let Word or WPS repair it and save it as .docx, or ask for it once more",),
)  # fmt: skip
NO_DOCUMENT = Kind(
    "BT544", "no-document", _ERROR,
    "里面没有文档，不是 .docx", "this is no .docx: there is no document in it",
    ("只能导入 .docx、.md 和 .txt", "表格可以复制单元格，粘贴到简报的正文里"),
    ("only .docx, .md and .txt can be imported", "cells of a sheet can be pasted into a body"),
)  # fmt: skip
UNPACKS_TOO_LARGE = Kind(
    "BT545", "unpacks-too-large", _ERROR,
    "解压以后有 {what}，太大了，没有打开", "it would unpack to {what_en} and was not opened",
    ("删去不要的图片，或压缩图片后另存；来历不明的文件不要打开",),
    ("remove or compress its pictures; do not open a file of unknown origin",),
)  # fmt: skip
DOCUMENT_TOO_COSTLY = Kind(
    "BT586", "document-too-costly", _ERROR,
    "读这份文档要的时间超过 {seconds} 秒，或内存超过 {mebibytes} MB，停下了",
    "reading this document takes more than {seconds} s or {mebibytes} MiB of memory: given up",
    ("来历不明的文件不要再打开；自己的稿件请分成几份导入",),
    ("do not open a file of unknown origin again; import your own in several parts",),
)  # fmt: skip
LIBRARY_MISSING = Kind(
    "BT546", "word-library-missing", _ERROR,
    "读 .docx 要用 python-docx，还没有装", "reading .docx needs python-docx, which is missing",
    ("运行 `pip install 'brieftex[word]'`",), ("run `pip install 'brieftex[word]'`",),
)  # fmt: skip
EMPTY_DOCUMENT = Kind(
    "BT547", "empty-document", _ERROR,
    "里面没有文字，也没有图和表", "there is no text, picture or table in it",
    ("核对是不是这个文件",), ("see whether this is the right file",),
)  # fmt: skip
ROLE_GUESSED = Kind(
    "BT548", "role-guessed", _WARNING,
    "这一段按{role}读入，也可能是{other}：{signs}",
    "this paragraph was read as {role_en}, but may be {other_en} ({signs})",
    ("在写好的文件里核对这一处",), ("look at it in the file that was written",),
)  # fmt: skip
LEFT_OUT = Kind(
    "BT549", "left-out", _INFO,
    "没有收进的 {count} 个字（{reason}）：{text}",
    "{count} characters were left out ({reason_en}): {text}",
)  # fmt: skip
CHANGES_RESOLVED = Kind(
    "BT550", "changes-resolved", _INFO,
    "有修订：{inserted} 处插入，{deleted} 处删除，都按{way}处理了",
    "{inserted} insertions and {deleted} deletions were {way_en}",
    ("要按相反的办法处理，用 `--changes {other}`",), ("`--changes {other}` does the reverse",),
)  # fmt: skip
COMMENT_FOUND = Kind(
    "BT551", "comment-found", _WARNING,
    "有批注（{author}）：{text}", "there is a comment by {author}: {text}",
    ("批注不会印出；按它改好正文",), ("comments are not printed; see to it in the text",),
)  # fmt: skip
LOOK_LOST = Kind(
    "BT552", "look-lost", _INFO,
    "没有对应写法的格式：{looks}，只收了文字", "there is no form for {looks_en}; the text was kept",
)  # fmt: skip
LABEL_DIFFERS = Kind(
    "BT553", "label-differs", _WARNING,
    "Word 里的序号是“{theirs}”，这里会编成“{ours}”",
    "Word numbers this “{theirs}”, here it will be “{ours}”",
    ("看看前面是不是少读或多读了一个标题；正文里提到序号的地方一并核对",),
    ("see whether a heading before it is missing or surplus",),
)  # fmt: skip
PICTURE_UNPRINTABLE = Kind(
    "BT554", "picture-unprintable", _WARNING,
    "插图存成了 {file}，这种格式印不了，文件里只写了注释",
    "the picture was saved as {file}, a format that cannot be printed",
    ("在 Word 里右键另存为 PNG，再按注释写进去",), ("save it as PNG in Word and put it in",),
)  # fmt: skip
TO_DECIDE = Kind(
    "BT556", "to-decide", _WARNING,
    "稿件里没有{what}，先写了“{text}”", "the document has no {what_en}; “{text}” was put there",
    ("改成本期的内容，或导入时用 `--from` 沿用上一期",), ("put it in, or use `--from`",),
)  # fmt: skip
NOT_EXACT = Kind(
    "BT557", "not-exact", _WARNING,
    "这一处写成 YAML 以后与原文不完全一样：{text}", "this could not be written exactly: {text}",
    ("对照原稿核对",), ("compare it with the document",),
)  # fmt: skip
NO_PLACE = Kind(
    "BT558", "no-place", _ERROR,
    "不能不改别处就加进栏目“{section}”",
    "nothing can be put into “{section}” without other changes",
    ("把 `sections` 和 `items` 写成每项一行、前面加 `- ` 的列表",),
    ("write `sections` and `items` as lists with one entry a line",),
)  # fmt: skip
CHANGE_NOT_PLACED = Kind(
    "BT559", "change-not-placed", _WARNING,
    "{sort}没有写进去：{text}", "{sort_en} was not written: {text}",
    ("在 YAML 里对照着改",), ("change it in the YAML file by hand",),
)  # fmt: skip
ISSUE_CHANGED_MEANWHILE = Kind(
    "BT560", "issue-changed-meanwhile", _WARNING,
    "生成这个 Word 文件以后，简报文件又改过；只在简报文件里改过的地方没有动",
    "the issue file was changed after this document was made; what was changed in it alone stays",
    ("运行 `brieftex diff`，核对两边都改过的地方",), ("look at what was changed in both",),
)  # fmt: skip
CHANGED_IN_BOTH = Kind(
    "BT561", "changed-in-both", _WARNING,
    "这一段简报文件和 Word 文件里都改过，没有写进去：{text}",
    "this was changed in the issue file and in the document, and was not written: {text}",
    ("在 YAML 里把两边的改动合起来",), ("put both changes together in the YAML file",),
)  # fmt: skip
NOTHING_EDITED = Kind(
    "BT568", "no-edited-document", _ERROR,
    "写回的应是改过的 Word 文件，这个不是，什么都没有改",
    "what is written back is an edited document of Word; this is none, and nothing was changed",
    ("新的稿件用 `brieftex import` 读入，不加 --onto",),
    ("a new text is read by import without --onto",),
)  # fmt: skip
ANOTHER_DOCUMENT = Kind(
    "BT569", "another-document", _ERROR,
    "这个文件里只有这一期文字的 {share}%，不像是这一期的改稿，什么都没有改",
    "only {share} % of the issue's text is in this document; it seems to be another one's, and"
    " nothing was changed",
    ("核对是不是这个文件；新的稿件用 `brieftex import` 读入，不加 --onto",),
    ("see whether it is the right file; a new text is read by import without --onto",),
)  # fmt: skip
PICTURE_IN_CELL = Kind(
    "BT562", "picture-in-cell", _WARNING,
    "表格的格里有图，已放在表格后面", "a picture in a cell was put behind the table",
    ("看看该放在哪里",), ("see where it should stand",),
)  # fmt: skip
CHART_BY_WORDS = Kind(
    "BT596", "chart-by-words", _INFO,
    "这张图表按它的说明文字读成数据，在 Word 里换过图的话看不出来：{alt}",
    "this chart was read from its description; a picture that was replaced does not show: {alt}",
)  # fmt: skip
CHART_AS_PICTURE = Kind(
    "BT597", "chart-as-picture", _WARNING,
    "这张图表的数据读不回来，成了一张图片：{alt}",
    "the numbers of this chart could not be read back; it is a picture now: {alt}",
    ("要改数据，照说明文字写成 `chart`",), ("write it as a `chart` by its description",),
)  # fmt: skip
PICTURE_NOT_PLACED = Kind(
    "BT598", "picture-not-placed", _WARNING,
    "{sort}没有写进去：{text}", "{sort_en} was not written: {text}",
    ("把图片存进 `images/`，在 YAML 里写 `figure`，或删去那一块",),
    ("save it in `images/` and write a `figure`, or remove the block",),
)  # fmt: skip
