"""BT380 and BT381: words that were not meant to be printed."""

from __future__ import annotations

from brieftex.diagnostics.core import Kind, Severity

UNFILLED_PLACE = Kind(
    "BT380", "unfilled-place", Severity.WARNING,
    "“{wrong}”像是还没有填写",
    "{wrong} looks like something still to be filled in",
    ("换成要印的内容，或者删去",), ("put in what is to be printed, or delete it",),
)  # fmt: skip
LEFTOVER_WORDS = Kind(
    "BT381", "leftover-words", Severity.WARNING,
    "“{wrong}”像是复制时一起带来的，不是正文",
    "{wrong} looks like something around the text that was copied",
    ("不是要印的内容，就删去",), ("delete it unless it is to be printed",),
)  # fmt: skip
