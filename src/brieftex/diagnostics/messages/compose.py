"""BT290 to BT299: what cannot be composed."""

from __future__ import annotations

from brieftex.diagnostics.core import Kind, Severity

FIGURE_IN_NOTE = Kind(
    "BT290",
    "figure-in-note",
    Severity.ERROR,
    "脚注里不能放图片“{file}”",
    "a footnote cannot hold the picture “{file}”",
    ("把图片移到正文里",),
    ("move it into the body",),
)

LONG_ADDRESS = Kind(
    "BT292",
    "long-address",
    Severity.WARNING,
    "这个网址太长，二维码会密得扫不出来，因此没有印",
    "this address is too long for a QR code that could be read, so there is none",
    ("用短一些的网址；网址里问号以后的部分常可删去",),
    ("use a shorter one; what follows the question mark can often go",),
)

PART_LEFT_OUT = Kind(
    "BT297",
    "part-left-out",
    Severity.INFO,
    "主题“{theme}”不印{what}",
    "the theme {theme} does not print `{what_en}`",
    ("换一个主题，或在自己的主题里把这一项写进 {key}",),
    ("use another theme, or add it to {key} in one of your own",),
)

SEAL_LEFT_OUT = Kind(
    "BT293",
    "seal-left-out",
    Severity.INFO,
    "这一版没有印印章：送审版、邮件版和有水印的稿子都不印",
    "this edition has no seal: none is printed on drafts and mail",
    ("确实要印，在自己的版本文件里写 signature 的 seal: true",),
    ("to print it, set seal: true below signature in an edition of your own",),
)

PICTURE_LOST = Kind(
    "BT291",
    "picture-lost",
    Severity.ERROR,
    "图片“{file}”读不出来了",
    "the picture “{file}” can no longer be read",
    ("它可能在排版时被移动或改动，请再试一次",),
    ("it may have been moved or changed meanwhile; try again",),
)
