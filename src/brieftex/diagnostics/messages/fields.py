"""BT500 to BT519: what the fields of issues and themes hold, and where themes lie."""

from __future__ import annotations

from brieftex.diagnostics.core import Kind, Severity

NO_SUCH_YEAR = Kind(
    "BT500",
    "no-such-year",
    Severity.ERROR,
    "{label}的年份是 {text}，应在 {first} 到 9999 之间",
    "the year {text} should be {first} to 9999",
)
