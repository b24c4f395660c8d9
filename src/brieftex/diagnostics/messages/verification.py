"""BT90x to BT95x: what is found when a PDF is read back."""

from __future__ import annotations

from typing import Final

from brieftex.diagnostics.core import Kind, Severity

_REBUILD_ZH = "用 brieftex build 重新生成这个文件"
_REBUILD_EN = "make the file again with brieftex build"
_OWN_ZH = "如果这是 brieftex 刚生成的文件，请反馈：这是程序的缺陷"
_OWN_EN = "if brieftex has just made this file, please report it: this is a defect of the program"


def _kind(code: str, name: str, zh: str, en: str, severity: Severity = Severity.ERROR) -> Kind:
    """A fault of the file that only making it again can mend."""
    return Kind(code, name, severity, zh, en, (_REBUILD_ZH, _OWN_ZH), (_REBUILD_EN, _OWN_EN))


TOO_COSTLY: Final = Kind(
    "BT908",
    "too-costly",
    Severity.ERROR,
    "核验这个文件超过了 {seconds} 秒或 {mebibytes} MiB 内存的界限，没有做完",
    "verifying this file took more than {seconds} s or {mebibytes} MiB and was given up",
    (
        "来历不明的文件不要打开：它可能是有意做成这样的",
        "确实是自己的大文件时，用 --seconds 和 --memory 放宽界限",
    ),
    (
        "do not open a file of unknown origin: it may have been made so on purpose",
        "if it is a large file of your own, --seconds and --memory widen the bounds",
    ),
)

UNREADABLE_PDF: Final = Kind(
    "BT902",
    "unreadable-pdf",
    Severity.ERROR,
    "这个文件不是 PDF，或者已经损坏，读不出来",
    "this file is no PDF, or is damaged and cannot be read",
    ("看看文件是不是没有下载完，或者扩展名改错了", _REBUILD_ZH),
    ("was the download complete, is the extension right?", _REBUILD_EN),
)
LOCKED_PDF: Final = Kind(
    "BT903",
    "locked-pdf",
    Severity.ERROR,
    "这个文件有密码，没有密码或密码不对，打不开",
    "this file is protected, and the password is missing or wrong",
    ("加上 --password，再按提示输入密码",),
    ("add --password and type the password when asked",),
)
PROTECTED_PDF: Final = Kind(
    "BT904",
    "protected-pdf",
    Severity.WARNING,
    "这个文件设了密码，因此不是 PDF/A，不能用于归档",
    "this file is encrypted, and therefore no PDF/A and not fit for an archive",
    ("归档时另存一份不设密码的",),
    ("keep a copy without a password for the archive",),
)
FACE_NOT_EMBEDDED: Final = _kind(
    "BT910",
    "face-not-embedded",
    "字体“{face}”没有嵌入文件，换一台电脑可能变样",
    "the face {face} is not embedded: the text may look different elsewhere",
)
EMPTY_BOX: Final = _kind(
    "BT911",
    "empty-box",
    "第 {page} 页有 {count} 个缺字，印出来是空框或空白",
    "{count} characters on page {page} have no glyph and show as boxes or blanks",
)
UNREADABLE_GLYPH: Final = _kind(
    "BT912",
    "unreadable-glyph",
    "第 {page} 页有 {count} 个字形不知道是什么字，复制、搜索不到",
    "{count} glyphs on page {page} stand for no character: they cannot be copied or found",
)
BROKEN_PAGE: Final = _kind(
    "BT913",
    "damaged-page",
    "第 {page} 页的内容已损坏，读不出来",
    "the content of page {page} is damaged and cannot be read",
)
OVERPRINTED: Final = _kind(
    "BT914",
    "overprinted",
    "第 {page} 页“{one}”和“{other}”压在一起",
    "“{one}” and “{other}” on page {page} are printed over one another",
)
INK_OFF_PAPER: Final = _kind(
    "BT915",
    "ink-off-paper",
    "第 {page} 页{what}印到了纸外",
    "{what_en} on page {page} is printed beyond the edges of the paper",
)
TEXT_UNSEEN: Final = _kind(
    "BT916",
    "unseen-text",
    "第 {page} 页有 {count} 个字只能复制，没有印出来",
    "{count} characters on page {page} can be copied but are not printed",
)
NO_TAGS: Final = _kind(
    "BT920",
    "no-tags",
    "文件没有标签，读屏软件读不出结构和顺序",
    "the file has no tags: a screen reader finds neither structure nor order",
)
OUTSIDE_TAGS: Final = _kind(
    "BT921",
    "outside-tags",
    "第 {page} 页有 {count} 处内容不在标签里",
    "{count} things on page {page} stand outside the tags",
)
TAGS_ASTRAY: Final = _kind(
    "BT922",
    "tags-astray",
    "第 {page} 页的内容和标签对不上",
    "content and tags of page {page} do not match",
)
NO_ALTERNATIVE: Final = Kind(
    "BT923",
    "figure-without-description",
    Severity.ERROR,
    "第 {page} 页的图没有文字说明，读屏软件只能跳过它",
    "the figure on page {page} has no description: a screen reader has to skip it",
    ("在 YAML 里给这幅图写 `alt`，说清图上有什么，再重新生成",),
    ("describe what is seen in the figure's `alt` and make the file again",),
)
NO_LANGUAGE: Final = _kind(
    "BT924",
    "no-language",
    "文件没有写明语言，读屏软件可能用错语音",
    "the file does not say its language: a screen reader may use the wrong voice",
)
NO_TITLE: Final = _kind(
    "BT925",
    "no-title",
    "文件没有标题，或者窗口标题栏显示的不是它",
    "the file has no title, or the window's bar does not show it",
)
NOT_ARCHIVAL: Final = _kind(
    "BT930",
    "no-archive-mark",
    "文件没有声明自己是 PDF/A（应为 2A 或 3A）",
    "the file does not declare itself as PDF/A (2A or 3A is expected)",
)
NOT_ACCESSIBLE: Final = _kind(
    "BT931",
    "no-accessibility-mark",
    "文件没有声明自己是 PDF/UA-1",
    "the file does not declare itself as PDF/UA-1",
)
NO_COLOR_SPACE: Final = _kind(
    "BT932",
    "no-output-intent",
    "文件没有写明颜色标准（输出意图）",
    "the file does not say what its colours mean (output intent)",
)
BROKEN_LINK: Final = _kind(
    "BT940",
    "broken-link",
    "第 {page} 页有链接残缺：{what}",
    "a link on page {page} is broken: {what_en}",
)
UNSAFE_LINK: Final = Kind(
    "BT941",
    "unsafe-link",
    Severity.ERROR,
    "第 {page} 页的链接不是网址或邮箱：{href}",
    "a link on page {page} leads neither to the web nor to a mailbox: {href}",
    ("不要点击它；只保留 http、https 和 mailto 链接",),
    ("do not follow it; keep http, https and mailto links only",),
)
ACTIVE_CONTENT: Final = Kind(
    "BT942",
    "active-content",
    Severity.ERROR,
    "文件里有会自动运行的内容（{what}）",
    "the file has content that runs by itself ({what})",
    ("来历不明的文件请不要打开",),
    ("do not open it unless you know where it comes from",),
)
BROKEN_BOOKMARK: Final = _kind(
    "BT943",
    "broken-bookmark",
    "书签“{title}”没有指向任何一页",
    "the bookmark {title} leads to no page",
)
PAGE_COUNT: Final = Kind(
    "BT950",
    "page-count",
    Severity.ERROR,
    "应有 {wanted} 页，文件里是 {found} 页",
    "{wanted} pages are expected, the file has {found}",
    ("字体或主题和生成时不同，页数也会不同", _REBUILD_ZH),
    ("other fonts or another theme also change the number of pages", _REBUILD_EN),
)
TEXT_DIFFERS: Final = Kind(
    "BT951",
    "text-differs",
    Severity.ERROR,
    "文件的文字与原稿不同：原稿是“{wanted}”，文件里{where}是“{found}”",
    "the text differs from the source: “{wanted}” there, “{found}” in the file{where_en}",
    ("原稿改过之后还没有重新生成，就用 brieftex build 再生成一次", _OWN_ZH),
    ("if the source was changed since, make the file again with brieftex build", _OWN_EN),
)
LINK_LOST: Final = _kind(
    "BT952",
    "link-lost",
    "原稿中的链接 {href} 不在文件里",
    "the link {href} of the source is not in the file",
)
BOOKMARKS_DIFFER: Final = _kind(
    "BT953",
    "bookmarks-differ",
    "书签与原稿的标题不同：应为“{wanted}”，文件里是“{found}”",
    "the bookmarks differ from the headings: {wanted} is expected, {found} found",
)
NOT_AS_WRITTEN: Final = Kind(
    "BT954",
    "not-as-written",
    Severity.ERROR,
    "{what}没有照原稿印出：原稿写的是“{wanted}”，文件里{where}是“{found}”",
    "the {what_en} is not printed as written: “{wanted}” there, “{found}” in the file{where_en}",
    ("原稿改过之后还没有重新生成，就用 brieftex build 再生成一次", _OWN_ZH),
    ("if the source was changed since, make the file again with brieftex build", _OWN_EN),
)
NOT_PRINTED: Final = Kind(
    "BT955",
    "not-printed",
    Severity.ERROR,
    "{what}“{wanted}”写在原稿里，文件里没有",
    "the {what_en} “{wanted}” is written in the source and not found in the file",
    ("原稿改过之后还没有重新生成，就用 brieftex build 再生成一次", _OWN_ZH),
    ("if the source was changed since, make the file again with brieftex build", _OWN_EN),
)
NOT_IN_CONTENTS: Final = Kind(
    "BT956",
    "not-in-contents",
    Severity.ERROR,
    "目录里没有标题“{title}”，或者次序不对",
    "the title “{title}” is not in the contents, or not in its place",
    ("原稿改过之后还没有重新生成，就用 brieftex build 再生成一次", _OWN_ZH),
    ("if the source was changed since, make the file again with brieftex build", _OWN_EN),
)
