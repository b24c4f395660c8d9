"""BT411 to BT420, BT591: what pages show that could not be avoided."""

from __future__ import annotations

from typing import Final

from brieftex.diagnostics.core import Kind, Severity

_WARNING: Final = Severity.WARNING

BLOCK_TOO_TALL: Final = Kind(
    "BT411", "block-too-tall", _WARNING,
    "这部分内容比一页还高，在第 {page} 页排到了版心以外",
    "this is taller than a page and sticks out of the type area on page {page}",
    ("图表请改小，或者拆成两个",),
    ("make it smaller or split it",),
)  # fmt: skip

PAGE_UNDERFULL: Final = Kind(
    "BT412", "page-underfull", _WARNING,
    "第 {page} 页下面空了 {lines} 行，因为这里的内容排不进",
    "page {page} ends {lines} lines early, for this does not fit there",
    ("{advice}在它前面补些文字",),
    ("{advice_en}put some text before it",),
)  # fmt: skip

LINE_ALONE_AT_TOP: Final = Kind(
    "BT413", "line-alone-at-top", _WARNING,
    "段落的最后一行独自排在第 {page} 页的页首",
    "the last line of a paragraph stands alone at the top of page {page}",
    ("增减前面几行字即可改善",),
    ("add or cut a few lines before it",),
)  # fmt: skip

LINE_ALONE_AT_FOOT: Final = Kind(
    "BT414", "line-alone-at-foot", _WARNING,
    "段落的第一行独自排在第 {page} 页的页末",
    "the first line of a paragraph stands alone at the foot of page {page}",
    ("增减前面几行字即可改善",),
    ("add or cut a few lines before it",),
)  # fmt: skip

KEPT_PARTED: Final = Kind(
    "BT415", "kept-lines-parted", _WARNING,
    "标题或不该分开的几行在第 {page} 页的页末断开了",
    "a heading, or lines that belong together, are parted at the foot of page {page}",
    ("这几行连起来比一页还长，请改短或拆开",),
    ("together they are longer than a page: shorten or split them",),
)  # fmt: skip

ROW_ALONE: Final = Kind(
    "BT416", "row-alone", _WARNING,
    "表格在第 {page} 页的页末断开，有一行独自在一页上",
    "the table is parted at the foot of page {page} and leaves a row alone",
    ("增减前面几行字，或把表格移动一下",),
    ("add or cut a few lines before it, or move the table",),
)  # fmt: skip

FIGURE_TOO_WIDE: Final = Kind(
    "BT417", "figure-too-wide", _WARNING,
    "图片太宽，缩到版心的宽以后只有 {height} 毫米高，看不清",
    "the picture is too wide: fitted to the type area it is {height} mm high",
    ("裁去两边，或分成上下两幅",),
    ("crop its sides, or make it two",),
)  # fmt: skip

FIGURE_TOO_TALL: Final = Kind(
    "BT418", "figure-too-tall", _WARNING,
    "图片太高，缩到主题允许的高以后只有 {width} 毫米宽，看不清",
    "the picture is too tall: fitted to the height that the theme allows it is {width} mm wide",
    ("裁去上下，或分成左右两幅",),
    ("crop it, or make it two",),
)  # fmt: skip

FIGURE_COARSE: Final = Kind(
    "BT427", "figure-coarse", _WARNING,
    "图片只有 {pixels} × {lines} 像素，印成 {width} 毫米宽，会模糊",
    "the picture has only {pixels} × {lines} pixels for {width} mm: it will be blurred",
    ("向提供的人要原图；聊天、网页里的多半是缩略图", "或与别的图并排（`beside`），印得小些"),
    (
        "ask for the original: what chats and web pages show is often a thumbnail",
        "or put it beside another one (`beside`), which makes it smaller",
    ),
)  # fmt: skip

OFF_PAPER: Final = Kind(
    "BT419", "off-paper", Severity.ERROR,
    "这部分内容印到了第 {page} 页的纸外",
    "this is printed beyond the edges of page {page}",
    ("比一页还高的表格、表头、版记请拆开或改短；太长的一行请加空格",),
    ("split or shorten what is taller than a page; give a long line spaces",),
)  # fmt: skip

OUT_OF_DRAWING = Kind(
    "BT591", "out-of-drawing", Severity.WARNING,
    "图里的字“{text}”伸出了图框，会压住图旁的字",
    "“{text}” reaches out of the drawing and is printed over what stands beside it",
    ("在 SVG 里把图框（`viewBox`）放大，或把这些字改短、挪进图框",),
    ("widen the `viewBox` of the SVG file, or shorten these words or move them inside",),
)  # fmt: skip

FURNITURE_OVERPRINTED: Final = Kind(
    "BT420", "furniture-overprinted", Severity.ERROR,
    "第 {page} 页的{what}和正文压在一起",
    "the {what_en} of page {page} is printed over the text",
    (
        "主题改过 page 的，running_head 的 baseline、rule_y 和 folio 的 baseline 也要跟着改",
        "内容比一页还高的，请拆开或改短",
    ),
    (
        "a theme that changes page also changes baseline and rule_y of running_head, and of folio",
        "split or shorten what is taller than a page",
    ),
)  # fmt: skip
