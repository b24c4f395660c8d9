"""BT370 to BT379: what does not agree with earlier issues."""

from __future__ import annotations

from brieftex.diagnostics.core import Kind, Severity

_WARNING, _INFO = Severity.WARNING, Severity.INFO

NUMBER_OUT_OF_SEQUENCE = Kind(
    "BT370", "number-out-of-sequence", _WARNING,
    "期号是 {number}，上一期（{other}）是 {before}", "number {number} follows {before} ({other})",
    ("应为 {right}",), ("it should be {right}",),
    second=("上一期", "the issue before"),
)  # fmt: skip
TOTAL_OUT_OF_SEQUENCE = Kind(
    "BT371", "total-out-of-sequence", _WARNING,
    "总期号是 {number}，上一期（{other}）是 {before}", "total {number} follows {before} ({other})",
    ("应为 {right}",), ("it should be {right}",),
    second=("上一期", "the issue before"),
)  # fmt: skip
DATE_OUT_OF_SEQUENCE = Kind(
    "BT372", "date-out-of-sequence", _WARNING,
    "日期 {date} 早于上一期（{other}）的 {before}",
    "{date} is before {before} of the issue before it ({other})",
    ("核对日期和期号",), ("check date and number",),
    second=("上一期", "the issue before"),
)  # fmt: skip
DOCUMENT_NUMBER_REPEATED = Kind(
    "BT378", "document-number-repeated", _WARNING,
    "发文字号“{number}”在 {other} 第 {line} 行用过",
    "the document number {number} was used before, in {other}, line {line}",
    ("一个号只用在一件公文上，查一查发文登记",), ("a number belongs to one document: look it up",),
    second=("用在这里", "it was used here"),
)  # fmt: skip
ITEM_ALREADY_RAN = Kind(
    "BT373", "item-already-ran", _WARNING,
    "这一条在 {other} 第 {line} 行登过",
    "this item ran before, in {other}, line {line}",
    ("删去，或在标题里说明是后续报道",), ("delete it, or say that it goes on",),
    second=("以前登在这里", "it ran here"),
)  # fmt: skip
SOURCE_ALREADY_USED = Kind(
    "BT374", "source-already-used", _WARNING,
    "这个网址在 {other} 第 {line} 行用过",
    "this address was used before, in {other}, line {line}",
    ("看看是不是同一件事，网址有没有抄错",), ("is it the same news, is the address right",),
    second=("以前用在这里", "it was used here"),
)  # fmt: skip
NAME_SPELT_DIFFERENTLY = Kind(
    "BT375", "name-spelt-differently", _WARNING,
    "“{name}”在 {other} 第 {line} 行写作“{before}”",
    "{name} was written {before} in {other}, line {line}",
    ("统一成一种写法",), ("agree on one of them",),
    second=("以前的写法", "as it was written before"),
)  # fmt: skip
SIMILAR_PERSON = Kind(
    "BT376", "similar-person", _INFO,
    "“{name}”与以前的“{before}”只差一个字（{other}，第 {line} 行）",
    "{name} differs from {before} in one character ({other}, line {line})",
    ("如果是同一个人，核对姓名",), ("if they are one person, check the name",),
    second=("以前的写法", "as it was written before"),
)  # fmt: skip
UNIT_NAMED_DIFFERENTLY = Kind(
    "BT377", "unit-named-differently", _INFO,
    "同一网站的名称，以前写作“{before}”（{other}，第 {line} 行）",
    "the same site was called {before} in {other}, line {line}",
    ("如果是同一单位，统一写法",), ("if they are one, agree on a name",),
    second=("以前的写法", "as it was written before"),
)  # fmt: skip
