"""BT430 to BT449: fonts that cannot be found, read or embedded."""

from __future__ import annotations

from brieftex.diagnostics.core import Kind, Severity

FONT_NOT_FOUND = Kind(
    "BT430",
    "font-not-found",
    Severity.ERROR,
    "找不到“{role}”的{zh}字体，主题要的是：{wanted}",
    "no {en} font for {role}; the theme asks for {wanted}",
    (
        "把其中一种的字体文件放进本刊所在文件夹的 fonts 文件夹",
        "或在主题里加上自带的字体：{bundled}",
    ),
    (
        "put the file of one of them into the fonts folder beside the issue",
        "or add a bundled family to the theme: {bundled}",
    ),
)

DAMAGED_FONT = Kind(
    "BT431",
    "damaged-font",
    Severity.WARNING,
    "字体文件已损坏，没有用它：{file}",
    "damaged font file, not used: {file}",
    ("请重新拷贝一份",),
    ("copy it again from where it came",),
)

UNREADABLE_FONT = Kind(
    "BT432",
    "unreadable-font",
    Severity.WARNING,
    "字体文件打不开，没有用它：{file}",
    "font file cannot be opened, not used: {file}",
)

FONT_WITHOUT_OUTLINES = Kind(
    "BT433",
    "font-without-outlines",
    Severity.WARNING,
    "字体文件里只有点阵，没有轮廓，没有用它：{file}",
    "font file holds bitmaps and no outlines, not used: {file}",
)

EMBEDDING_FORBIDDEN = Kind(
    "BT434",
    "embedding-forbidden",
    Severity.WARNING,
    "字体“{family}”的许可标记不准嵌入 PDF，没有用它：{file}",
    "the permissions of {family} forbid embedding it in a PDF, not used: {file}",
    ("向字体厂商要准许嵌入的版本，或在主题里换一种字体",),
    ("ask its maker for a version that may be embedded, or name another family in the theme",),
)

CONFUSED_GLYPHS = Kind(
    "BT435",
    "confused-glyphs",
    Severity.WARNING,
    "字体“{family}”把“{chars}”画成一个样子，这几个字改用后面的字体",
    "{family} draws {chars} alike; they are set in the next face",
    ("换一种字体，或向字体厂商要改正过的版本",),
    ("choose another face, or ask its maker for a version without the error",),
)
