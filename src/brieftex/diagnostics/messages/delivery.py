"""BT601 to BT639: what is found on publication day: approval, readers, delivery."""

from __future__ import annotations

from typing import Final

from brieftex.diagnostics.core import Kind, Severity

CHANGED_SINCE_APPROVAL: Final = Kind(
    "BT601",
    "changed-since-approval",
    Severity.WARNING,
    "定稿（{who} {day}）之后这里改过",
    "changed since it was approved ({who} {day})",
    ("要用新的文字，就请定稿人再看一遍，重新 brieftex approve", "不是有意改的，请改回去"),
    ("have it approved again with brieftex approve", "or undo the change"),
)
MORE_CHANGED: Final = Kind(
    "BT602",
    "more-changed-since-approval",
    Severity.WARNING,
    "从这里往后，定稿之后还改了 {count} 处",
    "from here on, {count} more places changed since approval",
)
APPROVAL_MARK_DAMAGED: Final = Kind(
    "BT603",
    "approval-mark-damaged",
    Severity.WARNING,
    "定稿印记写坏了，看不出定稿之后改没改过",
    "the mark of the approval is damaged: whether the text changed since cannot be told",
    ("重新 brieftex approve",),
    ("approve it again with brieftex approve",),
)
