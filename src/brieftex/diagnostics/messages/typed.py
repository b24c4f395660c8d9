"""BT501 to BT519: how text is read that was typed or pasted without Markdown in mind."""

from __future__ import annotations

from brieftex.diagnostics.core import Kind, Severity

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

LINES_PARTED = Kind(
    "BT501", "lines-parted", _INFO,
    "从这里起有 {count} 处换行没有空行，各自另起了一段",
    "{count} line ends from here on have no empty line, yet part paragraphs",
    ("要连成一段，删去换行；整份文件只按空行分段，写 `分段: 空行`（`paragraphs: blank`）",),
    ("delete a line end to join; with `paragraphs: blank` only empty lines part paragraphs",),
)  # fmt: skip
ADDRESS_TOO_LONG = Kind(
    "BT502", "address-too-long", _ERROR,
    "这个网址有 {count} 个字符，最多 {limit} 个",
    "this address has {count} characters; {limit} are the most",
    ("多半把整段内容编进了网址（如 data:）；换成网页的短地址",),
    ("it seems to hold whole contents; use the short address of the page",),
)  # fmt: skip
