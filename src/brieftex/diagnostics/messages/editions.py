"""BT450 to BT459: what editions print besides the text, and where they differ."""

from __future__ import annotations

from brieftex.diagnostics.core import Kind, Severity

NO_ROOM_FOR_CODES = Kind(
    "BT450",
    "no-room-for-codes",
    Severity.WARNING,
    "页边只有 {room} 毫米可以印二维码，放不下 {size} 毫米的，因此没有印",
    "the margin has {room} mm for QR codes of {size} mm, so there are none",
    ("在自己的主题或版本里把版心放窄（page），关掉行号（line_numbers），或把 codes.size 改小",),
    ("make the type area narrower (page), turn off line numbers, or make codes.size smaller",),
)

SET_ANEW = Kind(
    "BT452",
    "edition-set-anew",
    Severity.INFO,
    "版本“{edition}”改了主题的 {keys}，另行换行分页，会上说的页码与其他版本不同",
    "the edition {edition} changes {keys}: its lines and pages are not those of the others",
)

CODE_LEFT_OUT = Kind(
    "BT451",
    "code-left-out",
    Severity.WARNING,
    "第 {page} 页的来源太多，页边放不下这个网址的二维码，因此没有印",
    "page {page} has too many sources: its margin has no room for the code of this address",
    ("把来源分到几条里，或减少来源",),
    ("spread the sources over more items, or cite fewer",),
)
