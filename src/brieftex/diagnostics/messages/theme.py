"""BT280 to BT289: themes."""

from __future__ import annotations

from brieftex.diagnostics.core import Kind, Severity

UNKNOWN_THEME = Kind(
    "BT280",
    "unknown-theme",
    Severity.ERROR,
    "没有名为“{name}”的主题",
    "there is no theme “{name}”",
    ("可用的主题：{known}", "自己的主题请写出文件路径，例如 theme: 本单位.yaml"),
    ("known themes: {known}", "for a theme of your own give its path, such as theme: ours.yaml"),
)

UNKNOWN_EDITION = Kind(
    "BT289",
    "unknown-edition",
    Severity.ERROR,
    "没有名为“{name}”的版本",
    "there is no edition “{name}”",
    ("可用的版本：{known}", "自己的版本请写出文件路径，例如 --edition 本单位.yaml"),
    ("known editions: {known}", "for one of your own give its path: --edition ours.yaml"),
)

THEME_NOT_FOUND = Kind(
    "BT281",
    "theme-file-not-found",
    Severity.ERROR,
    "找不到主题文件“{file}”",
    "there is no theme file “{file}”",
    ("路径从写有 theme（或 extends）的那个文件所在的文件夹算起",),
    ("paths start at the folder of the file that names the theme",),
)

UNKNOWN_THEME_KEY = Kind(
    "BT282",
    "unknown-theme-key",
    Severity.ERROR,
    "主题里没有“{key}”这一项",
    "a theme has no key “{key}” here",
    ("最接近的是“{nearest}”", "这里可用的有：{known}"),
    ("the nearest is “{nearest}”", "known here: {known}"),
)

BAD_LENGTH = Kind(
    "BT283",
    "bad-length",
    Severity.ERROR,
    "“{text}”不是长度或字号",
    "“{text}” is no length",
    ("写成 28mm、10.5pt、2em（本字号的两个字）、2字（正文的两个字）、1行、三号 这样的形式",),
    ("write 28mm, 10.5pt, 2em (of its own size), 2字 (of the body), 1行 (grid lines) or 三号",),
)

BAD_THEME_VALUE = Kind(
    "BT284",
    "bad-theme-value",
    Severity.ERROR,
    "“{key}”的值不能是“{text}”",
    "“{key}” cannot be “{text}”",
    ("可以写：{choices}",),
    ("it can be: {choices}",),
)

WRONG_THEME_SHAPE = Kind(
    "BT285",
    "wrong-theme-shape",
    Severity.ERROR,
    "“{key}”的写法不对",
    "“{key}” has the wrong shape",
    ("正确的写法：{example}",),
    ("write it as: {example}",),
)

MISSING_THEME_KEY = Kind(
    "BT286",
    "missing-theme-key",
    Severity.ERROR,
    "主题缺少“{key}”",
    "the theme lacks “{key}”",
    ("在主题文件开头写 extends: briefing，没写到的就都用 briefing 的",),
    ("begin the theme with extends: briefing to take over whatever it does not say",),
)

THEME_LOOP = Kind(
    "BT287",
    "theme-extends-itself",
    Severity.ERROR,
    "主题的 extends 绕回了自己：{chain}",
    "the theme extends itself: {chain}",
)

BAD_FORMAT = Kind(
    "BT288",
    "bad-format",
    Severity.ERROR,
    "“{text}”里的花括号不对",
    "the braces in “{text}” are wrong",
    ("这里可用：{fields}",),
    ("known here: {fields}",),
)
