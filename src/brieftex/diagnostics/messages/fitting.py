"""BT421 to BT429: the number of pages that an issue is to have."""

from __future__ import annotations

from typing import Final

from brieftex.diagnostics.core import Kind, Severity

FIT_CHANGED: Final = Kind(
    "BT421",
    "fit-changed",
    Severity.INFO,
    "为排成 {pages} 页，{changes}",
    "to have {pages} pages: {changes_en}",
)
FIT_TOO_LONG: Final = Kind(
    "BT422",
    "fit-too-long",
    Severity.WARNING,
    "排不成 {wanted}：在主题允许的限度内最少 {pages} 页，多出 {lines} 行（{characters} 字），"
    "版面没有改动",
    "not {wanted_en}: at least {pages} pages within the theme's bounds, {lines} lines "
    "({characters} characters) too many; nothing was changed",
    ("{advice}", "或在自己的主题里放宽 fit 的限度"),
    ("{advice_en}", "or widen the bounds `fit` in a theme of your own"),
    second=("先删这里", "cut here first"),
)
FIT_TOO_SHORT: Final = Kind(
    "BT423",
    "fit-too-short",
    Severity.WARNING,
    "排不成 {wanted}：在主题允许的限度内最多 {pages} 页，还差 {lines} 行（{characters} 字），"
    "版面没有改动",
    "not {wanted_en}: at most {pages} pages within the theme's bounds, {lines} lines "
    "({characters} characters) too few; nothing was changed",
    ("{advice}，或加一张图", "或在自己的主题里放宽 fit 的限度"),
    ("{advice_en}, or a figure", "or widen the bounds `fit` in a theme of your own"),
    second=("加在这里", "add it here"),
)
FIT_JUMPS: Final = Kind(
    "BT424",
    "fit-jumps",
    Severity.WARNING,
    "排不成 {wanted}：在主题允许的限度内只能是 {fewer} 页或 {more} 页，版面没有改动",
    "not {wanted_en}: within the theme's bounds there are {fewer} or {more} pages; nothing "
    "was changed",
    ("增减几行字，或加、删一处另起一页",),
    ("add or cut a few lines, or a page break",),
)
FIT_HOPELESS: Final = Kind(
    "BT426",
    "fit-hopeless",
    Severity.WARNING,
    "排不成 {wanted}：在主题允许的限度内最接近的是 {pages} 页，单靠增减正文也做不到，版面没有改动",
    "not {wanted_en}: {pages} pages come nearest within the theme's bounds, and no cut or addition "
    "to the text alone would do; nothing was changed",
    ("附件、图表和另起一页的部分也占页，请一并考虑", "或改 `fit` 的页数"),
    ("attachments, figures and page breaks take pages, too", "or change the pages in `fit`"),
)
FIT_OUT_OF_REACH: Final = Kind(
    "BT425",
    "fit-out-of-reach",
    Severity.WARNING,
    "排不成 {wanted}：现在 {pages} 页，在样式允许的限度内单是文字就要 {least} 页，"
    "没有一一试排，版面没有改动",
    "not {wanted_en}: {pages} pages now, and within the theme's bounds the words alone need "
    "{least}; nothing was tried or changed",
    ("至少删去约 {characters} 字", "或改 `fit` 的页数"),
    ("cut at least about {characters} characters", "or change the number of pages in `fit`"),
)
